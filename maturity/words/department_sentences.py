"""What a head of department reads about the own result: who sees it when, and where people differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from maturity.words.messages import counted, on_day


def seen_early(until: date | None, *, is_open: bool) -> str:
    """Who sees the department's result, and until when only its head does. `until` is the last day of that, None
    where it is over or where no day is set."""
    if is_open:
        when = f", by its dates on {on_day(until + timedelta(days=1))}" if until else ""
        return f"Only you and those who run the assessment see this. Others do once the round is closed{when}."
    if until is None:
        return "Everybody who reads results sees this one, with the reply of the head of department if there is one."
    return (
        f"Until {on_day(until)} only you and those who run the assessment see this result. From "
        f"{on_day(until + timedelta(days=1))} everybody who reads results sees it, with your reply if you write one."
    )


def how_many_answered(sent: int, started: int, invited: int) -> str:
    """ "3 people have sent their answers, 1 has started." """
    said = f"{counted(sent, 'person has', 'people have')} sent their answers"
    said += f", {counted(started, 'has', 'have')} started" if started else ""
    return f"{said}." + (f" {counted(invited, 'person was', 'people were')} invited." if invited else "")


def apart(question: str, lowest: str, highest: str, count: int) -> str:
    """One question worth talking about: its text, and the levels between which the answers lie."""
    return f"“{question}”: {counted(count, 'answer')}, from level {lowest} to level {highest}."


def no_difference(answered: int) -> str:
    """Where nobody is two levels apart; `answered` is how many questions have a spread to show."""
    if not answered:
        return "No question was answered by enough people to see where they differ."
    return "In no question are people two levels or more apart: they see the department alike."


def hidden_questions(count: int, fewest: int) -> str:
    """The questions whose spread is not shown."""
    return f"{counted(count, 'question')} not shown. Fewer than {fewest} people answered."


def why_so_few(fewest: int) -> str:
    """Why the spread of so few answers is shown here."""
    return (
        "This round is held by name, and everybody was told that the head of their department sees who answered what. "
        f"So the spread is shown from {fewest} answers on, to you and to those who run the assessment."
    )


def replied(names: Sequence[str]) -> str:
    """Whose heads have replied."""
    if len(names) == 1:
        return f"The head of {names[0]} replies to the result."
    return f"The heads of {', '.join(names[:-1])} and {names[-1]} reply to their results."
