"""A framework made from a table (CSV): one row per question, with its dimension, indicator and maximum points.

Such a table lists no options: any answer is a label, and its points come with it, 0 to the maximum.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from maturity.framework.model import Dimension, Framework, FrameworkError, Question, Topic

NEEDED = ("question_id", "dimension_id", "indicator_id", "max_points")
MOST_ROWS = 5_000


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with lower-case column names; commas or semicolons, with or without a byte-order mark."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FrameworkError(f"{path}: cannot be read ({error.strerror}); check the name and the rights") from None
    except UnicodeDecodeError as error:
        raise FrameworkError(f"{path.name}, byte {error.start}: not UTF-8; save the table as CSV UTF-8") from None
    head = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    columns = [name.strip().lower() for name in next(rows, [])]
    return [dict(zip(columns, (cell.strip() for cell in row), strict=False)) for row in rows if any(row)]


def load_table(path: Path, *, code: str) -> Framework:
    """The points framework that a table describes; `FrameworkError` names the row that is wrong."""
    rows = read_table(path)
    missing = [name for name in NEEDED if not rows or name not in rows[0]]
    if missing:
        raise FrameworkError(f"{path.name}, line 1: the columns {', '.join(missing)} are missing; add them")
    if len(rows) > MOST_ROWS:
        raise FrameworkError(f"{path.name}: more than {MOST_ROWS} questions; split the framework")
    dimensions: dict[str, tuple[str, dict[str, tuple[str, list[Question]]]]] = {}
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        question = _question(path, line, row, seen)
        named: tuple[str, dict[str, tuple[str, list[Question]]]] = (row.get("dimension") or row["dimension_id"], {})
        topics = dimensions.setdefault(row["dimension_id"], named)[1]
        topics.setdefault(row["indicator_id"], (row.get("indicator") or row["indicator_id"], []))[1].append(question)
    return _framework(path, code, dimensions)


def _question(path: Path, line: int, row: Mapping[str, str], seen: set[str]) -> Question:
    code = row["question_id"]
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", code):
        raise FrameworkError(f"{path.name}, line {line}: the question id {code!r} needs letters, digits, . _ or -")
    if code in seen:
        raise FrameworkError(f"{path.name}, line {line}: the question id {code!r} stands twice")
    seen.add(code)
    most = row["max_points"].replace(",", ".")
    try:
        points = float(most) if most else None
    except ValueError:
        raise FrameworkError(f"{path.name}, line {line}: maximum points {most!r} is not a number") from None
    if points is not None and not 0 <= points < 1e9:
        raise FrameworkError(f"{path.name}, line {line}: maximum points must be 0 or more, not {most}")
    return Question(id=code, text=row.get("question") or f"Question {code}", max_points=points)


def _framework(
    path: Path, code: str, dimensions: Mapping[str, tuple[str, Mapping[str, tuple[str, list[Question]]]]]
) -> Framework:
    try:
        return Framework(
            id=code,
            version="1",
            name=code,
            licence="not stated",
            source=f"made from the table {path.name}",
            scoring="sum",
            least_coverage=0,
            dimensions=tuple(
                Dimension(
                    id=dimension_id,
                    name=name,
                    topics=tuple(
                        Topic(id=topic_id, name=topic_name, questions=tuple(questions))
                        for topic_id, (topic_name, questions) in topics.items()
                    ),
                )
                for dimension_id, (name, topics) in dimensions.items()
            ),
        )
    except ValueError as error:
        raise FrameworkError(f"{path.name}: {str(error).splitlines()[-1].strip()}") from None
