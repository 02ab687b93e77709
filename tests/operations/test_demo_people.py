"""The demo's people in a store: the board counts them, seals hold, replies and flags are there, nobody comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.cli import main
from maturity.demo.beside_answers import beside_answers
from maturity.demo.days import demo_days
from maturity.demo.files import DemoCity, load_demo
from maturity.demo.filled import DemoRound
from maturity.demo.inhabitants import Inhabitants, inhabitants_of
from maturity.demo.rounds import rounds_of
from maturity.demo.sizes import DemoOrganisation, Size, organisations_of
from maturity.operations import demo, partnership
from maturity.operations.board import board
from maturity.operations.demo import FRAMEWORK, SEED, build_demo
from maturity.operations.deputies import deputies
from maturity.operations.differences import differences_of
from maturity.operations.evidence import evidence_content
from maturity.operations.frameworks import find_framework
from maturity.operations.invitations import recipients
from maturity.operations.links import an_administrator_can_come_in, links_are_used, links_of
from maturity.operations.people import KnownPerson, people
from maturity.operations.privacy import privacy_terms
from maturity.operations.replies import replies
from maturity.operations.respondents import mine
from maturity.operations.review import department_review
from maturity.operations.rounds import find_round
from maturity.operations.setup import organisations
from maturity.operations.sign_off import signature
from maturity.operations.workspace import DATA, Workspace
from maturity.storage import open_store
from maturity.storage.audit import verify_chain
from maturity.storage.log import check_store
from maturity.storage.sent_back import flags_on, notes_to

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILES = load_demo(DATA / "demo")
DAYS = demo_days(TODAY, FILES.city.readiness.name)


def built(path: Path, size: str = "city") -> Workspace:
    """A demo in a store of its own, on the day of these tests."""
    workspace = Workspace(url=str(path), store=open_store(str(path)), clock=lambda: NOON)
    build_demo(workspace, size, TODAY)  # type: ignore[arg-type]
    return workspace


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = built(tmp_path_factory.mktemp("demo") / "city.duckdb")
    yield workspace
    workspace.store.close()


@pytest.fixture(scope="module")
def told(city: Workspace) -> tuple[Inhabitants, tuple[DemoRound, DemoRound]]:
    """What the domain says, to count by hand."""
    organisation = organisations_of(FILES.city, "city")[0]
    who = inhabitants_of(FILES, organisation, DAYS)
    framework = find_framework(city, COMMAND_LINE, FRAMEWORK)
    return who, rounds_of(FILES, organisation, who, framework, DAYS, np.random.default_rng((SEED, 0)))


def person(workspace: Workspace, name: str) -> KnownPerson:
    """Somebody of the city by name."""
    return next(each for each in people(workspace, COMMAND_LINE) if each.person.name == name)


def as_head(workspace: Workspace, name: str, department: str) -> Visitor:
    """A head of department as they would come in."""
    grant = Grant(role="department_lead", department=department)
    return Visitor(person=str(person(workspace, name).person.id), name=name, grants=(grant,))


def test_the_store_is_good_and_so_are_its_seals(city):
    assert check_store(city.store) == []
    assert verify_chain(city.store) == []
    for name, signer in (("Autumn 2025", "Ingrid Vale"), ("Partner check 2025", "Ingrid Vale")):
        signed = signature(city, COMMAND_LINE, find_round(city, COMMAND_LINE, name))
        assert signed is not None and (signed.name, signed.signed_at.date()) == (signer, DAYS.signed_off)
    assert signature(city, COMMAND_LINE, find_round(city, COMMAND_LINE)) is None


def test_people_says_who_they_are(city, told):
    found = people(city, COMMAND_LINE)
    assert {each.person.email for each in found} == {each.email for each in told[0].people}
    roles = Counter(role.role for each in found for role in each.roles)
    # 139 respondents less the one who left, twelve heads and a deputy.
    assert roles == {
        "administrator": 1,
        "facilitator": 1,
        "reviewer": 1,
        "leader": 1,
        "department_lead": 13,
        "respondent": 138,
    }
    (left,) = [each for each in found if not each.person.is_here]
    assert left.roles == () and left.person.left_at.date() == TODAY - timedelta(days=12)


@pytest.mark.parametrize("turn", [0, 1])
def test_the_board_by_hand(city, told, turn):
    filled = told[1][turn]
    counted = board(city, COMMAND_LINE, find_round(city, COMMAND_LINE, filled.window.name))
    assert counted.total("invited") == 151 and counted.invited_on == filled.window.opens
    assert counted.total("sent") == (136, 137)[turn] and counted.total("started") == (4, 3)[turn]
    assert counted.missing == (15, 14)[turn] == len(counted.people)
    for row in counted.rows:
        there = [each for each in filled.respondents if each.department == row.department]
        sent = [each for each in there if each.submitted_at]
        assert (row.sent, row.started) == (len(sent), len(there) - len(sent))
        assert row.front_line == sum(each.role_family == "front-line" for each in sent)
        assert row.answered == sum(len(each.answers) for each in there if not each.submitted_at)
        assert row.missing == row.invited - row.sent == row.started + FILES.people.silent.get(row.department, 0)
        assert row.enough
    assert Counter(each.state for each in counted.people) == {"not_started": 11, "started": (4, 3)[turn]}
    assert all(each.reminded_on == filled.window.opens + timedelta(days=14) for each in counted.people)
    assert sum(each.people for each in recipients(city, COMMAND_LINE, find_round(city, COMMAND_LINE))[1:]) == 14


def test_the_partners_check_asked_three_heads(city):
    counted = board(city, COMMAND_LINE, find_round(city, COMMAND_LINE, "Partner check 2025"))
    assert [(row.department, row.invited, row.sent) for row in counted.rows] == [
        ("digital", 1, 1),
        ("housing", 1, 1),
        ("harbour", 1, 1),
    ]
    assert counted.missing == 0


def test_a_head_finds_the_own_answers_and_a_deputy(city):
    autumn = find_round(city, COMMAND_LINE)
    maureen = as_head(city, "Maureen Tait", "housing")
    (own,) = mine(city, maureen, autumn)
    assert (own.department, own.status, own.label, own.speaks_for) == (
        "housing",
        "submitted",
        "Maureen Tait",
        "department",
    )
    assert differences_of(city, maureen, autumn, "housing").first
    (deputy,) = deputies(city, as_head(city, "Luca Ferrante", "streets"))
    assert [(role.department, role.until) for role in deputy.roles] == [("streets", TODAY + timedelta(days=18))]


def test_two_heads_replied_and_one_answer_is_flagged(city, told):
    autumn = find_round(city, COMMAND_LINE)
    said = replies(city, COMMAND_LINE, autumn)
    heads = {str(person(city, each).person.id): each for each in ("Maureen Tait", "Eilidh Strand")}
    assert [(each.department, heads[each.said_by]) for each in said] == [
        ("housing", "Maureen Tait"),
        ("harbour", "Eilidh Strand"),
    ]
    flagged = [
        (one.who, one.flag.reason, seen.name_of(one.flag.flagged_by))
        for seen in (department_review(city, COMMAND_LINE, autumn, "harbour"),)
        for question in seen.questions
        for one in question.answers
        if one.flag
    ]
    names = {each.email: each.name for each in told[0].people}
    beside = beside_answers(FILES, told[1][1], told[0])
    assert flagged == [(names[beside.flags[0].of[1]], FILES.people.flags[0].reason, "Noor Haddad")]


def test_files_are_there_to_read(city, told):
    autumn = find_round(city, COMMAND_LINE)
    wanted = {each.name: each.body for each in beside_answers(FILES, told[1][1], told[0]).files}
    found = {
        file.name: evidence_content(city, COMMAND_LINE, file.id)
        for department in ("housing", "digital", "harbour")
        for question in department_review(city, COMMAND_LINE, autumn, department).questions
        for one in question.answers
        for file in one.files
    }
    assert found == wanted and len(found) == 4


def test_what_was_sent_back_is_not_current_any_more(city):
    for name, department in (("Autumn 2025", "digital"), ("Autumn 2026", "housing")):
        seen = department_review(city, COMMAND_LINE, find_round(city, COMMAND_LINE, name), department)
        with city.store.reading() as tx:
            notes = [note for each in seen.respondents for note in notes_to(tx, each)]
            assert not any(flags_on(tx, each) for each in seen.respondents)
        assert [note.current for note in notes] == [False]


def test_links_are_shown_and_let_nobody_in(city):
    linked = [each for each in people(city, COMMAND_LINE) if each.link]
    states = sorted(links_of(city, COMMAND_LINE, each.person.id)[0].state(NOON) for each in linked)
    assert states == ["expired", "revoked", "valid"]
    with city.store.reading() as tx:
        hashes = [row["token_hash"] for row in tx.rows("SELECT token_hash FROM personal_link ORDER BY token_hash")]
    assert all(not set(each) <= set("0123456789abcdef") for each in hashes)
    assert not links_are_used(city) and not an_administrator_can_come_in(city)
    assert "Noor Haddad" in privacy_terms(city, COMMAND_LINE).contact


def test_the_same_seed_gives_the_same_people_and_ids(city, tmp_path):
    small, again = built(tmp_path / "a.duckdb", "small"), built(tmp_path / "b.duckdb", "small")
    tables = ("person", "person_grant", "personal_link", "invitation", "evidence_file", "department_reply", "sent_back")

    def rows(workspace: Workspace, table: str) -> list[str]:
        with workspace.store.reading() as tx:
            rounds = {row["id"]: row["name"] for row in tx.rows("SELECT id, name FROM assessment_round")}
            found = tx.rows(f"SELECT * FROM {table}")
        return sorted(str({k: rounds.get(v, v) if isinstance(v, UUID) else v for k, v in row.items()}) for row in found)

    for table in tables:
        assert rows(small, table) and rows(small, table) == rows(again, table), table
    for workspace in (small, again):
        workspace.store.close()


def few(city: DemoCity, size: Size) -> tuple[DemoOrganisation, ...]:
    """Three organisations of the region with two departments each: as much as a partnership takes."""
    return tuple(replace(each, departments=each.departments[:2]) for each in organisations_of(city, size)[:3])


def test_the_region_has_a_partnership_that_two_members_gave_their_result(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo, "organisations_of", few)
    workspace = built(tmp_path / "region.duckdb", "region")
    names = ["Port Ellery", "Kelbridge", "Marrowvale"]
    assert [each.name for each in organisations(workspace, COMMAND_LINE)] == [*names, "Ellery Sound Partnership"]
    (whole,) = partnership.partnerships(workspace, COMMAND_LINE)
    assert list(whole.names) == names
    given = partnership.given_to(workspace, COMMAND_LINE, whole.name)
    assert [(each.organisation, each.result.round, each.result.departments) for each in given] == [
        ("Kelbridge", "Autumn 2026", 2),
        ("Marrowvale", "Autumn 2026", 2),
    ]
    assert given[0].result.respondents == board(
        workspace, COMMAND_LINE, find_round(workspace, COMMAND_LINE, "latest", "Kelbridge")
    ).total("sent")
    assert check_store(workspace.store) == []
    assert str(build_demo(workspace, "region", TODAY)).endswith("reset it to build it anew.")
    workspace.store.close()
    assert main(["--store", str(tmp_path / "region.duckdb"), "scores", "latest", "--by", "organisation"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in names) and "Ellery Sound" not in said


def test_the_small_demo_is_good_on_each_engine(workspace):
    day = workspace.clock().date()
    assert build_demo(workspace, "small", day).fresh
    assert check_store(workspace.store) == []
    assert len(people(workspace, COMMAND_LINE)) == 3 + 19 + 3 + 1  # run or review, answer, are silent, and lead only
    assert build_demo(workspace, "small", day, reset=True).fresh
    assert check_store(workspace.store) == []
