"""A pasted list: every line checked before anybody is added, all or nobody, and the same list again adds nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import ROLES
from maturity.operations import people, setup
from maturity.operations.errors import Refused
from maturity.operations.pasted_people import Added, BadLines, add_people
from maturity.operations.people_lines import MOST_LINES
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.words.people_sentences import ROLE_NAMES, role_code

from .city import ADMIN, RESPONDENT, make_town
from .test_people import add, visit_of

LIST = """Name; Address; Department; Role
Asha Rao; Asha@town.example; Parks; Head of department
Bo; ; roads

"Cy";cy@town.example;;reviewer
Dee\tdee@town.example\tHousing\tdepartment-lead
"""


@pytest.fixture
def town(workspace) -> UUID:
    return make_town(workspace).organisation_id


def said_of(workspace) -> list[tuple[str, str | None, list[tuple[str, str | None]]]]:
    found = people.people(workspace, ADMIN)
    return [(k.person.name, k.person.email, [(r.role, r.department) for r in k.roles]) for k in found]


def test_a_list_from_a_letter_or_a_spreadsheet_is_added_whole(workspace, town):
    assert add_people(workspace, ADMIN, LIST) == Added(new=4, further=0, there=0)
    assert said_of(workspace) == [
        ("Asha Rao", "asha@town.example", [("department_lead", "parks")]),
        ("Bo", None, [("respondent", "roads")]),
        ("Cy", "cy@town.example", [("reviewer", None)]),
        ("Dee", "dee@town.example", [("department_lead", "housing")]),
    ]
    assert audit_events(workspace, ADMIN)[0].detail == {"lines": 4}
    assert problems_of_store(workspace, ADMIN) == []


def test_the_same_list_again_adds_nobody(workspace, town):
    add_people(workspace, ADMIN, LIST)
    before = said_of(workspace)
    assert add_people(workspace, ADMIN, LIST) == Added(new=0, further=0, there=4)
    assert said_of(workspace) == before


def test_who_is_known_gets_a_further_role_and_one_that_ends_gives_way(workspace, town):
    add(workspace, "Asha", "respondent", "parks", until=date(2026, 4, 1))
    text = "Whoever; asha@town.example; Roads\nWhoever; asha@town.example; Parks"
    assert add_people(workspace, ADMIN, text) == Added(new=0, further=2, there=0)
    (asha,) = people.people(workspace, ADMIN)
    assert (asha.person.name, {r.department: r.until for r in asha.roles}) == ("Asha", {"roads": None, "parks": None})


def test_one_new_person_with_two_roles_is_one_person(workspace, town):
    text = "Asha; a@town.example; Roads\nAsha; a@town.example; Parks\nAsha; a@town.example; ; leader"
    assert add_people(workspace, ADMIN, text) == Added(new=1, further=0, there=0)
    assert len(people.people(workspace, ADMIN)[0].roles) == 3


BAD = [
    (" ; a@town.example; Parks", "line 2: a person's name has 1 to 200 characters"),
    ("A; no address; Parks", "line 2: 'no address' is no e-mail address"),
    ("A; a@town.example; Zoo", "line 2: there is no department 'Zoo'; choose one of Parks, Roads, Housing"),
    ("A; a@town.example; Parks; king", "line 2: 'king' is no role; the roles are Chief Data Officer, Facilitator"),
    ("A; a@town.example", "line 2: a department or a role is missing"),
    ("A; a@town.example; ; respondent", "line 2: the role 'respondent' holds for a department; choose which"),
    ("A; a@town.example; Parks; respondent; 7", "line 2: there are more than four parts"),
    ("A; good@town.example; Roads", "line 2: good@town.example is the address of Good in line 1"),
    ("Good; GOOD@town.example; parks", "line 2: stands in line 1 already; keep one of them"),
    ("A\x00; a@town.example; Parks", "line 2: a person's name has 1 to 200 characters"),
    ("A" * 201 + "; a@town.example; Parks", "line 2: a person's name has 1 to 200 characters"),
]


@pytest.mark.parametrize(("line", "said"), BAD, ids=[said[8:40] for _, said in BAD])
def test_one_bad_line_adds_nobody_and_is_named(workspace, town, line, said):
    with pytest.raises(BadLines, match="1 line is bad and nobody was added") as found:
        add_people(workspace, ADMIN, f"Good; good@town.example; Parks\n{line}")
    assert len(found.value.problems) == 1 and found.value.problems[0].startswith(said)
    assert people.people(workspace, ADMIN) == ()


def test_every_bad_line_is_named_in_its_order(workspace, town):
    with pytest.raises(BadLines, match="3 lines are bad and nobody was added; the first: line 1: ") as found:
        add_people(workspace, ADMIN, "A; x; Parks\nB; ; Parks\nC; ; Zoo\nD; ; ; king")
    assert [each.split(":")[0] for each in found.value.problems] == ["line 1", "line 3", "line 4"]


def test_hostile_texts_are_kept_as_they_are_or_refused(workspace, town):
    add_people(workspace, ADMIN, "=cmd|' /C calc'!A0; ; Parks\n<script>alert(1)</script>; ; Parks\n‮Eve; ; Roads"[:-14])
    assert {"=cmd|' /C calc'!A0", "<script>alert(1)</script>"} <= {name for name, *_ in said_of(workspace)}
    with pytest.raises(BadLines):
        add_people(workspace, ADMIN, "\u202eEve; ; Parks")  # turns round what is written after it
    with pytest.raises(Refused, match=f"has {MOST_LINES + 1} lines, at most {MOST_LINES}"):
        add_people(workspace, ADMIN, "A; ; Parks\n" * (MOST_LINES + 1))
    for empty in ("", " \n;;\n", "Name; Address"):
        with pytest.raises(Refused, match="the list is empty; write one person a line"):
            add_people(workspace, ADMIN, empty)


def test_who_has_left_is_named(workspace, town):
    people.person_left(workspace, ADMIN, add(workspace, "Asha", "leader"))
    with pytest.raises(BadLines, match="line 1: Asha has left; say first that they are back"):
        add_people(workspace, ADMIN, "Asha; asha@town.example; Parks")


def test_a_facilitator_adds_respondents_and_no_administrators(workspace, town):
    helper = visit_of(workspace, add(workspace, "Fay", "facilitator"))
    assert add_people(workspace, helper, "Bo; ; Parks").new == 1
    with pytest.raises(BadLines, match="line 2: Fay may not manage people and their roles"):
        add_people(workspace, helper, "Cy; ; Parks\nEve; ; ; Chief Data Officer")
    with pytest.raises(NotPermitted, match="Rob may not invite people"):
        add_people(workspace, RESPONDENT, "Bo; ; Parks")


def test_a_foreign_organisation_is_not_reached(workspace, town):
    setup.create_organisation(workspace, ADMIN, "Harbour", setup.departments_from_lines("Docks"))
    other = people.add_person(workspace, ADMIN, "Olu", None, "administrator", organisation="Harbour")
    visitor = visit_of(workspace, other)
    with pytest.raises(BadLines, match="there is no department 'Parks'; choose one of Docks"):
        add_people(workspace, visitor, "Bo; ; Parks")
    with pytest.raises(Refused, match="there is no organisation 'Town'"):
        add_people(workspace, visitor, "Bo; ; Parks", "Town")


def test_150_people_are_added_at_once(workspace, town):
    text = "\n".join(f"Person {n}; p{n}@town.example; {('Parks', 'Roads', 'Housing')[n % 3]}" for n in range(150))
    assert add_people(workspace, ADMIN, text).new == 150
    assert len(people.people(workspace, ADMIN)) == 150


def test_the_words_name_exactly_the_roles():
    assert tuple(ROLE_NAMES) == ROLES
    assert [role_code(name) for name in ROLE_NAMES.values()] == list(ROLES)
    assert role_code("Department-Lead") == "department_lead"
    assert role_code("king") is None
