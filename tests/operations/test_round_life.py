"""A round's life: terms, topics, changes, warnings, signing off under a seal, reopening with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.answers import Answer, DecidedValue
from maturity.assessment.seal import Sealed, seal
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, people, plans, scores, sign_off
from maturity.operations.erasure import REASONS, erase_person
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import catalogue_for, import_framework
from maturity.operations.imports import import_answers
from maturity.operations.round_changes import change_round, settings_of
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round, require_unsigned
from maturity.operations.setup import Department, create_organisation, set_departments
from maturity.operations.sign_off import closing_warnings, reopen_round, sign_off_round, signature
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workspace import Workspace
from maturity.storage import terms as stored_terms
from maturity.storage.decided import save_decided_value
from tests.assessment.small import framework

LEADER = Visitor(person="mayor", name="Mayor", grants=(Grant(role="leader"),))
FACILITATOR = Visitor(person="fay", name="Fay", grants=(Grant(role="facilitator"),))
DEPARTMENTS = [Department(code="x", name="Works", staff=10), Department(code="y", name="Parks", staff=30)]


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    create_organisation(workspace, COMMAND_LINE, "Town", DEPARTMENTS)
    import_framework(workspace, COMMAND_LINE, framework())
    return workspace


def drafted(town: Workspace, name: str = "R1", **more: object) -> Round:
    return create_round(town, COMMAND_LINE, name, "small", **more)  # type: ignore[arg-type]


def say(town: Workspace, round_: Round, name: str, department: str, role: str | None = None, **levels: int) -> None:
    """Somebody's answers, sent."""
    visitor = Visitor(person=name, name=name, grants=(Grant(role="respondent", department=department),))
    one = answers.start(town, visitor, round_, department, role)
    for question, value in levels.items():
        answers.save_answer(town, visitor, round_, one, Answer(question=question, state="level", level=value))
    if levels:
        answers.send(town, visitor, round_, one)


def finished(town: Workspace, name: str = "R1", **more: object) -> Round:
    """A closed round in which x stands at 2 and y at 4."""
    made = open_round(town, COMMAND_LINE, drafted(town, name, **more))
    say(town, made, "ann", "x", a1=2)
    say(town, made, "bob", "y", a1=4)
    return close_round(town, COMMAND_LINE, made)


def test_a_round_has_the_terms_it_was_given_else_the_usual_ones(town: Workspace) -> None:
    assert drafted(town).terms == RoundTerms()
    terms = RoundTerms(anonymity="pseudonymous", least_respondents=3, front_line=False, lead_days=2, evidence_months=6)
    assert drafted(town, "R2", terms=terms).terms == terms
    with pytest.raises(Refused, match="the framework has no topic 'zz'"):
        drafted(town, "R3", terms=RoundTerms(topics=("zz",)))
    with pytest.raises(Refused, match="none of these topics has a question of the short track"):
        drafted(town, "R3", track="short", terms=RoundTerms(topics=("b",)))


def test_a_round_of_some_topics_asks_scores_and_covers_these_alone(town: Workspace) -> None:
    made = open_round(town, COMMAND_LINE, drafted(town, terms=RoundTerms(topics=("b", "c"))))
    assert list(made.framework.topics) == ["b", "c"]
    assert list(answers.questions_for(made, "x", {})) == ["b", "c"]
    say(town, made, "ann", "x", b1=3, c1=5)
    found = scores.scores_of(town, COMMAND_LINE, "R1")
    assert (found.of("x").score, found.of("x").coverage) == (4.0, 1.0)
    assert {place.topic for place in found.scores if place.topic} == {"b", "c"}


