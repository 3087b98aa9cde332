"""From a document to its claims: the steps of its displays, and what the page says of them.

``steps`` takes displays apart, ``names`` says what a side is about, ``words`` reads what the
prose says of a symbol, ``scope`` keeps what holds where, ``reading`` turns a step into a
statement in a context.
"""
