"""Output formats: a derivation as text, LaTeX, Markdown, HTML or JSON.

One format, one file of this folder; the file's name is the format's name and its function
``render`` writes it.  The folder is the registry: a file here is a format, and adding a
format is adding a file.  What formats share stands in ``derive.render.notation``.
Nothing is imported before a format is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.derivations import Derivation

#: ``render(derivation, explain=False, standalone=False)`` gives the text of the output.
Renderer = Callable[..., str]


class Formats(Mapping[str, Renderer]):
    """The formats by name; a format's module is imported when the format is looked up.

    >>> sorted(Formats())
    ['html', 'json', 'latex', 'markdown', 'text']
    """

    def __getitem__(self, name: str) -> Renderer:
        if name not in set(self):
            raise KeyError(name)
        from importlib import import_module

        module: Any = import_module(f"{__name__}.{name}")
        renderer: Renderer = module.render
        return renderer

    def __iter__(self) -> Iterator[str]:
        from os import listdir

        for file in sorted(listdir(__path__[0])):
            if file.endswith(".py") and not file.startswith("_"):
                yield file[: -len(".py")]

    def __len__(self) -> int:
        return sum(1 for _ in self)


def formats() -> Mapping[str, Renderer]:
    """Every output format: its name and the function that writes it."""
    return Formats()


def render(
    derivation: Derivation, form: str = "text", *, explain: bool = False, standalone: bool = False
) -> str:
    """The derivation in one format.

    ``explain`` adds the statement, condition, reason and source of every rule used;
    ``standalone`` gives a document that needs nothing around it.  Raises ValueError, which
    lists the formats, for a name that is none.
    """
    known = formats()
    if form not in set(known):
        raise ValueError(f"{form} is no output format; there are {', '.join(known)}")
    return known[form](derivation, explain=explain, standalone=standalone)
