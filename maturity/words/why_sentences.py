"""Why an action is in a plan and what hangs on it, what a step left out would take, and what holds a plan back:
sentences from the documents of `planning.explained` and from prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import floor
from types import SimpleNamespace
from typing import Any, Protocol

from maturity.words.messages import counted, on_day
from maturity.words.plan_sentences import Names, named, sentence

LEVEL_WEEK = (
    "A level-week is one topic of one department standing one level higher for one week, times the topic's importance "
    "and the department's weight."
)
NOT_THE_SAME = (
    "The round, its targets or what is done already have changed since this plan was made, so what would follow cannot "
    "be worked out any more. Plan again to see it. What was noted when the plan was made:"
)
NO_WAY = "Nothing in the catalogue brings this step about. An action of your own could: add it to the catalogue."
FITS = "Nothing is missing and nothing stands in the way: plan again to take it up."
LEVEL_ALONE = "Nothing by itself: it makes others possible."
MOST_NAMED = 3
MOST_PRICES = 5
A_LITTLE = 0.2
"""Share of the highest price from which a quarter counts among those that hold a plan back."""

QUARTERS = 12

Document = Mapping[str, Any]
Scarce = tuple[str | None, str | None, int | None, int | None]
"""Something scarce: role, department and quarter, or phase."""
LINKS = {
    "requires": "It needs what the one before delivers.",
    "level": "It starts from the level that the one before brings about.",
    "people": "It waits for people whom the one before keeps busy.",
    "money": "It waits because the one before has taken the money.",
}


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


def action_facts(told: Document, names: Names, currency: str, prices: Sequence[Priced] = ()) -> dict[str, str]:
    """What is said about a planned action, by heading; to be read in half a minute."""
    found = {
        "Brings about": _brings(told, names),
        "Why then": " ".join([sentence(_reason(told["then"]), names), *_held(told, names, currency)]),
        "Others wait for it": _unlocks(told, names),
        "Without it": _lost(told, names),
        "How far it can slip": _slip(told, names),
    }
    worth = binding_price(told, prices)
    if worth is not None:
        found["What more would be worth"] = price_sentence(worth, names, told["value"], currency)
    return found


def _reason(written: Document) -> Any:
    return SimpleNamespace(code=written["code"], values=written["values"])


def share(value: float, whole: float) -> str:
    """A part of what a plan achieves, in whole per cent, rounded down: "12%", "less than 1%"."""
    part = value / whole if whole else 0.0
    return f"{floor(part * 100 + 1e-9)}%" if part >= 0.01 else "less than 1%"


def about(number: float) -> str:
    """A number of two digits, because it holds no more: "about 1,200", "about 0.73"."""
    two = float(f"{number:.2g}")
    return f"about {two:,.0f}" if two >= 10 else f"about {two:g}"


def level_weeks(number: float) -> str:
    """Level-weeks of two digits."""
    return f"{about(number)} level-week{'' if float(f'{number:.2g}') == 1 else 's'}"


def joined(words: Sequence[str]) -> str:
    """The words as a list in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _brings(told: Document, names: Names) -> str:
    steps: dict[tuple[str, int, int], int] = {}
    for each in told["closes"]:
        step = (each["topic"], each["from_level"], each["to_level"])
        steps[step] = steps.get(step, 0) + 1
    if not steps:
        return LEVEL_ALONE
    said = [
        f"{names.get(topic, topic)} from level {low} to {high}"
        + (f" in {counted(count, 'department')}" if count > 1 else "")
        for (topic, low, high), count in steps.items()
    ]
    value = sum(each["value"] for each in told["closes"])
    return f"{joined(said)}: {share(value, told['value'])} of what the plan achieves, {level_weeks(value)}."


