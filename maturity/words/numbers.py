"""What each number on the pages means: its name there, and how it is made and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

NumberKind = Literal[
    "score",
    "level_reached",
    "coverage",
    "fresh_evidence",
    "agreement",
    "interval",
    "value_from",
    "weights",
    "percent_to_target",
    "progress_since_first",
    "gap",
    "importance",
    "priority",
    "priority_per_person_day",
    "confidence",
    "optimism",
    "late",
    "slack",
    "critical_path",
    "plan_value",
]
NUMBER_KINDS: tuple[NumberKind, ...] = get_args(NumberKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that pages show: its name there, and how it is made and read."""

    kind: NumberKind
    name: str
    meaning: str


def _number(kind: NumberKind, name: str, meaning: str) -> Number:
    return Number(kind=kind, name=name, meaning=meaning)


NUMBERS: Mapping[NumberKind, Number] = {
    number.kind: number
    for number in (
        _number(
            "score",
            "Score",
            "The weighted mean of what was answered, from questions to topic, dimension, department and organisation. "
            "Don't know and not applicable are never counted as 0. Nothing is rounded before it is shown.",
        ),
        _number(
            "level_reached",
            "Level reached",
            "The whole level that the score has passed: 2.9 has reached level 2. "
            "Where too little was answered, no level is reached.",
        ),
        _number(
            "coverage",
            "Coverage",
            "The share of what applies that was answered with a level or an option. Don't know and no answer lower it; "
            "not applicable does not. Below the framework's least coverage no level is reached.",
        ),
        _number(
            "fresh_evidence",
            "With fresh evidence",
            "The share of what applies that was answered with a level or an option and rests on at least one answer "
            "whose evidence is still fresh. Same base and weights as the coverage, so never above it. It changes no "
            "score.",
        ),
        _number(
            "agreement",
            "Agreement",
            "How close together people chose (van der Eijk's A): 1 is everybody on one level, 0 is spread evenly, "
            "-1 is half at each end. Always read it with the number of people.",
        ),
        _number(
            "interval",
            "90% interval",
            "Where the score would lie nine times in ten if other, similar people had answered (a bootstrap over "
            "respondents). Shown from 3 people up, and not where a consensus or a review decides.",
        ),
        _number(
            "value_from",
            "Value from",
            "What a department's value rests on: its consensus, else the reviewer's value, else the median of the "
            "answers that were sent. Mixed means that the parts differ in this.",
        ),
        _number(
            "weights",
            "Weights of the roll-up",
            "How much each department counts in the organisation's score: all the same, by number of staff, "
            "or as chosen for the round.",
        ),
        _number(
            "percent_to_target",
            "Way to the target",
            "How much of the way from the lowest level to the target the score has gone. At the target it is 100%.",
        ),
        _number(
            "progress_since_first",
            "Progress since the first round",
            "How much of the way from the first round's score to the target has been gone. "
            "0% is where you started, 100% is the target.",
        ),
        _number("gap", "Gap", "Target minus score, in levels. There is none where the score has reached the target."),
        _number(
            "importance",
            "Importance",
            "How much a topic matters here, from 1 (useful one day) to 5 (a legal duty or a promise to residents fails "
            "without it). A named person sets it with a reason; 3 until then.",
        ),
        _number("priority", "Priority", "Gap times importance: the larger, the sooner it is worth closing."),
        _number(
            "priority_per_person_day",
            "Priority per person-day",
            "Priority divided by the least effort that closes the gap, counting what the actions need first. "
            "It favours what is quick to do.",
        ),
        _number(
            "confidence",
            "Confidence",
            "How sure somebody is, from 1 (a guess) to 5 (certain): a respondent of an answer, or an owner of "
            "finishing on time. It changes no score.",
        ),
        _number(
            "optimism",
            "Self-score against review",
            "The mean of the medians of a department's own answers minus the mean of what was found, over the "
            "questions that have both. Above 0, the department saw itself higher. It is information for a talk: no "
            "score is corrected by it.",
        ),
        _number(
            "late",
            "Late",
            "More than 6 days past the approved finish, or not started more than 6 days after the approved start. "
            "Without an approved plan the action's own dates count.",
        ),
        _number(
            "slack",
            "Slack",
            "Days that an action can slip, pushing what depends on it, before the last finish of the plan moves. "
            "Below 0, it overlaps something that waits for it.",
        ),
        _number(
            "critical_path",
            "Critical path",
            "The chain of actions that sets the end date: when one of them slips, the end of the plan slips.",
        ),
        _number(
            "plan_value",
            "Plan value",
            "Level-weeks: for each level gained, the weeks until the end of the plan in which it is held, times the "
            "topic's importance and the department's weight. It compares plans made from the same round.",
        ),
    )
}


def explain(kind: NumberKind) -> str:
    """A short help text for a number that pages show."""
    return NUMBERS[kind].meaning
