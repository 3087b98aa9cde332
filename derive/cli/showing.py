"""What ``derive show`` does, without the command line around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.cli.guard import CommandError
from derive.cli.output import colours, complain, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from derive.chain import Script
    from derive.derivations import Derivation


def show(
    name: str,
    form: str = "text",
    values: Mapping[str, str] | None = None,
    *,
    model: tuple[str, str, str, str] | None = None,
    explain: bool = False,
    standalone: bool = False,
    detail: bool = False,
    output: str | None = None,
) -> int:
    """Print the derivations of a name or a file; the exit status.

    With ``values`` each is followed by its instance; with ``model`` (its text, declarations,
    reduction and weights) the loss of that model is derived.  Raises CommandError and whatever a
    script raises.
    """
    painted = form == "text" and output is None and colours()
    texts = []
    both = form != "json" and not standalone
    for derivation in _wanted(name, model, values or {}, both=both):
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


def _wanted(
    name: str, model: tuple[str, str, str, str] | None, values: Mapping[str, str], both: bool
) -> list[Derivation]:
    """The derivations to print, each with its instance behind it when values are given."""
    found: list[Derivation] = []
    for derivation in _derived(*model) if model is not None else _run(name):
        if both or not values:
            found.append(derivation)
        if values:
            from derive.instances import instantiate

            found.append(instantiate(derivation, values))
    return found


def _run(name: str) -> Iterator[Derivation]:
    """The derivations of a name of the catalogue, or of a file."""
    from derive.catalogue import find, is_path, scripts

    chosen: list[Script] = scripts(name) if is_path(name) else [find(name)]
    for script in chosen:
        yield script.run()


def _derived(text: str, given: str, reduction: str, weights: str) -> Iterator[Derivation]:
    """The loss of a model, derived without a script."""
    from derive.automatic import derive_model
    from derive.models import model as read

    yield derive_model(*read(text, given, reduction, weights))


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
