"""The pictures of the README, made from the real tool.

python docs/pictures.py    writes docs/pictures; wants playwright and Debian's chromium

``show.svg`` is what ``derive show bce-is-ce`` prints; ``check.png`` is the page that ``derive check
--format html`` makes of the document below.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

PLACE = Path(__file__).resolve().parent / "pictures"
#: Width of a character and height of a line, in units of the picture.
CHARACTER, LINE, MARGIN = 8.0, 19, 16
MOST_BYTES = 60_000
DOCUMENT = r"""# Logistic loss

Let $y \in \{0, 1\}$ and $p \in (0, 1)$.

$$
\begin{aligned}
-\log\left(p^y (1 - p)^{1 - y}\right) &= -\log p^y - \log\left((1 - p)^{1 - y}\right) \\
  &= -y \log p - (1 - y) \log(1 - p) \\
  &= -y \log p + (1 - y) \log(1 - p)
\end{aligned}
$$
"""


def derive(*words: str, folder: Path | None = None) -> str:
    """What a command prints."""
    environment = {**os.environ, "COLUMNS": "92", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "derive", *words]
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return ran.stdout


def terminal(command: str, output: str) -> str:
    """A picture of a command and what it prints."""
    lines = [f"$ {command}", *output.rstrip("\n").split("\n")]
    width = int(max(map(len, lines)) * CHARACTER + 2 * MARGIN)
    height = len(lines) * LINE + 2 * MARGIN
    rows = []
    for k, line in enumerate(lines):
        kind = ' class="typed"' if k == 0 else ' class="good"' if line == "Proved." else ""
        y = MARGIN + LINE * k + 14
        rows.append(f'<text x="{MARGIN}" y="{y}"{kind}>{escape(line)}</text>')
    style = (
        "text { font: 13.3px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace;"
        " white-space: pre; fill: #1b1f24; }"
        " .typed { font-weight: bold; } .good { fill: #1a7f37; font-weight: bold; }"
    )
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(command)}">',
        f"<style>{style}</style>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6" '
        'fill="#f6f8fa" stroke="#d0d7de"/>',
        *rows,
        "</svg>\n",
    ])  # fmt: skip


def photographed(page: Path, width: int, file: Path) -> None:
    """A picture of a page as a reader sees it, its first witness unfolded."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-lcd-text"]
        )
        view = browser.new_page(
            viewport={"width": width, "height": 100}, device_scale_factor=1, color_scheme="light"
        )
        view.goto(page.as_uri())
        view.locator("details.witness > summary").first.click()
        view.mouse.move(0, 0)
        view.screenshot(path=str(file), full_page=True)
        browser.close()


def main() -> None:
    """Write the pictures.  Raises SystemExit for one that is too large."""
    PLACE.mkdir(exist_ok=True)
    shown = terminal("derive show bce-is-ce", derive("show", "bce-is-ce"))
    (PLACE / "show.svg").write_text(shown, encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "loss.md").write_text(DOCUMENT, encoding="utf-8")
        order = ("check", "loss.md", "--format", "html", "--output-file", "page.html")
        derive(*order, "--no-cache", folder=Path(place))
        photographed(Path(place) / "page.html", 760, PLACE / "check.png")
    for file in sorted(PLACE.iterdir()):
        size = file.stat().st_size
        print(f"{file.name}: {size} bytes")
        if size > MOST_BYTES:
            raise SystemExit(f"{file.name} has more than {MOST_BYTES} bytes")


if __name__ == "__main__":
    main()
