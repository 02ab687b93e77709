"""Review: sent answers beside their evidence, and what a reviewer leaves there. The answers themselves never change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.assessment.answers import Answer, Tally
from maturity.assessment.departments import Department
from maturity.assessment.evidence import fresh_coverage
from maturity.assessment.marks import Evidence, Mark, evidence_beside, marks_of
from maturity.assessment.scores import Place, RoundScores, Score
from maturity.assessment.values import value_of
from maturity.framework.model import Framework, Question, Topic
from maturity.operations.errors import Refused
from maturity.operations.evidence_ages import newest_of
from maturity.operations.rounds import Round
from maturity.operations.scores import planning_scores
from maturity.operations.workspace import Workspace
from maturity.storage import decided as stored_decided
from maturity.storage import people as stored_people
from maturity.storage import review as stored
from maturity.storage.review import Flag
from maturity.storage.rows import EvidenceFile, StoredDecision

_ID = re.compile(r"[0-9a-f-]{36}")
_NUMBERED = re.compile(r"Respondent \d+")
__all__ = ["DepartmentReview", "EvidenceFile", "Flag", "ReviewedAnswer", "ReviewedQuestion", "StoredDecision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedAnswer:
    """One sent answer. `who` is a name in a named round, else "Respondent 2", and the role is not told."""

    respondent: UUID
    who: str
    role_family: str | None
    answer: Answer
    made_at: datetime
    evidence: Evidence
    files: tuple[EvidenceFile, ...]
    flag: Flag | None

    @property
    def changed_since_flag(self) -> bool:
        """Whether the answer was made anew after its evidence was flagged."""
        return self.flag is not None and self.made_at > self.flag.flagged_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedQuestion:
    """A question of the department, the `number`th: its value with where that is from, `own` from the answers alone (on
    the scale of the score), its sent answers, and what was decided on it."""

    number: int
    topic: Topic
    question: Question
    score: Score
    own: float | None
    answers: tuple[ReviewedAnswer, ...]
    review: StoredDecision | None
    consensus: StoredDecision | None
    marks: frozenset[Mark]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentReview:
    """A department's questions in the framework's order. `coverage` and `fresh` are shares 0..1, None: nothing applies;
    `names` are those of people by id."""

    department: Department
    questions: tuple[ReviewedQuestion, ...]
    coverage: float | None
    fresh: float | None
    names: Mapping[str, str]

    def name_of(self, person: str) -> str:
        """Who flagged or decided something, by name where the store still knows one."""
        known = {"local-administrator": "Local administrator", "command-line": "Command line", **self.names}
        return known.get(person) or (person.removeprefix("demo: ") if not _ID.fullmatch(person) else "Somebody")

    @property
    def respondents(self) -> dict[UUID, str]:
        """Who has sent answers."""
        return {each.respondent: each.who for question in self.questions for each in question.answers}


def review_scope(round_: Round) -> str:
    """The revision scope that rises with all that reviewers leave in a round, flags too."""
    return f"review:{round_.id}"


def reviewable_departments(visitor: Visitor, round_: Round) -> tuple[Department, ...]:
    """The departments of the round that the visitor may review, in the organisation's order."""
    return tuple(d for d in round_.departments if may(visitor, "review", d.code, round_.organisation_id))


def department_review(workspace: Workspace, visitor: Visitor, round_: Round, department: str) -> DepartmentReview:
    """Everything that a reviewer looks at in one department. Drafts are not in it."""
    require(visitor, "review", department, organisation=round_.organisation_id)
    of = next((each for each in round_.departments if each.code == department), None)
    if of is None:
        raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
    scores, today = planning_scores(workspace, round_), workspace.clock().date()
    with workspace.store.reading() as tx:
        sent = stored.sent_answers(tx, round_.id, department)
        decided = [each for each in stored_decided.decisions(tx, round_.id) if each.department == department]
        people = {str(each.id): each.name for each in stored_people.people(tx)}
    answers: dict[str, list[ReviewedAnswer]] = {}
    names = _names(round_, sent)
    for each in sorted(sent, key=lambda one: _in_order(names[one.respondent])):
        reviewed = _reviewed(round_, each, names[each.respondent], today)
        answers.setdefault(each.answer.question, []).append(reviewed)
    values: dict[tuple[str, str], StoredDecision] = {(each.question, each.source): each for each in decided}
    place = Place(department)
    newest, months = newest_of(workspace, round_), round_.terms.evidence_months
    fresh = fresh_coverage(round_.framework, scores, newest, months, today)
    return DepartmentReview(
        department=of,
        questions=tuple(_questions(round_, scores, department, answers, values)),
        coverage=scores.scores[place].coverage,
        fresh=fresh[place],
        names=people,
    )


def _names(round_: Round, sent: Sequence[stored.SentAnswer]) -> dict[UUID, str]:
    """What respondents are called: by name in a named round, else by the number that they were given, or get here."""
    if round_.terms.anonymity == "named" or all(_NUMBERED.fullmatch(each.label) for each in sent):
        return {each.respondent: each.label for each in sent}
    return {each.respondent: f"Respondent {each.number}" for each in sent}


def _in_order(who: str) -> tuple[int, str]:
    """Respondent 2 before Respondent 10; names by alphabet."""
    return (int(who.rpartition(" ")[2]) if _NUMBERED.fullmatch(who) else 0, who)


def _reviewed(round_: Round, sent: stored.SentAnswer, who: str, today: date) -> ReviewedAnswer:
    day = sent.made_at.astimezone(UTC).date()
    months = round_.terms.evidence_months
    return ReviewedAnswer(
        respondent=sent.respondent,
        who=who,
        role_family=sent.role_family if round_.terms.anonymity == "named" else None,
        answer=sent.answer,
        made_at=sent.made_at,
        evidence=evidence_beside(sent.answer, day, len(sent.files), months, today, flagged=sent.flag is not None),
        files=sent.files,
        flag=sent.flag,
    )


def _questions(
    round_: Round,
    scores: RoundScores,
    department: str,
    answers: dict[str, list[ReviewedAnswer]],
    values: Mapping[tuple[str, str], StoredDecision],
) -> Sequence[ReviewedQuestion]:
    found: list[ReviewedQuestion] = []
    for dimension, topic, question in round_.framework.walk():
        score = scores.scores.get(Place(department, dimension.id, topic.id, question.id))
        if score is None or (score.state == "not_applicable" and question.id not in answers):
            continue
        beside = tuple(answers.get(question.id, ()))
        review, consensus = values.get((question.id, "review")), values.get((question.id, "consensus"))
        found.append(
            ReviewedQuestion(
                number=len(found) + 1,
                topic=topic,
                question=question,
                score=score,
                own=_own(round_.framework, question, [each.answer for each in beside]),
                answers=beside,
                review=review,
                consensus=consensus,
                marks=marks_of(
                    round_.framework, score, [each.evidence for each in beside], reviewed=review is not None
                ),
            )
        )
    return found


def _own(framework: Framework, question: Question, given: Sequence[Answer]) -> float | None:
    """What the answers say by themselves: their median."""
    return value_of(
        framework, question, [Tally("", question.id, a.state, 1, a.level, a.points) for a in given], {}
    ).score
