"""What is said of who answers for actions: how owners and heads stand, how somebody comes in, what nobody answers for.

Who somebody is, days and counts come in as they are to be read; nothing here reads a clock or a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from maturity.words.messages import counted, on_day

WAYS_IN: Mapping[str, str] = {
    "account": "signs in with an account",
    "link": "comes in by a personal link",
    "visit": "is in now, but has no valid link to come back by",
    "none": "cannot come in yet: no valid personal link",
}
"""How somebody can come in, by the code of `operations.owners`."""
NOBODY_ANSWERS: Mapping[str, str] = {
    "no_owner": "no owner is named",
    "only_role": "only a role stands there",
    "left": "has left",
    "erased": "was erased",
    "no_role": "has no role here any more",
    "no_way_in": "cannot come in without a valid personal link",
}
"""Why nobody answers for an action, by the code of `operations.owners`."""
ASK_AGAIN = "It is planned otherwise now, so it is asked for again."


def stands(
    stand: str,
    who: str,
    *,
    on: date | None = None,
    note: str = "",
    noted_by: str = "",
    wanted: str = "",
    said: str = "",
) -> str:
    """How one part of an action stands: "Asha accepted on 3 May 2026." `stand` is the code of `roadmap.acceptance`,
    `said` the answer that was given, where it was changed since; `wanted` is what is asked for instead, in words."""
    if stand == "asked" or on is None:
        return f"{who} has not answered yet."
    because = f": {note.rstrip('.')}." if note else "."
    noted = f" Noted by {noted_by}." if noted_by and noted_by != who else ""
    answer = said if stand == "changed" else stand
    if answer == "accepted":
        sentence = f"{who} accepted on {on_day(on)}" + because
    elif answer == "amended":
        sentence = f"{who} asks for {wanted or 'something else'} instead" + because
    else:
        sentence = f"{who} refused on {on_day(on)}" + because
    return sentence + noted + (f" {ASK_AGAIN}" if stand == "changed" else "")


def days_from_to(start: date, finish: date) -> str:
    """Two days as one says them: "1 June to 30 August 2026"; the year once where it is the same."""
    if start.year == finish.year:
        return f"{start.day} {start:%B} to {on_day(finish)}"
    return f"{on_day(start)} to {on_day(finish)}"


def nobody_answers(nobody: int, outside: int = 0) -> str:
    """The warning above the plan: how many actions nobody answers for, and how many have owners who cannot come in."""
    said = []
    if nobody:
        said.append(
            f"{counted(nobody, 'action has', 'actions have')} nobody who answers for {'it' if nobody == 1 else 'them'}."
        )
    if outside:
        said.append(f"{counted(outside, 'action has', 'actions have')} an owner who cannot come in: make them a link.")
    return " ".join(said)


def not_answering(who: str, why: str, count: int) -> str:
    """One owner who does not answer: "Ben has left: 4 actions"."""
    said = f"{who}, only a role" if why == "only_role" else f"{who} {NOBODY_ANSWERS[why]}".strip()
    return f"{said}: {counted(count, 'action')}"


def owns(who: str, count: int) -> str:
    """What somebody owns: "Ben owns 4 open actions of the plan"."""
    return f"{who} owns {counted(count, 'open action')} of the plan."


def handed_over(count: int, before: str, after: str) -> str:
    """What was done: "4 actions went from Ben to Asha"."""
    return f"{counted(count, 'action')} went from {before} to {after}, who is asked to accept."


def person_days(days: float) -> str:
    """A number of person-days with one decimal where it is not whole: "21.5", "1,200"."""
    return f"{days:,.1f}".removesuffix(".0")


def days_planned(count: int, planned: float, available: float | None) -> str:
    """The person-days that a plan takes of a department, beside what it can give where that is known."""
    said = f"The plan takes {person_days(planned)} person-days of the department in {counted(count, 'action')}"
    if available is None:
        return f"{said}. Nobody has said how many there are."
    return f"{said}, and the department can give {person_days(available)} in three years."


def days_wait(count: int) -> str:
    """What waits for the head of a department."""
    verb = "waits" if count == 1 else "wait"
    return f"The person-days of {counted(count, 'action')} of the plan {verb} for the head of the department."


def days_confirmed(count: int, days: float) -> str:
    """What was confirmed just now."""
    return f"Confirmed: {counted(count, 'action')}, {person_days(days)} person-days."
