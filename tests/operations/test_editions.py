"""Editions: private by default, checked, approved by a second person, chained, withdrawn; and what is given out."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from maturity.access.roles import Grant, Visitor
from maturity.access.visibility import FIELDS
from maturity.operations import (
    acceptance,
    actions,
    edition_approval,
    edition_drafting,
    editions,
    governing_bodies,
    people,
    plan_making,
    plan_versions,
    public_preview,
    public_settings,
    public_site,
    public_words,
    released_answers,
    upkeep,
    visibility,
)
from maturity.operations.edition_approval import BodyDecision
from maturity.operations.edition_drafting import EditionChoices
from maturity.operations.errors import Changed, Refused
from maturity.operations.progress import report_progress
from maturity.operations.saved_plans import plan
from maturity.planning.catalogue import Kpi
from maturity.roadmap.editions import PublicWords, edition_hash, edition_text, read_edition
from maturity.roadmap.ledger import LedgerEntry, changes, verify_chain

from .city import ADMIN, LEADER, make_town
from .conftest import NOW

KPI = Kpi(name="Sets listed", unit="%", baseline=10.0, target=90.0, source="the register", frequency="monthly")
DAY = date(2026, 4, 6)
WORDS = PublicWords(title="Ask everybody", plain="We ask every office.", outcome="You are asked once.")
ALL = EditionChoices(
    everything=True, fields=tuple(FIELDS), contact="data@town.example", next_update_on=date(2026, 6, 1)
)


@pytest.fixture
def town(workspace):
    """A town with an approved version, in which people's own action is signed off."""
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    made = actions.add_action(
        workspace, ADMIN, title="Ask everybody", start=DAY, finish=DAY + timedelta(days=30), owner="Ida Brandt",
        deliverable="A list", done_when="All are on it", kpi=KPI,
    )  # fmt: skip
    acceptance.note_answer(workspace, ADMIN, made.id, 1, "accepted", note="in the room")
    approve_plan(workspace, "Spring")
    public_words.set_public_words(workspace, ADMIN, "added-1", "en", WORDS, expected_version=0)
    return workspace


def approve_plan(workspace, name):
    made = plan_versions.propose_version(workspace, ADMIN, name, "the first that we can keep")
    return plan_versions.approve_version(workspace, LEADER, made.id)


def started(town, choices=ALL):
    return edition_drafting.start_edition(town, ADMIN, "Spring", choices=choices)


def proposed(town, choices=ALL):
    made = started(town, choices)
    return edition_approval.propose_edition(town, ADMIN, made.id, made.row_version)


def published(town, choices=ALL):
    made = proposed(town, choices)
    return edition_approval.approve_edition(town, LEADER, made.id, made.row_version)


def own(town):
    return plan(town, ADMIN).action("added-1")


def seen(town, made):
    return editions.preview_edition(town, ADMIN, made.id)


def codes(preview):
    return {each.code for each in preview.stops}


def test_nothing_chosen_is_nothing_in_it_and_all_of_it_is_counted(town):
    look = seen(town, edition_drafting.start_edition(town, ADMIN, "Spring"))
    assert (look.edition.actions, look.edition.fields, look.edition.milestones) == ((), (), ())
    counts = {(each.part, each.reason): each.count for each in look.edition.withheld}
    assert counts["actions", "not_chosen"] == len(plan(town, ADMIN).actions)
    assert counts["fields", "not_chosen"] == len(FIELDS) - 1 and counts["fields", "on_request"] == 1
    assert counts["questions", "on_request"] == 40
    assert "Brandt" not in look.text and codes(look) >= {"no_actions", "no_contact"}


def test_a_chosen_action_bears_what_was_chosen_and_no_name(town):
    chosen = ALL.model_copy(update={"everything": False, "actions": ("added-1",), "fields": ("dates", "owner_role")})
    (only,) = seen(town, started(town, chosen)).edition.actions
    assert (only.slug, only.start, only.finish) == ("added-1", DAY, DAY + timedelta(days=30))
    assert (only.owner_role, only.status, only.cost, only.kpi) == ("", None, None, None)
    assert only.words["en"] == WORDS
    everything = seen(town, started(town))
    assert "Brandt" not in everything.text and all(
        each.owner_role for each in everything.edition.actions if each.slug != "added-1"
    )
    assert codes(everything) == set()


