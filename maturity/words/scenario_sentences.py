"""Why a new plan moves an action, and what a scenario comes to, said so that a mayor understands it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import floor
from typing import Any, Protocol

from maturity.words.chart_sentences import subtitle_of
from maturity.words.chart_titles import fitting
from maturity.words.messages import counted, on_day
from maturity.words.plan_sentences import Coded, Names, named

NAMES = {
    "planned": "As planned",
    "minimum": "Do minimum",
    "fast": "Fast",
    "less": "A fifth less money",
    "person": "One more person",
    "own": "Your own",
}
"""The scenarios by key, in the order in which they stand."""

CALM = "Keep to the current plan where nothing speaks against it"
FROM_NOTHING = "From nothing"
NOT_KEPT = (
    "Scenarios are computed anew each time and kept by nobody. All start from today's targets, decisions, people and "
    "money, and stay as near to the current plan as their limits let them."
)
CHANGED = "Something that these scenarios were made from has changed. Compare them again."
NOT_ONE = "No scenario could be computed:"
SOME = "Not all scenarios could be computed:"
UNDECIDED = (
    "Undecided means: the difference is smaller than what the planner can prove. The best plan under the one limits "
    "may be as good as the best under the others."
)


def move_sentence(reason: Coded, names: Names) -> str:
    """Why an action is not where the current plan has it, as one or two plain sentences."""
    say = _MOVES.get(reason.code)
    said = say(reason.values, names) if say else f"It moves: {reason.code.replace('_', ' ')}."
    return f"It was about to begin. {said}" if reason.values.get("committed") else said


def _no_capacity(values: Mapping[str, Any], names: Names) -> str:
    role = names.get(values["role"], values["role"])
    place = values.get("department")
    who = f"{role} in {names.get(place, place)}" if place else role
    return f"{who} has too few days left for it in quarter {values['quarter']} of the plan."


def _on(value: date | str) -> str:
    return on_day(value if isinstance(value, date) else date.fromisoformat(value))


def _share(share: float) -> str:
    """A share in per cent with one digit, and never 0 where there is one."""
    return "under 0.1%" if 0 < share < 0.001 else f"{100 * share:.1f}%"


_MOVES: dict[str, Callable[[Mapping[str, Any], Names], str]] = {
    "no_capacity": _no_capacity,
    "no_budget": lambda values, names: f"The money for phase {values['phase']} no longer pays for it.",
    "rejected": lambda values, names: "It has been rejected.",
    "needs": lambda values, names: f"It needs {named(values['needed'], names)}, which is not finished by then.",
    "no_level": lambda values, names: "By then no department stands at the level that it starts from.",
    "not_before": lambda values, names: f"It is not to start before {_on(values['start'])}.",
    "not_after": lambda values, names: f"It is not to start after {_on(values['start'])}.",
    "no_time": lambda values, names: "Started then, it could not finish within the three years.",
    "for_decisions": lambda values, names: "What was decided has to come first.",
    "nothing_left": lambda values, names: "Nothing is left that it would bring about.",
    "no_use": lambda values, names: "Other actions bring about what it was for.",
    "month": lambda values, names: "A plan starts actions with its months.",
    "plan_starts": lambda values, names: "The plan starts on this day.",
    "moved_for_value": lambda values, names: (
        f"With what moves along, this closes {_share(values['gain'])} more; so much upheaval had to bring "
        f"{_share(values['price'])}."
    ),
    "entered": lambda values, names: "There is room for it.",
}


class Compared(Protocol):
    """A scenario beside the plan as it is; see `planning.scenarios.Comparison`."""

    @property
    def share(self) -> float: ...
    @property
    def verdict(self) -> str: ...
    @property
    def enters(self) -> Sequence[str]: ...
    @property
    def leaves(self) -> Sequence[str]: ...
    @property
    def moves(self) -> Sequence[str]: ...


def what_it_is(key: str, *, role: str = "", days: float = 0.0, money: float = 1.0, later: date | None = None) -> str:
    """The limits of a scenario in one sentence."""
    if key == "own":
        parts = [f"{100 * money:.0f}% of the money that is left"] if money != 1 else []
        parts += [f"{days:+.0f} person-days a quarter for {role}"] if days and role else []
        parts += [f"nothing new before {on_day(later)}"] if later else []
        return f"{', '.join(parts) or 'Everything as it is'}."
    return {
        "planned": "The plan made again with today's limits.",
        "minimum": "No new money: only what costs nothing, or is decided already. What has no price counts as free.",
        "fast": "All the money from the first day on, and a quarter more person-days in the first year.",
        "less": "Each phase has four fifths of the money that is left to it.",
        "person": f"{days:.0f} more person-days a quarter for {role or 'the role with the fewest to spare'}.",
    }[key]


def relative(share: float) -> str:
    """A plan's worth beside that of the plan as it is: "3% less", rounded towards nothing; "the same" below 0.1 %."""
    if abs(share) < 0.001:
        return "the same"
    size = floor(1000 * abs(share) + 1e-9) / 10
    return f"{size:g}% {'more' if share > 0 else 'less'}"


