"""Every number of the leadership summary stands on the page where it is explained: the demo city, then one by hand."""

from __future__ import annotations

import math
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plans
from maturity.operations.demo import build_demo
from maturity.operations.progress import Told, report_progress
from maturity.operations.workspace import default_url, open_workspace
from maturity.planning.plan import BudgetUse, Plan, PlannedAction
from tests.operations.city import make_town

from .conftest import open_page

Opened = Callable[..., AppTest]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city as of today, built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    workspace = open_workspace(str(path))
    build_demo(workspace, "city", workspace.clock().date())
    workspace.close()
    return path


@pytest.fixture
def city(start: Callable[..., AppTest], stores: Path, built: Path) -> Opened:
    """`city(page, *boxes, **address)`: a page of the demo city with these boxes open."""
    shutil.copy(built, stores / "demo.duckdb")

    def opened(page: str, *boxes: str, **address: str) -> AppTest:
        at = start(store="demo", **address)
        for box in boxes:
            at.session_state[box] = True
        return open_page(at, page)

    return opened


def said(at: AppTest) -> str:
    """All that stands on a page outside its tables, one line each, as it reads."""
    links = [each.proto.label for each in at.get("page_link")]
    kinds = (at.header, at.markdown, at.caption, at.warning)
    boxes = [each.label for each in at.expander]
    return "\n".join([*(str(each.value) for kind in kinds for each in kind), *links, *boxes]).replace("\\", "")


def html(at: AppTest, part: str) -> str:
    """The one block of markup that holds this part."""
    bodies = [each.proto.body for each in at.get("html") if "<style>" not in each.proto.body]
    return next(each for each in bodies if part in each)


