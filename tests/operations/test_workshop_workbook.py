"""A workshop on paper: its workbook out, filled in, and back, whole or not at all, on each engine."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import pytest
from openpyxl import load_workbook

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.assessment.workshop import Outcome, Workshop
from maturity.operations import (
    scores,
    sign_off,
    workshop_joining,
    workshop_lines,
    workshop_room,
    workshop_steps,
    workshop_voting,
    workshops,
)
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import Round
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workshop_workbook import (
    WorkbookRefused,
    export_workbook,
    import_workbook,
    read_workbook,
    workshop_of_workbook,
)
from maturity.operations.workspace import Workspace

from .city import ADMIN, make_town
from .filled_workbook import Cells, changed, fill, first_free

AGREED = {
    "Agreed level": 4,
    "Reason": "we looked at the register",
    "Follow-up": "keep it",
    "Owner of the follow-up": "Pat",
}
TWELVE = {"Leader": 2, "Manager": 3, "Front line": 7}


@pytest.fixture
def round_(workspace: Workspace) -> Round:
    return make_town(workspace)


def plan(workspace: Workspace, round_: Round, number: int = 3, *, warm_up: bool = False) -> Workshop:
    """A planned workshop of parks on its first questions."""
    asked = list(round_.framework.questions)[:number]
    lines = [workshop_lines.AgendaLine(example="two-private-lists")] if warm_up else []
    lines += [workshop_lines.AgendaLine(department="parks", question=each) for each in asked]
    return workshops.plan_workshop(workspace, ADMIN, round_, "parks", "Parks on paper", lines)


def votes(round_: Round, *counts: int, dont_know: int | None = None) -> dict[str, int | None]:
    """A ballot's cells."""
    named = [f"{level.level} {level.name}" for level in round_.framework.levels]
    return {**dict(zip(named, counts, strict=False)), "Don't know": dont_know}


def twelve() -> Cells:
    """Twelve people in the room."""
    return {("People", line): {"Counted in the room": n} for line, n in enumerate(TWELVE.values(), start=1)}


def everything(round_: Round) -> Cells:
    """Two ballots and an agreement on the first question, one ballot on the second, and an action."""
    return {
        **twelve(),
        ("Votes", 1): votes(round_, 0, 6, 0, 5, dont_know=1),
        ("Votes", 2): votes(round_, 0, 1, 2, 9),
        ("Votes", 4): votes(round_, 0, 2, 1),
        ("Agreed", 1): AGREED,
        ("Notes", 1): {"Kind": "Action", "Text": "=ask legal", "Owner": "Pat", "Due": date(2026, 5, 4)},
        ("Notes", 2): {"Kind": "parked", "Text": "Who owns the tree register?"},
    }


def room(workspace: Workspace, round_: Round, workshop: Workshop) -> workshop_room.Room:
    return workshop_room.room(workspace, ADMIN, round_, workshop)


def parks_value(workspace: Workspace, round_: Round, question: str) -> tuple[float | None, str]:
    found = scores.scores_of(workspace, ADMIN, round_.name)
    score = next(each for each in found.by("question") if each.place[0] == "parks" and each.place[3] == question)
    return score.score, score.value_from


