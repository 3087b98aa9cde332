"""What a step must look like to define its left side."""

from __future__ import annotations

from derive.check.page.circles import stands_in
from derive.check.page.nodes import (
    MASSES,
    Head,
    applications,
    call_head,
    estimated,
    head_of,
    shape_of,
)
from derive.check.page.notation.apart import ANY
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.latex.elaborate_names import spelled
from derive.latex.named.laws import law_call, written_names
from derive.latex.tree import Node


def is_divergence_of_families(head: Head) -> bool:
    r"""Whether a head is a divergence of two families, ``D_{KL}(p \| q)``, which a page may
    define by a sum: no laws, and no random variables."""
    small = all(a.kind == "name" and a.text[:1].islower() for a in head.arguments)
    return head.name in ("KL", "D_KL", "D_K_L") and len(head.arguments) == 2 and small


def is_conditional(shown: Shown, step: Step) -> bool:
    """Whether the step stands behind ``implies`` in its row, or before it."""
    around = [s for s in shown.steps if s.row == step.row]
    return any(s.sign.text in ("implies", "iff") for s in around)


def sets_map(step: Step) -> bool:
    """Whether a step says where a function takes its arguments, ``g(X) = a X``, whatever they are:
    what belongs to a random variable, its mean or its entropy, has no value that depends on it.
    """
    head = head_of(step.left)
    return (
        head is not None
        and head.called
        and not head.named
        and head.name.removesuffix("_inverse").isalpha()
        and len(head.name.removesuffix("_inverse")) == 1
        and head.name not in MASSES
        and step.right.kind != "name"
        and not any(applications(step.right))
        and all(a.kind == "name" and stands_in(a.text, step.right) for a in head.arguments)
    )


def gives_law(head: Head, value: Node) -> bool:
    r"""Whether a density is given by that of a law, ``p(a) = \mathrm{Gam}(a; b, c)``: that is a
    way to write ``a ~ Gam(b, c)``, and stays one where the text assumes it."""
    call = law_call(value)
    if call is None or call[0] not in written_names() or call[1].notes[:1] != (";",):
        return False
    return head.name in MASSES and shape_of(call[1].parts[0]) == shape_of(head.arguments[0])


def calls_itself(head: Head, node: Node) -> bool:
    """Whether a function stands in a formula at the arguments of its own definition."""
    for name, group in applications(node):
        other = call_head(spelled(name) or "", group)
        if other.key == head.key and other.arguments and _same(other.arguments, head.arguments):
            return True
    return False


def _same(a: tuple[Node, ...], b: tuple[Node, ...]) -> bool:
    return list(map(shape_of, a)) == list(map(shape_of, b))


def is_one_of(one: Node, any_one: Node) -> bool:
    """Whether a name is that of any example, or the same letter with the number of one."""
    if shape_of(one) == shape_of(any_one):
        return True
    letters = one.kind == any_one.kind == "name" and not any_one.parts
    return letters and one.text == any_one.text.removesuffix(ANY) and len(one.parts) == 1


def is_stationary(shown: Shown, step: Step, behind: Shown) -> bool:
    r"""Whether a step says that a derivative is zero, ``\frac{dL}{dw} = ... = 0``, and the next
    display, which stands ``behind``, for which value of the variable: ``\hat w = ...``."""
    chain = [s for s in shown.steps if s.run == step.run]
    zero = step.right.kind == "number" and step.right.text == "0"
    slope = chain[0].left
    if chain[-1] is not step or not zero or slope.kind != "derivative":
        return False
    varied = {n.text for v in slope.parts[1:] for n in v.walk() if n.kind == "name"}
    heads = [h for s in behind.steps[:1] if (h := head_of(s.left)) is not None and not h.called]
    return any({h.name, estimated(h.name)} & varied for h in heads)
