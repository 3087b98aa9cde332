"""Formats of documents: one file a format, found by the suffixes that it names.

A format has ``SUFFIXES`` and ``read(view) -> Contents``.
"""
