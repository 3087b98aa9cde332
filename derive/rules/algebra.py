"""Quotients and what is not zero; everything else of algebra is the kernel's ``ring``."""

from derive.rules import Rule

_FIELD = "van der Waerden, Algebra I, 3.1 (fields)"

RULES = [
    Rule("div_defined", "a/b", "Real", "a in Real; b in Real; b != 0",
         "A quotient of real numbers is defined for a divisor other than 0.", _FIELD, "in"),
    Rule("div_positive", "a/b", "Positive", "a in Positive; b in Positive",
         "The reciprocal of a positive number is positive, and so is a product of two.",
         _FIELD, "in"),
    Rule("div_nonnegative", "a/b", "Nonnegative", "a in Nonnegative; b in Positive",
         "A nonnegative number times a positive reciprocal is nonnegative.", _FIELD, "in"),
    Rule("div_unit", "a/b", "Unit", "a in Positive; b in Real; a < b",
         "Dividing 0 < a < b by b > 0 gives 0 < a/b < 1.", _FIELD, "in"),
    Rule("div_nonzero", "a/b", "0", "a in Real; a != 0; b in Real; b != 0",
         "A quotient is 0 only if its dividend is.", _FIELD, "!="),
    Rule("divisor_nonzero", "b", "0", "a in Partial; b in Partial; a/b in Real",
         "A defined quotient has a divisor other than 0.", "definition", "!="),
    Rule("nonzero_product", "a*b", "0", "a in Real; a != 0; b in Real; b != 0",
         "The real numbers have no zero divisors.", _FIELD, "!="),
    Rule("neg_nonzero", "-a", "0", "a in Real; a != 0",
         "Minus a number is 0 only if the number is.", _FIELD, "!="),
    Rule("difference_nonzero", "a - b", "0", "a in Real; b in Real; a != b",
         "A difference is 0 only if both numbers are equal.", _FIELD, "!="),
    Rule("unequal_by_difference", "a", "b", "a in Partial; b in Partial; a - b != 0",
         "A difference is 0 if both numbers are equal.", _FIELD, "!="),
    Rule("factor_zero", "b", "0", "a in Real; b in Partial; a != 0; a*b = 0",
         "Divide a*b = 0 by a.", _FIELD),
    Rule("cancel_factor", "b", "c", "a in Real; b in Partial; c in Partial; a != 0; a*b = a*c",
         "Divide a*b = a*c by a.", _FIELD),
    Rule("div_one", "a/1", "a", "a in Real", "1 is its own reciprocal.", _FIELD),
    Rule("div_self", "a/a", "1", "a in Real; a != 0",
         "A number times its reciprocal is 1.", _FIELD),
]
