"""The catalogue: every proof script of the ``proofs`` folder, and scripts of other folders.

The folder is the registry: a decorated generator in a file there is in the catalogue, and
nothing else is.  A script is found by its name by looking at the text of the files, so that
one file is imported and not all of them; what is found is then confirmed to be a script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from derive.chain import Script
    from derive.outline import Entry


class CatalogueError(ValueError):
    """A name or a path at which there is no script; the sentence says what is close."""


_texts: dict[str, str] = {}
_loaded: dict[str, ModuleType] = {}


def folder() -> str:
    """The folder of the proof scripts, beside the package."""
    from os.path import abspath, dirname, join

    return join(dirname(dirname(abspath(__file__))), "proofs")


def files() -> list[str]:
    """The names of the modules that hold proof scripts, in alphabetical order."""
    from os import listdir

    return sorted(f[:-3] for f in listdir(folder()) if f.endswith(".py") and f[0] != "_")


def text(module: str) -> str:
    """The text of one module of the folder, read once."""
    if module not in _texts:
        with open(f"{folder()}/{module}.py", encoding="utf-8") as file:
            _texts[module] = file.read()
    return _texts[module]


# -- finding ---------------------------------------------------------------------------------


def is_path(name: str) -> bool:
    """Whether a name is that of a file, ``my_loss.py`` or ``losses/my_loss.py::hinge``."""
    return name.partition("::")[0].endswith(".py") or "/" in name or "\\" in name


def find(name: str) -> Script:
    """The script of a name, with hyphens or underscores.

    ``path.py::name`` is a script of a file outside of the catalogue.  Raises CatalogueError.
    """
    if is_path(name):
        found = scripts(name)
        if len(found) == 1:
            return found[0]
        names = ", ".join(s.name for s in found)
        raise CatalogueError(f"{name} has several derivations: {names}; add ::NAME to the path")
    function = name.replace("-", "_")
    if function.isidentifier():
        for module in files():
            if f"def {function}(" in text(module):
                script = _of(_module(module)).get(function.replace("_", "-"))
                if script is not None:
                    return script
    raise CatalogueError(f"there is no derivation {name}{_close(name)}; `derive list` has them all")


def scripts(path: str) -> list[Script]:
    """The scripts of a file in their order; after ``::`` the name of one of them.

    The file is a Python program and is run.  Raises CatalogueError when there is no such
    file or no such script in it.
    """
    path, _, name = path.partition("::")
    found = list(_of(_run_file(path)).values())
    if not found:
        raise CatalogueError(
            f"{path} has no derivation: decorate a generator with @derivation "
            "(`derive new NAME` writes an example)"
        )
    if not name:
        return found
    chosen = [s for s in found if s.name == name.replace("_", "-")]
    if not chosen:
        names = ", ".join(s.name for s in found)
        raise CatalogueError(f"{path} has no derivation {name}; it has {names}")
    return chosen


def suggestions(name: str) -> list[str]:
    """Names of the catalogue that are close to a name."""
    from difflib import get_close_matches

    return get_close_matches(name.replace("_", "-"), [e.name for e in entries()], 3, 0.5)


def _close(name: str) -> str:
    close = suggestions(name)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def forget(path: str) -> None:
    """Run a file anew when its scripts are asked for again: it may have changed."""
    from os.path import abspath

    _loaded.pop(abspath(path.partition("::")[0]), None)


def _of(module: ModuleType) -> dict[str, Script]:
    """The scripts that a module defines, not those that it imports."""
    from derive.chain import Script

    own = [
        value
        for value in vars(module).values()
        if isinstance(value, Script) and value.function.__module__ == module.__name__
    ]
    return {s.name: s for s in sorted(own, key=lambda s: s.line)}


def _module(name: str) -> ModuleType:
    """A module of the folder, imported as ``proofs.name``."""
    import sys

    root = folder()[: -len("/proofs")]
    package = sys.modules.get("proofs")
    if package is None:
        # Another folder of that name may stand in the working directory.
        sys.path.insert(0, root)
        try:
            package = __import__("proofs")
        finally:
            sys.path.remove(root)
    if list(package.__path__) != [folder()]:
        raise CatalogueError(f"the proofs package is {package.__path__[0]}, not {folder()}")
    module: ModuleType = __import__(f"proofs.{name}", fromlist=("_",))
    return module


def _run_file(path: str) -> ModuleType:
    """A file as a module; its folder may be imported from.  Raises CatalogueError."""
    import os.path
    import sys
    from importlib.machinery import SourceFileLoader
    from importlib.util import module_from_spec, spec_from_loader

    full = os.path.abspath(path)
    if full in _loaded:
        return _loaded[full]
    if not os.path.isfile(full):
        raise CatalogueError(f"there is no file {path}")
    here, base = os.path.split(full)
    if os.path.samefile(here, folder()):
        return _module(base[: -len(".py")])
    if here not in sys.path:
        sys.path.append(here)
    name = "script:" + full
    spec = spec_from_loader(name, SourceFileLoader(name, path))
    assert spec is not None
    assert spec.loader is not None
    module = _loaded[full] = module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del _loaded[full]
        raise
    finally:
        sys.dont_write_bytecode = writes
    return module


# -- listing ---------------------------------------------------------------------------------


def entries() -> list[Entry]:
    """Every script of the catalogue, by name; nothing is imported or run."""
    from derive.outline import entries_of

    return sorted(e for m in files() for e in entries_of(f"proofs/{m}.py", text(m)))
