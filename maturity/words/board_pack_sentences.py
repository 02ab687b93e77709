"""What the slides of a board pack say: titles made from the numbers, at most twelve words, and where numbers are from.

Names of people's making are cut by `short` before they stand in a title, so that a title stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maturity.words.headline_sentences import began_before
from maturity.words.messages import DEMO, counted, days_late, on_day, percent, shown_score

MOST_WORDS = 12
LONGEST_NAME = 40
STATUS = {"not_started": "not started", "on_track": "on track", "late": "late", "done": "done"}
MARKS = {"not_started": "○", "on_track": "▶", "late": "!", "done": "✓"}

COVER = "Data roadmap: board pack"
ABOUT = "What these numbers rest on"
NOTHING = "No assessment and no plan yet"
NOTHING_NEXT = "Start an assessment, or look at the demo city. This pack fills up by itself."
WHOLE = "All departments"
WHOLE_ORGANISATION = "Whole organisation"
NO_SCORE = "n/a"
BELOW_MARK = "▼"
THIN_MARK = "*"
HEAT_KEY = (
    f"Colour: the level that the score has passed. {BELOW_MARK} a level or more below target. {THIN_MARK} too little "
    f"was answered to reach a level. {NO_SCORE}: nothing was answered."
)
NOW, GAP, TARGET, PLANNED = "Score now", "Missing to the target", "Target", "Planned by now"
DONE = "Done"
WAY_NOW, WAY_PLANNED = "Way to the target gone, in %", "Planned by now, in %"
LATE_RULE = (
    "Late is more than 6 days past the approved finish, or not started more than 6 days after the approved start."
)
SCORE_RULE = "A score is the weighted mean of what was answered. Don't know and not applicable are never counted as 0."
SHOWN_RULE = "Scores are shown with one decimal and never rounded up to a level that is not reached."
GAP_RULE = "A gap is the target less the score, in levels."
WAY_RULE = "Way gone: (value - baseline) / (target - baseline), in per cent. Below 0 is further away than at the start."
FOLDED_RULE = (
    "Copies that departments have of one action are one row: earliest start, latest finish, mean per cent done."
)
RISK_RULE = "Weight: likelihood (1-5) times impact (1-5)."


def short(name: str, longest: int = LONGEST_NAME) -> str:
    """A name cut to fit a title, at the end of a word where there is one."""
    if len(name) <= longest:
        return name
    cut = name[:longest].rsplit(" ", 1)[0] if " " in name[:longest] else name[:longest]
    return f"{cut}…"


def in_departments(number: int, place: str = "") -> str:
    """What stands behind the title of an action that departments have."""
    return f" ({counted(number, 'department')})" if number > 1 else f" ({place})" if place else ""


def status_said(codes: Sequence[str], late: int) -> str:
    """How the copies of an action stand: "done", or "3 done, 1 late (up to 38 days)"."""
    longest = f" (up to {counted(late, 'day')})" if late else ""
    if len(set(codes)) == 1:
        return f"{STATUS[codes[0]]}{longest}"
    return ", ".join(f"{codes.count(code)} {name}" for code, name in STATUS.items() if code in codes) + longest


def summary_title(score: float | None, top: int, late: int | None) -> str:
    """Score and lateness; `late` is None without a plan."""
    plan = "there is no plan yet" if late is None else "no action is late" if not late else f"{_late(late)}"
    if score is None:
        return NOTHING if late is None else plan[0].upper() + plan[1:]
    return f"We stand at {shown_score(score)} of {top}, and {plan}"


def _late(late: int) -> str:
    return f"{counted(late, 'action')} {'is' if late == 1 else 'are'} late"


def decisions_title(count: int, first: date | None) -> str:
    """How many decisions are needed, and by when the first."""
    needed = f"{counted(count, 'decision')} {'is' if count == 1 else 'are'} needed"
    if first is None:
        return needed
    return f"{needed}{',' if count > 1 else ''} {'the first ' if count > 1 else ''}by {on_day(first)}"


def options_title(number: int) -> str:
    """One decision with its options."""
    return f"Decision {number}: what each option costs and brings"


def heat_title(far: int, scores: int, lowest: str, score: float | None, top: int) -> str:
    """How many scores are far from target, else where the lowest is."""
    if far:
        return f"{far} of {counted(scores, 'score')} {'is' if far == 1 else 'are'} a level or more below target"
    if score is None:
        return "No department has a score yet"
    return f"{short(lowest)} is lowest, at {shown_score(score)} of {top}"


def spread_title(dimension: str, low: int, of: int, level: int) -> str:
    """On which dimension most departments have not passed a level."""
    if not low:
        return f"Every department has passed level {level} on every dimension"
    return f"{short(dimension, 30)}: {low} of {counted(of, 'department')} not past level {level}"


def gap_title(topic: str, gap: float | None) -> str:
    """Which topic needs most; None where no target is open."""
    if gap is None:
        return "No topic is below its target"
    return f"{short(topic)} needs the biggest lift: {gap:.1f} levels"


def trend_title(change: float, since: str) -> str:
    """How the organisation has moved since the round before."""
    if f"{abs(change):.1f}" == "0.0":
        return f"We stand about where we stood in {short(since, 30)}"
    way = "higher" if change > 0 else "lower"
    return f"We stand {abs(change):.1f} levels {way} than in {short(since, 30)}"


def phases_title(number: int | None, done: float, planned: float) -> str:
    """The phase that is furthest behind; None where none is."""
    if number is None:
        return "Every phase is as far as planned by now"
    return f"Phase {number} is {percent(done)} done; {percent(planned)} was planned by now"


def timeline_title(late: int, critical: int, end: date) -> str:
    """What is late on the roadmap, `critical` of it on the chain that sets the end."""
    if not late:
        return f"No action is late; the roadmap ends in {end:%B %Y}"
    tail = f", {critical} of them on the critical path" if critical else "; the critical path holds"
    return f"{_late(late)}{tail}" if late > 1 else f"1 action is late{', on the critical path' if critical else tail}"


def year_title(count: int, until: date) -> str:
    """The priority actions of the twelve months to come."""
    return f"{counted(count, 'action')} {'comes' if count == 1 else 'come'} first until {until:%B %Y}"


def more_rows(left: int, where: str) -> str:
    """What a slide leaves out, and where it stands."""
    return f"{left:,} more {'stands' if left == 1 else 'stand'} {where}."


def kpi_title(behind: int, reached: int, read: int) -> str:
    """How many of the KPIs that were read are behind, else how many have reached their target."""
    if not read:
        return "No KPI has been read yet"
    count, said = (behind, "behind the path to target") if behind else (reached, "at target; none is behind")
    return f"{count} of {counted(read, 'KPI')} with readings {'is' if count == 1 else 'are'} {said}"


def risks_title(count: int, happened: int, heaviest: int) -> str:
    """How many risks are open, how many have happened, and the weight of the heaviest of them all."""
    struck = f", {happened} happened" if happened else ""
    return f"{counted(count, 'open risk')}{struck}; the heaviest weighs {heaviest} of 25"


def risk_named(title: str, state: str) -> str:
    """A risk with its state where it is no longer only open."""
    return title if state == "open" else f"{title} ({state})"


def money_title(over: int | None, much: float, currency: str) -> str:
    """The first phase in which more is planned than there is, else that none is."""
    if over is None:
        return "Every phase stays within its budget"
    return f"Phase {over} is planned {much:,.0f} {currency} over its budget".replace("  ", " ")


def objectives_title(count: int, served: int) -> str:
    """How many objectives there are, and how many have actions."""
    return f"{counted(count, 'objective')}, {served} of them with actions in the plan"


def promises_title(count: int) -> str:
    """What the last review promised."""
    return f"What became of {counted(count, 'promise')} of the last review"


def actions_title(count: int) -> str:
    """The whole roadmap as a table."""
    return f"Appendix: {counted(count, 'action')} of the roadmap"


def sign_title(signed: int) -> str:
    """How many have signed."""
    return f"{counted(signed, 'person', 'people')} signed the last review"


def continued(title: str, page: int, pages: int) -> str:
    """The title of one of several slides of the same: "... (2 of 3)"."""
    return title if pages == 1 else f"{title} ({page} of {pages})"


def about_cover(plan: str, as_of: date, demo: bool) -> str:
    """Below the title of the pack."""
    said = f"{plan}, as of {on_day(as_of)}" if plan else f"As of {on_day(as_of)}"
    return f"{said}. {DEMO}" if demo else said


def round_source(name: str, closed: date | None, framework: str, version: str) -> str:
    """Where the scores are from."""
    if not name:
        return "There is no round with scores yet."
    asked = " ".join(part for part in (framework, version) if part)
    return f"Scores: round {name}{f', {on_day(closed)}' if closed else ''}{f', framework {asked}' if asked else ''}."


def plan_source(plan: str, approval: str, as_of: date) -> str:
    """Where the dates are from."""
    if not plan:
        return "There is no plan yet."
    approved = (approval or "No version is approved yet").rstrip(".")
    return f"Plan: {plan}, as of {on_day(as_of)}. {approved}."


def heat_alternative(rows: int, columns: int) -> str:
    """The heat map's text alternative."""
    return f"Table of scores: {counted(rows, 'department')} by {counted(columns, 'dimension')}, in levels."


