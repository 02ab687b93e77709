from datetime import date

import pandas as pd

from maturity.planning.plan import Closes
from maturity.roadmap.bars import COLUMNS, fold_departments, roadmap_bars, roadmap_links

TODAY = date(2026, 3, 1)


def copies(make):
    return [
        make("K/parks", 2, 4, catalogue_id="K", department="parks", title="Keep lists", percent_done=50.0,
             begun_on=date(2026, 1, 19), requires=("J",)),
        make("K/roads", 30, 4, catalogue_id="K", department="roads", title="Keep lists", phase=2, owner="head"),
        make("J", 0, 2, catalogue_id="J", title="Join up", objective="o1"),
    ]  # fmt: skip


def test_department_copies_fold_into_one_row(make):
    first, second = fold_departments(copies(make))
    assert (first.id, first.count) == ("J", 1)
    assert (second.id, second.count, second.phase, second.percent_done) == ("K", 2, 1, 25.0)
    assert (second.start, second.finish) == (date(2026, 1, 19), date(2026, 8, 30))
    assert second.owner == "2 owners"


def test_by_department_and_by_owner_copies_stay_apart(make):
    assert [row.id for row in fold_departments(copies(make), "department")] == ["J", "K/parks", "K/roads"]
    rows = fold_departments(copies(make), "owner")
    assert [(row.id, row.lane) for row in rows] == [("J", "lead"), ("K/parks", "lead"), ("K/roads", "head")]


def test_a_single_copy_keeps_its_own_code(make):
    assert [row.id for row in fold_departments(copies(make)[:1])] == ["K/parks"]


def test_bars_have_their_columns_baselines_and_status(make):
    baseline = {"K/parks": (date(2026, 1, 12), date(2026, 2, 8)), "K/roads": (date(2026, 7, 1), date(2026, 8, 1))}
    frame = roadmap_bars(copies(make), baseline, TODAY, names={"lead": "Data lead"})
    assert list(frame.columns) == COLUMNS
    joined, kept = frame.iloc[0], frame.iloc[1]
    assert kept["title"] == "Keep lists (2 departments)" and kept["count"] == 2 and kept["percent_done"] == 0.25
    assert kept["baseline_start"] == pd.Timestamp(2026, 1, 12) and kept["baseline_finish"] == pd.Timestamp(2026, 8, 1)
    assert (kept["status"], kept["days_late"]) == ("late", 21)  # 8 February to 1 March
    assert pd.isna(joined["baseline_start"]) and joined["owner"] == "Data lead"
    assert (joined["status"], joined["days_late"]) == ("late", 42)  # from 18 January
    assert list(frame["lane"]) == ["Foundations", "Foundations"]


def test_lanes_follow_the_given_names(make):
    names = {"roads": "Roads", "parks": "Parks"}
    frame = roadmap_bars(copies(make), {}, TODAY, "department", names)
    assert list(frame["lane"]) == ["Roads", "Parks", "City-wide"]
    assert list(roadmap_bars(copies(make), {}, TODAY, "objective", {"o1": "Goal"})["lane"]) == ["Goal", "No objective"]
    with_topic = make("T", closes=(Closes(department="d", topic="quality", from_level=1, to_level=2),))
    assert list(roadmap_bars([with_topic], {}, TODAY, "topic", {"quality": "Quality"})["lane"]) == ["Quality"]


def test_links_join_the_bars_and_never_a_bar_with_itself(make):
    actions = [*copies(make), make("L", 40, requires=("K/parks", "K/roads"))]
    links = roadmap_links(actions)
    assert sorted(links.itertuples(index=False, name=None)) == [("J", "K"), ("K", "L")]
    assert set(links["from_id"]) | set(links["to_id"]) <= set(roadmap_bars(actions, {}, TODAY)["id"])
    apart = roadmap_links(actions, "department")
    assert len(apart) == 3


def test_an_empty_plan_and_a_removed_action(make):
    assert list(roadmap_bars([], {}, TODAY).columns) == COLUMNS and roadmap_links([]).empty
    assert roadmap_bars([make("a", removed_on=TODAY)], {}, TODAY).empty
