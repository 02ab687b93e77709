"""A name that was given at a phone is taken off at the press of a button, beside the agenda and after the workshop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ME
from maturity.operations import workshop_joining, workshop_room, workshops
from maturity.operations.workshop_lines import AgendaLine
from maturity.ui.workshop import AGENDA, PART, WORKSHOP

from .conftest import open_page
from .town import founded, own_store

Start = Callable[..., AppTest]


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in at.main.markdown)


@pytest.mark.parametrize("ended", [False, True], ids=["open", "ended"])
def test_a_name_is_taken_off_for_good(start: Start, ended: bool) -> None:
    round_ = founded()
    lines = [AgendaLine(department="parks", question="a")]
    made = workshops.plan_workshop(own_store(), ME, round_, "parks", "Parks together", lines)
    made = workshops.open_workshop(own_store(), ME, made)
    asked = [
        workshop_joining.Joining(code=made.code, ticket=f"{at:022d}", role_family="manager", name=name)
        for at, name in enumerate(("Kim *Kahn*", "", "Lou Lind"))
    ]
    workshop_joining.join(own_store(), asked)
    if ended:
        workshops.end_workshop(own_store(), ME, made)
    at = open_page(start(**{WORKSHOP: str(made.id)}, **({} if ended else {PART: AGENDA})), "workshop")
    assert "2 people of 3 gave a name" in said(at)
    box = next(each for each in at.main.selectbox if each.label == "Whose name")
    assert box.options == ["Kim *Kahn*, manager", "Lou Lind, manager"]
    box.select_index(0).run()
    next(each for each in at.main.button if each.label == "Take it off").click().run()
    assert not at.exception
    assert "The name is taken off. The votes have stayed." in [each.value for each in at.main.success]
    assert "1 person of 3 gave a name" in said(at)
    people = workshop_room.room(own_store(), ME, round_, made).participants
    assert [each.label for each in people] == ["Participant 1", "Participant 2", "Lou Lind"]


def test_where_nobody_gave_a_name_nothing_is_asked(start: Start) -> None:
    round_ = founded()
    made = workshops.plan_workshop(own_store(), ME, round_, "parks", "Parks together")
    made = workshops.open_workshop(own_store(), ME, made)
    workshops.end_workshop(own_store(), ME, made)
    at = open_page(start(**{WORKSHOP: str(made.id)}), "workshop")
    assert "Names given in the room" not in [each.value for each in at.main.header]
