"""The PDF report read back: structure, standards, and the numbers that it says."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from maturity.publishing.legal_text import REMOVED
from maturity.publishing.pdf import pdf
from maturity.publishing.pdf_parts import MOST_ROWS, Sheet, foldable
from maturity.publishing.report_facts import ReportRefused
from maturity.words import pdf_sentences as own
from maturity.words import strategy_sentences as words
from maturity.words.messages import percent, shown_score
from tests.publishing import report_samples as samples

SAMPLES = ("full", "empty", "one_department", "large", "hostile")
_ONE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_MANY = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class Report:
    """A PDF's structure as a tree of (tag, text, alternative, children), with the text of each marked piece."""

    def __init__(self, made: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(made))
        self._texts: dict[tuple[int, int], dict[int, str]] = {}
        self.parts = list(self._walk(self.file.Root.StructTreeRoot, None))

    def _walk(self, node: Any, page: Any) -> Any:
        page = node.get("/Pg", page)
        below = node.get("/K", [])
        for each in below if isinstance(below, pikepdf.Array) else [below]:
            if isinstance(each, pikepdf.Dictionary) and "/S" in each:
                yield each, self.text(each, page)
                yield from self._walk(each, page)

    def text(self, node: Any, page: Any = None) -> str:
        """All that stands in a part, in reading order."""
        page = node.get("/Pg", page)
        below, said = node.get("/K", []), ""
        for each in below if isinstance(below, pikepdf.Array) else [below]:
            if isinstance(each, pikepdf.Dictionary):
                if "/MCID" in each:
                    said += self._page(each.get("/Pg", page)).get(int(each.MCID), "")
                elif "/S" in each:
                    said += self.text(each, page)
            elif page is not None:
                said += self._page(page).get(int(each), "")
        return said

    def _page(self, page: Any) -> dict[int, str]:
        if page.objgen not in self._texts:
            self._texts[page.objgen] = _marked(page)
        return self._texts[page.objgen]

    def all(self, tag: str) -> list[str]:
        return [text.strip() for node, text in self.parts if tag == node.S]

    def table(self, caption: str) -> list[list[str]]:
        """The cells of the table below a caption, its header first."""
        before = ""
        for node, text in self.parts:
            if node.S == "/Caption":
                before = text.strip()
            if node.S == "/Table" and (before == caption or self._captions(node) == [caption]):
                return [[self.text(cell).strip() for cell in _below(row)] for row in _rows(node)]
        raise AssertionError(f"no table {caption}")

    def _captions(self, table: Any) -> list[str]:
        return [self.text(each).strip() for each in _below(table) if each.S == "/Caption"]


