
(function () {
  "use strict";
  var said = document.createElement("div");
  said.className = "derivation-said";
  said.setAttribute("role", "status");

  function copied(text, button) {
    function done() {
      said.textContent = "LaTeX copied";
      button.classList.add("done");
      setTimeout(function () { button.classList.remove("done"); said.textContent = ""; }, 1500);
    }
    function byHand() {
      var area = document.createElement("textarea");
      area.value = text;
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.appendChild(area);
      area.select();
      if (document.execCommand("copy")) { done(); }
      area.remove();
      button.focus();
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, byHand); }
    else { byHand(); }
  }

  function copier(latex, label) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = label;
    button.title = "Copy LaTeX";
    button.setAttribute("aria-label", "Copy LaTeX");
    button.addEventListener("click", function (event) {
      event.preventDefault();
      copied(latex, button);
    });
    return button;
  }

  function prepare() {
    var all = document.querySelectorAll(".derivation");
    if (all.length === 0) { return; }
    document.body.appendChild(said);
    document.querySelectorAll(".derivation .scroll").forEach(function (scroll) {
      var formula = scroll.querySelector(".formula[data-latex]");
      if (formula) { scroll.parentNode.appendChild(copier(formula.dataset.latex, "TeX")); }
    });
    document.querySelectorAll(".derivation .steps[data-latex]").forEach(function (steps) {
      var button = copier(steps.dataset.latex, "Copy LaTeX");
      button.classList.add("whole");
      steps.querySelector("summary").appendChild(button);
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") {
        document.querySelectorAll(".derivation .rule").forEach(function (rule) {
          rule.classList.add("hushed");
        });
      }
    });
    ["mouseover", "focusin"].forEach(function (kind) {
      document.addEventListener(kind, function (event) {
        var rule = event.target.closest ? event.target.closest(".derivation .rule") : null;
        document.querySelectorAll(".derivation .rule.hushed").forEach(function (other) {
          if (other !== rule || kind === "focusin") { other.classList.remove("hushed"); }
        });
      });
    });
    var closed = [];
    addEventListener("beforeprint", function () {
      closed = Array.from(document.querySelectorAll(".derivation details:not([open])"));
      closed.forEach(function (details) { details.open = true; });
    });
    addEventListener("afterprint", function () {
      closed.forEach(function (details) { details.open = false; });
    });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", prepare);
  } else { prepare(); }
})();
