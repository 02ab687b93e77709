"""The plan as it stood on a day that is chosen: a headline, the picture, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from maturity.operations.local_days import in_zone
from maturity.operations.plan_versions import Version, snapshot_of_plan, versions
from maturity.operations.quarterly_reviews import reviews
from maturity.operations.replay import ChangedDay, changed_days, plan_on, reports_on
from maturity.operations.saved_plans import SavedPlan
from maturity.roadmap.quarterly_review import QuarterlyReview
from maturity.roadmap.versions import difference
from maturity.ui.clock import today
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.pictures import show_picture, show_table
from maturity.ui.roadmap import drawn_roadmap
from maturity.ui.roadmap_baseline import in_force
from maturity.ui.roadmap_shown import ShownPlan, current_plan
from maturity.ui.roadmap_tables import every_cell
from maturity.words.messages import NO_PLAN, counted, on_day
from maturity.words.replay_sentences import before_first_plan, since_then, stood_sentence

DAY, JUMP = "replay_day", "replay_jump"
REVIEWED = "a quarterly review"
NEWEST = 12
"""So many of the reports made by then are listed, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the part is made from: the plan as it is `now`, when something changed, the versions and the reviews."""

    now: ShownPlan
    changes: tuple[ChangedDay, ...]
    versions: tuple[Version, ...]
    reviews: tuple[QuarterlyReview, ...] = ()

    @property
    def first(self) -> date:
        """The day of the first plan, as far as anybody knows."""
        return min(self.changes[0].day, self.now.today) if self.changes else self.now.today

    def local(self, version: Version) -> date | None:
        """The day on which a version was approved, where the organisation is."""
        moment = version.approved_at
        here = self.now.here
        return in_zone(moment, here.organisation.zone if here.organisation else None).date() if moment else None


@st.fragment
def show_replay(here: PageContext) -> None:
    """The plan as it stood on a day that is chosen."""
    now = current_plan(here)
    if now is None or here.organisation is None:
        st.info(NO_PLAN)
        return
    ws, name = here.workspace, here.organisation.name
    past = Past(
        now=now,
        changes=now.kept("changed days", lambda: changed_days(ws, here.visitor, name)),
        versions=now.kept("versions", lambda: versions(ws, here.visitor, name)),
        reviews=now.kept("reviews", lambda: reviews(ws, here.visitor, name)),
    )
    day = _choose_day(past)
    stood = now.kept(f"as it stood {day}", lambda: plan_on(ws, here.visitor, day, name))
    if stood is None:
        st.info(before_first_plan(day, past.first))
        return
    shown = replace(now, plan=stood, today=day, key=(*now.key, "as it stood", day))
    _show_headline(past, shown)
    _show_picture(shown)
    _show_reports(shown, name)


def _choose_day(past: Past) -> date:
    """The day, by a date, by the change before or after it, or by one of the days that mean something."""
    latest = past.now.today
    usual = max(past.first, latest - timedelta(days=30))
    known = st.session_state.setdefault(DAY, usual)
    if not isinstance(known, date) or not past.first <= known <= latest:
        st.session_state[DAY] = known = min(max(known, past.first), latest) if isinstance(known, date) else usual
    days = [each.day for each in past.changes]
    before = max((each for each in days if each < known), default=None)
    after = min((each for each in days if each > known), default=None)
    with st.container(horizontal=True, vertical_alignment="bottom", key="replay-choice"):
        st.date_input("Day", key=DAY, min_value=past.first, max_value=latest, format="DD/MM/YYYY", width=180)
        jumps = _jumps(past)
        st.selectbox(
            "Go to", list(jumps), index=None, key=JUMP, placeholder="A day that means something", width=320,
            on_change=_jump, args=(jumps,),
        )  # fmt: skip
        st.button("Change before", icon=":material/arrow_back:", disabled=before is None, on_click=_go, args=(before,))
        st.button("Change after", icon=":material/arrow_forward:", disabled=after is None, on_click=_go, args=(after,))
    made = next((each.changes for each in past.changes if each.day == known), 0)
    st.caption(f"{counted(made, 'change')} on this day." if made else "Nothing changed on this day.")
    return known


def _go(day: date | None) -> None:
    if day is not None:
        st.session_state[DAY] = day


def _jump(jumps: dict[str, date]) -> None:
    chosen = st.session_state.get(JUMP)
    if chosen in jumps:
        st.session_state[DAY] = jumps[chosen]
    st.session_state[JUMP] = None


def _jumps(past: Past) -> dict[str, date]:
    """Days that mean something, by what they are called, the latest first."""
    latest = past.now.today
    found = {"Today": latest, "A month ago": latest - timedelta(days=30), "A year ago": latest - timedelta(days=365)}
    approved = {f"Version {each.number} approved: {each.name}": past.local(each) for each in reversed(past.versions)}
    found |= {name: day for name, day in approved.items() if day}
    found |= {f"{each.name}, {REVIEWED}": each.held_on for each in reversed(past.reviews)}
    found["The first plan"] = past.first
    return {name: day for name, day in found.items() if past.first <= day <= latest}


def _show_headline(past: Past, shown: ShownPlan) -> None:
    stood, day, bars = shown.plan, shown.today, shown.bars()
    states = [str(each) for each in bars["code"]]
    approved = [on for each in past.versions if (on := past.local(each)) and on <= day]
    st.markdown(
        "**"
        + plain(
            stood_sentence(
                day, plan=stood.name, total=len(states), copies=len(stood.actions),
                done=states.count("done"), late=states.count("late"),
                versions=len(approved),
            )
        )
        + "**"
    )  # fmt: skip
    if day < past.now.today:
        st.write(plain(_since(stood, past.now.plan, day)))
        if st.button("Compare two versions", icon=":material/compare_arrows:", type="tertiary", on_click=_to_compare):
            st.rerun()  # the tabs stand outside of this fragment


def _to_compare() -> None:
    st.session_state["versions_tab"] = "Compare two"


def _since(stood: SavedPlan, now: SavedPlan, day: date) -> str:
    found = difference(snapshot_of_plan(stood), snapshot_of_plan(now))
    moved = [each for each in found.changes if {"moved", "re_dated"} & set(each.kinds)]
    entered, left = found.of("entered"), found.of("left")
    done = {each.code for each in stood.actions if each.done_on}
    return since_then(
        day, plan=now.name if now.id != stood.id else None, entered=len(entered), left=len(left), moved=len(moved),
        other=len(found.changes) - len(moved) - len(entered) - len(left),
        done=sum(bool(each.done_on) and each.code not in done for each in now.actions),
    )  # fmt: skip


def _show_picture(shown: ShownPlan) -> None:
    baseline = in_force(shown)
    word = "Today" if shown.today == today(shown.here) else "On"
    if not shown.plan.actions:
        st.info("This plan had no actions.")
        return
    show_picture(
        "roadmap-as-it-stood",
        lambda narrow, mode: drawn_roadmap(shown, "phase", baseline, narrow, mode, word),
        lambda: every_cell(shown.bars(), "phase", baseline.words),
        revision=shown.key,
        mode=shown.here.mode,
    )


def _show_reports(shown: ShownPlan, organisation: str) -> None:
    here, day = shown.here, shown.today
    found = shown.kept("reports by then", lambda: reports_on(here.workspace, here.visitor, day, organisation))
    if not found:
        st.caption("Nothing had been reported by then.")
        return
    box = st.expander(
        f"Reports up to that day ({len(found)})", key="replay_reports", on_change="rerun", icon=":material/history:"
    )
    if not box.open:
        return
    titles = {each.code: each.title for each in (*shown.plan.actions, *shown.plan.removed)}
    rows = [
        (on_day(each.made_at.date()), plain(titles.get(each.code, each.code)), f"{each.percent_done:.0f}%",
         plain(each.note or each.because))
        for each in reversed(found[-NEWEST:])
    ]  # fmt: skip
    with box:
        show_table(pd.DataFrame(rows, columns=["Day", "Action", "Done", "What was said"]))
