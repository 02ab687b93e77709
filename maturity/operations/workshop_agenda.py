"""What a workshop should talk about first, and what it need not talk about because the answers agree.

While a round is open nothing here looks at answers: an agenda made before and after somebody sends would tell what they
said. Then questions stand by importance and in the framework's order. Once it is closed, the answers to a question
count from as many on as their spread is shown from (`differences.fewest_shown`); below that its place goes by
importance alone. Plans are compared by the departments' values, which whoever gets that far reads among the results.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import asdict, replace
from typing import Any

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.answers import DecidedValue
from maturity.assessment.scores import rescored
from maturity.assessment.workshop import Matter, Workshop
from maturity.operations.changes import plan_scope
from maturity.operations.differences import fewest_shown
from maturity.operations.early_sight import OVER, WHOLE, sees
from maturity.operations.frameworks import catalogue_for
from maturity.operations.kept import Kept
from maturity.operations.known_answers import KnownAnswers, asked_departments, asked_places, known_answers
from maturity.operations.plans import plan_request
from maturity.operations.rounds import Round, rounds
from maturity.operations.standing import standing_by
from maturity.operations.targets import importance, target_rules
from maturity.operations.workshop_lines import MOST_MATTERS, AgendaLine
from maturity.operations.workshops import require_run
from maturity.operations.workspace import Workspace
from maturity.planning.request import PlanningError, PlanRequest
from maturity.planning.settling import Doubt, PlanChange, Previews, Worth, spread, worth_settling
from maturity.storage import workshops as stored

MOST = 15
"""Lines of a first agenda: with 4 minutes each, an hour."""

_kept = Kept[Hashable, tuple[AgendaLine, ...]](32)


def suggest_agenda(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str | None, *, most: int = MOST
) -> tuple[AgendaLine, ...]:
    """The at most `most` questions of a department, or of all that answered (None), that are worth settling most.

    Left out is what is settled by a consensus, what the answers agree on (see `agreed_lines`), and what was not asked.
    `why` of a line: `importance` 1..5 and `answers` ("closed_to_view" while the round is open, "too_few" or "shown"),
    with `fewest`. Where shown, also `count`, `spread` 0..1, `lowest`, `highest`, `worth` 0..5 and `plan`: "changes"
    with `entering`, `leaving` and `moved`, "same", or why none is compared ("no_catalogue", "not_shown", "no_plan").
    `reviewed` is the level that a reviewer recorded."""
    require(visitor, "run_workshop", department or WHOLE, organisation=round_.organisation_id)
    wanted = min(most, MOST_MATTERS)
    if round_.status not in OVER:
        return _by_importance(workspace, visitor, round_, department)[:wanted]
    key = (department, wanted, *_made_from(workspace, visitor, round_))
    known = _kept.get(key)
    return known if known is not None else _kept.put(key, _suggested(workspace, visitor, round_, department, wanted))


def _made_from(workspace: Workspace, visitor: Visitor, round_: Round) -> tuple[Hashable, ...]:
    """Everything that an agenda hangs on: revisions of this round and of the others (readiness holds targets back), of
    the setup and of the plan, the round's terms, and whether the visitor may see a plan."""
    scopes = sorted(each.scope for each in rounds(workspace, visitor, round_.organisation))
    scopes += ["setup", plan_scope(round_.organisation_id)]
    revisions = tuple(workspace.revision(scope) for scope in scopes)
    return workspace.url, round_.id, round_.status, round_.terms, sees(workspace, visitor, round_), revisions


def _suggested(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str | None, wanted: int
) -> tuple[AgendaLine, ...]:
    room = known_answers(workspace, round_, department, _importance(workspace, visitor, round_))
    doubts = [_doubt(room, place) for place in room.places if not room.is_settled(place) and room.agreed(place) is None]
    previews, reason = _previews(workspace, visitor, room)
    try:
        worths = worth_settling(doubts, previews, wanted)
    except PlanningError:
        worths, reason = worth_settling(doubts, None, wanted), "no_plan"
    return tuple(_line(room, each, reason) for each in worths)


def agreed_lines(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str | None
) -> tuple[AgendaLine, ...]:
    """The questions on which the answers of a department, or of each that answered (None), agree already, in the
    framework's order; none while the round is open. `why` has the level as `agreed`, and numbers as shown ones have.

    A question on which a reviewer recorded another level is not one of them: accepting it would undo the review."""
    require(visitor, "run_workshop", department or WHOLE, organisation=round_.organisation_id)
    if round_.status not in OVER:
        return ()
    room = known_answers(workspace, round_, department, _importance(workspace, visitor, round_))
    found = [(place, room.agreed(place)) for place in room.places if not room.is_settled(place)]
    return tuple(
        AgendaLine(department=place[0], question=place[1], why={"agreed": level, **_shown(room, place)})
        for place, level in found
        if level is not None
    )


