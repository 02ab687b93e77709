"""What leaders need to know, computed once for the summary page, the reports and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.decisions_needed import needed_of
from maturity.operations.leadership_bullets import plan_bullets, round_bullets
from maturity.operations.leadership_plan import PlanNow, milestone_facts, phase_facts, plan_now
from maturity.operations.leadership_round import RoundNow, scored_round
from maturity.operations.local_days import own_day
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.report_facts import DecisionFact, MilestoneFact, PhaseFact
from maturity.words import leadership_sentences as words

__all__ = ["DecisionFact", "Leadership", "MilestoneFact", "PhaseFact", "leadership"]
BULLETS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Leadership:
    """One screen: a headline, a plain-language summary, five bullets, the phases, the next three milestones, and what
    has to be decided with what each costs to postpone. What there is nothing of is empty; `about` names the pages
    (screens) on which each bullet is found, in the same order."""

    as_of: date
    headline: str
    summary: str
    bullets: tuple[str, ...]
    phases: tuple[PhaseFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    about: tuple[str, ...] = ()


def leadership(
    workspace: Workspace, visitor: Visitor, organisation: str | None = None, *, today: date | None = None
) -> Leadership:
    """The leadership page of an organisation as of its own day (or `today`), of what the visitor may see by then."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_summary")
    require(visitor, "read_summary", organisation=mine.id)
    day = today or own_day(workspace, mine.id)
    stood = scored_round(workspace, visitor, mine.name)
    now = plan_now(workspace, visitor, day, mine.name)
    decided = needed_of(workspace, visitor, mine.name, now, day)
    found = list(_bullets(workspace, visitor, stood, now))[:BULLETS]
    return Leadership(
        as_of=day,
        headline=_headline(stood, now, len(decided)),
        summary=_summary(stood, now, decided),
        bullets=tuple(said for said, _ in found),
        about=tuple(page for _, page in found),
        phases=phase_facts(now) if now else (),
        milestones=milestone_facts(now) if now else (),
        decisions=decided,
    )


def _bullets(
    workspace: Workspace, visitor: Visitor, stood: RoundNow | None, now: PlanNow | None
) -> Iterator[tuple[str, str]]:
    """Score and evidence, delivery, money and KPIs; then, for what there is nothing of, the next most useful."""
    of_round = list(round_bullets(workspace, visitor, stood)) if stood else []
    of_plan = list(plan_bullets(workspace, visitor, now)) if now else []
    first = 2 if of_round else 0
    yield from of_round[:first]
    yield from of_plan[: BULLETS - first]
    yield from of_round[first:]
    yield from of_plan[BULLETS - first :]


def _headline(stood: RoundNow | None, now: PlanNow | None, decisions: int) -> str:
    """Where we stand, what is late and how much is to be decided."""
    parts = [stood.headline] if stood else [words.NO_SCORE_YET]
    if now:
        parts.append(words.plan_headline(now.count("late"), decisions))
    return " ".join(parts)


def _summary(stood: RoundNow | None, now: PlanNow | None, decisions: tuple[DecisionFact, ...]) -> str:
    """Two to four sentences: how topics stand, what is furthest from its target, how the plan goes, what is next."""
    said = list(stood.sentences()) if stood else []
    if now:
        ends = max((each.ends for each in now.plan.actions), default=None)
        approved = max((finish for _, finish in now.plan.baseline.values()), default=None)
        counts = [now.count(code) for code in ("done", "on_track", "late", "not_started")]
        said.append(words.plan_summary(*counts, ends=ends, approved=approved))
    else:
        said.append(words.NO_PLAN_YET)
    if len(said) < 4:
        first = next((each for each in decisions if each.needed_by), None)
        said.append(words.next_summary(first.question if first else None, first.needed_by if first else None))
    return " ".join(said[:4])
