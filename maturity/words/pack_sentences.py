"""What reports are called and hold, for whom each is, and what one of them still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from maturity.words.messages import counted, on_day

ReportKind = Literal["board-pack", "strategy", "workbook", "pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A kind of report in words: its name, whom it is for, what is in it, and what kind of file it is."""

    name: str
    reader: str
    holds: str
    file: str


KINDS: Mapping[ReportKind, Described] = {
    "board-pack": Described(
        name="Board pack",
        reader="For the council or the board, and whoever presents to them",
        holds="Slides: the headline, where we stand, the gaps, the timeline, the phases, KPIs, risks, and the "
        "decisions needed with what each costs to postpone. Charts and tables can be edited.",
        file="PowerPoint (.pptx)",
    ),
    "strategy": Described(
        name="Strategy document",
        reader="For stakeholders who read it through and sign it off",
        holds="Vision, where we stand, gaps, objectives, the roadmap by phase with its owners, this year's priority "
        "actions, measures, risks and a page to sign.",
        file="Word (.docx)",
    ),
    "workbook": Described(
        name="Workbook",
        reader="For analysts and auditors who check the numbers",
        holds="Scores, gaps, the plan, quarters and KPIs as tables, with formulas where a reader would check them.",
        file="Excel (.xlsx)",
    ),
    "pdf": Described(
        name="PDF report",
        reader="For everybody who reads on any device, with a screen reader too, and for the archive",
        holds="The same facts as the board pack, to read and to print: tagged for screen readers and kept for years.",
        file="PDF (PDF/UA-1, PDF/A-2a)",
    ),
}
FULL_SET = "Full set"

MISSING: Mapping[str, str] = {
    "round": "No assessment with a score is there yet, so scores, gaps and the trend are left out.",
    "plan": "There is no plan yet, so the roadmap, phases and decisions are left out.",
    "earlier_plan": "This report is on an earlier plan; headline, summary, bullets and decisions are of the one in "
    "force.",
    "before": "There is no earlier round on the same framework, so nothing is said about change.",
    "approval": "No version of the plan is approved yet; it is measured by the days it was made with.",
    "objectives": "No objective is written down yet.",
    "kpis": "No KPI has been read yet.",
    "risks": "No risk is written down yet.",
    "promises": "No quarterly review is signed off yet, so there are no promises and no signatures.",
    "vision": "No vision is written down yet; it is entered on the Administration page.",
    "logo": "There is no logo; the name of the organisation stands in its place.",
    "answers": "No answers may be shown yet, so there is no appendix of answers.",
}
"""What a report has nothing of, by code: a sentence each."""

NOTHING_YET = "There is nothing to report yet: no assessment with a score, and no plan. Reports fill up as these come."


def missing_said(code: str, detail: str = "") -> str:
    """One sentence about what a report has nothing of; `detail` says it where the store knows better."""
    return detail or MISSING[code]


def made_said(moment: datetime, *, changed: bool) -> str:
    """Of when a finished report is, and whether something has changed since."""
    said = f"Made on {on_day(moment.date())} at {moment:%H:%M}."
    return f"{said} Something has changed since; make it again to have it." if changed else said


def stage_said(done: int, of: int, what: str) -> str:
    """How far the making is: "3 of 5: drawing the timeline"."""
    return f"{done} of {of}: {what}"


def drawing_said(name: str) -> str:
    """The step that draws a picture."""
    return f"drawing {PICTURES.get(name, name)}"


def writing_said(kind: ReportKind) -> str:
    """The step that writes the file."""
    return f"writing the {name_within(kind)}"


def name_within(kind: ReportKind) -> str:
    """What a kind is called inside a sentence: "board pack", "PDF report"."""
    return KINDS[kind].name if kind == "pdf" else KINDS[kind].name.lower()


PICTURES: Mapping[str, str] = {
    "dumbbell": "scores against targets",
    "trend": "the trend over rounds",
    "timeline": "the timeline",
    "burn-up": "work done against plan",
    "kpis": "the KPIs",
    "capacity": "people by quarter",
    "risks": "the risks",
}


def topics_said(asked: int, of: int, others: int) -> str:
    """How a round's topics differ from those of the present one: "3 of 10 topics and 1 other"; "" where they do not."""
    if asked == of and not others:
        return ""
    more = f" and {counted(others, 'other')}" if others else ""
    return f"{asked} of {counted(of, 'topic')}{more}"


def promise_due(due_on: date, state: str) -> str:
    """When a promise is due and how it stands: "by 12 February 2027, open"."""
    return f"by {on_day(due_on)}, {state}"
