"""Notation that all of a page has to settle: formulas are put as they are meant before they are
read, one file a notation."""
