"""Supposing that something goes wrong: three stories, each to be adjusted, and what falls first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.forecasts import PREMORTEM, Asking
from maturity.planning.request import PHASE_NAMES
from maturity.roadmap.actions import Action
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, fresh_view, short_day
from maturity.ui.plan_forecast_pictures import forget_strange
from maturity.ui.plan_forecast_tables import date_of, target_name
from maturity.ui.plan_tables import EMPTY, show, table, text
from maturity.ui.working import begin, finished
from maturity.words.forecast_sentences import (
    chance_percent,
    failed_sentence,
    falls_sentence,
    story_end,
    story_sentence,
    struck_sentence,
)

WORK, STORY = "plan:premortem", "plan:premortem:story"
STORIES = {"leaves": "A key person leaves", "cut": "The budget is cut", "late": "One action is half a year late"}
SHARES = (10, 20, 30, 50, 100)
SHOWN = 15
GRACE_DAYS = 7
"""Days under which a later date is not worth a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is supposed: the sentence, and what goes to the solver."""

    said: str
    trouble: Mapping[str, Any]


@st.fragment
def show_premortem(here: PageContext, shown: tuple[object, ...], asking: Asking) -> None:
    """The choice of a story and, once it is computed, what falls. While it is computed there are no inputs."""
    view = fresh_view(here, shown)
    if view is None:
        return
    unfinished = [each for each in asking.plan.actions if not each.done_on]
    if not unfinished:
        st.write("Every action is done, so nothing can go wrong any more.")
        return
    work = finished(WORK, "Running through the plan with this trouble.")
    if WORK in st.session_state and work is None:
        return
    show_kept_refusals()
    _show_choice(view, asking, unfinished)
    story: Story | None = st.session_state.get(STORY)
    if work is None or story is None or not _about(work.question, asking, story):
        return
    st.markdown(f"**{plain(story.said)}**")
    if work.result is None:
        st.error(failed_sentence(plain(work.said or f"the work is {work.state}")))
        return
    _show_result(view, asking, work.result)


def _about(question: str, asking: Asking, story: Story) -> bool:
    """Whether a work answers this story of the plan as it stands."""
    return question == json.dumps(asking.story(**story.trouble), ensure_ascii=False)


def _show_choice(view: PlanView, asking: Asking, unfinished: list[Action]) -> None:
    kind = st.segmented_control(
        "What goes wrong", list(STORIES), default="leaves", required=True, format_func=STORIES.__getitem__,
        key="plan:premortem:kind",
    )  # fmt: skip
    with st.form(f"plan:premortem:{kind}", border=False):
        _INPUTS[kind or "leaves"](view, asking, unfinished)
        st.form_submit_button("Suppose it", on_click=_suppose, args=(view, asking, kind or "leaves"))


def _leaves_inputs(view: PlanView, asking: Asking, unfinished: list[Action]) -> None:
    days: dict[str, float] = {}
    for each in unfinished:
        for role, effort in each.effort.items():
            days[role] = days.get(role, 0.0) + effort
    roles = sorted(days, key=lambda role: -days[role])
    left, right = st.columns(2)
    forget_strange("plan:premortem:role", roles)
    left.selectbox("Whose key person leaves", roles, format_func=view.name, key="plan:premortem:role")
    st.session_state.setdefault("plan:premortem:since", max(asking.today, asking.plan.starts))
    right.date_input("From which day", key="plan:premortem:since", format="DD/MM/YYYY")


def _cut_inputs(view: PlanView, asking: Asking, unfinished: list[Action]) -> None:
    waiting = [each.phase for each in unfinished if each.cost and each.begun_on is None]
    phases = sorted(set(waiting)) or [1]
    left, right = st.columns(2)
    forget_strange("plan:premortem:phase", phases)
    left.selectbox("Phase", phases, format_func=_phase, key="plan:premortem:phase")
    st.session_state.setdefault("plan:premortem:share", 20)
    right.selectbox("Money that is missing", SHARES, format_func=lambda each: f"{each}%", key="plan:premortem:share")


def _phase(number: int) -> str:
    return f"{number} {PHASE_NAMES[number - 1]}"


def _late_inputs(view: PlanView, asking: Asking, unfinished: list[Action]) -> None:
    waits = waiting_for(asking)
    rows = sorted(unfinished, key=lambda each: (-len(waits[each.code]), each.start, each.code))
    names = {each.code: _action(view, each) for each in rows}
    forget_strange("plan:premortem:action", names)
    st.selectbox("Which action", list(names), format_func=names.__getitem__, key="plan:premortem:action")
    st.caption("First the one that most others wait for.")


def waiting_for(asking: Asking) -> dict[str, set[str]]:
    """The activities that wait for each one, directly or through others."""
    after: dict[str, list[str]] = {each["code"]: list(each["after"]) for each in asking.ask["request"]["activities"]}
    found: dict[str, set[str]] = {code: set() for code in after}
    for code in after:
        seen, walk = set[str](), list(after[code])
        while walk:
            before = walk.pop()
            if before not in seen and before in after:
                seen.add(before)
                found[before].add(code)
                walk += after[before]
    return found


def _action(view: PlanView, action: Action) -> str:
    return f"{action.title} ({view.name(action.department)})" if action.department else action.title


_INPUTS = {"leaves": _leaves_inputs, "cut": _cut_inputs, "late": _late_inputs}


def _suppose(view: PlanView, asking: Asking, kind: str) -> None:
    """In the form's callback: keep what is supposed, and ask."""
    with keeping_refusals():
        story = _story(view, asking, kind)
        st.session_state[STORY] = story
        begin(WORK, PREMORTEM, asking.story(**story.trouble))


