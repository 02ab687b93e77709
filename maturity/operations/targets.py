"""Targets, importance and gaps of a round: defaults until somebody decides otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.early_sight import readable, require_any_shown
from maturity.operations.errors import Changed, Refused
from maturity.operations.readiness import Proposal, Readiness, caps_of, readiness
from maturity.operations.rounds import Round
from maturity.operations.standing import (
    Asked,
    Standing,
    already_done,
    first_day_of_plan,
    standing,
    the_round,
    whole_standing,
)
from maturity.operations.workspace import Workspace
from maturity.planning.gaps import Gaps, find_gaps
from maturity.planning.targets import (
    IMPORTANCE_STEPS,
    USUAL_IMPORTANCE,
    Importance,
    LevelCap,
    Target,
    TargetWarning,
    check_targets,
    default_targets,
    priority_topics,
)
from maturity.storage import targets as stored
from maturity.storage.engine import Tx
from maturity.storage.targets import TargetChoice

__all__ = [
    "Proposal",
    "Readiness",
    "Standing",
    "TargetChoice",
    "first_day_of_plan",
    "gaps",
    "importance",
    "priority_topics_of",
    "readiness",
    "reset_target",
    "set_importance",
    "set_target",
    "standing",
    "target_choices",
    "target_warnings",
    "targets",
]


def target_choices(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[TargetChoice, ...]:
    """What people chose for the departments whose results the visitor may read, with who, when and why."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    allowed = readable(workspace, visitor, round_)
    with workspace.store.reading() as tx:
        return tuple(each for each in stored.target_choices(tx, round_.id) if each.department in allowed)


