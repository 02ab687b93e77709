"""Slack and the critical path of dated actions: the backward pass of Kelley and Walker's method (1959)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from maturity.planning.catalogue import find_cycle
from maturity.roadmap.actions import Action, ActionRefused


def slacks(actions: Iterable[Action]) -> dict[str, int]:
    """Days by code that each action can slip without moving the last finish of all, its dependants pushed along.

    Negative where an action already overlaps one that requires it. Prerequisites outside `actions` are ignored."""
    by_code = {action.code: action for action in actions}
    if not by_code:
        return {}
    dependants = _dependants(by_code)
    end = max(action.finish for action in by_code.values())
    latest: dict[str, date] = {}
    for code in reversed(in_order(by_code)):
        before = [_latest_start(by_code[later], latest[later]) - timedelta(days=1) for later in dependants[code]]
        latest[code] = min(before, default=end)
    return {code: (latest[code] - action.finish).days for code, action in by_code.items()}


def longest_chain(actions: Iterable[Action]) -> tuple[str, ...]:
    """The codes of the chain that sets the end date, first to last: from the action that finishes last back
    through whichever prerequisite finishes last."""
    by_code = {action.code: action for action in actions}
    in_order(by_code)
    chain: list[str] = []
    step = max(by_code.values(), key=_finish_then_code, default=None)
    while step is not None:
        chain.append(step.code)
        needed = [by_code[code] for code in step.requires if code in by_code]
        step = max(needed, key=_finish_then_code, default=None)
    return tuple(reversed(chain))


def critical(actions: Iterable[Action]) -> frozenset[str]:
    """Codes without slack, and the longest chain: planned starts lie on a grid, so its links may leave days between."""
    kept = list(actions)
    return frozenset(code for code, slack in slacks(kept).items() if slack <= 0) | frozenset(longest_chain(kept))


def _finish_then_code(action: Action) -> tuple[date, str]:
    return action.finish, action.code


def _latest_start(action: Action, latest_finish: date) -> date:
    return latest_finish - (action.finish - action.start)


def _dependants(by_code: dict[str, Action]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {code: [] for code in by_code}
    for action in by_code.values():
        for needed in action.requires:
            if needed in found:
                found[needed].append(action.code)
    return found


def in_order(by_code: dict[str, Action]) -> list[str]:
    """Codes with every prerequisite before its dependants; a circle is refused."""
    circle = find_cycle({code: action.requires for code, action in by_code.items()})
    if circle:
        raise ActionRefused(f"{' -> '.join(circle)}: none of these can start; remove one of the links")
    waiting = {code: sum(needed in by_code for needed in action.requires) for code, action in by_code.items()}
    dependants = _dependants(by_code)
    order = [code for code, count in waiting.items() if count == 0]
    for code in order:
        for later in dependants[code]:
            waiting[later] -= 1
            if waiting[later] == 0:
                order.append(later)
    return order
