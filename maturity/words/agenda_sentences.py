"""Why a question stands where it does on a workshop's agenda, in plain sentences made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from maturity.words.messages import counted
from maturity.words.plan_sentences import Names, named

DAYS_OF_A_MONTH = 30.4
HOW_MUCH: Mapping[int, str] = {
    1: "can wait",
    2: "matters a little",
    3: "matters to most services",
    4: "matters much",
    5: "matters a lot",
}
HOW_ORDERED = (
    "Questions come first where people differ, the topic matters, and the plan would be another one if the highest "
    "answer were right instead of the lowest. You can change the order."
)
ROUND_OPEN = (
    "The round is open, so this order looks at no answers: looking twice would tell what the last one to send has "
    "said. Questions stand by the importance of their topic. Close the round to see first where people differ."
)
_NO_PLAN: Mapping[str, str] = {
    "no_catalogue": "No plan was compared: this framework has no catalogue of actions.",
    "not_shown": "No plan was compared: the results of other departments are not shown yet.",
    "no_plan": "No plan was compared: none can be made with the means and decisions as they are.",
}


def why_on_the_agenda(why: Mapping[str, Any], names: Names) -> str:
    """Why a matter is on the agenda, from its `why` as `operations.workshop_agenda` makes it; empty without one.

    `names` gives actions and departments by id, as `operations.catalogues.names_of` does."""
    if not why:
        return ""
    said = [*_answers(why), *_reviewed(why), *_importance(why), *_plan(why, names)]
    return " ".join(each for each in said if each)


def _answers(why: Mapping[str, Any]) -> list[str]:
    if why.get("answers") == "too_few":
        return [f"Fewer than {why['fewest']} people chose a level, so nobody knows yet whether they agree."]
    if why.get("answers") != "shown":
        return []
    number, low, high = counted(why["count"], "answer"), why["lowest"], why["highest"]
    if "agreed" in why:
        span = "" if low == high else f", from {low} to {high}"
        return [f"The answers agree on level {why['agreed']} ({number}{span})."]
    if low == high:
        return [f"{number[:1].upper()}{number[1:]}, all at level {low}."]
    return [f"{number} run from {low} to {high}."]


def _reviewed(why: Mapping[str, Any]) -> list[str]:
    return [f"The reviewer found level {why['reviewed']}."] if "reviewed" in why else []


def _importance(why: Mapping[str, Any]) -> list[str]:
    step = why.get("importance", 0)
    return [f"The topic {HOW_MUCH[step]} ({step} of 5)."] if step in HOW_MUCH else []


def _plan(why: Mapping[str, Any], names: Names) -> list[str]:
    plan = why.get("plan", "")
    if plan == "same":
        low, high = why["lowest"], why["highest"]
        return [f"The plan would be the same at {low} and at {high}."] if low != high else []
    if plan != "changes":
        return [_NO_PLAN[plan]] if plan in _NO_PLAN else []
    deeds = [_deed("drop", why["leaving"], names), _deed("add", why["entering"], names), _moved(why["moved"], names)]
    done = [deed for deed in deeds if deed]
    said = done[0] if len(done) == 1 else f"{', '.join(done[:-1])}{',' if len(done) > 2 else ''} and {done[-1]}"
    return [f"At {why['highest']} instead of {why['lowest']}, the plan would {said}."]


def _deed(verb: str, codes: Sequence[str], names: Names) -> str:
    if not codes:
        return ""
    others = f" and {counted(len(codes) - 1, 'other action')}" if len(codes) > 1 else ""
    return f"{verb} {named(codes[0], names)}{others}"


def _moved(moved: Sequence[Mapping[str, Any]], names: Names) -> str:
    """The first action that starts on another day (they come with the own department's first), and how many others."""
    if not moved:
        return ""
    days = (date.fromisoformat(moved[0]["at_highest"]) - date.fromisoformat(moved[0]["at_lowest"])).days
    months = counted(max(1, round(abs(days) / DAYS_OF_A_MONTH)), "month")
    others = f" and move {counted(len(moved) - 1, 'other action')}" if len(moved) > 1 else ""
    return f"start {named(moved[0]['code'], names)} {months} {'later' if days > 0 else 'earlier'}{others}"
