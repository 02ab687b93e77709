"""Comments and views of residents come back as they were stored, say nothing of who, and texts go when they are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from maturity.roadmap.comments import Comment
from maturity.storage import public_comments, resident_views
from maturity.storage.editions import standing_body
from maturity.storage.engine import new_id

from .conftest import NOW

TEXT = "Ünïcode 'quotes' <b>marks</b> =1+1 👩‍👧 متى\nSecond line"


def a_comment(minutes: int = 0, **more: object) -> Comment:
    made = Comment(id=str(uuid4()), code=None, language="en", text=TEXT, received_at=NOW + timedelta(minutes=minutes))
    return replace(made, **more)  # type: ignore[arg-type]


def test_comments_come_back_in_the_order_in_which_they_came(city):
    store = city.store
    late, early = a_comment(2, code="A01/parks", language="es"), a_comment(1)
    assert all(store.write(public_comments.add_comment, city.organisation, each) for each in (late, early))
    with store.reading() as tx:
        assert public_comments.comments_of(tx, city.organisation) == (early, late)
        assert public_comments.comments_of(tx, new_id(NOW)) == ()
        assert public_comments.comment_row(tx, UUID(late.id)) == (city.organisation, late)
        assert public_comments.comment_row(tx, uuid4()) is None
        assert public_comments.waiting_count(tx, city.organisation) == 2
        assert public_comments.received_since(tx, city.organisation, NOW + timedelta(seconds=90)) == 1


def test_the_same_id_is_kept_once_as_it_was_first(city):
    made = a_comment()
    assert city.store.write(public_comments.add_comment, city.organisation, made)
    assert not city.store.write(public_comments.add_comment, city.organisation, replace(made, text="other"))
    with city.store.reading() as tx:
        assert public_comments.comments_of(tx, city.organisation) == (made,)


def test_a_decision_is_written_over_the_version_that_was_read_and_once(city):
    store, made = city.store, a_comment()
    store.write(public_comments.add_comment, city.organisation, made)
    decided = replace(
        made, state="published", shown=TEXT, kind="done", answer=TEXT, moderated_by="Ida", moderated_at=NOW
    )
    assert store.write(public_comments.moderate_comment, decided, 1) == 2
    assert store.write(public_comments.moderate_comment, replace(decided, state="refused"), 1) is None
    with store.reading() as tx:
        assert public_comments.comment_row(tx, UUID(made.id)) == (city.organisation, replace(decided, row_version=2))


def test_texts_go_when_they_are_due_and_nothing_else(city):
    store = city.store
    old, new = NOW, NOW + timedelta(days=9)
    refused = a_comment(1, state="refused", reason="spam", moderated_by="Ida", moderated_at=old)
    shortened = a_comment(2, state="published", shown="Second […]", moderated_by="Ida", moderated_at=old)
    whole = a_comment(3, state="published", shown=TEXT, moderated_by="Ida", moderated_at=old)
    young = a_comment(4, state="refused", reason="abuse", moderated_by="Ida", moderated_at=new)
    waiting = a_comment(5)
    for each in (refused, shortened, whole, young, waiting):
        store.write(public_comments.add_comment, city.organisation, each)
        if each.moderated_at:
            store.write(public_comments.moderate_comment, each, 1)
    assert store.write(public_comments.forget_texts, city.organisation, NOW + timedelta(days=1)) == 2
    assert store.write(public_comments.forget_texts, city.organisation, NOW + timedelta(days=1)) == 0
    assert store.write(public_comments.forget_texts, new_id(NOW), NOW + timedelta(days=99)) == 0
    with store.reading() as tx:
        found = public_comments.comments_of(tx, city.organisation)
    assert [each.text for each in found] == ["", "Second […]", TEXT, TEXT, TEXT]
    assert [each.reason for each in found] == ["spam", "", "", "abuse", ""]


def test_views_by_topic_and_the_same_id_once(city):
    store, first = city.store, uuid4()
    answers = {"find": "yes", "trust": "unknown"}
    day = NOW.date()
    assert store.write(resident_views.add_view, city.organisation, first, "t1", answers, day)
    assert not store.write(resident_views.add_view, city.organisation, first, "t1", {"find": "no"}, day)
    assert store.write(resident_views.add_view, city.organisation, uuid4(), "gone", answers, day)
    with store.reading() as tx:
        assert resident_views.views_of(tx, city.organisation, ["t1", "t2"]) == {"t1": [answers], "t2": []}
        assert resident_views.views_of(tx, new_id(NOW), ["t1"]) == {"t1": []}


def test_no_column_could_say_who_wrote(city):
    with city.store.reading() as tx:
        columns = {
            (row["table_name"], row["column_name"])
            for row in tx.rows(
                """SELECT table_name, column_name FROM information_schema.columns
                   WHERE table_name IN ('public_comment', 'resident_view')"""
            )
        }
        assert standing_body(tx, city.organisation) is None
    assert {name for table, name in columns if table == "resident_view"} == {
        "id", "organisation_id", "topic", "answers", "received_on",
    }  # fmt: skip
    assert {name for table, name in columns if table == "public_comment"} == {
        "id", "organisation_id", "code", "language", "text", "received_at", "state", "reason", "shown", "kind",
        "answer", "moderated_by", "moderated_at", "row_version",
    }  # fmt: skip
