"""A workshop's papers: standing alone, nobody's text read as markup, nothing given away by what is handed out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.votes import reveal
from maturity.assessment.workshop import Matter, Note, Outcome, Workshop
from maturity.assessment.workshop_results import (
    AgreementLine,
    AgreementTrend,
    Compared,
    MatterResult,
    SelfScores,
    WorkshopResults,
)
from maturity.framework.examples import WorkedExample
from maturity.framework.model import Question
from maturity.publishing.workshop_pack import pack_page
from maturity.publishing.workshop_paper import WorkshopPaper
from maturity.publishing.workshop_summary import summary_page

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
VOID = {"meta", "br"}


def identity(number: int) -> UUID:
    return UUID(int=number)


def paper(text: str = "Are stewards named?", *, status: str = "ended", answers_too: bool = True) -> WorkshopPaper:
    """A warm-up, a question agreed after two votes, and a parked one; `text` stands wherever people write."""
    question = Question(id="q1", text=text, guidance=text, descriptors=("Nobody", "Some", "All"))
    other = Question(id="q2", text="Is quality measured?", descriptors=("No", "Some", "Yes"))
    example = WorkedExample(id="e1", question="q1", story=f"A story: {text}", level=2, why=f"A reason: {text}")
    agreed = Outcome(level=2, reason=text, minority_view=text, follow_up=text, follow_up_owner=text)
    before = SelfScores(people=5, fewest=5, counts=(5, 0, 0), median=1.0, agreement=0.123)
    warm_up = MatterResult(
        matter=Matter(id=identity(1), place=0, example="e1", phase="revealed", ballot=1),
        department=None,
        question=None,
        example=example,
        asks=question,
        before=None,
        votes=(reveal(1, [1, 2, 2], 3),),
    )
    settled = MatterResult(
        matter=Matter(
            id=identity(2), place=1, department="parks", question="q1", phase="settled", ballot=2, outcome=agreed
        ),
        department="Parks",
        question=question,
        example=None,
        asks=question,
        before=before,
        votes=(reveal(1, [1, 1, 3, 3, 2], 3), reveal(2, [2, 2, 2, 2, None, 1], 3)),
    )
    parked = MatterResult(
        matter=Matter(id=identity(3), place=2, department="parks", question="q2", phase="parked"),
        department="Parks",
        question=other,
        example=None,
        asks=other,
        before=None,
        votes=(),
    )
    workshop = Workshop(
        id=identity(9),
        round_id=identity(8),
        organisation_id=identity(7),
        department="parks",
        name=text,
        code="K7M4QX",
        status=status,
        made_by="asha",
        made_at=NOW,
        opened_at=NOW,
        ended_at=NOW if status == "ended" else None,
        stepped_by="asha",
        stepped_at=NOW,
    )
    notes = [
        Note(id=identity(20 + n), workshop_id=workshop.id, kind=kind, text=f"{kind}: {text}", owner=text, made_by="a",
             made_at=NOW, due_on=date(2026, 4, 1) if kind == "action" else None)
        for n, kind in enumerate(("decision", "action"))
    ]  # fmt: skip
    notes.append(
        Note(id=identity(30), workshop_id=workshop.id, matter_id=identity(3), kind="parked", text="who?", made_by="a",
             made_at=NOW)
    )  # fmt: skip
    line = AgreementLine(result=settled, answers=0.123, first=-0.4, last=0.9)
    mean, votes = (Compared(of="before", questions=1, then=then, now=0.9) for then in (0.123, -0.4))
    return WorkshopPaper(
        organisation="Port Ellery",
        round_name="Spring 2026",
        about="Parks",
        made_on=date(2026, 3, 12),
        results=WorkshopResults(
            workshop=workshop,
            levels=("Low", "Middle", "High"),
            matters=(warm_up, settled, parked),
            attendance={"leader": 1, "manager": 2, "front-line": 3},
            notes=tuple(notes),
            minutes=42,
            answers_open=False,
        ),
        meanings=("low", "middle", "high"),
        why={str(identity(2)): "The answers lie far apart."},
        trend=AgreementTrend(lines=(line,), from_answers=mean, from_first=votes, workshops=(), rounds=()),
        answers_too=answers_too,
    )


class Read(HTMLParser):
    """Every tag is closed in its turn; headings in their order, tables with their headers, text by section."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(page: str) -> Read:
    found = Read()
    found.feed(page)
    assert found.open == []
    return found


@pytest.mark.parametrize("page", [pack_page(paper(), 2), summary_page(paper()), pack_page(paper(status="planned"))])
def test_a_page_stands_alone_and_is_told_by_its_headings(page):
    found = read(page)
    tags = [tag for tag, _ in found.tags]
    assert not {"script", "link", "img", "iframe", "form"} & set(tags)
    assert not re.findall(r"src=|url\(|@import|href=[\"'](?!#)", page)
    assert found.tags[0] == ("html", {"lang": "en"}) and found.headings[0] == 1 and found.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(found.headings, found.headings[1:], strict=False))
    tables = tags.count("table")
    assert tables and tags.count("caption") == tables and tags.count("thead") == tables
    assert all(attrs.get("scope") in ("row", "col") for tag, attrs in found.tags if tag == "th")


def test_each_participant_has_a_card_for_each_level_and_one_for_don_t_know():
    page = pack_page(paper(), 3)
    assert page.count("class='card'") + page.count('class="card"') == 3 * 4
    marks = re.findall(r"class=['\"]mark['\"]>([^<]*)<", page)
    assert marks == ["1", "2", "3", "?"] * 3
    assert "Set 3" in page and "3 sets of 4 cards" in page


def test_each_question_has_a_sheet_with_its_levels_and_the_warm_up_without_its_answer():
    page = pack_page(paper(status="planned"))
    sheets = page[page.index('id="sheets"') :]
    assert sheets.count('class="sheet"') == 3 and sheets.count('class="write"') == 2
    for words in ("Nobody", "Some", "All", "Is quality measured?", "Parks", "A story"):
        assert words in sheets
    assert "A reason" not in sheets and "lie far apart" not in sheets
    agenda = page[: page.index('id="cards"')]
    assert "A reason" in agenda and "lie far apart" in agenda and "do not hand it out" in agenda and "K7M4QX" in agenda


def test_the_summary_says_what_was_agreed_and_what_is_left():
    said = unescape(re.sub(r"<[^>]+>", " ", summary_page(paper("because"))))
    said = re.sub(r"\s+", " ", said)
    for words in (
        "1 of 2 questions agreed by 6 people in 42 minutes.",
        "2 Middle",
        "1 level above the median of the answers, 1.",
        "Is quality measured? Parked for later who?",
        "action: because (because, by 1 April 2026)",
        "Manager 2",
        "Second vote 1 4 0 1 2 0.80, close together",
    ):
        assert words in said
    assert "K7M4QX" not in said


def test_the_summary_goes_without_the_answers_until_results_are_shown():
    shown, held_back = (summary_page(paper(answers_too=known)) for known in (True, False))
    for words in ("0.12", "the median of the answers"):
        assert words in shown and words not in held_back
    assert "is left out" in held_back and "is left out" not in shown


@given(st.text(min_size=1, max_size=30))
def test_whatever_people_wrote_it_stays_text(text):
    hostile = text + "\"><script>alert(1)</script><img src=x onerror='x'>&amp;"
    for page in (pack_page(paper(hostile)), summary_page(paper(hostile))):
        assert "<script" not in page and "<img" not in page
        read(page)


def test_reasons_are_left_out_where_there_are_none():
    found = replace(paper(status="planned"), why={})
    assert "Why it is here" not in pack_page(found)
