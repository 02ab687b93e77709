"""A round's life and one person's answers: saved, read back, never blanked, sent, taken back; who may do what."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.framework.model import Applies, VisibleIf
from maturity.operations import answers, scores
from maturity.operations.errors import Changed, Refused
from maturity.operations.frameworks import find_framework, framework_text, import_framework, read_framework_file
from maturity.operations.rounds import Round, close_round, create_round, find_round, open_round, rounds
from maturity.operations.setup import (
    Department,
    create_organisation,
    departments_from_lines,
    organisation,
    set_departments,
)
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workspace import Workspace
from maturity.storage.rows import Respondent, TopicNote
from tests.assessment.small import framework


def person(name: str, department: str = "x", role: str = "respondent") -> Visitor:
    return Visitor(person=name, name=name.title(), grants=(Grant(role=role, department=department),))  # type: ignore[arg-type]


ANN = person("ann")


def level(question: str, value: int, **texts: str | int) -> Answer:
    return Answer(question=question, state="level", level=value, **texts)  # type: ignore[arg-type]


@pytest.fixture
def round_(workspace: Workspace) -> Round:
    departments = [Department(code="x", name="Works", staff=10), Department(code="y", name="Parks", staff=30)]
    create_organisation(workspace, COMMAND_LINE, "Town", departments)
    import_framework(workspace, COMMAND_LINE, framework())
    return open_round(workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, "R1", "small"))


def begun(workspace: Workspace, round_: Round, visitor: Visitor = ANN, department: str = "x") -> Respondent:
    return answers.start(workspace, visitor, round_, department)


def sent(workspace: Workspace, round_: Round, name: str, department: str, **levels: int) -> None:
    visitor = person(name, department)
    one = begun(workspace, round_, visitor, department)
    for question, value in levels.items():
        answers.save_answer(workspace, visitor, round_, one, level(question, value))
    answers.send(workspace, visitor, round_, one)


def test_an_answer_is_saved_and_read_back_and_starting_again_resumes(workspace: Workspace, round_: Round) -> None:
    one = begun(workspace, round_)
    saved = answers.save_answer(workspace, ANN, round_, one, level("a1", 3, comment="because"))
    assert begun(workspace, round_).id == one.id
    assert answers.my_answers(workspace, ANN, one) == {"a1": saved}
    assert saved.made_at < workspace.clock() and saved.row_version == 1


def test_a_blank_never_overwrites_a_text_and_clearing_is_on_purpose(workspace: Workspace, round_: Round) -> None:
    one = begun(workspace, round_)
    answers.save_answer(workspace, ANN, round_, one, level("a1", 3, comment="kept", confidence=4))
    again = answers.save_answer(workspace, ANN, round_, one, level("a1", 2, comment=" "))
    assert (again.answer.comment, again.answer.confidence, again.answer.level) == ("kept", 4, 2)
    assert answers.clear_text(workspace, ANN, round_, one, "a1", "comment").answer.comment is None


def test_track_tags_role_and_earlier_answers_decide_what_is_asked(workspace: Workspace) -> None:
    asked = framework().dimensions[1].topics[0].questions[0]
    for_place = asked.model_copy(update={"id": "p", "applies_to": Applies(departments=("place",))})
    for_leaders = asked.model_copy(update={"id": "l", "applies_to": Applies(roles=("leader",))})
    later = asked.model_copy(update={"id": "v", "visible_if": VisibleIf(question="c1", at_least=3)})
    topic = framework().dimensions[1].topics[0].model_copy(update={"questions": (asked, for_place, for_leaders, later)})
    dimension = framework().dimensions[1].model_copy(update={"topics": (topic,)})
    import_framework(
        workspace, COMMAND_LINE, framework().model_copy(update={"id": "rules", "dimensions": (dimension,)})
    )
    departments = [Department(code="x", name="X", tags=frozenset({"place"})), Department(code="y", name="Y")]
    create_organisation(workspace, COMMAND_LINE, "Town", departments)
    made = create_round(workspace, COMMAND_LINE, "R1", "rules")

    def ids(department: str, role: str | None = None, level_of_c1: int | None = None) -> list[str]:
        given_answers = {"c1": level("c1", level_of_c1)} if level_of_c1 else {}
        return [q.id for q in answers.questions_for(made, department, given_answers, role)["c"]]

    assert ids("x") == ["c1", "p", "l"] and ids("y") == ["c1", "l"]
    assert ids("y", "manager") == ["c1"] and ids("y", "leader") == ["c1", "l"]
    assert ids("y", "manager", 3) == ["c1", "v"] and ids("y", "manager", 2) == ["c1"]


def test_answers_count_only_once_they_are_sent(workspace: Workspace, round_: Round) -> None:
    one = begun(workspace, round_)
    with pytest.raises(Refused, match="nothing is answered yet"):
        answers.send(workspace, ANN, round_, one)
    answers.save_answer(workspace, ANN, round_, one, level("a1", 4))
    assert scores.scores_of(workspace, COMMAND_LINE, "R1").of("x").score is None
    answers.send(workspace, ANN, round_, one)
    assert scores.scores_of(workspace, COMMAND_LINE, "R1").topic("x", "a").score == 4.0
    with pytest.raises(Refused, match="sent already"):
        answers.save_answer(workspace, ANN, round_, one, level("a1", 5))
    answers.take_back(workspace, ANN, round_, one)
    assert scores.scores_of(workspace, COMMAND_LINE, "R1").of("x").score is None


def test_an_answer_that_does_not_fit_is_refused(workspace: Workspace, round_: Round) -> None:
    one = begun(workspace, round_)
    for wrong, sentence in (
        (level("a1", 6), "a level is 1 to 5"),
        (level("zz", 1), "not in Small"),
        (level("a1", 1, confidence=9), "confidence is 1 to 5"),
        (level("a1", 1, comment="x" * 4001), "longer than 4000"),
        (level("a1", 1, evidence_link="javascript:alert(1)"), "starts with https"),
        (Answer(question="a1", state="option", option="yes"), "by a level"),
    ):
        with pytest.raises(Refused, match=sentence):
            answers.save_answer(workspace, ANN, round_, one, wrong)
    assert answers.my_answers(workspace, ANN, one) == {}


def test_two_tabs_are_told_of_each_other_and_both_versions_stay(workspace: Workspace, round_: Round) -> None:
    one = begun(workspace, round_)
    seen = answers.save_answer(workspace, ANN, round_, one, level("a1", 2)).row_version
    answers.save_answer(workspace, ANN, round_, one, level("a1", 3), seen)
    with pytest.raises(Changed, match="answered elsewhere meanwhile"):
        answers.save_answer(workspace, ANN, round_, one, level("a1", 4), seen)
    with workspace.store.reading() as tx:
        assert [r["level"] for r in tx.rows("SELECT level FROM answer_event ORDER BY made_at")] == [2, 3]


def test_a_double_click_starts_one_respondent_only(workspace: Workspace, round_: Round) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(begun(workspace, round_).id)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 4 and len(set(found)) == 1


def test_nobody_answers_for_others_or_in_a_closed_round(workspace: Workspace, round_: Round) -> None:
    one = begun(workspace, round_)
    with pytest.raises(NotPermitted, match="belong to somebody else"):
        answers.my_answers(workspace, person("bob"), one)
    with pytest.raises(NotPermitted):
        answers.start(workspace, ANN, round_, "y")
    with pytest.raises(Refused, match="does not take part"):
        answers.start(workspace, COMMAND_LINE, round_, "zz")
    close_round(workspace, COMMAND_LINE, round_)
    with pytest.raises(Refused, match="is closed, so nobody can answer"):
        answers.save_answer(workspace, ANN, round_, one, level("a1", 1))


def test_a_department_lead_sees_the_own_department_only(workspace: Workspace, round_: Round) -> None:
    sent(workspace, round_, "ann", "x", a1=2, a2=2)
    sent(workspace, round_, "cy", "y", a1=4, a2=4)
    lead = person("lea", "x", "department_lead")
    seen = scores.scores_of(workspace, lead, "R1")
    assert {place.department for place in seen.scores} == {"x"}
    with pytest.raises(NotPermitted, match="own department only"):
        scores.distributions(workspace, lead, round_)
    assert scores.scores_of(workspace, COMMAND_LINE, "R1").topic(None, "a").score == 3.0


def test_fewer_than_five_answers_show_no_distribution_and_three_give_an_interval(
    workspace: Workspace, round_: Round
) -> None:
    for number, name in enumerate(("a", "b", "c", "d"), start=1):
        sent(workspace, round_, name, "x", a1=number, a2=2, b1=3, c1=3)
    few = scores.distributions(workspace, COMMAND_LINE, round_, "x", "a")[0]
    assert (few.counts, few.median, few.agreement, few.respondents) == (None, None, None, 4)
    between = scores.interval(workspace, COMMAND_LINE, round_, "x")
    assert between is not None and 1 <= between[0] <= between[1] <= 5
    sent(workspace, round_, "e", "x", a1=5, a2=2, b1=3, c1=3)
    assert scores.distributions(workspace, COMMAND_LINE, round_, "x", "a")[0].counts == (1, 1, 1, 1, 1)
    with workspace.store.reading() as tx:
        assert tx.one("SELECT count(*) AS n FROM round_score") == {"n": 1}


def test_a_small_department_cannot_be_found_by_taking_the_others_away(workspace: Workspace, round_: Round) -> None:
    for name in ("a", "b", "c", "d", "e"):
        sent(workspace, round_, name, "x", a1=2)
    for name in ("f", "g", "h"):
        sent(workspace, round_, name, "y", a1=5)
    assert scores.distributions(workspace, COMMAND_LINE, round_, topic="a")[0].counts == (0, 5, 0, 0, 0)
    assert scores.distributions(workspace, COMMAND_LINE, round_, "y", "a")[0].counts is None
    for name in ("i", "j"):
        sent(workspace, round_, name, "y", a1=4)
    assert scores.distributions(workspace, COMMAND_LINE, round_, topic="a")[0].counts == (0, 5, 0, 2, 3)


def test_scores_are_kept_and_read_back_by_a_new_process(workspace: Workspace, round_: Round) -> None:
    sent(workspace, round_, "ann", "x", a1=2, a2=5)
    made = scores.scores_of(workspace, COMMAND_LINE, "R1")
    scores._kept.clear()
    again = scores.scores_of(workspace, COMMAND_LINE, "R1")
    assert again.scores == made.scores and again is not made


def test_obstacles_are_heard_without_names(workspace: Workspace, round_: Round) -> None:
    one = begun(workspace, round_)
    answers.save_note(workspace, ANN, round_, one, TopicNote(topic="a", stands_in_the_way="No time"))
    kept = answers.save_note(workspace, ANN, round_, one, TopicNote(topic="a", would_help="A day a month"))
    assert (kept.stands_in_the_way, kept.would_help) == ("No time", "A day a month")
    assert answers.remarks(workspace, COMMAND_LINE, round_) == {}
    answers.save_answer(workspace, ANN, round_, one, level("a1", 1))
    answers.send(workspace, ANN, round_, one)
    assert answers.remarks(workspace, COMMAND_LINE, round_) == {"a": [kept]}


def test_the_earlier_round_is_the_one_before_on_the_same_framework(workspace: Workspace, round_: Round) -> None:
    sent(workspace, round_, "ann", "x", a1=2)
    first = close_round(workspace, COMMAND_LINE, round_)
    second = open_round(workspace, COMMAND_LINE, create_round(workspace, COMMAND_LINE, "R2", "small"))
    before = scores.earlier_scores(workspace, COMMAND_LINE, second)
    assert before is not None and before[0].name == "R1" and before[1].topic("x", "a").score == 2.0
    assert scores.earlier_scores(workspace, COMMAND_LINE, first) is None
    assert [r.name for r in rounds(workspace, COMMAND_LINE)] == ["R1", "R2"]
    assert find_round(workspace, COMMAND_LINE).name == "R2"


def test_rounds_that_cannot_be_are_refused(workspace: Workspace, round_: Round) -> None:
    for changes, sentence in (
        ({"name": "R1"}, "exists already"),
        ({"name": " "}, "1 to 120 characters"),
        ({"name": "latest"}, "not `latest`"),
        ({"framework": "zz"}, "there is no framework 'zz'"),
        ({"departments": ["q"]}, "no department 'q'"),
        ({"departments": []}, "at least one department"),
        ({"chosen_weights": {"x": -1.0}, "weights": "chosen"}, "0 or more"),
    ):
        asked = {"name": "R9", "framework": "small", **changes}
        with pytest.raises(Refused, match=sentence):
            create_round(workspace, COMMAND_LINE, **asked)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="cannot become open"):
        open_round(workspace, COMMAND_LINE, round_)
    with pytest.raises(Changed):
        close_round(workspace, COMMAND_LINE, replace(round_, row_version=99))


def test_departments_are_replaced_archived_and_brought_back(workspace: Workspace, round_: Round) -> None:
    pasted = departments_from_lines("Parks; 30\nHarbour Office;12\n\n")
    set_departments(workspace, COMMAND_LINE, pasted)
    mine = organisation(workspace, COMMAND_LINE)
    assert mine is not None and [d.code for d in mine.departments] == ["parks", "harbour-office"]
    set_departments(workspace, COMMAND_LINE, [Department(code="x", name="Works"), *pasted])
    again = organisation(workspace, COMMAND_LINE)
    assert again is not None and again.departments[0].code == "x"
    for lines, sentence in (("Parks; many", "line 1: the staff count"), ("Parks\nParks", "stands twice")):
        with pytest.raises(Refused, match=sentence):
            departments_from_lines(lines)
    assert problems_of_store(workspace, COMMAND_LINE) == []


def test_the_trail_names_who_did_what(workspace: Workspace, round_: Round) -> None:
    sent(workspace, round_, "ann", "x", a1=2)
    verbs = [event.verb for event in audit_events(workspace, COMMAND_LINE)]
    assert verbs[:3] == ["send answers", "turn round open", "create round"]
    assert audit_events(workspace, COMMAND_LINE)[0].actor == "ann"
    with pytest.raises(NotPermitted):
        audit_events(workspace, ANN)


def test_a_framework_goes_out_and_comes_back_the_same(workspace: Workspace, tmp_path: Path) -> None:
    city = find_framework(workspace, COMMAND_LINE, "city-data-maturity")
    path = tmp_path / "city.yaml"
    path.write_text(framework_text(city), encoding="utf-8")
    assert read_framework_file(path) == city
    import_framework(workspace, COMMAND_LINE, city)
    import_framework(workspace, COMMAND_LINE, city)
    with pytest.raises(Refused, match="stored already with other content"):
        import_framework(workspace, COMMAND_LINE, city.model_copy(update={"name": "Other"}))
