"""What is said about people and money, word for word."""

from datetime import date

import pytest

from maturity.words import resource_sentences as words


def test_money_and_where_the_default_is_from():
    assert words.money_terms("EUR", 2026) == "All sums are in EUR at prices of 2026."
    assert words.money_terms("GBP", None) == "All sums are in GBP."
    assert words.default_budget("EUR 200", 1_550, "EUR 930,000").startswith(
        "The budgets are defaults for an organisation of 1,550 employees: EUR 200 a year for each of them"
    )
    assert words.kept_back(0.1) == "Kept back, 10%"
    assert words.kept_back(0.075) == "Kept back, 7.5%"
    told = words.nothing_is_converted("GBP", "EUR")
    assert told.startswith("The catalogue's costs are in EUR, your money is in GBP, and nothing is converted.")


@pytest.mark.parametrize(
    ("days", "first", "last", "words_"),
    [
        (55.0, 3, 12, "+55 person-days a quarter from quarter 3 on: why"),
        (-10.0, 2, 2, "-10 person-days in quarter 2: why"),
        (2.5, 1, 12, "+2.5 person-days in every quarter: why"),
        (1_200.0, 1, 4, "+1,200 person-days a quarter from quarter 1 to 4: why"),
    ],
)
def test_changes_of_the_calendar(days, first, last, words_):
    assert words.change_words(days, first, last, 12, "why") == words_


def test_what_partners_lend():
    assert words.lent_words((22.0, 22.0) + (0.0,) * 10, "The region") == (
        "+44 person-days from The region, in quarters 1 and 2"
    )
    assert words.lent_words((0.0, 5.0) + (0.0,) * 10, "X", "Parks") == "+5 person-days from X in Parks, in quarter 2"
    assert words.lent_words((1.0,) * 12, "X") == "+12 person-days from X, over all quarters"


def test_missing_skills_with_and_without_actions_that_wait():
    told = words.skill_words("Linking", "Data team", "hire", date(2027, 4, 1), 2, [])
    assert told == (
        "Linking: Data team lacks it until 1 April 2027 (quarter 2); somebody is hired. "
        "No action of the plan needs this role before that."
    )
    one = words.skill_words("Linking", "Data team", "buy", date(2027, 4, 1), 2, ["A"])
    assert one.endswith("it is bought. 1 action needs this role before that: “A”.")
    many = words.skill_words("Linking", "Data team", "train", date(2027, 4, 1), 2, ["A", "B", "C", "D", "E"])
    assert many.endswith("5 actions need this role before that: “A”, “B”, “C” and 2 others.")


def test_every_way_and_kind_has_words():
    from maturity.planning.spending import SOURCE_KINDS, WAYS

    assert tuple(words.SOURCE_KINDS) == SOURCE_KINDS and tuple(words.WAYS) == WAYS
    for way in WAYS:
        assert words.skill_words("s", "w", way, date(2027, 1, 1), 1, [])


def test_full_quarters_left_overs_and_parts():
    assert words.full_quarters({"Data team": ["Q1", "Q2"], "CDO": ["Q5"]}) == (
        "Full, with at most a twentieth of the days left: Data team in Q1, Q2; CDO in Q5."
    )
    assert words.full_quarters({}).startswith("Nobody's quarter is full")
    assert "can be spent in the next" in words.left_over(True)
    assert "lapses" in words.left_over(False)
    assert words.parted(0).endswith("to the end of the plan.")
    assert words.parted(1).endswith("1 action with a cost of people's own is not parted.")
    assert words.parted(2).endswith("2 actions with a cost of people's own are not parted.")


def test_what_was_taken_over():
    assert words.taken_over("2026", 0) == "Taken over from 2026. Look through it before a plan is made."
    assert "1 line stayed behind" in words.taken_over("2026", 1)
