from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from maturity.charts.bullet import bullet_chart
from maturity.charts.bullet import written as figure
from maturity.charts.burn_up import burn_up_chart
from maturity.charts.capacity import capacity_chart
from maturity.charts.drawing import specification
from maturity.charts.impact_effort import impact_effort_chart
from maturity.charts.roadmap import roadmap_chart
from maturity.charts.roadmap_words import slip_words
from maturity.charts.theme import TOKENS, phase_colour


@pytest.fixture
def roadmap(bars, links, phases, milestones, texts):
    def make(rows=bars, ties=links, today=date(2026, 4, 1), narrow=False, bands=phases):
        chart = roadmap_chart(
            rows, links=ties, phases=bands, milestones=milestones, today=today, mode="light", texts=texts, narrow=narrow
        )
        return specification(chart)

    return make


def test_roadmap_groups_by_lane_and_shows_inclusive_dates(roadmap, drawn, written):
    spec = roadmap()
    rows = drawn(spec, "id", "finish")
    assert [row["id"] for row in rows] == ["a", "c", "b"]  # lane People first, then Platform
    assert rows[0]["start"] == "2026-01-01T00:00:00"
    assert rows[0]["finish"] == "2026-03-31T00:00:00" and rows[0]["end"] == "2026-04-01T00:00:00"
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["2026-01-01T00:00:00", "2027-01-01T00:00:00"]
    assert [word for word in written(spec) if word in ("PEOPLE", "PLATFORM")] == ["PEOPLE", "PLATFORM"]
    assert "1 more in the table" in written(spec)  # the action without dates


def test_roadmap_fills_what_is_done_and_outlines_the_critical_path(roadmap):
    spec = roadmap()
    outlines = [
        layer
        for layer in spec["layer"]
        if layer["mark"].get("stroke") == TOKENS["light"].bad and layer["mark"]["type"] == "rect"
    ]
    assert len(spec["datasets"][outlines[0]["data"]["name"]]) >= 2
    done = [
        row
        for rows in spec["datasets"].values()
        for row in rows
        if row.get("fill") == phase_colour("light", 1) and "end" in row
    ]
    assert [row["end"] for row in done] == ["2026-02-15T00:00:00", "2026-05-01T00:00:00"]  # half of 90 days; all of it


def test_roadmap_says_slip_without_judging_it(roadmap, written):
    words = written(roadmap())
    assert "+30 days" in words and "as approved" in words and "late" in words
    assert [slip_words(days) for days in (None, 0, 1, -5)] == ["", "as approved", "+1 day", "-5 days"]


def test_roadmap_draws_known_links_with_the_critical_one_last(roadmap, drawn):
    spec = roadmap()
    linked = [{row["link"] for row in rows} for rows in spec["datasets"].values() if rows and "link" in rows[0]]
    assert {frozenset(names) for names in linked} == {frozenset({"c > b"}), frozenset({"a > b"})}
    order = [
        spec["datasets"][layer["data"]["name"]][0]["link"]
        for layer in spec["layer"]
        if "link" in spec["datasets"][layer["data"]["name"]][0]
    ]
    assert order == ["c > b", "c > b", "a > b", "a > b"]


def test_roadmap_draws_only_critical_links_above_sixty_and_on_a_phone(roadmap, links):
    many = pd.concat([links] * 31, ignore_index=True)
    for spec in (roadmap(ties=many), roadmap(narrow=True)):
        names = {row["link"] for rows in spec["datasets"].values() for row in rows if "link" in row}
        assert names == {"a > b"}


def test_roadmap_stops_at_forty_rows_and_counts_the_rest(roadmap, bars, written, drawn):
    many = pd.concat([bars.iloc[[0]]] * 45, ignore_index=True).assign(id=[f"x{n}" for n in range(45)])
    spec = roadmap(rows=many)
    assert len(drawn(spec, "id", "finish")) == 40
    assert "5 more in the table" in written(spec)