def already_agreed(
    workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop
) -> tuple[tuple[Matter, int], ...]:
    """The matters of a workshop, still waiting, on which the answers agree, with the level, as `accept_agreed` takes
    them; none while the round is open, and none that has a consensus already."""
    require_run(visitor, workshop)
    if round_.status not in OVER:
        return ()
    room = known_answers(workspace, round_, workshop.department, _importance(workspace, visitor, round_))
    with workspace.store.reading() as tx:
        matters = stored.matters(tx, workshop.id)
    found = []
    for matter in matters:
        if matter.phase != "waiting" or matter.department is None or matter.question is None:
            continue
        place = (matter.department, matter.question)
        level = None if room.is_settled(place) else room.agreed(place)
        if level is not None:
            found.append((matter, level))
    return tuple(found)


def _importance(workspace: Workspace, visitor: Visitor, round_: Round) -> dict[str, int]:
    return {each.topic: each.importance for each in importance(workspace, visitor, round_)}


def _by_importance(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str | None
) -> tuple[AgendaLine, ...]:
    """Every question by falling importance and in the framework's order, each department in turn; by no answer."""
    weights, topic_of = _importance(workspace, visitor, round_), round_.framework.topic_of
    places = asked_places(round_, asked_departments(round_, department))
    places.sort(key=lambda place: -weights[topic_of[place[1]].id])
    return tuple(
        AgendaLine(
            department=code,
            question=question,
            why={"importance": weights[topic_of[question].id], "answers": "closed_to_view"},
        )
        for code, question in places
    )


def _doubt(room: KnownAnswers, place: tuple[str, str]) -> Doubt:
    department, question = place
    return Doubt(
        department=department,
        question=question,
        importance=room.importance_of(question),
        counts=room.counts.get(place),
    )


def _previews(workspace: Workspace, visitor: Visitor, room: KnownAnswers) -> tuple[Previews | None, str]:
    """What compares plans, or why nothing does: no catalogue to plan from, or a plan that the visitor may not see yet,
    because it is made of every department's results."""
    if catalogue_for(room.round.framework) is None:
        return None, "no_catalogue"
    if not sees(workspace, visitor, room.round):
        return None, "not_shown"
    return Previews(_request_at(workspace, visitor, room)), ""


def _request_at(workspace: Workspace, visitor: Visitor, room: KnownAnswers) -> Callable[[str, str, int], PlanRequest]:
    round_ = room.round
    base = plan_request(workspace, visitor, round_)
    rules = target_rules(workspace, visitor, round_)
    by_code = {each.code: each for each in round_.departments}

    def at(department: str, question: str, level: int) -> PlanRequest:
        said = DecidedValue(department=department, question=question, source="consensus", level=level)
        own = [each for each in room.decided if each.department == department]
        scores = rescored(
            round_.framework,
            room.scores,
            by_code[department],
            room.tallies[department],
            [*own, said],
            short_track=round_.track == "short",
        )
        now = standing_by(round_, scores)
        return replace(base, reached=now.reached, targets=rules.of(now))

    return at


def _line(room: KnownAnswers, each: Worth, reason: str) -> AgendaLine:
    place = (each.doubt.department, each.doubt.question)
    if each.spread is None:
        why: dict[str, Any] = {
            "importance": each.doubt.importance, "answers": "too_few", "fewest": fewest_shown(room.round.terms),
        }  # fmt: skip
    else:
        why = {**_shown(room, place), "worth": each.worth, **_plan_said(each.change, reason)}
    reviewed = room.decided_level(place, "review")
    return AgendaLine(
        department=place[0], question=place[1], why=why if reviewed is None else {**why, "reviewed": reviewed}
    )


def _shown(room: KnownAnswers, place: tuple[str, str]) -> dict[str, Any]:
    counts = room.counts[place]
    chosen = [level for level, count in enumerate(counts, start=1) if count]
    return {
        "importance": room.importance_of(place[1]),
        "answers": "shown",
        "fewest": fewest_shown(room.round.terms),
        "count": sum(counts),
        "spread": spread(counts),
        "lowest": chosen[0],
        "highest": chosen[-1],
    }


def _plan_said(change: PlanChange | None, reason: str) -> dict[str, Any]:
    if change is None:
        return {"plan": reason}
    if not change:
        return {"plan": "same"}
    moved = [
        {**asdict(move), "at_lowest": move.at_lowest.isoformat(), "at_highest": move.at_highest.isoformat()}
        for move in change.moved
    ]
    return {"plan": "changes", "entering": [*change.entering], "leaving": [*change.leaving], "moved": moved}
