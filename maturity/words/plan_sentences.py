"""Why an action is in a plan and why then, why a step is left out, what stands against a decision or a target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any, Protocol

from maturity.words.messages import counted, joined, on_day, percent

Names = Mapping[str, str]


class Coded(Protocol):
    """A code with its values, such as a `Reason` of the planner."""

    @property
    def code(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


class Step(Protocol):
    """A step of a topic that an action brings about: see `planning.plan.Closes`."""

    @property
    def topic(self) -> str: ...
    @property
    def from_level(self) -> int: ...
    @property
    def to_level(self) -> int: ...


def steps_said(actions: Iterable[Iterable[Step]], name: Callable[[str], str]) -> list[str]:
    """The steps that actions bring about, the same step of several departments said once."""
    found = Counter((each.topic, each.from_level, each.to_level) for one in actions for each in dict.fromkeys(one))
    return [
        f"{name(topic)} {low} to {high}" + (f" ({counted(count, 'department')})" if count > 1 else "")
        for (topic, low, high), count in found.items()
    ]


def sentence(reason: Coded, names: Names) -> str:
    """A reason as one plain sentence. `names` gives actions, topics, departments and roles by id; an id without a name
    is shown as it is. Values may be dates or ISO texts, as a stored plan has them."""
    say = _SENTENCES.get(reason.code)
    return say(reason.values, names) if say else f"Left out: {reason.code.replace('_', ' ')}."


def named(code: str, names: Names) -> str:
    """An action by its title, and where it is a department's copy, in which one: “Open data” in Parks."""
    action, _, department = str(code).partition("/")
    name = f"“{names[action]}”" if action in names else action
    return f"{name} in {names.get(department, department)}" if department else name


def _day(value: date | str) -> str:
    return on_day(value if isinstance(value, date) else date.fromisoformat(value))


def _role(values: Mapping[str, Any], names: Names) -> str:
    role = names.get(values["role"], values["role"])
    place = values.get("department")
    return f"{role} in {names.get(place, place)}" if place else role


def _closes(values: Mapping[str, Any], names: Names) -> str:
    topics = [names.get(topic, topic) for topic in values["topics"]]
    steps, departments = counted(values["steps"], "step"), counted(values["departments"], "department")
    topic = joined(topics) if len(topics) <= 3 else counted(len(topics), "topic")
    share = percent(values["share"]) if values["share"] >= 0.01 else "less than 1%"
    return f"Brings about {steps} in {departments} ({topic}): {share} of what the plan achieves."


def _required_by(values: Mapping[str, Any], names: Names) -> str:
    actions = [named(action, names) for action in values["actions"]]
    if len(actions) > 2:
        return f"Needed before {joined([*actions[:2], counted(len(actions) - 2, 'other action')])}."
    return f"Needed before {joined(actions)}."


def _decided(verb: str) -> Callable[[Mapping[str, Any], Names], str]:
    def say(values: Mapping[str, Any], names: Names) -> str:
        by = f" by {names.get(values['by'], values['by'])}" if values.get("by") else ""
        return f"{verb}{by}" + (f": {values['reason'].rstrip('.')}." if values.get("reason") else ".")

    return say


def _after_level(values: Mapping[str, Any], names: Names) -> str:
    department, topic = (names.get(values[key], values[key]) for key in ("department", "topic"))
    return f"Starts once {department} reaches level {values['level']} in {topic}, on {_day(values['reached'])}."


def _no_capacity(values: Mapping[str, Any], names: Names) -> str:
    action = named(values["action"], names)
    return f"{_role(values, names)} has too few days for {action}, first in quarter {values['quarter']} of the plan."


def _too_large(values: Mapping[str, Any], names: Names) -> str:
    return (
        f"{named(values['action'], names)} needs {values['needs']:,.5g} person-days of {_role(values, names)} in a "
        f"quarter; the most there is is {values['most']:,.5g}."
    )


def _circle(values: Mapping[str, Any], names: Names) -> str:
    chain = " → ".join(named(each, names) for each in (*values["actions"], values["actions"][0]))
    return f"{chain}: each waits for the other, so none can start."


def _no_budget(values: Mapping[str, Any], names: Names) -> str:
    return f"The money for phase {values['phase']} does not pay for {named(values['action'], names)}."


def _no_time(values: Mapping[str, Any], names: Names) -> str:
    over = values.get("weeks_over")
    by = f" by {counted(over, 'week')}" if over else ""
    return f"{named(values['action'], names)} cannot finish within the three years{by}."


def _window(values: Mapping[str, Any], names: Names) -> str:
    day = _day(values["latest"])
    return f"{named(values['action'], names)} is not to start after {day}, and cannot start by then."


def _blocked_by_action(values: Mapping[str, Any], names: Names) -> str:
    wanted, action = named(values["wanted"], names), named(values["action"], names)
    if values["why"] == "no_level":
        return f"{wanted} would help, but no department reaches the level that {action} starts from."
    cause = "has been rejected" if values["why"] == "rejected" else "cannot be kept as decided"
    return f"{action} {cause}." if wanted == action else f"{wanted} would help, but it needs {action}, which {cause}."


