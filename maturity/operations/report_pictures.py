"""Which charts a report has: finished specifications for paper, by the functions that the pages draw with.

Drawing them is the work of `publishing.pictures`, in the process beside the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from maturity.assessment.scores import Place
from maturity.operations.report_delivery import Delivery, live_risks
from maturity.operations.report_facts import ReadReport
from maturity.operations.report_reader import Reader
from maturity.operations.report_standing import Standing, history, topics_note
from maturity.publishing.report_charts import (
    ChartTexts,
    Mode,
    Timeline,
    bullet_chart,
    bullet_frame,
    burn_up_chart,
    capacity_chart,
    dumbbell_chart,
    number,
    risk_frame,
    risk_grid_chart,
    specification,
    timeline_chart,
    trend_chart,
    trend_frame,
    with_months,
)
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import fold_departments
from maturity.roadmap.kpis import Measured
from maturity.roadmap.kpis_of_plan import families, weakest
from maturity.words.chart_sentences import dumbbell_sentences, trend_sentences, versions_note
from maturity.words.kpi_sentences import STANDS, kpi_bullet_sentences
from maturity.words.plan_chart_sentences import burn_up_sentences, capacity_sentences
from maturity.words.risk_sentences import grid_sentences

Specifications = Mapping[str, dict[str, Any]]
WIDE, TIMELINE_WIDE = 840, 1_000
"""Pixels across 17 cm of paper: few, so that the letters can be read; names of phases need more."""
MOST_BARS, MOST_KPIS = 40, 12
MODE: Mode = "print"
"""Reports are printed: dark ink on white, and phases that differ in grey as well."""


def picture_specifications(read: ReadReport) -> Specifications:
    """The charts of a report by name, each as a Vega-Lite specification; what there is nothing of has no picture.
    Of the heat map there is none: every report has it as a table, with a number in each cell."""
    found: dict[str, dict[str, Any]] = {}
    if read.standing:
        found |= dict(_of_round(read.standing))
    if read.delivery:
        found |= dict(_of_plan(read.delivery))
    found |= dict(_of_risks(read.reader))
    return found


def _of_round(stand: Standing) -> Iterator[tuple[str, dict[str, Any]]]:
    if stand.now.topics:
        yield "dumbbell", _dumbbell(stand)
    past = history(stand)
    if len(past) > 1:
        yield "trend", _trend(stand)


def _dumbbell(stand: Standing) -> dict[str, Any]:
    """The priority topics against their targets, as on the leadership page."""
    frame = pd.DataFrame(
        [
            {
                "place": each.name, "score": number(each.score), "target": number(each.target),
                "lowest": number(each.lowest), "highest": number(each.highest),
            }
            for each in stand.now.topics
        ]
    )  # fmt: skip
    texts = ChartTexts.of(dumbbell_sentences(frame, subject="priority topic", period=stand.round.name))
    levels = [each.name for each in stand.framework.levels]
    return specification(dumbbell_chart(frame, levels=levels, mode=MODE, texts=texts, width=WIDE))


def _trend(stand: Standing) -> dict[str, Any]:
    """The organisation's topics over the rounds, as on the results page."""
    topics = stand.framework.dimension_of
    places = {stand.framework.topics[t].name: Place(None, dimension.id, t) for t, dimension in topics.items()}
    rounds = history(stand)
    frame = trend_frame(
        [(each.name, scores) for each, scores in rounds], places, [each.framework for each, _ in rounds]
    )
    versions = versions_note([(each.name, each.framework.version) for each, _ in rounds])
    topics_asked = [f"{each.name}: {said}" for each, _ in rounds if (said := topics_note(stand, each))]
    note = ". ".join(part for part in (versions, *topics_asked) if part)
    texts = ChartTexts.of(trend_sentences(frame, note=note))
    levels = [each.name for each in stand.framework.levels]
    return specification(trend_chart(frame, levels=levels, mode=MODE, texts=texts, width=WIDE))


def _of_plan(of: Delivery) -> Iterator[tuple[str, dict[str, Any]]]:
    if of.plan.actions:
        yield "timeline", _timeline(of)
        frame = of.now.burn_up
        texts = ChartTexts.of(burn_up_sentences(frame, today=of.reader.today, unit="person-days"))
        yield "burn-up", specification(burn_up_chart(frame, mode=MODE, texts=texts, width=WIDE))
    read = _read_kpis(of)
    if len(read):
        texts = ChartTexts.of(kpi_bullet_sentences(read, stands=list(read["stand"])))
        yield "kpis", specification(bullet_chart(read, mode=MODE, texts=texts, width=WIDE))
    load = of.load.assign(role=[of.names.get(role, role) for role in of.load["role"]])
    if len(load):
        frame = with_months(load, of.plan.starts)
        texts = ChartTexts.of(capacity_sentences(frame))
        yield "capacity", specification(capacity_chart(frame, mode=MODE, texts=texts, width=WIDE))


def _timeline(of: Delivery) -> dict[str, Any]:
    """The timeline as on the roadmap page. Of a very long plan it shows what is late or critical, then what starts
    first, and says so."""
    shown = _most_telling(of.bars)
    kept = _actions_behind(of, set(shown["id"]))
    drawn = Timeline(
        bars=shown, actions=kept, milestones=of.plan.milestones, plan=of.plan.name, starts=of.plan.starts,
        today=of.reader.today, against=of.against, day_word="As of",
    )  # fmt: skip
    return specification(timeline_chart(drawn, said_of=of.bars, mode=MODE, width=TIMELINE_WIDE))


def _most_telling(bars: pd.DataFrame) -> pd.DataFrame:
    if len(bars) <= MOST_BARS:
        return bars
    weight = (bars["code"] == "late") * 2 + bars["critical"] * 1 - (bars["code"] == "done") * 1
    first = bars.assign(weight=weight).sort_values(["weight", "start"], ascending=[False, True], kind="stable")
    return bars.loc[sorted(first.index[:MOST_BARS])].reset_index(drop=True)


def _actions_behind(of: Delivery, ids: set[str]) -> list[Action]:
    return [each for row in fold_departments(of.plan.actions) if row.id in ids for each in row.copies]


def _read_kpis(of: Delivery) -> pd.DataFrame:
    """The KPIs that were read, as on their page: the first twelve by how they stand, copies of departments as one."""
    folded = families(of.kpis.kpis)
    stands = [stood for each in folded if (stood := weakest(each, of.reader.today)).of.readings]
    order = list(STANDS)
    stands.sort(key=lambda each: (order.index(each.code), each.of.begins, each.of.title))
    by_code = {(each.measures, each.code): family for family in folded for each in family.members}
    return bullet_frame(
        stands[:MOST_KPIS], lambda kpi: by_code[kpi.measures, kpi.code], lambda kpi: _place(of, kpi)
    )  # fmt: skip


def _place(of: Delivery, kpi: Measured) -> str:
    if kpi.measures == "objective":
        return "Objective"
    return of.names.get(kpi.department, kpi.department) if kpi.department else "City-wide"


def _of_risks(reader: Reader) -> Iterator[tuple[str, dict[str, Any]]]:
    """Open risks on the grid, numbered by weight as in the list."""
    live = [each.risk for each in live_risks(reader)]
    open_ = [each for each in live if each.state == "open"]
    if open_:
        frame = risk_frame({each.id: place for place, each in enumerate(live, start=1)}, open_)
        yield "risks", specification(risk_grid_chart(frame, mode=MODE, texts=ChartTexts.of(grid_sentences(frame))))