def test_a_planned_workshop_is_printed_held_brought_in_and_over(workspace, round_):
    made = plan(workspace, round_)
    first = next(iter(round_.framework.questions))
    assert parks_value(workspace, round_, first) == (1, "review")
    filled = fill(export_workbook(workspace, ADMIN, round_, made), everything(round_))
    shown = read_workbook(workspace, ADMIN, round_, made, filled)
    assert shown.changes.said == "27 votes in 3 ballots, 1 agreed level, 12 people in the room and 2 notes"
    assert shown.changes.ends and room(workspace, round_, made).matters[0].phase == "waiting"
    done, changes = import_workbook(workspace, ADMIN, round_, made, filled)
    assert changes == shown.changes
    assert (done.status, done.opened_at) == ("ended", None) and done.ended_at is not None
    now = room(workspace, round_, done)
    assert [each.phase for each in now.matters] == ["settled", "revealed", "waiting"]
    assert now.matters[0].outcome == Outcome(
        level=4, reason="we looked at the register", follow_up="keep it", follow_up_owner="Pat"
    )
    assert now.attendance == {"leader": 2, "manager": 3, "front-line": 7}
    assert all(each.on_paper and each.name is None for each in now.participants)
    before, after = now.reveals[now.matters[0].id]
    assert (before.counts, before.dont_know, after.counts) == ((0, 6, 0, 5, 0), 1, (0, 1, 2, 9, 0))
    assert now.reveals[now.matters[1].id][0].hidden, "three votes are never shown"
    assert [(n.kind, n.text, n.owner, n.due_on) for n in now.notes] == [
        ("action", "=ask legal", "Pat", date(2026, 5, 4)),
        ("parked", "Who owns the tree register?", "", None),
    ]
    assert parks_value(workspace, round_, first) == (4, "consensus")
    event = audit_events(workspace, ADMIN, limit=1)[0]
    assert (event.verb, event.detail["votes"], event.detail["agreed"][0]["level"]) == ("import workbook", 27, 4)
    assert event.detail["agreed"][0]["before"] is None
    assert problems_of_store(workspace, ADMIN) == []


def test_the_same_workbook_again_changes_nothing_and_leaves_no_line_in_the_trail(workspace, round_):
    made = plan(workspace, round_)
    filled = fill(export_workbook(workspace, ADMIN, round_, made), everything(round_))
    done, _ = import_workbook(workspace, ADMIN, round_, made, filled)
    seen, trail = room(workspace, round_, done), len(audit_events(workspace, ADMIN))
    for known in (made, done):
        again, changes = import_workbook(workspace, ADMIN, round_, known, filled)
        assert changes.is_nothing and again == done
    assert room(workspace, round_, done) == seen and len(audit_events(workspace, ADMIN)) == trail


def test_a_workbook_written_now_holds_what_is_recorded_and_changes_nothing(workspace, round_):
    made = plan(workspace, round_)
    filled = fill(export_workbook(workspace, ADMIN, round_, made), everything(round_))
    done, _ = import_workbook(workspace, ADMIN, round_, made, filled)
    written = export_workbook(workspace, ADMIN, round_, done)
    assert import_workbook(workspace, ADMIN, round_, done, written)[1].is_nothing
    book = load_workbook(io.BytesIO(written))
    assert [cell.value for cell in book["Votes"][5]][4:] == [1, 0, 6, 0, 5, 0, 1, "12 votes"]
    assert [cell.value for cell in book["Votes"][8]][4:] == [1, *[None] * 6, "3 votes, too few to show"]
    assert book["Notes"]["C5"].value == "=ask legal" and book["Notes"]["C5"].data_type == "s"


def test_what_is_filled_in_later_joins_what_is_there_and_a_new_workbook_corrects_it(workspace, round_):
    made = plan(workspace, round_)
    blank = export_workbook(workspace, ADMIN, round_, made)
    filled = fill(blank, everything(round_))
    done, _ = import_workbook(workspace, ADMIN, round_, made, filled)
    more = fill(filled, {("Votes", 7): votes(round_, 5, 5), ("Agreed", 2): AGREED})
    done, changes = import_workbook(workspace, ADMIN, round_, done, more)
    assert changes.said == "10 votes in 1 ballot and 1 agreed level" and done.status == "ended"
    # Correcting in the old file would overwrite; in a new one it is a correction.
    wrong = {("Votes", 1): votes(round_, 0, 6, 0, 6, dont_know=0), ("Agreed", 1): {**AGREED, "Agreed level": 2}}
    with pytest.raises(WorkbookRefused) as refused:
        import_workbook(workspace, ADMIN, round_, done, fill(more, wrong))
    assert len(refused.value.problems) == 2
    assert refused.value.problems[0].startswith("Sheet Votes, row 5: ballot 1 on “")
    assert "has 12 votes already" in refused.value.problems[0]
    assert "was agreed at level 4 on 2 March 2026, after this workbook was written" in refused.value.problems[1]
    ended = done.ended_at
    done, changes = import_workbook(
        workspace, ADMIN, round_, done, fill(export_workbook(workspace, ADMIN, round_, done), wrong)
    )
    assert changes.said == "12 votes in 1 ballot and 1 agreed level" and done.ended_at == ended
    now = room(workspace, round_, done)
    assert now.reveals[now.matters[0].id][0].counts == (0, 6, 0, 6, 0)
    assert now.matters[0].outcome and now.matters[0].outcome.level == 2
    event = audit_events(workspace, ADMIN, limit=1)[0]
    assert (event.detail["corrected"], event.detail["agreed"][0]["before"]) == (1, 4)


