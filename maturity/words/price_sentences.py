"""What a little more of something scarce would be worth, and what holds a plan back: sentences from prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from maturity.words.amount_sentences import Document, level_weeks, role_words
from maturity.words.messages import joined
from maturity.words.plan_sentences import Names

A_LITTLE = 0.2
"""Share of the highest price from which a quarter counts among those that hold a plan back."""
MOST_PRICES = 5
QUARTERS = 12
Scarce = tuple[str | None, str | None, int | None, int | None]
"""Something scarce: role, department and quarter, or phase."""


class Priced(Protocol):
    """What one more person-day, or 1,000 more, would be worth."""

    @property
    def role(self) -> str | None: ...

    @property
    def department(self) -> str | None: ...

    @property
    def quarter(self) -> int | None: ...

    @property
    def phase(self) -> int | None: ...

    @property
    def worth(self) -> float: ...


def binding_price(told: Document, prices: Sequence[Priced]) -> Priced | None:
    """The price of what kept an action from starting a month earlier, where there is one."""
    values, code = told["then"]["values"], told["then"]["code"]
    for each in prices:
        wanted = (each.role, each.department, each.quarter)
        if code == "capacity_full" and wanted == (values["role"], values["department"], values["quarter"]):
            return each
        if code == "budget_full" and each.phase == values["phase"]:
            return each
    return None


def price_sentence(price: Priced, names: Names, value: float, currency: str) -> str:
    """What a little more of something is worth, in level-weeks and as a share of the plan's value."""
    if price.role is None:
        more = f"{currency} 1,000 more in phase {price.phase}"
    else:
        who = role_words(price.role, price.department, names)
        more = f"One more person-day of {who} in quarter {price.quarter}"
    return f"{more} is worth {level_weeks(price.worth)}, {_small_share(price.worth, value)} of what the plan achieves."


def _small_share(part: float, value: float) -> str:
    percent = 100 * part / value if value else 0.0
    return f"{percent:.2g}%" if percent >= 0.01 else "less than 0.01%"


def bottleneck(prices: Sequence[Priced], offered: Mapping[Scarce, float], names: Names) -> str:
    """What holds a plan back most, and when: the role, or the money, of which what there is would be worth most by its
    prices. `offered` is person-days by role, department and quarter, and thousands of money by phase."""
    worth: dict[tuple[str | None, str | None], float] = {}
    for each in prices:
        there = offered.get((each.role, each.department, each.quarter, each.phase), 0.0)
        worth[each.role, each.department] = worth.get((each.role, each.department), 0.0) + each.worth * max(1.0, there)
    if not worth:
        return ""
    role, department = max(worth, key=lambda each: worth[each])
    mine = [each for each in prices if (each.role, each.department) == (role, department)]
    highest = max(each.worth for each in mine)
    when = sorted((each.quarter or each.phase or 0) for each in mine if each.worth >= A_LITTLE * highest)
    if role is None:
        return f"Money for {_numbered('phase', when)} is what holds the plan back."
    nothing = " In quarters without a price more of it would be worth nothing." if len(mine) < QUARTERS else ""
    return (
        f"{role_words(role, department, names)} in {_numbered('quarter', when)} is what holds the plan back.{nothing}"
    )


def _numbered(what: str, numbers: Sequence[int]) -> str:
    return f"{what}{'s' if len(numbers) > 1 else ''} {joined([str(each) for each in numbers])}"


def no_prices(proven: bool) -> str:
    """Why no prices are shown."""
    if proven:
        return (
            "More people or more money alone would bring nothing worth naming: what holds this plan back is time, "
            "what has to come first, and when phases open."
        )
    return "What more people or money would be worth is not known: no bound was found when this plan was made."
