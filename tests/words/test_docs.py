"""The documents say what the code does: examples are computed, and no key, column or rule is left out."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from maturity import cli_tables
from maturity.assessment import answer_file
from maturity.assessment.agreement import agreement
from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.departments import Department, weighted
from maturity.assessment.evidence import NewestEvidence, fresh_coverage, is_fresh
from maturity.assessment.optimism import optimism
from maturity.assessment.role_split import FAMILIES, FAMILY_NAMES, shown_families
from maturity.assessment.scores import RoundScores, Score, score_round
from maturity.assessment.terms import RoundTerms
from maturity.assessment.trends import progress_since, share_of_target
from maturity.framework import load
from maturity.framework.examples import MOST_EXAMPLES, WorkedExample, WorkedExamples
from maturity.framework.formats import table as formats_table
from maturity.framework.model import (
    Applies,
    Dimension,
    Framework,
    Level,
    Marker,
    Option,
    Question,
    Theme,
    Topic,
    VisibleIf,
    WhenNo,
)
from maturity.planning.catalogue import ActionCatalogue, CatalogueAction, Cost, Estimate, Kpi, Raise, Role, Route
from maturity.planning.plan import BudgetUse, CapacityUse, Closes, NotPlanned, Plan, PlannedAction, Reason
from maturity.words.messages import percent
from tests.browser.axe import STREAMLIT_CAUSES

ROOT = Path(__file__).resolve().parents[2]
STAFF = {"parks": 100, "housing": 300}
STATES = {"don't know": "dont_know", "not applicable": "not_applicable"}


def text_of(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def table(name: str, first: str) -> list[list[str]]:
    """The rows of the table whose heading row begins with these cells."""
    lines = text_of(name).splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith(f"| {first}"))
    rows = []
    for line in lines[at + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def framework(**topic: str) -> Framework:
    dimensions: dict[str, dict[str, list[dict]]] = {}
    for dimension, at, question, weight in table("scoring.md", "dimension | topic | question"):
        asked = {"id": question, "text": question, "weight": float(weight), "descriptors": list("abcde")}
        dimensions.setdefault(dimension, {}).setdefault(at, []).append(asked)
    return Framework.model_validate(
        {
            **{"id": "example", "version": "1", "name": "Example", "licence": "none", "source": "docs"},
            "levels": [{"level": level, "name": str(level)} for level in range(1, 6)],
            "dimensions": [
                {
                    "id": dimension,
                    "name": dimension,
                    "topics": [{"id": at, "name": at, "questions": asked, **topic} for at, asked in topics.items()],
                }
                for dimension, topics in dimensions.items()
            ],
        }
    )


def example(asked: Framework, departments: tuple[Department, ...]) -> RoundScores:
    tallies = answers_of_the_example(asked)
    agreed = DecidedValue(department="housing", question="q1", source="consensus", level=2)
    return score_round(asked, departments, tallies, [agreed])


def by_staff() -> tuple[Department, ...]:
    return weighted([Department(code=code, name=code, staff=staff) for code, staff in STAFF.items()], "staff")


def score_at(scores: RoundScores, asked: Framework, place: str) -> Score:
    words = place.split()
    code = None if words[0] == "organisation" else words[0]
    part = words[1] if len(words) > 1 else None
    if part is None:
        return scores.of(code)
    if part in asked.questions:
        topic = asked.topic_of[part]
        return scores.of(code, asked.dimension_of[topic.id].id, topic.id, part)
    return scores.topic(code, part) if part in asked.topics else scores.of(code, part)


def number(cell: str) -> float | None:
    return None if cell == "none" else float(cell)


def test_the_worked_example_is_what_the_scorer_computes():
    asked = framework()
    scores = example(asked, by_staff())
    rows = table("scoring.md", "place | score")
    assert len(rows) == 16
    for place, score, coverage, level, value_from in rows:
        made = score_at(scores, asked, place)
        assert (made.score, made.coverage, made.level) == (
            pytest.approx(number(score)) if number(score) is not None else None,
            number(coverage),
            number(level),
        ), place
        assert (made.value_from or "none") == value_from, place


def answers_of_the_example(asked: Framework) -> list[Tally]:
    tallies = []
    for department, _, *answers in table("scoring.md", "department | respondent"):
        for question, said in zip(asked.questions, answers, strict=True):
            state = STATES.get(said, "level")
            level = int(said) if state == "level" else None
            tallies.append(Tally(department=department, question=question, state=state, level=level, count=1))
    return tallies


def test_fresh_evidence_in_the_example_is_what_is_computed():
    asked, today = framework(), date(2026, 12, 1)
    scores = example(asked, by_staff())
    newest = []
    for department, question, day, fresh in table("scoring.md", "evidence of"):
        newest.append(NewestEvidence(department, question, date.fromisoformat(day)))
        assert is_fresh(newest[-1].day, RoundTerms().evidence_months, today) == (fresh == "yes")
    shares = fresh_coverage(asked, scores, newest, RoundTerms().evidence_months, today)
    rows = table("scoring.md", "place | coverage | with fresh")
    assert len(rows) == 9
    for place, coverage, fresh in rows:
        made = score_at(scores, asked, place)
        assert made.coverage == number(coverage), place
        said = number(fresh)
        assert shares[made.place] == (None if said is None else pytest.approx(said, abs=5e-5)), place


def test_self_scores_in_the_example_are_what_is_computed():
    asked = framework()
    found = [
        DecidedValue(department="parks", question="q1", source="review", level=2),
        DecidedValue(department="parks", question="q2", source="review", level=1),
        DecidedValue(department="housing", question="q1", source="consensus", level=2),
    ]
    made = optimism(asked, example(asked, by_staff()), answers_of_the_example(asked), found)
    told = [[e.department, e.source, f"{e.questions}", f"{e.own:g}", f"{e.found:g}", f"{e.difference:g}"] for e in made]
    assert told == table("scoring.md", "self-score of")


def test_the_example_as_a_ladder():
    asked = framework(scoring="ladder")
    assert example(asked, by_staff()).topic("parks", "quality").score == 1
    assert "As a ladder it would be 1" in text_of("scoring.md")


def test_the_staff_of_the_example_is_said():
    assert "Parks has 100 staff, Housing 300" in text_of("scoring.md")


def test_agreement_is_what_the_table_says():
    rows = table("scoring.md", "answers at level")
    assert rows
    for counts, said in rows:
        assert agreement([int(count) for count in counts.split(",")]) == pytest.approx(float(said))


def test_gaps_are_what_the_table_says():
    said = {name: example for name, _, example in table("scoring.md", "number | how")}
    assert share_of_target(2, 4) == pytest.approx(1 / 3)
    assert said["way to the target"].endswith(percent(1 / 3))
    assert progress_since(1.5, 2, 4) == pytest.approx(0.2)
    assert said["progress since the first round"].endswith("20%")


def keys(document: str, heading: str) -> set[str]:
    """Everything in backticks between a heading and the next of the same depth."""
    part = text_of(document).split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"`([^`]+)`", part))


FRAMEWORK_PARTS = (Framework, Level, Theme, Dimension, Topic, Question, Option, Marker, Applies, VisibleIf, WhenNo)
EXAMPLE_PARTS = (WorkedExamples, WorkedExample)
CATALOGUE_PARTS = (ActionCatalogue, CatalogueAction, Role, Kpi, Raise, Cost, Estimate, Route)
PLAN_PARTS = (Plan, PlannedAction, CapacityUse, BudgetUse, NotPlanned, Closes, Reason)


@pytest.mark.parametrize(
    ("heading", "models"),
    [
        ("Framework (YAML)", FRAMEWORK_PARTS),
        ("Worked examples (YAML)", EXAMPLE_PARTS),
        ("Action catalogue (YAML)", CATALOGUE_PARTS),
    ],
    ids=["framework", "examples", "catalogue"],
)
def test_every_key_of_a_file_is_described(heading, models):
    for model in models:
        missing = set(model.model_fields) - keys("formats.md", heading)
        assert not missing, f"docs/formats.md leaves out {sorted(missing)} of {model.__name__}"


def test_needed_keys_are_said_to_be_needed():
    for first, model in (("key | needed", Framework),):
        for named, needed, _ in table("formats.md", first):
            for key in re.findall(r"`([^`]+)`", named):
                assert model.model_fields[key].is_required() is (needed == "yes"), key


def test_every_key_of_the_plan_is_described():
    for part in PLAN_PARTS:
        missing = {field.name for field in fields(part)} - keys("formats.md", "Plan (JSON)")
        assert not missing, f"docs/formats.md leaves out {sorted(missing)} of {part.__name__}"


def test_the_examples_of_results_by_role_are_computed():
    for people, shown in table("scoring.md", "people: leader, manager"):
        counts = dict(zip(FAMILIES, map(int, people.split(",")), strict=True))
        found = [FAMILY_NAMES[family].lower() for family in FAMILIES if family in shown_families(counts)]
        words = {len(FAMILIES): "all", 0: "none"}.get(len(found), ", ".join(found))
        assert words == shown


def test_every_column_is_described():
    assert set(answer_file.COLUMNS) <= keys("formats.md", "Answers (CSV)")
    assert set(formats_table.NEEDED) <= keys("formats.md", "Framework from a table (CSV)")
    assert set(cli_tables.SCORE_COLUMNS) <= keys("formats.md", "Scores (CSV)")
    assert set(cli_tables.REPLY_COLUMNS) <= keys("formats.md", "Replies (CSV)")


def test_limits_are_those_of_the_code():
    text = text_of("formats.md")
    for number in (
        f"{load.MOST_BYTES // 1_000_000} MB",
        f"{load.MOST_DEPTH} levels of nesting",
        f"{load.MOST_NODES:,} values",
        f"{formats_table.MOST_ROWS:,} rows",
        f"`examples` (1 to {MOST_EXAMPLES})",
        f"{answer_file.MOST_BYTES // 1_000_000} MB",
    ):
        assert number in text


def test_what_streamlit_causes_is_in_the_accessibility_statement():
    described = text_of("accessibility.md")
    for known in STREAMLIT_CAUSES:
        assert f"`{known.rule}`" in described, known.rule
        assert known.reason in described, known.rule


def test_every_room_is_on_the_map_and_every_path_in_the_documents_is_there():
    architecture = text_of("architecture.md")
    rooms = [path.name for path in (ROOT / "maturity").iterdir() if (path / "__init__.py").exists()]
    assert not [room for room in rooms if f"`{room}/`" not in architecture]
    for document in sorted((ROOT / "docs").glob("*.md")):
        for path in re.findall(r"`((?:maturity|pages|tests|data|docs)/[\w./-]+)`", document.read_text("utf-8")):
            if not path.endswith(".duckdb"):
                assert (ROOT / path).exists(), f"{document.name} names {path}, which is not there"
