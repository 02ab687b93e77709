"""Objectives: kept with who and when, refused with one sentence, and what they make topics weigh in a plan."""

from dataclasses import replace
from datetime import date

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import objectives
from maturity.operations.errors import Changed, Refused
from maturity.operations.plans import plan_request
from maturity.planning.objectives import Objective, emphasis_by_topic
from maturity.storage.audit import events
from tests.operations.city import ADMIN, LEADER, make_town

DUE = date(2030, 1, 1)
WARM = {
    "topics": ("managing-data", "systems"), "emphasis": 1.5, "measure": "Cold homes", "unit": "homes", "baseline": 310,
    "aim": 0, "due": DUE,
}  # fmt: skip


def test_of_several_objectives_the_one_that_asks_for_most_counts() -> None:
    def one(emphasis: float, *topics: str) -> Objective:
        return Objective(id="", name="", emphasis=emphasis, topics=topics)

    assert emphasis_by_topic([one(1.5, "a", "b"), one(1.25, "b", "c"), one(1.0, "d")]) == {
        "a": 1.5,
        "b": 1.5,
        "c": 1.25,
    }
    assert emphasis_by_topic([]) == {}


def test_an_objective_is_added_changed_and_removed_and_weighs_its_topics_meanwhile(workspace):
    round_ = make_town(workspace)
    assert plan_request(workspace, ADMIN, round_).emphasis == {}
    made = objectives.add_objective(workspace, ADMIN, " Warm homes ", "No cold home", **WARM)
    assert (made.name, made.set_by, made.row_version) == ("Warm homes", ADMIN.name, 1)
    assert objectives.objectives(workspace, LEADER) == (made,)
    assert plan_request(workspace, ADMIN, round_).emphasis == {"managing-data": 1.5, "systems": 1.5}
    changed = objectives.edit_objective(workspace, ADMIN, replace(made, topics=("systems",), emphasis=2.0))
    assert changed.row_version == 2 and plan_request(workspace, ADMIN, round_).emphasis == {"systems": 2.0}
    with pytest.raises(Changed, match="'Warm homes' was changed meanwhile"):
        objectives.edit_objective(workspace, ADMIN, replace(made, goal="Mine"))
    objectives.remove_objective(workspace, ADMIN, changed)
    assert objectives.objectives(workspace, ADMIN) == () and plan_request(workspace, ADMIN, round_).emphasis == {}
    with pytest.raises(Refused, match="is not there any more"):
        objectives.remove_objective(workspace, ADMIN, changed)
    verbs = [event.verb for event in events(workspace.store)][::-1]
    assert [verb for verb in verbs if "objective" in verb] == ["add objective", "edit objective", "remove objective"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "  "}, "name is missing"),
        ({"emphasis": 3.0}, "by one of 1, 1.25, 1.5, 2, not 3"),
        ({"emphasis": float("nan")}, "not nan"),
        ({"aim": float("inf")}, "are numbers"),
        ({"aim": 3.0}, "needs what is measured and the day"),
        ({"aim": 3.0, "measure": "Homes"}, "needs what is measured and the day"),
    ],
)
def test_what_cannot_be_an_objective_is_refused_in_one_sentence(workspace, change, said):
    make_town(workspace)
    with pytest.raises(Refused, match=said):
        objectives.add_objective(workspace, ADMIN, **{"name": "Trust", **change})
    assert objectives.objectives(workspace, ADMIN) == ()


def test_two_objectives_have_two_names_and_only_planners_write(workspace):
    make_town(workspace)
    objectives.add_objective(workspace, ADMIN, "Trust")
    calm = objectives.add_objective(workspace, ADMIN, "Calm")
    with pytest.raises(Refused, match="there is an objective 'Trust' already"):
        objectives.add_objective(workspace, ADMIN, "Trust")
    with pytest.raises(Refused, match="there is an objective 'Trust' already"):
        objectives.edit_objective(workspace, ADMIN, replace(calm, name="Trust"))
    for deed in (objectives.edit_objective, objectives.remove_objective):
        with pytest.raises(NotPermitted):
            deed(workspace, LEADER, calm)
