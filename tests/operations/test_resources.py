"""People and money entered line by line: what counts, what is refused and in which words, two at once, the trail."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from maturity.operations import plans
from maturity.operations.errors import Changed, Refused
from maturity.operations.pasted_numbers import quarters_of
from maturity.operations.resource_lines import add_line, edit_line, remove_line, remove_sources, set_terms
from maturity.operations.resource_taking_over import take_over_resources
from maturity.operations.resources import resources, set_days, usual_budgets
from maturity.operations.rounds import create_round
from maturity.planning.request import Capacity
from maturity.planning.spending import CapacityChange, Commitment, MissingSkill, Source, Terms

from .city import ADMIN, LEADER, make_town

OWN = Source(name="City budget", kind="own", amounts=(100.0, 200.0, 300.0, 400.0))
GRANT = Source(name="A grant", kind="grant", amounts=(10.0, 0.0, 0.0, 0.0))
LENT = Commitment(partner="The region", amounts=(1.0, 0.0, 0.0, 0.0), role="data-team", days=(5.0,) * 12)
HIRE = CapacityChange(role="data-team", first=3, last=12, days=55.0, reason="A new hire")
HOLIDAYS = CapacityChange(role="department", first=2, last=2, days=-1.0, reason="Holidays")
SKILL = MissingSkill(skill="Linking", role="data-team", way="train", there_from=3)


@pytest.fixture
def round_(workspace):
    return make_town(workspace)


def test_everything_entered_counts_in_the_next_request(workspace, round_):
    before = resources(workspace, LEADER, round_)
    for line in (OWN, GRANT, LENT, HIRE, HOLIDAYS, SKILL):
        add_line(workspace, ADMIN, round_, line)
    terms = Terms(currency="EUR", money_contingency=0.1, carry_over=False, discount=0.03)
    set_terms(workspace, ADMIN, round_, terms, 0)
    now = resources(workspace, LEADER, round_)
    assert now.entered == (111.0, 200.0, 300.0, 400.0)
    assert now.budgets == (99.9, 180.0, 270.0, 360.0) and not now.budget_is_default
    assert now.days == before.days  # the calendar stands beside them
    was, team = (next(c for c in each.capacities if c.role == "data-team").days for each in (before, now))
    assert (team[1] - was[1], team[2] - was[2]) == (5.0, 60.0)
    staff = [each.days[1] - each.days[0] for each in now.capacities if each.role == "department"]
    assert staff == [-1.0] * 3
    request = plans.plan_request(workspace, ADMIN, round_)
    assert (request.budgets, request.carry_over, request.discount) == (now.budgets, False, 0.03)
    assert request.capacities == now.capacities
    whole = plans.plan_request(workspace, ADMIN, round_, budget=909.9).budgets
    assert whole == pytest.approx((99.9, 180.0, 270.0, 360.0))


def test_without_terms_nothing_is_kept_back(workspace, round_):
    now = resources(workspace, LEADER, round_)
    assert now.terms == Terms() and now.budgets == now.entered == usual_budgets(550)
    assert (now.currency, now.price_year, now.terms_version, now.days_version) == ("EUR", 2026, 0, 0)


def test_of_two_who_change_a_line_the_second_is_told_who_was_first(workspace, round_):
    line = add_line(workspace, ADMIN, round_, OWN)
    first = edit_line(workspace, replace(ADMIN, name="Ann"), round_, line, replace(OWN, amounts=(1.0, 1.0, 1.0, 1.0)))
    with pytest.raises(Changed, match="Ann has changed 'City budget' meanwhile"):
        edit_line(workspace, ADMIN, round_, line, OWN)
    with pytest.raises(Changed, match="Ann has changed"):
        remove_line(workspace, ADMIN, round_, line)
    remove_line(workspace, ADMIN, round_, first)
    with pytest.raises(Changed, match="was removed meanwhile"):
        edit_line(workspace, ADMIN, round_, first, OWN)
    assert resources(workspace, ADMIN, round_).budget_is_default


def test_all_sources_go_or_none(workspace, round_):
    one, two = add_line(workspace, ADMIN, round_, OWN), add_line(workspace, ADMIN, round_, GRANT)
    add_line(workspace, ADMIN, round_, HIRE)
    edit_line(workspace, ADMIN, round_, two, replace(GRANT, note="changed"))
    with pytest.raises(Changed):
        remove_sources(workspace, ADMIN, round_, (one, two))
    now = resources(workspace, ADMIN, round_).lines
    assert len(now) == 3
    remove_sources(workspace, ADMIN, round_, now)
    assert [each.line for each in resources(workspace, ADMIN, round_).lines] == [HIRE]


def test_terms_and_days_are_set_over_the_version_that_was_seen(workspace, round_):
    set_terms(workspace, ADMIN, round_, Terms(discount=0.02), 0)
    with pytest.raises(Changed, match="has set the terms meanwhile"):
        set_terms(workspace, ADMIN, round_, Terms(), 0)
    team = Capacity(role="data-team", days=(3.0,) * 12)
    set_days(workspace, ADMIN, round_, [team], 0)
    with pytest.raises(Changed, match="has set person-days meanwhile"):
        set_days(workspace, ADMIN, round_, [], 0)
    assert resources(workspace, ADMIN, round_).own_days == (team,)


WRONG_LINES = [
    (replace(OWN, name=" "), "the name of the source is missing; enter it"),
    (replace(OWN, name="x" * 201), "201 characters, at most 200"),
    (replace(OWN, kind="bank"), "not 'bank'; choose one"),
    (replace(OWN, amounts=(nan, 0.0, 0.0, 0.0)), "not nan; mend the numbers"),
    (replace(OWN, amounts=(inf, 0.0, 0.0, 0.0)), "not inf; mend the numbers"),
    (replace(OWN, amounts=(-1.0, 0.0, 0.0, 0.0)), "not -1; mend the numbers"),
    (replace(OWN, amounts=(1e10, 0.0, 0.0, 0.0)), "not 10,000,000,000; mend the numbers"),
    (replace(OWN, amounts=(1.0, 2.0)), "four amounts .*, not 2; mend"),
    (replace(LENT, partner=""), "the name of the partner is missing"),
    (replace(LENT, amounts=(0.0,) * 4, days=()), "neither money nor person-days yet"),
    (replace(LENT, role=None), "of which role is missing"),
    (replace(LENT, role="king"), "no role 'king'"),
    (replace(LENT, days=(1.0,) * 13), "needs 12 numbers .*, not 13; mend"),
    (replace(LENT, days=(nan,) * 12), "not nan"),
    (replace(LENT, role="department"), "exists in each department"),
    (replace(LENT, department="parks"), "exists once in the city"),
    (replace(HIRE, reason=""), "the reason why the person-days change is missing"),
    (replace(HIRE, first=0), "the quarters 1 to 12, not 0"),
    (replace(HIRE, last=13), "the quarters 1 to 12, not 13"),
    (replace(HIRE, last=2), "the last comes after the first"),
    (replace(HIRE, days=nan), "not nan"),
    (replace(HIRE, days=0.0), "more .* or less .*, not 0"),
    (replace(HIRE, days=-1e10), "not -10,000,000,000"),
    (replace(HOLIDAYS, department="nowhere"), "no department 'nowhere'"),
    (replace(SKILL, skill=""), "the name of the skill is missing"),
    (replace(SKILL, way="hope"), "not 'hope'; choose one"),
    (replace(SKILL, there_from=20), "the quarters 1 to 12, not 20"),
]


def test_each_refusal_is_one_sentence_and_nothing_is_kept(workspace, round_):
    for line, words in WRONG_LINES:
        with pytest.raises(Refused, match=words) as refused:
            add_line(workspace, ADMIN, round_, line)
        assert "\n" not in str(refused.value)
    assert resources(workspace, ADMIN, round_).lines == ()


WRONG_TERMS = [
    (Terms(currency="EURO"), "three letters, as in EUR, not 'EURO'"),
    (Terms(price_year=1900), "from 2000 to 2100, not 1900"),
    (Terms(money_contingency=0.95), "money is from 0 to 90 per cent, not 95"),
    (Terms(days_contingency=nan), "person-days is from 0 to 90"),
    (Terms(discount=1.0), "below 100 per cent a year, not 100"),
    (Terms(discount=-inf), "not -inf"),
]


def test_terms_that_cannot_be_meant_are_refused(workspace, round_):
    for terms, words in WRONG_TERMS:
        with pytest.raises(Refused, match=words):
            set_terms(workspace, ADMIN, round_, terms, 0)


def test_days_that_cannot_be_meant_are_refused(workspace, round_):
    for days in ((1.0,) * 13, (nan,) * 12, (inf,) * 12, (-1.0,) * 12, (1e10,) * 12):
        with pytest.raises(Refused, match="needs 12 numbers of person-days from 0 to 1,000,000,000"):
            set_days(workspace, ADMIN, round_, [Capacity(role="data-team", days=days)])


def test_what_an_earlier_round_had_is_taken_over_once_without_what_has_no_place_any_more(workspace, round_):
    for line in (OWN, HIRE, replace(HOLIDAYS, department="parks"), SKILL):
        add_line(workspace, ADMIN, round_, line)
    set_days(workspace, ADMIN, round_, [Capacity(role="department", department="parks", days=(1.0,) * 12)])
    set_terms(workspace, ADMIN, round_, Terms(money_contingency=0.1), 0)
    next_ = create_round(workspace, ADMIN, "2027", "city-data-maturity", departments=["roads", "housing"])
    assert take_over_resources(workspace, ADMIN, next_, round_) == 1  # the holidays in Parks
    now = resources(workspace, ADMIN, next_)
    assert {each.line for each in now.lines} == {OWN, HIRE, SKILL} and now.terms.money_contingency == 0.1
    assert now.own_days == () and now.budgets == (90.0, 180.0, 270.0, 360.0)
    with pytest.raises(Changed, match="was entered for this round meanwhile"):
        take_over_resources(workspace, ADMIN, next_, round_)


def test_a_name_names_one_source_and_a_line_keeps_its_kind(workspace, round_):
    line, grant = add_line(workspace, ADMIN, round_, OWN), add_line(workspace, ADMIN, round_, GRANT)
    with pytest.raises(Refused, match="there is a source 'City budget' already"):
        add_line(workspace, ADMIN, round_, replace(OWN, name=" City budget "))
    with pytest.raises(Refused, match="already"):
        edit_line(workspace, ADMIN, round_, grant, replace(GRANT, name="City budget"))
    with pytest.raises(Refused, match="line of another kind"):
        edit_line(workspace, ADMIN, round_, line, HIRE)


@pytest.mark.parametrize(
    ("text", "first_and_last"),
    [
        ("5", (5.0, 5.0)),
        ("1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\r\n", (1.0, 12.0)),
        ("\n".join(["1,200"] * 12), (1_200.0, 1_200.0)),
        ("12,5; " * 11 + "7", (12.5, 7.0)),
        (" ".join(["0.25"] * 12), (0.25, 0.25)),
        ("\t".join(["1 000"] * 12), (1_000.0, 1_000.0)),
    ],
)
def test_numbers_as_spreadsheets_copy_them(text, first_and_last):
    found = quarters_of(text)
    assert len(found) == 12 and (found[0], found[-1]) == first_and_last


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "number 1 is empty"),
        ("1\t2\t3", "these are 3 numbers, not 12"),
        ("1 " * 13, "13 numbers"),
        ("\t".join(["1"] * 5 + ["=A1"] + ["1"] * 6), "'=A1' in place 6 is no number"),
        ("\t".join(["1"] * 5 + [""] + ["1"] * 6), "number 6 is empty; enter 0"),
        ("NaN", "'NaN' in place 1"),
        ("1e400", "'1e400' in place 1"),
        ("inf", "'inf' in place 1"),
        ("9" * 2_000, "too long"),
    ],
)
def test_pastes_that_are_no_numbers_say_where(text, words):
    with pytest.raises(Refused, match=words):
        quarters_of(text)
