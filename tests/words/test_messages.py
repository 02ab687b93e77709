"""Sentences from numbers: plurals, edges, and nothing claimed that is not so."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from maturity.words import messages


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 departments"), (1, "1 department"), (2, "2 departments"), (1200, "1,200 departments")]
)
def test_a_number_stands_with_its_noun(number, said):
    assert messages.counted(number, "department") == said


def test_a_noun_may_have_a_plural_of_its_own():
    assert [messages.counted(n, "person", "people") for n in (1, 3)] == ["1 person", "3 people"]


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.29, "29%"), (0.5, "50%"), (0.699, "69%"), (0.9999, "99%"), (1.0, "100%")]
)
def test_a_share_is_rounded_down_so_that_it_never_seems_to_reach_what_it_does_not(share, said):
    assert messages.percent(share) == said


@pytest.mark.parametrize(
    ("score", "said"), [(1.0, "1.0"), (2.44, "2.4"), (2.46, "2.5"), (2.97, "2.9"), (2.9999, "2.9"), (3.0, "3.0")]
)
def test_a_score_is_never_shown_as_a_level_that_it_has_not_reached(score, said):
    assert messages.shown_score(score) == said


def test_the_headline_says_score_level_and_change():
    said = messages.where_we_stand(2.44, top_level=5, level=2, level_name="Emerging", change=0.31, since="Autumn 2025")
    assert said == "We stand at 2.4 of 5: level 2, Emerging. That is 0.3 levels higher than in Autumn 2025."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (1.0, "1.0 level higher than in 2025"),
        (-0.96, "1.0 level lower than in 2025"),
        (-0.25, "0.2 levels lower than in 2025"),
        (1.2, "1.2 levels higher than in 2025"),
        (0.04, "about the same as in 2025"),
        (-0.04, "about the same as in 2025"),
        (0.0, "about the same as in 2025"),
    ],
)
def test_a_change_has_a_direction_unless_it_would_be_shown_as_nothing(change, said):
    assert messages.change_since(change, "2025") == said


def test_the_headline_of_a_thin_round_claims_no_level():
    said = messages.where_we_stand(3.2, top_level=5, level=None)
    assert said == "We stand at 3.2 of 5: too little was answered to reach a level."
    assert messages.where_we_stand(None, top_level=5, level=None) == messages.NO_SCORES


def test_points_are_not_cut_short():
    assert messages.points_reached(2298.0, 2600.0) == "We have 2,298 of 2,600 points."
    assert messages.points_reached(6.5, 12.0) == "We have 6.5 of 12 points."
    assert messages.points_reached(None, 12.0) == messages.NO_SCORES


def test_too_few_people():
    assert messages.too_few() == "Not shown. Fewer than 5 people answered."


@pytest.mark.parametrize(
    ("coverage", "least", "said"),
    [
        (None, 0.7, "Nothing here applies."),
        (0.925, 0.7, "92% of what applies was answered."),
        (0.7, 0.7, "70% of what applies was answered."),
        (0.6999, 0.7, "69% of what applies was answered. Below 70%, no level is reached."),
        (0.0, 0.0, "0% of what applies was answered."),
    ],
)
def test_coverage_says_what_follows_from_it(coverage, least, said):
    assert messages.coverage_sentence(coverage, least) == said


@pytest.mark.parametrize(
    ("sent", "asked", "said"),
    [
        (0, 0, "No department has been asked yet."),
        (0, 1, "The department has not sent answers yet."),
        (1, 1, "The department has sent answers."),
        (0, 12, "None of 12 departments have sent answers yet."),
        (1, 12, "1 of 12 departments has sent answers."),
        (7, 12, "7 of 12 departments have sent answers."),
        (12, 12, "All 12 departments have sent answers."),
    ],
)
def test_how_many_departments_have_sent(sent, asked, said):
    assert messages.departments_sent(sent, asked) == said


def test_saved_at_is_said_to_the_minute():
    assert messages.saved_at(datetime(2026, 3, 2, 10, 42, 59)) == "Saved 10:42"
    assert messages.saved_at(time(9, 5)) == "Saved 09:05"


def test_nobody_has_answered():
    assert messages.no_answers(8, date(2026, 3, 2)) == (
        "No one has answered yet. 8 departments were asked on 2 March 2026."
    )
    assert messages.no_answers(1) == "No one has answered yet. 1 department was asked."
    assert messages.no_answers(0) == "No one has answered yet. Choose the departments that take part."


@pytest.mark.parametrize(
    ("number", "total", "said"),
    [
        (12, 40, "Question 12 of 40, about 17 minutes left"),
        (40, 40, "Question 40 of 40, about 1 minute left"),
    ],
)
def test_a_respondent_is_told_the_place_and_the_time_left(number, total, said):
    assert messages.position(number, total) == said


@pytest.mark.parametrize(("questions", "said"), [(1, 5), (10, 10), (40, 25)])
def test_a_questionnaire_says_how_long_it_takes(questions, said):
    assert messages.how_long(questions) == f"about {said} minutes"


def test_what_has_no_price_is_said_beside_the_sum():
    assert messages.unpriced(0) == ""
    assert messages.unpriced(1) == "1 action without a price is not in this sum."
    assert messages.unpriced(3) == "3 actions without a price are not in this sum."


def test_errors_say_what_to_do_next():
    assert messages.choose_a_level("Who decides?") == "Choose a level for “Who decides?”, or choose Don't know."
    assert messages.save_failed(0) == "We could not save your last answer. Try again."
    assert messages.save_failed(1).endswith("Your other 1 answer is saved.")
    assert messages.save_failed(11).endswith("Your other 11 answers are saved.")


def test_two_people_meet():
    assert messages.changed_meanwhile("Asha", 2) == "Asha changed this 2 minutes ago. See both versions."
    assert messages.changed_meanwhile("Asha", 1) == "Asha changed this 1 minute ago. See both versions."
    assert messages.changed_meanwhile("Asha", 0) == "Asha changed this just now. See both versions."


def test_deleting_names_what_depends_on_it():
    assert messages.ask_delete("Open portal", 0) == "Delete “Open portal”? It is kept in the history."
    assert "1 action depends on it." in messages.ask_delete("Open portal", 1)
    assert "4 actions depend on it." in messages.ask_delete("Open portal", 4)


def test_days_late():
    assert [messages.days_late(days) for days in (1, 12)] == ["1 day late", "12 days late"]


def test_a_finding_names_the_departments_and_both_means() -> None:
    said = messages.worth_talking_about("Protecting data", ["Housing", "Health", "Schools"], 1.634, 2.94, 5)
    assert said == (
        "Protecting data: Housing, Health and Schools all stand below every other department, "
        "at 1.6 on average against 2.9 of 5."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [(0.26, "+0.3"), (-1.0, "-1.0"), (0.04, "0.0"), (-0.04, "0.0"), (0.0, "0.0"), (-0.05001, "-0.1")],
)
def test_a_change_has_its_sign_unless_it_rounds_to_nothing(change, said):
    assert messages.signed(change) == said
