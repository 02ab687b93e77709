"""What the strategy document says: headings, captions of its tables, and sentences made from the facts of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from maturity.words.messages import counted, days_late, on_day, percent

TITLE = "Data strategy and roadmap"
IN_SHORT = "In short"
CONTENTS = "Contents"
DEMO = "Demo data. Nothing here is real."
VISION = "Our vision"
STAND = "Where we stand"
GAPS = "What is missing to reach our targets"
OBJECTIVES = "Objectives"
ROADMAP = "Roadmap"
PRIORITIES = "This year's priority actions"
MEASURES = "How we measure it"
RISKS = "Risks"
DECISIONS = "Decisions"
NOT_YET = "What is not settled yet"
SIGN_OFF = "Sign-off"
ALL_SCORES = "Appendix: scores of all departments"
APPENDIX = "Appendix: answers and evidence"

HEAT_MAP = "Score of each department on each dimension"
BY_TOPIC = "Score and target of each topic, over all departments"
GAP_TABLE = "Gaps of all departments added up by topic, in levels"
PRIORITY_TABLE = "What we do first, and why now"
KPI_TABLE = "Measures, where they began and where they are, those behind their path first"
KPI_STATE = {"behind": "behind its path", "on_path": "on its path", "reached": "reached", "unread": "not read yet"}
RISK_TABLE = "Risks that are not closed, the heaviest first"
MILESTONE_TABLE = "Milestones"
SIGN_TABLE = "Names and roles of those who sign"

START_SMALL = (
    "We start small. These are the actions that come first over the next twelve months; each has a reason to be done "
    "now, and the rest of the roadmap builds on them."
)
GAPS_SAID = (
    "A gap is a target less a score, in levels, counted where a department stands below its target. Its priority is "
    "the gap times the importance that the organisation gave the topic, 1 to 5. Both are added up over departments "
    "here, so that no department is ranked; the workbook lists each."
)
RISKS_SAID = "Likelihood and impact are 1 to 5; the weight of a risk is one times the other."
SIGN_SAID = "By signing, the people below agree to the targets, the roadmap and the measures in this document."
APPENDIX_SAID = (
    "The value that holds for each question, where it comes from, and what is said as evidence. With fewer than 5 "
    "answers nothing is said of how they spread."
)
LOWERED = "Scores are shown with one decimal and never rounded up to a level that is not reached."
NOT_SAID = "not said"
NOT_SCORED = "no score"
NOT_READ = "none"
KPIS_FOLDED = (
    "What several departments measure alike is one line here, from the lowest to the highest of them; the workbook "
    "lists each."
)
FEW = "fewer than 5"
NO_GOAL = "Its goal is not written down yet."
NO_MEASURE = "No measure is agreed yet."
SERVED_BY = "Actions that serve it:"
SERVED_BY_NOTHING = "No action of the roadmap serves it yet."
NOTHING_STARTS = "No action starts in this phase."
NOT_APPROVED = "Nobody has approved this plan yet."
SIGN_COLUMNS = ("Role", "Name", "Signature and day")
SPREAD_HIDDEN = "not shown: fewer than 5 answers"
EVERYWHERE = "The organisation"
STATUS = {"not_started": "not started", "on_track": "on track", "late": "late", "done": "done"}

FROM = {"consensus": "consensus", "reviewed": "reviewer", "median": "median of the answers", "": "nothing yet"}
MISSING = {
    VISION: "The vision: no objective has a goal in words yet.",
    STAND: "Where we stand: no round of the assessment has scores yet.",
    GAPS: "Gaps: no department stands below a target, or no target is set.",
    OBJECTIVES: "Objectives: none is written down yet.",
    ROADMAP: "The roadmap: the plan has no actions yet.",
    MEASURES: "Measures: no KPI is agreed yet.",
    PRIORITIES: "This year's priority actions: nothing is planned for the next twelve months.",
    RISKS: "Risks: no open risk is written down.",
    DECISIONS: "Decisions: nothing waits for one.",
}
"""Sections that are left out for want of anything to say, each with the sentence that says so."""


def about_plan(plan: str, as_of: date) -> str:
    """The line below the title."""
    return f"{plan}, as of {on_day(as_of)}" if plan else f"As of {on_day(as_of)}"


def about_round(name: str, closed: date | None, framework: str, version: str) -> str:
    """Which round the scores are of, and what was asked."""
    named = " ".join(part for part in (framework, version) if part)
    asked = f", on the framework {named}" if named else ""
    when = f", {on_day(closed)}" if closed else ""
    return f"Scores are those of the round {name}{when}{asked}."


def phase_said(start: date, finish: date, done: float, planned: float) -> str:
    """A phase's days, and how far it is."""
    how_far = f"{percent(done)} of its work is done"
    due = f"; {percent(planned)} was planned by now" if planned > 0 else ""
    return f"{on_day(start)} to {on_day(finish)}. {how_far}{due}."


