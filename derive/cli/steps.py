"""Every kernel step behind a derivation, as ``derive show --detail full`` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.derivations import Derivation
    from derive.kernel import Theorem


def steps(derivation: Derivation) -> str:
    """The steps of every proved part, premises first, each statement in plain spelling."""
    lines: list[str] = []
    for number, part in enumerate(derivation.parts, 1):
        if part.theorem is None:
            continue
        all_of = ordered(part.theorem)
        place = {id(t): k for k, t in enumerate(all_of, 1)}
        title = f"Kernel steps of {derivation.name}"
        if len(derivation.parts) > 1:
            title += f", part {number}"
        lines += [f"{title}: {len(all_of)}", ""]
        for k, t in enumerate(all_of, 1):
            by = f"axiom {t.arguments[0].name}" if t.by == "axiom" else t.by
            used = ", ".join(str(place[id(p)]) for p in t.premises)
            lines.append(f"{k:5}  {_written(t)}")
            lines.append(f"       {by}{f' of {used}' if used else ''}")
        lines.append("")
    return "\n".join(lines)


def ordered(theorem: Theorem) -> list[Theorem]:
    """The theorems behind one, premises before conclusions, each once."""
    found: list[Theorem] = []
    seen: set[int] = set()
    waiting = [(theorem, False)]
    while waiting:
        t, ready = waiting.pop()
        if ready:
            found.append(t)
        elif id(t) not in seen:
            seen.add(id(t))
            waiting.append((t, True))
            waiting += [(p, False) for p in reversed(t.premises)]
    return found


def _written(theorem: Theorem) -> str:
    from derive.plain import write

    return write(theorem.statement, theorem.context)
