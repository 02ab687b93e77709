"""The strategy document read back by python-docx and opened by LibreOffice."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from maturity.publishing.strategy_document import strategy_document
from maturity.words import strategy_sentences as words
from maturity.words.messages import shown_score
from tests.publishing import report_samples as samples
from tests.publishing.office import converted, text_of


def read(facts: Any) -> Any:
    return docx.Document(io.BytesIO(strategy_document(facts)))


def table(document: Any, caption: str) -> list[list[str]]:
    for each in document.tables:
        if each._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption:
            return [[cell.text for cell in row.cells] for row in each.rows]
    raise AssertionError(f"no table {caption}")


def headings(document: Any) -> list[str]:
    return [each.text for each in document.paragraphs if each.style.name == "Heading 1"]


def test_the_heat_map_says_the_scores_cell_by_cell():
    facts = samples.full()
    rows = table(read(facts), words.HEAT_MAP)
    by_place = {(each.department, each.dimension): each.score for each in facts.scores if each.topic is None}
    for row, department in zip(rows[1:], [None, *(each.id for each in facts.departments)], strict=True):
        columns = [*(each.id for each in facts.dimensions), None]
        assert row[1:] == [shown_score(by_place[department, column]) for column in columns]


def test_gaps_are_added_up_by_topic():
    facts = samples.full()
    rows = table(read(facts), words.GAP_TABLE)[1:]
    names = {each.name: each.id for each in facts.topics}
    for name, departments, gap, importance, priority in rows:
        mine = [each for each in facts.gaps if each.topic == names[name]]
        assert departments == str(len(mine))
        assert gap == f"{sum(each.target - each.score for each in mine):.1f}"
        assert importance == str(mine[0].importance)
        assert priority == f"{sum((each.target - each.score) * each.importance for each in mine):.1f}"
    assert {names[row[0]] for row in rows} == {each.topic for each in facts.gaps}


def test_copies_are_one_row_and_every_action_stands_in_its_phase():
    document = read(samples.full())
    rows = [
        row
        for number, (name, *_) in enumerate(samples.PHASES, 1)
        for row in table(document, words.actions_of(number, name))[1:]
    ]
    assert len(rows) == 14 + 2
    stewards = next(row for row in rows if row[0].startswith("Name an owner"))
    assert stewards[0].endswith("(8 departments)") and stewards[1] == "Head of department"
    assert stewards[4] == "2 on track, 2 late, 4 done (up to 45 days)"


def test_this_years_actions_are_few_and_say_why():
    rows = table(read(samples.full()), words.PRIORITY_TABLE)[1:]
    assert len(rows) == 8
    assert rows[0][1].startswith("It is 59 days late. ")
    assert all(len(row[1]) > 10 for row in rows)


def test_a_document_of_nothing_has_no_empty_sections():
    document = read(samples.empty())
    assert headings(document) == [words.NOT_YET, words.SIGN_OFF]
    text = "\n".join(each.text for each in document.paragraphs)
    assert words.MISSING[words.VISION] in text and words.NOT_APPROVED in text


def test_answers_come_only_when_asked_for_and_small_groups_stay_hidden():
    assert words.APPENDIX not in headings(read(samples.full()))
    facts = samples.full(with_answers=True)
    rows = table(read(facts), words.values_of("Housing"))[1:]
    for row, answer in zip(rows, [each for each in facts.answers if each.department == "housing"], strict=True):
        assert row[1] == shown_score(answer.value)
        assert (row[3] == words.FEW) == (answer.answers < 5)
        assert (row[4] == words.SPREAD_HIDDEN) == (answer.answers < 5)


def test_word_reads_structure_language_and_alternatives():
    document = read(samples.full())
    for each in document.tables:
        assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert each._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert sum(int(column.get(qn("w:w"))) for column in each._tbl.tblGrid) <= 9639  # 17 cm in twentieths of a point
    assert [each._inline.docPr.get("descr") for each in document.inline_shapes] == [
        "Coat of arms of Exampleton",
        "Dumbbell: score and target by topic.",
        "Timeline of 30 actions.",
    ]
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert document.core_properties.title == "Data strategy and roadmap: Exampleton City Council"
    assert 'TOC \\o "1-2"' in "".join(each.text or "" for each in document.element.iter(qn("w:instrText")))
    assert round(document.sections[0].page_width.cm, 1) == 21.0
    marks = {each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))}
    assert {each.get(qn("w:anchor")) for each in document.element.iter(qn("w:hyperlink"))} <= marks


def test_a_broken_logo_and_a_colour_too_light_to_read_do_no_harm():
    facts = samples.full()
    brand = type(facts.brand)(name="Exampleton", colour="#FFEE88", logo="bm8gcGljdHVyZQ==", logo_alt="")
    document = read(samples.full(brand=brand))
    assert len(document.inline_shapes) == 2
    assert str(document.styles["Heading 1"].font.color.rgb) == "14202B"


def test_the_same_facts_give_the_same_bytes():
    assert strategy_document(samples.full()) == strategy_document(samples.full())


@pytest.mark.parametrize("name", ["full", "empty", "one_department", "large", "hostile"])
def test_every_sample_is_read_back(name):
    assert read(getattr(samples, name)()).paragraphs


@pytest.mark.office
@pytest.mark.parametrize("name", ["full", "hostile"])
def test_libreoffice_opens_it(name, tmp_path):
    facts = getattr(samples, name)()
    pages, text = text_of(converted(strategy_document(facts), "docx", "pdf", tmp_path))
    assert pages > 5
    assert name == "hostile" or "59 days late" in text
    assert "Score of each department on each dimension" in text
