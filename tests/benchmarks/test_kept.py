"""The comparison that says whether a confirmed answer was lost must be able to say so."""

import pytest

from benchmarks.kept import Click, compare
from benchmarks.respondent import prepare
from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.assessment.answers import Answer
from maturity.operations.answers import save_answer, start
from maturity.operations.rounds import find_round
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store

ONE, OTHER = "data-direction-1", "data-direction-2"
PERSON = LOCAL_ADMINISTRATOR.person


def clicks(*chosen, question=ONE):
    """Confirmed clicks; a "?" behind what was chosen means that the page never confirmed it."""
    return [Click(PERSON, question, each.rstrip("?"), not each.endswith("?")) for each in chosen]


@pytest.fixture
def answered(tmp_path):
    """A store in which somebody chose 2, then 4, for one question, and did not know the other; its address."""
    environment, _ = prepare(tmp_path, 0)
    url = environment["WAYMARK_STORE"]
    workspace = Workspace(url=url, store=open_store(url))
    round_ = find_round(workspace, LOCAL_ADMINISTRATOR, "R")
    me = start(workspace, LOCAL_ADMINISTRATOR, round_, "d3")
    for level in (2, 4):
        save_answer(workspace, LOCAL_ADMINISTRATOR, round_, me, Answer(question=ONE, state="level", level=level))
    save_answer(workspace, LOCAL_ADMINISTRATOR, round_, me, Answer(question=OTHER, state="dont_know"))
    workspace.store.close()
    return url


def change(url, sql):
    """What must never happen to a store."""
    store = open_store(url)
    store.write(lambda tx: tx.run(sql))
    store.close()


def given():
    """What was clicked to get there."""
    return [*clicks("2", "4"), *clicks("dont_know", question=OTHER)]


def test_what_was_confirmed_and_kept_is_not_lost(answered):
    kept = compare(answered, given())
    assert (kept.confirmed, kept.unconfirmed, kept.lost, kept.unasked) == (3, 0, (), 0)


@pytest.mark.parametrize(
    ("sql", "lost"),
    [
        ("DELETE FROM answer WHERE level = 4", clicks("4")),
        ("DELETE FROM answer WHERE state = 'dont_know'", clicks("dont_know", question=OTHER)),
        ("UPDATE answer SET level = 2 WHERE level = 4", clicks("4")),
        ("DELETE FROM answer_event WHERE level = 2", clicks("2")),
        ("DELETE FROM answer_event WHERE level = 4", clicks("4")),
        ("DELETE FROM answer_event", given()),
    ],
)
def test_a_confirmed_answer_that_is_gone_is_lost(answered, sql, lost):
    change(answered, sql)
    assert list(compare(answered, given()).lost) == lost


def test_an_answer_of_which_nothing_is_stored_at_all_is_lost(answered):
    assert list(compare(answered, [*given(), *clicks("1", question="data-direction-3")]).lost) == clicks(
        "1", question="data-direction-3"
    )


def test_the_order_of_answers_to_one_question_counts(answered):
    kept = compare(answered, [*clicks("4", "2"), *clicks("dont_know", question=OTHER)])
    assert list(kept.lost) == clicks("2")


def test_what_was_never_confirmed_may_be_stored_or_not(answered):
    rest = clicks("dont_know", question=OTHER)
    assert compare(answered, [*clicks("2", "4?"), *rest]).lost == ()
    assert compare(answered, [*clicks("2", "4", "5?"), *rest]).lost == ()
    kept = compare(answered, [*clicks("2?", "4"), *rest])
    assert (kept.confirmed, kept.unconfirmed, kept.lost) == (2, 1, ())


def test_answers_that_nobody_gave_are_counted(answered):
    assert compare(answered, clicks("2", "4")).unasked == 1
    assert compare(answered, []).unasked == 3
