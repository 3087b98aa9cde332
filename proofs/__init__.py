"""Proof scripts: one family of losses or equivalences a file."""
