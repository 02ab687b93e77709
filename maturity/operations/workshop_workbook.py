"""A workshop without a network: its workbook goes out, is filled in by hand, and comes back.

Whatever a workbook says is recorded as a whole or not at all. Votes counted on paper belong to nobody, not even to a
number: they are kept under ids of chance. A workshop that was only planned is over once its workbook is in; it was
never open, so it has no time of opening.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from maturity.access.roles import Visitor
from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import reveal
from maturity.assessment.workshop import Matter, Note, Participant, Vote, Workshop
from maturity.assessment.workshop_on_paper import voted_on_paper
from maturity.framework.examples import example_of
from maturity.framework.model import Question
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import Round, require_unsigned
from maturity.operations.workbook_changes import (
    BY_PHONE,
    Changes,
    Difference,
    Recorded,
    as_written,
    asked,
    compared,
    differences,
    recorded,
    slots_of,
    stamp_of,
)
from maturity.operations.workshop_steps import checked_outcome, decide, settled_matter
from maturity.operations.workshops import find_workshop, refusing, require_holdable, require_run, take
from maturity.operations.workspace import Workspace
from maturity.publishing.foreign_workbook import MOST_BYTES, WorkbookUnreadable
from maturity.publishing.workshop_sheets import Filling, Line, ShownBallot, ShownNote, ShownPeople, Written
from maturity.publishing.workshop_workbook import written_workbook
from maturity.publishing.workshop_workbook_reading import identity
from maturity.publishing.workshop_workbook_reading import read_workbook as read_written
from maturity.storage import workshop_votes
from maturity.storage import workshops as stored
from maturity.storage.engine import Tx, new_id
from maturity.words.messages import counted
from maturity.words.workbook_sentences import and_more

__all__ = [
    "MOST_BYTES",
    "Changes",
    "Difference",
    "Preview",
    "WorkbookRefused",
    "export_workbook",
    "import_workbook",
    "read_workbook",
    "workshop_of_workbook",
]

MOST_SHOWN = 20


class WorkbookRefused(Refused):
    """A workbook of which nothing is kept. `problems` has a sentence for each of the first 20 things that are wrong,
    with sheet and cell, and one more that counts the others."""

    def __init__(self, problems: Sequence[str]) -> None:
        rest = len(problems) - MOST_SHOWN
        self.problems = (*problems[:MOST_SHOWN], *([and_more(rest)] if rest > 0 else []))
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a workbook would record, before it does: the changes, and each as a line for people."""

    changes: Changes
    differences: tuple[Difference, ...]


