"""The reference of what is read: notation, and what declares a symbol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from markup import cell, code, plain

#: A line of the table of domains: their names, and what they promise.
_DOMAIN = re.compile(r"^((?:``[^`]+``(?:, )?)+)\s+(\S.*)$", re.MULTILINE)
#: Formulas, each with the declarations under which it is printed as it is read.
_EXAMPLES = (
    (r"\tfrac1n \sum_{i=1}^n (x_i - m)^2", "n in Natural; x[i] in Real for i in 1..n; m in Real"),
    (r"\log_2 p + \ln q", "p > 0; q > 0"),
    (r"\sum_i x_i \log \hat y_i",
     "n in Natural; x[i] in Real for i in 1..n; y_hat[i] in (0,1) for i in 1..n"),
    (r"\sum_{i \neq j} x_i", "n in Natural; x[i] in Real for i in 1..n; j in 1..n"),
    (r"\prod_{k=0}^{n-1} \Bigl[ 1 - \frac{k}{m} \Bigr]", "n in Natural; m > 0"),
    (r"\int_0^\infty x^{a-1} e^{-x} \,\mathrm{d}x", "a > 0"),
    (r"\frac{\partial}{\partial w} \log(1 + e^{-wx})", "w in Real; x in Real"),
    (r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}", "x in Real"),
    (r"\max(0, 1 - yz) + \lvert w \rvert", "y in Real; z in Real; w in Real"),
    (r"\binom{n}{k} \theta^k (1 - \theta)^{n-k}", "n in Natural; k in 0..n; theta in (0,1)"),
    (r"x_1 + x_2 + \ldots + x_n", "n in Natural; x[i] in Real for i in 1..n"),
    (r"\mathrm{softmax}(z)_j", "m in Natural; z[k] in Real for k in 1..m; j in 1..m"),
)  # fmt: skip


def notation() -> str:
    """The vocabulary of the reader, table by table, and formulas with what they are read as."""
    from derive.latex import symbols
    from derive.latex.characters import UNICODE
    from derive.latex.macros import CUSTOMARY
    from derive.latex.named import objects

    out = ["## Examples", "", "| written | read as |", "| --- | --- |"]
    out += _pairs({written: _read_as(written, given) for written, given in _EXAMPLES})
    out += ["", "## Control words", "", "| | |", "| --- | --- |"]
    out += _row("relations", symbols.RELATIONS)
    out += _row("functions", sorted(symbols.FUNCTIONS))
    out += _row("operators with a body", symbols.BIG)
    out += _row("accents, part of a name", sorted(symbols.ACCENTS))
    out += _row("fonts, part of a name", symbols.FONTS)
    out += _row("letters", symbols.LETTERS)
    out += _row("signs that declarations give a meaning", [*symbols.OPERATORS, *symbols.PRODUCTS])
    out += _row("words of a case that closes a list", sorted(symbols.OTHERWISE))
    out += ["", "Of the same meaning:", "", "| written | read as |", "| --- | --- |"]
    out += _pairs(symbols.SYNONYMS)
    out += ["", "## Named objects", "", "| | |", "| --- | --- |"]
    out += _row("expectations", (*objects.EXPECTATIONS[:1], r"\mathbb{E}"))
    out += _row("moments", [m for m in objects.MOMENTS if "_" not in m])
    out += _row("entropies and divergences", objects.ENTROPIES)
    out += _row("probabilities", [p for p in objects.PROBABILITIES if "_" not in p])
    out += _row("functions of a variable, with its name below", objects.OF_VARIABLE)
    out += ["", "## Macros that need no declaration", "", "| written | read as |", "| --- | --- |"]
    out += _pairs({rf"\{k}" + "{..}" * n: body for k, (n, body) in CUSTOMARY.items()})
    out += ["", "## Unicode", "", "| written | read as |", "| --- | --- |"]
    out += _pairs({k: v for k, v in UNICODE.items() if v[1:] not in symbols.GREEK})
    out += ["", "## Not read", "", "| written | |", "| --- | --- |"]
    out += [f"| {cell(k)} | {plain(v)} |" for k, v in symbols.NOT_FORMULAS.items()]
    return "\n".join(out)


def declarations() -> str:
    """The domains, the laws, and the words of a text that declare."""
    from derive import domains
    from derive.distributions import registry
    from derive.document.prose import KINDS

    out = ["## Domains", "", "| domain | |", "| --- | --- |"]
    for names, promise in _DOMAIN.findall(domains.__doc__ or ""):
        if "Partial" not in names:
            out.append(f"| {names.replace('``', '`')} | {plain(promise.replace('``', '`'))} |")
    out += ["", "## Laws", "", "| law | parameters |", "| --- | --- |"]
    for found in registry().values():
        ways = [found.parameters, *(way.parameters for way in found.alternatives)]
        out.append(f"| {code(found.law)} | {' or '.join(map(cell, ways))} |")
    out += ["", "## Words of a text", "", "| kind | words |", "| --- | --- |"]
    kinds: dict[str, list[str]] = {}
    for word, kind in KINDS.items():
        kinds.setdefault(kind, []).append(word)
    out += [f"| {kind} | {', '.join(words)} |" for kind, words in kinds.items()]
    return "\n".join(out)


def _read_as(written: str, given: str) -> str:
    """A formula in the plain spelling."""
    from derive.check.typeset import read_typeset
    from derive.plain import declare, write

    context = declare(given)
    statement = read_typeset(f"{written} = 0", context)
    return write(statement.args[0], context)


def _row(name: str, words: Iterable[str]) -> list[str]:
    return [f"| {name} | {' '.join(cell(w) for w in words)} |"]


def _pairs(table: Mapping[str, str]) -> list[str]:
    return [f"| {cell(written)} | {cell(read)} |" for written, read in table.items()]
