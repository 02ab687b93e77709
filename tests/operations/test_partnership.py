"""Several organisations in one store: each sees its own, a partnership the roll-ups that it was given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Role, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, partnership
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import import_framework
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, Organisation, create_organisation
from maturity.operations.sign_off import reopen_round
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workspace import Workspace
from maturity.storage.engine import new_id
from maturity.storage.terms import save_terms
from tests.assessment.small import framework


def member_of(organisation: Organisation, role: Role = "administrator") -> Visitor:
    return Visitor(
        person=f"{role}-{organisation.name}",
        name=role.title(),
        grants=(Grant(role=role, organisation=organisation.id),),
    )


@pytest.fixture
def places(workspace: Workspace) -> dict[str, Organisation]:
    import_framework(workspace, COMMAND_LINE, framework())
    departments = [Department(code="x", name="Works", staff=10), Department(code="y", name="Parks", staff=30)]
    names = ("County", "Town", "Village", "Elsewhere")
    return {name: create_organisation(workspace, COMMAND_LINE, name, departments) for name in names}


@pytest.fixture
def county(workspace: Workspace, places: dict[str, Organisation]) -> Organisation:
    """A partnership of Village and Town, named in that order."""
    whole = places["County"]
    partnership.set_members(workspace, COMMAND_LINE, whole.id, [places["Village"].id, places["Town"].id])
    return whole


def held(
    workspace: Workspace,
    place: Organisation,
    name: str = "R1",
    *,
    people: int = 5,
    level: int = 3,
    closed: bool = True,
    lead_days: int = 0,
) -> Round:
    """A round of this many people, all of whom say the same."""
    round_ = open_round(
        workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, name, "small", organisation=place.name)
    )
    workspace.store.write(save_terms, round_.id, RoundTerms(lead_days=lead_days))
    for number in range(people):
        department = "xy"[number % 2]
        grants = (Grant(role="respondent", department=department, organisation=place.id),)
        visitor = Visitor(person=f"{place.name} {number}", name=f"Person {number}", grants=grants)
        one = answers.start(workspace, visitor, round_, department)
        for question in ("a1", "b1"):
            answers.save_answer(workspace, visitor, round_, one, Answer(question=question, state="level", level=level))
        answers.send(workspace, visitor, round_, one)
    found = find_round(workspace, COMMAND_LINE, name, place.name)
    return close_round(workspace, COMMAND_LINE, found) if closed else found


def test_a_roll_up_is_what_was_shown_and_nothing_of_departments(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    town = places["Town"]
    held(workspace, town)
    admin = member_of(town)
    shown = partnership.preview(workspace, admin, "R1")
    assert (shown.organisation, shown.round, shown.framework, shown.departments, shown.respondents) == (
        "Town",
        "R1",
        "small",
        2,
        5,
    )
    assert [(each.dimension, each.topic) for each in shown.lines] == [
        (None, None), ("d1", None), ("d1", "a"), ("d1", "b"), ("d2", None), ("d2", "c"),
    ]  # fmt: skip
    line = shown.of("d1", "a")
    assert line is not None and (line.score, line.level, line.coverage) == (3, None, 0.25)
    given = partnership.give_result(workspace, admin, "R1", county.id, shown)
    assert (given.result, given.partnership, given.organisation, given.withdrawn_at) == (shown, "County", "Town", None)
    leader = member_of(county, "leader")
    assert partnership.given_to(workspace, leader) == (given,)
    assert partnership.given_by(workspace, admin) == (given,)
    assert partnership.framework_of(workspace, leader, shown) == framework()
    event = audit_events(workspace, COMMAND_LINE)[0]
    assert (event.verb, event.subject, event.detail) == (
        "give result",
        str(given.id),
        {"round": "R1", "partnership": "County"},
    )
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_what_was_given_is_a_copy_until_it_is_withdrawn(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    town = places["Town"]
    admin, leader = member_of(town), member_of(county, "leader")
    round_ = held(workspace, town)
    given = partnership.give_result(workspace, admin, "R1", county.id, partnership.preview(workspace, admin, "R1"))
    again = partnership.give_result(workspace, admin, "R1", county.id, given.result)
    assert [each.id for each in partnership.given_to(workspace, leader)] == [again.id]
    assert [(each.id, each.withdrawn_at is None) for each in partnership.given_by(workspace, admin)] == [
        (again.id, True),
        (given.id, False),
    ]
    closed = find_round(workspace, COMMAND_LINE, round_.name, "Town")
    reopen_round(workspace, COMMAND_LINE, closed, "One department was away")
    with pytest.raises(Refused, match="the round 'R1' is open; close it before you give its result"):
        partnership.preview(workspace, admin, "R1")
    assert len(partnership.given_to(workspace, leader)) == 1
    partnership.withdraw_result(workspace, admin, again.id)
    assert partnership.given_to(workspace, leader) == ()
    with pytest.raises(Refused, match="withdrawn already"):
        partnership.withdraw_result(workspace, admin, again.id)
    with pytest.raises(Refused, match="never given"):
        partnership.withdraw_result(workspace, admin, new_id())


def test_partners_stand_in_their_fixed_order_whatever_their_scores(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    for name, level in (("Village", 5), ("Town", 2)):
        held(workspace, places[name], level=level)
        admin = member_of(places[name])
        partnership.give_result(workspace, admin, "R1", county.id, partnership.preview(workspace, admin, "R1"))
    leader = member_of(county, "leader")
    assert [each.organisation for each in partnership.given_to(workspace, leader)] == ["Town", "Village"]
    found = partnership.partnership(workspace, leader)
    assert found is not None and found.names == ("Town", "Village")
    assert [each.name for each in partnership.partnerships_of(workspace, member_of(places["Town"]))] == ["County"]


def test_nothing_is_given_of_fewer_than_five_people(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    held(workspace, places["Town"], people=4)
    with pytest.raises(Refused, match="4 people answered in the round 'R1'; nothing is given below 5 people"):
        partnership.preview(workspace, member_of(places["Town"]), "R1")


def test_nothing_is_given_before_the_heads_of_department_have_seen_it(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    held(workspace, places["Town"], lead_days=5)  # closed on Monday 2 March 2026
    with pytest.raises(Refused, match="heads of department see the result of 'R1' first; give it from 9 March 2026"):
        partnership.preview(workspace, member_of(places["Town"]), "R1")


def test_a_result_that_changed_since_it_was_shown_is_not_given(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    held(workspace, places["Town"])
    admin = member_of(places["Town"])
    shown = partnership.preview(workspace, admin, "R1")
    with pytest.raises(Changed, match="has changed since it was shown"):
        partnership.give_result(workspace, admin, "R1", county.id, replace(shown, respondents=6))


def test_nobody_sees_or_gives_what_belongs_to_another(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    held(workspace, places["Town"])
    admin, foreign = member_of(places["Town"]), member_of(places["Elsewhere"])
    shown = partnership.preview(workspace, admin, "R1")
    given = partnership.give_result(workspace, admin, "R1", county.id, shown)
    for visitor in (foreign, member_of(county), member_of(places["Village"])):
        for deed in (partnership.given_by, partnership.given_to, partnership.partnership, partnership.partnerships_of):
            if visitor.grants[0].organisation != county.id:
                with pytest.raises(Refused, match="no organisation 'County'"):
                    deed(workspace, visitor, "County")
            with pytest.raises(Refused, match="no organisation 'Town'"):
                deed(workspace, visitor, "Town")
        with pytest.raises(Refused, match="no organisation 'Town'"):
            partnership.preview(workspace, visitor, "R1", "Town")
        with pytest.raises(Refused, match="no organisation 'Town'"):
            partnership.give_result(workspace, visitor, "R1", county.id, shown, "Town")
        with pytest.raises(NotPermitted, match="may not share results"):
            partnership.withdraw_result(workspace, visitor, given.id)
        with pytest.raises(NotPermitted, match="may not run the installation"):
            partnership.set_members(workspace, visitor, county.id, [])
        with pytest.raises(NotPermitted, match="may not run the installation"):
            partnership.partnerships(workspace, visitor)
    leader = member_of(places["Town"], "leader")
    with pytest.raises(NotPermitted, match="may not share results"):
        partnership.preview(workspace, leader, "R1")
    with pytest.raises(NotPermitted, match="may not share results"):
        partnership.withdraw_result(workspace, leader, given.id)
    with pytest.raises(NotPermitted, match="may not read the results"):
        partnership.given_to(workspace, member_of(county, "respondent"))
    held(workspace, places["Elsewhere"])
    with pytest.raises(Refused, match="Elsewhere is no member of that partnership"):
        partnership.give_result(workspace, foreign, "R1", county.id, partnership.preview(workspace, foreign, "R1"))


def test_members_are_organisations_that_are_no_partnership(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    with pytest.raises(Refused, match="County cannot be a member of itself"):
        partnership.set_members(workspace, COMMAND_LINE, county.id, [county.id])
    with pytest.raises(Refused, match="County is a partnership, and no partnership is a member of another"):
        partnership.set_members(workspace, COMMAND_LINE, places["Elsewhere"].id, [county.id])
    with pytest.raises(Refused, match="Town is a member of a partnership and cannot be one itself"):
        partnership.set_members(workspace, COMMAND_LINE, places["Town"].id, [places["Elsewhere"].id])
    with pytest.raises(Refused, match="there is no organisation"):
        partnership.set_members(workspace, COMMAND_LINE, county.id, [new_id()])
    assert [each.names for each in partnership.partnerships(workspace, COMMAND_LINE)] == [("Town", "Village")]


def test_whoever_leaves_a_partnership_takes_what_was_given_along(
    workspace: Workspace, places: dict[str, Organisation], county: Organisation
) -> None:
    held(workspace, places["Town"])
    admin, leader = member_of(places["Town"]), member_of(county, "leader")
    partnership.give_result(workspace, admin, "R1", county.id, partnership.preview(workspace, admin, "R1"))
    partnership.set_members(workspace, COMMAND_LINE, county.id, [places["Village"].id])
    assert partnership.given_to(workspace, leader) == ()
    assert partnership.given_by(workspace, admin)[0].withdrawn_at is not None
    partnership.set_members(workspace, COMMAND_LINE, county.id, [])
    assert partnership.partnership(workspace, leader) is None
    assert partnership.partnerships_of(workspace, admin) == ()
