"""What the page of gaps and targets reads, once for each revision, and how it puts steps and gaps into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from maturity.framework.model import Framework
from maturity.operations import targets as operations
from maturity.operations.targets import Readiness, Standing, TargetChoice
from maturity.planning.gaps import Gap, Gaps
from maturity.planning.targets import IMPORTANCE_STEPS, Importance, Target
from maturity.ui.results_frames import profile_frame
from maturity.ui.results_shown import Shown, every_target, kept, target_levels
from maturity.ui.results_tables import NONE, in_words, level_in_words
from maturity.words.messages import counted, on_day

Steps = tuple[tuple[int, date], ...]
NO_GAP_REASONS = {
    "not_answered": "Nothing has been answered here yet.",
    "coverage_too_low": "Too little was answered to say which level is reached.",
}
NO_EFFORT = "no action yet"


def gaps_of(shown: Shown) -> Gaps:
    """The gaps by falling priority of the departments that the visitor may read, and the places without one."""
    return kept("gaps", shown.key, lambda: operations.gaps(shown.here.workspace, shown.here.visitor, shown.round))


def standing_of(shown: Shown) -> Standing:
    """The round as the planner reads it."""
    return kept(
        "standing", shown.key, lambda: operations.standing(shown.here.workspace, shown.here.visitor, shown.round)
    )


def readiness_of(shown: Shown) -> Readiness:
    """What the latest readiness round holds back."""
    here, name = shown.here, shown.round.organisation
    return kept("readiness", shown.key, lambda: operations.readiness(here.workspace, here.visitor, name))


def importances_of(shown: Shown) -> tuple[Importance, ...]:
    """How much each topic matters, with who and why, in the framework's order."""
    here = shown.here
    return kept("importance", shown.key, lambda: operations.importance(here.workspace, here.visitor, shown.round))


def choices_of(shown: Shown) -> Mapping[tuple[str, str], TargetChoice]:
    """What people chose, by department and topic."""
    here = shown.here
    found = kept("choices", shown.key, lambda: operations.target_choices(here.workspace, here.visitor, shown.round))
    return {(each.department, each.topic): each for each in found}


def priority_topics_of(shown: Shown) -> tuple[str, ...]:
    """The at most five topics with the most to gain, which get default targets; the first is the most important."""
    here = shown.here
    read = lambda: operations.priority_topics_of(here.workspace, here.visitor, shown.round)  # noqa: E731
    return kept("priority topics", shown.key, read)


def steps_of(shown: Shown, department: str, topic: str) -> Steps:
    """The target steps that count at a place now: what was chosen, else the default, none where there is none."""
    return steps_at(every_target(shown), department, topic)


def steps_at(targets: Iterable[Target], department: str, topic: str) -> Steps:
    """The steps of one place among all targets, the lowest level first."""
    here = (each for each in targets if (each.department, each.topic) == (department, topic))
    return tuple(sorted((each.level, each.due) for each in here))


def common_steps(every: Sequence[Steps]) -> Steps:
    """The steps that all places share; none where they differ."""
    return every[0] if every and all(steps == every[0] for steps in every) else ()


def in_plain_words(framework: Framework, steps: Steps) -> str:
    """ "Level 3 Learning by 1 January 2028, then level 4 Developing by 1 January 2030"."""
    if not steps:
        return "No target"
    said = [f"level {level_in_words(framework, level)} by {on_day(due)}" for level, due in steps]
    return f"L{', then '.join(said)[1:]}"


def in_short(steps: Steps) -> str:
    """The same for a table: "3 by 1 Jan 2028, 4 by 1 Jan 2030"."""
    return ", ".join(f"{level} by {short_day(due)}" for level, due in steps) or "No target"


def short_day(day: date) -> str:
    """A day as it stands in a table: "1 Jan 2028"."""
    return f"{day.day} {day:%b %Y}"


