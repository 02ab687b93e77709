"""Answers of a round as they may be given out: by question and department, in groups that show nobody.

What does not leave is counted by reason in a file of its own; free texts, names and evidence are never in it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.answer_file import harmless
from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.values import group_tallies, value_of
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round, find_round, rounds
from maturity.operations.setup import the_organisation
from maturity.operations.visibility import class_of_question
from maturity.operations.workspace import Workspace
from maturity.roadmap.edition_drafts import FEWEST
from maturity.storage.decided import decided_values
from maturity.storage.tallies import tallies

__all__ = ["Releasable", "releasable_rounds", "released_answers", "what_is_released"]
CLOSED = ("closed", "signed_off")
COLUMNS = (
    "question_id", "question", "topic", "department", "visibility", "value", "value_from", "answers", "dont_know",
    "not_applicable", "distribution",
)  # fmt: skip
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Every member of the zip bears this day, so that the same answers make the same bytes."""
ABOUT = """What this is
answers.csv: one row for each question and department of the round, only of questions that may be given out.
value is the department's level, or points: as it was agreed by consensus, as a reviewer set it, or else the median of
at least {few} answers. A median of fewer is not given: it could show what one person answered.
distribution says how many chose each level, as level:count, and is given from {few} answers on.
withheld.csv: how many of what was held back, by reason.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Releasable:
    """How many rows of a round may be given out, and how many of what is held back, by (part, reason)."""

    rows: int
    withheld: Mapping[tuple[str, str], int]


def releasable_rounds(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[str, ...]:
    """The names of the rounds whose answers can be given out, the newest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    return tuple(each.name for each in reversed(rounds(workspace, visitor, mine.name)) if each.status in CLOSED)


def what_is_released(
    workspace: Workspace, visitor: Visitor, round_name: str = "latest", organisation: str | None = None
) -> Releasable:
    """What `released_answers` would give out of a round, in numbers."""
    _, rows, withheld = _released(workspace, visitor, round_name, organisation)
    return Releasable(rows=len(rows), withheld=withheld)


def released_answers(
    workspace: Workspace, visitor: Visitor, round_name: str = "latest", organisation: str | None = None
) -> bytes:
    """A zip with answers.csv, withheld.csv and README.txt of a round that takes no more answers."""
    round_, rows, withheld = _released(workspace, visitor, round_name, organisation)
    reasons = [(part, reason, str(count)) for (part, reason), count in withheld.items()]
    files = {
        "answers.csv": _csv(COLUMNS, rows),
        "withheld.csv": _csv(("part", "reason", "count"), reasons),
        "README.txt": f"{round_.organisation}, round {round_.name}\n\n{ABOUT.format(few=FEWEST)}",
    }
    return _zip(files)


def _released(
    workspace: Workspace, visitor: Visitor, round_name: str, organisation: str | None
) -> tuple[Round, list[Sequence[str]], dict[tuple[str, str], int]]:
    round_ = find_round(workspace, visitor, round_name, organisation)
    require(visitor, "publish", organisation=round_.organisation_id)
    if round_.status not in CLOSED:
        raise Refused(f"the round {round_.name!r} still takes answers; close it before its answers are given out")
    with workspace.store.reading() as tx:
        classes = class_of_question(tx, round_.organisation_id, round_.framework)
        counted, decided = tallies(tx, round_.id), decided_values(tx, round_.id)
    withheld = Counter(("questions", each.reason) for each in classes.values() if each.level == "withheld")
    open_ = {code: each.level for code, each in classes.items() if each.level != "withheld"}
    rows = list(_rows(round_, counted, decided, open_, withheld))
    return round_, rows, dict(sorted(withheld.items()))


def _rows(
    round_: Round, counted: Iterable[Tally], decided: Iterable[DecidedValue], open_: Mapping[str, str],
    withheld: Counter[tuple[str, str]],
) -> Iterable[Sequence[str]]:  # fmt: skip
    grouped = group_tallies(counted)
    chosen: dict[tuple[str, str], dict[str, DecidedValue]] = {}
    for each in decided:
        chosen.setdefault((each.department, each.question), {})[each.source] = each
    for _, topic, question in round_.framework.walk():
        for department in round_.departments if question.id in open_ else ():
            place = (department.code, question.id)
            given = grouped.get(place, [])
            if not given and place not in chosen:
                continue
            value = value_of(round_.framework, question, given, chosen.get(place, {}))
            enough = _known(given) >= FEWEST
            if given and not enough:
                withheld["answers", "few"] += 1
            shown = value.value_from in ("consensus", "review") or enough
            points = f"{value.points:g}" if shown and value.points is not None else ""
            yield (
                question.id, question.text, topic.name, department.name, open_[question.id],
                points, value.value_from or "" if shown else "",
                *(_counts(given) if enough else ("", "", "", "")),
            )  # fmt: skip


def _known(given: Iterable[Tally]) -> int:
    return sum(each.count for each in given if each.state not in ("dont_know", "not_applicable"))


def _counts(given: Sequence[Tally]) -> tuple[str, str, str, str]:
    def of(state: str) -> str:
        return str(sum(each.count for each in given if each.state == state))

    levels: Counter[int] = Counter()
    for each in given:
        if each.level is not None:
            levels[each.level] += each.count
    spread = " ".join(f"{level}:{count}" for level, count in sorted(levels.items()))
    return str(sum(each.count for each in given)), of("dont_know"), of("not_applicable"), spread


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(columns)
    sheet.writerows([harmless(each) for each in row] for row in rows)
    return out.getvalue()


def _zip(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(zipfile.ZipInfo(name, FIRST_DAY), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
