"""One file, one command: ``command`` is its click command."""
