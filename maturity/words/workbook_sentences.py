"""What the workbook of a workshop says about itself, about what is wrong in it, and about what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from maturity.words.messages import counted, on_day

HINTS: Mapping[str, str] = {
    "Votes": "Yellow cells: how many people chose each level. One row a ballot; leave the rows of ballots that you did "
    "not hold empty. No names.",
    "Agreed": "Yellow cells: the level that the room agreed on, and why. Leave a question empty on which you did not "
    "agree.",
    "People": "Yellow cells: how many people of each role were in the room without a phone.",
    "Notes": "Yellow cells: what is parked for later, what was decided, and who does what by when. One line a note.",
    "Levels": "To read aloud: what each question looks like at each level. Nothing is filled in here.",
}


def how_to(levels: int) -> list[tuple[str, str]]:
    """The plain words of the first sheet, as headings with their texts; `levels` is the highest level."""
    return [
        (
            "What this is",
            "With this workbook you hold the workshop without a network. Fill in the yellow cells, save the file as "
            ".xlsx, and bring it back into Waymark.",
        ),
        (
            "Votes",
            "Let everybody vote on a card without a name. Count the cards, and write how many chose each level and how "
            "many do not know. People may vote on a question up to 3 times; each time is a ballot and has its own row. "
            "Fewer than 5 votes are never shown one by one.",
        ),
        (
            "Agreed",
            f"Once the room has agreed, write the level, 1 to {levels}, and the reason. Add who saw it otherwise, what "
            "is to follow, and who does it, where there is something to say.",
        ),
        ("People", "Count who is in the room without a phone, by role. There cannot be more votes than people."),
        (
            "Notes",
            "Each line needs a kind and a text. An action needs somebody who does it; write a day as 2026-05-04.",
        ),
        (
            "Leave as it is",
            "Leave names of sheets, headings, and hidden columns as they are: by them each row is found again. You may "
            "sort rows, and write beside the tables. Formulas are not taken.",
        ),
        (
            "Bring it back",
            "In Waymark, open Workshops, choose this workshop, and upload the file. Or run: python -m maturity "
            "workshop import ROUND FILE. You see first what would be recorded. If a cell is wrong, you are told which "
            "one, and nothing is kept until all is right. The same file brought in twice changes nothing.",
        ),
        (
            "To change it later",
            "An emptied cell takes nothing back. To correct what is recorded, download the workbook again, correct it "
            "there, and bring that one back.",
        ),
    ]


def in_cell(sheet: str, cell: str, said: str) -> str:
    """Something that is wrong in a cell: "Sheet Agreed, cell F7: ..."."""
    return f"Sheet {sheet}, cell {cell}: {said}"


def in_row(sheet: str, row: int, said: str) -> str:
    """Something that is wrong in a row: "Sheet Votes, row 7: ..."."""
    return f"Sheet {sheet}, row {row}: {said}"


def in_sheet(sheet: str, said: str) -> str:
    """Something that is wrong with a sheet: "Sheet Votes: ..."."""
    return f"Sheet {sheet}: {said}"


def more_votes_than_people(votes: int, people: int) -> str:
    """A ballot in which more voted than were there."""
    if not people:
        return f"{counted(votes, 'vote')}, but nobody is counted; write in sheet People how many were in the room"
    return (
        f"{counted(votes, 'vote')}, but {counted(people, 'person', 'people')} in the room; "
        "correct the counts here or in sheet People"
    )


def counted_already(votes: int, ballot: int, question: str, place: str) -> str:
    """Counts that differ from those which the store has."""
    return (
        f"ballot {ballot} on “{question}” ({place}) has {counted(votes, 'vote')} already, which are not overwritten; "
        "empty this row, or download the workbook again and correct it there"
    )


def voted_by_phone(votes: int, ballot: int, question: str, place: str) -> str:
    """Counts for a ballot that was held by phone."""
    return (
        f"ballot {ballot} on “{question}” ({place}) has {counted(votes, 'vote')} by phone, and votes on paper are not "
        "mixed with them; empty this row, or write the counts as the next ballot"
    )


def settled_meanwhile(question: str, place: str, level: int | None, decided_at: datetime | None, written: int) -> str:
    """A question on which something else was recorded after the workbook was written."""
    how = f"was agreed at level {level} on {on_day(decided_at.date())}" if decided_at else "is not agreed any more"
    return (
        f"“{question}” ({place}) {how}, after this workbook was written, which says {written}; empty this row to keep "
        "that, or download the workbook again and correct it there"
    )


def would_record(votes: int, ballots: int, agreed: int, notes: int, people: int | None) -> str:
    """What a workbook brings, in one clause: "30 votes in 2 ballots, 1 agreed level and 3 notes"; empty for nothing."""
    parts = [
        f"{counted(votes, 'vote')} in {counted(ballots, 'ballot')}" if ballots else "",
        counted(agreed, "agreed level") if agreed else "",
        f"{counted(people, 'person', 'people')} in the room" if people is not None else "",
        counted(notes, "note") if notes else "",
    ]
    told = [part for part in parts if part]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}" if told else ""


def and_more(number: int) -> str:
    """After the first problems: how many others there are."""
    return f"{counted(number, 'more problem')} beside these; mend these first, then try again."
