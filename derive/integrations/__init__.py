"""``derive`` where people write: Sphinx, Python-Markdown, notebooks, pytest.

Each is a thin adapter around ``derive.integrations.answers``: a request goes in, a sheet with
a verdict comes out.  What an adapter needs from outside is an extra of the distribution and
is imported by that adapter alone.
"""

from __future__ import annotations
