"""What the whole suite shares: a line at the end for what tests counted."""

from __future__ import annotations

import os
import signal
from collections import Counter
from typing import Any

import pytest
from hypothesis import settings

# The same examples on every run; the long checks look for new ones.
settings.register_profile("steady", derandomize=True)
# A suite that a shell has put into the background is begun with interruptions ignored, and so would
# be the processes that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.load_profile("default" if "DERIVE_LONG" in os.environ else "steady")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Processes that have nothing left to do take tests from the others: a few are long."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None


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