def _story(view: PlanView, asking: Asking, kind: str) -> Story:
    state = st.session_state
    if kind == "leaves":
        role, since = state.get("plan:premortem:role"), state.get("plan:premortem:since")
        if role is None:
            raise Refused("no unfinished action says whose days it takes; enter its person-days first")
        if not isinstance(since, date):
            raise Refused("choose the day from which the person is gone")
        trouble = {"kind": kind, "role": role, "since": float((since - asking.plan.starts).days)}
        return Story(said=story_sentence(kind, view.name(role), since), trouble=trouble)
    if kind == "cut":
        phase, share = int(state["plan:premortem:phase"]), int(state["plan:premortem:share"]) / 100
        trouble = {"kind": kind, "phase": phase, "share": share}
        return Story(said=story_sentence(kind, f"phase {_phase(phase)}", share=share), trouble=trouble)
    code = str(state["plan:premortem:action"])
    named = _action(view, asking.plan.action(code))
    return Story(said=story_sentence(kind, f"“{named}”"), trouble={"kind": kind, "code": code})


def _show_result(view: PlanView, asking: Asking, found: Mapping[str, Any]) -> None:
    if not found["touched"]:
        st.write(struck_sentence(found["touched"]))
        return
    base, story = found["end"]["base"], found["end"]["story"]
    end = date_of(asking, story["p50"], last_of_work=True)
    assert end is not None
    st.write(story_end(end, (story["p50"] - base["p50"]) / 7))
    rows = sorted(_rows(view, asking, found), key=lambda row: row.order)
    st.write(plain(falls_sentence([row.name for row in rows if row.falls])))
    if not rows:
        return
    cells = (
        (
            text(row.name, "name"),
            text(short_day(row.due), "nowrap"),
            text(row.before),
            text(row.after),
            text(row.chance),
        )
        for row in rows[:SHOWN]
    )
    show(table(("What moves", "Day", "Without it", "With it", "Chance by its day"), cells, "What moves, falls first"))
    if len(rows) > SHOWN:
        st.caption(
            f"{SHOWN} of {len(rows)} milestones and targets that move by a week or more, most lost chance first."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A milestone or target that the trouble makes later, as likely as not by these dates."""

    name: str
    due: date
    before: str
    after: str
    chance: str
    falls: bool
    lost: float

    @property
    def order(self) -> tuple[bool, float, date]:
        """What falls by its day, the rest by how much of its chance it loses."""
        return not self.falls, 0.0 if self.falls else -self.lost, self.due


def _rows(view: PlanView, asking: Asking, found: Mapping[str, Any]) -> Iterator[Moved]:
    names = {each.id: each.name for each in asking.plan.milestones}
    for pair in found["gates"]:
        if _moves(pair):
            yield _moved(asking, pair, names.get(pair["base"]["id"], ""), pair["base"]["on"], last_of_work=True)
    alike: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for pair in found["aims"]:
        if _moves(pair):
            base, story = pair["base"], pair["story"]
            same = (base["topic"], base["due"], base["p50"], story["p50"], _chances(pair), _falls(pair))
            alike.setdefault(same, []).append(pair)
    for pairs in alike.values():
        name = target_name(view, [each["base"] for each in pairs])
        yield _moved(asking, pairs[0], name, pairs[0]["base"]["due"], last_of_work=False)


def _moves(pair: Mapping[str, Any]) -> bool:
    base, story = pair["base"], pair["story"]
    if base["p50"] is None or story["p50"] is None:
        return False
    return _falls(pair) or bool(story["p50"] - base["p50"] >= GRACE_DAYS)


def _falls(pair: Mapping[str, Any]) -> bool:
    """Whether it is more likely reached than not, and with the trouble is not any more."""
    return bool(pair["base"]["chance"] >= 0.5 > pair["story"]["chance"])


def _chances(pair: Mapping[str, Any]) -> str:
    return f"{chance_percent(pair['story']['chance'])}, was {chance_percent(pair['base']['chance'])}"


def _moved(asking: Asking, pair: Mapping[str, Any], name: str, due: float, *, last_of_work: bool) -> Moved:
    days = (
        date_of(asking, pair["base"]["p50"], last_of_work=last_of_work),
        date_of(asking, pair["story"]["p50"], last_of_work=last_of_work),
    )
    before, after = (short_day(each) if each else EMPTY for each in days)
    return Moved(
        name=name,
        due=asking.plan.starts + timedelta(days=int(due)),
        before=before,
        after=after,
        chance=_chances(pair),
        falls=_falls(pair),
        lost=pair["base"]["chance"] - pair["story"]["chance"],
    )
