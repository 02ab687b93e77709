"""What is said about the decisions that leaders are asked for: by when they are needed and why, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maturity.words.messages import change_since, counted, days_late, joined, on_day, percent, shown_score

NO_DECISIONS = (
    "Nothing was put before leaders yet. Two that most plans need: who answers for data that several departments use, "
    "and whether the people that phase 2 asks for are hired, trained or bought?"
)
NOTHING_OPEN = "Nothing waits for a decision."
LONGEST = 70


NOTHING_NEEDED = "None: nothing late holds up the plan, and budgets, owners and targets are settled."


def shortened(question: str) -> str:
    """A question cut to about a line, at the end of a word."""
    return first_words(question, LONGEST)


def first_words(text: str, longest: int) -> str:
    """A text cut to so many characters, at the end of a word where it has any."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def left_words(day: date | None, today: date) -> str:
    """How long there is: "12 days left", "today", "3 days overdue"; empty without a day."""
    if day is None:
        return "no day is set"
    days = (day - today).days
    if days == 0:
        return "today"
    return f"{counted(days, 'day')} left" if days > 0 else f"{counted(-days, 'day')} overdue"


def open_decision_words(question: str, day: date | None, today: date) -> str:
    """An open decision as one line of the leadership summary."""
    when = f"needed by {on_day(day)} ({left_words(day, today)})" if day else "no day is set"
    return f"“{shortened(question)}”: {when}."


def computed_words(title: str, start: date, slack: int, day: date) -> str:
    """The day that the plan says, with its arithmetic."""
    room = f"and can slip {counted(slack, 'day')}" if slack else "and cannot slip"
    return f"{on_day(day)}: “{title}” starts on {on_day(start)} {room} without moving the end of the plan."


def open_sentence(count: int, overdue: int) -> str:
    """The head of the page."""
    if not count:
        return NOTHING_OPEN
    late = f", {overdue} of them overdue" if overdue else ""
    return f"{counted(count, 'decision')} {'waits' if count == 1 else 'wait'} to be taken{late}."


def cost_words(cost: float | None, currency: str) -> str:
    """What an option costs; never 0 where nobody has priced it."""
    return "not priced" if cost is None else f"{cost:,.0f} {currency}".strip()


NOTHING_WAITS = "What a month costs cannot be computed: no action of the plan is linked to it."
ALL_BEGUN = "All actions that wait for it have begun already, so what a month costs cannot be computed."


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLost:
    """What a month more costs: days that the end of the plan moves, actions that finish later, steps up a level that
    come later, and level-weeks lost by that."""

    end_days: int
    later: int
    steps: int
    level_weeks: float


def postponed_words(lost: MonthLost, *, free_until: date | None, end_after: date) -> str:
    """What it costs to decide a month later. Until `free_until` a month costs nothing (None: it costs already), after
    `end_after` it moves the end of the plan."""
    said = _month_said(lost, lost.later, f"the end moves only after {on_day(end_after)}")
    if said is None:
        return "Another month delays no action and no level."
    return f"Free until {on_day(free_until)}; each month after that {said}." if free_until else f"Each month {said}."


def slip_words(lost: MonthLost, *, followers: int) -> str:
    """What it costs if a late action slips another month; `followers` finish later because of it."""
    said = _month_said(lost, followers, "the end still stays")
    return f"Each month more {said}." if said else "Another month delays no other action, no level and no end date."


def _month_said(lost: MonthLost, delayed: int, otherwise: str) -> str | None:
    """ "moves the end by 30 days, delays 5 actions and costs 12 level-weeks (3 steps up)"; None where nothing moves."""
    parts = []
    if lost.end_days:
        parts.append(f"moves the end by {counted(lost.end_days, 'day')}")
    if delayed:
        parts.append(f"delays {counted(delayed, 'action')}")
    if lost.steps:
        parts.append(f"costs {level_weeks_said(lost.level_weeks)} ({counted(lost.steps, 'step')} up a level)")
    return (joined(parts) + ("" if lost.end_days else f"; {otherwise}")) if parts else None


def level_weeks_said(weeks: float) -> str:
    """Level-weeks with no more digits than mean something: "0.6 level-weeks", "51 level-weeks"."""
    shown = f"{weeks:.1f}" if weeks < 10 else f"{weeks:,.0f}"
    return f"{shown} {'level-week' if shown == '1.0' else 'level-weeks'}"


