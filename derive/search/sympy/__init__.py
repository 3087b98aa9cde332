"""Between our terms and SymPy: SymPy proposes, the kernel decides."""