def _held(told: Document, names: Names, currency: str) -> list[str]:
    """Who holds the place: copies of an action in several departments as one."""
    if not told["held"]:
        return []
    amounts: dict[str, float] = {}
    for each in told["held"]:
        code = each["action"].partition("/")[0] if _copies(told["held"], each["action"]) > 1 else each["action"]
        amounts[code] = amounts.get(code, 0.0) + each["amount"]
    money = told["then"]["code"] == "budget_full"
    what = "money is taken" if money else "days are held"
    said = [
        f"{named(code, names)} ({_amount(amount, currency if money else '')})"
        for code, amount in sorted(amounts.items(), key=lambda each: -each[1])
    ]
    if len(said) > MOST_NAMED:
        said = [*said[:MOST_NAMED], counted(len(said) - MOST_NAMED, "other action")]
    return [f"The {what} by {joined(said)}."]


def _copies(held: Iterable[Document], code: str) -> int:
    return sum(each["action"].partition("/")[0] == code.partition("/")[0] for each in held)


def _amount(amount: float, currency: str) -> str:
    return f"{currency} {amount:,.0f}" if currency else person_days(amount)


def person_days(days: float) -> str:
    """Person-days as people say them: whole, and never 0 where there are some."""
    return "under 1 person-day" if days < 1 else counted(round(days), "person-day")


def _unlocks(told: Document, names: Names) -> str:
    loss = told["loss"]
    steps = f"{counted(loss['steps'], 'step')}, {share(loss['value'], told['value'])} of what the plan achieves"
    if loss["goes"]:
        who = "it" if len(loss["goes"]) == 1 else "they"
        further = f" Beyond its own it makes possible {steps}." if loss["steps"] else ""
        return f"{some_actions(loss['goes'], names)}; without it {who} would go too.{further}"
    if loss["steps"]:
        verb = "counts" if loss["steps"] == 1 else "count"
        return f"No action, but {steps}, which others bring about, {verb} only once its own are reached."
    return "No other action and no further step."


def some_actions(codes: Sequence[str], names: Names, most: int = MOST_NAMED) -> str:
    """Actions by name, copies in several departments as one, the last of many only counted."""
    places: dict[str, list[str]] = {}
    for code in codes:
        places.setdefault(code.partition("/")[0], []).append(code)
    said = [
        named(found[0], names) if len(found) == 1 else f"{named(action, names)} in {len(found)} departments"
        for action, found in places.items()
    ]
    if len(said) > most:
        said = [*said[:most], counted(len(said) - most, "other action")]
    return joined(said)


def _lost(told: Document, names: Names) -> str:
    loss, whole = told["loss"], told["value"]
    if loss["direct"] <= 0:
        return "Nothing would be lost: others bring the same about as soon."
    direct = f"The plan would achieve {share(loss['direct'], whole)} less ({level_weeks(loss['direct'])})"
    if loss["net"] >= loss["direct"]:
        return f"{direct}, and nothing else could bring any of it back."
    how = f" {some_actions(loss['enters'], names)} would enter." if loss["enters"] else ""
    if loss["net"] <= 0:
        return f"{direct} at first; planned again without it, nothing would be lost.{how}"
    return f"{direct} at first, and {share(loss['net'], whole)} less once planned again without it.{how}"


def _slip(told: Document, names: Names) -> str:
    chain = " It is one of those that set the end date." if told["critical"] else ""
    if told["free"] == 0 and told["refused"]:
        return f"Not by a day: {_runs_out(told['refused'], names)}.{chain}"
    if told["total"] == 0:
        return "Not by a day: the end of the plan would move." + chain
    if told["free"] == 0 and told["moves_first"]:
        first = f"Not by a day before {named(told['moves_first'], names)} has to move too"
    elif told["moves_first"]:
        first = f"{how_long(told['free'])} before {named(told['moves_first'], names)} has to move too"
    elif told["refused"]:
        return f"{how_long(told['free'])}; then {_runs_out(told['refused'], names)}.{chain}"
    else:
        return f"{how_long(told['free'])} before the end of the plan moves, and nothing else has to.{chain}"
    later = (
        f", {how_long(told['total']).lower()} before the end of the plan does" if told["total"] > told["free"] else ""
    )
    return f"{first}{later}.{chain}"


def _runs_out(refused: Document, names: Names) -> str:
    values = refused["values"]
    if refused["code"] == "no_budget":
        return f"the money of phase {values['phase']} does not pay for it"
    return f"{role_words(values['role'], values['department'], names)} has too few days in quarter {values['quarter']}"