def targets(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[Target, ...]:
    """Every target of a round by department, topic and level: what was chosen, else the default of that place; of the
    departments whose results the visitor may read."""
    now = _shown_standing(workspace, visitor, round_name)
    allowed = readable(workspace, visitor, now.round)
    return tuple(each for each in targets_for(workspace, visitor, now) if each.department in allowed)


def _shown_standing(workspace: Workspace, visitor: Visitor, round_name: Asked) -> Standing:
    """Where every department stands, to reckon with; nothing of it goes out but what the visitor may read."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    require_any_shown(workspace, visitor, round_)
    return whole_standing(workspace, round_)


def targets_for(workspace: Workspace, visitor: Visitor, now: Standing) -> tuple[Target, ...]:
    """As `targets`, where the standing is at hand."""
    return target_rules(workspace, visitor, now.round).of(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRules:
    """What decides a round's targets wherever departments stand: what was chosen, what matters, what holds back."""

    choices: tuple[TargetChoice, ...]
    importance: Mapping[str, int]
    caps: tuple[LevelCap, ...]

    def of(self, now: Standing) -> tuple[Target, ...]:
        """The targets by department, topic and level if departments stood there."""
        if not now.top_level:
            return ()
        chosen = {(each.department, each.topic) for each in self.choices}
        usual = default_targets(
            scores=now.overall,
            reached=now.reached,
            top_level=now.top_level,
            importance=self.importance,
            starts=first_day_of_plan(now.round),
            caps=self.caps,
        )
        found = [target for target in usual if (target.department, target.topic) not in chosen]
        for each in self.choices:
            where = {"department": each.department, "topic": each.topic}
            found += [Target(**where, level=level, due=due, chosen=True) for level, due in each.steps]
        departments = {code: place for place, code in enumerate(now.departments)}
        topics = {topic: place for place, topic in enumerate(now.round.framework.topics)}
        known = [t for t in found if t.department in departments and t.topic in topics]
        return tuple(sorted(known, key=lambda t: (departments[t.department], topics[t.topic], t.level)))


def target_rules(workspace: Workspace, visitor: Visitor, round_: Round) -> TargetRules:
    """The rules of a round's targets as they are now."""
    with workspace.store.reading() as tx:
        choices = stored.target_choices(tx, round_.id)
    caps = caps_of(workspace, visitor, round_.organisation) if round_.framework.top_level else ()
    return TargetRules(choices=tuple(choices), importance=_importance(workspace, round_), caps=caps)


def target_warnings(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[TargetWarning, ...]:
    """What to think over in a round's targets: too fast, capped by readiness, beyond the top, reached already."""
    now = _shown_standing(workspace, visitor, round_name)
    found = check_targets(
        targets_for(workspace, visitor, now),
        now.reached,
        first_day_of_plan(now.round),
        now.top_level,
        caps_of(workspace, visitor, now.round.organisation),
    )
    allowed = readable(workspace, visitor, now.round)
    return tuple(each for each in found if each.department in allowed)


def set_target(
    workspace: Workspace,
    visitor: Visitor,
    round_name: Asked,
    department: str,
    topic: str,
    steps: Sequence[tuple[int, date]],
    reason: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Sets the target steps (level, due) of a place, none for "no target wanted"; returns the new row version.

    With `expected_version` (0: nobody had chosen) a choice made meanwhile refuses this one as `Changed`."""
    round_ = the_round(workspace, visitor, round_name, verb="set_targets")
    _known_place(round_, department, topic)
    kept = _rising(round_, sorted(steps))
    said = short_text(reason, "the reason")

    def write(tx: Tx, now: datetime) -> int:
        seen = {(c.department, c.topic): c for c in stored.target_choices(tx, round_.id)}.get((department, topic))
        if expected_version is not None and expected_version != (seen.row_version if seen else 0):
            raise Changed(_target_changed(round_, topic, seen))
        return stored.put_target(tx, round_.id, department, topic, kept, said, set_by=visitor.name, set_at=now)

    detail = {"department": department, "topic": topic, "steps": [[n, due.isoformat()] for n, due in kept]}
    return change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="set target", subject=round_.name,
        detail={**detail, "reason": said},
    )  # fmt: skip


def reset_target(workspace: Workspace, visitor: Visitor, round_name: Asked, department: str, topic: str) -> None:
    """Takes a choice back, so that the default counts again."""
    round_ = the_round(workspace, visitor, round_name, verb="set_targets")
    _known_place(round_, department, topic)
    change(
        workspace, visitor, lambda tx, now: stored.drop_target(tx, round_.id, department, topic),
        scope=plan_scope(round_.organisation_id), verb="reset target", subject=round_.name,
        detail={"department": department, "topic": topic},
    )  # fmt: skip


def _known_place(round_: Round, department: str, topic: str) -> None:
    if department not in round_.names:
        raise Refused(f"round {round_.name!r} has no department {department!r}; it has {', '.join(round_.names)}")
    if topic not in round_.framework.topics:
        known = ", ".join(round_.framework.topics)
        raise Refused(f"{round_.framework.name} has no topic {topic!r}; it has {known}")


def _rising(round_: Round, steps: Sequence[tuple[int, date]]) -> tuple[tuple[int, date], ...]:
    top, starts = round_.framework.top_level, round_.closes_on
    if not top:
        raise Refused(f"{round_.framework.name} counts points and has no levels; no target can be set")
    before: tuple[int, date] | None = None
    for level, due in steps:
        if not 2 <= level <= top:
            raise Refused(f"a target is level 2 to {top}, not {level}; choose another level")
        if starts and due < starts:
            raise Refused(
                f"level {level} would be due on {due}, before the round closed on {starts}; choose a later day"
            )
        if before and (level == before[0] or due < before[1]):
            raise Refused(f"level {level} on {due} does not follow level {before[0]} on {before[1]}; both must rise")
        before = (level, due)
    return tuple(steps)


def _target_changed(round_: Round, topic: str, seen: TargetChoice | None) -> str:
    name = round_.framework.topics[topic].name
    if seen is None:
        return f"the target for {name} was reset meanwhile; look at the default, then save again"
    wanted = ", ".join(f"level {level} by {due}" for level, due in seen.steps) or "no target"
    return f"{seen.set_by} set {wanted} for {name} meanwhile; look at it, then save again"


def importance(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[Importance, ...]:
    """The importance 1-5 of every topic in the framework's order; the usual 3, set by nobody, where none is said."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    with workspace.store.reading() as tx:
        said = {each.topic: each for each in stored.importances(tx, round_.id)}
    usual = USUAL_IMPORTANCE
    return tuple(said.get(topic, Importance(topic=topic, importance=usual)) for topic in round_.framework.topics)


def set_importance(
    workspace: Workspace, visitor: Visitor, round_name: Asked, topic: str, importance: int, reason: str
) -> None:
    """Says how much a topic matters here, 1-5, in somebody's name and with a reason."""
    round_ = the_round(workspace, visitor, round_name, verb="set_targets")
    _known_place(round_, next(iter(round_.names)), topic)
    if importance not in IMPORTANCE_STEPS:
        raise Refused(f"importance is 1 to 5, not {importance}; choose one of the five steps")
    why = short_text(reason, "the reason for the importance", least=3)
    said = Importance(topic=topic, importance=importance, reason=why, set_by=visitor.name)
    change(
        workspace, visitor, lambda tx, now: stored.put_importance(tx, round_.id, said, set_at=now),
        scope=plan_scope(round_.organisation_id), verb="set importance", subject=round_.name,
        detail={"topic": topic, "importance": importance, "reason": why},
    )  # fmt: skip


def _importance(workspace: Workspace, round_: Round) -> dict[str, int]:
    with workspace.store.reading() as tx:
        return {each.topic: each.importance for each in stored.importances(tx, round_.id)}


def priority_topics_of(workspace: Workspace, visitor: Visitor, round_name: Asked) -> tuple[str, ...]:
    """The at most five topics that get default targets, the one with the most to gain first."""
    now = _shown_standing(workspace, visitor, round_name)
    return priority_topics(now.overall, _importance(workspace, now.round), now.top_level)


def gaps(workspace: Workspace, visitor: Visitor, round_name: Asked) -> Gaps:
    """The gaps of a round by falling priority, of those departments whose results the visitor may read."""
    now = _shown_standing(workspace, visitor, round_name)
    found = find_gaps(
        scores=now.scores,
        reached=now.reached,
        targets=targets_for(workspace, visitor, now),
        importance=_importance(workspace, now.round),
        catalogue=catalogue_of(workspace, now.round),
        already=already_done(workspace, now.round),
    )
    allowed = readable(workspace, visitor, now.round)
    return Gaps(
        found=tuple(gap for gap in found.found if gap.department in allowed),
        apart=tuple(gap for gap in found.apart if gap.department in allowed),
    )
