"""Quarterly reviews, promises, signatures and weeknotes, written and read back on each engine."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from maturity.roadmap.quarterly_review import Promise, QuarterlyReview, ReviewBody, Signature
from maturity.roadmap.weeknote import Weeknote
from maturity.storage import log, new_id, quarterly_reviews, weeknotes

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CITY, PLAN = UUID(int=1), UUID(int=2)


def made(number: int = 1) -> QuarterlyReview:
    return QuarterlyReview(
        id=str(new_id(AT)), plan_id=str(PLAN), number=number, name=f"Review {number}", state="open", step="updates",
        held_on=AT.date(), next_on=date(2026, 6, 1), body=ReviewBody(notes={"plan": "<b>as it is</b>"}, done=("plan",)),
        version_id=None, opened_by="CDO", opened_at=AT, row_version=1,
    )  # fmt: skip


def promised(place: int = 1) -> Promise:
    return Promise(id=str(new_id(AT)), place=place, text="Count", owner="Ida", due_on=date(2026, 4, 1), code="A1")


def test_a_review_is_read_back_with_promises_and_signatures(store):
    review, promise = made(), promised()
    signature = Signature(name="Lea", role="Mayor", sha256="f" * 64, signed_by="CDO", signed_at=AT)
    store.write(quarterly_reviews.add_review, CITY, review)
    store.write(quarterly_reviews.add_promise, UUID(review.id), promise, "CDO", AT)
    store.write(quarterly_reviews.add_signature, UUID(review.id), signature)
    with store.reading() as tx:
        (found,) = quarterly_reviews.reviews_of(tx, CITY)
        assert quarterly_reviews.organisation_of_review(tx, UUID(review.id)) == CITY
        assert quarterly_reviews.place_of_promise(tx, UUID(promise.id)) == (CITY, UUID(review.id))
        assert quarterly_reviews.reviews_of(tx, UUID(int=9)) == ()
    assert found == replace(review, promises=(promise,), signatures=(signature,))


def test_a_review_is_changed_once_for_each_version_and_not_after_it_has_ended(store):
    review = made()
    store.write(quarterly_reviews.add_review, CITY, review)
    ended = replace(review, state="signed_off", next_on=None)
    assert store.write(quarterly_reviews.change_review, replace(review, step="plan"), 1) == 2
    assert store.write(quarterly_reviews.change_review, ended, 1) is None
    assert store.write(quarterly_reviews.change_review, ended, 2) == 3
    assert store.write(quarterly_reviews.change_review, ended, 3) is None


def test_promises_are_changed_and_removed_once_for_each_version(store):
    review, promise = made(), promised()
    store.write(quarterly_reviews.add_review, CITY, review)
    store.write(quarterly_reviews.add_promise, UUID(review.id), promise, "CDO", AT)
    closed = replace(promise, state="not_kept", explanation="rain")
    assert store.write(quarterly_reviews.change_promise, closed, 1, "CDO", AT) == 2
    assert store.write(quarterly_reviews.change_promise, closed, 1) is None
    with store.reading() as tx:
        (found,) = quarterly_reviews.reviews_of(tx, CITY)
    assert found.promises == (replace(closed, closed_at=AT, row_version=2),)
    assert not store.write(quarterly_reviews.remove_promise, UUID(promise.id), 1)
    assert store.write(quarterly_reviews.remove_promise, UUID(promise.id), 2)


def test_a_review_that_was_changed_after_its_sign_off_is_found(store):
    review = replace(made(), state="signed_off")
    signature = Signature(
        name="Lea", role="Mayor", sha256=quarterly_reviews.signed_hash(review), signed_by="CDO", signed_at=AT
    )
    store.write(quarterly_reviews.add_review, CITY, review)
    store.write(quarterly_reviews.add_signature, UUID(review.id), signature)
    assert not [each for each in log.check_store(store) if "quarterly review" in each]
    store.write(lambda tx: tx.run("UPDATE quarterly_review SET next_on = DATE '2027-01-01'"))
    assert "quarterly review 1, 'Review 1', was changed after it was signed off" in log.check_store(store)


def test_what_was_noted_since_a_moment(store):
    later = AT + timedelta(days=1)

    def note(tx) -> None:
        reading = "id, organisation_id, measures, code, read_on, value, note, made_by, made_at"
        for at, value in ((AT, 1.0), (later, 2.0)):
            tx.run(
                f"INSERT INTO kpi_reading({reading}) VALUES ($id, $city, 'action', 'A1', $on, $value, '', 'x', $at)",
                id=new_id(at), city=CITY, on=at.date(), value=value, at=at,
            )  # fmt: skip
        for state, on in (("open", None), ("decided", later.date())):
            tx.run(
                """INSERT INTO leadership_decision(id, organisation_id, question, background, options, recommendation,
                     decider, codes, needed_by, state, chosen, reason, minute, decided_on, asked_by, asked_at,
                     row_version)
                   VALUES ($id, $city, 'Build or buy?', '', '[]', 'Buy', 'Council', '[]', NULL, $state, 'Buy', '', '',
                     $on, 'x', $at, 1)""",
                id=new_id(AT), city=CITY, state=state, on=on, at=AT,
            )  # fmt: skip

    store.write(note)
    with store.reading() as tx:
        assert [each["value"] for each in quarterly_reviews.readings_since(tx, CITY, AT)] == [2.0]
        assert [each["chosen"] for each in quarterly_reviews.decisions_since(tx, CITY, AT.date())] == ["Buy"]
        assert [each["decider"] for each in quarterly_reviews.undecided(tx, CITY)] == ["Council"]
        assert quarterly_reviews.risks_since(tx, CITY, AT) == []
        assert quarterly_reviews.updates_of_organisation(tx, CITY) == ()


def test_weeknotes_are_kept_edited_and_removed_once_for_each_version(store):
    note = Weeknote(
        id=str(new_id(AT)), since=date(2026, 2, 23), until=date(2026, 3, 2), body="# A week", made_by="CDO", made_at=AT
    )
    store.write(weeknotes.add_weeknote, CITY, note)
    edited = replace(note, body="# A better week")
    assert store.write(weeknotes.change_weeknote, edited, 1, None) == 2
    assert store.write(weeknotes.change_weeknote, edited, 1, None) is None
    with store.reading() as tx:
        assert weeknotes.weeknotes_of(tx, CITY) == (replace(edited, row_version=2),)
        assert weeknotes.organisation_of_weeknote(tx, UUID(note.id)) == CITY
    assert store.write(weeknotes.change_weeknote, edited, 2, AT) == 3
    with store.reading() as tx:
        assert weeknotes.weeknotes_of(tx, CITY) == ()
        assert weeknotes.organisation_of_weeknote(tx, UUID(note.id)) is None
