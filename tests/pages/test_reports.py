"""The reports page by role: who may, what is missing, and that a click asks for the making once."""

from __future__ import annotations

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making
from maturity.operations.workspace import default_url, open_workspace
from tests.operations.city import make_town

from .conftest import open_page, seen_as


def test_without_an_organisation_it_says_so(at):
    page = open_page(at, "reports")
    assert not page.exception
    assert page.info[0].value.startswith("No assessment yet")


@pytest.mark.parametrize("role", ["administrator", "leader", "facilitator"])
def test_the_four_kinds_stand_there_for_those_who_may_read_reports(stores, start, role):
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    page = open_page(start(None if role == "administrator" else seen_as(role)), "reports")
    assert not page.exception
    assert [each.value for each in page.header] == ["Board pack", "Strategy document", "Workbook", "PDF report"]


def test_others_are_told_that_they_may_not(start):
    page = open_page(start(seen_as("respondent", "parks")), "reports")
    assert not page.header