def test_people_counted_wrong_are_counted_anew(workspace, round_):
    made = plan(workspace, round_)
    done, _ = import_workbook(
        workspace, ADMIN, round_, made, fill(export_workbook(workspace, ADMIN, round_, made), twelve())
    )
    fewer = {("People", 3): {"Counted in the room": 5}, ("People", 1): {"Counted in the room": 3}}
    done, _ = import_workbook(
        workspace, ADMIN, round_, done, fill(export_workbook(workspace, ADMIN, round_, done), fewer)
    )
    now = room(workspace, round_, done)
    assert now.attendance == {"leader": 3, "manager": 3, "front-line": 5}
    numbers = [each.number for each in now.participants]
    assert len(set(numbers)) == len(numbers)


def join(workspace: Workspace, made: Workshop, number: int) -> list[UUID]:
    people = [
        workshop_joining.Joining(code=made.code, ticket=f"{each:022}", role_family="manager") for each in range(number)
    ]
    seats = workshop_joining.join(workspace, people)
    found = [workshop_joining.seat_of(workspace, each) for each in seats if isinstance(each, str)]
    return [each for each in found if each]


def ballot_by_phone(workspace: Workspace, made: Workshop, people: list[UUID], levels: list[int]) -> Workshop:
    made = workshop_steps.open_vote(workspace, ADMIN, made)
    assert made.current
    matter = next(each for each in workshops.agenda(workspace, ADMIN, made) if each.id == made.current)
    cast = [
        workshop_voting.Ballot(code=made.code, participant=who, matter=matter.id, ballot=matter.ballot, level=level)
        for who, level in zip(people, levels, strict=True)
    ]
    assert workshop_voting.cast(workspace, cast) == [None] * len(cast)
    return made


@pytest.fixture
def online(workspace: Workspace, round_: Round) -> tuple[Workshop, list[UUID]]:
    """An open workshop with six phones, which have voted on the first question."""
    made = workshops.open_workshop(workspace, ADMIN, plan(workspace, round_))
    people = join(workspace, made, 6)
    made = workshop_steps.go_to(workspace, ADMIN, made, workshops.agenda(workspace, ADMIN, made)[0].id)
    return ballot_by_phone(workspace, made, people, [2, 2, 3, 3, 4, 4]), people


def test_an_online_workshop_goes_on_on_paper_and_back(workspace, round_, online):
    made = workshop_steps.reveal_votes(workspace, ADMIN, online[0])
    content = export_workbook(workspace, ADMIN, round_, made)
    votes_sheet = load_workbook(io.BytesIO(content))["Votes"]
    assert [cell.value for cell in votes_sheet[5]][5:] == [0, 2, 2, 2, 0, 0, "6 votes by phone"]
    cells = {("Votes", 2): votes(round_, 0, 0, 6), ("Votes", 4): votes(round_, 0, 4), ("Agreed", 1): AGREED}
    made, changes = import_workbook(workspace, ADMIN, round_, made, fill(content, cells))
    assert (made.status, changes.ends, changes.votes) == ("open", False, 10)
    made = workshop_steps.go_to(workspace, ADMIN, made, workshops.agenda(workspace, ADMIN, made)[2].id)
    made = ballot_by_phone(workspace, made, online[1], [1] * 6)
    made = workshop_steps.reveal_votes(workspace, ADMIN, made)
    now = room(workspace, round_, made)
    assert [len(now.reveals[each.id]) for each in now.matters] == [2, 1, 1]
    assert now.reveals[now.matters[0].id][1].counts == (0, 0, 6, 0, 0)


