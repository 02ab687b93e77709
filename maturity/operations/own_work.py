"""What somebody owns of the current plan: what is asked of them, what they reported, whom they wait for.

An owner may not read the whole plan, so of other people's actions only title, status and finish are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of, names_of
from maturity.operations.errors import Refused
from maturity.operations.local_days import in_zone
from maturity.operations.rounds import Round, find_round
from maturity.operations.saved_plans import SavedPlan, saved_plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.acceptance import Acceptance, Stand, stand_of
from maturity.roadmap.actions import Action
from maturity.roadmap.ageing import Age, age
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.status import Status
from maturity.storage import acceptance as stored_acceptance
from maturity.storage import people as stored_people
from maturity.storage import plans as stored
from maturity.storage import progress as stored_progress
from maturity.storage.setup import zone_of


class Beside(NamedTuple):
    """Another action as far as its neighbours in the plan may know it."""

    title: str
    status: Status
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAction:
    """One own action. `approved` are its (start, finish) in the baseline; `stand` is how the owner's acceptance stands
    and `said` the answer that was given last; `reports` are the oldest first; `waits_for` is what it requires,
    `awaited_by` what requires it."""

    action: Action
    status: Status
    approved: tuple[date, date]
    stand: Stand
    said: Acceptance | None
    reports: tuple[ProgressUpdate, ...]
    age: Age
    waits_for: tuple[Beside, ...]
    awaited_by: tuple[Beside, ...]

    @property
    def to_answer(self) -> bool:
        """Whether the owner is asked to accept it: nothing was said yet, or of other terms."""
        return self.stand in ("asked", "changed") and not self.action.done_on


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """The visitor's actions of the current plan, what is due first. `plan` is its name, None where there is none;
    `today` is the organisation's day; `names` gives departments and roles by id, `currency` what money is counted in
    ("" where unknown)."""

    plan: str | None
    today: date
    actions: tuple[OwnAction, ...]
    names: Mapping[str, str]
    currency: str = ""

    @property
    def to_answer(self) -> tuple[OwnAction, ...]:
        """What the visitor has to accept, or to say no to."""
        return tuple(each for each in self.actions if each.to_answer)

    @property
    def to_report(self) -> tuple[OwnAction, ...]:
        """What a report is due on."""
        return tuple(each for each in self.actions if each.age.overdue)


def my_actions(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> OwnWork:
    """The actions of the current plan that the visitor owns, whatever their role here."""
    mine = the_organisation(workspace, visitor, organisation, verb="report_own")
    now = workspace.clock()
    with workspace.store.reading() as tx:
        zone = zone_of(tx, mine.id)
        today, row = in_zone(now, zone).date(), stored.current_plan(tx, mine.id)
        if row is None:
            return OwnWork(plan=None, today=today, actions=(), names=mine.names)
        saved = saved_plan(tx, row)
        owned = [each for each in saved.actions if visitor.person and each.owner_person == visitor.person]
        said = stored_acceptance.acceptances_of(tx, mine.id) if owned else ()
        reports = {each.id: stored_progress.updates_of_action(tx, UUID(each.id)) for each in owned}
    found = [_own(saved, each, said, reports[each.id], today, zone) for each in owned]
    round_ = _round(workspace, visitor, saved, mine.name) if owned else None
    catalogue = catalogue_of(workspace, round_) if round_ else None
    return OwnWork(
        plan=saved.name,
        today=today,
        actions=tuple(sorted(found, key=_place)),
        names=(names_of(workspace, round_) if round_ else {}) | mine.names,
        currency=catalogue.currency if catalogue else "",
    )


def action_owners(
    workspace: Workspace, visitor: Visitor, organisation: str | None = None
) -> tuple[tuple[str, str, int], ...]:
    """Whoever owns actions of the current plan and can come in here: id as in `owner_person`, name, how many actions;
    most first."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    with workspace.store.reading() as tx:
        row = stored.current_plan(tx, mine.id)
        actions = stored.actions_of(tx, row.id) if row else ()
        owned = Counter(each.owner_person for each in actions if each.owner_person)
        people = {str(each.id): each for each in stored_people.people(tx)} if owned else {}
    here = [(who, people[who].name, many) for who, many in owned.items() if who in people and people[who].is_here]
    return tuple(sorted(here, key=lambda each: (-each[2], each[1], each[0])))


def _round(workspace: Workspace, visitor: Visitor, saved: SavedPlan, organisation: str) -> Round | None:
    try:
        return find_round(workspace, visitor, saved.round, organisation)
    except Refused:  # the round is not there any more
        return None


def _own(
    saved: SavedPlan,
    action: Action,
    said: Sequence[Acceptance],
    reports: tuple[ProgressUpdate, ...],
    today: date,
    zone: str | None,
) -> OwnAction:
    how = saved.status_of(action, today)
    answers = [each for each in said if each.code == action.code and each.part == "owner"]
    needs = [each for each in saved.actions if each.code in action.requires]
    needed = [each for each in saved.actions if action.code in each.requires]
    return OwnAction(
        action=action,
        status=how,
        approved=saved.baseline.get(action.code, (action.start, action.finish)),
        stand=stand_of(action, "owner", answers),
        said=answers[-1] if answers else None,
        reports=reports,
        age=age(action, how, _day(reports[-1].made_at, zone) if reports else None, today),
        waits_for=tuple(_beside(saved, needs, today)),
        awaited_by=tuple(_beside(saved, needed, today)),
    )


def _beside(saved: SavedPlan, actions: Iterable[Action], today: date) -> Iterable[Beside]:
    for each in actions:
        yield Beside(each.title, saved.status_of(each, today), each.ends)


def _day(moment: datetime, zone: str | None) -> date:
    return in_zone(moment, zone).date()


def _place(own: OwnAction) -> tuple[int, date, str]:
    """Late first, then what runs, what is to come, and what is done."""
    order = ("late", "on_track", "not_started", "done")
    return order.index(own.status.code), own.action.ends, own.action.code
