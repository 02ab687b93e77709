"""The tables beside the charts of the results page, in words: pure functions, no cell is a bare rounded number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from maturity.assessment.scores import Part, Place, RoundScores, Score
from maturity.assessment.trends import progress_since, share_of_target
from maturity.charts.score_frames import Levels
from maturity.charts.trend import OTHERWISE
from maturity.framework.model import Framework
from maturity.operations.scores import Distribution
from maturity.words.messages import percent, shown_score, signed, too_few

NONE = "–"
DISCUSS = 0.4
"""Below this agreement the answers to a question are worth a talk."""
VALUE_FROM = {
    "consensus": "consensus",
    "review": "the reviewer's value",
    "median": "median of the answers",
    "mixed": "mixed",
}
NOT_COUNTED = {
    "nothing": "not counted: nothing answered",
    "dont_know": "not counted: don't know",
    "not_applicable": "not counted: does not apply",
    "answered": "not counted: it weighs nothing",
}


def in_words(score: float | None, *, points: bool = False) -> str:
    """A score with one decimal, or points as they are; a dash for none."""
    if score is None or math.isnan(score):
        return NONE
    return f"{score:,.10g}" if points else shown_score(score)


def level_in_words(framework: Framework, level: int | None) -> str:
    """A level with its name; a dash where none is reached."""
    return f"{level} {framework.level_name(level)}" if level else NONE


def share(value: float | None) -> str:
    """A share as per cent; a dash for none."""
    return NONE if value is None or math.isnan(value) else percent(value)


def heat_table(frame: pd.DataFrame, column: str, own: Mapping[str, float | None]) -> pd.DataFrame:
    """Departments by columns; "few answers" where coverage is too low for a level. `own` is each one's own score."""
    table = []
    for department, cells in frame.groupby("department", sort=False):
        row = {"Department": department, "Score": in_words(own.get(str(department)))}
        for cell in cells.to_dict("records"):
            thin = not cell["enough"] and not math.isnan(cell["score"])
            row[cell[column]] = in_words(cell["score"]) + (" (few answers)" if thin else "")
        table.append(row)
    return pd.DataFrame(table)


def profile_table(
    framework: Framework,
    scores: RoundScores,
    department: str | None,
    targets: Levels,
    first: RoundScores | None,
) -> pd.DataFrame:
    """A place's topics with level, coverage, answers, source, and how far the way to the target is gone."""
    rows = []
    for topic, dimension in framework.dimension_of.items():
        place = Place(department, dimension.id, topic)
        score, target = scores.scores[place], targets.get((department or "", topic))
        before = first.scores.get(place) if first else None
        row = {
            "Topic": framework.topics[topic].name,
            "Score": in_words(score.score),
            "Level reached": level_in_words(framework, score.level),
            "Coverage": share(score.coverage),
            "People": str(score.respondents),
            "Value from": VALUE_FROM.get(score.value_from or "", NONE),
        }
        if department is not None:
            row["Target"] = level_in_words(framework, target)
            row["Way to the target"] = share(share_of_target(score.score, target)) if target else NONE
            since = progress_since(before.score, score.score, target) if before and target else None
            row["Since the first round"] = share(since)
            whole = scores.scores.get(Place(None, dimension.id, topic))
            if whole is not None:
                row["Organisation"] = in_words(whole.score)
        rows.append(row)
    return pd.DataFrame(rows)


def distribution_table(framework: Framework, found: Sequence[Distribution]) -> pd.DataFrame:
    """Answers by level, question by question; a sentence where fewer than five people answered."""
    rows = []
    for each in found:
        row = {"Question": framework.questions[each.question].text}
        for place, level in enumerate(framework.levels):
            row[f"{level.level} {level.name}"] = str(each.counts[place]) if each.counts else NONE
        row["Don't know"] = NONE if each.dont_know is None else str(each.dont_know)
        row["Median"] = NONE if each.median is None else f"{each.median:g}"
        row["Agreement"] = agreement_in_words(each)
        rows.append(row)
    return pd.DataFrame(rows)


def agreement_in_words(found: Distribution) -> str:
    """Agreement with two decimals and what follows; with the count of people; why it is not shown."""
    if found.counts is None:
        return too_few()
    if found.agreement is None:
        return NONE
    talk = ", discuss" if found.agreement < DISCUSS else ""
    return f"{found.agreement:.2f} ({found.respondents} people){talk}"


