"""What the same person answered in the round before, or else what the department's value was then.

Pages show it only beside an answer that is given already: it must not lead anybody to repeat it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.access.roles import Visitor
from maturity.assessment.answers import Answer
from maturity.operations.early_sight import for_all
from maturity.operations.own import require_own
from maturity.operations.rounds import Round, rounds
from maturity.operations.scores import FEWEST, planning_scores
from maturity.operations.workspace import Workspace
from maturity.storage import answers as stored
from maturity.storage import respondents as people
from maturity.storage.rows import Respondent


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The round before, with one's own answers by question id, and for the rest the department's values on the scale
    (None is not in it)."""

    round: str
    own: Mapping[str, Answer]
    department: Mapping[str, float]


def last_time(workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent) -> LastTime | None:
    """The latest closed round before this one on the same framework in which anything was said; None without any."""
    with workspace.store.reading() as tx:
        held = require_own(tx, visitor, respondent.id, round_)
    before = _rounds_before(workspace, visitor, round_)
    if not before:
        return None
    earlier = before[-1]
    with workspace.store.reading() as tx:
        same = [r for r in people.respondents_as(tx, earlier.id, visitor.person) if r.department == held.department]
        sent = next((each for each in same if each.status == "submitted"), None)
        own = {code: each.answer for code, each in stored.answers_of(tx, sent.id).items()} if sent else {}
    fitting = {code: answer for code, answer in own.items() if _fits(round_, earlier, code)}
    values = _department_values(workspace, round_, earlier, held.department)
    return LastTime(round=earlier.name, own=fitting, department=values)


def _rounds_before(workspace: Workspace, visitor: Visitor, round_: Round) -> list[Round]:
    before: list[Round] = []
    for each in rounds(workspace, visitor, round_.organisation):
        if each.id == round_.id:
            return before
        if each.framework.id == round_.framework.id and each.status in ("closed", "signed_off"):
            before.append(each)
    return before


def _fits(now: Round, then: Round, code: str) -> bool:
    """Whether the question is still the same in the present version of the framework, on the same scale."""
    old, new = then.framework.questions.get(code), now.framework.questions.get(code)
    same = old is not None and new is not None and (old.kind, old.text) == (new.kind, new.text)
    return same and now.framework.top_level == then.framework.top_level


def _department_values(workspace: Workspace, now: Round, then: Round, department: str) -> dict[str, float]:
    """The department's values by question, from the day that they are for all to see. Where people answered under a
    number or nobody knew who they were, only those that five made or that were decided, since a colleague's single
    answer could be recognised."""
    if department not in then.names or not for_all(then.status, then.closes_on, then.terms, workspace.clock().date()):
        return {}
    found: dict[str, float] = {}
    for place, score in planning_scores(workspace, then).scores.items():
        if place.department == department and place.question and score.score is not None:
            open_to_all = then.terms.anonymity == "named" or score.respondents >= FEWEST
            decided = score.value_from in ("consensus", "review")
            if (open_to_all or decided) and _fits(now, then, place.question):
                found[place.question] = score.score
    return found
