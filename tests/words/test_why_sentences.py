"""Every sentence of why an action is in, what a step left out would take, and what more would be worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from maturity.words import amount_sentences, entering_sentences, price_sentences, why_sentences

NAMES = {
    "x": "Do x", "y": "Do y", "z": "Do z", "t": "Data quality", "team": "The team", "staff": "Staff", "parks": "Parks",
    "roads": "Roads",
}  # fmt: skip
WHOLE = 1000.0


@dataclass(frozen=True)
class Price:
    """What one more of something is worth."""

    worth: float
    role: str | None = None
    department: str | None = None
    quarter: int | None = None
    phase: int | None = None


def told(loss: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """A document as `planning.explained` writes it for an action."""
    usual = {"direct": 0.0, "net": 0.0, "goes": [], "enters": [], "steps": 0, "value": 0.0}
    return {
        "value": WHOLE, "closes": [], "then": {"code": "at_once", "values": {}}, "held": [], "free": 0, "total": 0,
        "moves_first": None, "refused": None, "critical": False, "loss": {**usual, **(loss or {})}, **changes,
    }  # fmt: skip


def fact(heading: str, loss: dict[str, Any] | None = None, **changes: Any) -> str:
    return why_sentences.action_facts(told(loss, **changes), NAMES, "EUR")[heading]


def step(low: int, high: int, value: float, department: str = "parks") -> dict[str, Any]:
    return {"department": department, "topic": "t", "from_level": low, "to_level": high, "value": value}


def test_what_it_brings_about_with_its_share() -> None:
    assert fact("Brings about") == "Nothing by itself: it makes others possible."
    assert fact("Brings about", closes=[step(1, 2, 100.0)]) == (
        "Data quality from level 1 to 2: 10% of what the plan achieves, about 100 level-weeks."
    )
    both = [step(1, 2, 60.0), step(1, 2, 60.0, "roads"), step(2, 3, 3.4)]
    assert fact("Brings about", closes=both) == (
        "Data quality from level 1 to 2 in 2 departments and Data quality from level 2 to 3: "
        "12% of what the plan achieves, about 120 level-weeks."
    )


def test_who_holds_the_place_copies_as_one() -> None:
    full = {"code": "capacity_full", "values": {"role": "team", "department": None, "quarter": 2}}
    held = [{"action": "x", "amount": 30.0}, {"action": "y/parks", "amount": 0.4}]
    assert fact("Why then", then=full, held=held) == (
        "Could not start a month earlier: The team has no days left in quarter 2. "
        "The days are held by “Do x” (30 person-days) and “Do y” in Parks (under 1 person-day)."
    )
    spent = {"code": "budget_full", "values": {"phase": 1}}
    many = [{"action": f"x/{n}", "amount": 100.0} for n in range(3)] + [
        {"action": code, "amount": 9.0} for code in ("y", "z", "a", "b")
    ]
    assert fact("Why then", then=spent, held=many) == (
        "Could not start a month earlier: the money for phase 1 is spent. "
        "The money is taken by “Do x” (EUR 300), “Do y” (EUR 9), “Do z” (EUR 9) and 2 other actions."
    )


def test_what_waits_for_it() -> None:
    assert fact("Others wait for it") == "No other action and no further step."
    assert fact("Others wait for it", {"goes": ["y", "z/parks"], "steps": 2, "value": 250.0}) == (
        "“Do y” and “Do z” in Parks; without it they would go too. "
        "Beyond its own it makes possible 2 steps, 25% of what the plan achieves."
    )
    assert fact("Others wait for it", {"goes": ["y"]}) == "“Do y”; without it it would go too."
    copies = {"goes": ["y/parks", "y/roads"], "steps": 1, "value": 1.0}
    assert fact("Others wait for it", copies).startswith("“Do y” in 2 departments; without it they would go too.")
    assert fact("Others wait for it", {"steps": 1, "value": 1.0}) == (
        "No action, but 1 step, less than 1% of what the plan achieves, which others bring about, counts only once its "
        "own are reached."
    )


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        ({}, "Nothing would be lost: others bring the same about as soon."),
        (
            {"direct": 120.0, "net": 120.0},
            "The plan would achieve 12% less (about 120 level-weeks), and nothing else could bring any of it back.",
        ),
        (
            {"direct": 120.0, "net": 20.0, "enters": ["y"]},
            "The plan would achieve 12% less (about 120 level-weeks) at first, and 2% less once planned again without "
            "it. “Do y” would enter.",
        ),
        (
            {"direct": 1.0, "net": 0.0},
            "The plan would achieve less than 1% less (about 1 level-week) at first; planned again without it, nothing "
            "would be lost.",
        ),
    ],
)
def test_what_would_be_lost_without_it(loss: dict[str, Any], said: str) -> None:
    assert fact("Without it", loss) == said


NO_DAYS = {"code": "no_capacity", "values": {"action": "x", "role": "staff", "department": "parks", "quarter": 3}}
NO_MONEY = {"code": "no_budget", "values": {"action": "x", "phase": 2}}


@pytest.mark.parametrize(
    ("slack", "said"),
    [
        ({"critical": True}, "Not by a day: the end of the plan would move. It is one of those that set the end date."),
        ({"free": 28, "total": 28}, "4 weeks before the end of the plan moves, and nothing else has to."),
        (
            {"free": 9, "total": 100, "moves_first": "y"},
            "9 days before “Do y” has to move too, 14 weeks before the end of the plan does.",
        ),
        (
            {"free": 0, "total": 1, "moves_first": "y"},
            "Not by a day before “Do y” has to move too, 1 day before the end of the plan does.",
        ),
        ({"free": 20, "total": 20, "moves_first": "y", "critical": True},
         "2 weeks before “Do y” has to move too. It is one of those that set the end date."),
        ({"free": 14, "total": 14, "refused": NO_DAYS}, "2 weeks; then Staff in Parks has too few days in quarter 3."),
        ({"free": 0, "total": 3, "refused": NO_DAYS}, "Not by a day: Staff in Parks has too few days in quarter 3."),
        ({"free": 14, "total": 14, "refused": NO_MONEY}, "2 weeks; then the money of phase 2 does not pay for it."),
    ],
)  # fmt: skip
def test_how_far_it_can_slip(slack: dict[str, Any], said: str) -> None:
    assert fact("How far it can slip", **slack) == said


def test_nothing_to_slip_where_people_are_missing_on_the_next_day() -> None:
    assert fact("How far it can slip", free=0, total=0, refused=NO_DAYS) == (
        "Not by a day: Staff in Parks has too few days in quarter 3."
    )


def test_what_more_is_worth_stands_beside_the_date_that_it_binds() -> None:
    prices = [Price(12.0, role="team", quarter=2), Price(0.73, phase=1)]
    full = {"code": "capacity_full", "values": {"role": "team", "department": None, "quarter": 2}}
    spent = {"code": "budget_full", "values": {"phase": 1}}
    more = "What more would be worth"
    assert why_sentences.action_facts(told(then=full), NAMES, "EUR", prices)[more] == (
        "One more person-day of The team in quarter 2 is worth about 12 level-weeks, 1.2% of what the plan achieves."
    )
    assert why_sentences.action_facts(told(then=spent), NAMES, "EUR", prices)[more] == (
        "EUR 1,000 more in phase 1 is worth about 0.73 level-weeks, 0.073% of what the plan achieves."
    )
    assert more not in why_sentences.action_facts(told(), NAMES, "EUR", prices)
    assert more not in why_sentences.action_facts(told(then=full), NAMES, "EUR", [])


def test_two_digits_and_no_more() -> None:
    assert [amount_sentences.about(each) for each in (12_345, 99.6, 9.96, 1.04, 0.0734)] == [
        "about 12,000", "about 100", "about 10", "about 1", "about 0.073",
    ]  # fmt: skip
    assert price_sentences.price_sentence(Price(0.01, phase=4), {}, 1_000_000.0, "EUR").endswith(
        "less than 0.01% of what the plan achieves."
    )


def test_the_bottleneck_is_what_there_is_most_worth_of() -> None:
    prices = [
        Price(12.0, role="team", quarter=2), Price(10.0, role="team", quarter=3), Price(1.0, role="team", quarter=5),
        Price(20.0, role="staff", department="parks", quarter=1), Price(0.7, phase=1),
    ]  # fmt: skip
    days = {("team", None, 2, None): 40.0, ("team", None, 3, None): 40.0, ("staff", "parks", 1, None): 10.0}
    assert price_sentences.bottleneck(prices, days, NAMES) == (
        "The team in quarters 2 and 3 is what holds the plan back. "
        "In quarters without a price more of it would be worth nothing."
    )
    money = {**days, (None, None, None, 1): 5_000.0}
    assert price_sentences.bottleneck(prices, money, NAMES) == "Money for phase 1 is what holds the plan back."
    assert price_sentences.bottleneck([], {}, NAMES) == ""


def test_no_prices_say_why() -> None:
    assert "time" in price_sentences.no_prices(True)
    assert "no bound was found" in price_sentences.no_prices(False)


def way(**changes: Any) -> dict[str, Any]:
    return {
        "actions": ["x"], "days": [], "money": [], "decisions": [], "weeks_over": 0, "stuck": None, "value": 100.0,
        "price": None, "makes_room": [], "loss": None, **changes,
    }  # fmt: skip


def facts(**changes: Any) -> dict[str, str]:
    return entering_sentences.way_facts(way(**changes), NAMES, WHOLE, "EUR")


def test_a_way_that_fits_says_so() -> None:
    assert facts() == {
        "Would take": "“Do x”.",
        "What has to change": "Nothing is missing and nothing stands in the way: plan again to take it up.",
        "Would bring": "10% of what the plan achieves, about 100 level-weeks.",
    }
    assert facts(actions=["x", "y", "z/parks"])["Would take"] == "“Do x”, “Do y”, and then “Do z” in Parks."


def test_what_is_missing_is_said_by_quarter_and_phase() -> None:
    days = [
        {"role": "team", "department": None, "quarter": 2, "days": 5.2},
        {"role": "staff", "department": "parks", "quarter": 3, "days": 0.5},
    ]
    money = [{"phase": 3, "amount": 1500.0}, {"phase": 4, "amount": 9.0}]
    found = facts(days=days, money=money, makes_room=["y"], loss=50.0, price=60.0)
    assert found["What has to change"] == (
        "Missing: 5 person-days of The team in quarter 2 and under 1 person-day of Staff in Parks in quarter 3. "
        "Missing: EUR 1,500 in phase 3 and EUR 9 in phase 4."
    )
    assert found["Would bring"] == (
        "10% of what the plan achieves, about 100 level-weeks. "
        "The people and money it takes bring about 60 level-weeks where they are now."
    )
    assert found["Done in any case"] == "“Do y” would leave the plan, and the plan would achieve 5% less."
    assert facts(days=days * 4, loss=0.0)["What has to change"].endswith("and 3 more.")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"loss": None}, "Not even then: it does not fit whatever else would leave the plan."),
        ({"loss": 0.0}, "The plan would achieve as much as now."),
        ({"loss": -20.0}, "The plan would achieve 2% more."),
        ({"loss": 20.0}, "The plan would achieve 2% less."),
    ],
)
def test_done_in_any_case(changes: dict[str, Any], said: str) -> None:
    decisions = [{"action": "x", "kind": "rejected", "by": "Ada", "reason": "Too early."}]
    found = facts(decisions=decisions, price=0.0, **changes)
    assert found["Done in any case"] == said
    assert found["What has to change"] == "“Do x” is rejected by Ada (Too early): take that back first."
    assert found["Would bring"].endswith("The people and money it takes would hardly be missed elsewhere.")


def test_a_window_in_the_way_and_what_can_never_be() -> None:
    window = [{"action": "x", "kind": "not_after", "by": "", "reason": ""}]
    assert facts(decisions=window)["What has to change"] == (
        "“Do x” is not to start that late, as decided: take that back first."
    )
    late = facts(weeks_over=8)
    assert late["What has to change"] == (
        "Time: it would end 8 weeks after the three years of the plan, whatever people and money there were."
    )
    assert "Would bring" not in late
    assert facts(stuck="y")["What has to change"] == (
        "“Do y” starts from a level that nothing in the catalogue brings about in time."
    )


@pytest.mark.parametrize("kind", ["requires", "level", "people", "money"])
def test_every_link_of_the_chain_has_words(kind: str) -> None:
    said = why_sentences.link_words(kind, {"code": "at_once", "values": {}}, NAMES)
    assert said == f"{why_sentences.LINKS[kind]} Starts at once: nothing has to come first."
    assert why_sentences.link_words(None, {"code": "at_once", "values": {}}, NAMES).startswith("Starts at once")


def test_what_went_on_already_may_end_last() -> None:
    assert why_sentences.ends_last("“Do x”", date(2027, 3, 2)) == (
        "“Do x” went on already when the plan was made, and ends last of all, on 2 March 2027. Of the others:"
    )
