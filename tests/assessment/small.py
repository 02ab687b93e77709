"""A framework of four questions whose scores can be worked out by hand."""

from __future__ import annotations

from typing import Any

from maturity.assessment.answers import Tally
from maturity.assessment.departments import Department
from maturity.framework.model import Framework

LEVELS = [{"level": n, "name": name} for n, name in enumerate(("One", "Two", "Three", "Four", "Five"), start=1)]
FIVE = ["first", "second", "third", "fourth", "fifth"]


def framework(**changes: Any) -> Framework:
    """Dimension d1 with topics a (a1 weight 1, a2 weight 3) and b (b1), dimension d2 with topic c (c1)."""
    body: dict[str, Any] = {
        "id": "small",
        "version": "1",
        "name": "Small",
        "licence": "none",
        "source": "test",
        "levels": LEVELS,
        "dimensions": [
            {
                "id": "d1",
                "name": "D1",
                "topics": [
                    {
                        "id": "a",
                        "name": "A",
                        "questions": [
                            {"id": "a1", "text": "A1?", "descriptors": FIVE, "short_track": True},
                            {"id": "a2", "text": "A2?", "descriptors": FIVE, "weight": 3},
                        ],
                    },
                    {"id": "b", "name": "B", "questions": [{"id": "b1", "text": "B1?", "descriptors": FIVE}]},
                ],
            },
            {
                "id": "d2",
                "name": "D2",
                "topics": [{"id": "c", "name": "C", "questions": [{"id": "c1", "text": "C1?", "descriptors": FIVE}]}],
            },
        ],
    }
    return Framework.model_validate({**body, **changes})


def level(question: str, value: int, count: int = 1, department: str = "x") -> Tally:
    """`count` answers of one level."""
    return Tally(department=department, question=question, state="level", level=value, count=count)


def said(question: str, state: Any, count: int = 1, department: str = "x") -> Tally:
    """`count` answers that are no level."""
    return Tally(department=department, question=question, state=state, count=count)


X = Department(code="x", name="X")
Y = Department(code="y", name="Y", staff=30)
