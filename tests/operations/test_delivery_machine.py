"""Random lives of a plan: edits, reports, answers, versions, plans made again, undo, and time that goes on.

What must hold all the while: a version never changes once it is made, every difference replays from one version to the
other, any past day can be seen as it stood, the audit trail verifies, an action has one accountable and its per cent
fits its days, and one status is told everywhere. There is no public site yet: the status is compared between the plan,
the bars of its pictures and its replay."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import maturity
from maturity.access.roles import Grant, Visitor
from maturity.operations import (
    acceptance,
    actions,
    milestones,
    organisation_zone,
    plan_making,
    plan_versions,
    plans,
    progress,
    replay,
    undo,
)
from maturity.operations.changes import plan_scope
from maturity.operations.errors import Refused
from maturity.operations.local_days import in_zone
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.upkeep import problems_of_store
from maturity.operations.workspace import Workspace
from maturity.planning import greedy
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, check_action
from maturity.roadmap.bars import fold_departments, roadmap_bars
from maturity.roadmap.status import joint_status
from maturity.roadmap.versions import Version, difference, replayed
from maturity.storage.engine import open_store
from tests.operations.city import ADMIN, make_town

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DEPUTY = Visitor(person="dee", name="Dee", grants=(Grant(role="administrator"),))
WHO = st.sampled_from((ADMIN, DEPUTY))
PICK = st.integers(0, 10_000)
TEXT = st.sampled_from(("Data office", "Head of parks", "A. Owner", "<b>x</b>", "Ünïcode; one"))
KPI = Kpi(name="share", unit="%", baseline=10.0, target=80.0, source="register", frequency="quarterly")
FEW: dict[str, Any] = {"iterations": 1, "budget": 120_000.0}


class Clock:
    """Goes on by a millisecond at each look, and by hours when told."""

    now = START

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class _Template:
    """A town with its first plan, made once and copied for each life."""

    path: Path | None = None

    def copy(self, to: Path) -> None:
        if self.path is None:
            self.path = Path(tempfile.mkdtemp(prefix="machine-")) / "town.duckdb"
            store = open_store(str(self.path))
            workspace = Workspace(url=str(self.path), store=store, clock=Clock())
            plan_making.replan(workspace, ADMIN, make_town(workspace), "Plan 1", **FEW)
            store.close()
        shutil.copy(self.path, to)


TEMPLATE = _Template()


class Delivery(RuleBasedStateMachine):
    """One life of a plan: `seen` is how it stood at the end of each day, `made` each version when it was made."""

    def __init__(self) -> None:
        super().__init__()
        self.engine, plans.ENGINE = plans.ENGINE, greedy.solve
        self.folder = tempfile.TemporaryDirectory(prefix="machine-")
        path = Path(self.folder.name) / "town.duckdb"
        TEMPLATE.copy(path)
        self.clock = Clock()
        self.clock.now = START + timedelta(hours=1)
        self.workspace = Workspace(url=str(path), store=open_store(str(path)), clock=self.clock)
        self.seen: dict[date, SavedPlan | None] = {}
        self.made: dict[str, Version] = {}
        self.plans = 1
        self.zone: str | None = None
        self.scope = plan_scope(the_organisation(self.workspace, ADMIN).id)
        self.known: tuple[int, SavedPlan] | None = None
        self.looked: tuple[int, date] | None = None

    @initialize(zone=st.sampled_from((None, "Europe/London", "Pacific/Auckland", "Pacific/Honolulu")))
    def begin(self, zone: str | None) -> None:
        self.zone = zone
        if zone:
            organisation_zone.set_zone(self.workspace, ADMIN, zone)

    @property
    def today(self) -> date:
        return in_zone(self.clock.now, self.zone).date()

    @property
    def saved(self) -> SavedPlan:
        """The plan as it stands, read once for each revision: a life has hundreds of looks."""
        at = self.workspace.revision(self.scope)
        if self.known is None or self.known[0] != at:
            self.known = (at, plan(self.workspace, ADMIN))
        return self.known[1]

    def is_new(self) -> bool:
        """Whether anything changed, or the day, since the invariants were looked at."""
        now = (self.workspace.revision(self.scope), self.today)
        self.looked, before = now, self.looked
        return now != before

    def one(self, pick: int) -> Action:
        return self.saved.actions[pick % len(self.saved.actions)]

    def tried(self, do: Callable[[], Any]) -> Any:
        """What it gives, or None where it is refused in a sentence; anything else is a fault."""
        try:
            return do()
        except Refused as error:
            assert 10 < len(str(error)) < 1_000 and "\n" not in str(error)
            return None

    # Work on actions

    @rule(pick=PICK, who=WHO, start=st.integers(-40, 40), weeks=st.integers(-2, 30), stale=st.booleans())
    def move(self, pick: int, who: Visitor, start: int, weeks: int, stale: bool) -> None:
        action = self.one(pick)
        first = action.start + timedelta(days=start)
        self.tried(
            lambda: actions.edit_action(
                self.workspace, who, action.id, action.row_version - int(stale), reason="the vote is later",
                start=first, finish=first + timedelta(weeks=weeks),
            )
        )  # fmt: skip

    @rule(pick=PICK, who=WHO, text=TEXT, field=st.sampled_from(("title", "owner", "deliverable", "summary")))
    def rewrite(self, pick: int, who: Visitor, text: str, field: str) -> None:
        action = self.one(pick)
        self.tried(lambda: actions.edit_action(self.workspace, who, action.id, action.row_version, **{field: text}))

    @rule(text=TEXT, start=st.integers(0, 300), weeks=st.integers(0, 20))
    def add(self, text: str, start: int, weeks: int) -> None:
        first = self.today + timedelta(days=start)
        last = first + timedelta(weeks=weeks)
        self.tried(
            lambda: actions.add_action(
                self.workspace, ADMIN, title=text, start=first, finish=last, owner="Kim", department="parks"
            )
        )

    @rule(pick=PICK, who=WHO)
    def take_out(self, pick: int, who: Visitor) -> None:
        action = self.one(pick)
        if len(self.saved.actions) > 2:
            self.tried(lambda: actions.remove_action(self.workspace, who, action.id, action.row_version, "not needed"))

    @rule(pick=PICK, other=PICK, link=st.booleans())
    def link(self, pick: int, other: int, link: bool) -> None:
        action, needs = self.one(pick), self.one(other)
        turn = actions.add_dependency if link else actions.remove_dependency
        self.tried(lambda: turn(self.workspace, ADMIN, action.id, action.row_version, needs.code))

    @rule(pick=PICK, who=WHO, percent=st.sampled_from((0, 10, 60, 100)), confidence=st.integers(0, 5), wait=PICK)
    def report(self, pick: int, who: Visitor, percent: float, confidence: int, wait: int) -> None:
        action = self.one(pick)
        told = progress.Told(
            expected_on=action.finish + timedelta(days=wait % 90) if wait % 3 == 0 else None,
            days_used=float(wait % 50) if wait % 2 else None, because="fewer people than planned",
        )  # fmt: skip
        self.tried(
            lambda: progress.report_progress(
                self.workspace, who, action.id, action.row_version, percent, confidence=confidence or None, more=told
            )
        )

    @rule(pick=PICK)
    def make_ready(self, pick: int) -> None:
        """All that sign-off asks for: what is missing is written, the owner and the head say yes."""
        action = self.one(pick)
        ready = actions.edit_action(
            self.workspace, ADMIN, action.id, action.row_version, owner="Kim", deliverable="a register",
            done_when="it is there", kpi=KPI,
        )  # fmt: skip
        acceptance.note_answer(self.workspace, ADMIN, ready.id, ready.row_version, "accepted", note="in the meeting")
        self.tried(lambda: acceptance.confirm_days(self.workspace, ADMIN, ready.id, ready.row_version))

    @rule(pick=PICK, day=st.integers(0, 500), remove=st.booleans())
    def milestone(self, pick: int, day: int, remove: bool) -> None:
        every = self.saved.milestones
        on = self.today + timedelta(days=day)
        if not every or pick % 3 == 0:
            milestones.add_milestone(self.workspace, ADMIN, "Vote", on)
        elif remove:
            milestones.remove_milestone(self.workspace, ADMIN, every[pick % len(every)])
        else:
            one = every[pick % len(every)]
            milestones.edit_milestone(self.workspace, ADMIN, one.id, one.row_version, name=one.name, on=on)

    # Undo, and planning again

    @rule(pick=PICK, who=WHO, stale=st.booleans())
    def undo_one(self, pick: int, who: Visitor, stale: bool) -> None:
        saved = self.saved
        every = [each for each in (*saved.actions, *saved.removed) if each.row_version > 1 or pick % 7 == 0]
        every = every or list(saved.actions)
        action = every[pick % len(every)]
        seen = undo.last_change(self.workspace, who, action.id)
        done = self.tried(
            lambda: undo.undo_last(self.workspace, who, action.id, action.row_version - int(stale and pick % 5 == 0))
        )
        if done and seen and seen.before and not seen.before.removed_on:
            assert done.action.start == seen.before.start and done.action.percent_done == seen.before.percent_done

    @rule()
    def plan_again(self) -> None:
        self.plans += 1
        self.tried(lambda: plan_making.replan(self.workspace, ADMIN, "2026", f"Plan {self.plans}", **FEW))

    @precondition(lambda self: self.plans > 1)
    @rule()
    def go_back(self) -> None:
        name = self.saved.name
        self.tried(lambda: undo.undo_replan(self.workspace, DEPUTY, "made too early", expected_plan=name))

    # Versions

    @rule(propose=st.booleans())
    def version(self, propose: bool) -> None:
        turn = plan_versions.propose_version if propose else plan_versions.keep_version
        name = f"V{len(self.made) + 1}"
        made = turn(self.workspace, ADMIN, name, "as it stands")
        self.made[made.id] = made

    @rule(pick=PICK)
    def approved_at_once(self, pick: int) -> None:
        """What a quarter ends with: something is ready, it is put forward and approved before anybody changes it."""
        self.make_ready(pick)
        self.version(True)
        self.decide("approve", ADMIN)

    @precondition(lambda self: self.made)
    @rule(step=st.sampled_from(("approve", "approve", "approve", "return", "withdraw")), who=WHO)
    def decide(self, step: str, who: Visitor) -> None:
        last = list(self.made)[-1]
        turns: dict[str, Callable[[], Any]] = {
            "approve": lambda: plan_versions.approve_version(self.workspace, who, last),
            "return": lambda: plan_versions.return_version(self.workspace, who, last, "not yet"),
            "withdraw": lambda: plan_versions.withdraw_version(self.workspace, who, last, "not yet"),
        }
        self.tried(turns[step])

    @rule(hours=st.one_of(st.integers(1, 30), st.integers(24, 24 * 60)))
    def time_goes_on(self, hours: int) -> None:
        before, stood = self.today, self.saved
        self.clock.now += timedelta(hours=hours)
        if self.today != before:
            self.seen[before] = stood
            between = before + timedelta(days=(self.today - before).days // 2)
            if between != before:
                self.seen[between] = stood

    # What must hold

    @invariant()
    def all_holds(self) -> None:
        if self.is_new():
            self.one_accountable_and_per_cent_that_fits_its_days()
            self.one_status_everywhere()
            self.today_is_the_plan_as_it_is()
            self.versions_stay()

    def one_accountable_and_per_cent_that_fits_its_days(self) -> None:
        for each in self.saved.actions:
            check_action(each)
            assert each.raci.accountable.strip() and (each.percent_done == 100) == (each.done_on is not None)

    def one_status_everywhere(self) -> None:
        saved = self.saved
        told = {each.code: saved.status_of(each, self.today) for each in saved.actions}
        for lane in ("department", "phase"):
            bars = roadmap_bars(saved.actions, saved.baseline, self.today, lane)
            shown = {row.id: (row.status, row.days_late) for row in bars.itertuples()}
            for row in fold_departments(saved.actions, lane):
                how = joint_status(told[each.code] for each in row.copies)
                assert shown[row.id] == (how.code, how.days_late)

    def today_is_the_plan_as_it_is(self) -> None:
        assert replay.plan_on(self.workspace, ADMIN, self.today) == self.saved

    def versions_stay(self) -> None:
        now = {each.id: each for each in plan_versions.versions(self.workspace, ADMIN)}
        for key, made in self.made.items():
            assert (now[key].sha256, now[key].snapshot, now[key].name) == (made.sha256, made.snapshot, made.name)
            assert now[key].steps[: len(made.steps)] == made.steps

    def teardown(self) -> None:
        try:
            for day, stood in self.seen.items():
                assert replay.plan_on(self.workspace, ADMIN, day) == stood, day
            every = [each.snapshot for each in self.made.values()]
            for before in every:
                for after in every:
                    assert replayed(before, difference(before, after)) == after
            changed = replay.changed_days(self.workspace, ADMIN)
            assert sum(each.changes for each in changed) > 0
            days = [each.day for each in changed]
            assert days == sorted(set(days)) and days[-1] <= self.today
            for day, later in pairwise(sorted(self.seen)):
                if self.seen[day] != self.seen[later]:
                    assert any(day < each <= later for each in days), (day, later)
            assert replay.plan_on(self.workspace, ADMIN, START.date() - timedelta(days=2)) is None
            assert problems_of_store(self.workspace, ADMIN) == []
        finally:
            self.workspace.store.close()
            self.folder.cleanup()
            plans.ENGINE = self.engine


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(
    max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)

ASKS = re.compile(r"roadmap\.status import[^\n]*\bstatus\b(?!_)")
RULE = re.compile(r"\bpast_finish\b|\bpast_start\b|\bstatus\.GRACE_DAYS\b")


def test_nobody_else_works_out_whether_something_is_late():
    """The rule stands in one file; the roadmap's own files ask it with the baseline, everybody else asks the plan."""
    room = Path(maturity.__file__).parent
    every = {str(path.relative_to(room)): path.read_text() for path in sorted(room.rglob("*.py"))}
    rules = [name for name, text in every.items() if RULE.search(text)]
    asking = [name for name, text in every.items() if ASKS.search(text) and not name.startswith("roadmap/")]
    assert rules == ["roadmap/status.py"]
    assert asking == ["operations/saved_plans.py"], "ask SavedPlan.status_of, which knows what was approved"
