"""The demo's quarters: readings of KPIs, risks, what leaders were asked, reviews with their promises, weeknotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from maturity.demo.changes import at_ten, luck, places
from maturity.demo.delivery_file import DemoDecision, DemoPromise, DemoReview, DemoRisk, Place
from maturity.operations.changes import plan_scope
from maturity.operations.demo_delivery import Roadmap
from maturity.planning.objectives import Objective
from maturity.roadmap.actions import Action
from maturity.roadmap.decisions import LeadershipDecision, Option
from maturity.roadmap.kpis import Reading
from maturity.roadmap.quarterly_review import Promise, QuarterlyReview, ReviewBody, Signature, next_date
from maturity.roadmap.risks import Risk, RiskStated
from maturity.roadmap.versions import Version
from maturity.roadmap.weeknote import Weeknote
from maturity.storage import kpi_readings, leadership_decisions, quarterly_reviews, risks, weeknotes
from maturity.storage import plan_versions as stored_versions
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.revision import bump

FULL_STEPS = ("updates", "changes", "decisions", "plan", "baseline", "promises", "sign_off")
ORDINALS = ("First", "Second", "Third", "Fourth")
SEEN = "Seen when the plan was read."
EVERY_WEEKS = {"monthly": 4, "quarterly": 13}
LAST_READING_DAYS = 10
"""Nobody has read a KPI since."""


def fill_quarters(roadmap: Roadmap, objectives: Iterable[Objective]) -> None:
    """All of it, in the order of the rooms; each thing on the day on which it was."""
    found = places(roadmap.delivery.actions, roadmap.delivery.late, roadmap.days.today)
    store, told = roadmap.chair.workspace.store, roadmap.chair.files.delivery
    store.write(_readings, roadmap, tuple(objectives))
    store.write(_risks, roadmap, told.risks, found)
    store.write(_decisions, roadmap, told.decisions, found)
    held = [each for each in told.reviews if roadmap.over(roadmap.at(each.week))]
    for number, review in enumerate(held, start=1):
        if number > 1:
            store.write(_close, roadmap, number - 1, held[number - 2].promises, roadmap.at(review.week))
        store.write(_review, roadmap, number, review, found)
    store.write(_weeknotes, roadmap)


def _noted(tx: Tx, roadmap: Roadmap, at: datetime, by: str, verb: str, subject: str) -> None:
    record(tx, made_at=at, actor=roadmap.actor(by), verb=verb, subject=subject)
    bump(tx, plan_scope(roadmap.organisation_id))


def _readings(tx: Tx, roadmap: Roadmap, objectives: tuple[Objective, ...]) -> None:
    found = [each for action in roadmap.delivery.actions for each in _of_action(roadmap, action)]
    found += [each for objective in objectives for each in _of_objective(roadmap, objective)]
    kpi_readings.add_readings(tx, roadmap.organisation_id, sorted(found, key=lambda each: (each.made_at, each.code)))
    for each in found:
        _noted(tx, roadmap, each.made_at, each.made_by, "add reading", each.code)


def _of_action(roadmap: Roadmap, action: Action) -> Iterable[Reading]:
    """From the action's begin on, along the way to the target and a little beside it; done work goes on to show."""
    kpi = action.kpi
    if kpi is None or kpi.baseline is None or kpi.target is None or action.begun_on is None or action.removed_on:
        return
    last = roadmap.days.today - timedelta(days=LAST_READING_DAYS)
    step = timedelta(weeks=EVERY_WEEKS[kpi.frequency or "quarterly"])
    pace, whole = 0.7 + 0.5 * luck(action.code, "pace"), max((action.finish - action.start).days, 1)
    notes = roadmap.chair.files.delivery.kpi_notes
    for turn in range(40):
        day = action.begun_on + turn * step
        if day > last:
            return
        gone = min((day - action.start).days / whole * pace, 1.05)
        beside = 1 + 0.08 * (luck(action.code, f"reading {turn}") - 0.5)
        value = kpi.baseline + (kpi.target - kpi.baseline) * max(gone, 0.0) * beside
        note = notes[int(luck(action.code, f"note {turn}") * len(notes))]
        yield _reading(roadmap, "action", action.code, day, value, note, action.owner)