def trend_table(frame: pd.DataFrame) -> pd.DataFrame:
    """A line for each place, a column for each round, and the change from the first to the last of them that can be
    compared; a score after other questions says so."""
    frame = frame if "run" in frame else frame.assign(run=0)
    rounds = list(frame.sort_values("round_order", kind="stable")["round"].drop_duplicates()) if len(frame) else []
    rows = []
    for place, group in frame.groupby("place", sort=False):
        found = dict(zip(group["round"], group["score"], strict=True))
        run = dict(zip(group["round"], group["run"], strict=True))
        scored = [name for name in rounds if name in found and not math.isnan(found[name])]
        known = [found[name] for name in scored if run[name] == run[scored[-1]]]
        row = {"Place": place, **{name: in_words(found.get(name)) for name in rounds}}
        for before, name in pairwise(scored):
            if run[name] != run[before]:
                row[name] = f"{in_words(found[name])} ({OTHERWISE})"
        row["Change"] = signed(known[-1] - known[0]) if len(known) > 1 else NONE
        rows.append(row)
    return pd.DataFrame(rows)


def theme_table(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix of themes and topics in words."""
    topics = [name for name in matrix.columns if name != "theme"]
    rows = [
        {"Theme": row["theme"], **{topic: in_words(row[topic]) for topic in topics}}
        for row in matrix.to_dict("records")
    ]
    return pd.DataFrame(rows)


def points_table(framework: Framework, scores: RoundScores, names: Mapping[str, str]) -> pd.DataFrame:
    """Points out of the most there are: departments by dimensions, and in all."""
    rows = []
    for department in scores.departments:
        row = {"Department": names[department], "In all": points_in_words(scores.of(department))}
        for dimension in framework.dimensions:
            row[dimension.name] = points_in_words(scores.of(department, dimension.id))
        rows.append(row)
    return pd.DataFrame(rows)


def points_in_words(score: Score) -> str:
    """ "8 of 12", a dash where nothing was answered."""
    if score.points is None:
        return NONE
    most = NONE if score.max_points is None else in_words(score.max_points, points=True)
    return f"{in_words(score.points, points=True)} of {most}"


def trace_table(
    scores: RoundScores,
    of: Score,
    label: Mapping[Place, str],
    *,
    points: bool,
    sources: Mapping[Place, str] | None = None,
) -> pd.DataFrame:
    """What a score is made of: each part with weight, score, whether it counted, coverage and source; `sources` says
    more of it where more is known."""
    known, rows = sources or {}, []
    for part in of.parts:
        below = scores.scores.get(part.place)
        rows.append(
            {
                "Part": label[part.place],
                "Weight": f"{part.weight:g}",
                "Points" if points else "Score": _part_in_words(part, points),
                "Counted": "yes" if part.counted else NOT_COUNTED.get(part.state, "no"),
                "Coverage": share(below.coverage) if below else NONE,
                "Value from": _source(below, known.get(part.place, "")),
            }
        )
    return pd.DataFrame(rows)


def _source(score: Score | None, consensus: str) -> str:
    found = (score.value_from if score else None) or ""
    return consensus if consensus and found == "consensus" else VALUE_FROM.get(found, NONE)


def _part_in_words(part: Part, points: bool) -> str:
    """With two decimals, so that a reader can add up what the scorer added up without rounding."""
    if part.score is None:
        return NONE
    return in_words(part.score, points=True) if points else f"{part.score:.2f}"


def arithmetic(score: Score) -> str:
    """How the parts make the score, in numbers that a reader can check."""
    counted = [part for part in score.parts if part.counted]
    if score.score is None or not counted:
        return "Nothing below it counted, so there is no score."
    whole = math.fsum(part.weight * (part.score or 0.0) for part in counted)
    weights = math.fsum(part.weight for part in counted)
    lowest = min(part.score or 0.0 for part in counted)
    said = {
        "sum": f"The sum of the points that counted: {score.score:,.10g}.",
        "lowest": f"The lowest score that counted: {lowest:.2f}.",
        "ladder": f"A ladder: the lowest score that counted is {lowest:.2f}, its whole level {score.score:g}.",
    }
    mean = f"Weights times scores make {whole:.2f}; divided by all weights, {weights:g}, that is {score.score:.2f}."
    return said.get(score.rule, mean)
