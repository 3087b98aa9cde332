"""What a display says as it is written: rows, signs and syntax trees with their places.

Nothing here knows what a name means.  Whether ``f(x)`` is an application or a product, and
whether ``q_1`` is a member of a family, is decided by ``derive.latex.elaborate`` with the
declarations at hand; the tree only keeps what stands on the page.

===============  ===================  ========================================================
``kind``         ``text``             ``parts`` and ``notes``
===============  ===================  ========================================================
``number``       ``12``, ``0.5``
``name``         ``x``, ``y_hat``     its indices: subscripts, then ``^{(t)}`` as a ``group``
                                      with the text ``^``.  Accents and fonts belong to the name
                                      (``x_bold``, ``L_cal``, ``R_bb``), an upright subscript
                                      too (``x_max``), or one above of several letters, and
                                      ``^*`` (``theta_star``); ``notes``:
                                      ``upright`` for an upright letter or word.  ``y_{ij}`` and
                                      ``y_{i1}`` have two indices, ``x_{2k}`` has one, which is
                                      a ``juxtapose`` and may be meant as two
``text``         the words            ``\\text{if}`` and the like
``ellipsis``                          ``\\ldots``
``add``                               the terms; a subtracted one is a ``neg``
``neg``                               the operand
``juxtapose``                         factors side by side: product or application, on one
                                      level (``f(x)^2 y`` is f, a power of a group, y);
                                      ``notes``: what letters without a blank between them
                                      spell (``MSE``)
``times``                             factors joined by ``\\cdot``, ``\\times``, ``*``
``divide``       ``frac`` or ``/``    dividend, divisor; ``notes``: see ``function``
``power``                             base, exponent; an italic ``^T`` is a power
``root``                              radicand [, degree]
``prime``        ``1``, ``2``, ...    what is primed: ``f'``
``function``     ``log``, ``exp``     argument [, base]: a macro or upright name of the closed
                                      table of functions, with the argument it takes; ``Max``
                                      and ``Min`` of a group.  ``notes``: ``bracket`` if the
                                      argument has no brackets and ends with a name and a
                                      bracket: unreadable unless that is an application
``group``        ``(`` ``[`` ``{``    items; ``notes``: the separators between them, each
                                      ``,`` ``;`` ``|`` ``||`` or ``:``; also ``(]`` and ``[)``,
                                      and without text a list that has no brackets
``entry``                             what has entries (``softmax(z)_j``: the group, in the
                                      juxtapose), then the indices; also a norm's ``_2``
``abs``, ``norm``, ``inner``, ``floor``, ``ceil``   what stands inside
``big``          ``Sum``, ``Product``, ``Integral``, ``Max``, ``Min``, ``argmax``, ``argmin``,
                 ``sup``, ``inf``,    body, then what stands below and above, each a node or
                 ``lim``              ``nothing``; an integral has its variable as fourth part;
                                      ``i = 1, \\ldots, n`` is a relation to a group; ``notes``:
                                      ``reach`` of a product whose last factors mention no index
``relation``     a sign's text        both sides; of a chain ``a < b < c`` all sides, and
                                      ``notes`` are the signs; the first may be ``nothing``;
                                      ``i, j = 1`` has a list, ``i, j``, on its left
``and``, ``or``                       relations
``operator``     ``cup``, ``odot``    the operands of a sign that is no arithmetic
``cases``                             value, condition, value, condition, ...; a condition is
                                      a ``relation``, ``and``, ``or``, the ``text`` "otherwise",
                                      or ``nothing``
``derivative``   ``d``, ``partial``,  body or ``nothing``, then the variables, one for each
                 ``nabla``            order; one variable may be a power (``d\\sigma^2``);
                                      ``\\nabla`` may have none
``evaluated``                         body, lower or ``nothing``, upper: ``[F]_a^b``; the lower
                                      may be a relation: ``F|_{x=a}``, the upper ``nothing``
``binomial``, ``factorial``           their arguments
``matrix``                            entries, row by row; ``notes``: the number of columns
``decorated``    ``top``, ``dagger``  what is transposed and the like
``nothing``
``unreadable``   the sentence         ``notes``: what would repair it, if known; its place is
                                      that of the caret
===============  ===================  ========================================================

An annotation of ``\\underbrace`` is passed over, so are colours, sizes, phantoms and bars of
``\\cancel``.
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

    ``text`` is one of ``=`` ``!=`` ``<`` ``<=`` ``>`` ``>=`` ``:=`` ``=:`` ``sim`` ``approx``
    ``propto`` ``in`` ``not in`` ``subset`` ``to`` ``mapsto`` ``gets`` ``implies`` ``implied``
    ``iff`` ``independent`` ``<<`` ``>>``; ``\\equiv`` is ``=``.  ``reason`` is what is written
    on it.
    """

    text: str
    start: int
    end: int
    reason: str = ""


class Row(NamedTuple):
    """One row: sides and the signs between them.

    A row that begins with a sign continues the row before it: its first side is
    ``nothing``.  ``label`` is its ``\\label`` or ``\\tag``; ``remarks`` are what stands behind
    the formula, such as ``for i = 1, ..., n`` or ``x > 0``, and words before it.  What is
    joined by "and", or is an equation behind ``\\quad``, is a row of its own.
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
