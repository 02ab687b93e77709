"""What the demo city has shown its residents and what they have said, on its way into the store as it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from maturity.assessment.resident_view import TWIN_QUESTIONS
from maturity.demo.changes import luck, places
from maturity.demo.delivery_file import Place
from maturity.demo.public_file import DemoClass, DemoComment, DemoEdition, DemoPublic, DemoView
from maturity.operations.changes import public_scope
from maturity.operations.demo_delivery import Roadmap
from maturity.operations.demo_filling import acting
from maturity.operations.edition_making import Making, around, making
from maturity.operations.replay import plan_at
from maturity.operations.setup import the_organisation
from maturity.roadmap.comments import Comment
from maturity.roadmap.edition_drafts import EditionChoices
from maturity.roadmap.editions import EditionStep, KeptEdition, edition_hash, edition_text
from maturity.roadmap.versions import Version
from maturity.storage import editions, plan_versions, public_comments, public_words, resident_views, visibility
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.public_words import OwnWords
from maturity.storage.revision import bump
from maturity.storage.visibility import SetClass, Subject

VIEW_WEEKS = (5, 52)
"""Residents said how they see the topics from one of these weeks to the other."""


def public_settings_of(told: DemoPublic) -> dict[str, Any]:
    """What holds for every edition, as the organisation's settings have it."""
    return {"contact": told.contact, "languages": list(told.languages), "licence": "CC-BY-4.0", "months": told.months}


def fill_public(roadmap: Roadmap, organisation: str) -> None:
    """All of it: what holds for every edition, then what residents said and the editions, as they followed each other.

    An edition is made from what was there on its day: how actions stood, what residents had said by then."""
    told, store = roadmap.chair.files.public, roadmap.chair.workspace.store
    found = places(roadmap.delivery.actions, roadmap.delivery.late, roadmap.days.today)
    store.write(_terms, roadmap)
    since = -1
    for edition in (*(each for each in told.editions if roadmap.over(roadmap.at(each.week, 3))), None):
        until = edition.week if edition else 156
        store.write(_residents, roadmap, told, found, (since, until))
        if edition:
            _publish(roadmap, organisation, edition)
        since = until


def _noted(tx: Tx, roadmap: Roadmap, at: datetime, by: str, verb: str, subject: str) -> None:
    record(tx, made_at=at, actor=roadmap.actor(by), verb=verb, subject=subject)
    bump(tx, public_scope(roadmap.organisation_id))


def _terms(tx: Tx, roadmap: Roadmap) -> None:
    told, by, at = roadmap.chair.files.public, roadmap.in_charge, roadmap.at(1)
    for each in told.withheld:
        visibility.set_class(tx, roadmap.organisation_id, _class(each, by, at))
    titled = {each.title: each.code for each in roadmap.delivery.actions}
    added = titled.get(roadmap.chair.files.delivery.added.title)
    for language, words in told.own_words.items() if added else ():
        own = OwnWords(code=added or "", language=language, words=words, set_by=by, set_at=at, row_version=0)
        public_words.set_words(tx, roadmap.organisation_id, own)
    _noted(tx, roadmap, at, by, "set public roadmap", roadmap.name)


def _class(told: DemoClass, by: str, at: datetime) -> SetClass:
    subject: Subject = "field" if told.field else "question"
    code = told.field or told.question or ""
    reason = f"{told.reason}: {told.why}"
    return SetClass(subject=subject, code=code, level=told.given, reason=reason, set_by=by, set_at=at)


def _residents(tx: Tx, roadmap: Roadmap, told: DemoPublic, found: Mapping[Place, str], weeks: tuple[int, int]) -> None:
    """What came in and what was moderated in these weeks, the first of them left out."""
    for number, each in enumerate(told.comments):
        if weeks[0] < each.week <= weeks[1] and roadmap.over(roadmap.at(each.week)):
            _comment(tx, roadmap, each, number, found)
    for view in told.views:
        for person in range(view.people):
            at = _moment(roadmap, view, person)
            if roadmap.at(max(weeks[0], 0)) < at <= roadmap.at(weeks[1]) and roadmap.over(at):
                view_id = roadmap.chair.new_person_id(at)
                resident_views.add_view(
                    tx, roadmap.organisation_id, view_id, view.topic, _answers(view, person), at.date()
                )
    bump(tx, public_scope(roadmap.organisation_id))


