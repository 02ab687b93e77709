"""The city's action catalogue against the facts it was made from, and against what a plan needs of it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from maturity.planning.catalogue import ActionCatalogue, CatalogueAction, find_cycle

CATALOGUE = Path(__file__).parents[2] / "data" / "actions" / "city-data-actions.yaml"
TOPICS = {
    "data-direction",
    "responsibility-for-data",
    "knowing-the-data",
    "managing-data",
    "protecting-data",
    "data-ethics",
    "skills-and-knowledge",
    "systems",
    "decisions-with-data",
    "engaging-with-others",
}
PHASE_START = {1: 0, 2: 26, 3: 52, 4: 104}
BANNED = re.compile(r"\b(survey|items?|entity|entities|tasks?|grades?|ratings?|metrics?|process)\b", re.IGNORECASE)

# The 38 checked actions: id, phase, weeks, person-days in the whole council, earliest finish week, requires, raises.
FACTS = """
A01 1  4   8   4  -            responsibility-for-data:1-2
A02 1  6  40  10  A01          data-direction:1-2
A03 1  4  15   8  A01          responsibility-for-data:1-3
A04 1 10  25  18  A03          responsibility-for-data:2-3
A05 1  8  30  18  A02+A03      data-direction:1-3
A06 1  8  30  16  A03          knowing-the-data:1-2
A07 1 12  25  20  A03          data-direction:1-2 managing-data:1-2
A08 1 10  40  26  A06          protecting-data:1-3
A09 1  8  20  12  A01          skills-and-knowledge:1-2
A10 1  6  10  10  A01          skills-and-knowledge:1-2
A11 1 10  45  26  A06          systems:1-2
A12 1  4  20  22  A02+A05      decisions-with-data:1-2
A13 1  4  12  26  A05+A12      engaging-with-others:1-2
A14 2 20  90  46  A12+A11+A08  decisions-with-data:2-3
A15 2 22 110  48  A12+A04+A08  managing-data:2-3
A16 2 14  50  40  A12+A06      decisions-with-data:2-3
A17 2  4  15  50  A14          decisions-with-data:2-3
A18 2 20  60  46  A04+A06      managing-data:2-3
A19 2 10  25  36  A07+A08      engaging-with-others:2-3
A20 2 10  20  36  A07          data-ethics:1-3
A21 2 24  60  50  A09          skills-and-knowledge:2-3
A22 2 18  40  44  A06+A08      engaging-with-others:2-3
A23 2 12  25  38  A04          knowing-the-data:2-3
A24 2  8  25  48  A05+A16      data-direction:3-4
A25 3 36 180  88  A17+A24      decisions-with-data:3-4
A26 3 44 240  96  A11+A15+A24  systems:2-4
A27 3 40 120  92  A06+A23      knowing-the-data:3-4
A28 3 44 160  96  A15+A18      managing-data:3-4
A29 3 36 150  88  A21+A24      decisions-with-data:3-4
A30 3 20  30  72  A09+A07      responsibility-for-data:3-4 skills-and-knowledge:3-4
A31 3 12  30  64  A08          protecting-data:3-4
A32 3 14  25  66  A13+A17      engaging-with-others:3-4
A33 3  8  35  96  A02+A25      data-direction:3-4
A34 4 48 200 152  A28+A29+A20  decisions-with-data:4-5 systems:4-5
A35 4 12  25 116  A20+A22      data-ethics:3-5
A36 4 40 140 144  A18+A26      managing-data:4-5 knowing-the-data:4-5
A37 4 40  80 144  A29+A32      engaging-with-others:4-5 skills-and-knowledge:4-5
A38 4 10  30 114  A33          responsibility-for-data:4-5 data-direction:4-5 protecting-data:4-5
"""


def _facts() -> dict[str, list[str]]:
    return {row.split()[0]: row.split() for row in FACTS.strip().splitlines()}


@pytest.fixture(scope="module")
def catalogue() -> ActionCatalogue:
    return ActionCatalogue.model_validate(yaml.safe_load(CATALOGUE.read_text(encoding="utf-8")))


def _finish_weeks(catalogue: ActionCatalogue) -> dict[str, int]:
    """Earliest finish with nobody ever busy: phase start and prerequisites only, one copy of each action."""
    finish: dict[str, int] = {}

    def visit(action: CatalogueAction) -> int:
        if action.id not in finish:
            ready = [visit(catalogue.by_id[before]) for before in action.requires]
            finish[action.id] = max([PHASE_START[action.phase], *ready]) + action.duration_weeks
        return finish[action.id]

    for action in catalogue.actions:
        visit(action)
    return finish


def _steps(action: CatalogueAction) -> list[tuple[str, int]]:
    return [(r.topic, level) for r in action.raises for level in range(r.from_level, r.to_level)]


def _texts(catalogue: ActionCatalogue) -> list[tuple[str, str]]:
    return [
        (f"{a.id}.{field}", text)
        for a in catalogue.actions
        for field, text in {
            "title": a.title,
            "summary": a.summary,
            "deliverable": a.deliverable,
            "done_when": a.done_when,
            "kpi.name": a.kpi.name,
            "kpi.unit": a.kpi.unit,
            "basis": "; ".join(a.basis),
            **{f"{route.kind}.exit": route.exit for route in a.routes},
            **{f"{route.kind}.skills": route.skills for route in a.routes},
        }.items()
    ]


def test_catalogue_holds_the_38_and_more(catalogue: ActionCatalogue) -> None:
    ids = [action.id for action in catalogue.actions]
    assert ids == [f"A{number:02d}" for number in range(1, len(ids) + 1)]
    assert set(_facts()) == {f"A{number:02d}" for number in range(1, 39)} < set(ids)


@pytest.mark.parametrize("action_id", sorted(_facts()))
def test_facts_of_the_38_are_kept(catalogue: ActionCatalogue, action_id: str) -> None:
    _, phase, weeks, person_days, _, requires, *raises = _facts()[action_id]
    action = catalogue.by_id[action_id]
    assert (action.phase, action.duration_weeks) == (int(phase), int(weeks))
    assert "+".join(action.requires) == requires.replace("-", "")
    assert [f"{r.topic}:{r.from_level}-{r.to_level}" for r in action.raises] == raises
    likely = sum(action.likely_effort.values())
    if action.scope == "city":
        assert likely == int(person_days)
    else:
        assert 12 * likely == pytest.approx(int(person_days), rel=0.1)


def test_every_step_of_every_topic_has_two_ways_up(catalogue: ActionCatalogue) -> None:
    providers = Counter(step for action in catalogue.actions for step in _steps(action))
    assert {topic for topic, _ in providers} == TOPICS
    assert {step for step in providers if step[1] not in range(1, 5)} == set()
    assert [(t, level) for t in TOPICS for level in range(1, 5) if providers[t, level] < 2] == []


def _needs(catalogue: ActionCatalogue, code: str) -> set[str]:
    """Everything that has to be done before an action."""
    found, waiting = set(), [*catalogue.by_id[code].requires]
    while waiting:
        if (each := waiting.pop()) not in found:
            found.add(each)
            waiting += catalogue.by_id[each].requires
    return found


def test_two_ways_up_a_step_never_hang_on_each_other(catalogue: ActionCatalogue) -> None:
    """Where one of the two fails or is rejected, the other can still be done."""
    needs = {action.id: _needs(catalogue, action.id) for action in catalogue.actions}
    ways: dict[tuple[str, int], list[str]] = {}
    for action in catalogue.actions:
        for step in _steps(action):
            ways.setdefault(step, []).append(action.id)
    apart = {
        step: any(one not in needs[other] and other not in needs[one] for one, other in combinations(codes, 2))
        for step, codes in ways.items()
    }
    assert [step for step, found in apart.items() if not found] == []


def test_no_circle_runs_through_levels(catalogue: ActionCatalogue) -> None:
    """From level 1 everywhere, with nobody busy, every action can be done once what it requires and the level that it
    starts from are there: no action waits for a level that only comes after it."""
    level, done = dict.fromkeys(TOPICS, 1), set[str]()
    grown = True
    while grown:
        able = [
            action
            for action in catalogue.actions
            if action.id not in done
            and done.issuperset(action.requires)
            and any(level[lift.topic] >= lift.from_level for lift in action.raises)
        ]
        grown = bool(able)
        done |= {action.id for action in able}
        for lift in (lift for action in able for lift in action.raises):
            if level[lift.topic] >= lift.from_level:
                level[lift.topic] = max(level[lift.topic], lift.to_level)
    assert done == set(catalogue.by_id)
    assert set(level.values()) == {5}


def test_every_action_fits_into_the_plan_from_its_phase_on(catalogue: ActionCatalogue) -> None:
    late = [a.id for a in catalogue.actions if PHASE_START[a.phase] + a.duration_weeks > 156]
    assert late == []


def test_every_action_has_a_route_and_many_have_two(catalogue: ActionCatalogue) -> None:
    assert [a.id for a in catalogue.actions if not a.routes] == []
    assert sum(len(a.routes) > 1 for a in catalogue.actions) >= 25
    assert {route.kind for a in catalogue.actions for route in a.routes} == {"build", "buy", "partner"}


def test_another_route_costs_otherwise_and_says_its_price(catalogue: ActionCatalogue) -> None:
    others = [(a, route) for a in catalogue.actions for route in a.routes[1:]]
    assert all(route.cost and route.cost.one_off and route.cost.yearly for _, route in others)
    assert [a.id for a, route in others if a.by_route(route.kind).likely_effort == a.likely_effort] == []
    assert [a.id for a in catalogue.actions if a.by_route(a.routes[0].kind) is not a] == []
    city = {role.id for role in catalogue.roles if role.scope == "city"}
    wrong = [a.id for a, route in others if (set(route.effort or ()) <= city) != (a.scope == "city")]
    assert wrong == []


def test_no_sentence_on_a_route_is_said_twice(catalogue: ActionCatalogue) -> None:
    said = [text for a in catalogue.actions for route in a.routes for text in (route.exit, route.skills)]
    assert len(set(said)) == len(said)
    assert [text for text in said if not text.endswith(".") or len(text) > 200] == []


def test_prerequisites_make_no_circle_and_never_come_from_a_later_phase(catalogue: ActionCatalogue) -> None:
    assert find_cycle({action.id: action.requires for action in catalogue.actions}) == []
    phase = {action.id: action.phase for action in catalogue.actions}
    assert [a.id for a in catalogue.actions if any(phase[before] > a.phase for before in a.requires)] == []


def test_with_nobody_busy_the_38_finish_as_checked_and_everything_by_week_170(catalogue: ActionCatalogue) -> None:
    finish = _finish_weeks(catalogue)
    assert {i: finish[i] for i in _facts()} == {i: int(row[4]) for i, row in _facts().items()}
    assert max(finish.values()) <= 170


def test_each_role_has_the_days_that_all_actions_need(catalogue: ActionCatalogue) -> None:
    """Over 12 quarters and 12 departments nothing is over-asked, and the scarcest role is in use above 80 %."""
    use: dict[str, float] = {}
    for role in catalogue.roles:
        copies = {"city": 1, "department": 1 if role.scope == "department" else 12}
        need = sum(copies[a.scope] * a.likely_effort.get(role.id, 0) for a in catalogue.actions)
        use[role.id] = need / (12 * role.days_per_quarter)
    assert max(use.values()) <= 1
    assert max(use.values()) > 0.8


def test_city_wide_work_never_draws_on_the_days_of_a_department(catalogue: ActionCatalogue) -> None:
    of_departments = {role.id for role in catalogue.roles if role.scope == "department"}
    assert [a.id for a in catalogue.actions if a.scope == "city" and of_departments & set(a.effort)] == []
    assert [a.id for a in catalogue.actions if a.scope == "department" and not of_departments & set(a.effort)] == []


def test_some_actions_are_unpriced_and_no_price_is_half_given(catalogue: ActionCatalogue) -> None:
    unpriced = [action.id for action in catalogue.actions if action.cost is None]
    assert 0 < len(unpriced) < len(catalogue.actions) / 4
    assert all(a.cost.one_off and a.cost.yearly for a in catalogue.actions if a.cost)


def test_quick_wins_are_small_or_visible_in_phase_two(catalogue: ActionCatalogue) -> None:
    quick = [action for action in catalogue.actions if action.quick_win]
    assert {action.phase for action in quick} <= {1, 2}
    assert max(action.duration_weeks for action in quick) <= 26
    assert sum(action.scope == "department" for action in quick) >= 3


def test_every_text_is_there_and_keeps_to_our_words(catalogue: ActionCatalogue) -> None:
    texts = [("summary", catalogue.summary), ("source", catalogue.source), *_texts(catalogue)]
    assert [place for place, text in texts if not text.strip()] == []
    assert [(place, text) for place, text in texts if BANNED.search(text)] == []
    assert [a.id for a in catalogue.actions if len(a.title) > 70] == []
    assert len({a.title for a in catalogue.actions}) == len(catalogue.actions)
