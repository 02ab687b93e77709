"""The actions of a report as rows: the copies that departments have of one action are one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from maturity.publishing.report_facts import ActionFact, ReportFacts
from maturity.roadmap.status import Status, joint_status
from maturity.words.board_pack_sentences import in_departments, status_said


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """A row: earliest start to latest finish, mean per cent done (0-100), one status for all copies; `requires` are
    the codes of other rows, `departments` how many copies there are (0: the whole organisation)."""

    code: str
    title: str
    phase: int
    start: date
    finish: date
    percent_done: float
    status: Status
    said: str
    owner: str
    departments: int
    critical: bool
    requires: tuple[str, ...]
    copies: tuple[ActionFact, ...]

    @property
    def late(self) -> int:
        """Days that the latest copy is late, 0 for none."""
        return max(each.days_late for each in self.copies)

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses of the copies."""
        return tuple(each.status for each in self.copies)

    @property
    def is_done(self) -> bool:
        """Whether every copy is done."""
        return set(self.statuses) == {"done"}


def family(code: str) -> str:
    """The code that all copies of an action share: "A04" of "A04/housing"."""
    return code.split("/", 1)[0]


def folded(facts: ReportFacts) -> tuple[ActionRow, ...]:
    """All rows, by phase and start."""
    ordered = sorted(facts.actions, key=lambda each: (family(each.code), each.start, each.code))
    groups = [tuple(copies) for _, copies in groupby(ordered, key=lambda each: family(each.code))]
    names = {each.id: each.name for each in facts.departments}
    rows = [_row(copies, names) for copies in groups]
    return tuple(sorted(rows, key=lambda row: (row.phase, row.start, row.finish, row.code)))


def _row(copies: Sequence[ActionFact], names: dict[str, str]) -> ActionRow:
    first = copies[0]
    departments = len([each for each in copies if each.department])
    state = joint_status(Status(code=each.status, days_late=each.days_late) for each in copies)
    owners = {each.owner for each in copies}
    place = "" if not departments else names.get(str(first.department), "") if departments == 1 else ""
    return ActionRow(
        code=family(first.code),
        title=f"{first.title}{in_departments(departments, place)}",
        phase=min(each.phase for each in copies),
        start=min(each.start for each in copies),
        finish=max(each.finish for each in copies),
        percent_done=sum(each.percent_done for each in copies) / len(copies),
        status=state,
        said=first.status_words if len(copies) == 1 else status_said([each.status for each in copies], state.days_late),
        owner=first.owner if len(owners) == 1 else f"{len(owners)} owners",
        departments=departments,
        critical=any(each.critical for each in copies),
        requires=tuple(sorted({family(code) for each in copies for code in each.requires} - {family(first.code)})),
        copies=tuple(copies),
    )
