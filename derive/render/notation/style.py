"""The style sheet of HTML derivations; light and dark, phone and desktop, screen and paper."""

from __future__ import annotations

FONT = "stix-two-math-subset.woff2"

_STYLE = """\
.derivation {
  --ink: #1b1f24; --soft: #59636e; --line: #d8dee4; --wash: #f6f8fa;
  --good: #1a7f37; --good-wash: #e9f7ee; --bad: #cf222e; --bad-wash: #fdf0ef; --link: #0b57b5;
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  max-width: 72rem; margin: 0 auto; padding: 1rem; box-sizing: border-box;
}
@media (prefers-color-scheme: dark) {
  .derivation {
    --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --wash: #161b22;
    --good: #3fb950; --good-wash: #12261a; --bad: #f85149; --bad-wash: #2d1517; --link: #6cb0ff;
  }
  .derivation-page { background: #0d1117; }
}
.derivation-page { margin: 0; }
.derivation h1 { font-size: 1.4rem; line-height: 1.3; margin: .2rem 0; overflow-wrap: anywhere; }
.derivation h2 { font-size: 1.1rem; margin: 1.4rem 0 .4rem; overflow-wrap: anywhere; }
.derivation h3 { font-size: .85rem; margin: 0 .6rem 0 0; color: var(--soft); }
.derivation .place, .derivation .remark { color: var(--soft); margin: .2rem 0 1rem; }
.derivation .place { font-size: .9rem; overflow-wrap: anywhere; }
.derivation code { font: .88em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.derivation math {
  font-family: "Cambria Math", "STIX Two Math", "Derive Math", "Latin Modern Math", math;
  font-size: 1.08em;
}
.derivation .given { display: flex; flex-wrap: wrap; align-items: baseline; margin: .6rem 0; }
.derivation .given ul {
  display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; margin: 0; padding: 0;
  min-width: 0;
}
.derivation .given li { max-width: 100%; overflow-x: auto; overflow-y: hidden; }
.derivation .given h2 { margin: 0 .6rem 0 0; font-size: .85rem; color: var(--soft); }
.derivation .scroll { overflow-x: auto; overflow-y: hidden; max-width: 100%; }
.derivation .chain { border-collapse: collapse; width: 100%; }
.derivation .steps { overflow-x: auto; overflow-y: hidden; max-width: 100%; }
.derivation .chain td {
  padding: .55rem .5rem; vertical-align: baseline; border-top: 1px solid var(--line);
}
.derivation .chain tr:first-child td { border-top: 0; }
.derivation .chain tr:target td { background: var(--wash); }
.derivation .number { color: var(--soft); font-size: .8rem; width: 1.5rem; text-align: right; }
.derivation .sign { text-align: center; width: 1.5rem; font-size: 1.15em; }
.derivation .body { text-align: left; white-space: nowrap; }
.derivation .formula math { display: inline math; }
.derivation .scroll > .formula { display: inline-block; padding: .2rem 0; }
.derivation .reason { font-size: .9rem; min-width: 9rem; }
.derivation td.reason { width: 24%; }
.derivation .reason > * { display: block; }
.derivation summary { cursor: pointer; color: var(--link); }
.derivation dl {
  margin: .3rem 0 .5rem; padding-left: .8rem; border-left: 2px solid var(--line);
  overflow-wrap: anywhere; max-width: 30rem;
}
.derivation dt { color: var(--soft); font-size: .8rem; }
.derivation dd { margin: 0 0 .3rem; }
.derivation .case { color: var(--soft); }
.derivation .verdict { width: 1.5rem; text-align: center; }
.derivation .mark { color: var(--good); }
.derivation .conclusion {
  margin: 1rem 0; padding: .6rem .9rem; border-left: 4px solid var(--line); background: var(--wash);
}
.derivation .conclusion p { margin: .2rem 0; }
.derivation .badge { font-weight: 600; }
.derivation .proved { border-color: var(--good); background: var(--good-wash); }
.derivation .proved .badge { color: var(--good); }
.derivation .refuted { border-color: var(--bad); background: var(--bad-wash); }
.derivation .refuted .badge { color: var(--bad); }
.derivation .witness { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .derivation .steps { overflow: visible; }
  .derivation .chain, .derivation .chain tbody { display: block; }
  .derivation .chain tr {
    display: grid; grid-template-columns: 1.6rem minmax(0, 1fr) 1.5rem;
    align-items: baseline; border-top: 1px solid var(--line); padding: .4rem 0;
  }
  .derivation .chain tr:first-child { border-top: 0; }
  .derivation .chain td { border: 0; padding: .2rem; }
  .derivation td.number { display: none; }
  .derivation td.sign { grid-area: 1 / 1; }
  .derivation td.body { grid-area: 1 / 2 / 2 / 4; overflow-x: auto; overflow-y: hidden; }
  .derivation td.reason { grid-area: 2 / 2; width: auto; }
  .derivation td.verdict { grid-area: 2 / 3; }
}
@media print {
  .derivation { font-size: 11pt; max-width: none; padding: 0; }
  .derivation .scroll, .derivation .steps, .derivation .given li { overflow: visible; }
  .derivation tr, .derivation .conclusion { break-inside: avoid; }
}
"""


def stylesheet(embed: bool = False, font_url: str = "") -> str:
    """The style sheet; ``embed`` puts the font into it, ``font_url`` says where it lies.

    With neither, formulas take a math font of the reader's machine.
    """
    source = font_url
    if embed:
        from base64 import b64encode

        source = "data:font/woff2;base64," + b64encode(font()).decode("ascii")
    if not source:
        return _STYLE
    face = '@font-face { font-family: "Derive Math"; src: url("%s") format("woff2"); }\n'
    return face % source + _STYLE


def font() -> bytes:
    """The math font that stand-alone pages carry (woff2)."""
    from pathlib import Path

    return (Path(__file__).parent.parent / "fonts" / FONT).read_bytes()
