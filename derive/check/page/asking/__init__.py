"""A step as a question: its statement as a term, with all that the page says of its symbols."""
