"""What a display says as it is written: rows, signs and syntax trees with their places.

Nothing here knows what a name means.  Whether ``f(x)`` is an application or a product, and
whether ``q_1`` is a member of a family, is decided by ``derive.latex.elaborate`` with the
declarations at hand; the tree only keeps what stands on the page.

===============  ===================  ========================================================
``kind``         ``text``             ``parts`` and ``notes``
===============  ===================  ========================================================
``number``       ``12``, ``0.5``
``name``         ``x``, ``y_hat``     its indices: subscripts, then ``^{(t)}``; accents belong
                                      to the name; an upright subscript too (``x_max``)
``text``         the words            ``\\text{if}`` and the like
``ellipsis``                          ``\\ldots``
``add``                               the terms; a subtracted one is a ``neg``
``neg``                               the operand
``juxtapose``                         factors side by side: product or application
``times``                             factors joined by ``\\cdot``, ``\\times``, ``*``
``divide``       ``frac`` or ``/``    dividend, divisor
``power``                             base, exponent
``root``                              radicand [, degree]
``prime``        ``1``, ``2``, ...    what is primed: ``f'``
``function``     ``log``, ``exp``     argument [, base]: a macro or upright name of the closed
                                      table of functions, with the argument it takes
``group``        ``(`` ``[`` ``{``    items; ``notes``: the separators between them, each
                                      ``,`` ``;`` ``|`` ``||`` or ``:``
``abs``, ``norm``, ``inner``, ``floor``, ``ceil``   what stands inside
``big``          ``Sum``, ``Product``, ``Integral``, ``Max``, ``Min``, ``argmax``, ``argmin``,
                 ``lim``              body, then what stands below and above, each a node or
                                      ``nothing``; an integral has its variable as fourth part
``relation``     a sign's text        both sides
``cases``                             value, condition, value, condition, ...; a condition is
                                      a ``relation``, a ``text`` ("otherwise") or ``nothing``
``derivative``   ``d`` or ``partial`` body or ``nothing``, then the variables, one for each order
``evaluated``                         body, lower or ``nothing``, upper: ``[F]_a^b``
``binomial``, ``factorial``           their arguments
``matrix``, ``set``                   entries; ``notes``: the number of columns
``decorated``    ``top``, ``dagger``  what is transposed and the like
``nothing``
``unreadable``   the sentence         ``notes``: what would repair it, if known
===============  ===================  ========================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Node(NamedTuple):
    """One node.  ``start`` and ``end`` are offsets in the text of the display."""

    kind: str
    start: int
    end: int
    text: str = ""
    parts: tuple[Node, ...] = ()
    notes: tuple[str, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, outside in.

        >>> [n.text for n in Node("neg", 0, 2, "", (Node("name", 1, 2, "x"),)).walk()]
        ['', 'x']
        """
        yield self
        for part in self.parts:
            yield from part.walk()


class Sign(NamedTuple):
    """A relation sign between two sides.

    ``text`` is one of ``=`` ``!=`` ``<`` ``<=`` ``>`` ``>=`` ``:=`` ``sim`` ``approx``
    ``propto`` ``in`` ``to`` ``implies`` ``iff``; ``reason`` is what is written on or beside it.
    """

    text: str
    start: int
    end: int
    reason: str = ""


class Row(NamedTuple):
    """One row: sides and the signs between them.

    A row that begins with a sign continues the row before it: its first side is
    ``nothing``.  ``label`` is its ``\\label`` or ``\\tag``; ``remarks`` are what stands behind
    the formula, such as ``for i = 1, ..., n`` or ``x > 0``.
    """

    sides: tuple[Node, ...]
    signs: tuple[Sign, ...]
    start: int
    end: int
    label: str = ""
    remarks: tuple[Node, ...] = ()


class Display(NamedTuple):
    """The rows of one display, in order; ``label`` is the label of the whole."""

    rows: tuple[Row, ...]
    label: str = ""


class UnreadableError(ValueError):
    """Notation that cannot be read, with its place in the text and, if known, a repair."""

    def __init__(self, message: str, start: int, end: int, repair: str = "") -> None:
        self.message, self.start, self.end, self.repair = message, start, end, repair
        super().__init__(message)
