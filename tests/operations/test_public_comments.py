"""Comments of residents from the form to "you said, we did": taken in, counted, moderated, answered, forgotten."""

from __future__ import annotations

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import people, public_comments, setup, upkeep
from maturity.operations.errors import Changed, Refused
from maturity.operations.public_comments import (
    MOST_AN_HOUR,
    answer_comment,
    comments,
    publish_comment,
    receive,
    refuse_comment,
    refused_counts,
    reopen_comment,
    said,
)
from maturity.operations.public_place import Flooded, NotPublished, public_place
from maturity.operations.workspace import Workspace
from maturity.roadmap.comments import Comment, CommentRefused
from maturity.roadmap.editions import Said
from maturity.storage.engine import open_store

from .city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT, make_town
from .published_town import an_edition, publish, withdraw

SECRET = "My neighbour Bob Smith never pays"


class Clock:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def town(tmp_path, clock):
    made = Workspace(url=str(tmp_path / "t.duckdb"), store=open_store(str(tmp_path / "t.duckdb")), clock=clock)
    make_town(made)
    publish(made)
    yield made
    made.store.close()


def write(town, text="More trees", action=None, **more) -> bool:
    return receive(town, "town", action, more.pop("language", "en"), text, more.pop("number", uuid4()))


def only(town) -> Comment:
    (found,) = comments(town, ADMIN, "Town")
    return found.comment


def shown(town, slugs=None) -> tuple[Said, ...]:
    with town.store.reading() as tx:
        return said(tx, setup.the_organisation(town, ADMIN, "Town").id, slugs)


def test_a_comment_waits_until_somebody_publishes_and_answers_it(town, clock):
    assert write(town, "  More\x00 trees\r\n", action="a01--parks", language="es")
    waiting = only(town)
    assert (waiting.state, waiting.text, waiting.language) == ("waiting", "More trees", "es")
    assert waiting.code in ("A01/parks", "a01--parks")
    assert shown(town) == () and public_comments.waiting_comments(town, ADMIN, "Town") == 1
    published = publish_comment(town, ADMIN, waiting)
    assert shown(town) == (Said(slug="a01--parks", language="es", text="More trees"),)
    clock.later(days=1)
    answer_comment(town, ADMIN, published, "planned", " Next\tyear ")
    (found,) = shown(town)
    assert (found.kind, found.answer, found.answered_on) == ("planned", "Next year", clock.now.date())
    assert shown(town, slugs=["another"])[0].slug == ""
    assert public_comments.waiting_comments(town, ADMIN, "Town") == 0


def test_published_with_its_answer_at_once_the_newest_comes_first(town, clock):
    for text in ("First", "Second"):
        write(town, text)
        clock.later(minutes=1)
    for each in comments(town, ADMIN, "Town"):
        publish_comment(town, ADMIN, each.comment, kind="done", answer=f"{each.comment.text} done")
    assert [each.answer for each in shown(town)] == ["Second done", "First done"]


def test_the_same_form_once_more_stores_nothing(town):
    number = uuid4()
    assert write(town, number=number)
    assert not write(town, number=number) and not write(town, "Other", number=number)
    assert only(town).text == "More trees"