def test_an_earlier_round_of_more_topics_is_compared_on_the_same_ones(town: Workspace) -> None:
    first = open_round(town, COMMAND_LINE, drafted(town, closes_on=date(2026, 1, 30)))
    say(town, first, "ann", "x", a1=5, a2=5, b1=1, c1=3)
    close_round(town, COMMAND_LINE, first)
    second = open_round(town, COMMAND_LINE, drafted(town, "R2", terms=RoundTerms(topics=("b", "c"))))
    say(town, second, "ann", "x", b1=2, c1=4)
    second = close_round(town, COMMAND_LINE, second)
    before = scores.earlier_scores(town, COMMAND_LINE, second)
    assert before is not None and before[1].of("x").score == 2.0  # (1 + 3) / 2, without topic a
    assert scores.scores_of(town, COMMAND_LINE, "R1").of("x").score == 3.0  # ((5 + 1) / 2 + 3) / 2, as it was
    third = open_round(town, COMMAND_LINE, drafted(town, "R3"))
    before = scores.earlier_scores(town, COMMAND_LINE, third)
    assert before is not None and before[0].name == "R1"  # R2 did not ask about all of it


def test_a_plan_of_some_topics_raises_these_alone(workspace: Workspace) -> None:
    create_organisation(workspace, COMMAND_LINE, "Town", DEPARTMENTS)
    whole = create_round(workspace, COMMAND_LINE, "R0", "city-data-maturity")
    chosen = list(whole.framework.topics)[2:4]
    terms = RoundTerms(topics=tuple(chosen))
    made = open_round(workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, "R1", "city-data-maturity",
                                                            terms=terms))  # fmt: skip
    catalogue = catalogue_for(made.framework)
    assert catalogue is not None
    assert {lift.topic for action in catalogue.actions for lift in action.raises} <= set(chosen)
    assert len(catalogue.actions) == len(catalogue_for(whole.framework).actions)  # type: ignore[union-attr]
    say(workspace, made, "ann", "x", **dict.fromkeys(made.framework.questions, 1))
    made = close_round(workspace, COMMAND_LINE, made)
    plan = plans.make_plan(workspace, COMMAND_LINE, "R1")
    closed = {closes.topic for action in plan.actions for closes in action.closes}
    assert closed and closed <= set(chosen)


def test_a_draft_changes_in_everything(town: Workspace) -> None:
    made = drafted(town)
    terms = RoundTerms(anonymity="anonymous", topics=("c",))
    settings = replace(
        settings_of(made), name="Autumn", departments=("y",), weights="chosen", chosen_weights={"y": 2.0},
        closes_on=date(2026, 5, 1), terms=terms,
    )  # fmt: skip
    now = change_round(town, COMMAND_LINE, made, settings)
    assert (now.id, now.name, now.names, now.closes_on) == (made.id, "Autumn", {"y": "Parks"}, date(2026, 5, 1))
    assert now.terms == terms and now.departments[0].weight == 2.0 and list(now.framework.topics) == ["c"]
    assert settings_of(now) == settings
    event = audit_events(town, COMMAND_LINE, 1)[0]
    assert (event.verb, event.detail["anonymity"], event.detail["last day"]) == (
        "change round", "anonymous", "2026-05-01",
    )  # fmt: skip
    with pytest.raises(Changed):
        change_round(town, COMMAND_LINE, replace(now, row_version=1), settings)
    drafted(town, "Spring")
    with pytest.raises(Refused, match="'Spring' exists already"):
        change_round(town, COMMAND_LINE, now, replace(settings, name="Spring"))


def test_an_open_round_changes_only_where_nobody_is_harmed(town: Workspace) -> None:
    made = open_round(town, COMMAND_LINE, drafted(town))
    usual = settings_of(made)
    terms = RoundTerms(least_respondents=4, front_line=False, lead_days=1, evidence_months=12)
    now = change_round(town, COMMAND_LINE, made, replace(usual, closes_on=date(2026, 4, 1), terms=terms))
    assert (now.status, now.closes_on, now.terms) == ("open", date(2026, 4, 1), terms)
    for changes, what in (
        ({"name": "Other"}, "name"),
        ({"departments": ("x",)}, "departments"),
        ({"weights": "staff"}, "weights"),
        ({"track": "short"}, "track"),
        ({"terms": RoundTerms(anonymity="named", topics=("a",))}, "topics"),
        ({"terms": RoundTerms(anonymity="anonymous")}, "anonymity"),
    ):
        with pytest.raises(Refused, match=f"people answer in it, so its {what} cannot change"):
            change_round(town, COMMAND_LINE, now, replace(usual, **changes))  # type: ignore[arg-type]
    closed = close_round(town, COMMAND_LINE, now)
    with pytest.raises(Refused, match="is closed; reopen it, with a reason, to change it"):
        change_round(town, COMMAND_LINE, closed, usual)