def test_votes_by_phone_and_on_paper_are_not_mixed_in_one_ballot(workspace, round_, online):
    made = workshop_steps.reveal_votes(workspace, ADMIN, online[0])
    content = export_workbook(workspace, ADMIN, round_, made)
    with pytest.raises(WorkbookRefused) as refused:
        import_workbook(workspace, ADMIN, round_, made, fill(content, {("Votes", 1): votes(round_, 6, 0, 0, 0)}))
    assert "has 6 votes by phone, and votes on paper are not mixed with them" in str(refused.value)
    assert room(workspace, round_, made).last_reveal.counts == (0, 2, 2, 2, 0)


def test_a_vote_that_is_open_stays_secret_and_waits(workspace, round_, online):
    made = online[0]
    content = export_workbook(workspace, ADMIN, round_, made)
    row = [cell.value for cell in load_workbook(io.BytesIO(content))["Votes"][5]]
    assert row[1] is None and row[5:] == [*[None] * 6, "The vote is open."]
    with pytest.raises(Refused, match="a vote is open in 'Parks on paper'; reveal it"):
        import_workbook(workspace, ADMIN, round_, made, fill(content, {("Agreed", 2): AGREED}))


def test_too_few_votes_by_phone_are_not_told_to_whoever_guesses_them(workspace, round_):
    made = workshops.open_workshop(workspace, ADMIN, plan(workspace, round_))
    people = join(workspace, made, 2)
    made = workshop_steps.go_to(workspace, ADMIN, made, workshops.agenda(workspace, ADMIN, made)[0].id)
    made = ballot_by_phone(workspace, made, people, [2, 4])
    made = workshop_steps.reveal_votes(workspace, ADMIN, made)
    content = export_workbook(workspace, ADMIN, round_, made)
    row = [cell.value for cell in load_workbook(io.BytesIO(content))["Votes"][5]]
    assert row[5:] == [*[None] * 6, "2 votes by phone, too few to show"]
    said = set()
    for guess in ((0, 1, 0, 1), (1, 0, 0, 1)):
        with pytest.raises(WorkbookRefused) as refused:
            import_workbook(workspace, ADMIN, round_, made, fill(content, {("Votes", 1): votes(round_, *guess)}))
        said.add(str(refused.value))
    assert len(said) == 1


def test_an_ended_workshop_of_phones_takes_nothing_more(workspace, round_, online):
    made = workshop_steps.reveal_votes(workspace, ADMIN, online[0])
    made = workshops.end_workshop(workspace, ADMIN, made)
    content = export_workbook(workspace, ADMIN, round_, made)
    assert import_workbook(workspace, ADMIN, round_, made, content)[1].is_nothing
    with pytest.raises(Refused, match="was held by phone and has ended"):
        import_workbook(workspace, ADMIN, round_, made, fill(content, {("Agreed", 2): AGREED}))


def test_a_question_settled_meanwhile_is_refused_by_name_and_nothing_is_kept(workspace, round_):
    made = plan(workspace, round_)
    filled = fill(export_workbook(workspace, ADMIN, round_, made), everything(round_))
    other = workshops.open_workshop(workspace, ADMIN, plan(workspace, round_, 1))
    other = workshop_steps.go_to(workspace, ADMIN, other, workshops.agenda(workspace, ADMIN, other)[0].id)
    agreed = Outcome(level=2, reason="another room saw it so")
    workshop_steps.record_consensus(workspace, ADMIN, round_, other, agreed)
    with pytest.raises(WorkbookRefused) as refused:
        import_workbook(workspace, ADMIN, round_, made, filled)
    question = round_.framework.questions[next(iter(round_.framework.questions))].text
    assert refused.value.problems == (
        f"Sheet Agreed, row 5: “{question}” (Parks) was agreed at level 2 on 2 March 2026, after this workbook was "
        "written, which says 4; empty this row to keep that, or download the workbook again and correct it there",
    )
    now = room(workspace, round_, made)
    assert (now.workshop.status, now.participants, now.notes) == ("planned", (), ())
    assert parks_value(workspace, round_, now.matters[0].question) == (2, "consensus")
    # A workbook written since knows of it, and may say otherwise.
    filled = fill(export_workbook(workspace, ADMIN, round_, made), everything(round_))
    import_workbook(workspace, ADMIN, round_, made, filled)
    assert parks_value(workspace, round_, now.matters[0].question) == (4, "consensus")


