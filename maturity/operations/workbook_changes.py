"""What a filled workbook would change in a workshop, or what keeps it from changing anything: found by reading only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from maturity.assessment.agreement import FEWEST_SHOWN
from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.workshop import MOST_BALLOTS, Matter, Note, Outcome, Participant, Vote, Workshop
from maturity.framework.examples import example_of
from maturity.operations.rounds import Round
from maturity.publishing.workshop_sheets import (
    AGREED,
    MOST_PEOPLE,
    NOTE_KINDS,
    NOTES,
    PEOPLE,
    VOTES,
    Written,
    WrittenBallot,
    WrittenNote,
    WrittenOutcome,
    on_one_line,
    tidy,
)
from maturity.storage import decided, workshop_votes
from maturity.storage import workshops as stored
from maturity.storage.engine import Tx
from maturity.storage.rows import StoredDecision
from maturity.words import workbook_sentences as words
from maturity.words.messages import counted

BY_PHONE = "by phone"
Slot = tuple[UUID, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The votes of one ballot in the store. `stamp` is when they came, or that they came by phone."""

    levels: tuple[int | None, ...]
    stamp: str

    @property
    def is_secret(self) -> bool:
        """Whether nobody counted these votes and too few are there to be shown: whoever guesses them is not told so."""
        return self.stamp == BY_PHONE and sum(level is not None for level in self.levels) < FEWEST_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A workshop as the store has it now, with the consensus of each of its questions, by department and question."""

    workshop: Workshop
    matters: Mapping[UUID, Matter]
    ballots: Mapping[Slot, Given]
    people: tuple[Participant, ...]
    notes: tuple[Note, ...]
    decisions: Mapping[tuple[str, str], StoredDecision]

    @property
    def by_phone(self) -> int:
        """How many joined by phone."""
        return sum(not each.on_paper for each in self.people)

    def counted(self, family: str) -> int:
        """How many people of a role family were counted in the room."""
        return sum(each.on_paper and each.role_family == family for each in self.people)

    def decision(self, matter: Matter) -> StoredDecision | None:
        """The consensus on a matter's question, whichever workshop it came from."""
        return self.decisions.get((matter.department or "", matter.question or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line of a preview: where, what, how it is recorded now, and how it would be. Texts for people."""

    department: str
    question: str
    what: str
    now: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a workbook would change. `people` are counts by role family that differ; `ends` says that the
    workshop was only planned and is held and over by it."""

    ballots: tuple[WrittenBallot, ...] = ()
    outcomes: tuple[WrittenOutcome, ...] = ()
    people: Mapping[str, int] | None = None
    notes: tuple[WrittenNote, ...] = ()
    ends: bool = False

    @property
    def votes(self) -> int:
        """How many votes would be recorded."""
        return sum(each.votes for each in self.ballots)

    @property
    def is_nothing(self) -> bool:
        """Whether all of it is recorded already."""
        return not (self.ballots or self.outcomes or self.people or self.notes)

    @property
    def said(self) -> str:
        """What it brings, in one clause: "30 votes in 2 ballots and 1 agreed level"."""
        people = sum(self.people.values()) if self.people else None
        return words.would_record(self.votes, len(self.ballots), len(self.outcomes), len(self.notes), people)


def recorded(tx: Tx, round_: Round, workshop_id: UUID) -> Recorded:
    """Everything about a workshop that a workbook may touch, read at once."""
    people = tuple(workshop_votes.participants(tx, workshop_id))
    by_phone = {each.id for each in people if not each.on_paper}
    by_slot: dict[Slot, list[Vote]] = {}
    for vote in workshop_votes.votes(tx, workshop_id):
        by_slot.setdefault((vote.matter_id, vote.ballot), []).append(vote)
    return Recorded(
        workshop=stored.workshop_of(tx, workshop_id),
        matters={each.id: each for each in stored.matters(tx, workshop_id)},
        ballots={slot: _given(votes, by_phone) for slot, votes in by_slot.items()},
        people=people,
        notes=tuple(stored.notes(tx, workshop_id)),
        decisions={
            (each.department, each.question): each
            for each in decided.decisions(tx, round_.id)
            if each.source == "consensus"
        },
    )


def _given(votes: Sequence[Vote], by_phone: set[UUID]) -> Given:
    phones = any(each.participant_id in by_phone for each in votes)
    stamp = BY_PHONE if phones else stamp_of(max(each.made_at for each in votes))
    return Given(levels=tuple(each.level for each in votes), stamp=stamp)


def stamp_of(moment: datetime | None) -> str:
    """By what a workbook knows whether something was changed after it was written; empty for nothing there."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""


def slots_of(matter: Matter) -> range:
    """The ballots that people can hold on a matter: one on a worked example."""
    return range(1, (1 if matter.warms_up else MOST_BALLOTS) + 1)


def asked(round_: Round, matter: Matter) -> tuple[str, str]:
    """Where a matter belongs and what it asks, as people read it."""
    if matter.example is not None:
        example = example_of(round_.framework.id, matter.example)
        about = round_.framework.questions.get(example.question) if example else None
        return "Warm-up", f"{example.story}\n{about.text}" if example and about else matter.example
    question = round_.framework.questions.get(matter.question or "")
    place = round_.names.get(matter.department or "", matter.department or "")
    return place, question.text if question else matter.question or ""


def compared(round_: Round, there: Recorded, written: Written) -> tuple[Changes, list[str]]:
    """What would change, and every reason why it must not: with reasons, nothing is changed at all."""
    problems: list[str] = []
    people = _people(there, written, problems)
    room = there.by_phone + sum((people or {}).get(family, there.counted(family)) for family in ROLE_FAMILIES)
    if room > MOST_PEOPLE:
        problems.append(words.in_sheet(PEOPLE, f"{room:,} people do not fit; a workshop has at most {MOST_PEOPLE:,}"))
    changes = Changes(
        ballots=tuple(each for each in written.ballots if _is_new(round_, there, each, room, problems)),
        outcomes=tuple(each for each in written.outcomes if _is_news(round_, there, each, problems)),
        people=people,
        notes=_notes(there, written.notes, problems),
        ends=there.workshop.status == "planned",
    )
    problems += _gaps(round_, there, changes.ballots)
    return changes, problems


def _people(there: Recorded, written: Written, problems: list[str]) -> dict[str, int] | None:
    """The counts that differ from what is recorded, None where none does."""
    changed: dict[str, int] = {}
    for each in written.people:
        if each.family not in ROLE_FAMILIES:
            problems.append(words.in_row(PEOPLE, each.row, "this row belongs to no role that is known; empty it"))
        elif (now := there.counted(each.family)) != each.counted:
            if each.stood != str(now):
                said = f"{counted(now, 'person', 'people')} of this role were counted meanwhile; write {now}, or "
                problems.append(words.in_row(PEOPLE, each.row, f"{said}download the workbook again"))
            changed[each.family] = each.counted
    return changed or None


def _is_new(round_: Round, there: Recorded, ballot: WrittenBallot, room: int, problems: list[str]) -> bool:
    """Whether a ballot's counts are to be recorded; what keeps them from it is noted."""
    matter = there.matters.get(ballot.matter)
    if matter is None or ballot.ballot not in slots_of(matter):
        problems.append(words.in_row(VOTES, ballot.row, _off_agenda(ballot.matter, matter)))
        return False
    known = there.ballots.get((ballot.matter, ballot.ballot))
    if known is not None and not known.is_secret and Counter(known.levels) == Counter(ballot.levels):
        return False
    place, question = _short(round_, matter)
    if known is not None and known.stamp == BY_PHONE:
        said = words.voted_by_phone(len(known.levels), ballot.ballot, question, place)
    elif known is not None and (known.stamp != ballot.stood or there.by_phone):
        said = words.counted_already(len(known.levels), ballot.ballot, question, place)
    elif ballot.votes > room:
        said = words.more_votes_than_people(ballot.votes, room)
    else:
        return True
    problems.append(words.in_row(VOTES, ballot.row, said))
    return False


def _is_news(round_: Round, there: Recorded, each: WrittenOutcome, problems: list[str]) -> bool:
    """Whether an agreement is to be recorded; what keeps it from it is noted."""
    matter = there.matters.get(each.matter)
    if matter is None or matter.warms_up:
        problems.append(words.in_row(AGREED, each.row, _off_agenda(each.matter, matter)))
        return False
    if matter.outcome is not None and as_written(matter.outcome) == each.outcome:
        return False
    now = there.decision(matter)
    if each.stood == stamp_of(now.decided_at if now else None):
        return True
    place, question = _short(round_, matter)
    said = words.settled_meanwhile(
        question, place, now.level if now else None, now.decided_at if now else None, each.outcome.level
    )
    problems.append(words.in_row(AGREED, each.row, said))
    return False


def _notes(there: Recorded, written: Iterable[WrittenNote], problems: list[str]) -> tuple[WrittenNote, ...]:
    """The notes that are not there yet: the same note twice is one."""
    by_id = {each.id: _of_note(each) for each in there.notes}
    seen, new = set(by_id.values()), list[WrittenNote]()
    for each in written:
        said = (each.kind, each.text, each.owner, each.due_on)
        if each.known is not None:
            if by_id.get(each.known, said) != said:
                told = "this note is recorded already; put it back as it was, and write the change as a new line"
                problems.append(words.in_row(NOTES, each.row, told))
        elif said not in seen:
            seen.add(said)
            new.append(each)
    return tuple(new)


def _gaps(round_: Round, there: Recorded, new: Sequence[WrittenBallot]) -> list[str]:
    """A ballot that was held before the one before it was."""
    held = {*there.ballots, *((each.matter, each.ballot) for each in new)}
    skipped = [each for each in new if each.ballot > 1 and (each.matter, each.ballot - 1) not in held]
    return [
        words.in_row(
            VOTES,
            each.row,
            f"ballot {each.ballot} has counts, but ballot {each.ballot - 1} has none; write the first vote as ballot 1",
        )
        for each in skipped
    ]


def _off_agenda(matter_id: UUID, matter: Matter | None) -> str:
    if matter is not None:
        return "a worked example has one ballot, and nothing is agreed on it; empty the row"
    return "this question is not on the agenda any more; put it back there, or empty the row"


def _short(round_: Round, matter: Matter) -> tuple[str, str]:
    place, question = asked(round_, matter)
    return place, question if len(question) <= 80 else f"{question[:80]}…"


def _of_note(note: Note) -> tuple[object, ...]:
    return note.kind, tidy(note.text), tidy(note.owner), note.due_on


def as_written(outcome: Outcome) -> Outcome:
    """An outcome as it comes back from a cell."""
    return Outcome(
        level=outcome.level,
        reason=tidy(outcome.reason),
        minority_view=tidy(outcome.minority_view),
        follow_up=tidy(outcome.follow_up),
        follow_up_owner=tidy(outcome.follow_up_owner),
    )


def differences(round_: Round, there: Recorded, changes: Changes) -> tuple[Difference, ...]:
    """The changes line by line, as a table for people."""
    lines = []
    for each in changes.ballots:
        known = there.ballots.get((each.matter, each.ballot))
        now = counted(len(known.levels), "vote") if known else ""
        place, question = asked(round_, there.matters[each.matter])
        then = counted(each.votes, "vote")
        lines.append(Difference(department=place, question=question, what=f"Ballot {each.ballot}", now=now, then=then))
    for one in changes.outcomes:
        matter = there.matters[one.matter]
        place, question = asked(round_, matter)
        before = there.decision(matter)
        now = f"Level {before.level}" if before else ""
        then = f"Level {one.outcome.level}"
        lines.append(Difference(department=place, question=question, what="Agreed", now=now, then=then))
    for family, number in (changes.people or {}).items():
        now, then = str(there.counted(family)), str(number)
        lines.append(Difference(department="", question=ROLE_FAMILIES[family], what="People", now=now, then=then))
    for note in changes.notes:
        kind = NOTE_KINDS[note.kind]
        lines.append(Difference(department="", question=on_one_line(note.text), what=kind, now="", then="New"))
    return tuple(lines)
