"""The leadership summary: one screen, everything on it computed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from maturity.assessment.scores import Place, Score
from maturity.charts.drawing import specification
from maturity.charts.dumbbell import dumbbell_chart
from maturity.charts.texts import ChartTexts
from maturity.operations.leadership_round import target_of
from maturity.operations.rounds import Round
from maturity.operations.targets import priority_topics_of, targets
from maturity.ui import cached
from maturity.ui.context import PageContext, page_context
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import show_picture
from maturity.ui.replies import show_folded_replies
from maturity.ui.results_choices import show_waiting
from maturity.ui.results_frames import number
from maturity.ui.results_shown import Shown, earlier, furthest, kept, shown_round
from maturity.ui.roadmap_shown import ShownPlan, current_plan
from maturity.ui.summary_decisions import decisions_shown
from maturity.ui.summary_parts import show_decisions, show_late, show_milestones, show_phases
from maturity.words.chart_sentences import dumbbell_sentences
from maturity.words.messages import (
    NO_PLAN,
    NO_ROUND,
    NO_SCORES,
    NO_TARGETS,
    counted,
    coverage_sentence,
    on_day,
    shown_score,
    where_we_stand,
)

WIDE, NARROW = 500, 344
CSS = """
<style>
  .stApp:has(.st-key-summary) [data-testid="stMainBlockContainer"] { padding-top: 3.75rem; padding-bottom: 0.5rem; }
  .st-key-summary, .st-key-summary [data-testid="stVerticalBlock"] { gap: 0.35rem; }
  .st-key-summary :is([data-testid="stMarkdownContainer"], [data-testid="stCaptionContainer"]) { margin-bottom: 0; }
  .st-key-summary h1 { font-size: 1.4rem; padding: 0; }
  .st-key-summary h2 { font-size: 1rem; padding: 0; line-height: 1.3; }
  .st-key-summary .st-key-headline p { font-size: 1.05rem; font-weight: 600; }
  .st-key-summary p, .st-key-summary li { font-size: 0.875rem; line-height: 1.35; margin-bottom: 0.1rem; }
  .st-key-summary ul { margin-bottom: 0.3rem; }
  .st-key-summary [data-testid="stPopover"] button { min-height: 1.75rem; padding: 0 0.6rem; }