def catch_up_words(title: str, days: int, waiting: int) -> str:
    """A late action that holds up others: `waiting` of them, 0 where it sets the end date."""
    why = f"{counted(waiting, 'action')} {'waits' if waiting == 1 else 'wait'} for it" if waiting else SETS_END
    return f"How to catch up on “{title}”: {days_late(days)}, and {why}."


SETS_END = "it is on the chain that sets the end date"


def over_budget_words(
    number: int, name: str, over: float, budget: float, currency: str, *, usual: bool, carried: bool
) -> str:
    """A phase that costs more than there is."""
    unset = ", a usual sum that nobody has set" if usual else ""
    before = " and what earlier phases leave" if carried else ""
    phase = f"phase {number}, {name.lower()}"
    return (
        f"More money or less work in {phase}: it costs {over:,.0f} {currency} more than its budget of "
        f"{budget:,.0f} {currency}{unset}{before}."
    )


def unpaid_words(over: float, currency: str, actions: int, cost: float) -> str:
    """What stays open while a phase is over its budget: the sum, and what has not begun."""
    if not actions:
        return f"{over:,.0f} {currency} stay unpaid: every priced action of the phase has begun."
    begun = f"{counted(actions, 'action')} for {cost:,.0f} {currency} {'has' if actions == 1 else 'have'} not begun"
    return f"Until then {over:,.0f} {currency} are missing; {begun}."


def unowned_words(actions: int, until: date) -> str:
    """Actions that only a role owns."""
    have, are = ("has", "is") if actions == 1 else ("have", "are")
    what = f"{counted(actions, 'action')} that {have} only a role as owner"
    return f"Who answers for {what} and {are} due by {on_day(until)}."


def held_back_words(level: int, reason: str, departments: Sequence[str]) -> str:
    """Targets that readiness holds back."""
    who = departments[0] if len(departments) == 1 else counted(len(departments), "department")
    return f"What to do so that {who} can aim higher than level {level}: {reason.rstrip('.')}."


def held_back_costs(level: int, departments: int) -> str:
    """What it costs that targets are held back: nothing is planned above them."""
    whose = "its targets stop" if departments == 1 else f"the targets of {departments} departments stop"
    return f"Until then {whose} at level {level}; nothing is planned above it, so no cost can be computed."


NO_SCORE_YET = "No round has scores yet."
NO_PLAN_YET = "There is no plan yet."


def plan_headline(late: int, decisions: int) -> str:
    """What is late and how much is to be decided."""
    needed = f"{counted(decisions, 'decision')} {'is' if decisions == 1 else 'are'} needed"
    return (
        f"{counted(late, 'action') if late else 'No action'} {'are' if late > 1 else 'is'} late and "
        f"{needed if decisions else 'nothing is to be decided'}."
    )


def spread_summary(departments: tuple[float, float] | None, topics: Mapping[str, float]) -> str:
    """How departments and topics spread; names are of topics, never of departments."""
    parts = []
    if departments:
        least, most = map(shown_score, departments)
        same = f"every department is at {least}"
        parts.append(f"departments stand between {least} and {most}" if least != most else same)
    if topics:
        high, low = max(topics, key=lambda name: topics[name]), min(topics, key=lambda name: topics[name])
        if topics[high] > topics[low]:
            parts.append(
                f"of {counted(len(topics), 'topic')} “{high}” is highest at {shown_score(topics[high])} and “{low}” "
                f"lowest at {shown_score(topics[low])}"
            )
        else:
            parts.append(f"every topic stands at {shown_score(topics[high])}")
    said = "; ".join(parts) or "nothing else has a score yet"
    return f"{said[0].upper()}{said[1:]}."


def furthest_summary(topic: str, score: float, target: float, *, of_plan: bool = False) -> str:
    """The priority topic with the widest way to go; `of_plan`: to a target of the plan's own, earlier round."""
    whose = "the plan's" if of_plan else "its"
    return f"Furthest from {whose} target is “{topic}”, at {shown_score(score)} where {target:.1f} is wanted."


def plan_summary(
    done: int, under_way: int, late: int, to_come: int, *, ends: date | None, approved: date | None
) -> str:
    """How the plan goes, and whether its end has moved from what was approved."""
    every = done + under_way + late + to_come
    if not every or ends is None:
        return "The plan holds no action."
    counts = [(done, "done"), (under_way, "on track"), (late, "late"), (to_come, "not started")]
    said = joined([f"{number} {word}" for number, word in counts if number])
    moved = (ends - approved).days if approved else 0
    end = f"it ends on {on_day(ends)}"
    if moved:
        end += f", {counted(abs(moved), 'day')} {'later' if moved > 0 else 'earlier'} than approved"
    return f"The plan's {counted(every, 'action')}: {said}; {end}."