def test_an_edition_is_approved_by_somebody_else_and_hashed_over_its_very_text(town):
    made = proposed(town)
    with pytest.raises(Refused, match="you proposed 'Spring' yourself"):
        edition_approval.approve_edition(town, ADMIN, made.id, made.row_version)
    as_leader = replace(ADMIN, grants=LEADER.grants)  # another view of the same person is no second person
    with pytest.raises(Refused, match="you proposed"):
        edition_approval.approve_edition(town, as_leader, made.id, made.row_version)
    done = edition_approval.approve_edition(town, LEADER, made.id, made.row_version, note="read")
    assert (done.state, done.number, done.previous) == ("published", 1, "")
    assert done.sha256 == edition_hash(done.body) and done.body == edition_text(done.edition)
    assert (done.edition.approved_by, done.edition.published_on) == ("Leadership", NOW.date())
    before = read_edition(made.body).model_copy(update={"approved_by": "Leadership"})
    assert edition_text(before) == done.body, "what was approved is what is published"
    assert upkeep.problems_of_store(town, ADMIN) == []


def test_one_administrator_notes_the_decision_of_a_body(town):
    body = governing_bodies.add_body(town, ADMIN, "Data council", ["Ida Brandt", "Jo Marsh", "Lea Voss"], 2)
    made = proposed(town)
    there = BodyDecision(body_id=body.id, on=NOW.date(), present=("Ida Brandt",), minute="4.1")
    with pytest.raises(Refused, match="decides with at least 2"):
        edition_approval.approve_edition(town, ADMIN, made.id, made.row_version, by=there)
    decided = replace(there, present=("Ida Brandt", "Jo Marsh"))
    done = edition_approval.approve_edition(town, ADMIN, made.id, made.row_version, by=decided)
    assert done.edition.approved_by == "Data council" and "Marsh" not in done.body
    assert done.last("published").body["minute"] == "4.1"


def test_what_is_previewed_is_what_residents_read(town):
    named = {"en": PublicWords(title="Ask <script>all()</script>", plain="We ask."), "es": WORDS}
    for version, (language, words) in ((1, ("en", named["en"])), (0, ("es", named["es"]))):
        public_words.set_public_words(town, ADMIN, "added-1", language, words, expected_version=version)
    published(town)
    made = proposed(town, ALL.model_copy(update={"languages": ("en", "es")}))
    seen_before = public_preview.preview_pages(town, ADMIN, made.id, "added-1", mount="/public/town/")
    assert set(seen_before) == {
        "style.css", "en/index.html", "es/index.html", "en/actions/added-1.html", "es/actions/added-1.html"
    }  # fmt: skip
    tomorrow = replace(town, clock=lambda: NOW + timedelta(days=1))
    done = edition_approval.approve_edition(tomorrow, LEADER, made.id, made.row_version)
    site = public_site.site(tomorrow, "town", served=True, mount="/public/town/")
    days = ((b"2026-03-02", b"2026-03-03"), (b"2 March 2026", b"3 March 2026"), (b"2 de marzo", b"3 de marzo"))
    for path, content in seen_before.items():
        for then, now in days:
            content = content.replace(then, now)
        assert content == site.files[path], path
    assert public_preview.preview_pages(tomorrow, LEADER, done.id, "added-1", mount="/public/town/") == {
        path: site.files[path] for path in seen_before
    }
    alone = public_preview.one_file(seen_before, "en/actions/added-1.html")
    assert "<script" not in alone and "href=" not in alone.partition("<body>")[2] and "--ground" in alone
    edition_approval.withdraw_edition(tomorrow, LEADER, done.id, done.row_version, "wrong")
    with pytest.raises(Refused, match="residents see nothing of it"):
        public_preview.preview_pages(tomorrow, LEADER, done.id)


def test_a_second_click_and_a_second_person_change_nothing(town):
    made = proposed(town)
    with pytest.raises(Changed, match="is proposed already"):
        edition_approval.propose_edition(town, ADMIN, made.id, made.row_version)
    done = edition_approval.approve_edition(town, LEADER, made.id, made.row_version)
    for again in (made.row_version, done.row_version):
        with pytest.raises(Changed, match="is published already"):
            edition_approval.approve_edition(town, LEADER, made.id, again)
    assert [each.number for each in editions.editions(town, ADMIN)] == [1]
    draft = started(town)
    edition_drafting.change_edition(town, ADMIN, draft.id, draft.row_version, EditionChoices())
    with pytest.raises(Changed, match="changed by somebody else meanwhile"):
        edition_drafting.change_edition(town, ADMIN, draft.id, draft.row_version, ALL)


def test_an_edition_is_sent_back_given_up_and_another_version_makes_it_old(town):
    made = proposed(town)
    back = edition_approval.return_edition(town, LEADER, made.id, made.row_version, "say what it costs")
    assert (back.state, back.body) == ("draft", "")
    again = edition_approval.propose_edition(town, ADMIN, back.id, back.row_version)
    move(town, "More to do")
    assert seen(town, again).stale
    with pytest.raises(Changed, match="another version of the plan has been approved"):
        edition_approval.approve_edition(town, LEADER, again.id, again.row_version)
    gone = edition_approval.give_up_edition(town, ADMIN, again.id, again.row_version, "made anew")
    assert gone.state == "given_up" and gone.number is None


