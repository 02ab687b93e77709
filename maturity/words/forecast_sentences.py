"""What a forecast says: likely and late dates, chances, what drives lateness, what falls when something goes wrong.

Everything comes in as numbers, names and days; what is supposed here is said, because none of it was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing, subtitle_of
from maturity.words.chart_titles import fitting
from maturity.words.messages import counted, joined, on_day, percent

LIKELY, LATE = "As likely as not", "Four times in five"
NO_ACTIONS = "This plan has no actions, so there is nothing to forecast."
NO_TARGETS = "No target is open: none is set above the level where departments stand today."
NO_STEPS = "The plan brings about no level of a topic, so no level is expected to change."
NOT_IN_PLAN = "The plan has nothing for it"
EARLIER = "Nobody reports on an earlier version any more: its forecast rests on what was reported while it counted."
NO_SCORE = (
    "A forecast is no score. It says what the plan leads to if its actions do what they are meant to do; "
    "only the next round shows whether they did."
)


def chance_words(share: float) -> str:
    """A chance 0..1 as people say it, with whole per cent rounded down: "about 3 in 10 (31%)"."""
    if share < 0.01:
        return f"next to none ({chance_percent(share)})"
    if share > 0.99:
        return f"almost certain ({chance_percent(share)})"
    if share < 0.075 or share > 0.925:
        often = "19 in 20" if share > 0.5 else "1 in 20"
        beyond = "more than" if share > 0.97 else "less than" if share < 0.03 else "about"
        return f"{beyond} {often} ({percent(share)})"
    return f"about {round(share * 10)} in 10 ({percent(share)})"


def chance_percent(share: float) -> str:
    """A chance 0..1 in whole per cent, rounded down, and never as if it were certain."""
    return "under 1%" if share < 0.01 else "over 99%" if share > 0.99 else percent(share)


def end_sentence(middle: date, late: date) -> str:
    """When the roadmap ends: its P50 and its P80."""
    if middle == late:
        return f"{LIKELY}, and four times in five too, the roadmap ends by {on_day(middle)}."
    return f"{LIKELY}, the roadmap ends by {on_day(middle)}; four times in five by {on_day(late)}."


def planned_sentence(planned: date, chance: float) -> str:
    """What the plan itself says, and how often that holds."""
    return f"The plan says {on_day(planned)}; the chance that it holds is {chance_words(chance)}."


def all_done(last: date) -> str:
    """The end of a plan of which nothing is left to do."""
    return f"Every action is done, the last one on {on_day(last)}. There is nothing left to forecast."


def today_sentence(day: date, done: int, begun: int, late: int, count: int) -> str:
    """What has gone into the forecast of the plan's progress."""
    are = "is" if late == 1 else "are"
    return (
        f"As of {on_day(day)}: of {counted(count, 'action')}, {done} done, {begun} under way; {late} {are} late. "
        "All of it counts as reported."
    )


def targets_sentence(chances: Sequence[float], unplanned: int) -> str:
    """How many open targets are likely to be missed by their date; `chances` are of those that the plan works for."""
    whole = len(chances) + unplanned
    if not whole:
        return NO_TARGETS
    missed = sum(chance < 0.5 for chance in chances)
    apart = (
        f" For {counted(unplanned, 'more target', 'more targets')} the plan has nothing."
        if unplanned and chances
        else ""
    )
    if not chances:
        return f"The plan has nothing for the {counted(whole, 'open target')}."
    if not missed:
        held = "The open target that" if len(chances) == 1 else f"All {len(chances)} open targets that"
        works = f"{held} the plan works for {'is' if len(chances) == 1 else 'are'}"
        return f"{works} more likely to be reached by the date than not.{apart}"
    are = "is" if missed == 1 else "are"
    return (
        f"**{missed} of {counted(len(chances), 'open target')}** that the plan works for {are} more likely to be "
        f"missed than reached by the date.{apart}"
    )


def withheld_sentence(why: str) -> str:
    """Why there are dates and no levels or targets."""
    return f"Dates alone, without levels and targets: {why}."


def partly_shown(departments: int, whole: int) -> str:
    """Whose levels and targets these are, where not of all."""
    return (
        f"Levels and targets are those of {departments} of {counted(whole, 'department')}: results that you may not "
        "read, or that too few answers stand behind, are left out. Dates are those of the whole plan."
    )


def no_steps_in(department: str) -> str:
    """A department in which the plan brings about nothing."""
    return f"The plan brings about no step in {department}, so its level is not expected to change."


