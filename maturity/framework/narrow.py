"""A framework of some of its topics only: what a round asks that does not ask everything."""

from __future__ import annotations

from collections.abc import Collection

from maturity.framework.model import Dimension, Framework, Question, Topic


def narrowed(framework: Framework, topics: Collection[str]) -> Framework:
    """The same version with these topics only (ids); no topics named means all of them.

    A dimension without any of them falls away. A question that is shown only after an answer to a question which is
    not asked any more is asked of everybody: nobody could ever make it appear."""
    wanted = set(topics)
    if not wanted or wanted >= set(framework.topics):
        return framework
    asked = {question.id for _, topic, question in framework.walk() if topic.id in wanted}
    dimensions = tuple(
        _with(dimension, topics=kept)
        for dimension in framework.dimensions
        if (kept := tuple(_freed(topic, asked) for topic in dimension.topics if topic.id in wanted))
    )
    # Made anew and not copied: a copy would keep what the whole framework has worked out about its questions.
    fields = {name: getattr(framework, name) for name in Framework.model_fields}
    return Framework(**{**fields, "dimensions": dimensions})


def _with(dimension: Dimension, *, topics: tuple[Topic, ...]) -> Dimension:
    return dimension.model_copy(update={"topics": topics})


def _freed(topic: Topic, asked: Collection[str]) -> Topic:
    return topic.model_copy(update={"questions": tuple(_shown(each, asked) for each in topic.questions)})


def _shown(question: Question, asked: Collection[str]) -> Question:
    rule = question.visible_if
    return question if rule is None or rule.question in asked else question.model_copy(update={"visible_if": None})