def test_an_anonymous_round_has_its_secret_while_it_is_open_and_another_one_later(town: Workspace) -> None:
    def secret(round_: Round) -> str | None:
        with town.store.reading() as tx:
            return stored_terms.round_secret(tx, round_.id)

    made = drafted(town, terms=RoundTerms(anonymity="anonymous"))
    assert secret(made) is None
    made = open_round(town, COMMAND_LINE, made, chance=lambda count: b"1" * count)
    assert secret(made) == (b"1" * 32).hex()
    made = close_round(town, COMMAND_LINE, made)
    assert secret(made) is None
    made = reopen_round(town, COMMAND_LINE, made, "Works was on strike", chance=lambda count: b"2" * count)
    assert secret(made) == (b"2" * 32).hex()
    assert secret(open_round(town, COMMAND_LINE, drafted(town, "R2"))) is None


def test_what_speaks_against_closing_is_counted(town: Workspace) -> None:
    made = open_round(town, COMMAND_LINE, drafted(town, terms=RoundTerms(least_respondents=2)))

    def warned() -> dict[str, dict[str, int]]:
        return {each.code: dict(each.departments) for each in closing_warnings(town, COMMAND_LINE, made)}

    assert warned() == {"nobody_sent": {"x": 0, "y": 0}}
    say(town, made, "ann", "x", "manager", a1=2)
    say(town, made, "bob", "y", "front-line", a1=2)
    say(town, made, "cyd", "y", "leader", a1=2)
    say(town, made, "dee", "x")
    assert warned() == {"too_few": {"x": 1}, "no_front_line": {"x": 1}, "started_not_sent": {"x": 1}}
    relaxed = replace(settings_of(made), terms=RoundTerms(front_line=False))
    made = change_round(town, COMMAND_LINE, made, relaxed)
    assert warned() == {"started_not_sent": {"x": 1}}
    with pytest.raises(NotPermitted):
        closing_warnings(town, LEADER, made)


def test_a_department_that_only_groups_others_is_not_warned_of(town: Workspace) -> None:
    set_departments(town, COMMAND_LINE, [Department(code="all", name="All"), replace(DEPARTMENTS[0], parent="all")])
    made = open_round(town, COMMAND_LINE, drafted(town, terms=RoundTerms(front_line=False)))
    say(town, made, "ann", "x", a1=2)
    assert closing_warnings(town, COMMAND_LINE, made) == ()


def test_a_leader_signs_off_and_everybody_can_read_who(town: Workspace) -> None:
    made = finished(town)
    with pytest.raises(Refused, match="is open and cannot become signed off"):
        sign_off_round(town, LEADER, replace(made, status="open"))
    signed = sign_off_round(town, LEADER, made)
    assert signed.status == "signed_off"
    said = signature(town, FACILITATOR, signed)
    assert said is not None and len(said.sha256) == 64 and said.name == ""
    event = audit_events(town, COMMAND_LINE, 1)[0]
    assert (event.actor, event.verb, event.detail) == ("mayor", "turn round signed off", {"sha256": said.sha256})
    assert problems_of_store(town, COMMAND_LINE) == []
    with pytest.raises(NotPermitted):
        sign_off_round(town, FACILITATOR, made)