def test_without_an_approved_version_there_is_no_edition(workspace):
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    with pytest.raises(Refused, match="no version of the plan is approved yet"):
        edition_drafting.start_edition(workspace, ADMIN, "Spring")


def move(town, reason, days=30):
    """A month later the finish is moved, accepted and approved; the town as it is then."""
    later, action = replace(town, clock=lambda: NOW + timedelta(days=30)), own(town)
    finish = action.finish + timedelta(days=days)
    actions.edit_action(later, ADMIN, action.id, action.row_version, reason=reason, finish=finish)
    acceptance.note_answer(later, ADMIN, action.id, own(later).row_version, "accepted", note="in the room")
    approve_plan(later, f"Version of {finish}")
    return later


def test_a_slip_is_told_with_its_reason_and_without_who_said_it(town):
    people.add_person(town, ADMIN, "Asha Adeyemi", "asha@town.example", "department_lead", "parks")
    first = published(town)
    town = move(town, "Asha Adeyemi is ill")
    second = published(town)
    action = second.edition.action("added-1")
    (told,) = action.moves
    assert (told.what, (told.now - told.was).days, told.number) == ("finish", 30, 1)
    assert told.why == "[…] is ill." and told.approved_by == "Chief Data Officer"
    assert action.first_finish == DAY + timedelta(days=30)
    assert "Adeyemi" not in second.body and "Command line" not in second.body
    kinds = [(each.kind, each.slug) for each in changes(first.edition, second.edition)]
    assert ("moved", "added-1") in kinds
    assert second.previous == first.sha256


def test_a_slip_without_a_reason_stops_the_edition(town):
    published(town)
    town = move(town, "")
    with pytest.raises(Refused, match=r"the first \('Ask everybody'\): its finish moved to .* and nobody said why"):
        proposed(town)


def test_a_withdrawn_edition_leaves_its_hash_and_the_next_one_names_it(town):
    first = published(town)
    gone = edition_approval.withdraw_edition(town, LEADER, first.id, first.row_version, "A wrong sum")
    assert (gone.state, gone.number, gone.sha256) == ("withdrawn", 1, first.sha256)
    second = published(town)
    (told,) = second.edition.withdrawn
    assert (told.number, told.sha256, told.reason) == (1, first.sha256, "A wrong sum")
    entries = {
        1: LedgerEntry(
            number=1, published_on=NOW.date(), sha256=first.sha256, previous="", withdrawn_on=told.withdrawn_on
        ),
        2: LedgerEntry(number=2, published_on=NOW.date(), sha256=second.sha256, previous=second.previous),
    }
    assert verify_chain({2: second.body}, entries) == ()
    with pytest.raises(Changed, match="was withdrawn already"):
        edition_approval.withdraw_edition(town, LEADER, first.id, gone.row_version, "Once more")


def test_names_of_people_stop_an_edition_and_reports_move_on(town):
    people.add_person(town, ADMIN, "Asha Adeyemi", None, "leader")
    named = WORDS.model_copy(update={"plain": "Call asha adeyemi at once"})
    public_words.set_public_words(town, ADMIN, "added-1", "en", named, expected_version=1)
    with pytest.raises(Refused, match="it names a person, Asha Adeyemi"):
        proposed(town)
    action = own(town)
    report_progress(town, ADMIN, action.id, action.row_version, 20.0, begun_on=NOW.date())
    assert seen(town, started(town)).edition.action("added-1").status == "on_track"


def test_a_field_that_may_not_be_published_is_not_and_is_counted(town):
    visibility.set_visibility(town, ADMIN, "field", ["cost"], "withheld", "commercial", "tenders are out")
    look = seen(town, started(town))
    assert "cost" not in look.edition.fields and all(each.cost is None for each in look.edition.actions)
    assert {(e.part, e.reason): e.count for e in look.edition.withheld}["fields", "commercial"] == 1
    made = proposed(town)
    visibility.set_visibility(town, ADMIN, "field", ["status"], "withheld", "legal", "a case is open")
    with pytest.raises(Refused, match="the first: “How it stands: on track, late, done” may not be published"):
        edition_approval.approve_edition(town, LEADER, made.id, made.row_version)