def next_summary(question: str | None, day: date | None) -> str:
    """The decision that is needed first."""
    if question is None or day is None:
        return "No decision has a day by which it is needed."
    return f"The first decision is needed by {on_day(day)}."


def score_bullet(score: float, departments: tuple[float, float] | None, change: float | None, since: str) -> str:
    """The score with its range over departments and its change."""
    low, high = map(shown_score, departments or (score, score))
    spread = "" if departments is None else f", departments {low} to {high}" if low != high else ", in every department"
    moved = f"; {change_since(change, since)}" if change is not None else "; no earlier round to compare with"
    return f"Score {shown_score(score)}{spread}{moved}."


def coverage_bullet(coverage: float | None, fresh: float | None, least: float) -> str:
    """What was answered, and how much of it has evidence that is fresh today."""
    answered = f"{percent(coverage or 0.0)} of what applies was answered"
    low = f" (below {percent(least)}, no level counts)" if (coverage or 0.0) < least else ""
    return f"{answered}{low}; {percent(fresh or 0.0)} with fresh evidence."


def delivery_bullet(actions: int, done: int, late: int, shares: tuple[float, float] | None) -> str:
    """Actions done and late, effort done beside planned."""
    effort = f"; {percent(shares[0])} of the effort done, {percent(shares[1])} planned by today" if shares else ""
    return f"{done} of {counted(actions, 'action')} done, {late} late{effort}."


def money_bullet(
    cost: float, budget: float, currency: str, *, usual: bool, before: float, used: float | None, unpriced: int
) -> str:
    """What the plan costs beside what there is; `before` is what began before its first day and was paid from what
    there was then."""
    unset = " (usual sums that nobody has set)" if usual else ""
    earlier = f", besides {before:,.0f} {currency} that began before it" if before else ""
    spent = f"; {used:,.0f} {currency} used so far" if used is not None else ""
    without = f"; {unpriced} without a price" if unpriced else ""
    return f"The plan costs {cost:,.0f} of {budget:,.0f} {currency} in its budgets{unset}{earlier}{spent}{without}."


def capacity_bullet(over: int, days: float) -> str:
    """Whether there are people enough."""
    if not over:
        return "People: no role is planned beyond its person-days in any quarter."
    return f"People: {counted(over, 'time')} a role is planned beyond its quarter, {days:,.0f} person-days in all."


def kpi_bullet(stands: Mapping[str, int]) -> str:
    """How many KPIs are where they should be."""
    well = sum(stands.get(code, 0) for code in ("on_path", "ahead", "reached"))
    parts = [f"{well} on their path or better", f"{stands.get('behind', 0)} behind"]
    unread = stands.get("no_reading", 0) + stands.get("no_path", 0)
    parts += [f"{unread} not to be told yet"] if unread else []
    return f"Of {counted(sum(stands.values()), 'KPI')} {joined(parts)}."


def topics_bullet(topics: Mapping[str, float]) -> str:
    """The range over topics."""
    if not topics:
        return "No topic has a score yet."
    low, high = shown_score(min(topics.values())), shown_score(max(topics.values()))
    return f"{counted(len(topics), 'topic')} {f'between {low} and {high}' if low != high else f'at {low}'}."


def targets_bullet(reached: int, aimed: int) -> str:
    """How many priority topics have reached what is wanted of them."""
    if not aimed:
        return "No priority topic has a target yet."
    return f"{reached} of {counted(aimed, 'priority topic')} {'has' if reached == 1 else 'have'} reached the target."


def departments_bullet(scored: int, asked: int) -> str:
    """How many departments have a score."""
    return f"{scored} of {counted(asked, 'department')} {'has' if scored == 1 else 'have'} a score."


def phase_bullet(number: int, name: str, done: float, planned: float) -> str:
    """How far the newest phase that has begun is."""
    return f"Phase {number}, {name.lower()}: {percent(done)} done, {percent(planned)} planned by today."


def milestones_bullet(stands: Mapping[str, int]) -> str:
    """How the milestones stand."""
    if not stands:
        return "The plan has no milestone yet."
    parts = [f"{number} {code}" for code in ("reached", "missed", "due", "past") if (number := stands.get(code, 0))]
    return f"Milestones: {joined(parts)}."


def sign_off_bullet(number: int | None) -> str:
    """Whether the plan was approved."""
    return "No version of the plan is approved yet." if number is None else f"Version {number} of the plan is approved."
