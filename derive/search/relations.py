from __future__ import annotations
def relation(facts, context, s):
    return None
