"""What is said of a round: how its people are known, what to know before closing it, and reminders ready to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maturity.words.messages import counted, how_long, on_day

ANONYMITY_NAMES: Mapping[str, str] = {"named": "Named", "pseudonymous": "Pseudonymous", "anonymous": "Anonymous"}
ANONYMITY: Mapping[str, str] = {
    "named": "The data team and the head of the department see who said what. Answers can be matched to earlier "
    "rounds and corrected with the person; names and texts can be erased when somebody asks.",
    "pseudonymous": "Answers are shown as “Respondent 3”, without a name. People resume and are reminded, so whoever "
    "runs the round sees who has sent, but not what they said. Texts can be erased when somebody asks.",
    "anonymous": "While the round is open, a keyed code lets people resume; it is thrown away when the round closes. "
    "Nobody can be reminded by name, and afterwards no answer can be matched, corrected or erased.",
}
IN_SMALL_DEPARTMENTS = (
    "In a department of few people, who said what can be guessed in any round, also without names. "
    "Results of fewer than 5 answers are never split."
)
STATES: Mapping[str, str] = {
    "draft": "Draft: everything can still be changed, and nobody can answer yet.",
    "open": "Open: people answer. Its dates and how many people are wanted can still change.",
    "closed": "Closed: nobody can answer any more. It can be signed off, or reopened with a reason.",
    "signed_off": "Signed off: locked under a seal. Nothing in it can change.",
}
REOPENED_ANONYMOUSLY = (
    "The codes of this anonymous round are gone, so it knows nobody again: who answers now is counted anew, "
    "also where they have sent before."
)
ROLES_FIRST = "Nobody holds a role in a department of this round yet, so nobody is invited."


def shown_first(lead_days: int) -> str:
    """When others than the heads of department see a result."""
    if not lead_days:
        return "Everybody who may read results sees them when the round closes."
    return (
        f"Heads of department see their result {counted(lead_days, 'working day')} before others do, "
        "and can reply to it."
    )


def who_sees(anonymity: str, lead_days: int) -> str:
    """What a respondent is told of who sees the answers."""
    seen = {
        "named": "The data team and the head of your department see your answers with your name.",
        "pseudonymous": "Your answers are shown without your name.",
        "anonymous": "Your answers are kept without your name, and nobody can find out later which are yours.",
    }[anonymity]
    ahead = f" Others see your department's result {counted(lead_days, 'working day')} after the head." * bool(
        lead_days
    )
    return seen + ahead


def named(departments: Sequence[str], most: int = 4) -> str:
    """Departments as a list in a sentence; those beyond `most` are counted."""
    if len(departments) > most:
        return f"{', '.join(departments[:most])} and {len(departments) - most} more"
    return " and ".join(filter(None, [", ".join(departments[:-1]), departments[-1] if departments else ""]))


def closing_warning(code: str, departments: Mapping[str, int], *, least: int = 1) -> str:
    """What speaks against closing a round now: `departments` are names with the number of people concerned."""
    names, count = named(list(departments)), sum(departments.values())
    if code == "nobody_sent":
        return "Nobody has sent answers yet, so there will be no scores."
    if code == "too_few":
        have = "has" if len(departments) == 1 else "have"
        return f"{names} {have} fewer than the {counted(least, 'person', 'people')} wanted who sent answers."
    if code == "no_front_line":
        return f"Nobody of the front line has sent answers in {names}."
    assert code == "started_not_sent"
    people, do = counted(count, "person", "people"), "has" if count == 1 else "have"
    return f"{people} {do} started and not sent, in {names}. What is not sent does not count."


def signed_by(name: str, day: date) -> str:
    """Who signed a round off, and when."""
    return f"Signed off by {name or 'somebody who is not here any more'} on {on_day(day)}."


def signed_early(until: date) -> str:
    """What a sign-off would cut short."""
    return f"Until {on_day(until)} only heads of department see their result. Signing off now ends their time to reply."


def nobody_yet(departments: int, invited_on: date | None, *, is_open: bool) -> str:
    """The board of a round that nobody has answered."""
    if not invited_on:
        return f"No one has answered yet. {ROLES_FIRST}" if is_open else "No one was invited, and no one has answered."
    were = "was" if departments == 1 else "were"
    end = " Send a reminder." if is_open else ""
    return f"No one has answered yet. {counted(departments, 'department')} {were} invited on {on_day(invited_on)}.{end}"


def so_far(sent: int, started: int, invited: int, *, is_open: bool = True) -> str:
    """How far a round has come, or how far it came, in people."""
    people = counted(invited or sent, "person", "people")
    who = f"{sent} of {people} invited" if invited else people
    more = "has" if started == 1 else "have"
    rest = f"{started} more {more} started" if is_open else f"{started} started and did not send"
    return f"{who} {'has' if sent == 1 else 'have'} sent answers, {rest}."


def days_left(last_day: date | None, today: date) -> str:
    """The time that is left, as it stands in a sentence."""
    if last_day is None:
        return "no last day is set"
    left = (last_day - today).days
    if left < 0:
        return f"the last day was {on_day(last_day)}"
    if left == 0:
        return "today is the last day"
    return f"{counted(left, 'day')} left, until {on_day(last_day)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A mail ready to send: its subject and its text."""

    subject: str
    body: str


def reminder(
    *,
    organisation: str,
    round_name: str,
    department: str | None,
    questions: int,
    last_day: date | None,
    today: date,
    anonymity: str,
    lead_days: int,
) -> Reminder:
    """The reminder for those who have not sent (in an anonymous round: for everybody who was invited)."""
    left = days_left(last_day, today)
    by = f" by {on_day(last_day)}" if last_day and last_day >= today else ""
    of = f" for {department}" if department else ""
    if anonymity == "anonymous":
        begin = (
            "This goes to everybody who was invited, because nobody can see who has answered. If you have, thank you."
        )
    else:
        begin = f"Your answers{of} have not been sent yet."
    lines = [
        "Hello,",
        begin,
        f"“{round_name}” of {organisation}: {left}. The questionnaire takes {how_long(questions)}. You can stop and go "
        "on later: what you have answered is saved.",
        who_sees(anonymity, lead_days),
        "Your personal link: [put the link here]",
        "Thank you for your time.",
    ]
    return Reminder(subject=f"{round_name}: send your answers{by}", body="\n\n".join(lines))
