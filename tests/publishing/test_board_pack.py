"""The board pack read back: the same numbers as the facts, titles, text alternatives, hostile texts, the same bytes."""

from __future__ import annotations

import importlib.util
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Pt

from maturity.publishing.board_pack import board_pack
from maturity.publishing.board_pack_standing import gap_of
from maturity.publishing.pictures import draw
from maturity.words.messages import shown_score
from tests.publishing.office import converted, text_of

_spec = importlib.util.spec_from_file_location("report_samples", Path(__file__).with_name("report_samples.py"))
assert _spec and _spec.loader
samples = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(samples)
KINDS = ("full", "one_department", "large", "empty", "hostile")
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def slides(facts):
    return list(Presentation(BytesIO(board_pack(facts))).slides)


def tables(pack):
    found = [shape.table for slide in pack for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def charts(pack):
    """Each native chart as categories and values by the name of their series."""
    found = [shape.chart for slide in pack for shape in slide.shapes if shape.has_chart]
    return [(list(each.plots[0].categories), {s.name: list(s.values) for s in each.plots[0].series}) for each in found]


@pytest.mark.parametrize("kind", KINDS)
def test_every_slide_has_a_short_title_of_its_own(kind):
    titles = [slide.shapes.title.text for slide in slides(getattr(samples, kind)())]
    assert all(title.strip() for title in titles)
    assert len(set(titles)) == len(titles)
    assert all(len(title.rsplit(" (", 1)[0].split()) <= 12 for title in titles)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_drawn_has_a_text_alternative_or_is_decoration(kind):
    for slide in slides(getattr(samples, kind)()):
        for shape in slide.shapes:
            about = shape._element.xpath(".//p:cNvPr")[0]
            spoken = about.get("descr") or (shape.has_text_frame and shape.text_frame.text.strip())
            assert spoken or about.findall(f".//{{{DECORATIVE}}}decorative"), (slide.shapes.title.text, shape.name)


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_is_smaller_than_12_points_and_nothing_leaves_the_slide(kind):
    for slide in slides(getattr(samples, kind)()):
        sizes = [int(each.get("sz")) for each in slide._element.xpath(".//a:rPr[@sz]")]
        assert min(sizes) >= 1200
        for shape in slide.shapes:
            assert shape.top + shape.height <= Pt(540) + 1000, (slide.shapes.title.text, shape.name)


def test_the_heat_map_says_the_scores_of_the_facts_cell_by_cell():
    facts = samples.full()
    rows = [row for table in tables(slides(facts)) if table[0][0] == "Department" for row in table[1:]]
    assert [row[0] for row in rows] == [*(each.name for each in facts.departments), "All departments"]
    wanted = {(s.department, s.dimension): s.score for s in facts.scores if s.dimension and not s.topic}
    for row, place in zip(rows, [*(each.id for each in facts.departments), None], strict=True):
        for text, dimension in zip(row[1:], facts.dimensions, strict=True):
            score = wanted[place, dimension.id]
            assert text.split()[0] == ("n/a" if score is None else shown_score(score))


def test_the_workbooks_of_the_charts_hold_the_numbers_of_the_facts():
    facts = samples.full()
    found = charts(slides(facts))
    gaps = next(series for _, series in found if "Missing to the target" in series)
    topics = sorted(
        (s for s in facts.scores if s.topic and not s.department), key=gap_of, reverse=True
    )  # all ten have targets
    assert gaps["Score now"] == pytest.approx([each.score for each in topics])
    assert gaps["Missing to the target"] == pytest.approx([max(0, 3 - each.score) for each in topics], abs=1e-6)
    phases = next(series for _, series in found if "Done" in series)
    assert phases["Done"] == pytest.approx([72, 20, 0, 0])
    assert phases["Planned by now"] == pytest.approx([100, 45, 0, 0])
    money = next(series for _, series in found if "Budget" in series)
    assert money == {"Budget": [60_000, 120_000, 240_000, 90_000], "Planned cost": [52_500, 131_000, 201_250, 84_000]}
    kpis = next(series for _, series in found if "Way to the target gone, in %" in series)
    # (55 - 20) / 70 and (4 - 18) / -18; planned (60 - 20) / 70 and (6 - 18) / -18
    assert kpis["Way to the target gone, in %"] == pytest.approx([50, 77.777778])
    assert kpis["Planned by now, in %"] == pytest.approx([57.142857, 66.666667])


def test_departments_are_counted_by_level_where_they_are_too_many_for_rows():
    pack = slides(samples.large())
    assert not any(table[0][0] == "Department" for table in tables(pack))
    _, levels = next(found for found in charts(pack) if "1 Starting" in found[1])
    assert [sum(counts) for counts in zip(*levels.values(), strict=True)] == [200] * 5
    assert any("200 departments" in shape.text_frame.text for s in pack for shape in s.shapes if shape.has_text_frame)


def test_copies_are_one_bar_and_arrows_are_glued_to_bars():
    pack = slides(samples.full())
    timeline = next(s for s in pack if "critical path" in s.shapes.title.text)
    bars = {
        shape.shape_id
        for shape in timeline.shapes
        if "% done" in shape._element.xpath(".//p:cNvPr")[0].get("descr", "")
    }
    assert len(bars) == 16  # 14 actions, and two that 8 departments have
    arrows = timeline._element.xpath(".//p:cxnSp")
    assert arrows
    for arrow in arrows:
        ends = arrow.xpath(".//a:stCxn/@id | .//a:endCxn/@id")
        assert len(ends) == 2 and {int(each) for each in ends} <= bars


def test_a_chart_without_a_native_slide_stands_as_svg_with_its_png():
    spec = {"title": "People", "description": "Bars", "width": 100, "data": {"values": [{"a": 1}]},
            "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}  # fmt: skip
    pack = slides(samples.full(pictures={"people": draw("people", spec)}))
    slide = next(s for s in pack if s.shapes.title.text == "People")
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert picture.image.content_type == "image/png"
    relation = picture._element.xpath(".//*[local-name()='svgBlip']")[0].values()[0]
    assert slide.part.related_part(relation).blob.startswith(b"<svg")


@pytest.mark.parametrize(
    ("title", "stands"),
    [
        ("3 of 10 moved up since Autumn; most: Knowing the data you have +0.5", "3 of 10 moved up since Autumn"),
        ("One; two; three", "One; two; three"),
        (f"{'so ' * 14}long; and more", f"{'so ' * 12}".strip() + "…"),
    ],
)
def test_a_title_that_is_too_long_ends_where_a_part_of_it_ends(title: str, stands: str) -> None:
    pack = slides(samples.full(pictures={"people": samples.picture("people", title, "Bars")}))
    slide = next(s for s in pack if s.shapes.title.text == stands)
    assert title in slide.notes_slide.notes_text_frame.text


def test_no_title_of_a_plain_city_is_cut_and_the_line_of_today_leaves_the_phases_names_alone():
    pack = slides(samples.full())
    assert not any("…" in slide.shapes.title.text for slide in pack)
    timeline = next(s for s in pack if any(shape.name == "Today" for shape in s.shapes))
    today = next(shape for shape in timeline.shapes if shape.name == "Today")
    band = next(shape for shape in timeline.shapes if shape.name == "Phase 1")
    assert today.top >= band.top + Pt(12 * 1.2)


def test_notes_say_where_the_numbers_are_from():
    for slide in slides(samples.full())[1:-1]:
        assert "Autumn 2026" in slide.notes_slide.notes_text_frame.text


def test_the_same_facts_give_the_same_bytes():
    assert board_pack(samples.full()) == board_pack(samples.full())


def test_no_workbook_of_a_chart_holds_a_formula_or_a_link():
    found = [shape.chart for slide in slides(samples.hostile()) for shape in slide.shapes if shape.has_chart]
    for chart in found:
        sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert not [cell.value for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink]
    assert found


@pytest.mark.office
def test_libreoffice_opens_it(tmp_path):
    facts = samples.full()
    pages, text = text_of(converted(board_pack(facts), "pptx", "pdf", tmp_path))
    assert pages == len(slides(facts))
    assert "signed the last review" in text and facts.signatures[0][0] in text