@pytest.mark.parametrize(
    ("subject", "codes_", "level", "reason", "said", "match"),
    [
        ("field", ["cost"], "withheld", "", "so", "needs a reason"),
        ("field", ["cost"], "withheld", "legal", "", "a sentence that says why is missing"),
        ("field", ["names"], "public", "", "", "there is no field 'names'"),
        ("question", ["q"], "public", "", "because", "there is no question 'q'"),
        ("field", [], "public", "", "", "no field is chosen"),
        ("field", ["cost"], "secret", "", "", "is no class"),
    ],
)
def test_classes_that_do_not_fit(town, subject, codes_, level, reason, said, match):
    with pytest.raises(Refused, match=match):
        visibility.set_visibility(town, ADMIN, subject, codes_, level, reason, said)


def test_classes_are_set_and_go_back_to_the_usual(town):
    visibility.set_visibility(town, ADMIN, "field", ["cost"], "on_request", "", "")
    found = {each.code: each for each in visibility.visibility(town, ADMIN)}
    assert (found["cost"].level, found["cost"].reason, found["cost"].is_usual) == ("on_request", "on_request", False)
    visibility.set_visibility(town, ADMIN, "field", ["cost"], "public")
    found = {each.code: each for each in visibility.visibility(town, ADMIN)}
    assert found["cost"].is_usual and len(found) == len(FIELDS) + 40


def test_own_words_win_are_kept_once_and_go_back_to_the_catalogues(town):
    known = {each.code: each for each in public_words.public_words(town, ADMIN)}
    planned = next(each for each in known.values() if each.usual)
    usual = planned.usual["es"]
    mine = usual.model_copy(update={"title": "Otro nombre"})
    kept = public_words.set_public_words(town, ADMIN, planned.code, "es", mine, expected_version=0)
    with pytest.raises(Changed, match="meanwhile"):
        public_words.set_public_words(town, ADMIN, planned.code, "es", mine, expected_version=0)
    found = {each.code: each for each in public_words.public_words(town, ADMIN)}[planned.code]
    assert found.words("es") == mine and found.words("en") == planned.usual["en"]
    assert public_words.set_public_words(town, ADMIN, planned.code, "es", usual, expected_version=kept) == 0
    assert {e.code: e for e in public_words.public_words(town, ADMIN)}[planned.code].own == {}
    with pytest.raises(Refused, match="has no action 'nowhere'"):
        public_words.set_public_words(town, ADMIN, "nowhere", "es", mine, expected_version=0)
    with pytest.raises(Refused, match="what it is called is missing"):
        public_words.set_public_words(
            town, ADMIN, "added-1", "es", PublicWords(title="", plain="x"), expected_version=0
        )


def test_words_that_are_missing_in_a_language_stop_the_edition(town):
    both = seen(town, started(town, ALL.model_copy(update={"languages": ("en", "es")})))
    assert [(e.slug, e.language) for e in both.stops if e.code == "words_missing"] == [("added-1", "es")]


def test_settings_hold_for_the_next_draft(town):
    settings = public_settings.PublicSettings(
        contact="https://town.example/data", languages=("es", "en"), licence="CC0-1.0", months=6
    )
    public_settings.set_public_settings(town, ADMIN, settings)
    chosen = editions.choices_of(edition_drafting.start_edition(town, ADMIN, "Next"))
    assert (chosen.contact, chosen.languages, chosen.licence) == (settings.contact, ("es", "en"), "CC0-1.0")
    assert chosen.next_update_on == date(2026, 9, 2)
    for wrong in ({"contact": "somebody"}, {"languages": ()}, {"licence": "mine"}, {"months": 0}):
        with pytest.raises(Refused):
            public_settings.set_public_settings(town, ADMIN, replace(settings, **wrong))


def rows_of(zipped, name):
    with zipfile.ZipFile(io.BytesIO(zipped)) as files:
        return list(csv.DictReader(io.StringIO(files.read(name).decode())))


def test_answers_are_given_out_without_what_is_withheld(town):
    question = next(each.code for each in visibility.visibility(town, ADMIN) if each.subject == "question")
    visibility.set_visibility(town, ADMIN, "question", [question], "withheld", "security", "names our locks")
    made = released_answers.released_answers(town, ADMIN)
    rows = rows_of(made, "answers.csv")
    assert len(rows) == 39 * 3 and question not in {each["question_id"] for each in rows}
    parks = [each for each in rows if each["department"] == "Parks"]
    assert {(e["value"], e["value_from"], e["distribution"]) for e in parks} == {("1", "review", "")}
    assert rows_of(made, "withheld.csv") == [{"part": "questions", "reason": "security", "count": "1"}]
    assert made == released_answers.released_answers(town, ADMIN)


def test_only_whoever_publishes_prepares(town):
    somebody = Visitor(person="x", name="X", grants=(Grant(role="reviewer"),))
    with pytest.raises(PermissionError):
        editions.editions(town, somebody)
    with pytest.raises(PermissionError):
        edition_drafting.start_edition(town, LEADER, "Mine")
