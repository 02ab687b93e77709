"""The page of residents: empty, with comments to moderate, and with the twin beside the scores."""

from __future__ import annotations

import re
from html import escape
from uuid import uuid4

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.assessment.resident_view import TWIN_QUESTIONS
from maturity.operations import plan_making, public_comments, resident_views, saved_plans
from maturity.operations.rounds import find_round
from maturity.operations.workspace import default_url, open_workspace
from tests.operations.city import make_town
from tests.operations.published_town import an_edition, publish

from .conftest import open_page, seen_as

HOSTILE = "<b>More</b> *trees* $x$ =1+1"


@pytest.fixture
def town(stores):
    made = open_workspace(default_url())
    make_town(made)
    publish(made)
    return made


def said(at) -> str:
    texts = [*at.markdown, *at.info, *at.caption, *at.success, *at.error, *at.warning]
    return "\n".join([*(each.value for each in texts), *(each.proto.body for each in at.get("html"))])


def press(at, label):
    return next(each for each in at.button if each.label == label).click().run()


def look_at(at, part):
    at.session_state["residents:part"] = part
    return at.run()


def find(at, words):
    return at.text_input(key="residents:find").set_value(words).run()


def shown(at) -> list[str]:
    """The texts of the comments on the page, as they stand there."""
    return re.findall(r"<blockquote[^>]*>([^<]*)</blockquote>", said(at))


def write(town, text=HOSTILE):
    public_comments.receive(town, "town", None, "en", text, uuid4())


def only(town):
    (found,) = public_comments.comments(town, ADMIN, "Town")
    return found.comment


def test_without_anything_it_says_so(at, start, stores):
    page = open_page(at, "residents")
    assert not page.exception and "Nobody has written yet" in page.info[0].value


def test_others_than_who_publishes_see_nothing(start, town):
    write(town)
    page = open_page(start(seen_as("leader")), "residents")
    assert "trees" not in said(page)


def test_a_comment_is_published_with_its_answer_and_nothing_in_it_is_markup(town, start):
    write(town)
    page = open_page(start(), "residents")
    assert not page.exception and "1 comment waits" in said(page)
    assert "&lt;b&gt;More&lt;/b&gt;" in said(page) and "<b>More" not in said(page)
    name = f"comment:{only(town).id}:1"
    page.selectbox(key=f"{name}:kind").set_value("done")
    page.text_area(key=f"{name}:text").set_value("Planted")
    press(page, "Publish")
    assert not page.exception and "The comment is published" in said(page)
    assert (only(town).state, only(town).shown, only(town).answer) == ("published", HOSTILE, "Planted")
    press(page, "Let it wait again")
    assert only(town).state == "waiting" and "The comment waits again" in said(page)


def test_a_refusal_needs_a_reason_and_is_counted(town, start):
    write(town)
    page = press(open_page(start(), "residents"), "Refuse")
    assert "Choose a reason first" in page.error[0].value and only(town).state == "waiting"
    page.selectbox(key=f"comment:{only(town).id}:1:reason").set_value("spam")
    press(page, "Refuse")
    assert only(town).reason == "spam" and "The comment is refused" in said(page)
    look_at(page, "refused")
    assert "Refused comments by reason" in said(page) and "trees" in said(page)


def test_words_that_were_not_said_are_refused(town, start):
    write(town, "The bins are late")
    page = open_page(start(), "residents")
    page.text_area(key=f"comment:{only(town).id}:1:shown").set_value("The bins are early")
    press(page, "Publish")
    assert "add none" in page.error[0].value and only(town).state == "waiting"


def test_the_twin_is_drawn_from_five_people_on(town, start):
    for _ in range(5):
        resident_views.receive_views(town, "town", {"systems": dict.fromkeys(TWIN_QUESTIONS, "no")}, uuid4())
    page = open_page(start(), "residents")
    assert not page.exception
    (drawn,) = page.get("vega_lite_chart")
    assert all(
        said in drawn.proto.spec
        for said in ("Residents see 1 of 1 topic lower than we do", "The most on Systems: by 1.0")
    )


def test_a_comment_stands_under_the_title_of_its_action_and_not_its_code(town, start):
    plan_making.replan(town, ADMIN, find_round(town, ADMIN, "2026"), "First plan", iterations=1)
    (action, *_) = [each for each in saved_plans.plan(town, ADMIN).actions if each.code == "A01"]
    publish(town, an_edition(2, codes=("A01",)))
    public_comments.receive(town, "town", "a01", "en", "When does it begin?", uuid4())
    assert public_comments.comments(town, ADMIN, "Town")[0].about == action.title
    page = open_page(start(), "residents")
    assert not page.exception and escape(action.title) in said(page) and "A01" not in said(page)