def gaps_sentence(found: Gaps, topics: Mapping[str, str], departments: Mapping[str, str]) -> str:
    """How many gaps there are, and which is the most urgent."""
    if not found.found:
        return "No gaps: every score has reached its target, or no target is set."
    first, places = found.found[0], len({each.department for each in found.found})
    equal = sum(each.priority == first.priority for each in found.found)
    where = f"{topics[first.topic]} in {departments[first.department]}"
    tie = f", with {counted(equal - 1, 'other')} as urgent" if equal > 1 else ""
    return (
        f"{counted(len(found.found), 'gap')} in {counted(places, 'department')}. "
        f"The most urgent: {where}, {first.gap:.1f} levels below target{tie}."
    )


def priority_frame(shown: Shown, topics: Sequence[str]) -> pd.DataFrame:
    """Priority topics in their order, as `dumbbell_chart` reads them: of the organisation with the range of its
    departments and its own target, or of the visitor's own department."""
    department = None if shown.whole else next(iter(shown.scores.departments), None)
    every = profile_frame(shown.framework, shown.scores, department, target_levels(shown))
    names = [shown.framework.topics[code].name for code in topics]
    return every.set_index("place", drop=False).loc[names].reset_index(drop=True)


def dumbbell_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The priority topics in words."""
    rows = [
        {
            "Topic": row["place"],
            "Score": in_words(row["score"]),
            "Target": in_words(row["target"]),
            "Lowest department": in_words(row["lowest"]),
            "Highest department": in_words(row["highest"]),
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def gaps_table(framework: Framework, found: Sequence[Gap], departments: Mapping[str, str]) -> pd.DataFrame:
    """Gaps in the given order, each with what it is made of."""
    return pd.DataFrame(
        [
            {
                "Department": departments[gap.department],
                "Topic": framework.topics[gap.topic].name,
                "Score": in_words(gap.score),
                "Reached": str(gap.reached),
                "Target": str(gap.target),
                "Due": short_day(gap.due),
                "Gap": f"{gap.gap:.1f}",
                "Importance": str(gap.importance),
                "Priority": f"{gap.priority:.1f}",
                "Person-days": NO_EFFORT if gap.person_days is None else f"{gap.person_days:,.0f}",
                "Per person-day": NONE if gap.per_person_day is None else f"{gap.per_person_day:.2f}",
            }
            for gap in found
        ]
    )


def targets_table(shown: Shown, department: str) -> pd.DataFrame:
    """A department's topics: where it stands, what it aims at, and whether somebody chose that."""
    choices, rows = choices_of(shown), []
    for topic, dimension in shown.framework.dimension_of.items():
        score = shown.scores.of(department, dimension.id, topic)
        choice, steps = choices.get((department, topic)), steps_of(shown, department, topic)
        rows.append(
            {
                "Topic": shown.framework.topics[topic].name,
                "Score": in_words(score.score),
                "Reached": level_in_words(shown.framework, score.level),
                "Target": in_short(steps),
                "Set by": origin(choice, steps),
                "Why": (choice.reason if choice else "") or NONE,
            }
        )
    return pd.DataFrame(rows)


def origin(choice: TargetChoice | None, steps: Steps) -> str:
    """Who set a target, or that it is a default that nobody has set."""
    if choice:
        return f"{choice.set_by}, {short_day(choice.set_at.date())}"
    return "Default" if steps else NONE


def importance_table(framework: Framework, found: Iterable[Importance]) -> pd.DataFrame:
    """The importance of every topic with what it means, who said so and why."""
    return pd.DataFrame(
        [
            {
                "Topic": framework.topics[each.topic].name,
                "Importance": f"{each.importance}: {IMPORTANCE_STEPS[each.importance]}",
                "Set by": each.set_by or "Nobody yet",
                "Why": each.reason or NONE,
            }
            for each in found
        ]
    )


def apart_table(framework: Framework, found: Gaps, departments: Mapping[str, str]) -> pd.DataFrame:
    """The places with a target where no gap can be said, and why."""
    return pd.DataFrame(
        [
            {
                "Department": departments[each.department],
                "Topic": framework.topics[each.topic].name,
                "Target": str(each.target),
                "Why no gap": NO_GAP_REASONS[each.reason],
            }
            for each in found.apart
        ]
    )