def folded_status(codes: Sequence[str], late: int) -> str:
    """How an action stands: its status, or how many of its copies have which."""
    if len(codes) == 1 and late:
        return days_late(late)
    if len(set(codes)) == 1:
        return f"{STATUS[codes[0]]}, up to {counted(late, 'day')}" if late else STATUS[codes[0]]
    parts = ", ".join(f"{codes.count(code)} {name}" for code, name in STATUS.items() if code in codes)
    return f"{parts} (up to {counted(late, 'day')})" if late else parts


def in_departments(number: int) -> str:
    """What stands behind the title of an action with copies."""
    return f" ({counted(number, 'department')})"


def why_now(late: int, waiting: int, critical: bool, done: float, starts: date, begun: bool) -> str:
    """Why an action comes first, in one or two sentences; `waiting` counts the actions that need it."""
    parts = []
    if late:
        parts.append(f"It is {days_late(late)}.")
    elif begun:
        parts.append(f"It is under way, {percent(done / 100)} done.")
    else:
        parts.append(f"It starts on {on_day(starts)}.")
    if waiting:
        parts.append(f"{counted(waiting, 'other action')} {'waits' if waiting == 1 else 'wait'} for it.")
    if critical:
        parts.append("Any delay moves the end of the roadmap.")
    return " ".join(parts)


def more_this_year(number: int) -> str:
    """What is left out of the short list."""
    verb = "goes on or starts" if number == 1 else "go on or start"
    return f"{counted(number, 'more action')} {verb} within these twelve months; the roadmap lists them."


def closed_risks(number: int) -> str:
    """What became of risks that are not listed."""
    return f"{counted(number, 'risk')} {'is' if number == 1 else 'are'} closed and not listed."


def needed_by(day: date | None) -> str:
    """By when a decision is needed."""
    return f"Needed by {on_day(day)}." if day else "No day is set."


def many_departments(number: int) -> str:
    """Where the departments' own scores stand when there are too many for the text."""
    return f"The scores of all {number:,} departments stand in the appendix."


def spread_said(shares: Mapping[str, float]) -> str:
    """Shares of answers by level, as one line."""
    names = {"dont_know": "don't know", "not_applicable": "not applicable"}
    return ", ".join(f"{names.get(level, level)}: {percent(share)}" for level, share in shares.items())


def heat_map_said(departments: int, dimensions: int) -> str:
    """What the heat map holds, for those who hear it."""
    return (
        f"Scores on levels of {counted(departments, 'department')} in {counted(dimensions, 'dimension')}; the first "
        "row is the organisation, each cell says its number."
    )


def phase_name(number: int, name: str) -> str:
    """A phase as a heading."""
    return f"Phase {number}: {name}"


def actions_of(number: int, name: str) -> str:
    """The caption of a phase's actions."""
    return f"Actions that start in phase {number}, {name}"


def measured_by(measure: str, target: str) -> str:
    """How an objective is measured, and what is to be reached."""
    return f"Measured by: {measure}. Target: {target}." if target else f"Measured by: {measure}. No target is set yet."


def measured_in(number: int, states: Mapping[str, int]) -> str:
    """How a measure stands that several departments have; `states` counts them by code."""
    if len(states) == 1:
        return f"{KPI_STATE[next(iter(states))]} in all {number} departments"
    parts = ", ".join(f"{count} {KPI_STATE[code]}" for code, count in states.items())
    return f"{counted(number, 'department')}: {parts}"


def several_roles(number: int) -> str:
    """More owners than a cell can name."""
    return counted(number, "role")


def if_postponed(cost: str) -> str:
    """What waiting costs."""
    return f"If it is postponed: {cost}" if cost else ""


def recommended(what: str) -> str:
    """What is recommended to those who decide."""
    return f"Recommended: {what}"


def options_of(question: str) -> str:
    """The caption of a decision's options."""
    return f"Options for “{question}”"


def values_of(department: str) -> str:
    """The caption of a department's values."""
    return f"Values of {department}"


def short_day(day: date) -> str:
    """A day in a table: "2 Mar 2026"."""
    return f"{day.day} {day:%b %Y}"