def _of_objective(roadmap: Roadmap, objective: Objective) -> Iterable[Reading]:
    if objective.baseline is None or objective.aim is None:
        return
    weeks = (0, *(each.week for each in roadmap.chair.files.delivery.reviews))
    for week, share in zip(weeks, roadmap.chair.files.delivery.objective_readings, strict=False):
        day = roadmap.at(week).date()
        if roadmap.over(at_ten(day)):
            value = objective.baseline + (objective.aim - objective.baseline) * share / 100
            yield _reading(roadmap, "objective", objective.id, day, value, "", roadmap.in_charge)


def _reading(roadmap: Roadmap, measures: str, code: str, day: date, value: float, note: str, by: str) -> Reading:
    at = at_ten(day)
    return Reading(
        id=str(roadmap.chair.new_person_id(at)),
        measures="action" if measures == "action" else "objective",
        code=code,
        on=day,
        value=float(round(value)),
        note=note,
        made_by=by,
        made_at=at,
    )


def _risks(tx: Tx, roadmap: Roadmap, told: Iterable[DemoRisk], found: Mapping[Place, str]) -> None:
    for each in told:
        at = roadmap.at(each.week)
        if not roadmap.over(at):
            continue
        owner = roadmap.owner(each.owner)
        risk = Risk(
            id=str(roadmap.chair.new_person_id(at)), title=each.title, description=each.description,
            likelihood=each.likelihood, impact=each.impact, owner=owner, owner_person=roadmap.chair.by_name.get(owner),
            response=each.response, response_text=each.text,
            codes=tuple(dict.fromkeys(found[place] for place in each.ties if place in found)),
            review_on=roadmap.days.today + timedelta(weeks=each.week % 7 - 1), set_by=roadmap.in_charge, set_at=at,
        )  # fmt: skip
        states = [RiskStated(
            risk_id=risk.id, likelihood=risk.likelihood, impact=risk.impact, state="open", why=SEEN,
            by=roadmap.in_charge, at=at)]  # fmt: skip
        for step in each.then:
            if roadmap.over(roadmap.at(step.week)):
                risk = replace(risk, state=step.state, likelihood=step.likelihood or risk.likelihood)
                states.append(RiskStated(
                    risk_id=risk.id, likelihood=risk.likelihood, impact=risk.impact, state=risk.state, why=step.why,
                    by=roadmap.in_charge, at=roadmap.at(step.week)))  # fmt: skip
        risks.add_risk(tx, roadmap.organisation_id, risk)
        for said in states:
            risks.add_state(tx, said)
            _noted(tx, roadmap, said.at, said.by, "change risk" if said.at > at else "add risk", risk.title)


def _decisions(tx: Tx, roadmap: Roadmap, told: Iterable[DemoDecision], found: Mapping[Place, str]) -> None:
    for each in told:
        at = roadmap.at(each.week)
        if not roadmap.over(at):
            continue
        asked = LeadershipDecision(
            id=str(roadmap.chair.new_person_id(at)), question=each.question, background=each.background,
            options=tuple(Option(name=o.name, cost=o.cost, effect=o.effect) for o in each.options),
            recommendation=each.recommendation, decider=each.decider,
            codes=tuple(dict.fromkeys(found[place] for place in each.ties if place in found)),
            needed_by=at.date() + timedelta(weeks=each.within_weeks) if each.within_weeks else None,
            asked_by=roadmap.in_charge, asked_at=at,
        )  # fmt: skip
        _noted(tx, roadmap, at, roadmap.in_charge, "ask decision", asked.question)
        taken = each.decided
        if taken and roadmap.over(roadmap.at(taken.week)):
            then, by = roadmap.at(taken.week), roadmap.owner("leadership")
            asked = replace(
                asked, state="decided", chosen=taken.chosen, reason=taken.reason, minute=taken.minute,
                decided_on=then.date(), decided_by=by, decided_at=then,
            )  # fmt: skip
            _noted(tx, roadmap, then, by, "decide", asked.question)
        leadership_decisions.add_decision(tx, roadmap.organisation_id, asked)


