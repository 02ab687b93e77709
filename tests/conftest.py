"""For all tests: with WAYMARK_REQUIRE_ALL=1, a test that is skipped for want of a program counts as failed."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

DEMANDING = ("browser", "postgres")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport]:
    """Turn the skip of a browser or PostgreSQL test into a failure where everything is required."""
    report = yield
    required = os.environ.get("WAYMARK_REQUIRE_ALL") == "1" and any(item.get_closest_marker(m) for m in DEMANDING)
    if required and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and WAYMARK_REQUIRE_ALL=1 allows no skips: {report.longrepr}"
    return report
