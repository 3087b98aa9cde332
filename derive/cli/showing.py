"""What ``derive show`` does, without the command line around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.cli.guard import CommandError
from derive.cli.output import colours, complain, put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derive.chain import Script
    from derive.derivations import Derivation


def show(
    name: str,
    form: str = "text",
    values: Mapping[str, str] | None = None,
    *,
    explain: bool = False,
    standalone: bool = False,
    detail: bool = False,
    output: str | None = None,
) -> int:
    """Print the derivations of a name or a file; the exit status.

    With ``values`` each is followed by its instance.  Raises CommandError and whatever a
    script raises.
    """
    painted = form == "text" and output is None and colours()
    texts = []
    for derivation in _wanted(name, values or {}, both=form not in ("json",) and not standalone):
        texts.append(_rendered(derivation, form, explain, standalone, painted))
        if detail:
            from derive.cli.steps import steps

            texts.append(steps(derivation))
    if standalone and len(texts) > 1 and form != "text":
        raise CommandError(f"{name} has several derivations, a document has one: add ::NAME")
    text = _joined(texts, form)
    if output is None:
        put(text, painted=painted)
    else:
        _write(output, text)
    return 0


def _joined(texts: list[str], form: str) -> str:
    if form == "json" and len(texts) > 1:
        return "[\n" + ",\n".join(text.rstrip() for text in texts) + "\n]\n"
    return "\n".join(texts)


def _wanted(name: str, values: Mapping[str, str], both: bool) -> list[Derivation]:
    """The derivations to print, each with its instance behind it when values are given."""
    from derive.catalogue import find, is_path, scripts

    chosen: list[Script] = scripts(name) if is_path(name) else [find(name)]
    found: list[Derivation] = []
    for script in chosen:
        derivation = script.run()
        if both or not values:
            found.append(derivation)
        if values:
            from derive.instances import instantiate

            found.append(instantiate(derivation, values))
    return found


def _rendered(
    derivation: Derivation, form: str, explain: bool, standalone: bool, painted: bool
) -> str:
    from derive.render import formats

    known = formats()
    if form not in set(known):
        raise CommandError(f"{form} is no output format; there are {', '.join(known)}")
    if painted:
        return known[form](derivation, explain=explain, standalone=standalone, colour=True)
    return known[form](derivation, explain=explain, standalone=standalone)


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from None
    complain(f"wrote {path}")