def export_workbook(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> bytes:
    """The workbook of a workshop as an .xlsx file, filled with what is recorded already, votes of an open ballot and of
    fewer than 5 people left out."""
    require_run(visitor, workshop)
    _check_round(round_, workshop)
    with workspace.store.reading() as tx:
        there = recorded(tx, round_, workshop.id)
    return written_workbook(
        Filling(
            workshop=there.workshop.id,
            round=round_.id,
            workshop_name=there.workshop.name,
            round_name=round_.name,
            organisation=round_.organisation,
            place=round_.names.get(workshop.department or "", workshop.department or "Whole organisation"),
            made_on=workspace.clock().date(),
            levels=tuple(level.name for level in round_.framework.levels),
            lines=tuple(_line(round_, there, each) for each in there.matters.values()),
            people=tuple(_shown_people(there, family, name) for family, name in ROLE_FAMILIES.items()),
            notes=tuple(_shown_note(round_, there, each) for each in there.notes),
        )
    )


def read_workbook(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop, content: bytes) -> Preview:
    """What a filled workbook would record, without recording it; `WorkbookRefused` with every problem."""
    require_run(visitor, workshop)
    written = _read(round_, workshop, content)
    with workspace.store.reading() as tx:
        there, changes = _allowed(tx, round_, workshop, written)
    return Preview(changes=changes, differences=differences(round_, there, changes))


def import_workbook(
    workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop, content: bytes
) -> tuple[Workshop, Changes]:
    """Records what a filled workbook says, all of it or nothing, and returns the workshop as it is then with what was
    changed. A workbook that is recorded already changes nothing and leaves no line in the trail.

    `WorkbookRefused` with every problem; `Changed` where somebody else was first."""
    require_run(visitor, workshop)
    written = _read(round_, workshop, content)
    with workspace.store.reading() as tx:
        there, changes = _allowed(tx, round_, workshop, written)
    if changes.is_nothing:
        if there.workshop.status == "planned":
            raise Refused("this workbook is still empty; fill in what the room voted, agreed on or noted first")
        return find_workshop(workspace, visitor, workshop.id), changes

    def write(tx: Tx, now: datetime) -> None:
        tx.alone(round_.scope)
        again, due = _allowed(tx, round_, workshop, written)
        if due != changes:
            raise Changed(f"somebody else has gone on in {workshop.name!r} meanwhile; look again at what would change")
        _record(tx, round_, visitor, again, due, now)
        after = "ended" if due.ends else again.workshop.status
        stored.turn(tx, workshop, by=visitor.person, now=now, status=after, current=workshop.current)

    done = take(workspace, visitor, workshop, write, "import workbook", **_detail(there, changes))
    return done, changes


def workshop_of_workbook(content: bytes) -> UUID:
    """The id of the workshop that a workbook was written for; refused where it is no workbook of a workshop."""
    try:
        return identity(content)
    except WorkbookUnreadable as error:
        raise WorkbookRefused(error.problems) from None


def _check_round(round_: Round, workshop: Workshop) -> None:
    if workshop.round_id != round_.id:
        raise Refused(f"the workshop {workshop.name!r} belongs to another round than {round_.name!r}; choose that one")


def _read(round_: Round, workshop: Workshop, content: bytes) -> Written:
    """The workbook as values, refused where it was written for another workshop."""
    _check_round(round_, workshop)
    try:
        written = read_written(content, [level.name for level in round_.framework.levels])
    except WorkbookUnreadable as error:
        raise WorkbookRefused(error.problems) from None
    if written.round != round_.id:
        raise Refused(
            f"this workbook belongs to a workshop of the round {written.round_name!r}, not of {round_.name!r}; choose "
            "that round, then its workshop"
        )
    if written.workshop != workshop.id:
        raise Refused(
            f"this workbook belongs to the workshop {written.workshop_name!r}, not to {workshop.name!r}; choose that "
            "one and bring it in there"
        )
    return written


def _allowed(tx: Tx, round_: Round, workshop: Workshop, written: Written) -> tuple[Recorded, Changes]:
    """What the workbook would change in the workshop as it is now, refused where it must not."""
    require_unsigned(tx, round_.id)
    require_holdable(tx, round_.id)
    there = recorded(tx, round_, workshop.id)
    if any(each.phase == "voting" for each in there.matters.values()):
        raise Refused(f"a vote is open in {workshop.name!r}; reveal it, then bring the workbook in")
    changes, problems = compared(round_, there, written)
    if problems:
        raise WorkbookRefused(problems)
    if there.workshop.status == "ended" and there.by_phone and not changes.is_nothing:
        raise Refused(
            f"the workshop {workshop.name!r} was held by phone and has ended, so nothing is added to it; plan another "
            "one for what is still to be recorded"
        )
    return there, changes


def _record(tx: Tx, round_: Round, visitor: Visitor, there: Recorded, changes: Changes, now: datetime) -> None:
    """Everything that changes, inside the transaction."""
    _count_people(tx, there, changes, now)
    after = dict(there.matters)
    for each in changes.ballots:
        if (each.matter, each.ballot) in there.ballots:
            workshop_votes.drop_votes(tx, each.matter, each.ballot)
        votes = [
            Vote(matter_id=each.matter, ballot=each.ballot, participant_id=uuid4(), level=level, made_at=now)
            for level in each.levels
        ]
        workshop_votes.add_votes(tx, votes)
        before = after[each.matter]
        after[each.matter] = refusing(partial(voted_on_paper, before, max(each.ballot, before.ballot)))
    for one in changes.outcomes:
        agreed = checked_outcome(round_, one.outcome)
        after[one.matter] = settled_matter(after[one.matter], agreed, visitor, now)
        decide(tx, round_, after[one.matter], visitor, now)
    for matter in after.values():
        if matter != there.matters[matter.id]:
            stored.save_matter(tx, matter)
    # A microsecond apart, so that they stay in the order of the sheet.
    for later, note in enumerate(changes.notes):
        stored.add_note(
            tx,
            Note(
                id=new_id(now),
                workshop_id=there.workshop.id,
                kind=note.kind,
                text=note.text,
                owner=note.owner,
                due_on=note.due_on,
                made_by=visitor.person,
                made_at=now + timedelta(microseconds=later),
            ),
        )


def _count_people(tx: Tx, there: Recorded, changes: Changes, now: datetime) -> None:
    """As many people on paper in each role as were counted, without names."""
    new: list[Participant] = []
    for family, number in (changes.people or {}).items():
        known = [each.id for each in there.people if each.on_paper and each.role_family == family]
        workshop_votes.drop_participants(tx, known[number:])
        new += [
            Participant(
                id=new_id(now),
                workshop_id=there.workshop.id,
                number=0,
                role_family=family,
                joined_at=now,
                on_paper=True,
            )
            for _ in range(number - len(known))
        ]
    workshop_votes.add_participants(tx, there.workshop.id, new)


def _detail(there: Recorded, changes: Changes) -> dict[str, Any]:
    """What the trail keeps: counts, and of each agreement what it was before."""
    return {
        "votes": changes.votes,
        "ballots": len(changes.ballots),
        "corrected": sum((each.matter, each.ballot) in there.ballots for each in changes.ballots),
        "notes": len(changes.notes),
        "people": dict(changes.people or {}),
        "agreed": [
            {
                "department": there.matters[each.matter].department,
                "question": there.matters[each.matter].question,
                "level": each.outcome.level,
                "reason": each.outcome.reason,
                "before": before.level if (before := there.decision(there.matters[each.matter])) else None,
            }
            for each in changes.outcomes
        ],
    }


def _line(round_: Round, there: Recorded, matter: Matter) -> Line:
    place, question = asked(round_, matter)
    decision = there.decision(matter)
    return Line(
        matter=matter.id,
        department=place,
        question=question,
        descriptors=_descriptors(round_, matter),
        ballots=tuple(_shown_ballot(round_, there, matter, ballot) for ballot in slots_of(matter)),
        agreeable=not matter.warms_up,
        outcome=as_written(matter.outcome) if matter.outcome else None,
        stood=stamp_of(decision.decided_at if decision else None),
    )


def _descriptors(round_: Round, matter: Matter) -> tuple[str, ...]:
    """What the question looks like at each level; of a question with yes/no statements, what has to hold for it."""
    example = example_of(round_.framework.id, matter.example) if matter.example else None
    found = round_.framework.questions.get(example.question if example else matter.question or "")
    tops = range(1, round_.framework.top_level + 1)
    return tuple(_descriptor(found, level) for level in tops) if found else ("",) * len(tops)


def _descriptor(question: Question, level: int) -> str:
    if question.descriptors:
        return question.descriptors[level - 1]
    return "\n".join(each.text for each in question.markers if each.level == level)


def _shown_ballot(round_: Round, there: Recorded, matter: Matter, ballot: int) -> ShownBallot:
    """One ballot as the workbook may show it: an open vote is secret, and so are the votes of fewer than 5."""
    if matter.phase == "voting" and ballot == matter.ballot:
        return ShownBallot(ballot=ballot, recorded="The vote is open.")
    given = there.ballots.get((matter.id, ballot))
    if given is None:
        return ShownBallot(ballot=ballot)
    shown = reveal(ballot, given.levels, round_.framework.top_level)
    how = " by phone" if given.stamp == BY_PHONE else ""
    said = f"{counted(len(given.levels), 'vote')}{how}"
    return ShownBallot(
        ballot=ballot,
        counts=shown.counts,
        dont_know=None if shown.hidden else shown.dont_know,
        recorded=f"{said}, too few to show" if shown.hidden else said,
        stood=given.stamp,
    )


def _shown_people(there: Recorded, family: str, name: str) -> ShownPeople:
    joined = Counter(each.role_family for each in there.people if not each.on_paper)
    return ShownPeople(family=family, name=name, by_phone=joined[family], counted=there.counted(family))


def _shown_note(round_: Round, there: Recorded, note: Note) -> ShownNote:
    matter = there.matters.get(note.matter_id) if note.matter_id else None
    about = ": ".join(asked(round_, matter)) if matter else ""
    return ShownNote(id=note.id, kind=note.kind, text=note.text, owner=note.owner, due_on=note.due_on, about=about)