def assumptions(spread: float, stretch: float, still: float, still_days: float, unsaid: int) -> tuple[str, ...]:
    """What the forecast takes for granted; the shares 0..1 and days are those that it reckons with."""
    return (
        "Durations follow efforts: the shortest and longest duration of an action are as far from the likely one as "
        "the low and high estimates of its person-days. Those are estimates for a mid-sized council, not your own.",
        f"What one department does is faster or slower together, and so is what one role does: in one run of six by "
        f"more than {spread:.0%}. Without that, late dates would come out too early.",
        f"Each step that confidence in delivery is below 5 makes the longest duration {stretch:.0%} longer, and adds a "
        f"chance of {still:.0%} that the action stands still, for up to {round(still_days / 7)} weeks. Where nobody "
        f"has said how sure they are, {unsaid} of 5 counts.",
        "What has begun goes on partly as planned and partly at its own pace so far, which counts the more the more is "
        "done. What has not begun starts on its planned day, today at the earliest, and after what it waits for: what "
        "it requires, the level below, and in a quarter in which a role of the whole organisation is full, the work of "
        "that role before it.",
        "Where an owner says which finish is expected, and that day lies ahead, it counts as the likely one.",
        "A risk happens, or does not, once in each run for all its actions, and makes what is left of them longer; of "
        "several risks the shares add up. One that has happened counts for certain, but not for an action whose owner "
        "has said an expected finish since: that day has it in already.",
        "Nothing is added, left out or planned again, and nobody hurries because something is late.",
        "These spreads are our assumptions. They have not been measured in your organisation.",
    )


def fan_sentences(frame: pd.DataFrame, *, department: str = "", places: int) -> ChartSentences:
    """How far the average level, of all or of one department, is expected to rise; columns as `fan_chart`, and
    `mean`."""
    heading = "Expected level by quarter"
    if frame.empty:
        return nothing(heading, department)
    first, last = frame.iloc[0], frame.iloc[-1]
    when = f"{pd.Timestamp(last['on']):%B %Y}"
    title = f"Levels are expected to rise from {first['middle']:.1f} to {last['middle']:.1f} by {when}"
    if last["middle"] - first["middle"] < 0.05:
        title = f"Levels are not expected to rise by {when}"
    where = f"in {department}" if department else "counted in each department"
    subtitle = f"Average level of the {counted(places, 'topic')} that the plan works on, {where}"
    rows = [
        f"{pd.Timestamp(row['on']):%b %Y}: {row['middle']:.2f}, between {row['low']:.2f} and {row['high']:.2f}, "
        f"planned {row['planned']:.2f}."
        for row in frame.to_dict("records")[:: max(1, len(frame) // 4)]
    ]
    whole = "The line is as likely too high as too low; 8 runs of 10 lie between the two ends."
    of = f"{heading}, {department}." if department else f"{heading}."
    return ChartSentences(title, subtitle, " ".join([of, whole, *rows]))


def driver_sentences(frame: pd.DataFrame) -> ChartSentences:
    """What drives lateness most; columns as `tornado_chart`."""
    heading = "What makes the end late"
    if frame.empty:
        return nothing(heading)
    first = frame.iloc[0]
    late = f"could make the end late most: {_days(first['days'])}"
    title, cause = fitting((f"{first['cause']} {late}", ""), (f"One {first['kind']} {late}", str(first["cause"])))
    subtitle = subtitle_of(
        cause,
        "By so many days the late date (four times in five) would be earlier if this took just as long as is likely, "
        "or a risk did not happen, with all else as it comes",
    )
    rows = [f"{row['cause']} ({row['kind']}): {_days(row['days'])}." for row in frame.to_dict("records")]
    return ChartSentences(title, subtitle, " ".join([f"{heading}.", *rows]))


def _days(days: float) -> str:
    return counted(round(days), "day")


def story_sentence(kind: str, named: str, when: date | None = None, share: float = 0.0) -> str:
    """What is supposed to go wrong: `named` is the role, the phase or the action."""
    if kind == "leaves":
        day = f" on {on_day(when)}" if when else ""
        return f"Suppose that a key person of {named} leaves{day}: for two quarters that work goes at half its pace."
    if kind == "cut":
        return (
            f"Suppose that {named} loses {share:.0%} of the money that its actions cost: of those not begun, the ones "
            "that start last wait for the next phase until the money does; those of the last phase wait a year."
        )
    return f"Suppose that {named} takes half a year longer."


def struck_sentence(touched: int) -> str:
    """How many actions the trouble itself strikes, where it strikes none."""
    return "" if touched else "No unfinished action is touched by it, so nothing changes."


def story_end(middle: date, weeks: float) -> str:
    """The end with the trouble against the end without, both as likely as not."""
    if round(weeks) < 1:
        return f"Then the roadmap ends, as likely as not, by {on_day(middle)}: hardly later than without it."
    return f"Then the roadmap ends, as likely as not, by {on_day(middle)}: {counted(round(weeks), 'week')} later."


def falls_sentence(names: Sequence[str]) -> str:
    """What is more likely reached than not without the trouble, and more likely missed with it, the earliest first."""
    if not names:
        return "No milestone and no target falls because of it."
    if len(names) == 1:
        return f"{names[0]} falls: without it, it is more likely reached by its day than not."
    rest = f", then {len(names) - 3} more" if len(names) > 3 else ""
    first = ", ".join(names[:3]) if rest else joined(list(names))
    return f"First to fall: {first}{rest}. Without it, each is more likely reached by its day than not."


def failed_sentence(said: str) -> str:
    """Why there is no forecast; the plan is as it was."""
    return f"The forecast could not be made ({said}). The plan is not touched by this; try it again."


KIND_WORDS: Mapping[str, str] = {"department": "department", "role": "role", "action": "action", "risk": "risk"}
"""What a cause of lateness is called."""