def test_roadmap_shows_today_only_inside_the_timeline(roadmap, written):
    assert any(word == "Today 1 Apr 2026" for word in written(roadmap()))
    assert not any(word.startswith("Today") for word in written(roadmap(today=date(2030, 1, 1))))


def test_roadmap_without_phases_and_milestones_still_draws(bars, links, phases, milestones, texts, drawn):
    empty = {"links": links.iloc[:0], "phases": phases.iloc[:0], "milestones": milestones.iloc[:0]}
    chart = roadmap_chart(bars, today=date(2026, 4, 1), mode="dark", texts=texts, **empty)
    assert len(drawn(specification(chart), "id", "finish")) == 3


def test_burn_up_keeps_done_open_after_today(delivery, texts, drawn, written):
    spec = specification(burn_up_chart(delivery, mode="light", texts=texts))
    done = [
        rows
        for rows in spec["datasets"].values()
        if rows and "done_y" in rows[0] and all(r["done"] is not None for r in rows)
    ]
    assert [row["done"] for row in done[0]] == [0.0, 2.0]
    assert "1 Foundations" in written(spec)
    assert "2 of 6 done, 3 planned by then" in written(spec)


def test_capacity_outlines_only_what_is_over(demand, texts, written):
    spec = specification(capacity_chart(demand, mode="light", texts=texts))
    outlined = next(layer for layer in spec["layer"] if layer["mark"].get("stroke") == TOKENS["light"].bad)
    rows = spec["datasets"][outlined["data"]["name"]]
    assert [(row["role"], row["quarter"], row["planned"], row["available"]) for row in rows] == [
        ("IT", "Q1", 30.0, 20.0)
    ]
    assert "+10" in written(spec)


def test_impact_and_effort_are_numbered_as_given_and_not_told_by_colour_alone(candidates, texts, drawn, written):
    spec = specification(impact_effort_chart(candidates, mode="light", texts=texts))
    seen = {row["label"]: row["said"] for row in drawn(spec, "said")}
    assert seen == {
        "Name stewards": "phase 1, quick win",
        "Build platform": "phase 2",
        "Train staff": "phase 1",
        "Share data": "left out",
    }
    x = spec["layer"][0]["encoding"]["x"]
    assert x["field"] == "effort" and x["scale"]["type"] == "sqrt" and x["scale"]["domain"][1] > 120
    assert {"1", "2", "3", "4", *seen.values(), "ring: quick win", "hollow: left out"} <= set(written(spec))
    shapes = [row["shape"] for row in drawn(spec, "shape")]
    assert shapes == ["circle", "circle", "square", "circle", "diamond"]  # the first is the ring around the quick win
    fills = [row["fill"] for row in drawn(spec, "shape")]
    assert fills[-1] == TOKENS["light"].background


def test_impact_and_effort_survive_efforts_and_shares_of_zero(candidates, texts):
    frame = candidates.assign(effort_days=0, share=0.0)
    assert specification(impact_effort_chart(frame, mode="light", texts=texts))["layer"]


def test_bullet_judges_in_words_and_turns_round_where_lower_is_better(kpis, texts, written):
    words = written(specification(bullet_chart(kpis, mode="light", texts=texts)))
    assert "on target" in words  # 44 % against 40 %
    assert "target 10 or less" in words  # 12 days against 10
    assert "not measured" in words and "target 2,500" in words


def test_bullet_numbers_are_written_as_people_read_them():
    assert [
        figure(value, unit) for value, unit in ((62, "% of staff"), (2.6, "levels"), (2500, "count"), (0.125, "x"))
    ] == ["62%", "2.6", "2,500", "0.12"]


def test_each_scenario_is_named_where_its_line_ends_and_drawn_in_its_own_way(texts, scenario_levels, written):
    from maturity.charts.scenario_levels import scenario_levels_chart

    spec = specification(scenario_levels_chart(scenario_levels, mode="light", texts=texts))
    words = written(spec)
    assert "As planned 2.50" in words and "Do minimum 2.00" in words
    lines = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert len({str(each["strokeDash"]) for each in lines}) == len({each["color"] for each in lines}) == 2
