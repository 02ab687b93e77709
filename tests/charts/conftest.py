"""Small frames worked by hand, and a way to read the rows that a specification draws."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from maturity.charts.texts import ChartTexts

NAN = float("nan")
LEVELS = ("Beginning", "Emerging", "Learning", "Developing", "Mastering")


def drawn(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    """The rows of the first layer whose data have all the fields."""
    for layer in spec["layer"]:
        rows = spec["datasets"][layer["data"]["name"]] if "name" in layer["data"] else layer["data"]["values"]
        if rows and all(field in rows[0] for field in fields):
            return rows
    raise AssertionError(f"no layer draws {fields}")


def written(spec: dict[str, Any]) -> list[str]:
    """All texts placed in pixels, in drawing order."""
    rows = [row for layer in spec["layer"] for row in spec["datasets"][layer["data"]["name"]]]
    return [row["text"] for row in rows if "text" in row]


@pytest.fixture(name="drawn")
def _drawn():
    return drawn


@pytest.fixture(name="written")
def _written():
    return written


@pytest.fixture
def texts() -> ChartTexts:
    return ChartTexts(title="A title", subtitle="A subtitle", description="What it shows")


@pytest.fixture
def scores() -> pd.DataFrame:
    """Zoo before Art on purpose: rows keep this order. One cell unscored, one thin, two far from target."""
    rows = [
        ("Zoo", "Quality", 3.4, 3.0, 1.0, True),
        ("Zoo", "Sharing", 1.9, 3.0, 0.9, True),
        ("Art", "Quality", NAN, 3.0, 0.0, False),
        ("Art", "Sharing", 1.2, 3.0, 0.5, False),
    ]
    return pd.DataFrame(rows, columns=["department", "topic", "score", "target", "coverage", "enough"])


@pytest.fixture
def places() -> pd.DataFrame:
    rows = [
        ("Quality", 2.0, 3.5, 1.0, 4.0),
        ("Sharing", 3.0, 3.0, 2.0, 4.0),
        ("Skills", NAN, 2.0, NAN, NAN),
        ("Use", 1.5, NAN, 1.0, 2.0),
    ]
    return pd.DataFrame(rows, columns=["place", "score", "target", "lowest", "highest"])


@pytest.fixture
def profile() -> pd.DataFrame:
    rows = [("Quality", 2.0, 3.0, 2.5), ("Sharing", 3.0, 3.0, 2.5), ("Skills", NAN, 2.0, 2.0), ("Use", 2.2, NAN, 2.2)]
    return pd.DataFrame(rows, columns=["topic", "score", "target", "organisation"])


@pytest.fixture
def by_role() -> pd.DataFrame:
    """Two roles: apart on the first topic, equal on the second, one unknown on the third, nothing on the last."""
    rows = [("Quality", 2.5, 3.5, 2.0), ("Sharing", 3.0, 3.0, 3.0), ("Skills", 2.0, NAN, 2.0), ("Use", NAN, NAN, NAN)]
    return pd.DataFrame(rows, columns=["place", "together", "Leader", "Front line"])


@pytest.fixture
def answers() -> pd.DataFrame:
    """First question 6 of 8 below level 3; second 2 of 8; third may not be shown."""
    rows = [
        ("Stewards are named", 4, 2, 1, 1, 0, 2, 1.5, 0.3),
        ("Quality is measured", 0, 2, 2, 4, 0, 0, 3.5, 0.6),
        ("Decisions cite evidence", NAN, NAN, NAN, NAN, NAN, 0, NAN, NAN),
    ]
    names = ["question", "n1", "n2", "n3", "n4", "n5", "dont_know", "median", "agreement"]
    return pd.DataFrame(rows, columns=names)


@pytest.fixture
def votes() -> pd.DataFrame:
    """5 votes far apart, then 6 close together; in each some did not know."""
    rows = [
        ("First vote", 2, 1, 1, 1, 0, 5, 2, 2.0, 0.3),
        ("Second vote", 0, 2, 4, 0, 0, 6, 1, 3.0, 0.833),
    ]
    names = ["vote", "n1", "n2", "n3", "n4", "n5", "votes", "dont_know", "median", "agreement"]
    return pd.DataFrame(rows, columns=names)


@pytest.fixture
def agreements() -> pd.DataFrame:
    """Moved together, voted on once, too few everywhere, and answers alone."""
    rows = [
        ("Stewards are named", 0.1, 0.2, 0.9),
        ("Quality is measured", -1.0, 0.5, NAN),
        ("Skills", NAN, NAN, NAN),
        ("Use", 0.85, NAN, NAN),
    ]
    return pd.DataFrame(rows, columns=["place", "answers", "first", "last"])


@pytest.fixture
def rounds() -> pd.DataFrame:
    rows = []
    for place, before, after in (("Zoo", 2.0, 2.9), ("Art", 3.0, 2.5), ("Parks", 2.0, 2.1), ("Roads", 1.0, NAN)):
        rows += [(place, "Autumn", 1, before), (place, "Spring", 2, after)]
    return pd.DataFrame(rows, columns=["place", "round", "round_order", "score"])


@pytest.fixture
def bars() -> pd.DataFrame:
    nothing = pd.NaT
    rows = [
        (
            "a",
            "Name stewards",
            "Heads",
            "People",
            1,
            date(2026, 1, 1),
            date(2026, 3, 31),
            pd.Timestamp("2026-01-01"),
            pd.Timestamp("2026-03-01"),
            0.5,
            True,
            "late",
        ),
        (
            "b",
            "Build platform",
            "IT",
            "Platform",
            2,
            date(2026, 5, 1),
            date(2026, 8, 31),
            nothing,
            nothing,
            0.0,
            True,
            "not started",
        ),
        (
            "c",
            "Train staff",
            "HR",
            "People",
            1,
            date(2026, 2, 1),
            date(2026, 4, 30),
            pd.Timestamp("2026-02-01"),
            pd.Timestamp("2026-04-30"),
            1.0,
            False,
            "done",
        ),
        ("d", "Undated", "HR", "People", 2, None, None, nothing, nothing, 0.0, False, "not started"),
    ]
    names = ["id", "title", "owner", "lane", "phase", "start", "finish", "baseline_start", "baseline_finish"]
    names += ["percent_done", "critical", "status"]
    return pd.DataFrame(rows, columns=names)


@pytest.fixture
def links() -> pd.DataFrame:
    return pd.DataFrame([("a", "b"), ("c", "b"), ("a", "gone")], columns=["from_id", "to_id"])


@pytest.fixture
def phases() -> pd.DataFrame:
    rows = [("Foundations", date(2026, 1, 1), date(2026, 4, 30)), ("Pilots", date(2026, 5, 1), date(2026, 12, 31))]
    return pd.DataFrame(rows, columns=["name", "start", "finish"])


@pytest.fixture
def milestones() -> pd.DataFrame:
    return pd.DataFrame([("Sign-off", date(2026, 4, 15))], columns=["name", "on"])


@pytest.fixture
def delivery() -> pd.DataFrame:
    rows = [
        ("Foundations", date(2026, 1, 1), 0, 0, 5),
        ("Foundations", date(2026, 4, 1), 3, 2, 6),
        ("Foundations", date(2026, 7, 1), 5, NAN, 6),
        ("Pilots", date(2026, 1, 1), 0, 0, 4),
        ("Pilots", date(2026, 4, 1), 0, 0, 4),
        ("Pilots", date(2026, 7, 1), 2, NAN, 4),
    ]
    return pd.DataFrame(rows, columns=["phase", "on", "planned", "done", "scope"])


@pytest.fixture
def demand() -> pd.DataFrame:
    rows = [("IT", "Q1", 30, 20), ("IT", "Q2", 10, 20), ("HR", "Q1", 5, 10), ("HR", "Q2", 0, 10)]
    return pd.DataFrame(rows, columns=["role", "quarter", "planned", "available"])


@pytest.fixture
def candidates() -> pd.DataFrame:
    rows = [
        ("Name stewards", 0.25, 20, 1, True, True),
        ("Build platform", 0.5, 120, 2, False, True),
        ("Train staff", 0.25, 20, 1, False, True),
        ("Share data", 0.004, 80, 4, False, False),
    ]
    return pd.DataFrame(rows, columns=["label", "share", "effort_days", "phase", "quick", "planned"])


@pytest.fixture
def kpis() -> pd.DataFrame:
    rows = [
        ("Staff trained", "% of data users", 44, 40, 31, 100, False),
        ("Days to answer", "working days", 12, 10, 15, 20, True),
        ("Residents reached", "count", NAN, 2500, NAN, 3000, False),
    ]
    return pd.DataFrame(rows, columns=["name", "unit", "score", "target", "previous", "highest", "lower_is_better"])


@pytest.fixture
def course() -> pd.DataFrame:
    """Scores above, below a share that is read three times beside its path."""
    rows = [
        ("Score", "", "reading", date(2026, 1, 1), 2.0, "2.0", 2.0, 3.0),
        ("Score", "", "reading", date(2026, 3, 1), 2.02, "2.0", 2.0, 3.0),
        ("Trust", "% of residents", "reading", date(2026, 1, 1), 40.0, None, NAN, NAN),
        ("Trust", "% of residents", "reading", date(2026, 2, 1), 44.0, None, NAN, NAN),
        ("Trust", "% of residents", "reading", date(2026, 3, 2), 50.0, None, NAN, NAN),
        ("Trust", "% of residents", "path", date(2026, 1, 1), 40.0, None, NAN, NAN),
        ("Trust", "% of residents", "path", date(2026, 5, 1), 80.0, None, NAN, NAN),
    ]
    return pd.DataFrame(rows, columns=["panel", "unit", "line", "on", "value", "figure", "low", "high"])


@pytest.fixture
def fan() -> pd.DataFrame:
    """Three quarters: at the start all the same, then a band around the middle, below the plan."""
    rows = [
        (date(2026, 1, 1), 1.5, 1.5, 1.5, 1.5, 1.5),
        (date(2026, 4, 1), 1.5, 2.0, 2.2, 1.9, 2.2),
        (date(2026, 7, 1), 2.0, 2.5, 3.0, 2.4, 3.0),
    ]
    return pd.DataFrame(rows, columns=["on", "low", "middle", "high", "mean", "planned"])


@pytest.fixture
def drivers() -> pd.DataFrame:
    rows = [("Build platform", "action", 28.4, 1), ("IT", "role", 7.1, 9), ("Parks", "department", 1.2, 4)]
    return pd.DataFrame(rows, columns=["cause", "kind", "days", "count"])


@pytest.fixture
def risks_on_grid() -> pd.DataFrame:
    rows = [(1, "Leaving", 4, 5), (2, "No money", 4, 5), (3, "Late", 1, 1), (14, "Court", 4, 5), (15, "Fire", 4, 5)]
    return pd.DataFrame(rows, columns=["number", "title", "likelihood", "impact"])


@pytest.fixture
def scenario_levels() -> pd.DataFrame:
    rows = [("As planned", 1, 2.0), ("As planned", 2, 2.5), ("Do minimum", 1, 2.0), ("Do minimum", 2, 2.0)]
    return pd.DataFrame(rows, columns=["scenario", "quarter", "level"])


@pytest.fixture
def twins() -> pd.DataFrame:
    """Seen lower, seen higher, and too few residents."""
    rows = [("Finding it", 3.0, 1.5), ("Trusting it", 2.0, 2.4), ("Correcting it", 2.5, NAN)]
    return pd.DataFrame(rows, columns=["place", "score", "seen"])


@pytest.fixture
def every_chart(
    texts,
    scores,
    places,
    profile,
    answers,
    by_role,
    votes,
    agreements,
    rounds,
    bars,
    links,
    phases,
    milestones,
    delivery,
    demand,
    candidates,
    kpis,
    fan,
    drivers,
    scenario_levels,
    risks_on_grid,
    course,
    twins,
):
    """Name -> a function (mode, width, narrow, empty) that makes the chart from the frames above."""
    from maturity.charts.ageing import ageing_chart
    from maturity.charts.agreement import agreement_chart
    from maturity.charts.bullet import bullet_chart
    from maturity.charts.burn_up import burn_up_chart
    from maturity.charts.capacity import capacity_chart
    from maturity.charts.distribution import distribution_chart
    from maturity.charts.dumbbell import dumbbell_chart
    from maturity.charts.fan import fan_chart
    from maturity.charts.heatmap import heatmap_chart
    from maturity.charts.impact_effort import impact_effort_chart
    from maturity.charts.kpi_path import kpi_path_chart
    from maturity.charts.profile import profile_chart
    from maturity.charts.radar import radar_chart
    from maturity.charts.risk_grid import risk_grid_chart
    from maturity.charts.roadmap import roadmap_chart
    from maturity.charts.role_dots import role_dots_chart
    from maturity.charts.scenario_levels import scenario_levels_chart
    from maturity.charts.tornado import tornado_chart
    from maturity.charts.trend import trend_chart
    from maturity.charts.twin import twin_chart
    from maturity.charts.vote_dots import vote_dots_chart

    silent = pd.DataFrame([("Asha", 44, 2), ("Kofi", 3, 1)], columns=["name", "days", "actions"])
    today = date(2026, 4, 1)
    plan = {"links": links, "phases": phases, "milestones": milestones, "today": today}
    table = {
        "heatmap": (heatmap_chart, scores, {"levels": LEVELS}),
        "dumbbell": (dumbbell_chart, places, {"levels": LEVELS}),
        "profile": (profile_chart, profile, {"levels": LEVELS}),
        "radar": (radar_chart, profile, {"levels": LEVELS}),
        "distribution": (distribution_chart, answers, {"levels": LEVELS, "target_level": 3}),
        "trend": (trend_chart, rounds, {"levels": LEVELS}),
        "roadmap": (roadmap_chart, bars, plan),
        "burn_up": (burn_up_chart, delivery, {}),
        "capacity": (capacity_chart, demand, {}),
        "impact_effort": (impact_effort_chart, candidates, {}),
        "bullet": (bullet_chart, kpis, {}),
        "kpi_path": (kpi_path_chart, course, {"today": today}),
        "role_dots": (role_dots_chart, by_role, {"levels": LEVELS, "roles": ["Leader", "Front line"]}),
        "agreement": (agreement_chart, agreements, {}),
        "fan": (fan_chart, fan, {"today": today}),
        "tornado": (tornado_chart, drivers, {}),
        "scenario_levels": (scenario_levels_chart, scenario_levels, {}),
        "risk_grid": (risk_grid_chart, risks_on_grid, {}),
        "ageing": (ageing_chart, silent, {"allowed": 30}),
        "twin": (twin_chart, twins, {"levels": LEVELS}),
        "vote_dots": (vote_dots_chart, votes, {"levels": LEVELS}),
    }

    def maker(name):
        chart, frame, more = table[name]

        def make(mode="light", width=900, narrow=False, empty=False):
            return chart(frame.iloc[:0] if empty else frame, mode=mode, texts=texts, width=width, narrow=narrow, **more)

        return make

    return {name: maker(name) for name in table}
