"""The reports page by role: who may, what is missing, and that a click asks for the making once."""

from __future__ import annotations

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making
from maturity.operations.brand import set_vision
from maturity.operations.setup import create_organisation
from maturity.operations.workspace import default_url, open_workspace
from maturity.ui import reports_kept
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


def test_an_organisation_with_nothing_is_told_so_and_facts_are_read_anew_only_after_a_change(
    stores, start, monkeypatch
):
    read, reading = [], reports_kept.report_facts
    monkeypatch.setattr(
        reports_kept, "report_facts", lambda *given, **named: read.append(1) or reading(*given, **named)
    )
    workspace = open_workspace(default_url())
    create_organisation(workspace, ADMIN, "Empty")
    page = open_page(start(seen_as("leader")), "reports")
    assert any("There is nothing to report yet" in each.value for each in page.expander[0].markdown)
    page.run()
    assert len(read) == 1
    set_vision(workspace, ADMIN, "Data that serves residents")
    page.run()
    assert len(read) == 2
    assert not any("No vision is written down" in each.value for each in page.expander[0].markdown)
    next(each for each in page.button if each.label == "Make the workbook").click().run()
    assert "nothing to report yet" in page.error[0].value.lower()
    assert not page.exception
