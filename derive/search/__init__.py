"""Untrusted search: it finds the steps, the kernel decides whether they are steps."""
