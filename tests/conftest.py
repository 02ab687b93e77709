"""For all tests: with WAYMARK_REQUIRE_ALL=1, a test that is skipped for want of a program counts as failed."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.engines import migrated_database, migrated_file, migrated_url, postgres_server, url
from tests.made_plans import MADE, install

__all__ = ["migrated_database", "migrated_file", "migrated_url", "postgres_server", "url"]  # fixtures for every folder

# Machines differ and are shared: a slow example is no failure.
settings.register_profile("waymark", deadline=None)
settings.load_profile("waymark")
install()

DEMANDING = ("browser", "postgres", "office")


def everything_is_required() -> bool:
    """Whether this run may leave nothing out."""
    return os.environ.get("WAYMARK_REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole file into a failure where everything is required."""
    report = yield
    if everything_is_required() and report.skipped:
        report.outcome = "failed"
        report.longrepr = (
            f"{collector.nodeid} was skipped, and WAYMARK_REQUIRE_ALL=1 allows no skips: {report.longrepr}"
        )
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None]:
    """While fixtures are made, plans that others have asked for are taken again."""
    with MADE.while_setting_up():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a browser or PostgreSQL test into a failure where everything is required."""
    report = yield
    required = everything_is_required() and any(item.get_closest_marker(mark) for mark in DEMANDING)
    if required and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and WAYMARK_REQUIRE_ALL=1 allows no skips: {report.longrepr}"
    return report
