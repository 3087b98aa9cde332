"""Proving ``a <= b``, ``a < b``, ``a != b``, and that a point is the only minimiser."""
