"""The tables that the strategy document and the PDF have in common, and behind which section each picture stands.

They are plain values: both set them in their own way, and so say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from maturity.charts.theme import maturity_ramp, palette
from maturity.publishing.folded_actions import ActionRow, family
from maturity.publishing.folded_kpis import FoldedKpi, folded_kpis
from maturity.publishing.kpi_way import is_behind, reached
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import KpiFact, Picture, ReportFacts, RiskFact, ScoreFact
from maturity.publishing.report_reading import Reading
from maturity.words import strategy_sentences as words
from maturity.words.messages import counted, percent, shown_score, signed

PLACES = {
    words.GAPS: ("dumbbell", "gap", "impact"),
    words.ROADMAP: ("timeline", "roadmap", "gantt", "burn", "capacity", "fan", "forecast"),
    words.MEASURES: ("kpi", "bullet"),
    words.RISKS: ("risk",),
}
"""What is in the names of the pictures behind a section; pictures of no section stand where we stand."""


class Cell(NamedTuple):
    """What stands in a cell; `right` for numbers, `fill` a colour (#RRGGBB) whose text is black or white."""

    text: str
    right: bool = False
    fill: str = ""


Rows = Sequence[Sequence[Cell | str]]


def number(text: str) -> Cell:
    """A cell that stands at the right."""
    return Cell(text, right=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table below its caption; `widths` are shares, `what` is what one row is, `said` what it holds, for those who
    hear it."""

    caption: str
    heads: Sequence[str]
    rows: Rows
    widths: Sequence[float]
    what: str = "row"
    note: str = ""
    said: str = ""
    small: bool = False


def pictures_of(section: str, facts: ReportFacts) -> list[Picture]:
    """The pictures behind a section."""
    parts = PLACES.get(section, ())
    if section == words.STAND:
        others = [part for each in PLACES.values() for part in each]
        return [each for name, each in facts.pictures.items() if not any(part in name for part in others)]
    return [each for name, each in facts.pictures.items() if any(part in name for part in parts)]


def heat_map(reading: Reading, departments: Sequence[str]) -> Table:
    """Scores by department and dimension, the organisation first, each cell in the colour of the level reached."""
    dimensions = reading.facts.dimensions
    rows: list[list[Cell | str]] = []
    for department in (None, *departments):
        scores = [*(reading.score(department, dimension=each.id) for each in dimensions), reading.score(department)]
        name = reading.department(department) if department else words.EVERYWHERE
        rows.append([name, *(_heat(each, len(reading.facts.levels)) for each in scores)])
    return Table(
        caption=words.HEAT_MAP,
        heads=["Department", *(each.name for each in dimensions), "All"],
        rows=rows,
        widths=[20.0, *[74 / max(1, len(dimensions))] * len(dimensions), 6.0],
        what="department",
        note=_key(reading),
        said=words.heat_map_said(len(departments), len(dimensions)),
        small=True,
    )


def _key(reading: Reading) -> str:
    levels = ", ".join(f"{place} {name}" for place, name in enumerate(reading.facts.levels, start=1))
    return f"Levels: {levels}. {words.LOWERED}" if levels else words.LOWERED


def _heat(score: ScoreFact | None, levels: int) -> Cell:
    if score is None or score.score is None:
        return Cell(words.NOT_SCORED, True, palette("light").unknown)
    ramp = maturity_ramp("light", max(levels, 1))
    return Cell(shown_score(score.score), True, ramp[min(max(int(score.score + 1e-9), 1), len(ramp)) - 1])


def topics(reading: Reading) -> Table:
    """Each topic over all departments: score, change, target, coverage."""
    found = [(each.name, reading.score(topic=each.id)) for each in reading.facts.topics]
    return Table(
        caption=words.BY_TOPIC,
        heads=["Topic", "Score", "Before", "Change", "Target", "Coverage"],
        rows=[[name, *_numbers(score)] for name, score in found if score is not None],
        widths=(40, 12, 12, 12, 12, 12),
        what="topic",
    )


def _numbers(score: ScoreFact) -> list[Cell]:
    moved = None if score.score is None or score.before is None else score.score - score.before
    return [
        number(words.NOT_SCORED if score.score is None else shown_score(score.score)),
        number("" if score.before is None else shown_score(score.before)),
        number("" if moved is None else signed(moved)),
        number("" if score.target is None else shown_score(score.target)),
        number(percent(score.coverage)),
    ]


def gaps(reading: Reading) -> Table:
    """What is missing to the targets, added up by topic: no department is ranked."""
    rows: Rows = [
        [
            reading.topic(topic),
            number(str(len({each.department for each in found}))),
            number(f"{sum(each.gap for each in found):.1f}"),
            number(_span(sorted({str(each.importance) for each in found}))),
            number(f"{sum(each.priority for each in found):.1f}"),
        ]
        for topic, found in reading.gaps.items()
    ]
    return Table(
        caption=words.GAP_TABLE,
        heads=["Topic", "Departments below target", "Gaps, levels", "Importance", "Priority"],
        rows=rows,
        widths=(36, 20, 15, 15, 14),
        what="topic",
        said=f"{counted(len(rows), 'topic')}, the one with the most priority first.",
    )


def actions(caption: str, found: Sequence[ActionRow], reading: Reading) -> Table:
    """Actions with their owners by role, days and how they stand."""
    rows: Rows = [
        [
            one_line(each.title),
            owners(each, reading),
            number(words.short_day(each.start)),
            number(words.short_day(each.finish)),
            words.folded_status(each.statuses, each.late),
        ]
        for each in found
    ]
    heads = ["Action", "Owner", "From", "To", "How it stands"]
    return Table(caption=caption, heads=heads, rows=rows, widths=(36, 20, 14, 14, 16), what="action")


def owners(each: ActionRow, reading: Reading) -> str:
    """The roles that own an action, counted where a cell cannot name them."""
    found = list(dict.fromkeys(reading.role(copy.owner) for copy in each.copies if copy.owner))
    return words.several_roles(len(found)) if len(found) > 3 else ", ".join(found) or words.NOT_SAID


def milestones(reading: Reading) -> Table:
    """When each milestone is due, and how it stands."""
    rows: Rows = [[each.name, number(words.short_day(each.on)), each.said] for each in reading.facts.milestones]
    heads = ["Milestone", "Due", "How it stands"]
    return Table(caption=words.MILESTONE_TABLE, heads=heads, rows=rows, widths=(52, 16, 32), what="milestone")


def measures(reading: Reading) -> Table:
    """The KPIs, copies of one as one row: those with one behind its path first, those without a reading last."""
    lines = sorted(folded_kpis(reading.facts.kpis), key=_order)
    heads = ["Measure", "Of", "Began at", "Now", "Target", "How it stands"]
    rows: Rows = [_measure(each, reading) for each in lines]
    return Table(caption=words.KPI_TABLE, heads=heads, rows=rows, widths=(27, 25, 11, 11, 11, 15), what="measure")


def _order(line: FoldedKpi) -> int:
    if any(map(is_behind, line.every)):
        return 0
    return 1 if any(each.value is not None for each in line.every) else 2


def _measure(line: FoldedKpi, reading: Reading) -> list[Cell | str]:
    first, every = line.every[0], line.every
    of = reading.by_code.get(family(first.of))
    columns = ([each.baseline for each in every], [each.value for each in every], [each.target for each in every])
    return [
        ", ".join(part for part in (one_line(first.name), one_line(first.unit)) if part),
        one_line(of.title) if of else reading.objective(first.of),
        *(number(_between(values)) for values in columns),
        _said(every),
    ]


def _between(values: Sequence[float | None]) -> str:
    known = sorted(each for each in values if each is not None)
    return _span([f"{each:,.10g}" for each in known]) if known else words.NOT_READ


def _span(steps: Sequence[str]) -> str:
    """The first and the last, as one where they are the same."""
    return steps[0] if steps[0] == steps[-1] else f"{steps[0]} to {steps[-1]}"


def _said(copies: Sequence[KpiFact]) -> str:
    codes = [_state(each) for each in copies]
    if len(copies) > 1:
        return words.measured_in(len(copies), {code: codes.count(code) for code in dict.fromkeys(codes)})
    read_on = copies[0].read_on
    return f"{words.KPI_STATE[codes[0]]}, {words.short_day(read_on)}" if read_on else words.KPI_STATE[codes[0]]


def _state(kpi: KpiFact) -> str:
    if kpi.value is None:
        return "unread"
    return "reached" if reached(kpi) else "behind" if is_behind(kpi) else "on_path"


def risks(reading: Reading) -> tuple[Table, int]:
    """The risks that are not closed, the heaviest first, and how many are closed."""
    found = sorted(reading.facts.risks, key=lambda each: -each.likelihood * each.impact)
    live = [each for each in found if each.state != "closed"]
    heads = ["Risk", "Likelihood", "Impact", "Weight", "What we do about it", "Owner"]
    rows: Rows = [_risk(each, reading) for each in live]
    table = Table(caption=words.RISK_TABLE, heads=heads, rows=rows, widths=(30, 13, 10, 10, 22, 15), what="risk")
    return table, len(found) - len(live)


def _risk(each: RiskFact, reading: Reading) -> list[Cell | str]:
    state = "" if each.state == "open" else f"{each.state[:1].upper()}{each.state[1:]}"
    said = (one_line(part).rstrip(".") for part in (each.title, each.description, state))
    return [
        ". ".join(part for part in said if part),
        *(number(str(step)) for step in (each.likelihood, each.impact, each.likelihood * each.impact)),
        each.response or words.NOT_SAID,
        reading.role(each.owner) or words.NOT_SAID,
    ]
