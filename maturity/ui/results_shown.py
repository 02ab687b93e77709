"""A round as one visitor may see it: what the pages of results and targets share, read once for each revision."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit as st

from maturity.assessment.scores import Place, RoundScores
from maturity.charts.drawing import specification
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.framework.model import Framework
from maturity.operations import answers, scores, targets
from maturity.operations.answers import TopicNote
from maturity.operations.changes import plan_scope
from maturity.operations.rounds import Round
from maturity.operations.scores import Distribution
from maturity.planning.targets import Target, furthest
from maturity.ui import cached
from maturity.ui.cached import Earlier
from maturity.ui.context import PageContext
from maturity.ui.pictures import show_picture

HOUR = 3600
WIDE, NARROW = 900, 344
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A round, the scores of it that the visitor may see, and the key of everything that is made from them."""

    here: PageContext
    round: Round
    scores: RoundScores
    key: tuple[Hashable, ...]

    @property
    def framework(self) -> Framework:
        """The framework that the round is pinned to."""
        return self.round.framework

    @property
    def whole(self) -> bool:
        """Whether the organisation's own score is among what the visitor may see."""
        return Place() in self.scores.scores

    @property
    def levels(self) -> list[str]:
        """The names of the levels, lowest first; none where points are counted."""
        return [level.name for level in self.framework.levels]

    @property
    def places(self) -> list[str | None]:
        """What can be looked at: the organisation (None) where it may be seen, departments in their order, groups."""
        return [*([None] if self.whole else []), *self.scores.departments, *self.scores.groups]

    def name(self, department: str | None) -> str:
        """The name of a department, or of the organisation."""
        return self.round.organisation if department is None else self.round.names.get(department, department)


def shown_round(here: PageContext, round_: Round) -> Shown:
    """The round with what the visitor may see of it, and the revisions of all that its numbers hang on."""
    workspace = here.workspace
    every = cached.every_round(here)  # targets hang on the readiness round too, changes on the rounds before
    revisions = [workspace.revision(), workspace.revision(plan_scope(round_.organisation_id))]
    revisions += [workspace.revision(each.scope) for each in every]
    day = workspace.clock().date()  # with the day, more may be shown
    key = (workspace.url, str(round_.id), tuple(revisions), repr(here.visitor.grants), day)
    return Shown(here=here, round=round_, scores=cached.round_scores(here, round_), key=key)


def kept(what: str, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once for each key and shared by all visits with the same key; never change it."""
    return cast(T, _kept(what, key, read))


@st.cache_resource(ttl=HOUR, max_entries=512, show_spinner=False)
def _kept(what: str, key: Hashable, _read: Callable[[], Any]) -> Any:
    return _read()


def target_levels(shown: Shown) -> Mapping[tuple[str, str], int]:
    """The furthest target by department and topic."""
    return kept("target levels", shown.key, lambda: furthest(every_target(shown)))


def every_target(shown: Shown) -> tuple[Target, ...]:
    """Every target of the round, chosen or default."""
    here = shown.here
    return kept("targets", shown.key, lambda: targets.targets(here.workspace, here.visitor, shown.round))


def earlier(shown: Shown, *, first: bool = False) -> Earlier:
    """The round before on the same framework, or the first of all, with its scores; None without any."""
    here = shown.here
    return kept(
        "first" if first else "before",
        shown.key,
        lambda: scores.earlier_scores(here.workspace, here.visitor, shown.round, first=first),
    )


def spread_of_answers(shown: Shown, department: str | None, topic: str) -> tuple[Distribution, ...]:
    """How the answers to a topic's questions spread; nothing that would show one of fewer than five."""
    here = shown.here
    return kept(
        "distributions",
        (shown.key, department, topic),
        lambda: scores.distributions(here.workspace, here.visitor, shown.round, department, topic),
    )


def interval_of(shown: Shown, department: str, topic: str | None = None) -> tuple[float, float] | None:
    """The 90 % interval of a department's score, or of one topic of it."""
    here = shown.here
    return kept(
        "interval",
        (shown.key, department, topic),
        lambda: scores.interval(here.workspace, here.visitor, shown.round, department, topic),
    )


def remarks_on(shown: Shown, topic: str) -> list[TopicNote]:
    """What respondents say about a topic's obstacles, without names."""
    here = shown.here
    every = kept("remarks", shown.key, lambda: answers.remarks(here.workspace, here.visitor, shown.round))
    return every.get(topic, [])


def draw(
    shown: Shown,
    name: str,
    chart: Callable[..., Any],
    frame: Callable[[], pd.DataFrame],
    sentences: Callable[[pd.DataFrame], Sequence[str]],
    table: Callable[[], pd.DataFrame],
    *,
    choice: Hashable = None,
    **how: Any,
) -> None:
    """A chart of a frame with its computed texts, and its table; `choice` is all that was chosen for this picture."""

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        rows = frame()
        given = {key: value() if callable(value) else value for key, value in how.items()}
        texts = ChartTexts.of(sentences(rows))
        width = NARROW if narrow else WIDE
        return specification(chart(rows, mode=mode, texts=texts, width=width, narrow=narrow, **given))

    show_picture(name, build, table, revision=(shown.key, choice), mode=shown.here.mode)