def many_departments(count: int) -> str:
    """Why there is no row for each of very many departments."""
    return (
        f"{count:,} departments have no room here one by one: the workbook lists each. Counted below is how many have "
        "reached each level."
    )


def bar_said(owner: str, start: date, finish: date, done: float, said: str, needs: Sequence[str]) -> str:
    """The text alternative of a bar of the timeline, after its name."""
    waits = f" Waits for {', '.join(needs)}." if needs else ""
    return f"{owner}, {on_day(start)} to {on_day(finish)}, {done:.0f}% done, {said}.{waits}"


def day_short(day: date) -> str:
    """A day as a figure: "14 Nov 2027"."""
    return f"{day.day} {day:%b %Y}"


def days_short(start: date, finish: date) -> str:
    """Two months as a span: "Jan 26 - Mar 27"."""
    return f"{start:%b %y} – {finish:%b %y}"


def postponed_said(words: str) -> str:
    """What postponing costs."""
    return f"If postponed: {words}" if words else ""


def late_said(days: int) -> str:
    """A lateness in words."""
    return days_late(days)


SPREAD_NOTE = "Number of departments by the level that their score has passed."
ABOUT_NOTE = "The same numbers stand on the pages of Waymark; each can be asked why there."


def figure_late(late: int, of: int) -> str:
    """Below the number of late actions."""
    return f"of {counted(of, 'action')} {'is' if late == 1 else 'are'} late"