def test_another_workshop_another_round_and_a_signed_off_round_are_one_sentence_each(workspace, round_):
    made, other = plan(workspace, round_), plan(workspace, round_, 1)
    content = export_workbook(workspace, ADMIN, round_, made)
    assert workshop_of_workbook(content) == made.id
    with pytest.raises(Refused, match="belongs to the workshop 'Parks on paper', not to 'Parks on paper'"):
        import_workbook(workspace, ADMIN, round_, other, content)
    strange = changed(content, lambda book: [_round_id(row) for row in book["How to"].iter_rows()])
    with pytest.raises(Refused, match="belongs to a workshop of the round '2026', not of '2026'"):
        import_workbook(workspace, ADMIN, round_, made, strange)
    signed = sign_off.sign_off_round(workspace, ADMIN, round_)
    with pytest.raises(Refused, match="the round '2026' is signed off, so nothing in it can change"):
        import_workbook(workspace, ADMIN, signed, made, fill(content, everything(signed)))


def _round_id(row) -> None:
    if row[0].value == "Round id:":
        row[1].value = str(UUID(int=0))


def test_an_empty_workbook_ends_no_planned_workshop(workspace, round_):
    made = plan(workspace, round_)
    with pytest.raises(Refused, match="this workbook is still empty"):
        import_workbook(workspace, ADMIN, round_, made, export_workbook(workspace, ADMIN, round_, made))
    assert workshops.find_workshop(workspace, ADMIN, made.id).status == "planned"


def test_what_does_not_fit_the_room_is_named_by_its_row(workspace, round_):
    made = plan(workspace, round_)
    content = export_workbook(workspace, ADMIN, round_, made)
    cells = {
        ("Votes", 1): votes(round_, 1, 2),
        ("Votes", 6): votes(round_, 1),
        ("Agreed", 1): AGREED,
    }
    with pytest.raises(WorkbookRefused) as refused:
        import_workbook(workspace, ADMIN, round_, made, fill(content, cells))
    said = "nobody is counted; write in sheet People how many were in the room"
    assert refused.value.problems == (
        f"Sheet Votes, row 5: 3 votes, but {said}",
        f"Sheet Votes, row 10: 1 vote, but {said}",
    )
    with pytest.raises(WorkbookRefused) as refused:
        import_workbook(workspace, ADMIN, round_, made, fill(content, {**cells, **twelve()}))
    assert refused.value.problems == (
        "Sheet Votes, row 10: ballot 3 has counts, but ballot 2 has none; write the first vote as ballot 1",
    )
    many = {("Votes", 1): votes(round_, 12, 1), **twelve()}
    with pytest.raises(WorkbookRefused, match="row 5: 13 votes, but 12 people in the room; correct the counts here or"):
        import_workbook(workspace, ADMIN, round_, made, fill(content, many))
    crowd = {("People", line): {"Counted in the room": 600} for line in (1, 2)}
    with pytest.raises(WorkbookRefused, match="Sheet People: 1,200 people do not fit; a workshop has at most 1,000"):
        import_workbook(workspace, ADMIN, round_, made, fill(content, crowd))


def test_a_question_taken_off_the_agenda_is_missed_only_where_something_is_written(workspace, round_):
    made = plan(workspace, round_)
    content = export_workbook(workspace, ADMIN, round_, made)
    kept = list(round_.framework.questions)[:2]
    lines = [workshop_lines.AgendaLine(department="parks", question=each) for each in kept]
    made = workshops.change_agenda(workspace, ADMIN, round_, made, lines)
    with pytest.raises(WorkbookRefused, match="Sheet Agreed, row 7: this question is not on the agenda any more"):
        import_workbook(workspace, ADMIN, round_, made, fill(content, {("Agreed", 3): AGREED}))
    done, _ = import_workbook(workspace, ADMIN, round_, made, fill(content, {("Agreed", 1): AGREED}))
    assert done.status == "ended"


