"""Titles and descriptions say what the frame says: numbers worked by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from maturity.charts.texts import ChartTexts
from maturity.words import chart_sentences as assessment
from maturity.words import plan_chart_sentences as plan
from maturity.words import review_sentences as review


def test_heatmap_counts_what_is_far_and_names_the_largest_gap(scores):
    parts = assessment.heatmap_sentences(scores, period="Spring 2026")
    assert parts.title == "2 of 3 scores are a level or more below target"
    said = "Maturity by department and topic, in levels. Spring 2026. 2 departments, 2 topics. All on Sharing"
    assert parts.subtitle == said
    often = assessment.heatmap_sentences(scores.assign(target=[1.0, 9.0, 9.0, 9.0]))
    assert often.subtitle.endswith(". All on Sharing") and "2 of 3" in often.title
    assert "The highest score is Zoo on Quality with 3.4, the lowest Art on Sharing with 1.2." in parts.description
    assert "The largest gap is Art on Sharing: 1.2 against a target of 3.0." in parts.description
    assert "1 score missing" in parts.description
    assert ChartTexts.of(parts).title == parts.title


def test_heatmap_without_targets_or_gaps_says_so(scores):
    assert assessment.heatmap_sentences(scores.assign(target=float("nan"))).title == "Scores run from 1.2 to 3.4"
    assert (
        assessment.heatmap_sentences(scores.assign(target=1.0)).title == "No score is a level or more below its target"
    )


def test_sentences_do_not_depend_on_the_frames_index(scores, candidates, answers):
    twice = [0] * len(scores)
    assert assessment.heatmap_sentences(scores.set_axis(twice)) == assessment.heatmap_sentences(scores)
    assert plan.impact_effort_sentences(candidates.set_axis([0, 0, 0, 0])) == plan.impact_effort_sentences(candidates)
    expected = assessment.distribution_sentences(answers, target_level=3)
    assert assessment.distribution_sentences(answers.set_axis([0, 0, 0]), target_level=3) == expected


def test_dumbbell_names_the_biggest_lift(places):
    parts = assessment.dumbbell_sentences(places, until="2028")
    assert parts.title == "Quality needs the biggest lift: 1.5 levels"
    assert "1 of 2 targets met." in parts.description
    assert "Quality: 2.0, target 3.5." in parts.description


def test_dumbbell_titles_for_ties_all_met_and_no_targets(places):
    assert (
        assessment.dumbbell_sentences(places.assign(target=places["score"] + 1)).title
        == "3 of 3 need the biggest lift: 1.0 levels each"
    )
    assert assessment.dumbbell_sentences(places.assign(target=1.0)).title == "Every target is met"
    assert assessment.dumbbell_sentences(places.assign(target=float("nan"))).title == "No targets are set yet"


SELVES = pd.DataFrame(
    [("Art", 3.0, 2.5, 2), ("Zoo", 2.0, 2.02, 1), ("Docks", 1.0, 2.0, 4)],
    columns=["place", "score", "target", "questions"],
)


def test_self_scores_are_counted_by_direction_and_told_in_their_order():
    parts = review.optimism_sentences(SELVES, source="reviewed values", period="Spring 2026")
    assert parts.title == "1 of 3 self-scores is higher, 1 lower than the reviewed values"
    assert parts.subtitle == (
        "Means over the questions that have both, in levels. Spring 2026. 3 departments, 7 questions"
    )
    assert parts.description == (
        "Self-scores beside reviewed values, by department. 1 higher, 1 lower, 1 about the same. "
        "Art: 3.0 against 2.5, 2 questions. Zoo: 2.0 against 2.0, 1 question. Docks: 1.0 against 2.0, 4 questions."
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([0], "The self-score is higher than the consensus values"),
        ([1], "Self-scores and consensus values are about the same"),
        ([0, 0], "Both self-scores are higher than the consensus values"),
        ([2, 2, 2], "All 3 self-scores are lower than the consensus values"),
        ([], "Self-scores beside consensus values, by department"),
    ],
)
def test_self_score_titles(rows, title):
    assert review.optimism_sentences(SELVES.iloc[rows], source="consensus values").title == title


def test_profile_counts_above_and_below(profile):
    parts = assessment.profile_sentences(profile, department="Zoo")
    assert parts.title == "Zoo is above the organisation on 1 topic, below on 1"
    assert parts.subtitle.endswith(". 3 topics")
    assert "Quality: 2.0, organisation 2.5." in parts.description


def test_distribution_counts_questions_below_target_and_names_those_to_discuss(answers):
    parts = assessment.distribution_sentences(answers, target_level=3)
    assert parts.title == "1 of 2 questions has most answers below level 3"
    assert "Stewards are named: 75% below target, median 1.5." in parts.description
    assert "worth discussing: Stewards are named." in parts.description
    assert "1 question not shown." in parts.description
    assert "Decisions cite evidence" not in parts.description


def test_trend_names_the_two_biggest_movers(rounds):
    parts = assessment.trend_sentences(rounds)
    assert parts.title == "2 of 3 moved up since Autumn"
    assert parts.subtitle.endswith(". Moved most: Zoo +0.9 and Art -0.5")
    alone = rounds[rounds["place"] == "Zoo"]
    assert assessment.trend_sentences(alone).title == "1 of 1 moved up since Autumn; most: Zoo +0.9"
    assert "2 up, 1 down, 0 unchanged." in parts.description
    one = assessment.trend_sentences(rounds[rounds["round"] == "Autumn"])
    assert one.title == "One round so far: nothing to compare yet"


def test_roadmap_names_what_is_late_on_the_critical_path(bars):
    parts = plan.roadmap_sentences(bars, plan="City plan", today=date(2026, 4, 1))
    assert parts.title == "Name stewards is late and on the critical path"
    assert parts.subtitle.startswith("City plan, Jan 2026 to Aug 2026: 4 actions in 2 phases")
    assert "as of 1 April 2026. 1 done, 1 late." in parts.description
    assert "The critical path runs over Name stewards and Build platform." in parts.description


def test_roadmap_titles_for_late_off_the_path_and_nothing_late(bars):
    off = bars.assign(critical=False)
    title = plan.roadmap_sentences(off, plan="P", today=date(2026, 4, 1)).title
    assert title == "1 action is late, off the critical path"
    both = bars.assign(status=["late", "late", "done", "late"])
    said = plan.roadmap_sentences(both, plan="P", today=date(2026, 4, 1))
    assert said.title == "3 actions are late, 2 of them on the critical path"
    assert said.subtitle.endswith("Late there first: Name stewards")
    fine = bars.assign(status="on plan")
    assert (
        plan.roadmap_sentences(fine, plan="P", today=date(2026, 4, 1)).title == "Nothing is late: 1 of 4 actions done"
    )


def test_burn_up_compares_done_with_what_was_planned_by_today(delivery):
    parts = plan.burn_up_sentences(delivery, today=date(2026, 4, 10))
    assert parts.title == "2 of 10 actions done, 1 behind plan"
    assert "Foundations: 2 done, 3 planned by now, 6 in all." in parts.description


def test_capacity_names_the_role_and_the_quarter(demand):
    parts = plan.capacity_sentences(demand)
    assert parts.title == "IT is planned beyond capacity in 1 quarter"
    assert "IT in Q1: 30 planned, 20 available." in parts.description
    fine = plan.capacity_sentences(demand.assign(planned=[10, 10, 5, 0]))
    assert fine.title == "No role is planned beyond its capacity: at most 50% used"


def test_impact_and_effort_name_the_most_for_its_effort(candidates):
    parts = plan.impact_effort_sentences(candidates)
    assert parts.title == "Name stewards gives most for its effort"
    assert parts.subtitle.startswith("25% of the plan's value for 20 person-days. Up: ")
    assert "1 Name stewards: 25% for 20 person-days, phase 1, a quick win." in parts.description
    assert "4 Share data: under 1% for 80 person-days, left out." in parts.description
    assert "3 planned actions and 1 left out" in parts.subtitle
    nothing_planned = plan.impact_effort_sentences(candidates.assign(planned=False))
    assert nothing_planned.title == "No action is planned"


def test_bullet_counts_kpis_on_target_with_lower_is_better(kpis):
    parts = plan.bullet_sentences(kpis)
    assert parts.title == "1 of 2 KPIs is on target"
    assert "1 KPI without a value or a target." in parts.description


@pytest.mark.parametrize(
    "make",
    [
        lambda f: assessment.heatmap_sentences(f["scores"]),
        lambda f: assessment.dumbbell_sentences(f["places"]),
        lambda f: assessment.profile_sentences(f["profile"], department="Zoo"),
        lambda f: assessment.distribution_sentences(f["answers"], target_level=3),
        lambda f: assessment.trend_sentences(f["rounds"]),
        lambda f: plan.roadmap_sentences(f["bars"], plan="P", today=date(2026, 4, 1)),
        lambda f: plan.burn_up_sentences(f["delivery"], today=date(2026, 4, 1)),
        lambda f: plan.capacity_sentences(f["demand"]),
        lambda f: plan.impact_effort_sentences(f["candidates"]),
        lambda f: plan.bullet_sentences(f["kpis"]),
    ],
)
def test_every_sentence_answers_an_empty_frame(make, request):
    names = ["scores", "places", "profile", "answers", "rounds", "bars", "delivery", "demand", "candidates", "kpis"]
    frames = {name: request.getfixturevalue(name).iloc[:0] for name in names}
    assert make(frames).subtitle == "Nothing to show yet"
