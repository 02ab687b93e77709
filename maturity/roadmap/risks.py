"""Risks of the plan: how likely, how bad, who answers for them, what is done about them, and what they hold up.

The chance and the lengthening of each step are our assumption, not measured; people are told so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from maturity.planning.forecast_request import Threat
from maturity.roadmap.actions import Action
from maturity.roadmap.progress import ProgressUpdate

Response = Literal["avoid", "reduce", "share", "accept"]
RiskStateName = Literal["open", "happened", "closed"]
RESPONSES: tuple[Response, ...] = get_args(Response)
STATES: tuple[RiskStateName, ...] = get_args(RiskStateName)
STEPS = (1, 2, 3, 4, 5)
CHANCE: Mapping[int, float] = {1: 0.05, 2: 0.15, 3: 0.35, 4: 0.6, 5: 0.85}
"""The chance 0..1 that each step of likelihood stands for in the forecast."""
LONGER: Mapping[int, float] = {1: 0.05, 2: 0.15, 3: 0.3, 4: 0.6, 5: 1.0}
"""By what share of what is left of its actions a risk of each step of impact makes them longer where it happens."""
LONGEST_TITLE = 200


class RiskRefused(ValueError):
    """A risk that breaks a rule: the message says which, and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Something that may happen and would harm the plan. `likelihood` and `impact` are 1-5, `codes` those of the
    actions that it would hold up, `owner` is who watches it and `owner_person` their id where they come in here;
    `review_on` is when it is looked at next."""

    id: str
    title: str
    description: str = ""
    likelihood: int
    impact: int
    owner: str
    owner_person: str | None = None
    response: Response = "reduce"
    response_text: str = ""
    codes: tuple[str, ...] = ()
    state: RiskStateName = "open"
    review_on: date | None = None
    set_by: str = ""
    set_at: datetime | None = None
    row_version: int = 1

    @property
    def weight(self) -> int:
        """Likelihood x impact, 1 to 25: what the list is ordered by."""
        return self.likelihood * self.impact

    def overdue(self, today: date) -> bool:
        """Whether its review day has passed while it still matters."""
        return self.state != "closed" and self.review_on is not None and self.review_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskStated:
    """How a risk stood from a moment on, who said so, and why."""

    risk_id: str
    likelihood: int
    impact: int
    state: RiskStateName
    why: str
    by: str
    at: datetime


def check_risk(risk: Risk) -> Risk:
    """The risk itself, or `RiskRefused` with one sentence on the first rule it breaks."""
    for broken in _broken_rules(risk):
        raise RiskRefused(f"{risk.title or 'this risk'}: {broken}")
    return risk


def _broken_rules(risk: Risk) -> Iterable[str]:
    if not risk.title.strip():
        yield "name the risk, such as what could happen"
    if len(risk.title) > LONGEST_TITLE:
        yield f"its name has {len(risk.title)} characters, at most {LONGEST_TITLE} are kept; say the rest below it"
    for step, what in ((risk.likelihood, "likelihood"), (risk.impact, "impact")):
        if isinstance(step, bool) or step not in STEPS:
            yield f"{what} is 1 to 5, not {step}; choose one of the five"
    if not risk.owner.strip():
        yield "name who watches it"
    if risk.response not in RESPONSES:
        yield f"the response is one of {', '.join(RESPONSES)}, not {risk.response!r}; choose one"
    if risk.response != "accept" and not risk.response_text.strip():
        yield f"say what is done to {risk.response} it, or accept it"
    if risk.state not in STATES:
        yield f"it is one of {', '.join(STATES)}, not {risk.state!r}; choose one"
    if risk.review_on and not 2000 <= risk.review_on.year <= 2100:
        yield f"its review cannot be on {risk.review_on}; choose a day between 2000 and 2100"


def by_weight(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """The heaviest first; of equal ones the one with the greater impact, then by name."""
    return tuple(sorted(risks, key=lambda each: (-each.weight, -each.impact, each.title, each.id)))


def happened_since(history: Iterable[RiskStated]) -> dict[str, datetime]:
    """By id of a risk that has happened, since when; `history` is oldest first."""
    found: dict[str, datetime] = {}
    for each in history:
        if each.state != "happened":
            found.pop(each.risk_id, None)
        else:
            found.setdefault(each.risk_id, each.at)
    return found


def threats(
    risks: Iterable[Risk],
    actions: Sequence[Action],
    reports: Iterable[ProgressUpdate] = (),
    happened: Mapping[str, datetime] | None = None,
) -> tuple[Threat, ...]:
    """What the forecast is told of the risks: open ones with their chance, those that have happened as certain, each
    with the actions that are not done. A risk without any of these is left out.

    An owner who has said, since a risk happened, when the finish is expected has counted it in: there it is not counted
    again. One who said so before, or has said nothing, has not."""
    unfinished = {each.code: each for each in actions if not each.done_on}
    said = _expected_since(unfinished, reports)
    since = happened or {}
    found = []
    for risk in by_weight(risks):
        if risk.state == "closed":
            continue
        codes = [code for code in dict.fromkeys(risk.codes) if code in unfinished]
        if risk.state == "happened":
            codes = [code for code in codes if not _counted_in(said.get(code), since.get(risk.id))]
        if codes:
            chance = 1.0 if risk.state == "happened" else CHANCE[risk.likelihood]
            found.append(Threat(code=risk.id, chance=chance, longer=LONGER[risk.impact], codes=tuple(codes)))
    return tuple(found)


def _expected_since(actions: Mapping[str, Action], reports: Iterable[ProgressUpdate]) -> dict[str, datetime]:
    """By code, the newest report that says the finish which is expected now."""
    found: dict[str, datetime] = {}
    for each in reports:
        action = actions.get(each.code)
        if action and action.expected_on and each.expected_on == action.expected_on:
            found[each.code] = max(each.made_at, found.get(each.code, each.made_at))
    return found


def _counted_in(said: datetime | None, happened: datetime | None) -> bool:
    return said is not None and (happened is None or said >= happened)


def touched_departments(codes: Collection[str], actions: Iterable[Action]) -> frozenset[str | None]:
    """The departments of the actions with these codes; None stands for the whole organisation, and for what is not
    known any more."""
    known = {each.code: each.department for each in actions}
    return frozenset(known.get(code) for code in codes)
