"""What may be entered about people and money: each refusal one sentence that says what, where and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from maturity.operations.changes import short_text
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.planning.catalogue import ActionCatalogue, Role
from maturity.planning.request import QUARTERS, Capacity
from maturity.planning.spending import (
    SOURCE_KINDS,
    WAYS,
    Amounts,
    CapacityChange,
    Commitment,
    Line,
    MissingSkill,
    Source,
    Terms,
)

MOST = 1e9
"""Nobody has more money or days than this; beyond it a number is a slip."""
LONGEST_NAME = 200
MOST_KEPT_BACK = 0.9
YEARS = range(2000, 2101)


def checked_line(catalogue: ActionCatalogue | None, round_: Round, line: Line) -> Line:
    """The line with its texts trimmed and its numbers in cents and hundredths, or a refusal."""
    if isinstance(line, Source):
        return _source(line)
    if isinstance(line, Commitment):
        return _commitment(catalogue, round_, line)
    if isinstance(line, CapacityChange):
        return _change(catalogue, round_, line)
    return _skill(catalogue, round_, line)


def _source(line: Source) -> Source:
    name = _name(line.name, "the name of the source")
    if line.kind not in SOURCE_KINDS:
        raise Refused(f"{name} is money of one of the kinds {', '.join(SOURCE_KINDS)}, not {line.kind!r}; choose one")
    return replace(line, name=name, amounts=amounts(line.amounts, name), note=short_text(line.note, "the note"))


def _commitment(catalogue: ActionCatalogue | None, round_: Round, line: Commitment) -> Commitment:
    partner = _name(line.partner, "the name of the partner")
    given = amounts(line.amounts, partner)
    lent: tuple[float, ...] = ()
    if any(line.days):  # NaN counts as something, so it is refused and not left out
        if line.role is None:
            raise Refused(f"{partner} gives person-days, but of which role is missing; choose the role")
        _place(catalogue, round_, line.role, line.department, of_all=False)
        lent = days(line.days, partner)
    if not any(given) and not lent:
        raise Refused(f"{partner} gives neither money nor person-days yet; enter one of them")
    where = {} if lent else {"role": None, "department": None}
    return replace(line, partner=partner, amounts=given, days=lent, note=short_text(line.note, "the note"), **where)


def _change(catalogue: ActionCatalogue | None, round_: Round, line: CapacityChange) -> CapacityChange:
    reason = _name(line.reason, "the reason why the person-days change")
    _place(catalogue, round_, line.role, line.department, of_all=True)
    _quarter(line.first)
    _quarter(line.last)
    if line.first > line.last:
        raise Refused(f"{reason!r} lasts from quarter {line.first} to {line.last}; the last comes after the first")
    if not isfinite(line.days) or not 0 < abs(line.days) <= MOST:
        raise Refused(f"{reason!r} needs the person-days a quarter, more (10) or less (-10), not {_written(line.days)}")
    return replace(line, reason=reason, days=round(line.days, 2))


def _skill(catalogue: ActionCatalogue | None, round_: Round, line: MissingSkill) -> MissingSkill:
    skill = _name(line.skill, "the name of the skill")
    _place(catalogue, round_, line.role, line.department, of_all=True)
    _quarter(line.there_from)
    if line.way not in WAYS:
        raise Refused(f"{skill!r} is closed by one of {', '.join(WAYS)}, not {line.way!r}; choose one")
    return replace(line, skill=skill, note=short_text(line.note, "the note"))


def checked_terms(terms: Terms) -> Terms:
    """The terms, or a refusal."""
    currency = terms.currency.strip().upper() if terms.currency else None
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        raise Refused(f"a currency is three letters, as in EUR, not {currency!r}; mend it")
    if terms.price_year is not None and terms.price_year not in YEARS:
        raise Refused(f"the price year is from {YEARS[0]} to {YEARS[-1]}, not {terms.price_year}; mend it")
    for what, share in (("money", terms.money_contingency), ("person-days", terms.days_contingency)):
        if not 0 <= share <= MOST_KEPT_BACK:
            raise Refused(f"the contingency of {what} is from 0 to 90 per cent, not {100 * share:g}; mend it")
    if not 0 <= terms.discount < 1:
        raise Refused(f"the discount is from 0 to below 100 per cent a year, not {100 * terms.discount:g}; mend it")
    return replace(terms, currency=currency or None)


def check_capacity(catalogue: ActionCatalogue | None, round_: Round, capacity: Capacity) -> Capacity:
    """The person-days of one place, to hundredths, or a refusal."""
    role = _place(catalogue, round_, capacity.role, capacity.department, of_all=False)
    return replace(capacity, days=days(capacity.days, role.name))


def amounts(given: Sequence[float], what: str) -> Amounts:
    """Four amounts of money in cents, or a refusal that says whose."""
    if len(given) != 4 or not all(isfinite(each) and 0 <= each <= MOST for each in given):
        raise Refused(
            f"{what} is four amounts from 0 to {MOST:,.0f}, one a phase, not {_listed(given)}; mend the numbers"
        )
    first, second, third, fourth = (round(float(each), 2) for each in given)
    return first, second, third, fourth


def days(given: Sequence[float], what: str) -> tuple[float, ...]:
    """Twelve numbers of person-days to hundredths, or a refusal that says whose."""
    if len(given) != QUARTERS or not all(isfinite(each) and 0 <= each <= MOST for each in given):
        raise Refused(
            f"{what} needs {QUARTERS} numbers of person-days from 0 to {MOST:,.0f}, one a quarter, "
            f"not {_listed(given)}; mend the numbers"
        )
    return tuple(round(float(each), 2) for each in given)


def _listed(given: Sequence[float]) -> str:
    """What was given, as far as it says something: the first that cannot be meant, or how many there are."""
    wrong = next((each for each in given if not (isfinite(each) and 0 <= each <= MOST)), None)
    return str(len(given)) if wrong is None else _written(wrong)


def _written(number: float) -> str:
    """A number as people write it: 10,000,000,000 and not 1e+10."""
    return f"{number:,.2f}".removesuffix(".00") if abs(number) < 1e15 else f"{number:g}"


def _place(
    catalogue: ActionCatalogue | None, round_: Round, code: str, department: str | None, *, of_all: bool
) -> Role:
    role = catalogue.role.get(code) if catalogue else None
    if role is None:
        raise Refused(f"the catalogue has no role {code!r}; choose one of its roles")
    if role.scope == "city" and department is not None:
        raise Refused(f"{role.name} exists once in the city; give its person-days there")
    if role.scope == "department" and department is None and not of_all:
        raise Refused(f"{role.name} exists in each department; give its person-days there")
    if department is not None and department not in round_.names:
        raise Refused(f"round {round_.name!r} has no department {department!r}; choose one of its departments")
    return role


def _quarter(quarter: int) -> None:
    if quarter not in range(1, QUARTERS + 1):
        raise Refused(f"a plan has the quarters 1 to {QUARTERS}, not {quarter}; choose one of them")


def _name(text: str, what: str) -> str:
    kept = short_text(text, what, least=1)
    if len(kept) > LONGEST_NAME:
        raise Refused(f"{what} has {len(kept)} characters, at most {LONGEST_NAME} are kept; shorten it")
    return kept
