"""Documents that other people wrote, as sequences of pieces; one format, one file.

Nothing in a document is evaluated, imported, opened or executed.
"""
