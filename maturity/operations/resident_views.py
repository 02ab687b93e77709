"""The resident twin: how residents see the topics, beside the scores that the organisation gave itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from maturity.access.roles import Grant, Visitor
from maturity.assessment.resident_view import FEWEST, TopicSeen, checked_view, seen
from maturity.operations.changes import public_scope
from maturity.operations.errors import Refused
from maturity.operations.local_days import local_day
from maturity.operations.public_place import NotPublished, PublicPlace, note_received, place_of
from maturity.operations.rounds import Round, find_round
from maturity.operations.scores import scores_of
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.site.forms import topic_names
from maturity.roadmap.editions import LANGUAGES, TwinTopic
from maturity.storage import resident_views as stored
from maturity.storage.engine import Tx
from maturity.storage.revision import bump


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinRow:
    """A topic with its two sides: `score` is the organisation's own, a level or None; what residents say is `seen`."""

    topic: str
    name: str
    score: float | None
    seen: TopicSeen

    @property
    def gap(self) -> float | None:
        """By how many levels residents see the topic lower than the organisation does; negative where higher."""
        return None if self.score is None or self.seen.level is None else self.score - self.seen.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Every topic of the round whose results everybody sees; no rows where there is none. `levels` are their names, the
    lowest first; `views` is how many answers there are to topics, `fewest` how many residents show a topic."""

    round: str = ""
    closed_on: date | None = None
    levels: tuple[str, ...] = ()
    rows: tuple[TwinRow, ...] = ()
    views: int = 0
    fewest: int = FEWEST


def topics_asked(workspace: Workspace, place: PublicPlace) -> Mapping[str, str]:
    """The topics that residents are asked about, names by id: those of the round whose results everybody sees."""
    round_ = _shown_round(workspace, place.id, place.name)
    return {code: topic.name for code, topic in round_.framework.topics.items()} if round_ else {}


def receive_views(workspace: Workspace, slug: str, views: Mapping[str, Mapping[str, str]], number: UUID) -> int:
    """Takes in one resident's answers: by topic and question yes, partly, no or unknown. `number` is the form's own:
    the same form once more stores nothing. Returns how many topics it was about; refused as `NotPublished`."""
    kept = {topic: answers for topic, given in views.items() if (answers := checked_view(given))}
    with workspace.store.reading() as tx:
        place = place_of(tx, slug)
    asked = topics_asked(workspace, place)
    if strange := sorted(set(kept) - set(asked)):
        raise NotPublished(f"nobody is asked about the topic {strange[0][:40]!r}; choose one of the list")

    def write(tx: Tx) -> int:
        now = workspace.clock()
        day = local_day(tx, place.id, now)
        # The id of a row is made from the form's number, which is kept nowhere: nothing says which rows are one form's.
        added = [
            stored.add_view(tx, place.id, uuid5(number, topic), topic, answers, day) for topic, answers in kept.items()
        ]
        if any(added):
            note_received(tx, now, "receive view", place.name)
            bump(tx, public_scope(place.id))
        return sum(added)

    return workspace.store.write(write) if kept else 0


def twin(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> Twin:
    """The twin of the newest round on levels whose results everybody sees, topics in the framework's order."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    round_ = _shown_round(workspace, mine.id, mine.name)
    if round_ is None:
        return Twin()
    framework = round_.framework
    found = scores_of(workspace, _everybody(mine.id), round_.name, mine.name)
    with workspace.store.reading() as tx:
        views = stored.views_of(tx, mine.id, framework.topics)
    rows = (
        TwinRow(
            topic=code, name=topic.name, score=found.of(None, framework.dimension_of[code].id, code).score,
            seen=seen(code, views[code], framework.top_level),
        )
        for code, topic in framework.topics.items()
    )  # fmt: skip
    return Twin(
        round=round_.name, closed_on=round_.closes_on, levels=tuple(each.name for each in framework.levels),
        rows=tuple(rows), views=sum(map(len, views.values())),
    )  # fmt: skip


def twin_topics(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[TwinTopic, ...]:
    """The twin as an edition has it: every topic that any resident may see something of, in the framework's order."""
    return tuple(
        TwinTopic(
            topic=row.topic, names=topic_names(row.topic, row.name, LANGUAGES),
            answers=row.seen.residents, seen=row.seen.level, score=row.score, shares=row.seen.shares,
        )
        for row in twin(workspace, visitor, organisation).rows
    )  # fmt: skip


def _everybody(organisation_id: UUID) -> Visitor:
    """Whoever reads results as everybody does: what is not shown to all is not shown to residents."""
    return Visitor(person="", name="Residents", grants=(Grant(role="leader", organisation=organisation_id),))


def _shown_round(workspace: Workspace, organisation_id: UUID, organisation: str) -> Round | None:
    try:
        found = find_round(workspace, _everybody(organisation_id), "latest", organisation)
    except Refused:
        return None
    return found if found.framework.top_level else None