def figure_milestone(name: str) -> str:
    """Below the day of the next milestone."""
    return f"next milestone: {short(name, 34)}"


def figure_decisions(count: int) -> str:
    """Below the number of decisions."""
    return f"{'decision' if count == 1 else 'decisions'} to take"


def spread_alternative(rows: Sequence[tuple[str, Sequence[int]]], levels: Sequence[str]) -> str:
    """Departments by level, in words."""
    said = [
        f"{name}: {', '.join(f'{count} on {level}' for count, level in zip(counts, levels, strict=True) if count)}."
        for name, counts in rows
    ]
    return " ".join(["Stacked bars: departments by level reached.", *said])


def gap_alternative(rows: Sequence[tuple[str, float, float]]) -> str:
    """Score and gap by topic, in words."""
    said = [f"{name}: {shown_score(score)}, {gap:.1f} missing." for name, score, gap in rows]
    return " ".join(["Stacked bars: score and what is missing to the target, by topic.", *said])


def trend_alternative(rows: Sequence[tuple[str, float]]) -> str:
    """Scores by round, in words."""
    return " ".join(["Columns: score by round.", *(f"{name}: {shown_score(score)}." for name, score in rows)])


def pairs_alternative(what: str, rows: Sequence[tuple[str, float, float]], first: str, second: str) -> str:
    """Two values each, in words."""
    said = [f"{name}: {first.lower()} {one:,.0f}, {second.lower()} {other:,.0f}." for name, one, other in rows]
    return " ".join([f"Bars: {what}.", *said])


