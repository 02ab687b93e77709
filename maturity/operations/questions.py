"""Which questions a respondent is asked."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.assessment.answers import Answer
from maturity.framework.model import Question
from maturity.operations.rounds import Round


def questions_for(
    round_: Round, department: str, answers: Mapping[str, Answer], role_family: str | None = None
) -> dict[str, list[Question]]:
    """The questions that a respondent is asked, by topic: the round's topics and track, the department's tags, the
    role family (None is asked whatever any role is asked) and earlier answers decide."""
    tags, topics = _tags(round_, department), round_.terms.topics
    asked: dict[str, list[Question]] = {}
    for _, topic, question in round_.framework.walk():
        if (not topics or topic.id in topics) and _is_for(round_, question, tags, answers, role_family):
            asked.setdefault(topic.id, []).append(question)
    return asked


def is_asked(
    round_: Round, department: str, question: str, answers: Mapping[str, Answer], role_family: str | None = None
) -> bool:
    """Whether this one question is put to this respondent, by the same rules."""
    meant, topics = round_.framework.questions.get(question), round_.terms.topics
    if meant is None or (topics and round_.framework.topic_of[question].id not in topics):
        return False
    return _is_for(round_, meant, _tags(round_, department), answers, role_family)


def _tags(round_: Round, department: str) -> frozenset[str]:
    return next((d.tags for d in round_.departments if d.code == department), frozenset())


def _is_for(
    round_: Round, question: Question, tags: frozenset[str], answers: Mapping[str, Answer], role_family: str | None
) -> bool:
    meant = question.applies_to
    fits = not meant.departments or bool(tags.intersection(meant.departments))
    fits = fits and (not meant.roles or role_family is None or role_family in meant.roles)
    return fits and (round_.track == "full" or question.short_track) and _is_visible(question, answers)


def _is_visible(question: Question, answers: Mapping[str, Answer]) -> bool:
    rule = question.visible_if
    if rule is None:
        return True
    before = answers.get(rule.question)
    if before is None:
        return False
    if rule.option is not None:
        return before.option == rule.option
    return rule.at_least is None or (before.level or 0) >= rule.at_least
