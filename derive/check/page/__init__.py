"""From a document to its claims: the steps of its displays, and what the page says of them.

``page`` takes a document apart into displays and ``steps``; ``words`` reads what the prose says;
``notation`` settles what is written in one way all over a page; ``asking`` turns a step into a
statement in the context of its place.
"""
