"""Undo on the plan's page: the last change to an opened action, what was taken out, and the plan before."""

from __future__ import annotations

from datetime import date

import streamlit as st

from maturity.operations.undo import LastChange, last_change, plan_before, undo_last, undo_replan
from maturity.roadmap.actions import Action
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan import PlanView, fresh_view, show_said
from maturity.ui.plan_saving import rebase
from maturity.words.messages import counted, on_day, saved_at
from maturity.words.replay_sentences import change_sentence, undo_would, undone_sentence

SAID = "plan:undo:said"
SHORT = 60


def show_undo(view: PlanView, action: Action) -> None:
    """The last change to the action, and a button that undoes it where this visitor may."""
    last = last_change(view.here.workspace, view.here.visitor, action.id)
    if last is None:
        return
    stated = last.stated
    said = change_sentence(stated.verb, stated.by, local(stated.at).date(), last.parts)
    if last.refused:
        st.caption(plain(f"{said} It cannot be undone here: {last.refused}."))
        return
    removed = last.before is None or last.before.removed_on is not None
    st.caption(plain(f"{said} {undo_would(stated.verb, _back(view, last), removed=removed)}"))
    st.button(
        "Undo the last change", icon=":material/undo:", key=f"plan:undo:{action.id}:{action.row_version}",
        on_click=_undo, args=(view, action, "plan:said"),
    )  # fmt: skip


def _back(view: PlanView, last: LastChange) -> dict[str, str]:
    """The values that undoing sets, in words, as far as they are short."""
    found = {}
    for name in last.parts:
        value = getattr(last.before, name, None)
        if isinstance(value, date):
            found[name] = on_day(value)
        elif name == "percent_done":
            found[name] = f"{value:g}%"
        elif name in ("title", "owner", "deliverable") and isinstance(value, str) and value:
            found[name] = f"“{view.name(value)[:SHORT]}”"
        elif name not in ("removed_on", "owner_person", "phase"):
            found[name] = "what it was" if value not in (None, "", ()) else "empty"
    return found


def _undo(view: PlanView, action: Action, where: str) -> None:
    """Undo once, however often the button was pressed before the page was drawn anew."""
    seen = f"plan:undone:{action.id}"
    if st.session_state.get(seen) == action.row_version:
        return
    with keeping_refusals():
        st.session_state[seen] = action.row_version
        last = undo_last(view.here.workspace, view.here.visitor, action.id, action.row_version)
        rebase(last.action, anew=True)
        words = undone_sentence(last.stated.verb, action.title)
        st.session_state[where] = plain(f"{saved_at(local(view.here.workspace.clock()))}: {words}.")


@st.fragment
def show_taken_back(here: PageContext, shown: tuple[object, ...]) -> None:
    """What was taken out of the current plan, to bring back; and the plan before, to go back to."""
    view = fresh_view(here, shown)
    if view is None or view.saved is None:
        return
    show_kept_refusals()
    show_said(SAID)
    _show_removed(view, view.saved.removed)
    _show_plan_before(view)


def _show_removed(view: PlanView, removed: tuple[Action, ...]) -> None:
    if not removed:
        return
    box = st.expander(
        f"Taken out of the plan ({len(removed)})", key="plan:removed", on_change="rerun", icon=":material/undo:"
    )
    if not box.open:
        return
    with box:
        for action in removed:
            last = last_change(view.here.workspace, view.here.visitor, action.id)
            if last is None:
                continue
            stated = last.stated
            why = f" Reason: {stated.reason}" if stated.reason and stated.verb == "remove action" else ""
            st.markdown(
                f"**{plain(action.title)}**  \n"
                + plain(f"Taken out by {stated.by or 'somebody'} on {on_day(local(stated.at).date())}.{why}")
            )
            st.button(
                "Bring back", key=f"plan:back:{action.id}:{action.row_version}", on_click=_undo,
                args=(view, action, SAID),
            )  # fmt: skip


def _show_plan_before(view: PlanView) -> None:
    found = plan_before(view.here.workspace, view.here.visitor, view.organisation.name)
    if found is None:
        return
    box = st.expander(
        "Go back to the plan before", key="plan:before", on_change="rerun", icon=":material/settings_backup_restore:"
    )
    if not box.open:
        return
    with box:
        st.write(
            plain(
                f"{found.current} is in force since {on_day(local(found.since).date())}, put there by "
                f"{found.by or 'somebody'}. Before it was {found.before}."
            )
        )
        if found.refused:
            st.info(plain(f"Going back is not possible: {found.refused}."))
            return
        with st.form("plan:before:form", border=False):
            st.text_input("Why people go back to it", key="plan:before:reason", max_chars=400)
            st.form_submit_button("Go back to this plan", on_click=_go_back, args=(view, found.current))


def _go_back(view: PlanView, current: str) -> None:
    with keeping_refusals():
        reason = st.session_state.get("plan:before:reason") or ""
        back = undo_replan(
            view.here.workspace, view.here.visitor, reason, expected_plan=current, organisation=view.organisation.name
        )
        st.session_state["plan:made"] = plain(
            f"{saved_at(local(view.here.workspace.clock()))}: {back.name} is the plan in force again, with its "
            f"{counted(len(back.actions), 'action')}."
        )
        st.query_params.pop("plan", None)
