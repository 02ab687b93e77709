"""The quarterly review by hand: its next day, its promises, what is missing, what changed, who has reported."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.quarterly_review import (
    Promise,
    PromiseRefused,
    QuarterlyReview,
    ReviewBody,
    check_promise,
    next_date,
    open_points,
    read_body,
    suggested,
)
from maturity.roadmap.since_review import Standing, facts_since, updates_by_owner
from maturity.roadmap.status import Status
from maturity.roadmap.weeknote import Line, drafted, without_names

DAY = date(2026, 3, 2)  # a Monday
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def action(code: str, start: int, finish: int, **more) -> Action:
    """An action of Ida's from the `start`th to the `finish`th day after DAY."""
    days = {"start": DAY + timedelta(start), "finish": DAY + timedelta(finish)}
    given = {"title": f"Do {code}", "owner": "Ida", "raci": Raci(accountable="Ida"), **days, **more}
    return Action(id=code, code=code, phase=1, **given)


def promise(**more) -> Promise:
    return Promise(**{"id": "p", "place": 1, "text": "Count", "owner": "Ida", "due_on": DAY, **more})


def review(**more) -> QuarterlyReview:
    usual = {"name": "First", "state": "open", "step": "updates", "held_on": DAY, "next_on": None, "version_id": None}
    body = {"body": ReviewBody(), "opened_by": "CDO", "opened_at": NOW, "row_version": 1}
    return QuarterlyReview(**{"id": "r", "plan_id": "p", "number": 1, **usual, **body, **more})


def test_the_next_review_is_thirteen_weeks_on():
    assert next_date(DAY) == date(2026, 6, 1)
    assert next_date(date(2026, 3, 7)) == date(2026, 6, 8)  # Saturday 6 June gives way to Monday
    assert next_date(date(2026, 3, 8)) == date(2026, 6, 8)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_next_review_is_never_on_a_weekend(day):
    assert next_date(day).weekday() < 5
    assert timedelta(weeks=13) <= next_date(day) - day <= timedelta(weeks=13, days=2)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": "  "}, "1 to 300"),
        ({"text": "x" * 5000}, "not 5000"),
        ({"owner": " "}, "one who keeps it"),
        ({"due_on": DAY + timedelta(91)}, "more than 90 days"),
        ({"due_on": DAY - timedelta(1)}, "before the review"),
    ],
)
def test_what_is_wrong_with_a_promise_is_said(more, said):
    with pytest.raises(PromiseRefused, match=said):
        check_promise(promise(**more), DAY)


def test_a_promise_may_be_due_on_the_first_and_the_ninetieth_day():
    for days in (0, 90):
        assert check_promise(promise(due_on=DAY + timedelta(days)), DAY)


def test_what_is_missing_before_the_sign_off():
    assert open_points(review(), (), approved_since=False) == ("baseline", "promises", "attendance", "next_date")
    body = ReviewBody(attendance=("Ida",), no_baseline="nothing moved")
    whole = review(body=body, next_on=date(2026, 6, 1), promises=(promise(),))
    assert open_points(whole, (), approved_since=False) == ()
    for earlier in (promise(), promise(state="not_kept")):
        assert open_points(whole, (earlier,), approved_since=True) == ("earlier_promises",)
    assert open_points(whole, (promise(state="not_kept", explanation="rain"),), approved_since=True) == ()


def test_a_body_is_read_back_as_it_was():
    body = ReviewBody(
        notes={"plan": "as it is"}, done=("updates",), attendance=("Ida",), minutes="m", decided=("d",),
        arising=("a",), no_baseline="n", given_up="g", settled={"plan": "P", "changes": [{"kind": "done"}]},
    )  # fmt: skip
    assert read_body(body.document()) == body


def test_what_is_signed_holds_promises_but_not_how_they_end():
    one, kept = review(promises=(promise(),)), review(promises=(promise(state="kept", row_version=2),))
    assert one.document() == kept.document()
    assert one.document() != review(promises=(promise(text="Count all"),)).document()