def _review(tx: Tx, roadmap: Roadmap, number: int, told: DemoReview, found: Mapping[Place, str]) -> None:
    at, council = roadmap.at(told.week), roadmap.chair.files.delivery.council
    signed_at = at + timedelta(days=5)
    version = stored_versions.approved(tx, roadmap.organisation_id, upto=signed_at + timedelta(days=14))
    review = QuarterlyReview(
        id=str(roadmap.chair.new_person_id(at)), plan_id=str(roadmap.plan_id), number=number,
        name=f"{ORDINALS[number - 1]} review", state="signed_off", step="sign_off", held_on=at.date(),
        next_on=next_date(at.date()),
        body=ReviewBody(
            notes=told.notes, done=FULL_STEPS, attendance=council.members, minutes=told.minutes,
            decided=told.decided, arising=told.arising, no_baseline=told.no_baseline,
            settled=_settled(tx, roadmap, number, version),
        ),
        version_id=version.id if version else None, opened_by=roadmap.in_charge, opened_at=at, row_version=1,
    )  # fmt: skip
    quarterly_reviews.add_review(tx, roadmap.organisation_id, review)
    for place, each in enumerate(told.promises, start=1):
        due = at.date() + timedelta(days=60 + 7 * (place % 4))
        promise = Promise(
            id=str(roadmap.chair.new_person_id(at)), place=place, text=each.text, owner=roadmap.owner(each.owner),
            due_on=due, code=found.get(each.tie) if each.tie else None,
        )  # fmt: skip
        quarterly_reviews.add_promise(tx, UUID(review.id), promise, roadmap.in_charge, at)
    kept = next(each for each in quarterly_reviews.reviews_of(tx, roadmap.organisation_id) if each.id == review.id)
    signature = Signature(
        name=roadmap.owner("leadership"), role="Chief executive", sha256=quarterly_reviews.signed_hash(kept),
        signed_by=roadmap.owner("leadership"), signed_at=signed_at,
    )  # fmt: skip
    quarterly_reviews.add_signature(tx, UUID(review.id), signature)
    _noted(tx, roadmap, at, roadmap.in_charge, "open review", review.name)
    _noted(tx, roadmap, signed_at, roadmap.owner("leadership"), "sign off review", review.name)


def _settled(tx: Tx, roadmap: Roadmap, number: int, version: Version | None) -> dict[str, Any]:
    """What is noted under the signatures: the version in force, and how the promises before were closed."""
    before = [e for e in quarterly_reviews.reviews_of(tx, roadmap.organisation_id) if e.number == number - 1]
    return {
        "plan": roadmap.name,
        "version": {"number": version.number, "name": version.name, "sha256": version.sha256} if version else None,
        "approved": version is not None,
        "earlier": [
            {**each.document(), "state": each.state, "explanation": each.explanation}
            for review in before
            for each in review.promises
        ],
    }


def _close(tx: Tx, roadmap: Roadmap, number: int, told: tuple[DemoPromise, ...], at: datetime) -> None:
    review = next(e for e in quarterly_reviews.reviews_of(tx, roadmap.organisation_id) if e.number == number)
    for promise, said in zip(review.promises, told, strict=True):
        closed = replace(promise, state="kept" if said.kept else "not_kept", explanation=said.why, closed_at=at)
        quarterly_reviews.change_promise(tx, closed, promise.row_version, roadmap.in_charge, at)
        _noted(tx, roadmap, at, roadmap.in_charge, "close promise", promise.text)


def _weeknotes(tx: Tx, roadmap: Roadmap) -> None:
    for each in roadmap.chair.files.delivery.weeknotes:
        at = roadmap.at(each.week, days=3)
        if roadmap.over(at):
            note = Weeknote(
                id=str(roadmap.chair.new_person_id(at)), since=at.date() - timedelta(days=6), until=at.date(),
                body=each.text, made_by=roadmap.in_charge, made_at=at, row_version=1,
            )  # fmt: skip
            weeknotes.add_weeknote(tx, roadmap.organisation_id, note)
            _noted(tx, roadmap, at, roadmap.in_charge, "keep weeknote", at.date().isoformat())