def test_of_a_refused_comment_whose_text_is_gone_only_the_count_is_shown(town, start):
    write(town)
    public_comments.refuse_comment(town, ADMIN, only(town), "spam")
    town.store.write(lambda tx: tx.run("UPDATE public_comment SET text = ''"))
    page = look_at(open_page(start(), "residents"), "refused")
    assert not page.exception and "The text of 1 comment is gone" in said(page)
    assert not [each for each in page.button if each.label == "Let it wait again"]


def test_comments_come_a_few_at_a_time_and_are_found_by_their_words(town, start, monkeypatch):
    monkeypatch.setattr(public_comments, "MOST_AN_HOUR", 100)
    for number in range(12):
        write(town, f"Number {number:02} is about {'benches' if number % 2 else 'buses'}")
    page = open_page(start(), "residents")
    assert shown(page) == [f"Number {number:02} is about {'benches' if number % 2 else 'buses'}" for number in range(5)]
    assert "Comments 1 to 5 of 12" in [each.value for each in page.header]
    assert [text[7:9] for text in shown(press(press(page, "Next comments"), "Next comments"))] == ["10", "11"]
    assert "Comments 11 to 12 of 12" in [each.value for each in page.header]
    assert [text[7:9] for text in shown(press(page, "Comments before"))] == ["05", "06", "07", "08", "09"]
    assert [text[7:9] for text in shown(find(page, "BENCHES 1"))] == ["01", "11"]
    assert shown(find(page, "dragons")) == [] and "No comment has these words" in said(page)
    assert len(shown(find(page, ""))) == 5


def test_what_was_decided_stays_where_it_was_until_something_else_is_looked_at(town, start):
    for text in ("First", "Second", "Third"):
        write(town, text)
    page = open_page(start(), "residents")
    (second,) = [
        each.comment for each in public_comments.comments(town, ADMIN, "Town") if each.comment.text == "Second"
    ]
    next(each for each in page.button if each.label == "Publish" and second.id in each.form_id).click().run()
    assert shown(page) == ["First", "Second", "Third"] and "The comment is published" in said(page)
    assert shown(find(page, "s")) == ["First"]
    assert shown(look_at(find(page, ""), "unanswered")) == ["Second"]


def test_two_moderators_answer_one_comment_the_second_is_told_and_keeps_what_was_written(town, start):
    write(town, "The bins are late")
    read = only(town)
    first, second = open_page(start(), "residents"), open_page(start(), "residents")
    for page, words in ((first, "They come on Mondays"), (second, "They come on <b>Fridays</b>")):
        page.selectbox(key=f"comment:{read.id}:1:kind").set_value("done")
        page.text_area(key=f"comment:{read.id}:1:text").set_value(words)
        press(page, "Publish")
    assert "The comment is published" in said(first) and not first.error
    assert not second.exception and "moderated by somebody else meanwhile" in second.error[0].value
    assert only(town).answer == "They come on Mondays"
    assert "They come on Mondays" in said(second) and "They come on &lt;b&gt;Fridays&lt;/b&gt;" in said(second)
    assert "is not saved" in said(second)
    assert second.text_area(key=f"comment:{read.id}:2:text").value == "They come on Mondays"


def test_a_refused_answer_stays_in_its_form_and_the_sentence_stands_in_its_comment(town, start):
    write(town, "The bins are late")
    name = f"comment:{only(town).id}:1"
    page = open_page(start(), "residents")
    page.text_area(key=f"{name}:text").set_value("They come on Mondays")
    press(page, "Publish")
    assert "Choose what came of it first" in page.error[0].value and only(town).state == "waiting"
    assert page.text_area(key=f"{name}:text").value == "They come on Mondays"


def test_hostile_texts_are_only_texts_also_where_they_are_long(town, start):
    for text in ("x" * 300, "a\n" * 900, "# Heading $x$ :red[no] [a](http://evil.example)"):
        write(town, text)
    page = open_page(start(), "residents")
    assert not page.exception and shown(page)[2] == "# Heading $x$ :red[no] [a](http://evil.example)"
    assert said(page).count('class="long" tabindex="0"') == 1


def test_the_twins_table_is_one_that_becomes_a_list_on_a_narrow_screen(town, start):
    for _ in range(5):
        resident_views.receive_views(town, "town", {"systems": dict.fromkeys(TWIN_QUESTIONS, "no")}, uuid4())
    page = start()
    page.session_state["table-twin"] = True
    page = open_page(page, "residents")
    assert not page.exception and not page.table
    assert '<td role="cell" data-label="Seen by residents">1.0</td>' in said(page)