def how_long(days: int) -> str:
    """Days, from two weeks on as whole weeks: "9 days", "12 weeks"."""
    return counted(days, "day") if days < 14 else f"{days // 7} weeks"


def role_words(role: str, department: str | None, names: Names) -> str:
    """A role, and in which department."""
    who = names.get(role, role)
    return f"{who} in {names.get(department, department)}" if department else who


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


def way_facts(way: Document, names: Names, value: float, currency: str) -> dict[str, str]:
    """One way to a step that is left out: what would have to change, by heading."""
    found = {"Would take": _would_take(way["actions"], names), "What has to change": _to_change(way, names, currency)}
    if way["stuck"] or way["weeks_over"]:
        return found
    found["Would bring"] = f"{share(way['value'], value)} of what the plan achieves, {level_weeks(way['value'])}."
    if way["price"] is not None and way["value"] > 0:
        found["Would bring"] += f" {_worth_it(way['value'], way['price'])}"
    if way["days"] or way["money"] or way["decisions"]:
        found["Done in any case"] = _anyway(way, names, value)
    return found


def _would_take(codes: Sequence[str], names: Names) -> str:
    said = [named(code, names) for code in codes]
    return said[0] + "." if len(said) == 1 else f"{', '.join(said[:-1])}, and then {said[-1]}."


def _to_change(way: Document, names: Names, currency: str) -> str:
    if way["stuck"]:
        return f"{named(way['stuck'], names)} starts from a level that nothing in the catalogue brings about in time."
    if way["weeks_over"]:
        late = counted(way["weeks_over"], "week")
        return f"Time: it would end {late} after the three years of the plan, whatever people and money there were."
    said = [_taken_back(each, names) for each in way["decisions"]]
    if way["days"]:
        missing = [
            f"{person_days(each['days'])} of {role_words(each['role'], each['department'], names)} "
            f"in quarter {each['quarter']}"
            for each in way["days"][:MOST_PRICES]
        ]
        more = len(way["days"]) - len(missing)
        said.append(f"Missing: {joined([*missing, f'{more} more'] if more > 0 else missing)}.")
    if way["money"]:
        money = [f"{currency} {each['amount']:,.0f} in phase {each['phase']}" for each in way["money"]]
        said.append(f"Missing: {joined(money)}.")
    return " ".join(said) or FITS


def _taken_back(decision: Document, names: Names) -> str:
    by = f" by {names.get(decision['by'], decision['by'])}" if decision["by"] else ""
    because = f" ({decision['reason'].rstrip('.')})" if decision["reason"] else ""
    said = "is rejected" if decision["kind"] == "rejected" else "is not to start that late, as decided"
    return f"{named(decision['action'], names)} {said}{by}{because}: take that back first."


def _worth_it(value: float, price: float) -> str:
    if price <= 0:
        return "The people and money it takes would hardly be missed elsewhere."
    return f"The people and money it takes bring {level_weeks(price)} where they are now."


def _anyway(way: Document, names: Names, value: float) -> str:
    if way["loss"] is None:
        return "Not even then: it does not fit whatever else would leave the plan."
    leaves = f"{some_actions(way['makes_room'], names)} would leave the plan, and " if way["makes_room"] else ""
    if way["loss"] > 0:
        said = f"{leaves}the plan would achieve {share(way['loss'], value)} less."
    elif way["loss"] < 0:
        said = f"{leaves}the plan would achieve {share(-way['loss'], value)} more."
    else:
        said = f"{leaves}the plan would achieve as much as now."
    return said[:1].upper() + said[1:]


def link_words(kind: str | None, reason: Document, names: Names) -> str:
    """Why an action of the chain that sets the end date cannot start earlier: the kind of its link, and the reason."""
    because = sentence(_reason(reason), names)
    return because if kind is None else f"{LINKS[kind]} {because}"


def ends_last(action: str, day: date) -> str:
    """Of an action that went on when the plan was made, and ends after all that was planned."""
    return f"{action} went on already when the plan was made, and ends last of all, on {on_day(day)}. Of the others:"