def test_a_worked_example_has_one_ballot_and_nothing_is_agreed_on_it(workspace, round_):
    made = plan(workspace, round_, 1, warm_up=True)
    content = export_workbook(workspace, ADMIN, round_, made)
    book = load_workbook(io.BytesIO(content))
    assert [book["Votes"].cell(row, 3).value for row in range(5, 10)] == ["Warm-up", *["Parks"] * 3, None]
    assert [book["Agreed"].cell(row, 3).value for row in (5, 6)] == ["Parks", None]
    assert all(book["Levels"].cell(5, column).value for column in range(1, 8))
    cells = {("Votes", 1): votes(round_, 0, 8, 4), **twelve()}
    done, changes = import_workbook(workspace, ADMIN, round_, made, fill(content, cells))
    now = room(workspace, round_, done)
    assert (now.matters[0].phase, changes.votes) == ("revealed", 12)
    assert [each.counts for each in now.reveals[now.matters[0].id]] == [(0, 8, 4, 0, 0)]


def test_a_facilitator_who_went_on_meanwhile_is_first(workspace, round_):
    made = plan(workspace, round_)
    content = fill(export_workbook(workspace, ADMIN, round_, made), everything(round_))
    workshops.open_workshop(workspace, ADMIN, made)
    with pytest.raises(Changed, match="somebody else has gone on in 'Parks on paper' meanwhile"):
        import_workbook(workspace, ADMIN, round_, made, content)


def test_a_note_that_is_recorded_is_not_changed_by_a_workbook(workspace, round_):
    made = plan(workspace, round_)
    made = workshop_steps.add_note(workspace, ADMIN, made, "decision", "so be it")
    content = export_workbook(workspace, ADMIN, round_, made)
    assert first_free(content, "Notes") == 2
    with pytest.raises(WorkbookRefused, match="Sheet Notes, row 5: this note is recorded already"):
        import_workbook(workspace, ADMIN, round_, made, fill(content, {("Notes", 1): {"Text": "so be it not"}}))
    twice = {("Notes", line): {"Kind": "Decision", "Text": text} for line, text in ((2, "more"), (3, "more "))}
    done, changes = import_workbook(workspace, ADMIN, round_, made, fill(content, twice))
    assert len(changes.notes) == 1 and [n.text for n in room(workspace, round_, done).notes] == ["so be it", "more"]


def test_rows_are_found_however_they_are_sorted(workspace, round_):
    made = plan(workspace, round_)
    filled = fill(export_workbook(workspace, ADMIN, round_, made), everything(round_))

    def upside_down(book) -> None:
        for name in ("Votes", "Agreed"):
            sheet = book[name]
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
            for at, row in enumerate(reversed(rows), start=5):
                for column, value in enumerate(row, start=1):
                    sheet.cell(at, column).value = value

    assert (
        read_workbook(workspace, ADMIN, round_, made, changed(filled, upside_down)).changes.said
        == read_workbook(workspace, ADMIN, round_, made, filled).changes.said
    )


def test_a_facilitator_of_another_department_brings_nothing_in(workspace, round_):
    made = plan(workspace, round_)
    content = export_workbook(workspace, ADMIN, round_, made)
    roads = Visitor(person="rae", name="Rae", grants=(Grant(role="facilitator", department="roads"),))
    for call in (
        lambda: export_workbook(workspace, roads, round_, made),
        lambda: read_workbook(workspace, roads, round_, made, content),
        lambda: import_workbook(workspace, roads, round_, made, content),
    ):
        with pytest.raises(NotPermitted):
            call()


def test_only_the_first_twenty_problems_are_told(workspace, round_):
    made = plan(workspace, round_, 9)
    content = export_workbook(workspace, ADMIN, round_, made)
    cells = {("Votes", line): {"Don't know": "many"} for line in range(1, 26)}
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(workspace, ADMIN, round_, made, fill(content, cells))
    assert len(refused.value.problems) == 21
    assert refused.value.problems[0] == (
        "Sheet Votes, cell K5: “many” is no count; write a whole number from 0 to 1,000"
    )
    assert refused.value.problems[20] == "5 more problems beside these; mend these first, then try again."
