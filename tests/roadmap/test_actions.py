from dataclasses import replace
from datetime import date

import pytest

from maturity.planning.catalogue import CatalogueAction
from maturity.planning.plan import Closes, PlannedAction, Reason
from maturity.roadmap.actions import (
    ActionRefused,
    Raci,
    check_action,
    check_dependency,
    from_plan,
    overlaps,
    usual_raci,
)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "title"),
        ({"phase": 5}, "phase is 1 to 4"),
        ({"finish": date(2026, 1, 4)}, "before the start 2026-01-05"),
        ({"effort": {"lead": -1.0}}, "negative"),
        ({"cost": -1.0}, "negative"),
        ({"effort": {"lead": float("nan")}}, "are numbers up to"),
        ({"cost": float("inf")}, "are numbers up to"),
        ({"cost": 1e300}, "are numbers up to"),
        ({"days_used": float("nan")}, "person-days used so far is a number"),
        ({"cost_used": -1.0}, "money used so far is a number"),
        ({"begun_on": date(2026, 1, 9), "expected_on": date(2026, 1, 8)}, "before it began"),
        ({"owner": ""}, "owner"),
        ({"raci": Raci(accountable="")}, "accountable"),
        ({"raci": Raci(accountable="lead; head")}, "exactly one is accountable"),
        ({"raci": Raci(accountable="lead", consulted=("it",), informed=("it",))}, "it is consulted and informed"),
        ({"percent_done": 101.0, "begun_on": date(2026, 1, 5)}, "0 to 100"),
        ({"percent_done": 60.0, "begun_on": date(2026, 1, 5), "done_on": date(2026, 1, 9)}, "at 60 %"),
        ({"percent_done": 100.0, "begun_on": date(2026, 1, 5)}, "100 % needs the day"),
        ({"percent_done": 10.0}, "needs the day it began"),
        ({"percent_done": 100.0, "begun_on": date(2026, 1, 9), "done_on": date(2026, 1, 5)}, "before it began"),
        ({"requires": ("a",)}, "cannot require itself"),
    ],
)
def test_an_action_that_breaks_a_rule_is_refused_in_a_sentence(make, changes, words):
    with pytest.raises(ActionRefused, match="^.*" + words) as refused:
        check_action(make("a", **changes))
    assert "\n" not in str(refused.value).replace("\\n", "")


def test_a_sound_action_passes(make):
    action = make("a", percent_done=100.0, begun_on=date(2026, 1, 5), done_on=date(2026, 1, 5))
    assert check_action(action) is action


def test_circles_are_refused_naming_both(chain):
    check_dependency(chain, "d", "a")
    with pytest.raises(ActionRefused, match="'Action a' cannot depend on 'Action c', because that already depends"):
        check_dependency(chain, "a", "c")
    with pytest.raises(ActionRefused, match="cannot depend on itself"):
        check_dependency(chain, "a", "a")
    with pytest.raises(ActionRefused, match="depends on 'Action a' already"):
        check_dependency(chain, "b", "a")
    with pytest.raises(ActionRefused, match="no action 'z'"):
        check_dependency(chain, "a", "z")


def test_overlaps_are_found(chain, make):
    assert overlaps(chain) == ()
    assert overlaps([chain[0], replace(chain[1], start=chain[0].finish)]) == (("b", "a"),)


def test_a_planned_action_becomes_an_unbegun_one():
    template = CatalogueAction.model_validate(
        {
            "id": "A1",
            "title": "List the data",
            "summary": "Write it down.",
            "phase": 1,
            "lead": "cdo",
            "deliverable": "A list",
            "done_when": "The list is read.",
            "kpi": {"name": "Listed", "unit": "%"},
            "raises": [{"topic": "t", "from_level": 1, "to_level": 2}],
            "duration_weeks": 4,
            "effort": {"cdo": {"low": 1, "likely": 2, "high": 3}},
        }
    )
    planned = PlannedAction(
        id="A1/parks",
        catalogue_id="A1",
        title="List the data",
        department="parks",
        phase=1,
        start=date(2026, 1, 5),
        finish=date(2026, 2, 1),
        owner="cdo",
        requires=(),
        effort={"cdo": 2.0, "it": 5.0, "idle": 0.0},
        cost=None,
        closes=(Closes(department="parks", topic="t", from_level=1, to_level=2),),
        why=(Reason(code="closes", values={"share": 0.5}),),
    )
    action = check_action(from_plan(planned, template, id="7"))
    assert (action.code, action.percent_done, action.cost, action.person_days) == ("A1/parks", 0.0, None, 7.0)
    assert action.raci == Raci(accountable="cdo", responsible=("it", "cdo"))
    assert (action.deliverable, action.kpi.name, action.why) == ("A list", "Listed", planned.why)
    assert usual_raci("head", {}) == Raci(accountable="head", responsible=("head",))