def cells(markup: str, tag: str = "t[dh]") -> list[list[str]]:
    """The rows of a table as texts."""
    rows = re.findall(r"<tr.*?</tr>", markup, re.DOTALL)
    return [
        [unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", row)]
        for row in rows
    ]


def found(pattern: str, text: str) -> tuple[str, ...]:
    """What stands in the gaps of a sentence that has to be there."""
    match = re.search(pattern, text)
    assert match, f"{pattern!r} is not in:\n{text}"
    return match.groups()


def metrics(at: AppTest) -> dict[str, str]:
    return {each.label: each.value for each in at.metric}


def money(text: str) -> int:
    return int(text.replace(",", ""))


def test_scores_are_those_of_the_results_page(city):
    summary, results = said(city("summary")), city("results", "table-heat-map", results_columns="Topics")
    score, low, high, change, way = found(
        r"Score ([\d.]+), departments ([\d.]+) to ([\d.]+); ([\d.]+) levels? (higher|lower)", summary
    )
    shown = metrics(results)
    assert score == shown["Score"] == found(r"We stand at ([\d.]+) of 5", summary)[0]
    assert found(r"We stand at .*: (.*)", summary)[0].startswith(f"level {shown['Level reached'].replace(' ', ', ')}.")
    assert results.metric[0].delta == f"{'+' if way == 'higher' else '-'}{change}"
    assert found(r"(\d+%) of what applies was answered; (\d+%) with fresh evidence", summary) == (
        shown["Coverage"], shown["With fresh evidence"],
    )  # fmt: skip
    own = results.table[0].value["Score"].astype(float)
    assert (float(low), float(high)) == (own.min(), own.max())
    assert found(r"Departments stand between ([\d.]+) and ([\d.]+)", summary) == (low, high)


def test_cells_are_those_of_the_heat_map_on_results(city):
    markup = html(city("summary"), "wm-heat")
    head, *rows = [[*cells(row, "th")[0], *cells(row, "td")[0]] for row in re.findall(r"<tr>.*?</tr>", markup)]
    at = city("results", "table-heat-map")
    shown = at.segmented_control(key="results_columns").set_value("Dimensions").run().table[0].value
    assert head[1:] == list(shown.columns[2:])
    assert rows == [[row.Department.removesuffix(" *"), *row[3:]] for row in shown.itertuples()]
    assert len(rows) == 12


def test_topics_are_those_of_the_profile(city):
    profile = city("results", "table-profile", results_view="Profile").table[0].value.set_index("Topic")["Score"]
    topics = profile.astype(float)
    count, best, most, worst, least = found(
        r"of (\d+) topics “(.*?)” is highest at (\d\.\d) and “(.*?)” lowest at (\d\.\d)", said(city("summary"))
    )
    assert (int(count), float(most), float(least)) == (len(topics), topics.max(), topics.min())
    assert (topics[best], topics[worst]) == (topics.max(), topics.min())


def test_what_is_wanted_of_a_topic_is_what_departments_stand_at_once_they_have_reached_their_targets(city):
    summary = said(city("summary"))
    topic, score, wanted = found(
        r"Furthest from the plan's target is “(.*?)”, at ([\d.]+) where ([\d.]+) is wanted", summary
    )
    profile = city("results", "table-profile", results_view="Profile").table[0].value.set_index("Topic")["Score"]
    assert score == profile[topic]
    plan = found(r"made from (.*?), starts", said(city("progress")))[0]
    gaps = city("targets", "gaps_all", results_round=plan).table[0].value
    aims = gaps[gaps["Topic"] == topic].set_index("Department")["Target"].astype(float)
    now = city("results", "table-heat-map").table[0].value.set_index("Department")[topic].str[:3].astype(float)
    now.index = now.index.str.removesuffix(" *")
    reached = pd.concat([aims, now], axis=1).max(axis=1)
    assert float(wanted) == pytest.approx(reached.mean(), abs=0.1)


def test_actions_are_those_of_progress_and_roadmap(city):
    summary, progress = said(city("summary")), said(city("progress"))
    actions, done, late = found(r"Of (\d+) actions .*?, (\d+) are done and (\d+) are late", progress)
    assert found(r"(\d+) of (\d+) actions done, (\d+) late", summary) == (done, actions, late)
    assert found(r"(\d+) actions are late", summary) == (late,)
    states = city("roadmap", roadmap_view="Table").table[0].value["State"]
    words = Counter(re.sub(r"^\d+%, ", "", each).split(",")[0].lower() for each in states)
    counts = found(r"The plan's (\d+) actions: (\d+) done, (\d+) on track, (\d+) late and (\d+) not started", summary)
    behind = sum(number for word, number in words.items() if "late" in word)
    assert tuple(map(int, counts)) == (len(states), words["done"], words["on track"], behind, words["not started"])
    assert found(r"it ends on (\d+ \w+ \d+)", summary) == found(r"from .* to (\d+ \w+ \d+)\.", said(city("plan")))


def test_effort_and_phases_are_those_of_done_against_plan(city):
    at = city("summary")
    rows = city("progress", "table-burn-up", progress_view="Done against plan").table[0].value
    phase = rows["Phase, day"].str.rsplit(", ", n=1).str[0]
    known = rows[rows["Done"] != "–"].groupby(phase, sort=False).last()  # the last day of which anything is known
    sums = known[["Planned", "Done", "In scope"]].map(money)
    shares = {name: shares_of(row) for name, row in sums.iterrows()}
    bars = re.findall(r"<li>\d (.*?) (\d+%) \(plan (\d+%)\)", html(at, "wm-phases"))
    assert {name: (done, planned) for name, done, planned in bars} == shares
    assert found(r"(\d+%) of the effort done, (\d+%) planned by today", said(at)) == shares_of(sums.sum())


def shares_of(days: pd.Series) -> tuple[str, str]:
    """Done and planned of what is in scope, in whole per cent, cut off."""
    done, planned = (f"{math.floor(100 * days[each] / days['In scope'])}%" for each in ("Done", "Planned"))
    return done, planned


def test_money_is_that_of_the_plan_and_of_progress(city):
    summary, plan = said(city("summary")), said(city("plan"))
    cost, budget, before, used, unpriced = found(
        r"The plan costs ([\d,]+) of ([\d,]+) EUR in its budgets, besides ([\d,]+) EUR that began before it; "
        r"([\d,]+) EUR used so far; (\d+) without a price",
        summary,
    )
    assert money(cost) + money(before) == money(found(r"in 4 phases, EUR ([\d,]+)", plan)[0])
    assert found(r"\+ (\d+) not priced, within a budget of EUR ([\d,]+)\.", plan) == (unpriced, budget)
    assert found(r"EUR ([\d,]+) of actions that began before", plan) == (before,)
    means = cells(html(city("plan", part="means"), "Money by phase"))
    assert [each.removeprefix("EUR ") for each in means[-1][1:3]] == [budget, cost]
    told = city("progress", progress_view="Done against plan").table[0].value["Money"]
    rounding = len(told)  # each phase is rounded for itself
    assert abs(money(used) - sum(money(each.split(" of ")[0]) for each in told)) <= rounding


def test_kpis_and_milestones_are_those_of_their_pages(city):
    summary, kpis = said(city("summary")), said(city("kpis"))
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (behind|on the path|ahead|reached)", kpis)}
    every, well, behind = map(int, found(r"Of (\d+) KPIs (\d+) on their path or better, (\d+) behind", summary))
    assert every == int(found(r"(\d+) KPIs:", kpis)[0])
    assert (well, behind) == (sum(counts.values()) - counts["behind"], counts["behind"])
    ahead = re.findall(r"^(\d+ \w+ \d+): (.*?), (due .*)$", summary, re.MULTILINE)
    labels = said(city("progress", progress_view="Milestones"))
    assert ahead and all(f"**{name}**, {day}: {how}" in labels for day, name, how in ahead)


def test_decisions_are_those_of_their_page_and_of_the_roadmap(city):
    summary = said(city("summary"))
    needed = re.findall(r"^\*\*(.*?)\*\*(?: By (.*?)\.)?  $", summary, re.MULTILINE)
    assert len(needed) == int(found(r"and (\d+) decisions are needed", summary)[0])
    _, *rows = cells(html(city("decisions"), "Open decisions"))
    asked = {row[0]: row[1] for row in rows}
    of_plan = [question for question, _ in needed if question not in asked]
    assert len(needed) - len(of_plan) == len(asked) > 0
    assert all(asked[question].startswith(day) for question, day in needed if question in asked)
    late = said(city("roadmap"))
    for question in of_plan:
        title, days = found(r"“(.*)”: (\d+ days late)", question)
        assert f"**{title}**: {days}" in late


DAY = timedelta(days=1)


@pytest.fixture
def by_hand(stores: Path) -> date:
    """A town whose plan began 100 days ago: done before it began, half way, late, to come."""
    workspace = open_workspace(default_url())
    today = workspace.clock().date()
    limits = tuple(BudgetUse(phase=phase, available=1_000.0, planned=0.0, unpriced=0) for phase in range(1, 5))
    made = Plan(
        round="2026", seed=0, value=0.0, upper_bound=None, gap=None, status="feasible", capacity=(), budget=limits,
        actions=(
            planned("A01", 1, today, -120, -90, 10.0, 1_000.0),
            planned("A03", 1, today, -60, 30, 20.0, 2_000.0),
            planned("A04", 1, today, -50, -20, 30.0, None),
            planned("A05", 2, today, 200, 230, 40.0, 4_000.0),
        ),
        not_planned=(),
    )  # fmt: skip
    saved = plans.save_plan(workspace, ADMIN, make_town(workspace), made, "By hand", starts=today - 100 * DAY)
    before, half = saved.action("A01"), saved.action("A03")
    report_progress(workspace, ADMIN, before.id, before.row_version, 100.0, before.start, before.finish,
                    more=Told(cost_used=900.0))  # fmt: skip
    report_progress(workspace, ADMIN, half.id, half.row_version, 50.0, half.start, more=Told(cost_used=700.0))
    return today


def planned(
    code: str, phase: int, today: date, first: int, last: int, days: float, cost: float | None
) -> PlannedAction:
    """A city-wide action from one day to another, counted from today."""
    return PlannedAction(
        id=code, catalogue_id=code, title=f"Action {code}", department=None, phase=phase, start=today + first * DAY,
        finish=today + last * DAY, owner="cdo", requires=(), effort={"data-team": days}, cost=cost, closes=(), why=(),
    )  # fmt: skip


def test_a_small_town_by_hand(by_hand, start):
    """Scores 1, 2 and 3. Of 100 person-days 10 + 10 are done, and 10 + 20 x 61 / 91 + 30 = 53 planned by today; of the
    60 of phase 1 that is 33 % and 88 %. Targets are two levels up in three departments: 3, 4 and 5."""
    at = open_page(start(), "summary")
    summary, last = said(at), by_hand + 230 * DAY
    for words in (
        "We stand at 2.0 of 5: level 2",
        "1 action is late and",
        "Departments stand between 1.0 and 3.0; every topic stands at 2.0.",
        "at 2.0 where 4.0 is wanted",
        f"The plan's 4 actions: 1 done, 1 on track, 1 late and 1 not started; it ends on {last.day} {last:%B %Y}.",
        "Score 2.0, departments 1.0 to 3.0; no earlier round to compare with.",
        "100% of what applies was answered; 0% with fresh evidence.",
        "1 of 4 actions done, 1 late; 20% of the effort done, 53% planned by today.",
        "The plan costs 6,000 of 330,000 EUR in its budgets (usual sums that nobody has set), besides 1,000 EUR that "
        "began before it; 1,600 EUR used so far; 1 without a price.",
    ):
        assert words in summary, words
    assert re.findall(r"<li>(\d) .*? (\d+%) \(plan (\d+%)\)", html(at, "wm-phases")) == [
        ("1", "33%", "88%"),
        ("2", "0%", "0%"),
    ]
    rows = cells(html(at, "wm-heat"), "td")[1:]
    assert rows == [["1.0"] * 5, ["2.0"] * 5, ["3.0"] * 5]
    plan = said(open_page(start(), "plan"))
    assert "**4 actions** in 2 phases, EUR 7,000 + 1 not priced" in plan
    assert "EUR 1,000 of actions that began before the plan's first day are in no phase" in plan
