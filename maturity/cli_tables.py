"""What the command line prints: the same rows as a table for people, as CSV and as JSON for scripts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maturity.assessment.answer_file import harmless
from maturity.assessment.scores import Kind, RoundScores, Score
from maturity.operations.replies import Reply
from maturity.planning.gaps import Gaps
from maturity.planning.plan import Plan
from maturity.words.plan_sentences import sentence

FORMATS = ("table", "csv", "json")
KINDS: tuple[Kind, ...] = ("question", "topic", "dimension", "department", "organisation")
SCORE_COLUMNS = (
    *("department", "dimension", "topic", "question"),
    *("score", "points", "max_points", "coverage", "respondents", "value_from"),
)
REPLY_COLUMNS = ("department", "said_at", "reply")
GAP_COLUMNS = (
    *("department", "topic", "score", "reached", "target", "due", "gap", "importance", "priority"),
    *("person_days", "per_person_day", "reason"),
)
PLAN_COLUMNS = ("phase", "id", "title", "department", "owner", "start", "finish", "person_days", "cost", "requires")


def scores(found: Sequence[tuple[str | None, RoundScores]], by: Kind, form: str, *, with_organisation: bool) -> str:
    """One row per place, ids in the first four columns, empty above the asked level."""
    columns = (("organisation",) if with_organisation else ()) + SCORE_COLUMNS
    rows = [
        ((name,) if with_organisation else ()) + _score_row(score) for name, every in found for score in every.by(by)
    ]
    return printed(columns, rows, form)


def replies(found: Sequence[tuple[str | None, Sequence[Reply]]], form: str, *, with_organisation: bool) -> str:
    """One row per reply, in the organisation's order of departments."""
    columns = (("organisation",) if with_organisation else ()) + REPLY_COLUMNS
    rows = [
        ((name,) if with_organisation else ()) + (each.department, each.said_at, _said(each.reply, form))
        for name, every in found
        for each in every
    ]
    return printed(columns, rows, form)


def _said(text: str, form: str) -> str:
    """A person's text: as it is in JSON, on one line in a table, and in CSV so that no spreadsheet computes it."""
    return harmless(text) if form == "csv" else text if form == "json" else " ".join(text.split())


def _score_row(score: Score) -> tuple[Any, ...]:
    numbers = (score.score, score.points, score.max_points, score.coverage)
    return (*score.place, *map(_whole, numbers), score.respondents, score.value_from)


def _whole(number: float | None) -> float | int | None:
    """A whole number without ".0", so that points compare as texts too."""
    return int(number) if number is not None and number == int(number) else number


def gaps(found: Gaps, form: str) -> str:
    """Gaps by priority, then the places where none can be said, with the reason."""
    rows = [tuple(getattr(gap, name, None) for name in GAP_COLUMNS) for gap in found.found]
    rows += [tuple(getattr(gap, name, None) for name in GAP_COLUMNS) for gap in found.apart]
    return printed(GAP_COLUMNS, rows, form)


def plan(made: Plan, form: str, names: Mapping[str, str]) -> str:
    """The plan document as JSON, or its actions as rows. `names` fills the sentences of why and reason."""
    if form == "json":
        return json.dumps(_document(made, names), indent=2, ensure_ascii=False)
    rows = [
        (
            *(action.phase, action.id, action.title, action.department, action.owner, action.start, action.finish),
            *(round(sum(action.effort.values()), 1), action.cost, " ".join(action.requires)),
        )
        for action in made.actions
    ]
    text = printed(PLAN_COLUMNS, rows, form)
    if form == "csv" or made.actions:
        return text
    reasons = dict.fromkeys(sentence(each.reason, names) for each in made.not_planned)
    return "\n".join(["No actions.", *reasons])


def _document(made: Plan, names: Mapping[str, str]) -> dict[str, Any]:
    """The plan with its reasons as sentences for people, and beside them as codes with their values for programs."""
    document = made.as_document()
    for action, written in zip(made.actions, document["actions"], strict=True):
        written["reasons"] = written["why"]
        written["why"] = " ".join(sentence(reason, names) for reason in action.why)
    for left, written in zip(made.not_planned, document["not_planned"], strict=True):
        written["reason_code"] = left.reason.code
        written["reason"] = sentence(left.reason, names)
    return document


def printed(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> str:
    """Rows under their columns in one of FORMATS."""
    plain = [[_text(cell) for cell in row] for row in rows]
    if form == "table":
        return table(columns, plain)
    if form == "json":
        return json.dumps([dict(zip(columns, row, strict=True)) for row in plain], indent=2, ensure_ascii=False)
    out = io.StringIO(newline="")
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(columns)
    sheet.writerows([_unarmed(cell) for cell in row] for row in plain)
    return out.getvalue().rstrip("\n")


def _unarmed(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _text(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns as wide as their longest text, numbers to two places."""
    shown = [[_short(cell) for cell in row] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in shown)]) for i, name in enumerate(columns)]
    lines = ["  ".join(name.ljust(width) for name, width in zip(columns, widths, strict=True)).rstrip()]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]
    return "\n".join(lines)


def _short(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
