from __future__ import annotations

import json

import pandas as pd

from maturity.charts.distribution import distribution_chart
from maturity.charts.drawing import specification
from maturity.charts.dumbbell import dumbbell_chart
from maturity.charts.heatmap import heatmap_chart
from maturity.charts.profile import profile_chart
from maturity.charts.radar import radar_chart
from maturity.charts.theme import TOKENS
from maturity.charts.trend import trend_chart

LEVELS = ("Beginning", "Emerging", "Learning", "Developing", "Mastering")


def test_heatmap_keeps_the_given_order_and_colours_by_the_level_reached(scores, texts, drawn, written):
    spec = specification(heatmap_chart(scores, levels=LEVELS, mode="light", texts=texts))
    first_layer = spec["layer"][0]["encoding"]
    assert first_layer["y"]["scale"]["domain"] == ["Zoo", "Art"]
    assert first_layer["x"]["scale"]["domain"] == ["Quality", "Sharing"]
    cells = drawn(spec, "department", "level")
    assert [cell["words"] for cell in cells] == ["3.4", "1.9", "1.2"]
    assert cells[0]["level"] == "3 Learning"  # 3.4 reaches 3
    assert cells[1]["level"] == "1 Beginning"  # 1.9 has not reached 2
    assert cells[1]["fill"] == TOKENS["light"].maturity[0]
    assert "nothing answered" in written(spec) and "striped: too few answers to reach a level" in written(spec)


def test_heatmap_marks_a_gap_of_one_level_and_more(scores, texts):
    scores.loc[0, "target"] = 4.4  # exactly one level above 3.4
    spec = specification(heatmap_chart(scores, levels=LEVELS, mode="light", texts=texts))
    triangles = next(layer for layer in spec["layer"] if layer["mark"].get("shape") == "triangle-down")
    rows = spec["datasets"][triangles["data"]["name"]]
    assert [(row["department"], row["topic"]) for row in rows] == [
        ("Zoo", "Quality"),
        ("Zoo", "Sharing"),
        ("Art", "Sharing"),
    ]


def test_heatmap_shows_an_unscored_cell_as_not_available_never_as_zero(scores, texts):
    spec = specification(heatmap_chart(scores, levels=LEVELS, mode="light", texts=texts))
    rows = [
        row
        for rows in spec["datasets"].values()
        for row in rows
        if row.get("department") == "Art" and row.get("topic") == "Quality"
    ]
    assert rows and all(row["score"] is None and row["words"] == "n/a" for row in rows)


def test_heatmap_takes_another_column_and_the_scorers_own_means(scores, texts, written):
    frame = scores.rename(columns={"topic": "dimension"})
    means = pd.DataFrame({"department": ["Zoo", "Art"], "score": [2.7, float("nan")], "target": [3.0, 3.0]})
    spec = specification(heatmap_chart(frame, levels=LEVELS, column="dimension", means=means, mode="dark", texts=texts))
    assert spec["layer"][0]["encoding"]["x"]["field"] == "dimension"
    assert "2.7" in written(spec) and "Department score" in written(spec)


def test_heatmap_serves_scales_of_other_lengths(scores, texts, written):
    spec = specification(heatmap_chart(scores, levels=("Low", "Middle", "High"), mode="light", texts=texts))
    assert "3 High" in written(spec)


def test_dumbbell_says_gap_met_and_missing_in_words(places, texts, drawn):
    spec = specification(dumbbell_chart(places, levels=LEVELS, mode="light", texts=texts))
    rows = drawn(spec, "place", "gap")
    ranged = [(row["place"], row["gap"]) for row in rows]
    assert ranged == [("Quality", "+1.5"), ("Sharing", "met"), ("Use", "no target")]
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [1, 5]


def test_dumbbell_writes_a_frames_own_words_under_their_own_heading(places, texts, written, drawn):
    found = places.assign(words=["+1.0", "\u22120.5", "0.0", "0.2"])
    named = {"now_words": "Self-score", "target_words": "Reviewed", "gap_words": "Diff."}
    spec = specification(dumbbell_chart(found, levels=LEVELS, mode="light", texts=texts, **named))
    words = written(spec)
    assert {"Diff.", "+1.0", "\u22120.5", "0.0", "Self-score", "Reviewed"} <= set(words)
    assert not {"Gap", "met", "no target", "Target", "Now"} & set(words)
    assert "Target" not in str(spec["layer"]) and '"title": "Reviewed"' in json.dumps(spec["layer"])


