"""What is said about people and money: sources, partners, the calendar, missing skills, terms, defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from maturity.words.messages import counted, on_day

SOURCE_KINDS: Mapping[str, str] = {
    "own": "Own budget",
    "grant": "Grant",
    "partner": "Paid by a partner",
    "other": "Other money",
}
WAYS: Mapping[str, str] = {
    "train": "Train people",
    "hire": "Hire somebody",
    "borrow": "Borrow from a partner",
    "buy": "Buy the service",
}
CONTINGENCY = (
    "The contingency is kept back for what nobody foresees; no plan spends it. We recommend 10% of the money while "
    "costs are estimates. 0 until you set it."
)
DAYS_CONTINGENCY = "Kept back in the same way from everybody's person-days, for illness and urgent work."
CARRY_OVER = "What a phase leaves over may be spent in the next. Turn it off where money lapses at the end of a phase."
DISCOUNT = (
    "How much less a level counts if it is reached a year later. At 0 it counts for as long as it is held, which "
    "favours early steps already; 3 to 5% is usual where public money is weighed over years."
)
PASTE = "One number for every quarter, or 12 numbers copied from a row or column of a spreadsheet."
NO_SKILLS = "No missing skills are entered."


def money_terms(currency: str, price_year: int | None) -> str:
    """In which money sums are: "All sums are in EUR at prices of 2026."."""
    prices = f" at prices of {price_year}" if price_year else ""
    return f"All sums are in {currency}{prices}."


def nothing_is_converted(own: str, catalogue: str) -> str:
    """A warning where people count in another currency than the catalogue."""
    return (
        f"The catalogue's costs are in {catalogue}, your money is in {own}, and nothing is converted. "
        f"Enter the money in {catalogue}, or give the actions costs in {own}."
    )


def default_budget(each: str, staff: int, whole: str) -> str:
    """Where the default budget comes from; `each` and `whole` are amounts with their currency."""
    return (
        f"The budgets are defaults for an organisation of {staff:,} employees: {each} a year for each of them, {whole} "
        "in three years. This is our own estimate; it counts until you enter a source."
    )


DEFAULT_DAYS = "The person-days are defaults of the catalogue, estimated for a mid-sized council."


def kept_back(share: float) -> str:
    """The name of the row with the contingency: "Kept back, 10%"."""
    return f"Kept back, {100 * share:.3g}%"


def change_words(days: float, first: int, last: int, quarters: int, reason: str, place: str = "") -> str:
    """One line of the calendar: "+55 person-days a quarter from quarter 3 on: a new hire"."""
    when = _quarters(first, last, quarters)
    where = f" in {place}" if place else ""
    return f"{days:+,.10g} person-days {when}{where}: {reason}"


def _quarters(first: int, last: int, quarters: int) -> str:
    if first == last:
        return f"in quarter {first}"
    if last == quarters:
        return "in every quarter" if first == 1 else f"a quarter from quarter {first} on"
    return f"a quarter from quarter {first} to {last}"


def lent_words(days: Sequence[float], partner: str, place: str = "") -> str:
    """What a partner gives in time: "+44 person-days from The region, in quarters 1 and 2"."""
    given = [str(number) for number, each in enumerate(days, start=1) if each]
    where = f" in {place}" if place else ""
    named = f"quarter {given[0]}" if len(given) == 1 else f"quarters {', '.join(given[:-1])} and {given[-1]}"
    when = "over all quarters" if len(given) == len(days) else f"in {named}"
    return f"+{sum(days):,.10g} person-days from {partner}{where}, {when}"


def skill_words(skill: str, who: str, way: str, there: date, quarter: int, waiting: Sequence[str]) -> str:
    """A missing skill, how it is closed and by when, and the actions that need it before then, by title."""
    closed = {
        "train": "people are trained",
        "hire": "somebody is hired",
        "borrow": "it is borrowed from a partner",
        "buy": "it is bought",
    }[way]
    told = f"{skill}: {who} lacks it until {on_day(there)} (quarter {quarter}); {closed}."
    if not waiting:
        return f"{told} No action of the plan needs this role before that."
    more = f" and {counted(len(waiting) - 3, 'other')}" if len(waiting) > 3 else ""
    names = ", ".join(f"“{each}”" for each in waiting[:3])
    need = "1 action needs" if len(waiting) == 1 else f"{len(waiting)} actions need"
    return f"{told} {need} this role before that: {names}{more}."


def taken_over(earlier: str, left: int) -> str:
    """What was copied from an earlier round; `left` lines have no role or department any more."""
    behind = f" {counted(left, 'line')} stayed behind: the role or department is not there any more." if left else ""
    return f"Taken over from {earlier}.{behind} Look through it before a plan is made."


def full_quarters(full: Mapping[str, Sequence[str]]) -> str:
    """Which roles have no day left to give in which quarters, by role."""
    if not full:
        return "Nobody's quarter is full: everybody has more than a twentieth of their days left in each."
    told = "; ".join(f"{role} in {', '.join(quarters)}" for role, quarters in full.items())
    return f"Full, with at most a twentieth of the days left: {told}."


def left_over(carry_over: bool) -> str:
    """What becomes of money that a phase leaves."""
    if carry_over:
        return "Money that a phase leaves over can be spent in the next."
    return "Money that a phase leaves over lapses: each phase has to do with its own."


def parted(unparted: int) -> str:
    """What is once and what is running; `unparted` counts actions whose cost people have set themselves."""
    told = "Once is what an action costs to bring about; running is what it costs from then to the end of the plan."
    if unparted:
        told += f" {counted(unparted, 'action')} with a cost of people's own {_is(unparted)} not parted."
    return told


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