def made_for(name: str) -> str:
    """What a preview says that was taken from a scenario."""
    return (
        f"Made for the scenario “{name}”. Its limits are kept with this plan alone; "
        "what is entered under people and money stays as it is."
    )


def outcome_sentence(compared: Compared) -> str:
    """What a scenario closes beside the plan as it is, whether that is proven, and what it changes in the plan."""
    if compared.verdict == "base":
        return "This is what the others are compared with."
    if compared.verdict == "same":
        return "The same plan: these limits change nothing."
    closes = relative(compared.share)
    first = "Closes as much of the gaps" if closes == "the same" else f"Closes {closes} of the gaps"
    proven = {
        "better": "; no plan under today's limits could close as much",
        "worse": "; no plan under these limits could close as much as today's",
        "undecided": "; undecided, as the best plans of both may be equally good",
    }[compared.verdict]
    return f"{first}{proven}. {changes(compared)}"


def changes(compared: Compared) -> str:
    """How many actions enter, leave and move."""
    counts = (
        (compared.enters, "enter", "enters"),
        (compared.leaves, "leave", "leaves"),
        (compared.moves, "move", "moves"),
    )
    said = [f"{len(found)} {one if len(found) == 1 else many}" for found, many, one in counts if found]
    if not said:
        return "All actions stay as they are."
    first, *others = said
    number, verb = first.split(" ")
    start = f"{counted(int(number), 'action')} {verb}"
    return f"{', '.join([start, *others[:-1]])}{' and ' + others[-1] if others else ''}."


def levels_sentences(ends: Mapping[str, Sequence[float]], base: str, years: int) -> tuple[str, str, str]:
    """Title, subtitle and alternative text of the chart of mean levels; `ends` are levels by quarter and scenario."""
    if not ends or base not in ends:
        return "No levels to compare yet", "", "No scenario has been computed."
    last = {name: levels[-1] for name, levels in ends.items() if levels}
    best, worst = max(last, key=lambda name: last[name]), min(last, key=lambda name: last[name])
    after, apart = f"After {counted(years, 'year')}", ""
    if last[best] - last[worst] < 0.05:
        title = f"{after} all scenarios stand near level {last[base]:.1f}"
    else:
        found = f"level {last[best]:.2f} with “{best}”, {last[worst]:.2f} with “{worst}”"
        between = f"{after} scenarios stand between level {last[worst]:.2f} and {last[best]:.2f}"
        title, apart = fitting((f"{after}: {found}", ""), (between, f"{after}: {found}"))
    said = "; ".join(f"{name}: {levels[0]:.2f} after the first quarter, {levels[-1]:.2f} at the end"
                     for name, levels in ends.items() if levels)  # fmt: skip
    return (
        title,
        subtitle_of("Mean level of all departments and topics after each quarter, if all goes to plan", apart),
        f"{title}. {said}.",
    )
