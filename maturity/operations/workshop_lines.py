"""The lines of a workshop's agenda: what can stand there, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from maturity.assessment.workshop import Matter, Workshop
from maturity.framework.examples import fitting_examples
from maturity.framework.model import Framework
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.storage.engine import new_id

MOST_MATTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One line that is wanted on an agenda: a question of a department, or an example of the warm-up, and why."""

    department: str | None = None
    question: str | None = None
    example: str | None = None
    why: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        """What makes two lines the same."""
        return self.department, self.question, self.example


def votable(framework: Framework, *, short_track: bool = False) -> tuple[str, ...]:
    """The questions that a room can vote on: answered by a level, and asked on this track."""
    return tuple(q.id for _, _, q in framework.walk() if q.by_level and q.scored and (q.short_track or not short_track))


def as_matters(round_: Round, workshop: Workshop, lines: Sequence[AgendaLine], now: datetime) -> list[Matter]:
    """The lines as matters, refused where one cannot stand on this workshop's agenda."""
    if len(lines) > MOST_MATTERS:
        raise Refused(f"an agenda has at most {MOST_MATTERS} lines, not {len(lines)}; hold two workshops")
    possible, seen = votable(round_.framework, short_track=round_.track == "short"), set()
    for line in lines:
        if line.key in seen:
            raise Refused(f"{line.question or line.example!r} stands twice on the agenda; take one of them off")
        seen.add(line.key)
        if line.example is None:
            _check_line(round_, workshop, line, possible)
        else:
            _check_example(round_, line)
    return [
        Matter(
            id=new_id(now),
            place=place,
            department=line.department,
            question=line.question,
            example=line.example,
            why=line.why,
        )
        for place, line in enumerate(lines)
    ]


def _check_line(round_: Round, workshop: Workshop, line: AgendaLine, possible: Sequence[str]) -> None:
    if line.question not in possible:
        raise Refused(f"{line.question!r} is no question of {round_.name!r} that is answered by a level; leave it out")
    if line.department not in round_.names:
        raise Refused(f"the department {line.department!r} does not take part in the round {round_.name!r}")
    if workshop.department not in (None, line.department):
        raise Refused(f"this workshop is about {workshop.department!r}; {line.department!r} needs one of its own")


def _check_example(round_: Round, line: AgendaLine) -> None:
    known = [example.id for example in fitting_examples(round_.framework)]
    if line.example not in known:
        there = f"there are {', '.join(known)}" if known else "it has none, so begin with the first question"
        raise Refused(f"{line.example!r} is no worked example for what {round_.name!r} asks; {there}")
    if line.question is not None or line.department is not None:
        raise Refused(f"the worked example {line.example!r} is about no department and no question of the round")
