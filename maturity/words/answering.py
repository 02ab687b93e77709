"""What the questionnaire says to a respondent: who sees the answers, what evidence is, and what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from maturity.words.messages import FEWEST_NAMED, FEWEST_SHOWN, counted, on_day, shown_score

UNSAID = "I would rather not say"
STOP_AND_COME_BACK = (
    "You can stop at any time: every answer is saved as you choose it. "
    "Come back with the same link, on this device or another."
)
ROLE_HELP = (
    "Only used to see whether leaders, managers and the front line answer differently. "
    f"A difference is shown only where {FEWEST_SHOWN} or more of each answered."
)
STRENGTHS: Mapping[int, str] = {
    1: "Somebody knows it and says so; nothing is written.",
    2: "A policy, plan or procedure says so.",
    3: "It can be seen at work: a report, a log, a page in use.",
    4: "An audit, or somebody outside the department, has confirmed it.",
}
"""How strong evidence is, 1 to 4, each in a sentence."""
FILES = (
    "A PDF, a picture, an office file, CSV or plain text, at most {megabytes} MB each and {files} beside one answer."
)
DATE_OF_EVIDENCE = "Date of the evidence"
DATE_HELP = (
    "The day it was written or last checked, not the day you give it here. Old evidence is marked for a fresh look."
)

BEFORE = "Until you send your answers, nobody else sees them and they do not count."
SPREAD = f"How answers spread is shown to nobody where fewer than {FEWEST_SHOWN} people answered."
NAMED_SPREAD = (
    "The head of your department and the data team see where answers to a question differ, from "
    f"{FEWEST_NAMED} answers on. Others see how answers spread only where at least {FEWEST_SHOWN} people answered."
)
FEW = "In a department of few people, who said what can be guessed, also without names."
KNOWN: Mapping[str, tuple[str, ...]] = {
    "named": (
        "After that, the data team, reviewers and the head of your department can see your answers, your evidence and "
        "your comments, with your name.",
    ),
    "pseudonymous": (
        "After that, the data team and reviewers see your answers, your evidence and your comments under a number, "
        "such as Respondent 3, without your name.",
        "Waymark itself keeps which number is yours, so that you can go on later and have your data given to you.",
    ),
    "anonymous": (
        "After that, reviewers see answers, evidence and comments under a number, and nobody can see which number is "
        "yours. Write no names into them.",
        "While the round is open, your link finds your answers again by a code that nobody can turn back into your "
        "name. When the round closes, the key to it is thrown away: then nobody can open them, not even you.",
    ),
}
"""What becomes of sent answers, by how the round is held, after `BEFORE`."""


def who_sees(anonymity: str, lead_days: int) -> tuple[str, ...]:
    """Who sees a respondent's answers, one sentence each, by how the round is held."""
    spread = (NAMED_SPREAD,) if anonymity == "named" else (SPREAD, FEW)
    return (BEFORE, *KNOWN[anonymity], *_department(lead_days), *spread)


def _department(lead_days: int) -> tuple[str, ...]:
    if lead_days == 0:
        return ("When the round has closed, the head of your department sees its result, together with the data team.",)
    return (
        f"When the round has closed, the head of your department sees its result {counted(lead_days, 'working day')} "
        "before others do, and may reply to it.",
    )


def topic_status(done: int, asked: int, *, sent_back: bool = False) -> str:
    """How far a topic is: Not started, In progress (4 of 9), Completed, Sent back."""
    if sent_back:
        return "Sent back"
    if not done:
        return "Not started"
    return "Completed" if done == asked else f"In progress ({done} of {asked})"


def last_time_own(round_name: str, said: str) -> str:
    """One's own answer in the round before, said only beside an answer that is given."""
    return f"Last time, in {round_name}: {said}."


def last_time_department(round_name: str, value: float, top_level: int, level_name: str) -> str:
    """The department's value in the round before, where the respondent gave none."""
    whole = value == int(value)
    said = f"level {int(value)}, {level_name}" if whole and level_name else f"{shown_score(value)} of {top_level}"
    return f"Last time, in {round_name}, your department stood at {said}."


def answered_elsewhere(there: str, here: str, minutes: int) -> str:
    """The same question was answered in another window or on another phone meanwhile: both versions."""
    when = f"{counted(minutes, 'minute')} ago" if minutes else "just now"
    return (
        f"This question was answered in another window {when}: {there}. Here you chose: {here}. "
        "What you chose here is saved; both are kept in the history."
    )


def sent_back_on(day: date) -> str:
    """The heading of a note with which answers came back."""
    return f"Sent back on {on_day(day)}"


def what_next(
    round_name: str, closes_on: date | None, shown_from: date | None, lead_days: int, department: str
) -> tuple[str, ...]:
    """What happens after sending, one sentence each, with the days that are known."""
    until = f"on {on_day(closes_on)}" if closes_on else "when everybody has had the time to answer"
    first = f"The round {round_name} closes {until}. Until then you can take your answers back and change them."
    review = (
        "A reviewer looks at answers beside their evidence. If something is unclear, your answers come back to you "
        "with a note: open the same link to see it."
    )
    if shown_from and lead_days:
        result = (
            f"After that, the head of {department} sees its result first. Others who may read results see it from "
            f"{on_day(shown_from)}."
        )
    else:
        result = f"After that, the head of {department} and others who may read results see it."
    return (
        first,
        review,
        result,
        "From the gaps a plan is made; actions for a department are talked over with its head.",
    )


def file_line(name: str, size: int, given: datetime | date) -> str:
    """A file in a list: its name, its size, and the day it was given."""
    shown = f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"
    return f"{name}, {shown}, given {on_day(given.date() if isinstance(given, datetime) else given)}"


def kept_but_closed(round_name: str, closed_on: date | None, saved: int, sent: bool) -> str:
    """What became of one's answers in a round that is over."""
    when = f" on {on_day(closed_on)}" if closed_on else ""
    closed = f"The round {round_name} closed{when}, so nobody can answer in it now."
    if sent:
        return f"{closed} You sent {counted(saved, 'answer')}; they count."
    kept, do = ("is kept", "it does") if saved == 1 else ("are kept", "they do")
    return (
        f"{closed} Your {counted(saved, 'saved answer')} {kept} but not sent, so {do} not count. "
        "Ask the data team to open the round again if you want to send."
    )
