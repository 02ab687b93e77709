"""The facts of reports against the operations that pages show, and the making of files from them."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from docx import Document
from openpyxl import load_workbook

from maturity.access.permissions import NotPermitted
from maturity.assessment.scores import Place
from maturity.assessment.terms import RoundTerms
from maturity.operations import brand, plan_making, plans, report_delivery, report_making, reports, rounds, setup
from maturity.operations.errors import Refused
from maturity.operations.kpi_readings import kpis
from maturity.operations.report_facts import read_report, report_facts
from maturity.operations.report_pictures import picture_specifications
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import plan
from maturity.operations.scores import scores_of
from maturity.operations.solver import Solver
from maturity.operations.targets import gaps
from maturity.operations.worker import answer
from maturity.publishing.report_facts import facts_document, read_facts

from .city import ADMIN, CLOSED, LEADER, LEVELS, PARKS_LEAD, make_town
from .city import answer as answer_all
from .permission_calls import DOT

LONG = 120.0


@pytest.fixture
def town(workspace):
    """Town with its first plan, and an action that is late."""
    round_ = make_town(workspace)
    plan_making.replan(workspace, ADMIN, round_, "First plan", iterations=1)
    day = workspace.clock().date()
    plans.add_action(
        workspace, ADMIN, title="Ask", start=day.replace(month=1, day=5), finish=day.replace(month=12), owner="Ida"
    )
    return workspace


def test_every_score_and_gap_is_the_one_that_pages_show(town):
    facts, shown = report_facts(town, LEADER), scores_of(town, LEADER)
    for each in facts.scores:
        framework = find_round(town, LEADER).framework
        dimension = framework.dimension_of[each.topic].id if each.topic else each.dimension
        score = shown.scores[Place(each.department, dimension, each.topic)]
        assert (each.score, each.level, each.coverage) == (score.score, score.level, score.coverage or 0.0)
    whole = [each for each in facts.scores if each.department == "parks" and each.topic is None]
    assert {each.score for each in whole} == {1.0}
    found = gaps(town, LEADER, find_round(town, LEADER)).found
    assert [(e.department, e.topic, e.score, e.target, e.gap, e.importance, e.priority, e.due) for e in facts.gaps] == [
        (e.department, e.topic, e.score, e.target, e.gap, e.importance, e.priority, e.due) for e in found
    ]


def test_every_action_stands_as_on_the_roadmap_and_kpis_as_on_their_page(town):
    facts, saved = report_facts(town, LEADER), plan(town, LEADER)
    assert [each.code for each in facts.actions] == [each.code for each in saved.actions]
    for fact, action in zip(facts.actions, saved.actions, strict=True):
        how = saved.status_of(action, facts.as_of)
        assert (fact.status, fact.days_late) == (how.code, how.days_late)
    late = next(each for each in facts.actions if each.title == "Ask")
    assert (late.status, late.status_words) == ("late", f"late, {late.days_late} days")
    found = kpis(town, LEADER).standings
    assert [(e.of, e.value, e.planned) for e in facts.kpis] == [
        (e.of.code, e.of.last.value if e.of.last else None, e.expected) for e in found
    ]


def test_facts_and_pictures_travel_as_json_and_come_back_the_same(town):
    read = read_report(town, LEADER)
    assert read_facts(facts_document(read.facts)) == read.facts
    assert {"dumbbell", "timeline", "burn-up", "capacity"} <= set(picture_specifications(read))
    asked = reports.report_question(town, LEADER, "latest", ["strategy", "strategy"])
    assert asked.kinds == ("strategy",)
    assert asked.body["facts"] == facts_document(read.facts)


def test_rounds_that_asked_about_other_topics_stand_in_the_trend_with_a_note(town):
    topics = tuple(find_round(town, ADMIN).framework.topics)
    for name, chosen in (("Half", topics[:3]), ("Whole", topics)):
        draft = rounds.create_round(
            town, ADMIN, name, "city-data-maturity", closes_on=CLOSED, terms=RoundTerms(lead_days=0, topics=chosen)
        )
        answer_all(town, rounds.open_round(town, ADMIN, draft), dict.fromkeys(LEVELS, 3))
        rounds.close_round(town, ADMIN, find_round(town, ADMIN, name))
        read = read_report(town, LEADER)
        of = find_round(town, ADMIN).framework
        named, note = f"{of.name} {of.version}", {"Half": (0, "3 of 3 topics and 7 others")}
        place, said = note.get(name, (1, "3 of 10 topics"))
        assert [each.framework for each in read.facts.rounds] == [
            f"{named}, {said}" if at == place else named for at in range(len(read.facts.rounds))
        ]
    subtitle = " ".join(picture_specifications(read)["trend"]["title"]["subtitle"])
    assert "Half: 3 of 10 topics" in subtitle.replace("  ", " ")
    assert [each.score for each in read.facts.rounds] == [2.0, 3.0, 3.0]


def test_a_report_lists_every_phase_before_the_first_day_and_without_reckoned_effort(town):
    facts = report_facts(town, LEADER)
    assert facts.plan_starts > facts.as_of
    assert [each.number for each in facts.phases] == sorted({each.phase for each in facts.actions})
    first = next(each for each in facts.phases if each.number == 1)
    own = [each for each in facts.actions if each.phase == 1]
    shares = [0.0] * (len(own) - 1) + [57 / 332]  # "Ask" runs from 5 January to 2 December; today is 2 March
    assert (first.done, first.planned) == (0.0, pytest.approx(sum(shares) / len(own)))


def test_who_may_not_read_reports_gets_none_and_an_empty_organisation_says_what_is_missing(workspace):
    setup.create_organisation(workspace, ADMIN, "Empty")
    facts = report_facts(workspace, LEADER)
    assert (facts.scores, facts.actions, facts.decisions) == ((), (), ())
    assert facts.missing[0].startswith("There is nothing to report yet")
    with pytest.raises(Refused, match="nothing to report yet"):
        reports.report_question(workspace, LEADER, "latest", ["pdf"])
    with pytest.raises(NotPermitted):
        report_facts(workspace, PARKS_LEAD)


def test_a_round_that_is_not_shown_yet_is_named_and_left_out(workspace):
    make_town(workspace, closed=False)
    facts = report_facts(workspace, LEADER)
    assert (facts.round, facts.scores) == ("", ())
    assert any("are shown once the round is closed" in each for each in facts.missing)


def test_a_report_is_made_in_steps_and_is_called_after_its_organisation_and_day(town):
    steps = []
    made = reports.report(town, LEADER, "latest", "strategy", told=steps.append)
    assert made.name == "town-strategy-2026-03-02.docx"
    assert made.content.startswith(b"PK")
    assert steps[-1] == {"done": len(steps), "of": len(steps), "said": steps[-1]["said"]}
    assert steps[-1]["said"].endswith("writing the strategy document")


def test_a_colour_that_does_not_read_on_white_is_refused_with_its_ratio(town):
    with pytest.raises(Refused, match=r"#FFDD00 stands 1\.3 to 1 against white"):
        brand.set_colour(town, ADMIN, "#ffdd00")
    assert brand.set_colour(town, ADMIN, "#0b3358") == "#0B3358"
    assert report_facts(town, LEADER).brand.colour == "#0B3358"


def test_a_logo_is_a_whole_png_with_words(town):
    for content, alt, why in ((DOT, " ", "say in words"), (DOT[:-3], "A dot", "no PNG"), (b"GIF89a", "A dot", "no PNG"),
                              (DOT + b" " * 200_000, "A dot", "at most 200 KB")):  # fmt: skip
        with pytest.raises(Refused, match=why):
            brand.set_logo(town, ADMIN, content, alt)
    brand.set_logo(town, ADMIN, DOT, "A dot")
    brand.set_logo(town, ADMIN, DOT, " Another  dot ")
    assert report_facts(town, LEADER).brand.logo_alt == "Another dot"
    brand.remove_logo(town, ADMIN)
    assert report_facts(town, LEADER).brand.logo == ""


def test_pictures_and_reports_come_back_whole_from_the_process_beside_the_server(town):
    question = reports.report_question(town, LEADER, "latest", ["strategy", "workbook"])
    solver, steps = Solver(), []
    try:
        work = solver.begin("report", question.body)
        while not work.over:
            steps += [work.stage["done"]] if work.stage else []
            work.finished.wait(0.02)
        strategy, workbook = reports.report_of(work.wait(LONG), question)
    finally:
        solver.close()
    assert steps == sorted(steps) and steps[-1] <= len(question.body["specifications"]) + 2
    assert question.facts.headline in [each.text for each in Document(io.BytesIO(strategy.content)).paragraphs]
    assert "Scores" in load_workbook(io.BytesIO(workbook.content)).sheetnames


def test_a_picture_that_says_nothing_is_refused_in_a_sentence_and_traced_by_nobody(town, caplog):
    body = reports.report_question(town, LEADER, "latest", ["pdf"]).body
    mute = {name: {**each, "description": ""} for name, each in body["specifications"].items() if name == "capacity"}
    out = io.StringIO()
    answer(json.dumps({"number": 1, "kind": "report", "body": {**body, "specifications": mute}}), out)
    last = json.loads(out.getvalue().splitlines()[-1])
    assert last["refused"].endswith("has no description, so that nobody could hear what it shows; give its chart one")
    assert not caplog.records


def test_what_cannot_be_written_is_refused_before_anything_is_drawn(town, monkeypatch):
    monkeypatch.setitem(report_making.BUILDERS, "pdf", ("maturity.publishing.not_there", "pdf"))
    steps = []
    with pytest.raises(
        Refused, match="the PDF report cannot be made by this installation; choose another kind"
    ) as said:
        reports.report(town, LEADER, "latest", "pdf", told=steps.append)
    assert steps == [] and "not_there" not in str(said.value)


def test_an_action_that_came_in_since_has_the_role_of_its_catalogue(town):
    planned = plan(town, LEADER)
    known = report_facts(town, LEADER)
    fact = next(each for each in known.actions if any(a.code == each.code and a.catalogue_id for a in planned.actions))
    action = next(each for each in planned.actions if each.code == fact.code)
    read = read_report(town, LEADER).delivery
    without = replace(planned, body=replace(planned.body, actions=()), actions=(replace(action, owner="Ida"),))
    since = report_delivery.action_facts(replace(read, now=replace(read.now, plan=without)))
    assert [(each.owner, each.owner_name) for each in since] == [(fact.owner, "Ida")]
