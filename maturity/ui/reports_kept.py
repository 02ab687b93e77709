"""What a visit keeps of its reports: what is being made, what was made, and the facts as they were read last.

All of it is on one object: a second click ends a run where it touches the session's state, never between two of these.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from maturity.operations.changes import plan_scope
from maturity.operations.people import PEOPLE
from maturity.operations.report_facts import ReportFacts, report_facts
from maturity.operations.reports import Report, ReportKind, ReportQuestion, full_set, report_of, report_question
from maturity.operations.review import review_scope
from maturity.operations.solver import Work
from maturity.ui import cached, working
from maturity.ui.clock import today
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals
from maturity.ui.help import plain
from maturity.words.work_sentences import STOPPED

WORK, KEPT, ALL = "reports:work", "reports:kept", "all"
PLAN, ANSWERS = "reports:plan", "reports:answers"


@dataclass(slots=True, kw_only=True)
class Asked:
    """What is being made, or was, of which store and plan, and since when."""

    question: ReportQuestion
    at: datetime
    store: str
    plan: str
    whole: bool
    with_answers: bool

    @property
    def card(self) -> str:
        """Where it was asked for: a kind, or "all"."""
        return ALL if self.whole else self.question.kinds[0]


@dataclass(slots=True, kw_only=True)
class Kept:
    """The visit's choices, what is being made, and by card what was made. `facts` are by plan and with or without
    answers, each beside what they were read under."""

    plan: str = ""
    with_answers: bool = False
    asked: Asked | None = None
    made: dict[str, tuple[Asked, Report]] = field(default_factory=dict)
    facts: dict[tuple[str, bool], tuple[Hashable, ReportFacts]] = field(default_factory=dict)


def kept() -> Kept:
    """The one object of this visit."""
    found: Kept = st.session_state.setdefault(KEPT, Kept())
    return found


def facts_now(here: PageContext, mine: Kept, plan: str, *, with_answers: bool = False) -> ReportFacts:
    """The facts as they are now: read anew only where something that they could be made from has changed."""
    assert here.organisation is not None
    key, known = _revisions(here), mine.facts.get((plan, with_answers))
    if known and known[0] == key:
        return known[1]
    read = report_facts(here.workspace, here.visitor, plan, here.organisation.name, with_answers=with_answers)
    mine.facts[plan, with_answers] = (key, read)
    return read


def has_changed(here: PageContext, mine: Kept, asked: Asked) -> bool:
    """Whether the same report would say something else now."""
    return facts_now(here, mine, asked.plan, with_answers=asked.with_answers) != asked.question.facts


def begin(here: PageContext, plan: str, kinds: Sequence[ReportKind], whole: bool) -> None:
    """In a callback: reads the facts and puts the question, unless something is being made already.

    The inputs are asked for what they are now: they may have changed since the button was drawn."""
    work: Work | None = st.session_state.get(WORK)
    if work is not None and not work.over:
        return
    plan = st.session_state.get(PLAN) or plan
    appendix = bool(st.session_state.get(ANSWERS))
    mine = kept()
    mine.plan, mine.with_answers = plan, appendix
    with_answers = appendix and "strategy" in kinds
    assert here.organisation is not None
    with keeping_refusals():
        question = report_question(
            here.workspace, here.visitor, plan, kinds, here.organisation.name, with_answers=with_answers
        )
        asked = Asked(
            question=question, at=here.workspace.clock(), store=here.workspace.url, plan=plan, whole=whole,
            with_answers=with_answers,
        )  # fmt: skip
        working.begin(WORK, "report", question.body)
        mine.asked = asked


def take(mine: Kept) -> Asked | None:
    """Notes what is finished, says what was stopped or went wrong, and gives what is still being made."""
    work: Work | None = st.session_state.get(WORK)
    asked = mine.asked
    if asked is None or (work is not None and not work.over):
        return asked
    mine.asked = None
    if work is None:
        st.info(STOPPED)
        return None
    try:
        note(mine, asked, work)
    except (*REFUSALS, RuntimeError) as error:
        st.error(f"The reports were not made: {plain(str(error)).rstrip('.')}.", icon=":material/block:")
    return None


def note(mine: Kept, asked: Asked, work: Work) -> None:
    """Keeps the files of work that is over; refused as the work itself was."""
    made = report_of(work.wait(0), asked.question)
    found = {kind: (asked, one) for kind, one in zip(asked.question.kinds, made, strict=True)}
    mine.made |= found | ({ALL: (asked, full_set(made, asked.question))} if asked.whole else {})


def made_here(here: PageContext, mine: Kept, plan: str, card: str) -> tuple[Asked, Report] | None:
    """What was made at a card of this plan, in this store and organisation."""
    found = mine.made.get(card)
    if found is None or here.organisation is None:
        return None
    asked = found[0]
    of = (asked.plan, asked.store, asked.question.organisation)
    return found if of == (plan, here.workspace.url, here.organisation.name) else None


def _revisions(here: PageContext) -> Hashable:
    ws, mine = here.workspace, here.organisation
    assert mine is not None
    scopes = [PEOPLE, plan_scope(mine.id)]
    scopes += [scope for each in cached.every_round(here) for scope in (each.scope, review_scope(each))]
    revisions = (ws.revision(), *(ws.revision(each) for each in scopes))
    return ws.url, mine.id, today(here), here.visitor.grants, revisions
