"""One person's rights: an export with all of theirs and nothing of others, and an erasure that no score notices."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.operations import (
    answers,
    erasure,
    given_roles,
    invitations,
    links,
    people,
    privacy,
    public_comments,
    replies,
    rights,
    scores,
    sign_in,
    targets,
)
from maturity.operations.changes import public_scope
from maturity.operations.errors import Refused
from maturity.operations.frameworks import import_framework
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round
from maturity.operations.setup import Department, Organisation, create_organisation
from maturity.operations.sign_off import sign_off_round
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workspace import Workspace
from maturity.storage.engine import Tx, new_id
from maturity.storage.rows import Respondent, TopicNote
from maturity.storage.tallies import tallies
from tests.assessment.small import framework

from . import published_town
from .known_people import known

SECRET = "strictly between us"


@pytest.fixture
def town(workspace: Workspace) -> Organisation:
    import_framework(workspace, COMMAND_LINE, framework())
    departments = [Department(code="x", name="Works", staff=10), Department(code="y", name="Parks", staff=30)]
    return create_organisation(workspace, COMMAND_LINE, "Town", departments)


@pytest.fixture
def round_(workspace: Workspace, town: Organisation) -> Round:
    return open_round(workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, "R1", "small"))


def said(
    workspace: Workspace, round_: Round, visitor: Visitor, levels: dict[str, int], *, sent: bool = True
) -> Respondent:
    """Answers with a text in every place where there can be one."""
    department = visitor.grants[0].department or "x"
    one = answers.start(workspace, visitor, round_, department)
    mark = f"{SECRET} {visitor.name}"
    for question, level in levels.items():
        given = Answer(
            question=question,
            state="level",
            level=level,
            comment=mark,
            evidence_note=mark,
            evidence_link=f"https://x.example/{mark}",
        )
        answers.save_answer(workspace, visitor, round_, one, given)
        answers.save_answer(workspace, visitor, round_, one, replace(given, confidence=4, comment=f"{mark} again"))
    none = Answer(question="c1", state="not_applicable", reason=mark)
    answers.save_answer(workspace, visitor, round_, one, none)
    answers.save_note(workspace, visitor, round_, one, TopicNote(topic="a", stands_in_the_way=mark, would_help=mark))
    workspace.store.write(_said_to, one.id, mark, workspace)
    return answers.send(workspace, visitor, round_, one) if sent else one


def _said_to(tx: Tx, respondent: UUID, mark: str, workspace: Workspace) -> None:
    """What reviewers add, and a file."""
    now = workspace.clock()
    columns = ("id", "respondent_id", "question", "name", "media_type", "size", "sha256", "body", "uploaded_at")
    file = (new_id(now), respondent, "a1", f"{mark}.pdf", "application/pdf", 4, "cafe", mark.encode(), now)
    tx.insert("evidence_file", columns, [file])
    flag = (respondent, "a1", mark, "command-line", now)
    tx.insert("evidence_flag", ("respondent_id", "question", "reason", "flagged_by", "flagged_at"), [flag])
    back = (new_id(now), respondent, mark, "command-line", now)
    tx.insert("sent_back", ("id", "respondent_id", "note", "sent_by", "sent_at"), [back])


def person_of(visitor: Visitor) -> UUID:
    return UUID(visitor.person)


def contents(workspace: Workspace) -> str:
    """Every value of every table as one text."""
    with workspace.store.reading() as tx:
        found = [[dict(row) for row in tx.rows(f"SELECT * FROM {table}")] for table in tx.tables()]
    return json.dumps(
        found, default=lambda value: value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    )


def counted(workspace: Workspace, round_: Round) -> tuple[Any, Any]:
    """Tallies as they are, and scores made anew from them."""
    with workspace.store.reading() as tx:
        found = tallies(tx, round_.id)
    scores.forget(workspace, round_)
    return found, scores.scores_of(workspace, COMMAND_LINE, round_.name, round_.organisation).scores


def test_a_person_gets_everything_of_theirs_and_nothing_of_others(
    workspace: Workspace, town: Organisation, round_: Round
) -> None:
    ann, bob = (known(workspace, name, "respondent", "x", town) for name in ("Ann Able", "Bob Baker"))
    said(workspace, round_, ann, {"a1": 3, "b1": 2})
    said(workspace, round_, bob, {"a1": 5})
    made = rights.export_person(workspace, ann, person_of(ann))
    document = made.document
    assert (document["person"]["name"], document["person"]["email"]) == ("Ann Able", "ann.able@town.example")
    assert [role["role"] for role in document["roles"]] == ["respondent"]
    assert [session["device"] for session in document["sessions"]] == ["Firefox on Linux"]
    assert len(document["links"]) == 1 and "hash" not in made.text and "secret of" not in made.text
    (asked,) = document["respondents"]
    assert (asked["round"], asked["department"], asked["status"]) == ("R1", "Works", "submitted")
    assert {a["question"]: a["level"] for a in asked["answers"]} == {"a1": 3, "b1": 2, "c1": None}
    assert len(asked["history"]) == 5
    assert [note["topic"] for note in asked["topic_notes"]] == ["a"]
    assert [flag["reason"] for flag in asked["flags"]] == [note["note"] for note in asked["sent_back"]]
    assert document["trail"][0]["verb"] == "send answers"
    assert document["left_out"] == []
    assert "Bob" not in made.text and "bob" not in made.text and bob.person not in made.text
    with zipfile.ZipFile(io.BytesIO(made.packed())) as pack:
        assert json.loads(pack.read("person.json")) == document
        name = asked["files"][0]["file"]
        assert pack.namelist() == ["person.json", name]
        assert pack.read(name) == f"{SECRET} Ann Able".encode()


def test_an_export_is_the_same_document_twice(workspace: Workspace, town: Organisation, round_: Round) -> None:
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    said(workspace, round_, ann, {"a1": 3})
    first, second = (dict(rights.export_person(workspace, ann, person_of(ann)).document) for _ in range(2))
    assert second.pop("made_at") > first.pop("made_at")
    assert second.pop("trail")[:-1] == first.pop("trail")  # the second notes the first
    assert first == second
    assert rights.held_about(workspace, ann, person_of(ann))["answers"] == 2


def test_an_administrator_gets_no_drafts_and_no_answers_of_rounds_without_names(
    workspace: Workspace, town: Organisation, round_: Round
) -> None:
    admin = known(workspace, "Ada", "administrator", None, town)
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    one = said(workspace, round_, ann, {"a1": 3}, sent=False)
    made = rights.export_person(workspace, admin, person_of(ann))
    assert made.document["respondents"] == [] and SECRET not in made.text
    answers.send(workspace, ann, round_, one)
    made = rights.export_person(workspace, admin, person_of(ann))
    assert len(made.document["respondents"]) == 1
    assert made.document["trail"] == []  # it is not of one organisation
    whole = rights.export_person(workspace, COMMAND_LINE, person_of(ann)).document
    assert [each["verb"] for each in whole["trail"]] == ["send answers"]
    workspace.store.write(_terms, round_.id, "pseudonymous")
    made = rights.export_person(workspace, admin, person_of(ann))
    assert made.document["respondents"] == [] and SECRET not in made.text
    assert made.document["left_out"] == list(rights.LEFT_OUT)
    assert len(rights.export_person(workspace, ann, person_of(ann)).document["respondents"]) == 1


def _terms(tx: Tx, round_id: UUID, anonymity: str) -> None:
    tx.run("UPDATE round_terms SET anonymity = $anonymity WHERE round_id = $round", anonymity=anonymity, round=round_id)


def test_an_erased_person_is_nowhere_and_the_scores_stay(
    workspace: Workspace, town: Organisation, round_: Round
) -> None:
    admin = known(workspace, "Ada", "administrator", None, town)
    ann, bob = (known(workspace, name, "respondent", "x", town) for name in ("Ann Able", "Bob Baker"))
    lead = replace(ann, grants=(*ann.grants, Grant(role="administrator", organisation=town.id)))
    one = said(workspace, round_, ann, {"a1": 3, "b1": 2})
    said(workspace, round_, bob, {"a1": 5})
    targets.set_importance(workspace, lead, round_, "a", 4, "because of the floods")
    before = counted(workspace, round_)
    erasure.erase_person(workspace, admin, person_of(ann), "asked")
    after = contents(workspace)
    for trace in ("Ann", "ann.able", f"{SECRET} Ann"):
        assert trace not in after
    assert f"{SECRET} Bob Baker" in after
    assert counted(workspace, round_) == before
    assert problems_of_store(workspace, COMMAND_LINE) == []
    event = audit_events(workspace, COMMAND_LINE)[0]
    assert (event.verb, event.subject, event.detail) == ("erase person", ann.person, {"reason": "asked"})
    with workspace.store.reading() as tx:
        respondent = tx.one("SELECT person, label, status FROM respondent WHERE id = $id", id=one.id)
        mark = tx.one("SELECT set_by, reason FROM importance")
    assert respondent == {"person": None, "label": "Erased respondent", "status": "submitted"}
    assert mark == {"set_by": "Erased person", "reason": "because of the floods"}
    with pytest.raises(Refused, match="was erased"):
        rights.export_person(workspace, admin, person_of(ann))
    with pytest.raises(Refused, match="was erased"):
        erasure.erase_person(workspace, admin, person_of(ann), "asked")


def test_a_draft_of_an_erased_person_is_gone_altogether(
    workspace: Workspace, town: Organisation, round_: Round
) -> None:
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    said(workspace, round_, ann, {"a1": 3}, sent=False)
    erasure.erase_person(workspace, COMMAND_LINE, person_of(ann), "asked")
    with workspace.store.reading() as tx:
        for table in (
            "respondent",
            "answer",
            "answer_event",
            "topic_note",
            "evidence_file",
            "evidence_flag",
            "sent_back",
        ):
            assert tx.rows(f"SELECT * FROM {table}") == [], table
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_who_may_export_and_erase(workspace: Workspace, town: Organisation, round_: Round) -> None:
    village = create_organisation(workspace, COMMAND_LINE, "Village", [Department(code="z", name="Zoo")])
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    bob = known(workspace, "Bob Baker", "respondent", "x", town)
    foreign = known(workspace, "Fay", "administrator", None, village)
    leader = known(workspace, "Lea", "leader", None, town)
    for visitor in (bob, foreign, leader):
        for deed in (rights.export_person, rights.held_about):
            with pytest.raises(NotPermitted, match="may not read what is kept about this person"):
                deed(workspace, visitor, person_of(ann))
        with pytest.raises(NotPermitted, match="may not manage people"):
            erasure.erase_person(workspace, visitor, person_of(ann), "asked")
    for visitor in (ann, bob, leader):
        with pytest.raises(NotPermitted):
            erasure.due_for_erasure(workspace, visitor, "Town")
        with pytest.raises(NotPermitted):
            erasure.apply_retention(workspace, visitor, "Town")
        with pytest.raises(NotPermitted):
            privacy.set_privacy_terms(workspace, visitor, "me", 3, "Town")
        with pytest.raises(NotPermitted):
            erasure.reapply_erasures(workspace, visitor)
        with pytest.raises(NotPermitted):
            erasure.erasures(workspace, visitor)
    with pytest.raises(Refused, match="no organisation 'Town'"):
        erasure.due_for_erasure(workspace, foreign, "Town")
    with pytest.raises(Refused, match="no organisation 'Town'"):
        privacy.privacy_terms(workspace, foreign, "Town")
    admin = known(workspace, "Ada", "administrator", None, town)
    with pytest.raises(Refused, match="you cannot erase yourself"):
        erasure.erase_person(workspace, admin, person_of(admin), "asked")
    with pytest.raises(Refused, match="is no reason to erase somebody; choose one of asked"):
        erasure.erase_person(workspace, admin, person_of(ann), "annoying")
    with pytest.raises(Refused, match="this person is not in the store"):
        rights.export_person(workspace, admin, new_id())


def test_somebody_of_two_organisations_is_seen_by_halves_and_erased_by_both_only(
    workspace: Workspace, town: Organisation, round_: Round
) -> None:
    village = create_organisation(workspace, COMMAND_LINE, "Village", [Department(code="z", name="Zoo")])
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    workspace.store.write(_also, person_of(ann), village.id, workspace)
    said(workspace, round_, ann, {"a1": 3})
    foreign = known(workspace, "Fay", "administrator", None, village)
    made = rights.export_person(workspace, foreign, person_of(ann)).document
    assert made["respondents"] == [] and [role["organisation"] for role in made["roles"]] == ["Village"]
    with pytest.raises(NotPermitted, match="may not manage people"):
        erasure.erase_person(workspace, foreign, person_of(ann), "asked")
    both = replace(foreign, grants=(*foreign.grants, Grant(role="administrator", organisation=town.id)))
    erasure.erase_person(workspace, both, person_of(ann), "asked")


def _also(tx: Tx, person: UUID, organisation: UUID, workspace: Workspace) -> None:
    now = workspace.clock()
    columns = ("id", "person_id", "organisation_id", "role", "given_by", "given_at")
    tx.insert("person_grant", columns, [(new_id(now), person, organisation, "leader", "command-line", now)])


def test_people_who_left_are_due_after_the_months_that_the_organisation_says(
    workspace: Workspace, town: Organisation
) -> None:
    admin = known(workspace, "Ada", "administrator", None, town)
    now = workspace.clock()
    old = known(workspace, "Old", "leader", None, town, left_at=now - timedelta(days=400))
    known(workspace, "New", "leader", None, town, left_at=now - timedelta(days=20))
    assert erasure.due_for_erasure(workspace, admin).people == ()  # 24 months
    privacy.set_privacy_terms(workspace, admin, "  data@town.example ", 12)
    assert privacy.privacy_terms(workspace, admin) == privacy.PrivacyTerms(
        organisation="Town", contact="data@town.example", retention_months=12
    )
    due = erasure.due_for_erasure(workspace, admin)
    assert [(each.name, each.left_on) for each in due.people] == [("Old", (now - timedelta(days=400)).date())]
    assert due.people[0].due_since == privacy.months_before(due.people[0].left_on, -12)
    assert erasure.apply_retention(workspace, admin) == due
    assert erasure.due_for_erasure(workspace, admin).nothing
    assert [each.person_id for each in erasure.erasures(workspace, COMMAND_LINE)] == [person_of(old)]
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_links_and_sessions_go_when_they_are_long_over(workspace: Workspace, town: Organisation) -> None:
    admin = known(workspace, "Ada", "administrator", None, town)
    known(workspace, "Ann Able", "respondent", "x", town)
    later = replace(workspace, clock=lambda: workspace.clock() + timedelta(days=40))
    due = erasure.due_for_erasure(later, admin)
    assert (due.people, due.sessions, due.links) == ((), 2, 0)  # the links hold for 30 days
    much_later = replace(workspace, clock=lambda: workspace.clock() + timedelta(days=61))
    assert erasure.apply_retention(much_later, admin).links == 2
    assert problems_of_store(workspace, COMMAND_LINE) == []
    with workspace.store.reading() as tx:
        assert tx.rows("SELECT id FROM personal_link") == tx.rows("SELECT id FROM sign_in_session") == []


def test_texts_that_were_refused_go_after_thirty_days(workspace: Workspace, town: Organisation) -> None:
    admin = known(workspace, "Ada", "administrator", None, town)
    published_town.publish(workspace)
    for text in ("Buy watches", "The bins are late"):
        public_comments.receive(workspace, "town", None, "en", text, uuid4())
    spam, _ = (each.comment for each in public_comments.comments(workspace, admin))
    public_comments.refuse_comment(workspace, admin, spam, "spam")

    def after(days: int) -> Workspace:
        return replace(workspace, clock=lambda: workspace.clock() + timedelta(days=days))

    assert erasure.due_for_erasure(after(29), admin).nothing
    assert erasure.due_for_erasure(after(31), admin).texts == 1
    before = workspace.revision(public_scope(town.id))
    assert erasure.apply_retention(after(31), admin).texts == 1
    assert workspace.revision(public_scope(town.id)) > before
    with workspace.store.reading() as tx:
        kept = {row["text"]: row["reason"] for row in tx.rows("SELECT text, reason FROM public_comment")}
    assert kept == {"": "spam", "The bins are late": ""}
    assert erasure.due_for_erasure(after(31), admin).nothing


def test_erasures_are_done_again_after_a_restore(workspace: Workspace, town: Organisation, round_: Round) -> None:
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    known(workspace, "Bob Baker", "respondent", "x", town)
    assert erasure.reapply_erasures(workspace, COMMAND_LINE, [person_of(ann), new_id()]) == 1
    assert "Ann" not in contents(workspace)
    assert erasure.reapply_erasures(workspace, COMMAND_LINE) == 0
    workspace.store.write(lambda tx: tx.run("UPDATE person SET name = 'Ann', erased_at = NULL WHERE name = ''"))
    assert erasure.reapply_erasures(workspace, COMMAND_LINE) == 1
    assert "Ann" not in contents(workspace)


@pytest.mark.parametrize("months", [0, 121])
def test_the_time_for_keeping_has_limits(workspace: Workspace, town: Organisation, months: int) -> None:
    with pytest.raises(Refused, match="are kept 1 to 120 months"):
        privacy.set_privacy_terms(workspace, COMMAND_LINE, "", months)


def test_a_contact_is_short(workspace: Workspace, town: Organisation) -> None:
    with pytest.raises(Refused, match="the contact has 301 characters"):
        privacy.set_privacy_terms(workspace, COMMAND_LINE, "x" * 301, 24)


def test_erased_answers_still_close_and_count(workspace: Workspace, town: Organisation, round_: Round) -> None:
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    said(workspace, round_, ann, {"a1": 3})
    closed = close_round(workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, "R1"))
    erasure.erase_person(workspace, COMMAND_LINE, person_of(ann), "left")
    assert scores.scores_of(workspace, COMMAND_LINE, closed.name).topic("x", "a").score == 3
    assert answers.remarks(workspace, COMMAND_LINE, closed) == {}


@pytest.mark.parametrize(("anonymity", "label"), [("pseudonymous", "Respondent 1"), ("anonymous", "Respondent 1")])
def test_no_label_says_who_was_erased_where_names_are_not_kept(
    workspace: Workspace, town: Organisation, anonymity: str, label: str
) -> None:
    made = create_round(workspace, COMMAND_LINE, "Quiet", "small")
    workspace.store.write(_terms, made.id, anonymity)
    round_ = open_round(workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, "Quiet"))
    ann, bob = (known(workspace, name, "respondent", "x", town) for name in ("Ann Able", "Bob Baker"))
    said(workspace, round_, ann, {"a1": 3})
    said(workspace, round_, bob, {"a1": 5})
    mine = rights.export_person(workspace, ann, person_of(ann))
    assert [each["label"] for each in mine.document["respondents"]] == [label]
    before = counted(workspace, round_)
    erasure.erase_person(workspace, COMMAND_LINE, person_of(ann), "asked")
    after = contents(workspace)
    assert f"{SECRET} Ann" not in after and f"{SECRET} Bob" in after
    assert "Erased respondent" not in after and label in after
    assert counted(workspace, round_) == before
    assert problems_of_store(workspace, COMMAND_LINE) == []
    assert audit_events(workspace, COMMAND_LINE)[0].detail == {"reason": "asked"}


def test_the_last_administrator_is_not_erased(workspace: Workspace, town: Organisation) -> None:
    admin = known(workspace, "Ada", "administrator")
    with pytest.raises(Refused, match="the last administrator of the installation"):
        erasure.erase_person(workspace, COMMAND_LINE, person_of(admin), "asked")


def test_the_document_is_described(workspace: Workspace, town: Organisation, round_: Round) -> None:
    ann = known(workspace, "Ann Able", "respondent", "x", town)
    said(workspace, round_, ann, {"a1": 3})
    document = rights.export_person(workspace, ann, person_of(ann)).document
    described = (Path(__file__).resolve().parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
    parts = [name for name, value in document["respondents"][0].items() if isinstance(value, list)]
    assert [key for key in (*document, *parts) if f"`{key}`" not in described] == []
    for number in (privacy.USUAL_MONTHS, privacy.EXPIRED_DAYS):
        assert f"{number} " in described


def test_an_erasure_breaks_no_seal(workspace: Workspace, town: Organisation, round_: Round) -> None:
    people = [known(workspace, f"Person {number}", "respondent", "x", town) for number in range(2)]
    for each in people:
        said(workspace, round_, each, {"a1": 3, "b1": 4})
    closed = close_round(workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, "R1"))
    sealed = sign_off_round(workspace, COMMAND_LINE, closed)
    erasure.erase_person(workspace, COMMAND_LINE, person_of(people[0]), "left")
    assert sealed.status == "signed_off" and problems_of_store(workspace, COMMAND_LINE) == []


def test_what_the_operations_themselves_leave_of_a_name_is_gone_too(workspace: Workspace, town: Organisation) -> None:
    """Added, renamed, invited, let in by a link, answering, leading, replying and deciding: the whole way."""
    zed = people.add_person(workspace, COMMAND_LINE, "Zed First", "zed@first.example", "department_lead", "x")
    zed = people.change_person(workspace, COMMAND_LINE, zed, "Zed Zebedee", "zed@second.example")
    given_roles.give_role(workspace, COMMAND_LINE, zed.id, "administrator", organisation="Town")
    token = links.make_link(workspace, COMMAND_LINE, zed.id).token
    cookie, _ = sign_in.enter(workspace, token, "the telephone of Zed")
    visitor = sign_in.visitor_of_cookie(workspace, cookie)
    assert visitor is not None and visitor.name == "Zed Zebedee"
    round_ = open_round(workspace, visitor, create_round(workspace, visitor, "R2", "small"))
    invitations.mark_as_reminded(workspace, visitor, round_)
    said(workspace, round_, visitor, {"a1": 3, "b1": 2})
    targets.set_importance(workspace, visitor, round_, "a", 4, "because of the floods")
    people.hand_over(workspace, visitor, "x", "deputy@town.example", "Dee Puty", workspace.clock().date())
    closed = close_round(workspace, visitor, find_round(workspace, visitor, "R2"))
    replies.reply_to_result(workspace, visitor, closed, "x", "we will see to it")
    sign_off_round(workspace, visitor, closed)
    found = rights.export_person(workspace, visitor, zed.id).document
    assert {"importance", "reply", "sign-off"} <= {each["kind"] for each in found["decisions"]}
    assert len(found["invitations"]) == 1 and len(found["roles"]) == 2
    before = counted(workspace, closed)
    erasure.erase_person(workspace, COMMAND_LINE, zed.id, "asked")
    assert "zed" not in contents(workspace).lower()
    assert counted(workspace, closed) == before
    assert problems_of_store(workspace, COMMAND_LINE) == []
    assert sign_in.visitor_of_cookie(workspace, cookie) is None
    assert sign_in.state_of_link(workspace, token) is None