</style>
"""
"""One screen of 1366 by 768 holds it all; elsewhere pages have more air."""


def show_summary() -> None:
    """The page: a headline, topics and targets, what is to be decided and what is late, milestones, phases."""
    here = page_context()
    shown, plan = latest_scored(here), current_plan(here)
    with st.container(key="summary"):
        st.html(CSS)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.title("Leadership summary", anchor=False, width="content")
            if shown:
                show_folded_replies(here, shown.round)
                st.caption(f"{_about(shown)} {NOT_YET}", width="content")
        show_waiting(here, small=True)
        if shown is None:
            if not cached.waiting_rounds(here):
                st.info(NO_SCORES if cached.every_round(here) else NO_ROUND)
            return
        with st.container(key="headline"):
            st.markdown(plain(headline(shown, plan)))
        left, right = st.columns([8, 7], gap="small")
        with left:
            show_topics(shown, plan)
        with right:
            show_plan(plan)
        if plan:
            show_phases(plan)


def latest_scored(here: PageContext) -> Shown | None:
    """The newest round on levels in which the organisation has a score."""
    for round_ in reversed(cached.shown_rounds(here)):
        if round_.framework.levels:
            shown = shown_round(here, round_)
            if shown.whole and shown.scores.of().score is not None:
                return shown
    return None


def headline(shown: Shown, plan: ShownPlan | None) -> str:
    """Where we stand, what is late and how much is to be decided, with the day."""
    score, before = shown.scores.of(), earlier(shown)
    then = before[1].scores.get(Place()) if before else None
    change = score.score - then.score if then and then.score is not None and score.score is not None else None
    said = where_we_stand(
        score.score,
        top_level=shown.framework.top_level,
        level=score.level,
        level_name=shown.framework.level_name(score.level) if score.level else "",
        change=change,
        since=before[0].name if before else "",
    )
    return f"{said} {_of_plan(plan)}" if plan else said


def _of_plan(plan: ShownPlan) -> str:
    late, open_ = int((plan.bars()["code"] == "late").sum()), len(decisions_shown(plan))
    needed = f"{counted(open_, 'decision')} {'is' if open_ == 1 else 'are'} needed" if open_ else "nothing to decide"
    return f"On {on_day(plan.today)}, {counted(late, 'action')} {'is' if late == 1 else 'are'} late and {needed}."


def show_topics(shown: Shown, plan: ShownPlan | None) -> None:
    """The priority topics that the plan was made for, now against their targets."""
    st.header("Where we stand", anchor=False, help=f"{number_help('score')} {TARGET_HELP}")
    aims = aimed_at(shown, plan)
    frame = kept("summary topics", (shown.key, aims.id), lambda: topics_frame(shown, aims))
    if frame.empty:
        st.info(NO_TARGETS)
        return

    def build(narrow: bool) -> dict[str, Any]:
        texts = ChartTexts.of(dumbbell_sentences(frame, subject="priority topic", period=shown.round.name))
        width = NARROW if narrow else WIDE
        chart = dumbbell_chart(
            frame, levels=shown.levels, mode=shown.here.mode, texts=texts, range_words="Range", width=width,
            narrow=narrow,
        )  # fmt: skip
        return specification(chart)

    show_picture("priority-topics", build, lambda: _table(frame), revision=(shown.key, aims.id), mode=shown.here.mode)


NOT_YET = "Downloads come in a later version."
TARGET_HELP = (
    "The target of a topic is the score that we reach when every department has reached its own target. "
    "The range goes from the lowest to the highest department."
)


def aimed_at(shown: Shown, plan: ShownPlan | None) -> Round:
    """The round whose targets count: the one that the plan was made from, if it has the same framework and its
    results are shown."""
    made_from = plan.round if plan else None
    seen = made_from is not None and any(each.id == made_from.id for each in cached.shown_rounds(shown.here))
    return made_from if made_from and seen and made_from.framework.id == shown.framework.id else shown.round


def topics_frame(shown: Shown, aims: Round) -> pd.DataFrame:
    """At most five priority topics in their order; columns as `dumbbell_chart`, the range over departments."""
    here, found = shown.here, shown.scores
    levels = furthest(targets(here.workspace, here.visitor, aims))
    rows = []
    for topic in priority_topics_of(here.workspace, here.visitor, aims)[:5]:
        dimension = shown.framework.dimension_of[topic]
        score: Score = found.of(None, dimension.id, topic)
        each = [found.of(code, dimension.id, topic).score for code in found.departments]
        known = [value for value in each if value is not None]
        rows.append(
            {
                "place": shown.framework.topics[topic].name,
                "score": number(score.score),
                "target": number(target_of(score, levels, topic)),
                "lowest": number(min(known, default=None)),
                "highest": number(max(known, default=None)),
            }
        )
    return pd.DataFrame(rows)


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    shown = {name: [_said(value) for value in frame[name]] for name in ("score", "target", "lowest", "highest")}
    words = {"score": "Score", "target": "Target", "lowest": "Lowest", "highest": "Highest"}
    return pd.DataFrame({"Topic": frame["place"], **{words[name]: values for name, values in shown.items()}})


def _said(value: float) -> str:
    return "–" if pd.isna(value) else shown_score(value)


def show_plan(plan: ShownPlan | None) -> None:
    """What is to be decided, what is late, and what comes next."""
    if plan is None:
        st.info(NO_PLAN)
        return
    show_decisions(plan)
    show_late(plan)
    show_milestones(plan)


def _about(shown: Shown) -> str:
    score, least = shown.scores.of(), shown.framework.least_coverage
    return f"{plain(shown.round.name)}: {coverage_sentence(score.coverage, least)}"
