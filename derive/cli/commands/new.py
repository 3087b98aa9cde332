"""``derive new``: a proof script to start from."""

from __future__ import annotations

import click

SKELETON = '''\
"""TITLE.

Run it with: derive show PATH
"""

from derive import Bernoulli, Bit, Unit, derivation, log, nll
from derive.rules import bernoulli_mass, log_power, log_product


@derivation
def FUNCTION(y: Bit, p: Unit):
    """State the claim here, in one sentence.

    Further paragraphs are background for the reader.  The parameters declare the symbols,
    `@derivation(given="n in Natural; x[i] in Real for i in 1..n")` declares families.
    """
    # The first line is the start; each later line is a term and the rules that lead to it.
    yield nll(Bernoulli(p), y)
    yield -log(p**y * (1 - p) ** (1 - y)), bernoulli_mass
    yield -(log(p**y) + log((1 - p) ** (1 - y))), log_product
    yield -(y * log(p) + (1 - y) * log(1 - p)), log_power
'''


@click.command(short_help="Write a proof script to start from.")
@click.argument("name")
def command(name: str) -> int:
    """Write the proof script NAME.py, a working example to change.

    \b
      derive new my-loss
      derive new losses/my_loss.py
    """
    import os.path
    from keyword import iskeyword

    from derive.cli.guard import CommandError
    from derive.cli.output import say

    folder, base = os.path.split(name)
    function = base.removesuffix(".py").replace("-", "_")
    if not function.isidentifier() or iskeyword(function) or function in _taken():
        raise CommandError(
            f"{base} is no name for a derivation: take letters, digits and hyphens, as in my-loss"
        )
    path = os.path.join(folder, function + ".py")
    text = SKELETON.replace("FUNCTION", function).replace("PATH", path)
    text = text.replace("TITLE", function.replace("_", " ").capitalize())
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CommandError(f"{path} is there already; nothing was written") from None
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from None
    say(f"wrote {path}\n  next: derive show {path}")
    return 0


def _taken() -> set[str]:
    """Names that the example itself uses."""
    return {"Bernoulli", "Bit", "Unit", "derivation", "log", "nll", "bernoulli_mass",
            "log_power", "log_product", "y", "p"}  # fmt: skip
