"""What the whole suite shares: a line at the end for what tests counted."""

from __future__ import annotations

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Sum up what tests recorded with ``record_property``; counts from all workers."""
    counts: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", []):
        counts.update({name: n for name, n in report.user_properties if isinstance(n, int)})
        for name, text in report.user_properties:
            if name == "holds":
                terminalreporter.write_line(f"holds after a change: {text}")
    if counts:
        words = ", ".join(f"{n} {name}" for name, n in sorted(counts.items()))
        terminalreporter.write_line(f"counted: {words}")
