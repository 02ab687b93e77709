"""The forecast of a plan: how likely its end, its targets and milestones are, computed beside the server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import streamlit as st

from maturity.operations.forecasts import FORECAST, Asking, ask_forecast
from maturity.operations.local_days import in_zone
from maturity.operations.solver import Work
from maturity.planning.forecast import COMMON_SPREAD, STILL_CHANCE, STILL_DAYS, STRETCH, UNSAID_CONFIDENCE
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, fresh_view
from maturity.ui.plan_forecast_pictures import show_drivers, show_fan
from maturity.ui.plan_forecast_tables import show_action_dates, show_milestones, show_targets
from maturity.ui.plan_premortem import show_premortem
from maturity.ui.working import begin, finished
from maturity.words.forecast_sentences import (
    EARLIER,
    NO_ACTIONS,
    NO_SCORE,
    all_done,
    assumptions,
    end_sentence,
    failed_sentence,
    partly_shown,
    planned_sentence,
    targets_sentence,
    today_sentence,
    withheld_sentence,
)
from maturity.words.risk_sentences import counted_risks, risk_in_forecast

WORK, ASKED = "plan:forecast", "plan:forecast:asked"
HOUR = 3600


@st.fragment
def show_forecast(here: PageContext, shown: tuple[object, ...]) -> None:
    """The whole part: begun when it is opened, then what leaders need first, and the rest one click away."""
    view = fresh_view(here, shown)
    if view is None or view.saved is None:
        return
    st.header("Forecast", anchor="forecast")
    if not view.saved.actions:
        st.info(NO_ACTIONS)
        return
    if view.saved.status == "past":
        st.caption(EARLIER)
    asking = asking_of(view)
    work = _work(asking, asked_key(view))
    if work is None:
        return
    if work.result is None:
        st.error(failed_sentence(plain(work.said or f"the work is {work.state}")))
        st.button("Forecast again", on_click=_ask_anew, icon=":material/refresh:")
        return
    _show_head(view, asking, work.result)
    _show_risks(asking)
    _show_levels(view, asking, work.result)
    _show_more(view, asking, work.result)


def asked_key(view: PlanView) -> tuple[object, ...]:
    """What a forecast hangs on: the plan as it is, the round's scores, who looks, and the day."""
    ws, visitor = view.here.workspace, view.here.visitor
    return (
        *view.revision,
        ws.revision(view.round.scope),
        repr(visitor.grants),
        in_zone(ws.clock(), view.organisation.zone).date(),
    )


def asking_of(view: PlanView) -> Asking:
    """The question, read once for a plan as it stands on a day."""
    assert view.saved is not None
    return _asking(asked_key(view), view, view.saved.name)


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _asking(key: tuple[object, ...], _view: PlanView, _name: str) -> Asking:
    return ask_forecast(_view.here.workspace, _view.here.visitor, _name, _view.organisation.name)


def _work(asking: Asking, key: tuple[object, ...]) -> Work | None:
    """The forecast's work once it is over. It begins by itself, but not again where somebody stopped it."""
    if st.session_state.get(ASKED) != key:
        st.session_state[ASKED] = key
        begin(WORK, FORECAST, asking.ask)
    if WORK not in st.session_state:
        st.info("The forecast was stopped.")
        st.button("Forecast again", on_click=_ask_anew, icon=":material/refresh:")
        return None
    return finished(WORK, "Running through the plan 10,000 times.")


def _ask_anew() -> None:
    st.session_state.pop(ASKED, None)


def on(asking: Asking, day: float) -> date:
    """The date on which something is first true."""
    return asking.plan.starts + timedelta(days=int(day))


def _show_head(view: PlanView, asking: Asking, found: Mapping[str, Any]) -> None:
    end, actions = found["end"], asking.plan.actions
    last_day = timedelta(days=1)  # a finish is the day after the last day of work
    done = [each.done_on for each in actions if each.done_on]
    if len(done) == len(actions):
        st.markdown(f"**{all_done(max(done))}**")
    else:
        middle, late, planned = (on(asking, end[name]) - last_day for name in ("p50", "p80", "planned"))
        st.markdown(f"**{end_sentence(middle, late)}** {planned_sentence(planned, end['chance'])}")
    states = [asking.plan.status_of(each, asking.today).code for each in actions]
    begun = sum(each.begun_on is not None and not each.done_on for each in actions)
    st.caption(f"{today_sentence(asking.today, len(done), begun, states.count('late'), len(actions))} {NO_SCORE}")


def _show_risks(asking: Asking) -> None:
    """Which risks went in, by name; how each is reckoned with stands among what is assumed."""
    if not asking.risks:
        return
    names = {each.id: each.title for each in asking.risks}
    told = asking.ask["request"]["risks"]
    happened = sum(each["chance"] >= 1 for each in told)
    said = counted_risks([names[each["code"]] for each in told], len(names) - len(told), happened)
    st.caption(plain(said))


def _risk_lines(asking: Asking) -> list[str]:
    names = {each.id: each.title for each in asking.risks}
    return [
        plain(risk_in_forecast(names[each["code"]], each["chance"], each["longer"], len(each["codes"])))
        for each in asking.ask["request"]["risks"]
    ]


def _show_levels(view: PlanView, asking: Asking, found: Mapping[str, Any]) -> None:
    st.subheader("Targets", anchor="forecast-targets")
    if asking.withheld:
        st.info(withheld_sentence(plain(asking.withheld)))
    else:
        known = {department for department, _, _ in asking.ask["request"]["levels"]}
        if len(known) < len(view.round.names):
            st.caption(partly_shown(len(known), len(view.round.names)))
        chances = [each["chance"] for each in found["aims"] if each["planned"]]
        st.markdown(targets_sentence(chances, len(found["aims"]) - len(chances)))
        show_targets(view, asking, found["aims"])
    st.subheader("Milestones", anchor="forecast-milestones")
    show_milestones(asking, found["gates"])
    if not asking.withheld:
        st.subheader("Expected level", anchor="forecast-levels")
        show_fan(view, asking, found["fan"], asked_key(view))


def _show_more(view: PlanView, asking: Asking, found: Mapping[str, Any]) -> None:
    with _box("What makes the end late", "late") as box:
        if box.open:
            show_drivers(view, asking, found["drivers"], asked_key(view))
    with _box("Suppose that something goes wrong", "wrong") as box:
        if box.open:
            show_premortem(view.here, view.revision, asking)
    with _box("Likely and late dates of the actions", "actions") as box:
        if box.open:
            show_action_dates(view, asking, found["actions"])
    with _box("What this forecast assumes", "assumes") as box:
        if box.open:
            said = [*assumptions(COMMON_SPREAD, STRETCH, STILL_CHANCE, STILL_DAYS, UNSAID_CONFIDENCE)]
            said += _risk_lines(asking)
            st.markdown("\n".join(f"- {each}" for each in said))


def _box(label: str, name: str) -> Any:
    return st.expander(label, key=f"plan:forecast:{name}", on_change="rerun")
