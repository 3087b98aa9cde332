"""Finite sums and products: linear, split, shifted, gathered, term by term, by induction."""