def _below(node: Any) -> list[Any]:
    below = node.get("/K", [])
    every = below if isinstance(below, pikepdf.Array) else [below]
    return [each for each in every if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def _rows(table: Any) -> list[Any]:
    return [row for part in _below(table) for row in ([part] if part.S == "/TR" else _below(part)) if row.S == "/TR"]


def _marked(page: Any) -> dict[int, str]:
    """What each marked piece of a page shows, letter by letter through the fonts' own tables."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[int | None] = []
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            about = operands[1] if len(operands) > 1 else {}
            stack.append(int(about.MCID) if "/MCID" in about else (stack[-1] if stack else None))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and stack and stack[-1] is not None:
            pieces = operands[0] if name == "TJ" else operands
            raw = b"".join(bytes(each) for each in pieces if isinstance(each, pikepdf.String))
            said = "".join(letters.get(int.from_bytes(raw[n : n + 2], "big"), "") for n in range(0, len(raw), 2))
            found[stack[-1]] = found.get(stack[-1], "") + said
    return found


def _letters(font: Any) -> dict[int, str]:
    known: dict[int, str] = {}
    text = font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
        for code, said in _ONE.findall(block):
            known[int(code, 16)] = bytes.fromhex(said.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, said in _MANY.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                known[int(first, 16) + step] = chr(int(said, 16) + step)
    return known


def plain(text: str) -> str:
    return re.sub(r"[\s\u200b\xa0]+", "", text)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_report_claims_both_standards_and_has_its_structure(name: str):
    facts = getattr(samples, name)()
    report = Report(pdf(facts))
    tags = [str(node.S) for node, _ in report.parts]
    assert tags[0] == "/Document" and {"/H1", "/Title", "/Table", "/TH", "/TD"} <= set(tags)
    assert report.file.Root.Lang == "en-GB" and report.file.Root.MarkInfo.Marked
    with report.file.open_metadata() as about:
        assert str(about["dc:title"]).startswith(own.TITLE)
        assert (about["pdfuaid:part"], about["pdfaid:part"], about["pdfaid:conformance"]) == ("1", "2", "A")
        assert about["dc:language"] is not None
    assert report.file.Root.ViewerPreferences.DisplayDocTitle
    assert report.file.Root.Outlines.Count
    assert all(str(node.get("/Alt", "")).strip() for node, _ in report.parts if node.S == "/Figure")


def test_the_pages_are_a4_and_ask_for_nothing_from_outside():
    report = Report(pdf(samples.hostile()))
    assert {tuple(round(float(each)) for each in page.MediaBox) for page in report.file.pages} == {(0, 0, 595, 842)}
    for page in report.file.pages:
        assert all("/A" not in each or each.A.S == "/GoTo" for each in page.get("/Annots", []))


def test_the_heat_map_says_the_scores_cell_by_cell():
    facts = samples.full()
    rows = Report(pdf(facts)).table(words.HEAT_MAP)
    by_place = {(each.department, each.dimension): each.score for each in facts.scores if each.topic is None}
    columns = [*(each.id for each in facts.dimensions), None]
    assert [plain(each) for each in rows[0][1:-1]] == [plain(each.name) for each in facts.dimensions]
    for row, department in zip(rows[1:], [None, *(each.id for each in facts.departments)], strict=True):
        assert row[1:] == [shown_score(by_place[department, column]) for column in columns]


def test_topics_gaps_and_phases_say_the_numbers_of_the_facts():
    facts = samples.full()
    report = Report(pdf(facts))
    topics = {each.topic: each for each in facts.scores if each.topic and each.department is None}
    for row, topic in zip(report.table(words.BY_TOPIC)[1:], facts.topics, strict=True):
        score = topics[topic.id]
        assert plain(row[0]) == plain(topic.name)
        assert row[1] == shown_score(score.score) and row[4:] == ["3.0", percent(score.coverage)]
    for name, departments, gap, _, priority in report.table(words.GAP_TABLE)[1:]:
        topic = next(each.id for each in facts.topics if plain(each.name) == plain(name))
        mine = [each for each in facts.gaps if each.topic == topic]
        assert departments == str(len(mine)) and gap == f"{sum(each.gap for each in mine):.1f}"
        assert priority == f"{sum(each.priority for each in mine):.1f}"
    assert [row[2:] for row in report.table(own.PHASE_TABLE)[1:]] == [
        ["72%", "100%"], ["20%", "45%"], ["0%", "0%"], ["0%", "0%"],
    ]  # fmt: skip
    assert [row[1:] for row in report.table(own.MONEY_TABLE)[2:3]] == [["120,000", "131,000", "-11,000"]]


def test_measures_are_one_row_for_all_copies_and_those_behind_come_first():
    facts = samples.full()
    late = facts.kpis[0]
    copies = [replace(late, of=f"A04/{n}", value=value, planned=60.0) for n, value in enumerate((90.0, 95.0, 70.0))]
    others = replace(facts.kpis[1], value=6.0, planned=6.0)
    rows = Report(pdf(replace(facts, kpis=(others, facts.kpis[2], *copies)))).table(words.KPI_TABLE)[1:]
    unread = words.NOT_READ
    assert [row[2:5] for row in rows] == [["18", "6", "0"], ["20", "70 to 95", "90"], [unread, unread, "60"]]
    assert plain(rows[1][5]) == plain("3 departments: 2 reached, 1 on its path")
    assert words.measured_in(2, {"reached": 2}) == "reached in all 2 departments"
    rows = Report(pdf(replace(facts, kpis=facts.kpis[::-1]))).table(words.KPI_TABLE)[1:]
    assert plain(rows[0][5]) == plain("behind its path, 15 Sep 2026")
    assert plain(rows[0][0]) == plain("Critical data sets with a named owner, %")


def test_the_first_pages_say_the_headline_the_lines_and_what_is_to_decide():
    facts = samples.full()
    report = Report(pdf(facts))
    everything = plain(" ".join(text for node, text in report.parts if node.S == "/Document"))
    for said in (facts.headline, *facts.bullets, facts.approval, words.DEMO, facts.brand.name):
        assert plain(said) in everything
    rows = report.table(own.DECISION_TABLE)[1:]
    assert [plain(row[2]) for row in rows] == [plain(each.postponed) for each in facts.decisions]
    assert [row[1] for row in rows] == ["31 Oct 2026", "15 Nov 2026"]


def test_pictures_carry_their_caption_and_their_description():
    report = Report(pdf(samples.full()))
    alternatives = [str(node.Alt) for node, _ in report.parts if node.S == "/Figure"]
    assert alternatives == [
        "Coat of arms of Exampleton",
        "Dumbbell: score and target by topic.",
        "Timeline of 30 actions.",
    ]
    assert any(plain("Rules are furthest from target") in plain(each) for each in report.all("/Caption"))


@pytest.mark.parametrize("description", ["", "  \n"])
def test_a_picture_that_says_nothing_is_refused(description: str):
    facts = samples.full()
    mute = replace(facts.pictures["timeline"], description=description)
    with pytest.raises(ReportRefused, match="has no description"):
        pdf(replace(facts, pictures={"timeline": mute}))


def test_a_report_of_nothing_says_what_is_missing():
    report = Report(pdf(samples.empty()))
    assert report.all("/H1") == [words.IN_SHORT, words.CONTENTS, words.NOT_YET, words.SIGN_OFF]
    assert plain(words.MISSING[words.ROADMAP]) in plain(" ".join(report.all("/LBody")))


def test_long_tables_repeat_their_header_and_say_what_they_leave_out():
    facts = samples.large()
    report = Report(pdf(facts))
    rows = report.table(words.HEAT_MAP)
    assert len(rows) == MOST_ROWS + 1
    left = len(facts.departments) + 1 - MOST_ROWS
    assert any(plain(own.more(left, "department")) in plain(each) for each in report.all("/P"))


def test_what_people_wrote_is_never_code_and_letters_that_are_missing_are_marked():
    report = Report(pdf(samples.hostile()))
    everything = plain(" ".join(text for node, text in report.parts if node.S == "/Document"))
    for said in ("{{7*7}}#setpage]\\$x$@ref<label>`raw`//end", "<script>alert('x')</script>&<b>bold</b>", "-2+3"):
        assert said in everything
    assert plain(own.REPLACED) in everything and f"emoji{REMOVED}" in everything
    assert not any(letter in everything for letter in "🏙📊")
    assert plain(own.REPLACED) not in plain(" ".join(Report(pdf(samples.full())).all("/P")))


@pytest.mark.parametrize(
    "text",
    [
        "private \ue000 use",
        'e\u20e3 "\u20e3 \\\u0ce6',
        "q\u1ab0\u0489",
        "\U000e0001 \u0378",
        "a\u05b8\u0301b 日本 \U000f0000",
    ],
)
def test_no_text_keeps_a_report_from_being_made(text: str):
    facts = samples.full()
    drawn = replace(
        facts.pictures["timeline"],
        svg=f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">{text}</text></svg>',
    )
    report = Report(pdf(replace(facts, bullets=(text, "Every plain letter stays"), pictures={"timeline": drawn})))
    assert plain("Every plain letter stays") in plain(" ".join(report.all("/LBody")))


def test_pictures_with_letters_that_are_missing_are_drawn_without_them():
    facts = samples.full()
    drawn = replace(
        facts.pictures["timeline"],
        svg='<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">a 🏙 b</text></svg>',
    )
    assert pdf(replace(facts, pictures={"timeline": drawn})).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_the_same_facts_give_the_same_bytes(name: str):
    assert pdf(getattr(samples, name)()) == pdf(getattr(samples, name)())


def test_a_broken_logo_and_a_colour_too_light_to_read_do_no_harm():
    brand = replace(samples.full().brand, colour="#FFEE88", logo="bm8gcGljdHVyZQ==")
    report = Report(pdf(samples.full(brand=brand)))
    assert len(report.all("/Figure")) == 2


def test_words_that_no_column_holds_get_places_to_break():
    assert foldable("a" * 30) == "\u200b".join(["a" * 12, "a" * 12, "a" * 6])
    assert foldable("short words\nstay") == "short words stay"


def test_pictures_fit_their_page_in_millimetres():
    sheet, drawn = Sheet(), samples.picture("any", "Title", "What it shows")
    for wide, high in ((320, 180), (1600, 900), (1600, 1500), (800, 1600), (0, 0)):
        sheet.picture(replace(drawn, width=wide, height=high))
    assert [round(each["width"], 1) for each in sheet.blocks] == [101.6, 170.0, 149.3, 107.5, 140.0]


def test_small_tables_stay_on_one_page_and_large_ones_do_not():
    sheet = Sheet()
    sheet.table("small", ["One", "Two"], [["a", "b"]] * 5, (50, 50))
    sheet.table("large", ["One", "Two"], [["a", "b"]] * 50, (50, 50))
    sheet.table("wordy", ["One", "Two"], [["a", "word " * 400]], (90, 10))
    assert [(each["whole"], each["rows_whole"]) for each in sheet.blocks] == [
        (True, True),
        (False, True),
        (False, False),
    ]
