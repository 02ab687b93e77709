"""What is decided about actions, what stands against it, and what is known before a plan is made, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from maturity.words.messages import counted, joined, on_day
from maturity.words.plan_sentences import Coded, Names, named, sentence

MOST_NAMED = 4
DECIDED: dict[str, str] = {
    "rejected": "Rejected",
    "pinned": "Pinned to a start",
    "locked": "Locked where the plan has it",
    "must": "Wanted in any case",
    "not_before": "Not to start before",
    "not_after": "Not to start after",
}
_PAST = {"rejected": "rejected", "pinned": "pinned", "locked": "locked", "must": "wanted"}
Say = Callable[[Mapping[str, Any], Names], str]


def decided(kind: str, start: date | None) -> str:
    """What is decided, with its day: "Pinned to a start on 1 March 2027"."""
    if start is None:
        return DECIDED[kind]
    return f"{DECIDED[kind]}{' on' if kind in ('pinned', 'locked') else ''} {on_day(start)}"


def gone_action(code: str, names: Names) -> str:
    """What stands in place of an action's name where the catalogue does not have it, or the round not its department;
    retired actions keep their names."""
    return f"{named(code, names)}, which the action catalogue does not have (any more)"


def conflict_sentence(reason: Coded, names: Names) -> str:
    """Why decisions cannot all be kept, as one plain sentence."""
    say = _CONFLICTS.get(reason.code)
    return say(reason.values, names) if say else sentence(reason, names)


def advice_sentence(advice: Coded, names: Names) -> str:
    """What is known before a plan is made, as one or two plain sentences."""
    return _ADVICE[advice.code](advice.values, names)


def to_give_up(count: int, *, smallest: bool) -> str:
    """What the proposed set of decisions is."""
    these = "this decision" if count == 1 else f"these {count} decisions"
    if smallest:
        fewer = "" if count == 1 else " Fewer would not do."
        return f"Take back {these}, and all the others can be kept.{fewer}"
    return f"Take back {these}, and all the others can be kept. A smaller set may do as well."


def _day(value: date | str) -> str:
    return on_day(value if isinstance(value, date) else date.fromisoformat(value))


def _role(values: Mapping[str, Any], names: Names) -> str:
    role, place = names.get(values["role"], values["role"]), values["department"]
    return f"{role} in {names.get(place, place)}" if place else role


def _actions(codes: Sequence[str], names: Names) -> str:
    """Some actions by name, and how many more there are; copies of one action together."""
    copies: dict[str, list[str]] = {}
    for code in codes:
        copies.setdefault(code.partition("/")[0], []).append(code)
    said = [
        named(found[0], names) if len(found) == 1 else f"{named(action, names)} in {counted(len(found), 'department')}"
        for action, found in copies.items()
    ]
    if len(said) <= MOST_NAMED:
        return joined(said)
    return joined([*said[: MOST_NAMED - 1], counted(len(said) - MOST_NAMED + 1, "other action")])


def _places(departments: Sequence[str], names: Names) -> str:
    if len(departments) <= 3:
        return joined([names.get(each, each) for each in departments])
    return counted(len(departments), "department")


def _number(amount: float) -> str:
    return f"{amount:,.10g}" if amount == round(amount) else f"{amount:,.1f}"


def _span(word: str, values: Mapping[str, Any]) -> str:
    first, last = values["first"], values["last"]
    return f"{word} {first}" if first == last else f"{word}s {first} to {last}"


def _too_many_days(values: Mapping[str, Any], names: Names) -> str:
    needed, offered = values["needed"], values["offered"]
    return (
        f"What is locked, pinned or wanted, and what it requires, needs {_number(needed)} of {_number(offered)} "
        f"person-days of {_role(values, names)} in {_span('quarter', values)} "
        f"({_number(round(needed - offered, 2))} too many): {_actions(values['codes'], names)}."
    )


def _too_much_money(values: Mapping[str, Any], names: Names) -> str:
    needed, offered, currency = values["needed"], values["offered"], values["currency"]
    return (
        f"What is locked, pinned or wanted, and what it requires, costs {needed:,.0f} of {offered:,.0f} {currency} in "
        f"{_span('phase', values)} ({needed - offered:,.0f} too much): {_actions(values['codes'], names)}."
    )


def _wanted(values: Mapping[str, Any], names: Names) -> str:
    """The decided action with what was decided: “Open data” is pinned to 1 March 2027."""
    day = f" to {_day(values['start'])}" if values.get("start") else ""
    return f"{named(values['decided'], names)} is {_PAST[values['kind']]}{day}"


def _needs_rejected(values: Mapping[str, Any], names: Names) -> str:
    verb = "is" if len(values["actions"]) == 1 else "are"
    return f"{_wanted(values, names)}, but it requires {_actions(values['actions'], names)}, which {verb} rejected."


def _outside_window(values: Mapping[str, Any], names: Names) -> str:
    way = "before" if values["window"] == "not_before" else "after"
    return f"{_wanted(values, names)}, but also decided not to start {way} {_day(values['day'])}."


def _too_soon(values: Mapping[str, Any], names: Names) -> str:
    after = f", after {_actions(values['after'], names)}" if values["after"] else ""
    fixed = "" if values["kind"] != "must" else f" and would have to start by {_day(values['by'])}"
    return f"{_wanted(values, names)}{fixed}, but cannot start before {_day(values['earliest'])}{after}."


_CONFLICTS: dict[str, Say] = {
    "too_many_days": _too_many_days,
    "too_much_money": _too_much_money,
    "wanted_and_rejected": lambda values, names: f"{_wanted(values, names)}, and rejected as well.",
    "needs_rejected": _needs_rejected,
    "outside_window": _outside_window,
    "outside_plan": lambda values, names: (
        f"{_wanted(values, names)}, but to end within the plan it has to start from {_day(values['first'])} to "
        f"{_day(values['last'])}."
    ),
    "window_closed": lambda values, names: (
        f"{_wanted(values, names)}, but no day is left for it: it may start from {_day(values['opens'])} on, and "
        f"until {_day(values['latest'])}."
    ),
    "too_soon": _too_soon,
    "never_possible": lambda values, names: (
        f"{_wanted(values, names)}, but no chain of actions reaches the level that it starts from."
    ),
}


def _circle(values: Mapping[str, Any], names: Names) -> str:
    actions = values["actions"]
    chain = " → ".join(named(each, names) for each in (*actions, actions[0]))
    neither = {1: "it cannot", 2: "neither can"}.get(len(actions), "none of them can")
    where = f" in {_places(values['departments'], names)}" if values["departments"] else ""
    return f"{chain}: {neither} start{where}. Remove one of these links, or add another way to the level."


def _unreachable(values: Mapping[str, Any], names: Names) -> str:
    topic, departments = names.get(values["topic"], values["topic"]), values["departments"]
    reaches = values["reaches"]
    why = {
        "no_action": f"no action raises {reaches} to {reaches + 1}",
        "rejected": f"{named(values['action'], names)}, which would raise it, is rejected",
        "already_tried": f"{named(values['action'], names)} is done or running and has not brought level {reaches + 1}",
        "never_starts": f"{named(values['action'], names)}, which would raise it, can never start",
    }[values["why"]]
    return f"{topic} in {_places(departments, names)} can get to level {reaches} of {values['wanted']}: {why}."


def _after_horizon(values: Mapping[str, Any], names: Names) -> str:
    chain = ", then ".join(named(each, names) for each in values["chain"])
    return (
        f"Level {values['level']} of {names.get(values['topic'], values['topic'])} in "
        f"{_places(values['departments'], names)} comes in week {values['week']} at the earliest, and the plan ends "
        f"after {values['weeks']} weeks: {chain}."
    )


def _too_large(values: Mapping[str, Any], names: Names) -> str:
    places = values["departments"]
    where = f" in {_places(places, names)}" if places else ""
    return (
        f"{named(values['action'], names)} needs {_number(values['needs'])} person-days of "
        f"{names.get(values['role'], values['role'])}{where} in a quarter; the most there is is "
        f"{_number(values['most'])}."
    )


def _department_without_days(values: Mapping[str, Any], names: Names) -> str:
    departments, wide = values["departments"], values["city_wide"]
    has = "has" if len(departments) == 1 else "have"
    said = (
        f"{_places(departments, names)} {has} no person-days of {names.get(values['role'], values['role'])}: "
        "only city-wide actions that need none of them reach there."
    )
    if wide:
        said += (
            f" {counted(wide, 'city-wide action')} {'needs' if wide == 1 else 'need'} them too and cannot be planned."
        )
    return said


def _no_money(values: Mapping[str, Any], names: Names) -> str:
    unpriced = values["unpriced"]
    said = (
        f"There is no money: {values['free']} of {counted(values['actions'], 'action')} cost nothing and can be planned"
    )
    return f"{said}, {unpriced} of them because nobody has priced them." if unpriced else f"{said}."


def _too_expensive(values: Mapping[str, Any], names: Names) -> str:
    where = "all phases together have" if values["whole"] else "the largest budget of a phase is"
    return (
        f"{named(values['action'], names)} costs {values['cost']:,.0f} {values['currency']}; "
        f"{where} {values['most']:,.0f}."
    )


def _helps_some(values: Mapping[str, Any], names: Names) -> str:
    of, actions = values["departments"], values["actions"]
    if len(actions) > MOST_NAMED:
        least = min(helped for _, helped in actions)
        return (
            f"{len(actions)} city-wide actions help only some of the {of} departments, one of them only {least}; the "
            "others stand higher already or have no target there."
        )
    said = joined([f"{named(action, names)} helps {helped} of {of}" for action, helped in actions])
    return f"{said} departments; the others stand higher already or have no target there."


_ADVICE: dict[str, Say] = {
    "refused": lambda values, names: f"{values['said'][:1].upper()}{values['said'][1:]}.",
    "no_catalogue": lambda values, names: "No action catalogue fits this framework, so nothing can be planned.",
    "unknown_decision": lambda values, names: (
        f"{values['by'] or 'Somebody'} decided about {named(values['action'], names)}, which "
        f"{values['catalogue']} does not have (any more). Take the decision back."
    ),
    "decision_without_day": lambda values, names: (
        f"The decision about {named(values['action'], names)} needs a day and has none. Take it back, or decide anew."
    ),
    "unknown_mark": lambda values, names: (
        f"{values['action']} is marked as done or running, but {values['catalogue']} does not have it (any more). "
        "Take the mark off."
    ),
    "no_departments": lambda values, names: "There are no departments, so there is nothing to plan.",
    "nothing_wanted": lambda values, names: (
        "Nothing to plan: every target is reached, or none is set where a level is known."
    ),
    "circle": _circle,
    "unreachable": _unreachable,
    "after_horizon": _after_horizon,
    "too_long": lambda values, names: (
        f"{named(values['action'], names)} takes {counted(values['weeks'], 'week')}; from phase {values['phase']} on "
        f"the plan has {counted(values['left'], 'week')}."
    ),
    "no_day_left": lambda values, names: (
        f"{named(values['code'], names)} has no day to start on: what is decided about its start leaves none within "
        "the plan."
    ),
    "too_large": _too_large,
    "role_without_days": lambda values, names: (
        f"{names.get(values['role'], values['role'])} has no person-days in any quarter: "
        f"{counted(values['actions'], 'action')} cannot be planned."
    ),
    "department_without_days": _department_without_days,
    "no_money": _no_money,
    "too_expensive": _too_expensive,
    "beyond_target": lambda values, names: (
        f"{_actions(values['actions'], names)} would raise topics beyond their targets; only what leads to a target "
        "counts."
    ),
    "helps_some": _helps_some,
    "target_twice": lambda values, names: (
        f"Level {values['level']} of {names.get(values['topic'], values['topic'])} in "
        f"{names.get(values['department'], values['department'])} is wanted twice; it counts once."
    ),
}