def _comment(tx: Tx, roadmap: Roadmap, told: DemoComment, number: int, found: Mapping[Place, str]) -> None:
    at = roadmap.at(told.week) + timedelta(hours=7, minutes=11 * number)
    waiting = Comment(
        id=str(roadmap.chair.new_person_id(at)), code=found.get(told.tie) if told.tie else None,
        language=told.language, text=told.text, received_at=at,
    )  # fmt: skip
    public_comments.add_comment(tx, roadmap.organisation_id, waiting)
    if told.state == "waiting":
        return
    moderated_at = roadmap.at(told.answered if told.answered is not None else told.week, 3)
    answered = bool(told.answer) and roadmap.over(moderated_at)
    decided = replace(
        waiting, state=told.state, reason=told.reason, shown=told.text if told.state == "published" else "",
        kind=told.kind if answered else "", answer=told.answer if answered else "", moderated_by=roadmap.in_charge,
        moderated_at=moderated_at if answered or told.state == "refused" else roadmap.at(told.week, 3),
    )  # fmt: skip
    public_comments.moderate_comment(tx, decided, 1)
    _noted(tx, roadmap, decided.moderated_at or at, roadmap.in_charge, f"{told.state} comment", waiting.id)


def _moment(roadmap: Roadmap, view: DemoView, person: int) -> datetime:
    first, last = VIEW_WEEKS
    return roadmap.at(first + int(luck(f"{view.topic}{person}", "week") * (last - first)))


def _answers(view: DemoView, person: int) -> dict[str, str]:
    """One resident's answers: everybody leans a little to one side, and some do not know."""
    leaning = 0.3 * (luck(f"{view.topic}{person}", "leans") - 0.5)
    return {each: _one(view, each, luck(f"{view.topic}{person}", each) - leaning) for each in TWIN_QUESTIONS}


def _one(view: DemoView, question: str, drawn: float) -> str:
    yes = view.yes + view.shifts.get(question, 0.0)
    if drawn > 0.93:
        return "unknown"
    return "yes" if drawn < yes else "partly" if drawn < yes + view.partly else "no"


def _publish(roadmap: Roadmap, name: str, told: DemoEdition) -> None:
    at = roadmap.at(told.week, 3)
    then, visitor = replace(roadmap.chair.workspace, clock=lambda: at), acting(roadmap.in_charge)
    organisation = the_organisation(then, visitor, name)
    here = around(then, visitor, organisation, roadmap.round.name)

    def write(tx: Tx) -> None:
        known = {each.name: each for each in plan_versions.versions_of(tx, organisation.id)}
        version = known.get(told.version)
        if version and version.approved_at and version.approved_at <= at:
            stood = plan_at(tx, organisation.id, at, organisation.zone)
            _keep(tx, roadmap, told, version, making(tx, then, version, here, stood), at)

    then.store.write(write)


def _keep(tx: Tx, roadmap: Roadmap, told: DemoEdition, version: Version, made: Making, at: datetime) -> None:
    by, second = roadmap.in_charge, roadmap.chair.files.city.owners["leadership"]
    choices = _choices(roadmap, version, made)
    edition = made.draft(choices).model_copy(update={"approved_by": "Leadership"})
    text = edition_text(edition)
    kept = KeptEdition(
        id=str(roadmap.chair.new_person_id(at)), version_id=version.id, number=edition.number, name=told.name,
        state="published", choices=choices.model_dump(mode="json"), body=text, sha256=edition_hash(text),
        previous=edition.previous, made_by=by, made_at=at - timedelta(days=1), row_version=1,
    )  # fmt: skip
    editions.add_edition(tx, roadmap.organisation_id, kept)
    for step in _steps(roadmap, by, second, at):
        editions.add_edition_step(tx, UUID(kept.id), step)
        _noted(tx, roadmap, step.made_at, step.made_by, f"{step.step} edition", told.name)


def _steps(roadmap: Roadmap, by: str, second: str, at: datetime) -> Iterable[EditionStep]:
    yield EditionStep(
        step="proposed", note="", body={}, person=roadmap.actor(by), made_by=by, made_at=at - timedelta(hours=20)
    )
    yield EditionStep(step="published", note="", body={}, person=roadmap.actor(second), made_by=second, made_at=at)


def _choices(roadmap: Roadmap, version: Version, made: Making) -> EditionChoices:
    told = roadmap.chair.files.public
    return EditionChoices(
        actions=tuple(sorted(version.signed)),
        fields=tuple(each for each in made.material.fields if each not in made.material.shut),
        languages=told.languages, title=told.title, lead=told.lead, contact=told.contact,
        next_update_on=(made.material.today + timedelta(days=30 * told.months + 1)),
    )  # fmt: skip
