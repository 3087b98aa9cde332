"""A whole page around sections: style, script and font inside, nothing from outside."""

from __future__ import annotations

from derive.render.page.blocks import escape

FONT = "stix-two-math-subset.woff2"


def page(title: str, body: str) -> str:
    """A whole page; it needs no network and no font of the reader's.

    The one script that it has is its own: its policy names the digest of that script, so a
    browser runs no other, whatever the text of the page may say.
    """
    comforts = script()
    title = escape(title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(comforts)}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta name="color-scheme" content="light dark"/>\n'
        f"<title>{title}</title>\n<style>\n{stylesheet(embed=True)}</style>\n</head>\n"
        f'<body class="derivation-page">\n<main>\n{body}</main>\n'
        f"<script>{comforts}</script>\n</body>\n</html>\n"
    )


def _policy(comforts: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    digest = b64encode(sha256(comforts.encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def stylesheet(embed: bool = False, font_url: str = "") -> str:
    """The style sheet; ``embed`` puts the font into it, ``font_url`` says where it lies.

    With neither, formulas take a math font of the reader's machine.
    """
    source = font_url
    if embed:
        from base64 import b64encode

        source = "data:font/woff2;base64," + b64encode(font()).decode("ascii")
    if not source:
        return _file("style.css")
    face = '@font-face { font-family: "Derive Math"; src: url("%s") format("woff2"); }\n'
    return face % source + _file("style.css")


def script() -> str:
    """The comforts of a page: copying, printing what is folded, Escape; nothing it needs."""
    return _file("script.js")


def font() -> bytes:
    """The math font that stand-alone pages carry (woff2)."""
    from pathlib import Path

    return (Path(__file__).parent.parent / "fonts" / FONT).read_bytes()


def _file(name: str) -> str:
    from pathlib import Path

    return (Path(__file__).parent / name).read_text(encoding="utf-8")
