"""What the first page leads to in the plan's delivery."""

from __future__ import annotations

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making
from maturity.operations.plan_versions import propose_version
from maturity.operations.workspace import default_url, open_workspace
from tests.operations.city import make_town

from .conftest import seen_as


def test_leaders_are_led_to_a_version_that_waits_and_the_list_stays_short(stores, start):
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    propose_version(workspace, ADMIN, "Spring", "all of it is new")
    for role, waits in (("leader", True), ("department_lead", False)):
        at = start(seen_as(role, "parks" if role == "department_lead" else None))
        assert not at.exception
        said = [each.value for each in at.markdown]
        assert any("waits for approval" in each for each in said) is waits
