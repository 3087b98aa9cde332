"""The closed vocabulary of the reader: what each control word and Unicode sign stands for.

A control word that is in none of these tables and is no macro of the document is unknown
notation; nothing is guessed from its spelling.
"""

from __future__ import annotations

from derive.render.notation.names import GREEK


def collection(words: str) -> frozenset[str]:
    """The words of a text.

    >>> sorted(collection("sum of words"))
    ['of', 'sum', 'words']
    """
    return frozenset(words.split())


#: Control words that are other words for the same sign.
SYNONYMS = {
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\lbrack": "[",
    r"\rbrack": "]",
    r"\lparen": "(",
    r"\rparen": ")",
    r"\parallel": r"\|",
    r"\vert": "|",
    r"\Vert": r"\|",
    r"\ln": r"\log",
    r"\le": r"\leq",
    r"\leqslant": r"\leq",
    r"\ge": r"\geq",
    r"\geqslant": r"\geq",
    r"\lt": "<",
    r"\gt": ">",
    r"\ne": r"\neq",
    r"\dots": r"\ldots",
    r"\cdots": r"\ldots",
    r"\dotsb": r"\ldots",
    r"\dotsc": r"\ldots",
    r"\dotsm": r"\ldots",
    r"\dotsi": r"\ldots",
    r"\vdots": r"\ldots",
    r"\ddots": r"\ldots",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\cfrac": r"\frac",
    r"\sfrac": r"\frac",
    r"\nicefrac": r"\frac",
    r"\dbinom": r"\binom",
    r"\tbinom": r"\binom",
    r"\times": r"\cdot",
    r"\ast": "*",
    r"\colon": ":",
    r"\cdotp": r"\cdot",
    r"\land": r"\wedge",
    r"\lor": r"\vee",
    r"\backslash": r"\setminus",
    r"\empty": r"\emptyset",
    r"\varnothing": r"\emptyset",
    r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to",
    r"\gets": r"\leftarrow",
    r"\intercal": r"\top",
    r"\bm": r"\mathbf",
    r"\boldsymbol": r"\mathbf",
    r"\pmb": r"\mathbf",
    r"\textbf": r"\mathbf",
    r"\bold": r"\mathbf",
    r"\mathds": r"\mathbb",
    r"\Bbb": r"\mathbb",
    r"\widehat": r"\hat",
    r"\widetilde": r"\tilde",
    r"\overline": r"\bar",
    r"\overrightarrow": r"\vec",
    r"\stackrel": r"\overset",
}

#: Relation signs and what they are called in ``Sign.text``.
RELATIONS = {
    "=": "=",
    r"\equiv": "=",
    ":=": ":=",
    r"\coloneqq": ":=",
    r"\coloneq": ":=",
    r"\triangleq": ":=",
    r"\doteq": ":=",
    r"\eqqcolon": "=:",
    "=:": "=:",
    r"\neq": "!=",
    "<": "<",
    r"\leq": "<=",
    ">": ">",
    r"\geq": ">=",
    r"\sim": "sim",
    r"\approx": "approx",
    r"\simeq": "approx",
    r"\propto": "propto",
    r"\in": "in",
    r"\notin": "not in",
    r"\subset": "subset",
    r"\subseteq": "subset",
    r"\to": "to",
    r"\mapsto": "mapsto",
    r"\leftarrow": "gets",
    r"\Rightarrow": "implies",
    r"\implies": "implies",
    r"\Longrightarrow": "implies",
    r"\Leftarrow": "implied",
    r"\impliedby": "implied",
    r"\iff": "iff",
    r"\Leftrightarrow": "iff",
    r"\Longleftrightarrow": "iff",
    r"\perp": "independent",
    r"\ll": "<<",
    r"\gg": ">>",
}

#: Functions that take an argument with or without brackets, and their names in the tree.
#: ``loose`` ones are written without brackets as a habit, so that ``\log(a)^2`` is ambiguous.
LOOSE = collection("log sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth")
FUNCTIONS = {rf"\{name}": name for name in [*LOOSE, "exp", "erf", "erfc", "sgn"]}
#: The same functions as upright words; other words are names.
WORDS = {name: rf"\{name}" for name in FUNCTIONS.values()} | {
    "ln": r"\log",
    "sign": r"\sgn",
    "sum": r"\sum",
    "prod": r"\prod",
    "max": r"\max",
    "min": r"\min",
    "sup": r"\sup",
    "inf": r"\inf",
    "lim": r"\lim",
    "argmax": r"\argmax",
    "argmin": r"\argmin",
    "arctg": r"\arctan",
    "tg": r"\tan",
    "sqrt": r"\sqrt",
}

#: Operators with a body, and their names in the tree.
BIG = {
    r"\sum": "Sum",
    r"\prod": "Product",
    r"\int": "Integral",
    r"\max": "Max",
    r"\min": "Min",
    r"\sup": "sup",
    r"\inf": "inf",
    r"\argmax": "argmax",
    r"\argmin": "argmin",
    r"\lim": "lim",
}

#: Words of text that introduce a remark or join two statements; they are never names.
CONNECTIVES = collection(
    "if for where with and or when since otherwise else elsewhere by because as so such that then "
    "thus hence given is are i.e e.g iff whenever from using let subject all any each s.t "
    "therefore but not in at on of the to which we it follows denotes denoting assuming "
    "equivalently namely whence moreover likewise respectively both also only when there under "
    "provided definition def implies follow following"
)
#: Words that close a list of cases.
OTHERWISE = frozenset(["otherwise", "else", "elsewhere"])

#: Accents and fonts, and the word each adds to a name.
ACCENTS = {
    rf"\{word}": word
    for word in collection("hat bar tilde dot ddot vec check breve acute grave mathring underline")
}
FONTS = {
    r"\mathbf": "bold",
    r"\mathcal": "cal",
    r"\mathscr": "scr",
    r"\mathbb": "bb",
    r"\mathfrak": "frak",
    r"\mathsf": "sf",
    r"\mathtt": "tt",
}
#: Fonts that write a word: what they hold is one name.
UPRIGHT = frozenset(
    [r"\mathrm", r"\mathit", r"\mathop", r"\mathord", r"\mathnormal", r"\textit", r"\texttt"]
)
#: Fonts that hold until their group ends, and the fonts of an argument that they equal.
SWITCHES = {
    r"\rm": r"\mathrm",
    r"\bf": r"\mathbf",
    r"\cal": r"\mathcal",
    r"\it": r"\mathit",
    r"\sf": r"\mathsf",
    r"\tt": r"\mathtt",
}

#: Letters that are control words.
LETTERS = {rf"\{name}": name for name in GREEK} | {
    r"\hbar": "hbar",
    r"\imath": "imath",
    r"\jmath": "jmath",
    r"\infty": "oo",
    r"\Re": "Re",
    r"\Im": "Im",
    r"\emptyset": "emptyset",
    r"\digamma": "digamma",
    r"\Pr": "Pr",
    r"\det": "det",
    r"\dim": "dim",
    r"\ker": "ker",
    r"\gcd": "gcd",
    r"\deg": "deg",
    r"\tr": "tr",
}
#: Those of them that are words.
UPRIGHT_LETTERS = frozenset(["Re", "Im", "Pr", "det", "dim", "ker", "gcd", "deg", "tr"])

#: Signs between two operands that are no arithmetic; the declarations decide what they mean.
OPERATORS = {
    r"\cup": "cup",
    r"\cap": "cap",
    r"\setminus": "setminus",
    r"\wedge": "and",
    r"\vee": "or",
    r"\oplus": "oplus",
}
#: Those that bind like a product.
PRODUCTS = {r"\odot": "odot", r"\otimes": "otimes", r"\circ": "circ", r"\star": "star"}

#: Notation that says something other than one formula, and what is wrong with it.
NOT_FORMULAS = {
    r"\pm": "stands for two formulas at once",
    r"\mp": "stands for two formulas at once",
    r"\forall": "has no meaning inside a formula",
    r"\exists": "has no meaning inside a formula",
    r"\%": "is no part of a formula",
    r"\#": "is no part of a formula",
    r"\middle": "has no bracket",
}

#: Every control word that has a meaning to the grammar.
WORDS_OF_MATHEMATICS = frozenset(
    [*RELATIONS, *FUNCTIONS, *BIG, *ACCENTS, *FONTS, *UPRIGHT, *LETTERS, *OPERATORS, *PRODUCTS]
) | collection(
    r"\frac \binom \sqrt \partial \nabla \ldots \underbrace \overbrace \begin \end \mid \cdot "
    r"\div \choose \over \substack \top \dagger \star \prime"
)
