"""The seal of a round changes with everything that made its scores, whatever the order of the rows."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.seal import Sealed, seal

ids = st.sampled_from(["r1", "r2", "r3"])
departments = st.sampled_from(["parks", "roads"])
questions = st.sampled_from(["q1", "q2", "q3"])
levels = st.one_of(st.none(), st.integers(1, 5))
points = st.one_of(st.none(), st.floats(0, 100, allow_nan=False))
answer = st.tuples(
    ids, departments, questions, st.sampled_from(["level", "dont_know"]), levels, st.sampled_from([None, "y"]), points
)
decision = st.tuples(departments, questions, st.sampled_from(["consensus", "review"]), levels, points)


def unique(rows: list[Any], width: int) -> list[Any]:
    return list({row[:width]: row for row in rows}.values())


@st.composite
def rounds(draw: Any) -> Sealed:
    return Sealed(
        framework=draw(st.sampled_from(["f" * 64, "e" * 64])),
        track=draw(st.sampled_from(["full", "short"])),
        topics=draw(st.sampled_from([(), ("a",), ("a", "b")])),
        weights=draw(st.dictionaries(departments, st.floats(0, 500, allow_nan=False), min_size=1)),
        answers=unique(draw(st.lists(answer, min_size=1, max_size=8)), 3),
        decided=unique(draw(st.lists(decision, min_size=1, max_size=4)), 3),
    )


@given(rounds(), st.randoms())
def test_the_order_of_rows_does_not_matter(sealed: Sealed, chance: random.Random) -> None:
    answers, decided = list(sealed.answers), list(sealed.decided)
    chance.shuffle(answers)
    chance.shuffle(decided)
    weights = dict(reversed(sealed.weights.items()))
    assert seal(replace(sealed, answers=answers, decided=decided, weights=weights)) == seal(sealed)


@given(rounds(), rounds())
def test_two_rounds_bear_one_seal_only_where_all_that_made_their_scores_is_the_same(one: Sealed, two: Sealed) -> None:
    def content(sealed: Sealed) -> tuple[object, ...]:
        rows = (frozenset(map(tuple, sealed.answers)), frozenset(map(tuple, sealed.decided)))
        return (sealed.framework, sealed.track, tuple(sealed.topics), dict(sealed.weights), *rows)

    assert (seal(one) == seal(two)) is (content(one) == content(two))


@given(rounds(), st.data())
def test_any_one_change_breaks_it(sealed: Sealed, data: st.DataObject) -> None:
    before = seal(sealed)
    place = data.draw(st.integers(0, len(sealed.answers) - 1))
    row = list(sealed.answers[place])
    cell = data.draw(st.integers(0, len(row) - 1))
    row[cell] = f"{row[cell]} changed"
    changed = [*sealed.answers[:place], row, *sealed.answers[place + 1 :]]
    assert seal(replace(sealed, answers=changed)) != before
    assert seal(replace(sealed, answers=[*sealed.answers[:place], *sealed.answers[place + 1 :]])) != before
    row = list(sealed.decided[0])
    cell = data.draw(st.integers(0, len(row) - 1))
    row[cell] = f"{row[cell]} changed"
    assert seal(replace(sealed, decided=[row, *sealed.decided[1:]])) != before
    code = data.draw(st.sampled_from(sorted(sealed.weights)))
    assert seal(replace(sealed, weights={**sealed.weights, code: sealed.weights[code] + 1})) != before


def test_it_is_the_hash_that_anybody_can_work_out() -> None:
    sealed = Sealed(
        framework="f",
        track="full",
        topics=[],
        weights={"parks": 1},
        answers=[("r1", "parks", "q1", "level", 3, None, None)],
        decided=[("parks", "q1", "review", 2, None)],
    )
    text = (
        '["f","full",[],{"parks":1.0}]\n\n\n["r1","parks","q1","level",3,null,null]\n\n\n["parks","q1","review",2,null]'
    )
    assert seal(sealed) == hashlib.sha256(text.encode()).hexdigest()
