"""A worker under watch: whatever reaches beyond its memory after the start is a failure.

For tests.  Everything that judging may need is imported first; from then on an audit hook
refuses to open files, to import, to start programs and to use the network, and keeps a list.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

#: Events of the interpreter that reach outside; a dot at the end stands for all that follow.
#: ``compile`` is not among them: reading plain spelling takes syntax trees from Python's own
#: parser.  That code runs is the event ``exec``.
_OUTSIDE = (
    "open", "import", "exec", "builtins.input", "code.", "cpython.", "ctypes.",
    "fcntl.", "ftplib.", "glob.", "http.", "imaplib.", "marshal.", "mmap.", "nntplib.", "os.",
    "pathlib.", "pickle.", "poplib.", "pty.", "resource.", "shutil.", "signal.", "smtplib.",
    "socket.", "sqlite3", "subprocess.", "syslog.", "tempfile.", "urllib.", "webbrowser.",
)  # fmt: skip

_events: list[str] = []

#: A page that makes the judge look into most corners, so that what is computed once is there.
_PAGE = r"""Let $n \in \{1, 2, \ldots\}$ and $X \sim \mathcal{N}(\mu, \sigma^2)$, $y \in \{0,1\}$.

$$ \sum_{i=1}^n x_i = \sum_{k=1}^{n} x_k, \quad \log(a b) = \log a + \log b $$

$$ x^2 = x, \quad \frac{d}{dx} x^2 = 2 x, \quad \mathbb{E}[X] = \mu, \quad \int_0^1 x dx = 1/2 $$

$$ \Gamma(z + 1) = z \Gamma(z), \quad \binom{n}{k} = \binom{n}{n-k}, \quad \pi < 4 $$
"""


@cache
def watch() -> None:
    """Begin to watch this process; only once, and for good."""
    _prepare()
    sys.addaudithook(_refuse)


def events() -> list[str]:
    """What was refused so far."""
    return list(_events)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if any(event == e or (e[-1] == "." and event.startswith(e)) for e in _OUTSIDE):
        said = f"{event} {str(arguments[0])[:100] if arguments else ''}".strip()
        _events.append(said)
        raise PermissionError(f"a worker must not: {said}")


def _prepare() -> None:
    """Import all that judging may need, and let it settle."""
    from pkgutil import walk_packages

    import derive

    for module in walk_packages(derive.__path__, "derive."):
        name = module.name
        above = name.startswith(("derive.cli", "derive.integrations", "derive.search.sympy"))
        if not above and name != "derive.__main__":
            __import__(name)
    from derive.check.naming import names, script
    from derive.check.working import check_page

    for name in names():
        script(name)  # a page may define what the catalogue has

    check_page({"path": "start.md", "text": _PAGE, "settings": {"inline": True}})
