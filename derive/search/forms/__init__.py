"""Bringing terms to one form, so that what is equal looks equal."""