def test_two_clicks_at_once_store_one(town):
    number, stored = uuid4(), []
    clicks = [threading.Thread(target=lambda: stored.append(write(town, number=number))) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert sorted(stored) == [False, False, False, True]
    assert only(town).text == "More trees"


def test_nothing_is_taken_in_where_nothing_is_published(town):
    with pytest.raises(NotPublished):
        receive(town, "harbour", None, "en", "More trees", uuid4())
    with pytest.raises(NotPublished):
        write(town, action="a99")
    withdraw(town)
    with pytest.raises(NotPublished):
        write(town)
    with pytest.raises(NotPublished):
        public_place(town, "town")
    assert comments(town, ADMIN, "Town") == ()


def test_a_draft_is_not_published(town):
    withdraw(town)
    publish(town, an_edition(2), state="proposed")
    with pytest.raises(NotPublished):
        write(town)


@pytest.mark.parametrize("text", ["", " \x00 ", "x" * 2_001])
def test_what_is_no_comment_is_refused_with_a_code(town, text):
    with pytest.raises(CommentRefused):
        write(town, text)
    assert comments(town, ADMIN, "Town") == ()


def test_a_flood_is_held_back_and_nothing_of_what_was_taken_in_is_lost(town, clock):
    for number in range(MOST_AN_HOUR):
        assert write(town, f"Number {number}")
        clock.later(seconds=1)
    with pytest.raises(Flooded) as caught:
        write(town, "One too many")
    assert caught.value.contact == "data@town.example"
    assert len(comments(town, ADMIN, "Town")) == MOST_AN_HOUR
    clock.later(hours=1)
    assert write(town, "An hour later")


def test_a_flood_at_once_is_held_back_at_the_same_number(town, monkeypatch):
    monkeypatch.setattr(public_comments, "MOST_AN_HOUR", 5)

    def one(number: int) -> str:
        try:
            return "taken" if write(town, f"Number {number}") else "twice"
        except Flooded:
            return "flooded"

    with ThreadPoolExecutor(8) as many:
        assert Counter(many.map(one, range(20))) == {"taken": 5, "flooded": 15}
    assert len(comments(town, ADMIN, "Town")) == 5


def test_what_breaks_in_the_middle_leaves_nothing_and_the_same_form_is_taken_in_afterwards(town, monkeypatch):
    number = uuid4()

    def broken(*given: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(public_comments, "note_received", broken)
        with pytest.raises(OSError, match="disk"):
            write(town, number=number)
    assert comments(town, ADMIN, "Town") == ()
    assert write(town, number=number) and only(town).text == "More trees"
    received = [each for each in upkeep.audit_events(town, ADMIN) if each.verb == "receive comment"]
    assert len(received) == 1


def test_refusing_needs_a_reason_and_is_counted_by_it(town):
    write(town)
    with pytest.raises(Refused, match="no reason"):
        refuse_comment(town, ADMIN, only(town), "dislike")
    refuse_comment(town, ADMIN, only(town), "spam")
    with town.store.reading() as tx:
        assert refused_counts(tx, setup.the_organisation(town, ADMIN, "Town").id) == {"spam": 1}
    assert shown(town) == ()


def test_what_is_left_out_is_marked_and_nothing_is_put_into_anybodys_mouth(town):
    write(town, f"{SECRET}, and the bins are late")
    with pytest.raises(Refused, match="add none"):
        publish_comment(town, ADMIN, only(town), "The bins are early")
    with pytest.raises(Refused, match="refuse it"):
        publish_comment(town, ADMIN, only(town), "  ")
    published = publish_comment(town, ADMIN, only(town), "the bins are late")
    assert published.shortened
    assert [each.text for each in shown(town)] == ["[…] the bins are late"]


@pytest.mark.parametrize(
    ("kind", "answer"), [("done", " "), ("", "We did"), ("perhaps", "We did"), ("done", "x" * 1_001)]
)
def test_an_answer_has_a_kind_and_a_text(town, kind, answer):
    write(town)
    with pytest.raises(Refused):
        publish_comment(town, ADMIN, only(town), kind=kind, answer=answer)
    published = publish_comment(town, ADMIN, only(town))
    with pytest.raises(Refused):
        answer_comment(town, ADMIN, published, kind, answer)


def test_only_what_is_published_is_answered_and_an_answer_can_be_taken_back(town):
    write(town)
    with pytest.raises(Refused, match="publish it first"):
        answer_comment(town, ADMIN, only(town), "done", "We did")
    answered = publish_comment(town, ADMIN, only(town), kind="done", answer="We did")
    answer_comment(town, ADMIN, answered, "", "")
    assert shown(town) == (Said(language="en", text="More trees"),)


def test_what_was_decided_can_be_undone(town):
    write(town)
    first = only(town)
    for decided in (
        lambda each: publish_comment(town, ADMIN, each),
        lambda each: refuse_comment(town, ADMIN, each, "spam"),
    ):
        reopen_comment(town, ADMIN, decided(only(town)))
        now = only(town)
        assert (now.state, now.text, now.shown, now.reason) == ("waiting", first.text, "", "")
    with pytest.raises(Refused, match="waits already"):
        reopen_comment(town, ADMIN, only(town))


def test_two_moderators_at_once_the_second_is_told_and_overwrites_nothing(town):
    write(town)
    read = only(town)
    publish_comment(town, ADMIN, read)
    with pytest.raises(Changed):
        refuse_comment(town, ADMIN, read, "spam")
    assert only(town).state == "published"
    assert publish_comment(town, ADMIN, read) == only(town)  # a second click on the same button


@pytest.mark.parametrize("_", range(3))
def test_of_two_moderators_who_answer_at_the_same_moment_one_is_told(town, _):
    write(town)
    published = publish_comment(town, ADMIN, only(town))
    together = threading.Barrier(2)

    def one(answer: str) -> str:
        together.wait()
        try:
            return answer_comment(town, ADMIN, published, "done", answer).answer
        except Changed:
            return "told"

    with ThreadPoolExecutor(2) as both:
        said_to = list(both.map(one, ("On Mondays", "On Fridays")))
    assert sorted(each == "told" for each in said_to) == [False, True]
    assert only(town).answer in said_to
    answered = [each for each in upkeep.audit_events(town, ADMIN) if each.verb == "answer comment"]
    assert len(answered) == 1 and only(town).row_version == published.row_version + 1


@pytest.mark.parametrize(
    "decide",
    [
        lambda town, read: publish_comment(town, ADMIN, read, kind="done", answer="Planted"),
        lambda town, read: refuse_comment(town, ADMIN, read, "spam"),
    ],
    ids=["publish", "refuse"],
)
def test_a_second_click_decides_nothing_twice(town, decide):
    write(town)
    read = only(town)
    assert decide(town, read) == decide(town, read) == only(town)
    decided = only(town)
    assert reopen_comment(town, ADMIN, decided) == reopen_comment(town, ADMIN, decided) == only(town)
    trail = [each.verb for each in upkeep.audit_events(town, ADMIN) if each.verb.endswith("comment")]
    assert len(trail) == 3, "it was received, decided and opened again, each once"


def test_texts_that_are_not_to_be_seen_go_after_30_days(town, clock):
    write(town, SECRET)
    refuse_comment(town, ADMIN, only(town), "personal_data")
    clock.later(seconds=1)
    write(town, f"{SECRET}, and the bins are late")
    shortened = comments(town, ADMIN, "Town")[0].comment
    publish_comment(town, ADMIN, shortened, "the bins are late")
    clock.later(days=30, seconds=-2)
    assert [each.comment.text for each in comments(town, ADMIN, "Town")] == [shortened.text, SECRET]
    assert public_comments.forget_old_texts(town, ADMIN, "Town") == 0
    clock.later(seconds=3)
    assert [each.comment.text for each in comments(town, ADMIN, "Town")] == ["[…] the bins are late", ""]
    refused = comments(town, ADMIN, "Town")[1].comment
    with pytest.raises(Refused, match="deleted 30 days"):
        reopen_comment(town, ADMIN, refused)
    assert SECRET in everything(town)
    write(town, "The next one")
    assert SECRET not in everything(town)
    with town.store.reading() as tx:
        assert refused_counts(tx, setup.the_organisation(town, ADMIN, "Town").id) == {"personal_data": 1}
    assert public_comments.forget_old_texts(town, ADMIN, "Town") == 0


def test_answering_an_old_shortened_comment_does_not_keep_its_text(town, clock):
    write(town, f"{SECRET}, and the bins are late")
    publish_comment(town, ADMIN, only(town), "the bins are late")
    clock.later(days=31)
    answer_comment(town, ADMIN, only(town), "done", "They come on Mondays")
    assert SECRET not in everything(town)


def test_the_page_can_delete_what_is_due(town, clock):
    write(town, SECRET)
    refuse_comment(town, ADMIN, only(town), "abuse")
    clock.later(days=31)
    assert public_comments.forget_old_texts(town, ADMIN, "Town") == 1
    assert SECRET not in everything(town)


def everything(town) -> str:
    """All that is stored of comments."""
    with town.store.reading() as tx:
        return json.dumps(tx.rows("SELECT text, shown, answer FROM public_comment"), ensure_ascii=False)


def test_the_audit_trail_has_every_decision_and_no_text(town):
    write(town, SECRET)
    published = publish_comment(town, ADMIN, only(town), "My neighbour never pays")
    reopened = reopen_comment(town, ADMIN, answer_comment(town, ADMIN, published, "answered", "Ask the counter"))
    refuse_comment(town, ADMIN, reopened, "personal_data")
    trail = [each for each in upkeep.audit_events(town, ADMIN) if each.verb.endswith("comment")]
    assert {each.verb for each in trail} == {
        "receive comment", "publish comment", "answer comment", "reopen comment", "refuse comment",
    }  # fmt: skip
    assert {each.subject for each in trail} == {published.id}
    for each in trail:
        words = f"{each.actor} {each.subject} {json.dumps(dict(each.detail))}"
        assert not any(word in words for word in ("neighbour", "Bob", "pays", "counter"))
    assert next(each for each in trail if each.verb == "receive comment").actor == "resident"


def test_hints_know_the_organisations_people_and_the_other_comments(town):
    people.add_person(town, ADMIN, "Ida Holm", None, "reviewer", organisation="Town")
    for text in ("Mrs Holm is slow", "More trees", "more trees!", "Fine"):
        write(town, text)
    found = {each.comment.text: each.hints for each in comments(town, ADMIN, "Town")}
    assert found == {"Mrs Holm is slow": ("name",), "More trees": ("same",), "more trees!": ("same",), "Fine": ()}


@pytest.mark.parametrize("visitor", [LEADER, PARKS_LEAD, RESPONDENT], ids=lambda each: each.name)
def test_only_who_publishes_reads_or_moderates(town, visitor):
    write(town)
    read = only(town)
    for call in (
        lambda: comments(town, visitor, "Town"),
        lambda: publish_comment(town, visitor, read),
        lambda: refuse_comment(town, visitor, read, "no reason of ours"),
        lambda: answer_comment(town, visitor, read, "odd", ""),
        lambda: reopen_comment(town, visitor, read),
    ):
        with pytest.raises(NotPermitted):
            call()
    assert only(town) == read


def test_a_comment_of_another_store_is_none_of_ours(town):
    write(town)
    with pytest.raises(Refused, match="not in the list"):
        publish_comment(town, ADMIN, replace(only(town), id=str(uuid4())))
