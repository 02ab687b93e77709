"""Whatever phones send, and in whatever order: one vote stands per participant and ballot, the last that counted."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maturity.access.roles import COMMAND_LINE
from maturity.access.tokens import SEAT_COOKIE
from maturity.operations import workshop_steps, workshops
from maturity.operations.workshop_joining import seat_of
from maturity.operations.workshop_lines import AgendaLine

from .conftest import Hall

PHONES = 3
VOTES = st.tuples(
    st.just("vote"),
    st.integers(0, PHONES - 1),
    st.integers(-1, 4),
    st.sampled_from(["1", "2", "5", "6", "0", "x", "", "dont_know"]),
    st.booleans(),
)
STEPS = st.sampled_from([("open",), ("reveal",), ("leave",)])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(VOTES, VOTES, VOTES, STEPS), max_size=25))
def test_one_vote_stands_per_participant_and_ballot(town, sequence):
    workspace, round_ = town
    lines = [AgendaLine(department="parks", question=q) for q in list(round_.framework.questions)[:2]]
    made = workshops.plan_workshop(workspace, COMMAND_LINE, round_, None, "Any order", lines)
    hall = Hall(workspace, round_, workshops.open_workshop(workspace, COMMAND_LINE, made))
    phones = [hall.seated() for _ in range(PHONES)]
    people = [seat_of(workspace, phone.cookies[SEAT_COOKIE]) for phone in phones]
    first, second = hall.matters
    hall.step(workshop_steps.go_to, first.id)
    expected, open_ballot, held = {}, None, 0
    for what, *more in sequence:
        if what == "open" and open_ballot is None and held < 3:
            hall.step(workshop_steps.open_vote)
            held += 1
            open_ballot = held
        elif what == "reveal" and open_ballot is not None:
            hall.step(workshop_steps.reveal_votes)
            open_ballot = None
        elif what == "leave" and open_ballot is None:
            hall.step(workshop_steps.go_to, None)
            hall.step(workshop_steps.go_to, first.id)
        elif what == "vote":
            who, ballot, level, elsewhere = more
            sent = {"matter": str(second.id if elsewhere else first.id), "ballot": str(ballot), "level": level}
            counts = ballot == open_ballot and not elsewhere and level in ("1", "2", "5", "dont_know")
            answer = phones[who].post(f"{hall.page}/vote", data=sent)
            assert (answer.headers["location"] == hall.page) == counts
            if counts:
                expected[ballot, people[who]] = None if level == "dont_know" else int(level)
    with workspace.store.reading() as tx:
        found = tx.rows(
            """SELECT v.ballot, v.participant_id, v.level FROM workshop_vote v
               WHERE v.matter_id IN (SELECT id FROM workshop_matter WHERE workshop_id = $id)""",
            id=hall.workshop.id,
        )
    assert {(row["ballot"], row["participant_id"]): row["level"] for row in found} == expected
    assert len(found) == len(expected)
