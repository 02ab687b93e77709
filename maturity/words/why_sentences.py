"""Why an action is in a plan and what hangs on it: sentences from the documents of `planning.explained`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from maturity.words.amount_sentences import (
    MOST_NAMED,
    Document,
    how_long,
    level_weeks,
    person_days,
    role_words,
    share,
    some_actions,
)
from maturity.words.messages import counted, joined, on_day
from maturity.words.plan_sentences import Names, named, sentence
from maturity.words.price_sentences import Priced, binding_price, price_sentence

LEVEL_WEEK = (
    "A level-week is one topic of one department standing one level higher for one week, times the topic's importance "
    "and the department's weight."
)
NOT_THE_SAME = (
    "The round, its targets or what is done already have changed since this plan was made, so what would follow cannot "
    "be worked out any more. Plan again to see it. What was noted when the plan was made:"
)
LEVEL_ALONE = "Nothing by itself: it makes others possible."
LINKS = {
    "requires": "It needs what the one before delivers.",
    "level": "It starts from the level that the one before brings about.",
    "people": "It waits for people whom the one before keeps busy.",
    "money": "It waits because the one before has taken the money.",
}


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


def link_words(kind: str | None, reason: Document, names: Names) -> str:
    """Why an action of the chain that sets the end date cannot start earlier: the kind of its link, and the reason."""
    because = sentence(_reason(reason), names)
    return because if kind is None else f"{LINKS[kind]} {because}"


def ends_last(action: str, day: date) -> str:
    """Of an action that went on when the plan was made, and ends after all that was planned."""
    return f"{action} went on already when the plan was made, and ends last of all, on {on_day(day)}. Of the others:"
