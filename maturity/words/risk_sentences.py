"""What the steps of a risk mean, what a list of risks says, and what the forecast reckons with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing
from maturity.words.messages import counted, joined, percent

LIKELIHOOD: Mapping[int, str] = {
    1: "very unlikely",
    2: "unlikely",
    3: "possible",
    4: "likely",
    5: "almost certain",
}
IMPACT: Mapping[int, str] = {1: "slight", 2: "small", 3: "medium", 4: "serious", 5: "severe"}
RESPONSE: Mapping[str, str] = {
    "avoid": "Avoid: do something else instead",
    "reduce": "Reduce: make it less likely or less bad",
    "share": "Share: let others carry a part, such as by a contract",
    "accept": "Accept: live with it",
}
STATE: Mapping[str, str] = {"open": "open", "happened": "happened", "closed": "closed"}
NO_RISKS = (
    "No risk is written down yet. Ask two questions: which person or supplier would stop several actions by leaving, "
    "and which consent, contract or budget is taken for granted but not given yet?"
)
ASSUMED = (
    "Chance and lengthening of each step are our assumption, not measured. They are what the forecast reckons with."
)


def likelihood_words(step: int, chance: float) -> str:
    """A step of likelihood with the chance 0..1 that it stands for."""
    return f"{step} {LIKELIHOOD[step]} ({percent(chance)})"


def impact_words(step: int, longer: float) -> str:
    """A step of impact with the share by which it makes what is left of its actions longer."""
    return f"{step} {IMPACT[step]} ({percent(longer)} longer)"


def weight_words(likelihood: int, impact: int) -> str:
    """How heavy a risk is, and why: "12: possible x serious"."""
    return f"{likelihood * impact}: {LIKELIHOOD[likelihood]} × {IMPACT[impact]}"


def response_said(response: str, what: str) -> str:
    """What is done about a risk: "Reduce: train two more stewards"."""
    word = RESPONSE[response].partition(":")[0]
    return f"{word}: {what}" if what else word


def risks_sentence(open_: int, happened: int, overdue: int, heaviest: str, weight: int) -> str:
    """The head of the page: how many there are, which is the heaviest, and how many reviews are overdue."""
    if not open_ and not happened:
        return "No risk is open, and none has happened that still counts."
    parts = [f"{counted(open_, 'risk')} {_are(open_)} open"] if open_ else []
    if happened:
        parts.append(f"{happened} {'has' if happened == 1 else 'have'} happened")
    heavy = f" The heaviest is “{heaviest}”, {weight} of 25." if heaviest else ""
    late = f" {counted(overdue, 'review')} {_are(overdue)} overdue." if overdue else ""
    return f"{' and '.join(parts)}.{heavy}{late}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def grid_sentences(frame: pd.DataFrame) -> ChartSentences:
    """Where risks lie; columns as `risk_grid_chart`."""
    heading = "Risks by likelihood and impact"
    if frame.empty:
        return nothing(heading)
    heavy = [str(row["title"]) for row in frame.to_dict("records") if row["likelihood"] * row["impact"] >= HEAVY]
    are = _are(len(heavy))
    title = (
        f"{len(heavy)} of {counted(len(frame), 'open risk')} {are} heavy"
        if heavy
        else f"None of {counted(len(frame), 'open risk')} is heavy"
        if len(frame) > 1
        else "The one open risk is not heavy"
    )
    subtitle = f"Each number is that of the list. Weight is likelihood × impact, heavy from {HEAVY} of 25 on"
    rows = [
        f"{row['number']} {row['title']}: {LIKELIHOOD[row['likelihood']]}, {IMPACT[row['impact']]}, "
        f"weight {row['likelihood'] * row['impact']}."
        for row in frame.to_dict("records")
    ]
    return ChartSentences(title, subtitle, " ".join([f"{heading}.", *rows]))


HEAVY = 12
"""From this weight on a risk is called heavy."""


def counted_risks(names: Sequence[str], left_out: int, happened: int) -> str:
    """Which risks went into a forecast; `names` of those that did, the heaviest first."""
    holds = "holds" if left_out == 1 else "hold"
    apart = f" {counted(left_out, 'risk')} that {holds} up nothing unfinished, or that owners have counted in already, "
    rest = f"{apart}{_are(left_out)} left out." if left_out else ""
    if not names:
        return f"No risk is counted in this forecast.{rest}"
    shown = [f"“{name}”" for name in names[:3]]
    listed = joined([*shown, f"{len(names) - 3} more"] if len(names) > 3 else shown)
    certain = ""
    if happened:
        certain = f" Of these, {happened} {'has happened and counts' if happened == 1 else 'have happened and count'}"
        certain += " for certain."
    return f"{counted(len(names), 'risk')} {_are(len(names))} counted: {listed}.{certain}{rest}"


def risk_in_forecast(title: str, chance: float, longer: float, actions: int) -> str:
    """How the forecast reckons with one risk."""
    takes = f"{counted(actions, 'action')} takes"
    if chance >= 1:
        return f"“{title}” has happened: what is left of {takes} {percent(longer)} longer."
    return f"“{title}”: in {percent(chance)} of the runs, what is left of {takes} {percent(longer)} longer."
