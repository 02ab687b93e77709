"""Quarterly reviews as people hold them: opened once, merged by part, signed once, promises closed at the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import plans, progress, promises, quarterly_reviews, review_facts, review_minutes, weeknotes
from maturity.operations.errors import Changed, Refused
from maturity.operations.quarterly_reviews import Minutes
from maturity.operations.workspace import Workspace
from maturity.roadmap.editions import edition_hash, edition_text
from maturity.roadmap.quarterly_review import MOST_PROMISES, QuarterlyReview, next_date
from maturity.storage.log import check_store
from maturity.storage.quarterly_reviews import signed_hash

from .city import ADMIN, LEADER, PARKS_LEAD, make_town
from .published_town import an_edition, publish

HOSTILE = "<script>alert(1)</script> **b**"
SIGNED = [("Lea", "Mayor"), ("Tom", "Chief Executive")]


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    round_ = make_town(workspace)
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_, iterations=1), "First")
    return workspace


def minutes_of(day: date, **more) -> Minutes:
    usual = {"attendance": ("Lea", HOSTILE), "minutes": "All is well", "decided": ("Buy",), "arising": ("Ask Tom",)}
    return Minutes(**{**usual, "held_on": day, "next_on": next_date(day), **more})


def ready(town: Workspace) -> QuarterlyReview:
    """An open review to which nothing is missing."""
    review = quarterly_reviews.open_review(town, ADMIN)
    quarterly_reviews.explain_baseline(town, ADMIN, review, "nothing moved")
    quarterly_reviews.write_minutes(town, ADMIN, review, minutes_of(review.held_on))
    promises.add_promise(town, ADMIN, review.id, f"Count {HOSTILE}", "Parks", review.last_day)
    return last(town)


def last(town: Workspace) -> QuarterlyReview:
    return quarterly_reviews.reviews(town, ADMIN)[-1]


def test_a_review_needs_a_plan_and_only_one_is_open(workspace):
    make_town(workspace)
    with pytest.raises(Refused, match="no plan yet"):
        quarterly_reviews.open_review(workspace, ADMIN)


def test_a_whole_quarter(town):
    first = quarterly_reviews.open_review(town, ADMIN, "  Spring   review ")
    assert (first.name, first.number, first.next_on) == ("Spring review", 1, next_date(first.held_on))
    with pytest.raises(Refused, match="open already"):
        quarterly_reviews.open_review(town, ADMIN)
    # Two people at once: different parts are merged, the same part is not, the same words twice are fine.
    quarterly_reviews.note_step(town, ADMIN, first, "updates", "all here")
    quarterly_reviews.explain_baseline(town, ADMIN, first, "nothing moved")
    quarterly_reviews.note_step(town, ADMIN, first, "updates", "all here")
    with pytest.raises(Changed, match="somebody else has changed this part"):
        quarterly_reviews.note_step(town, ADMIN, first, "updates", "two are away")
    with pytest.raises(Refused, match="5000 characters"):
        quarterly_reviews.note_step(town, ADMIN, first, "plan", "x" * 5000)
    assert (last(town).body.notes, last(town).body.no_baseline) == ({"updates": "all here"}, "nothing moved")
    # What is missing is said, and who may not sign may not.
    with pytest.raises(Refused, match=r"promise at least one thing.*note who was there"):
        quarterly_reviews.sign_off_review(town, LEADER, last(town), SIGNED)
    with pytest.raises(Refused, match="past"):
        quarterly_reviews.write_minutes(town, ADMIN, last(town), minutes_of(first.held_on, next_on=first.held_on))
    with pytest.raises(Refused, match="held on a day of the last year"):
        day = first.held_on + timedelta(days=1)
        quarterly_reviews.write_minutes(town, ADMIN, last(town), minutes_of(day))
    quarterly_reviews.write_minutes(town, ADMIN, last(town), minutes_of(first.held_on))
    for number in range(MOST_PROMISES):
        promises.add_promise(town, ADMIN, first.id, f"Promise {number}", "Parks", first.last_day)
    again = promises.add_promise(town, ADMIN, first.id, "Promise 0", "Parks", first.last_day)
    assert again == last(town).promises[0]
    with pytest.raises(Refused, match="7 promises already"):
        promises.add_promise(town, ADMIN, first.id, "An eighth", "Parks", first.last_day)
    seen = last(town)
    for signers, said in (([], "nobody has signed"), ([("Lea", "")], "a name with a role"),
                          ([("Lea", "a"), ("lea", "b")], "signed twice")):  # fmt: skip
        with pytest.raises(Refused, match=said):
            quarterly_reviews.sign_off_review(town, LEADER, seen, signers)
    with pytest.raises(NotPermitted, match="sign off plans and reviews"):
        quarterly_reviews.sign_off_review(town, PARKS_LEAD, seen, SIGNED)
    quarterly_reviews.note_step(town, ADMIN, seen, "plan", HOSTILE)
    with pytest.raises(Changed, match="changed since you looked at it"):
        quarterly_reviews.sign_off_review(town, LEADER, seen, SIGNED)
    signed = quarterly_reviews.sign_off_review(town, LEADER, last(town), SIGNED)
    assert [(each.name, each.role, each.signed_by) for each in signed.signatures] == [
        (*each, "Mayor") for each in SIGNED
    ]
    # Nothing of it changes any more.
    for change in (
        lambda: quarterly_reviews.sign_off_review(town, LEADER, signed, SIGNED),
        lambda: quarterly_reviews.note_step(town, ADMIN, signed, "plan", "late words"),
        lambda: promises.edit_promise(town, ADMIN, replace(signed.promises[0], text="Less"), 1),
        lambda: promises.remove_promise(town, ADMIN, signed.promises[0]),
        lambda: promises.add_promise(town, ADMIN, signed.id, "More", "Parks", signed.last_day),
    ):
        with pytest.raises(Changed, match="signed off"):
            change()
    with pytest.raises(Refused, match="closed at the next review"):
        promises.close_promise(town, ADMIN, signed.promises[0], "kept")
    # The next one: each promise is closed, one with an explanation.
    second = quarterly_reviews.open_review(town, ADMIN)
    facts = review_facts.review_facts(town, LEADER, second.id)
    assert facts.earlier == signed and facts.since == signed.signed_at and "earlier_promises" in facts.open_points
    with pytest.raises(Refused, match="explanation"):
        promises.close_promise(town, ADMIN, signed.promises[0], "not_kept", " ")
    closed = promises.close_promise(town, ADMIN, signed.promises[0], "not_kept", "rain")
    with pytest.raises(Changed, match="changed meanwhile"):
        promises.close_promise(town, ADMIN, signed.promises[0], "kept")
    promises.close_promise(town, ADMIN, closed, "open")
    with pytest.raises(Refused, match="cannot be signed off yet: close each promise"):
        quarterly_reviews.sign_off_review(town, LEADER, last(town), SIGNED)
    now = promises.promises_now(town, LEADER)
    assert now is not None and len(now.review.promises) == MOST_PROMISES and now.kept == 0
    assert check_store(town.store) == []


def test_minutes_hold_everything_and_no_markup_of_people(town):
    review = ready(town)
    assert "Draft" in review_minutes.minutes_page(town, LEADER, review.id)
    signed = quarterly_reviews.sign_off_review(town, LEADER, review, SIGNED)
    page, text = (each(town, LEADER, signed.id) for each in (
        review_minutes.minutes_page, review_minutes.minutes_markdown
    ))  # fmt: skip
    for made in (page, text, review_minutes.commitment_page(town, LEADER, signed.id)):
        assert "<script>" not in made and "Draft" not in made and signed.signatures[0].sha256 in made
        assert "Chief Executive" in made and ("nothing moved" in made or "What we promise" in made)
    assert "Ask Tom" in page and "- Ask Tom" in text and "- Buy" in text


def test_what_a_review_says_of_the_past_does_not_change_with_the_plan(town):
    signed = quarterly_reviews.sign_off_review(town, LEADER, ready(town), SIGNED)
    before = review_minutes.minutes_markdown(town, LEADER, signed.id)
    action = min(plans.plan(town, ADMIN).actions, key=lambda each: each.code)
    progress.report_progress(town, ADMIN, action.id, action.row_version, 100.0)
    assert review_minutes.minutes_markdown(town, LEADER, signed.id) == before
    facts = review_facts.review_facts(town, ADMIN, quarterly_reviews.open_review(town, ADMIN).id)
    assert [(each.kind, each.code) for each in facts.changes] == [("done", action.code)]
    assert not any(action.code in {a.code for a in each.silent} for each in facts.owners)


def test_the_hash_of_what_residents_read_stands_in_the_minutes_and_stays(town):
    publish(town)
    review, sha256 = ready(town), edition_hash(edition_text(an_edition()))
    told = f"Residents read edition 1 of the public roadmap, published on 1 March 2026. Its SHA-256 is {sha256}."
    assert told in review_minutes.minutes_page(town, LEADER, review.id)
    signed = quarterly_reviews.sign_off_review(town, LEADER, review, SIGNED)
    assert signed.body.settled["edition"] == {"number": 1, "published_on": "2026-03-01", "sha256": sha256}
    publish(town, an_edition(2))
    assert told in review_minutes.minutes_markdown(town, LEADER, signed.id)
    assert signed_hash(last(town)) == signed.signatures[0].sha256


def test_a_review_signed_before_editions_were_noted_keeps_its_own_text(town, monkeypatch):
    now = review_facts.ReviewFacts.settled
    monkeypatch.setattr(
        review_facts.ReviewFacts, "settled", lambda self: {k: v for k, v in now(self).items() if k != "edition"}
    )
    signed = quarterly_reviews.sign_off_review(town, LEADER, ready(town), SIGNED)
    before = review_minutes.minutes_markdown(town, LEADER, signed.id)
    publish(town)
    assert review_minutes.minutes_markdown(town, LEADER, signed.id) == before and "Residents read" not in before
    assert signed_hash(last(town)) == signed.signatures[0].sha256


def test_a_review_given_up_stays_and_another_can_be_opened(town):
    review = quarterly_reviews.open_review(town, ADMIN)
    with pytest.raises(Refused, match="is missing"):
        quarterly_reviews.give_up_review(town, ADMIN, review, "")
    quarterly_reviews.give_up_review(town, ADMIN, review, "nobody came")
    with pytest.raises(Changed, match="was given up: nobody came"):
        quarterly_reviews.note_step(town, ADMIN, review, "plan", "x")
    assert quarterly_reviews.open_review(town, ADMIN).number == 2
    assert promises.promises_now(town, ADMIN) is None


def test_promises_with_something_missing_are_refused(town):
    review = quarterly_reviews.open_review(town, ADMIN)
    day = review.held_on
    for text, owner, due, said in (
        ("Count", "Parks", None, "a day by which"), ("", "Parks", day, "1 to 300"),
        ("Count", " ", day, "one who keeps"),
        ("Count", "Parks", day + timedelta(91), "more than 90 days"), ("x" * 5000, "Parks", day, "not 5000"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            promises.add_promise(town, ADMIN, review.id, text, owner, due)
    assert last(town).promises == ()


def test_a_weeknote_names_departments_and_roles_and_people_only_if_asked(town):
    day = town.clock().date()
    action = next(each for each in plans.plan(town, ADMIN).actions if each.department == "parks")
    more = progress.Told(good="Command line met Pat at the depot", next="ask Roads", because="")
    progress.report_progress(town, replace(ADMIN, name="Pat"), action.id, action.row_version, 20.0, more=more)
    plain, named = (weeknotes.draft_weeknote(town, ADMIN, day, people=each) for each in (False, True))
    assert "Parks: Command line met a colleague at the depot" in plain and "Pat" in named and "## What is hard" in plain
    assert "Pat" not in plain
    kept = weeknotes.keep_weeknote(town, ADMIN, day, day, plain)
    assert weeknotes.keep_weeknote(town, ADMIN, day, day, plain) == kept
    edited = weeknotes.edit_weeknote(town, ADMIN, kept, "Calm")
    assert weeknotes.edit_weeknote(town, ADMIN, kept, "Calm") == edited
    with pytest.raises(Changed, match="changed meanwhile"):
        weeknotes.edit_weeknote(town, ADMIN, kept, "Busy")
    for since, until, text, said in (
        (day + timedelta(1), day, "x", "up to today"), (day - timedelta(400), day, "x", "a year at most"),
        (day, day, "  ", "is empty"), (day, day, "x" * 20_001, "20001 characters"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            weeknotes.keep_weeknote(town, ADMIN, since, until, text)
    weeknotes.remove_weeknote(town, ADMIN, edited)
    assert weeknotes.weeknotes(town, ADMIN) == ()
