"""The papers of a quarterly review: its minutes, and what it promises for 90 days."""

from __future__ import annotations

from datetime import date
from typing import Any

from maturity.access.roles import Visitor
from maturity.operations.local_days import local_day
from maturity.operations.review_facts import facts_at, readable_review
from maturity.operations.workspace import Workspace
from maturity.publishing import minutes
from maturity.publishing.minutes import MinutesPaper
from maturity.roadmap.quarterly_review import Promise
from maturity.storage.setup import departments, organisations
from maturity.words import review_flow_sentences as words


def minutes_page(workspace: Workspace, visitor: Visitor, review_id: str) -> str:
    """The minutes of a review as one HTML file; of an open one as a draft."""
    return minutes.minutes_page(minutes_paper(workspace, visitor, review_id))


def minutes_markdown(workspace: Workspace, visitor: Visitor, review_id: str) -> str:
    """The minutes of a review as Markdown; of an open one as a draft."""
    return minutes.minutes_markdown(minutes_paper(workspace, visitor, review_id))


def commitment_page(workspace: Workspace, visitor: Visitor, review_id: str) -> str:
    """What a review promises for 90 days, as one HTML file to print."""
    return minutes.commitment_page(minutes_paper(workspace, visitor, review_id))


def minutes_paper(workspace: Workspace, visitor: Visitor, review_id: str) -> MinutesPaper:
    """What the papers are made from: of a review that is signed off what was settled then, of others what is now."""
    with workspace.store.reading() as tx:
        organisation_id, review = readable_review(tx, visitor, review_id)
        name = next(each.name for each in organisations(tx) if each.id == organisation_id)
        names = {each.code: each.name for each in departments(tx, organisation_id)}
        now = review.signed_at or workspace.clock()
        settled = review.body.settled or facts_at(tx, organisation_id, review, now).settled()
        signed_on = local_day(tx, organisation_id, review.signed_at) if review.signed_at else None
    return MinutesPaper(
        organisation=name,
        plan=settled["plan"],
        review=review,
        changed=(*words.fact_sentences(settled["changes"], names), *[_noted(each) for each in settled["noted"]]),
        earlier=tuple(_promised(each, place) for place, each in enumerate(settled["earlier"], start=1)),
        version=words.version_sentence(settled["version"], settled["approved"], review.body.no_baseline),
        edition=words.edition_sentence(settled.get("edition")),
        since=date.fromisoformat(settled["since"]),
        signed_on=signed_on,
    )


def _noted(each: dict[str, Any]) -> str:
    return words.noted_sentence(
        each["kind"], each["about"], each["text"], date.fromisoformat(each["on"]) if each["on"] else None
    )


def _promised(each: dict[str, Any], place: int) -> Promise:
    return Promise(
        id="", place=place, text=each["text"], owner=each["owner"], code=each["code"],
        due_on=date.fromisoformat(each["due_on"]), state=each["state"], explanation=each["explanation"],
    )  # fmt: skip