_CAUSES: dict[str, Callable[[Mapping[str, Any], Names], str]] = {
    "no_capacity": _no_capacity,
    "no_budget": _no_budget,
    "no_time": _no_time,
    "window": _window,
    "no_room": lambda values, names: f"there is no room for {named(values['action'], names)}.",
    "rejected": lambda values, names: f"{named(values['action'], names)} has been rejected.",
    "conflict": lambda values, names: f"it needs {named(values['action'], names)}, which cannot be kept either.",
    "outside": lambda values, names: "on that date it would begin before the plan or end after it.",
    "too_early": lambda values, names: "what it requires is not finished by then.",
    "no_level": lambda values, names: (
        f"by then no department stands at the level that {named(values['action'], names)} starts from."
    ),
}


def _conflict(values: Mapping[str, Any], names: Names) -> str:
    decided = named(values["decided"], names)
    fixed = {"pinned": "pinned", "locked": "locked"}.get(values["kind"])
    kind = f"cannot start on the date it is {fixed} to" if fixed else "cannot be done as decided"
    return f"{decided} {kind}: {_CAUSES[values['why']](values, names)}"


_SENTENCES: dict[str, Callable[[Mapping[str, Any], Names], str]] = {
    "closes": _closes,
    "required_by": _required_by,
    "decided_must": _decided("Must be done, as decided"),
    "decided_pinned": _decided("Pinned to its date, as decided"),
    "decided_locked": _decided("Locked where the plan before has it, as decided"),
    "at_once": lambda values, names: "Starts at once: nothing has to come first.",
    "as_planned": lambda values, names: "Nothing keeps it from starting a month earlier.",
    "stays": lambda values, names: "Starts where the plan before had it.",
    "pinned": lambda values, names: f"Starts on {_day(values['start'])} because it is pinned to that date.",
    "phase_opens": lambda values, names: f"Starts when phase {values['phase']} opens, on {_day(values['start'])}.",
    "not_before": lambda values, names: _decided(f"Not to start before {_day(values['start'])}, as decided")(
        values, names
    ),
    "after_action": lambda values, names: (
        f"Starts after {named(values['action'], names)}, which ends on {_day(values['finish'])}."
    ),
    "after_running": lambda values, names: (
        f"Starts after {named(values['action'], names)}, which is running and expected to end "
        f"on {_day(values['finish'])}."
    ),
    "after_level": _after_level,
    "capacity_full": lambda values, names: (
        f"Could not start a month earlier: {_role(values, names)} has no days left in quarter {values['quarter']}."
    ),
    "budget_full": lambda values, names: (
        f"Could not start a month earlier: the money for phase {values['phase']} is spent."
    ),
    "no_action": lambda values, names: "No action in the catalogue lifts this topic over this step.",
    "no_time": _no_time,
    "no_capacity": _no_capacity,
    "too_large": _too_large,
    "circle": _circle,
    "no_budget": _no_budget,
    "window": _window,
    "no_room": lambda values, names: (
        f"{named(values['action'], names)} would fit, but was not found in time; plan again with more iterations."
    ),
    "rejected": lambda values, names: f"{named(values['action'], names)} would help, but has been rejected.",
    "blocked_by": lambda values, names: f"Level {values['level']} has to come first, and the plan does not reach it.",
    "blocked_by_action": _blocked_by_action,
    "running": lambda values, names: (
        f"{named(values['action'], names)} is running and expected to bring this about by {_day(values['by'])}."
    ),
    "already_tried": lambda values, names: (
        f"{named(values['action'], names)} is done or running, but has not brought this level about; "
        "no other action would."
    ),
    "no_catalogue": lambda values, names: "No action catalogue fits this framework.",
    "no_levels": lambda values, names: "This framework counts points and has no levels to plan for.",
    "coverage_too_low": lambda values, names: "Too few questions were answered to say which level is reached.",
    "not_answered": lambda values, names: "Nothing has been answered here yet.",
    "conflict": _conflict,
}


def best_possible(value: float, upper_bound: float | None) -> str:
    """How much more the best plan could close at most, in per cent of this one, rounded up; or that nobody knows."""
    if upper_bound is None:
        return "How far this is from the best possible plan is not known: no bound was found when it was made."
    if value <= 0:
        return _NOTHING_CLOSED if upper_bound > 0 else "No plan under these limits could close anything."
    # The bound itself is raised by a millionth against rounding; that alone is no per cent more.
    share = ceil(100 * (upper_bound / value - 1) - 1e-3)
    if share <= 0:
        return "No plan under these limits could close more."
    return f"No plan under these limits could close more than {share}% more."


def left_unseen(departments: Sequence[str], names: Names) -> str:
    """Which departments see nothing of a plan though they want something; empty where there are none."""
    if not departments:
        return ""
    who = joined([names.get(each, each) for each in departments])
    verb = "sees" if len(departments) == 1 else "see"
    return f"{who} {verb} no action of this plan, though something is wanted there."


_NOTHING_CLOSED = "This plan closes nothing; whether another could is not known."


class Warned(Protocol):
    """What is to be thought over in a target."""

    @property
    def code(self) -> str: ...

    @property
    def level(self) -> int: ...

    @property
    def reached(self) -> int: ...

    @property
    def reason(self) -> str: ...


def target_warning(warning: Warned) -> str:
    """A warning about a target as one plain sentence."""
    said = {
        "too_fast": f"From level {warning.reached} to {warning.level} by this date is more than one level a year; "
        "few organisations manage that.",
        "capped": f"Readiness speaks against level {warning.level} for now: {warning.reason.rstrip('.')}.",
        "beyond_top": f"The scale has no level {warning.level}; choose a lower one.",
        "not_above": f"Level {warning.level} is already reached.",
    }
    return said[warning.code]