def test_dumbbell_writes_all_places_in_order(places, texts, written):
    words = written(specification(dumbbell_chart(places, levels=LEVELS, mode="light", texts=texts)))
    shown = [word for word in words if word in set(places["place"])]
    assert shown == ["Quality", "Sharing", "Skills", "Use"]
    assert "no score" in words


def test_profile_draws_the_organisation_as_a_tick_and_names_the_department(profile, texts, written):
    spec = specification(profile_chart(profile, levels=LEVELS, mode="light", texts=texts, department="Zoo"))
    ticks = [layer for layer in spec["layer"] if layer["mark"]["type"] == "tick"]
    assert [row["organisation"] for row in spec["datasets"][ticks[0]["data"]["name"]]] == [2.5, 2.5, 2.0, 2.2]
    assert "Zoo" in written(spec) and "Organisation" in written(spec)


def test_radar_has_no_fill_and_leaves_a_gap_where_there_is_no_score(profile, texts, drawn):
    spec = specification(radar_chart(profile, levels=LEVELS, mode="light", texts=texts))
    assert all(layer["mark"]["type"] not in ("area", "rect") for layer in spec["layer"])
    outline = drawn(spec, "topic", "order")
    assert [(row["score"], row["run"]) for row in outline] == [(2.0, 0), (3.0, 0), (2.2, 1), (2.0, 1)]


def test_radar_answers_too_many_axes_with_a_sentence(profile, texts, written):
    frame = pd.concat([profile] * 3, ignore_index=True)
    spec = specification(radar_chart(frame, levels=LEVELS, mode="light", texts=texts))
    assert "12" in " ".join(written(spec)) and "profile" in " ".join(written(spec))


def test_distribution_puts_zero_where_the_target_begins(answers, texts, drawn, written):
    spec = specification(distribution_chart(answers, target_level=3, levels=LEVELS, mode="light", texts=texts))
    parts = drawn(spec, "question", "level", "left")
    first = [part for part in parts if part["question"] == "Stewards are named"]
    assert [(part["level"], part["left"], part["right"]) for part in first] == [
        (1, -0.75, -0.25),
        (2, -0.25, 0.0),
        (3, 0.0, 0.125),
        (4, 0.125, 0.25),
    ]
    assert written(spec).count("discuss") == 1  # only 0.3 is below 0.4
    assert "Not shown: fewer than 5 people answered" in written(spec)


def test_distribution_tells_hidden_from_nobody_chose_a_level(answers, texts, written):
    answers.loc[2, ["n1", "n2", "n3", "n4", "n5"]] = 0
    words = written(
        specification(distribution_chart(answers, target_level=3, levels=LEVELS, mode="light", texts=texts))
    )
    assert "No answer with a level" in words


def test_trend_colours_the_two_biggest_movers_and_greys_the_rest(rounds, texts, written):
    spec = specification(trend_chart(rounds, levels=LEVELS, mode="light", texts=texts))
    colours = {row["place"]: row["colour"] for rows in spec["datasets"].values() for row in rows if "step" in row}
    light = TOKENS["light"]
    assert colours == {"Zoo": light.accent, "Art": light.target, "Parks": light.ghost, "Roads": light.ghost}
    assert {"Zoo 2.9 (+0.9)", "Art 2.5 (-0.5)", "Parks 2.1 (+0.1)", "Roads 1.0"} <= set(written(spec))


def test_trend_orders_rounds_by_their_order_not_by_their_rows(rounds, texts, drawn):
    spec = specification(trend_chart(rounds.iloc[::-1], levels=LEVELS, mode="light", texts=texts))
    steps = {row["round"]: row["step"] for row in drawn(spec, "step")}
    assert steps == {"Autumn": 0, "Spring": 1}


def test_heatmap_of_a_round_without_any_score_is_all_dashed(scores, texts, written):
    spec = specification(heatmap_chart(scores.assign(score=float("nan")), levels=LEVELS, mode="light", texts=texts))
    words = [row["words"] for rows in spec["datasets"].values() for row in rows if "words" in row]
    assert set(words) == {"n/a"}
    assert "nothing answered" in written(spec)
