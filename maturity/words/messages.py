"""Sentences that several pages say, made from numbers, and what a page says when there is nothing to show.

The callers give local times and finished counts; nothing here reads a clock or a store.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time

FEWEST_SHOWN = 5
FEWEST_NAMED = 2
"""From so many answers on heads of department see where they differ, in rounds held under names."""
SECONDS_A_QUESTION = 35

NO_ROUND = "No assessment yet. Start one, or look at the demo city."
NO_SCORES = "No scores yet. They appear when the first answers have been sent."
NO_TARGETS = "No targets yet. Choose a topic and the level you want to reach."
NO_GAPS = "No gaps. Every score has reached its target."
NO_PLAN = "Your plan is empty. Pick a gap to turn into an action."
NO_BASELINE = "No baseline yet. Freeze one when the plan is signed off, so that you can show what has changed."
NO_PROGRESS = "Nothing reported yet. Owners say here how far their actions are."
DEMO = "Demo data. Nothing here is real."
DONT_KNOW = "Don't know. This does not lower your score."
ESTIMATES = (
    "Efforts, durations and costs are estimates for a mid-sized council. "
    "Change them to what holds for you before you rely on them."
)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 department", "1,200 answers"; `many` for a plural that is not made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(words: Sequence[str]) -> str:
    """The words as a list in a sentence: "a", "a and b", "a, b and c"; nothing where there are none."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def percent(share: float) -> str:
    """A share 0..1 as whole per cent, rounded down: 100% and a threshold are shown only when they are reached."""
    return f"{math.floor(share * 100 + 1e-9)}%"


def shown_score(score: float) -> str:
    """A score with one decimal, never rounded up to a level that it has not reached: 2.97 is shown as 2.9."""
    rounded = round(score, 1)
    return f"{rounded if math.floor(rounded) <= score else math.floor(score) + 0.9:.1f}"


def signed(change: float) -> str:
    """A change with its sign and one decimal: "+0.3", "-1.0"; "0.0" where it rounds to nothing."""
    shown = f"{change:+.1f}"
    return shown if shown[1:] != "0.0" else "0.0"


def on_day(day: date) -> str:
    """A day as people write it: "2 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def change_since(change: float, since: str) -> str:
    """How a score has moved since an earlier round, in levels: "0.3 levels higher than in Spring 2026"."""
    shown = f"{abs(change):.1f}"
    if shown == "0.0":
        return f"about the same as in {since}"
    return f"{shown} {'level' if shown == '1.0' else 'levels'} {'higher' if change > 0 else 'lower'} than in {since}"


def where_we_stand(
    score: float | None,
    *,
    top_level: int,
    level: int | None,
    level_name: str = "",
    change: float | None = None,
    since: str = "",
) -> str:
    """The headline: score, level reached (None: too little was answered), change in levels since the round `since`."""
    if score is None:
        return NO_SCORES
    reached = f"level {level}, {level_name}" if level is not None else "too little was answered to reach a level"
    headline = f"We stand at {shown_score(score)} of {top_level}: {reached}."
    return headline if change is None else f"{headline} That is {change_since(change, since)}."


def worth_talking_about(topic: str, departments: Sequence[str], theirs: float, others: float, top_level: int) -> str:
    """Departments with something in common that all stand below every other one in a topic. Scores are in levels."""
    names = f"{', '.join(departments[:-1])} and {departments[-1]}"
    return (
        f"{topic}: {names} all stand below every other department, "
        f"at {shown_score(theirs)} on average against {shown_score(others)} of {top_level}."
    )


def points_reached(points: float | None, max_points: float | None) -> str:
    """The headline of a framework that counts points: "We have 1,220 of 2,600 points"."""
    if points is None:
        return NO_SCORES
    return f"We have {points:,.10g} of {max_points or 0:,.10g} points."


def too_few(fewest: int = FEWEST_SHOWN) -> str:
    """Why a distribution or a split is not shown."""
    return f"Not shown. Fewer than {fewest} people answered."


def coverage_sentence(coverage: float | None, least: float = 0.0) -> str:
    """How much was answered, as a share 0..1 (None: nothing applies), and what follows below the least coverage."""
    if coverage is None:
        return "Nothing here applies."
    answered = f"{percent(coverage)} of what applies was answered."
    return answered if coverage >= least else f"{answered} Below {percent(least)}, no level is reached."


def departments_sent(sent: int, asked: int) -> str:
    """How many of the departments that were asked have sent answers."""
    if asked == 0:
        return "No department has been asked yet."
    if asked == 1:
        return "The department has sent answers." if sent else "The department has not sent answers yet."
    if sent == 0:
        return f"None of {asked} departments have sent answers yet."
    if sent == asked:
        return f"All {asked} departments have sent answers."
    return f"{sent} of {asked} departments {'has' if sent == 1 else 'have'} sent answers."


def saved_at(moment: datetime | time) -> str:
    """When something was stored, in the reader's own time: "Saved 10:42"."""
    return f"Saved {moment:%H:%M}"


def no_answers(departments: int, opened: date | None = None) -> str:
    """An open round that nobody has answered."""
    if departments == 0:
        return "No one has answered yet. Choose the departments that take part."
    when = f" on {on_day(opened)}" if opened else ""
    return f"No one has answered yet. {counted(departments, 'department')} {_was(departments)} asked{when}."


def position(number: int, total: int) -> str:
    """Where a respondent is, and about how long the rest takes: "Question 12 of 40, about 17 minutes left"."""
    minutes = math.ceil((total - number + 1) * SECONDS_A_QUESTION / 60)
    return f"Question {number} of {total}, about {counted(minutes, 'minute')} left"


def how_long(questions: int) -> str:
    """How long a questionnaire takes, in steps of 5 minutes: "about 25 minutes"."""
    return f"about {max(5, math.ceil(questions * SECONDS_A_QUESTION / 300) * 5)} minutes"


def unpriced(actions: int) -> str:
    """What a sum of money leaves out; empty where every action has a price."""
    if actions == 0:
        return ""
    return f"{counted(actions, 'action')} without a price {'is' if actions == 1 else 'are'} not in this sum."


def choose_a_level(question: str) -> str:
    """The error beside a question that was left open."""
    return f"Choose a level for “{question}”, or choose Don't know."


def save_failed(saved: int) -> str:
    """The last answer could not be stored; `saved` others are safe."""
    others = f" Your other {counted(saved, 'answer')} {'is' if saved == 1 else 'are'} saved." if saved else ""
    return f"We could not save your last answer. Try again.{others}"


def changed_meanwhile(name: str, minutes: int) -> str:
    """Two people edited the same thing; `minutes` since the other one saved."""
    when = f"{counted(minutes, 'minute')} ago" if minutes else "just now"
    return f"{name} changed this {when}. See both versions."


def ask_delete(title: str, dependants: int) -> str:
    """The question before an action is taken out of a plan that `dependants` others need."""
    verb = "depends" if dependants == 1 else "depend"
    depends = f" {counted(dependants, 'action')} {verb} on it." if dependants else ""
    return f"Delete “{title}”?{depends} It is kept in the history."


def days_late(days: int) -> str:
    """How late an action is: "12 days late"."""
    return f"{counted(days, 'day')} late"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
