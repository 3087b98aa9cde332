"""What the wheel and the sdist hold: exactly the two packages, and what they need.

python .ci/contents.py WHEEL SDIST
"""

from __future__ import annotations

import sys
import tarfile
import zipfile


def tops(names: list[str]) -> set[str]:
    """The top-level names among the members of an archive."""
    return {name.split("/")[0] for name in names}


def main(wheel: str, sdist: str) -> int:
    """Compare both archives with what they must hold; the exit status."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    info = next(top for top in tops(names) if top.endswith(".dist-info"))
    wanted = {"derive", "proofs", info}
    wrong = [f"the wheel installs {top}" for top in sorted(tops(names) ^ wanted)]
    fonts = [n for n in names if n.startswith("derive/render/fonts/") and n.endswith(".woff2")]
    page = ("derive/render/page/style.css", "derive/render/page/script.js")
    programs = ("derive/py.typed", "derive/recheck.py", "proofs/bce.py")
    for needed in (*page, *programs, *(fonts or ["a font"])):
        if needed not in names:
            wrong.append(f"the wheel lacks {needed}")
    with tarfile.open(sdist) as archive:
        inside = {n.partition("/")[2] for n in archive.getnames()}
    for needed in ("cli.py", "tests/test_house.py", "docs/conf.py", "LICENSE", "README.md"):
        if needed not in inside:
            wrong.append(f"the sdist lacks {needed}")
    print("\n".join(wrong) if wrong else f"{len(names)} files in {', '.join(sorted(wanted))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
