"""Derive machine-learning losses from their probability models, step by checked step."""

__version__ = "0.1.0"
