"""A framework of some of its topics: what is left, what falls away, and what becomes of questions in between."""

from __future__ import annotations

from maturity.framework.model import VisibleIf
from maturity.framework.narrow import narrowed
from tests.assessment.small import framework


def test_no_topics_and_all_topics_are_the_framework_itself():
    whole = framework()
    assert narrowed(whole, ()) is whole
    assert narrowed(whole, ("c", "a", "b")) is whole


def test_topics_left_out_take_their_questions_and_empty_dimensions_with_them():
    whole = framework()
    assert len(whole.questions) == 4  # worked out before it is narrowed: nothing of that may stay
    part = narrowed(whole, ("b",))
    assert (part.id, part.version) == (whole.id, whole.version)
    assert [each.id for each in part.dimensions] == ["d1"]
    assert (list(part.topics), list(part.questions)) == (["b"], ["b1"])
    assert part.dimension_of["b"].id == "d1" and part.topic_of["b1"].id == "b"
    assert len(whole.questions) == 4


def test_a_question_that_waits_for_one_that_is_not_asked_is_asked_of_everybody():
    whole = framework()
    waiting = whole.dimensions[1].topics[0].questions[0].model_copy(update={"visible_if": VisibleIf(question="a1")})
    topic = whole.dimensions[1].topics[0].model_copy(update={"questions": (waiting,)})
    dimension = whole.dimensions[1].model_copy(update={"topics": (topic,)})
    whole = framework(dimensions=(whole.dimensions[0], dimension))
    assert narrowed(whole, ("c",)).questions["c1"].visible_if is None
    kept = narrowed(whole, ("a", "c")).questions["c1"].visible_if
    assert kept is not None and kept.question == "a1"
