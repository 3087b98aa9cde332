"""Running claims: one after the other in worker processes with hard limits.

``limits`` runs one function in a process of its own; ``workers`` has a pool of processes
with the face of ``concurrent.futures.Executor``; ``settling`` is what they run: a claim as
plain data comes in, its verdict as plain data goes out.
"""
