"""Untrusted refutation: rigorous values at points, points of a context, witnesses."""