def test_a_change_while_the_seal_is_made_is_noticed(town: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = finished(town)

    def slow(sealed: Sealed) -> str:
        _decide(town, made)
        return seal(sealed)

    monkeypatch.setattr(sign_off, "seal", slow)
    with pytest.raises(Changed, match="was changed meanwhile; look at the change, then sign off again"):
        sign_off_round(town, LEADER, made)


def _decide(town: Workspace, round_: Round) -> None:
    """What no operation would let through once the round is signed off."""
    value = DecidedValue(department="x", question="a2", source="review", level=5, reason="seen")
    town.store.write(save_decided_value, round_.id, value, decided_by="rev", now=town.clock())


WRITES: dict[str, Callable[[Workspace, Round], object]] = {
    "answering": lambda town, round_: say(town, round_, "ann", "x", a1=3),
    "starting": lambda town, round_: say(town, round_, "new", "x"),
    "opening": lambda town, round_: open_round(town, COMMAND_LINE, round_),
    "closing": lambda town, round_: close_round(town, COMMAND_LINE, round_),
    "changing": lambda town, round_: change_round(town, COMMAND_LINE, round_, settings_of(round_)),
    "signing off again": lambda town, round_: sign_off_round(town, COMMAND_LINE, round_),
    "the guard": lambda town, round_: town.store.write(require_unsigned, round_.id),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_signed_off_round_takes_nothing(town: Workspace, write: Callable[[Workspace, Round], object]) -> None:
    signed = sign_off_round(town, LEADER, finished(town))
    with pytest.raises(Refused, match="signed off"):
        write(town, signed)
    assert problems_of_store(town, COMMAND_LINE) == []


def test_an_import_into_a_signed_off_round_is_refused(town: Workspace, tmp_path) -> None:
    sign_off_round(town, LEADER, finished(town))
    path = tmp_path / "answers.csv"
    path.write_text("department,question_id,answer\nx,a1,3\n")
    with pytest.raises(Refused, match="is signed off; answers go into a draft, open or new round"):
        import_answers(town, COMMAND_LINE, path, framework="small", round_name="R1")


def test_staff_that_changes_later_does_not_move_a_signed_off_score(town: Workspace) -> None:
    made = finished(town, weights="staff")
    assert scores.scores_of(town, COMMAND_LINE, "R1").of(None).score == 3.5  # (10 x 2 + 30 x 4) / 40
    sign_off_round(town, LEADER, made)
    set_departments(town, COMMAND_LINE, [replace(DEPARTMENTS[0], staff=90), DEPARTMENTS[1]])
    assert scores.scores_of(town, COMMAND_LINE, "R1").of(None).score == 3.5
    assert problems_of_store(town, COMMAND_LINE) == []
    reopen_round(town, COMMAND_LINE, find_round(town, COMMAND_LINE, "R1"), "Staff was wrong")
    assert scores.scores_of(town, COMMAND_LINE, "R1").of(None).score == 2.5  # (90 x 2 + 30 x 4) / 120


TAMPERED = {
    "a level": "UPDATE answer SET level = 5 WHERE level = 2",
    "a state": "UPDATE answer SET state = 'dont_know', level = NULL WHERE level = 2",
    "a weight": "UPDATE round_department SET weight = 7",
    "the track": "UPDATE assessment_round SET track = 'short'",
    "the topics": "UPDATE round_terms SET topics = '[\"a\"]'",
    "the framework": "UPDATE framework_version SET sha256 = 'other'",
    "an answer less": "DELETE FROM answer WHERE level = 2",
    "a respondent not sent": "UPDATE respondent SET status = 'started' WHERE label = 'ann'",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED.keys())
def test_the_check_finds_a_round_that_was_changed_past_the_seal(town: Workspace, statement: str) -> None:
    sign_off_round(town, LEADER, finished(town))
    town.store.write(lambda tx: tx.run(statement))
    assert any("'R1' was changed after it was signed off" in each for each in problems_of_store(town, COMMAND_LINE))


def test_a_decided_value_is_sealed_too(town: Workspace) -> None:
    made = sign_off_round(town, LEADER, finished(town))
    _decide(town, made)
    assert any("was changed after it was signed off" in each for each in problems_of_store(town, COMMAND_LINE))


ERASED = (
    "UPDATE answer SET comment = NULL, evidence_note = NULL, evidence_link = NULL, reason = NULL, confidence = NULL",
    "UPDATE answer_event SET comment = NULL, evidence_note = NULL, actor = 'erased'",
    "UPDATE respondent SET label = 'Somebody', person = NULL, role_family = NULL, speaks_for = NULL",
    "UPDATE decided_value SET reason = '', decided_by = 'erased'",
    "UPDATE department SET name = 'Renamed', staff = 1",
    "DELETE FROM topic_note",
)


def test_erasing_names_and_free_texts_leaves_the_seal_whole(town: Workspace) -> None:
    made = open_round(town, COMMAND_LINE, drafted(town))
    say(town, made, "ann", "x", a1=2)
    _decide(town, made)
    sign_off_round(town, LEADER, close_round(town, COMMAND_LINE, made))
    for statement in ERASED:
        town.store.write(lambda tx, each=statement: tx.run(each))
    assert not [each for each in problems_of_store(town, COMMAND_LINE) if "sign" in each]


def test_erasing_a_person_by_the_house_itself_leaves_the_seal_whole(town: Workspace) -> None:
    asha = people.add_person(town, COMMAND_LINE, "Asha", "asha@town.example", "respondent", "x")
    made = open_round(town, COMMAND_LINE, drafted(town))
    visitor = Visitor(person=str(asha.id), name="Asha", grants=(Grant(role="respondent", department="x"),))
    one = answers.start(town, visitor, made, "x")
    answers.save_answer(town, visitor, made, one, Answer(question="a1", state="level", level=2, comment="my words"))
    answers.send(town, visitor, made, one)
    sign_off_round(town, LEADER, close_round(town, COMMAND_LINE, made))
    erase_person(town, COMMAND_LINE, asha.id, next(iter(REASONS)))
    assert answers_of_everybody(town) == [("a1", 2, None)]
    assert problems_of_store(town, COMMAND_LINE) == []


def answers_of_everybody(town: Workspace) -> list[tuple[str, int, str | None]]:
    with town.store.reading() as tx:
        return [tuple(row.values()) for row in tx.rows("SELECT question, level, comment FROM answer")]  # type: ignore[misc]


def test_a_missing_seal_and_one_too_many_are_found(town: Workspace) -> None:
    sign_off_round(town, LEADER, finished(town))
    town.store.write(lambda tx: tx.run("UPDATE assessment_round SET status = 'closed'"))
    assert "round 'R1' bears a seal but is not signed off" in problems_of_store(town, COMMAND_LINE)[0]
    town.store.write(lambda tx: tx.run("UPDATE assessment_round SET status = 'signed_off'; DELETE FROM round_seal"))
    assert "is signed off but bears no seal" in problems_of_store(town, COMMAND_LINE)[0]


def test_reopening_needs_a_reason_and_drops_the_seal(town: Workspace) -> None:
    made = finished(town)
    with pytest.raises(Refused, match="the reason for reopening the round is missing; enter it"):
        reopen_round(town, COMMAND_LINE, made, "  ")
    with pytest.raises(Refused, match="the new last day, 2026-03-01, is over; choose a day from 2026-03-02 on"):
        reopen_round(town, COMMAND_LINE, made, "Works was away", closes_on=date(2026, 3, 1))
    signed = sign_off_round(town, LEADER, made)
    seal = signature(town, LEADER, signed)
    for visitor in (FACILITATOR, LEADER):
        with pytest.raises(NotPermitted):
            reopen_round(town, visitor, signed, "Works was away")
    opened = reopen_round(town, COMMAND_LINE, signed, "Works was away", closes_on=date(2026, 4, 1))
    assert (opened.status, opened.closes_on, signature(town, LEADER, opened)) == ("open", date(2026, 4, 1), None)
    event = audit_events(town, COMMAND_LINE, 1)[0]
    assert seal is not None
    assert event.detail == {"reason": "Works was away", "invited": 0, "seal dropped": seal.sha256}
    say(town, opened, "cyd", "x", a1=4)
    with pytest.raises(Refused, match="cannot become open"):
        reopen_round(town, COMMAND_LINE, opened, "Again")
    closed = close_round(town, COMMAND_LINE, opened)
    assert reopen_round(town, FACILITATOR, closed, "One more answer").status == "open"


def test_an_imported_round_shows_its_results_at_once(town: Workspace, tmp_path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("department,question_id,answer\nx,a1,3\n")
    import_answers(town, COMMAND_LINE, path, framework="small", round_name="Old")
    assert find_round(town, COMMAND_LINE, "Old").terms == RoundTerms(lead_days=0, front_line=False)
