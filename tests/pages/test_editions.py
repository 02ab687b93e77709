"""The page of editions: drafted by the administrator, approved by leadership, closed to others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import (
    acceptance,
    actions,
    edition_approval,
    edition_drafting,
    editions,
    governing_bodies,
    plan_making,
    plan_versions,
    public_settings,
    public_words,
    visibility,
)
from maturity.operations.edition_drafting import EditionChoices
from maturity.operations.workspace import default_url, open_workspace
from maturity.planning.catalogue import Kpi
from maturity.roadmap.edition_checks import Check, folded
from maturity.roadmap.editions import PublicWords
from maturity.ui import clock
from maturity.ui.editions_checks import named
from maturity.ui.editions_seen import Told, answer
from tests.operations.city import make_town

from .conftest import open_page

WORDS = PublicWords(title="Ask <b>everybody</b>", plain="We ask every office.", outcome="You are asked once.")


@pytest.fixture
def town(stores):
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    day = workspace.clock().date() + timedelta(days=30)
    kpi = Kpi(name="Sets", unit="%", baseline=1.0, target=9.0, source="the register", frequency="monthly")
    made = actions.add_action(
        workspace, ADMIN, title="Ask everybody", start=day, finish=day + timedelta(days=90), owner="Ida Brandt",
        deliverable="A list", done_when="All are on it", kpi=kpi,
    )  # fmt: skip
    acceptance.note_answer(workspace, ADMIN, made.id, 1, "accepted", note="in the room")
    version = plan_versions.propose_version(workspace, ADMIN, "Spring", "the first that we can keep")
    plan_versions.approve_version(workspace, ADMIN, version.id)
    public_words.set_public_words(workspace, ADMIN, "added-1", "en", WORDS, expected_version=0)
    return workspace


def click(at, label):
    after = next(each for each in at.button if each.label == label).click().run()
    assert not after.exception
    return after


def words(at):
    return "\n".join(each.value for each in [*at.markdown, *at.caption, *at.header])


def drafted(town):
    chosen = EditionChoices(
        actions=("added-1",), fields=("dates",), contact="data@town.example",
        next_update_on=town.clock().date() + timedelta(days=90),
    )  # fmt: skip
    return edition_drafting.start_edition(town, ADMIN, "Summer", choices=chosen)


def test_a_draft_is_started_with_nothing_in_it(town, start):
    at = open_page(start(), "editions")
    at.text_input(key="editions:name:0").set_value("Summer")
    at = click(at, "Start a draft")
    assert "Summer is started" in at.success[0].value
    (kept,) = editions.editions(town, ADMIN)
    at.session_state[f"edition:{kept.id}"] = True
    at = at.run()
    assert not at.exception
    assert "Nothing: no action is chosen." in words(at) and "No action is in it" in words(at)


def test_it_is_proposed_but_not_approved_by_the_same_person(town, start):
    kept = drafted(town)
    at = start()
    at.session_state[f"edition:{kept.id}"] = True
    at = open_page(at, "editions")
    assert "Ask \\<b\\>everybody\\</b\\>" in words(at)
    at = click(at, "Propose it")
    assert "waits for a second person" in at.success[0].value
    approve = next(each for each in at.button if each.label == "Approve and publish it")
    assert approve.disabled and "You proposed it, so somebody else approves it" in words(at)
    assert editions.editions(town, ADMIN)[0].state == "proposed"


def test_one_administrator_publishes_what_a_body_decided(town, start):
    body = governing_bodies.add_body(town, ADMIN, "Data council", ["Ida Brandt", "Jo Marsh", "Lea Voss"], 2)
    kept = drafted(town)
    kept = edition_approval.propose_edition(town, ADMIN, kept.id, kept.row_version)
    at = start()
    at.session_state[f"edition:{kept.id}"] = True
    at = open_page(at, "editions")
    key = f"edition:{kept.id}:proposed"
    at = at.selectbox(key=f"{key}:by").set_value(body.id).run()
    at = click(at, "Approve and publish it")
    assert "on which Data council decided is missing" in at.error[0].value
    place = f"{key}:{body.id}:{body.row_version}"
    at.multiselect(key=f"{place}:present").set_value(["Ida Brandt", "Jo Marsh"])
    at.date_input(key=f"{place}:on").set_value(town.clock().date())
    at.text_input(key=f"{place}:minute").set_value("Item 4.1")
    at = click(at, "Approve and publish it")
    (done,) = editions.editions(town, ADMIN)
    assert (done.state, done.edition.approved_by) == ("published", "Data council")
    assert done.last("published").body["minute"] == "Item 4.1"
    assert any(f"--hash 1:{done.sha256}" in each.value for each in at.code)
    (link,) = at.get("link_button")
    assert link.proto.url == "/public/town/"


def test_a_draft_is_seen_as_residents_see_it(town, start):
    kept = drafted(town)
    at = start()
    at.session_state[f"edition:{kept.id}"] = at.session_state[f"preview:{kept.id}"] = True
    at = open_page(at, "editions")
    at = at.selectbox(key=f"preview:{kept.id}:page").set_value("added-1").run()
    (frame,) = at.get("iframe")
    body = frame.proto.srcdoc.partition("<body>")[2]
    assert "Ask &lt;b&gt;everybody&lt;/b&gt;" in body and "href=" not in body


def test_what_holds_for_every_edition_and_classes_are_set_on_the_page(town, start):
    at = start()
    for box in ("settings", "classes", "released"):
        at.session_state[f"editions:{box}"] = True
    at = open_page(at, "editions")
    at.text_input(key="public:contact").set_value("data@town.example")
    at.number_input(key="public:months").set_value(6)
    at = click(at, "Save for every edition")
    settings = public_settings.public_settings(town, ADMIN)
    assert (settings.contact, settings.months) == ("data@town.example", 6)
    at.multiselect(key="classes:field:codes").set_value(["cost"])
    at.selectbox(key="classes:field:level").set_value("withheld")
    at = click(at, "Set the class")
    assert "withheld needs a reason" in at.error[0].value
    at.selectbox(key="classes:field:reason").set_value("commercial")
    at.text_input(key="classes:field:said").set_value("tenders are out")
    at = click(at, "Set the class")
    found = {each.code: each for each in visibility.visibility(town, ADMIN)}
    assert (found["cost"].level, found["cost"].reason, found["cost"].said) == (
        "withheld", "commercial", "tenders are out"
    )  # fmt: skip
    assert "**120** rows" in words(at) and "Nothing is held back." in words(at)


def test_each_finding_leads_to_what_mends_it(town, start):
    named = PublicWords(title="Ask all", plain="Ask Ida Brandt.", outcome="")
    public_words.set_public_words(town, ADMIN, "added-1", "en", named, expected_version=1)
    kept = drafted(town)
    chosen = editions.choices_of(kept).model_copy(update={"contact": "", "lead": {"en": "Call 020 7946 0000"}})
    kept = edition_drafting.change_edition(town, ADMIN, kept.id, kept.row_version, chosen)
    at = open_page(start(), "editions")
    assert rf"An address at which people are heard is missing\. [Mend it](#in-{kept.id})" in words(at)
    assert [each.proto.anchor for each in at.subheader if each.value == "What is in it"] == [f"in-{kept.id}"]
    assert r"English, introduction\: A text holds what looks like a telephone number" in words(at)
    place = f"mend:{kept.id}:stops:words"
    at.session_state[place] = True
    at = at.run()
    assert at.selectbox(key=f"{place}:place").value == ("added-1", "en")
    assert at.text_area(key=f"{place}:added-1:en:2:plain").value == "Ask Ida Brandt."


def test_words_are_written_on_the_page(town, start):
    at = start()
    at.session_state["editions:words"] = True
    at = open_page(at, "editions")
    at = at.selectbox(key="words:code").set_value("added-1").run()
    at.text_input(key="words:added-1:en:1:title").set_value("Ask all")
    at = click(at, "Save the words")
    found = {each.code: each for each in public_words.public_words(town, ADMIN)}
    assert found["added-1"].words("en").title == "Ask all"


def test_leadership_sees_what_is_proposed_and_prepares_nothing(town, start):
    kept = drafted(town)
    edition_approval.propose_edition(town, ADMIN, kept.id, kept.row_version)
    at = start(Visitor(person="", name="Leadership", grants=(Grant(role="leader"),)))
    at.session_state[f"edition:{kept.id}"] = True
    at = open_page(at, "editions")
    labels = [each.label for each in at.button]
    assert "Approve and publish it" in labels and "Start a draft" not in labels and "Give it up" not in labels


def test_others_are_refused(town, start):
    at = open_page(start(Visitor(person="", name="Reviewer", grants=(Grant(role="reviewer"),))), "editions")
    assert not at.get("form") and "may not" in words(at) + "".join(e.value for e in [*at.error, *at.warning, *at.info])


def test_a_second_click_does_nothing_and_is_told_the_same():
    """The run of the first click may be ended after its answer was taken to be shown, and before that was drawn."""
    mine, done = Told(), []
    for _ in range(2):
        answer(mine, "here", lambda: done.append("one") or "It is done.", once="propose:1")
        assert mine.waiting.pop("here").words == "It is done."
    assert done == ["one"]
    answer(mine, "here", lambda: done.append("two") or "It is done.", once="propose:2")
    assert done == ["one", "two"]


def test_what_was_typed_stays_where_somebody_else_was_faster(town, start):
    kept = drafted(town)
    at = open_page(start(), "editions")
    key = f"choices:{kept.id}"
    at.text_area(key=f"{key}:1:lead:en").set_value("A long introduction")
    theirs = edition_drafting.EditionChoices(actions=("added-1",), contact="data@town.example")
    edition_drafting.change_edition(town, ADMIN, kept.id, kept.row_version, theirs)
    at = click(at, "Save what is in it")
    assert "changed by somebody else meanwhile" in at.error[0].value
    assert at.text_area(key=f"{key}:2:lead:en").value == "A long introduction"
    at = click(at, "Save what is in it")
    (now,) = editions.editions(town, ADMIN)
    assert editions.choices_of(now).lead == {"en": "A long introduction"} and not at.error


def test_a_deed_on_what_is_gone_is_told_where_the_edition_stands(town, start):
    kept = drafted(town)
    at = open_page(start(), "editions")
    edition_approval.give_up_edition(town, ADMIN, kept.id, kept.row_version, "made anew")
    at = click(at, "Propose it")
    assert "was given up" in at.error[0].value and len(at.error) == 1


def test_the_page_says_when_an_update_is_overdue_as_the_site_does(town, start, monkeypatch):
    made = drafted(town)
    made = edition_approval.propose_edition(town, ADMIN, made.id, made.row_version)
    leader = Visitor(person="mayor", name="Mayor", grants=(Grant(role="leader"),))
    edition_approval.approve_edition(town, leader, made.id, made.row_version)
    assert not any("older than it should be" in each.value for each in open_page(start(), "editions").warning)
    later = town.clock() + timedelta(days=91)
    monkeypatch.setattr(clock, "today", lambda here: later.date())
    (said,) = [each.value for each in open_page(start(), "editions").warning if "older" in each.value]
    assert "was due on" in said and "1 day ago" in said


def test_a_class_that_shuts_a_field_of_a_proposed_edition_is_a_click_away(town, start):
    made = drafted(town)
    edition_approval.propose_edition(town, COMMAND_LINE, made.id, made.row_version)
    visibility.set_visibility(town, ADMIN, "field", ["dates"], "withheld", "legal", "a case is open")
    at = click(open_page(start(), "editions"), "Open the classes")
    assert at.multiselect(key="classes:field:codes").options
    box = next(each for each in at.expander if each.label == "Look at it")
    assert "is open above the editions" in box.success[0].value
    at = click(at, "Approve and publish it")
    assert "may not be published" in next(each for each in at.expander if each.label == "Look at it").error[0].value


def test_copies_of_an_action_in_several_departments_are_named_once():
    checks = [Check(code="no_owner", slug=slug) for slug in ("list--parks", "list--roads", "pilot", "gone")]
    titles = {"list--parks": "List all", "list--roads": "List all", "pilot": "A pilot"}
    (one,) = folded(checks)
    assert named(one, titles) == ("“List all” (2 departments)", "“A pilot”", "“gone”")
