"""Formulas in LaTeX and text, one by one."""

from __future__ import annotations

import pytest
from render_samples import HALF, symbols