PHASE_RULE = "Share of the work of each phase, in person-days, that is done, and that was planned to be done by now."
TIMELINE_KEY = "Dark: done. Pale: still to do. Red outline: on the critical path. Red line: today."
YEAR_NOTE = "All that goes on or starts within twelve months."
BOLD_RULE = "Bold: on the critical path."
MONEY_RULE = "Costs are estimates until an owner reports what was spent."
PROMISE_HEADS = ("Promise", "By whom or of what", "How it stands")


def kpi_table_title(count: int) -> str:
    """All KPIs as a table."""
    return f"{counted(count, 'KPI')}: start, last readings and target"


def kpi_copies(name: str, copies: int) -> str:
    """A KPI that several departments have."""
    return f"{name}{in_departments(copies)}"


KPIS_FOLDED = "What several departments measure alike is one line: that of the department furthest behind its path."


def kpi_named(name: str, unit: str, value: float | None, target: float | None) -> str:
    """A KPI with its last reading and its target: "Open findings (4 of 0 findings)"."""
    return f"{short(name, 44)} (now {value:,.10g}, target {target:,.10g} {short(unit, 12)})"


def kpi_alternative(rows: Sequence[tuple[str, float, float | None]]) -> str:
    """How far each KPI is, in words."""
    said = [f"{name}: {now:.0f}%{'' if due is None else f', planned {due:.0f}%'}." for name, now, due in rows]
    return " ".join(["Bars: share of the way to the target that each KPI has gone.", *said])


def money_note(currency: str, unpriced: int, before: float) -> str:
    """The unit, how many actions have no price, which are not counted as 0, and what was paid before the plan."""
    none = (
        f" {counted(unpriced, 'action')} without a price {'is' if unpriced == 1 else 'are'} not in it."
        if unpriced
        else ""
    )
    paid = f" {began_before(f'{before:,.0f}')}" if before else ""
    return f"In {currency or 'money'}.{none}{paid} {MONEY_RULE}"


def phase_said(number: int, name: str, start: date, finish: date) -> str:
    """The text alternative of a phase's band."""
    return f"Phase {number}, {name}: {on_day(start)} to {on_day(finish)}."


def capacity_title(most: float, role: str) -> str:
    """The fullest quarter of any role; `most` is a share."""
    if most > 1 + 1e-9:
        return f"{short(role, 30)} is planned at {percent(most)} of its days"
    return f"No role is planned beyond its days: at most {percent(most)}"


def capacity_alternative(roles: int, quarters: int) -> str:
    """The table of capacity, for those who hear it."""
    return f"Table of {counted(roles, 'role')} by {counted(quarters, 'quarter')}: share of the days that is planned."


CAPACITY_NOTE = "Share of each role's days that is planned, by quarter of the plan. In red: more than there are."


def phases_key(names: Sequence[tuple[int, str]]) -> str:
    """The names of the phases on one line, where their bands are too narrow for them."""
    return "Phases: " + ", ".join(f"{number} {name}" for number, name in names)


def today_said(day: date) -> str:
    """The text alternative of the line of today."""
    return f"Today, {on_day(day)}"
