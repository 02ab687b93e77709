"""The page of residents: empty, with comments to moderate, and with the twin beside the scores."""

from __future__ import annotations

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
    assert only(town).state == "waiting"


def test_a_refusal_needs_a_reason_and_is_counted(town, start):
    write(town)
    page = press(open_page(start(), "residents"), "Refuse")
    assert page.error and only(town).state == "waiting"
    page.selectbox(key=f"comment:{only(town).id}:1:reason").set_value("spam")
    press(page, "Refuse")
    assert only(town).reason == "spam" and "Refused comments by reason" in said(page)


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
    assert "Residents see 1 of 1 topic lower than we do, most Systems: by 1.0" in drawn.proto.spec


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
    page = open_page(start(), "residents")
    assert not page.exception and "The text of 1 comment is gone" in said(page)
    assert not [each for each in page.button if each.label == "Let it wait again"]
