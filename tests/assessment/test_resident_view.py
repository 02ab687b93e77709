"""The resident twin by hand and by chance: bounds, order, what not knowing does, what fewer than five do not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.resident_view import (
    FEWEST,
    TWIN_ANSWERS,
    TWIN_QUESTIONS,
    WORTH,
    checked_view,
    level_of,
    seen,
    share_of,
)

YES, NO = (dict.fromkeys(TWIN_QUESTIONS, answer) for answer in ("yes", "no"))
ANSWERS = st.fixed_dictionaries({each: st.sampled_from(TWIN_ANSWERS) for each in TWIN_QUESTIONS})
VIEWS = st.lists(ANSWERS, max_size=12)
TOP = st.integers(2, 10)


def test_by_hand():
    assert share_of({"find": "yes", "understand": "partly", "trust": "no", "use": "unknown"}) == 0.5
    assert share_of({"find": "unknown"}) is None
    assert (level_of(0.0, 5), level_of(0.5, 5), level_of(1.0, 5)) == (1.0, 3.0, 5.0)
    # Shares 1, 1, 0.75, 0, 0: the median is 0.75, so 1 + 4 * 0.75 = 4; their mean would be 0.55.
    views = [YES, YES, {"find": "yes", "trust": "partly"}, NO, NO]
    found = seen("t", views, 5)
    assert (found.residents, found.level) == (5, 4.0)
    # find: yes, yes, yes, no, no = 3 of 5; trust: 1 + 1 + 0.5 + 0 + 0 = 2.5 of 5; the others have four known answers.
    assert found.shares == {"find": 0.6, "trust": 0.5}


@pytest.mark.parametrize("residents", range(FEWEST))
def test_fewer_than_five_show_nothing_at_all(residents):
    found = seen("t", [YES] * residents + [dict.fromkeys(TWIN_QUESTIONS, "unknown")] * 9, 5)
    assert (found.residents, found.level, found.shares) == (None, None, {})


@given(VIEWS, TOP)
def test_bounds(views, top):
    found = seen("t", views, top)
    assert found.level is None or 1 <= found.level <= top
    assert all(0 <= share <= 1 for share in found.shares.values())


@given(VIEWS, TOP, st.data())
def test_a_better_answer_never_lowers_what_is_seen(views, top, data):
    before = seen("t", views, top)
    known = [(n, q) for n, view in enumerate(views) for q, answer in view.items() if answer in ("no", "partly")]
    if before.level is None or not known:
        return
    number, question = data.draw(st.sampled_from(known))
    better = "yes" if views[number][question] == "partly" else data.draw(st.sampled_from(["partly", "yes"]))
    raised = [dict(view) for view in views]
    raised[number][question] = better
    after = seen("t", raised, top)
    assert after.level is not None and after.level >= before.level
    assert all(after.shares[each] >= share for each, share in before.shares.items())


@given(VIEWS, TOP)
def test_not_knowing_says_nothing(views, top):
    without = [{each: answer for each, answer in view.items() if answer != "unknown"} for view in views]
    strangers = [dict.fromkeys(TWIN_QUESTIONS, "unknown")] * 3
    assert seen("t", views, top) == seen("t", without, top) == seen("t", views + strangers, top)


@given(ANSWERS, st.sampled_from(TWIN_QUESTIONS))
def test_no_becoming_unknown_never_lowers_a_resident(view, question):
    before, after = share_of({**view, question: "no"}), share_of({**view, question: "unknown"})
    assert before is not None and (after is None or after >= before)


@given(VIEWS, TOP)
def test_the_order_of_answers_does_not_matter(views, top):
    assert seen("t", views, top) == seen("t", views[::-1], top)


@given(VIEWS, TOP)
def test_a_share_stands_on_five_known_answers(views, top):
    found = seen("t", views, top)
    for question in TWIN_QUESTIONS:
        known = sum(view[question] in WORTH for view in views)
        assert (question in found.shares) == (found.level is not None and known >= FEWEST)


def test_a_form_keeps_our_questions_and_our_answers_only():
    assert checked_view({"find": "yes", "odd": "yes", "trust": "maybe"}) == {
        **dict.fromkeys(TWIN_QUESTIONS, "unknown"), "find": "yes",
    }  # fmt: skip
    assert checked_view({}) == {}
    assert checked_view({"find": "unknown", "odd": "no"}) == {}