def test_the_late_chain_is_suggested_first():
    actions = [
        action("a", 0, 80),  # finishes within 90 days
        action("b", -60, -10, begun_on=DAY - timedelta(60), percent_done=50.0),  # late, of the chain
        action("c", -60, -20),  # late
        action("d", 30, 200),  # begins within 90 days
        action("e", 100, 200),  # later
        action("f", -60, 200, begun_on=DAY, percent_done=10.0),  # goes on
        action("g", 0, 10, begun_on=DAY, percent_done=100.0, done_on=DAY),  # done
    ]
    found = suggested(actions, frozenset("bc"), frozenset("b"), DAY)
    assert [(each.code, each.kind, (each.due_on - DAY).days) for each in found] == [
        ("b", "finish", 90), ("c", "finish", 90), ("d", "start", 30), ("a", "finish", 80)
    ]  # fmt: skip


def standing(one: Action, code: str = "on_track", days: int = 0, confidence: int | None = None) -> Standing:
    return Standing(action=one, status=Status(code=code, days_late=days), confidence=confidence)  # type: ignore[arg-type]


def test_what_changed_is_told_in_the_order_people_want_to_hear_it():
    begun = {"begun_on": DAY, "percent_done": 10.0}
    a, b, c, d, e = (action(code, 0, 20) for code in "abcde")
    before = {
        "a": standing(replace(a, **begun), confidence=4), "b": standing(b, "late", 9), "c": standing(c, "not_started"),
        "d": standing(d), "e": standing(replace(e, **begun)),
    }  # fmt: skip
    after = {
        "a": standing(replace(a, **begun, expected_on=DAY + timedelta(25)), confidence=2),
        "b": standing(replace(b, **begun)),
        "c": standing(c, "late", 8),
        "d": standing(replace(d, begun_on=DAY, percent_done=100.0, done_on=DAY), "done"),
        "e": standing(replace(e, **begun)),
        "new": standing(action("new", 0, 5), "not_started"),
    }
    found = facts_since(before, after, {"a": "the supplier"})
    assert [(each.kind, each.code, each.days) for each in found] == [
        ("late", "c", 8), ("later", "a", 5), ("less_sure", "a", 0), ("caught_up", "b", 0), ("done", "d", 0),
        ("begun", "b", 0),
    ]  # fmt: skip
    assert (found[2].before, found[2].after, found[1].why) == ("4", "2", "the supplier")


def test_who_has_reported_and_who_has_not():
    actions = [
        action("a", -10, 10), action("b", -10, 10, owner="Tom"), action("c", 50, 60, owner="Lea"),
        action("d", -90, -60, begun_on=DAY, percent_done=100.0, done_on=DAY - timedelta(40)),
        action("e", -10, 10, owner="Tom"),
    ]  # fmt: skip
    found = updates_by_owner(actions, {"a", "e"}, DAY - timedelta(30), DAY)
    assert [(o.owner, [a.code for a in o.reported], [a.code for a in o.silent]) for o in found] == [
        ("Tom", ["e"], ["b"]), ("Ida", ["a"], [])
    ]  # fmt: skip


def test_a_weeknote_is_drafted_from_facts_alone():
    done = action("a", -10, 0, department="parks", begun_on=DAY, percent_done=100.0, done_on=DAY)
    late, soon = action("b", -60, -9), action("c", 5, 20)
    said = [
        ProgressUpdate(id=str(n), action_id="b", code="b", percent_done=5.0, made_at=NOW, good=good, next="ask again")
        for n, good in enumerate(["first", " second "])
    ]
    statuses = {"a": Status(code="done"), "b": Status(code="late", days_late=9), "c": Status(code="not_started")}
    noted = [Line(kind="reading", about="Trees", text="40")]
    found = drafted([done, late, soon], said, statuses, noted, DAY - timedelta(7), DAY)
    assert [(each.heading, each.kind, each.text or each.days) for each in found] == [
        ("good", "done", 0), ("good", "said_good", "second"), ("good", "reading", "40"),
        ("next", "said_next", "ask again"), ("next", "starts", 0), ("hard", "late", 9),
    ]  # fmt: skip


def test_names_of_people_give_way():
    hidden = {"Ida": "a colleague", "Ida Marsh": "a colleague"}
    assert without_names("Ida Marsh and IDA, not Idaho", hidden) == "a colleague and a colleague, not Idaho"
    assert without_names("nobody", {}) == "nobody"
