"""What an action needs first: links to other actions, added and taken off one at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from maturity.operations.actions import ActionChanged, add_dependency, remove_dependency
from maturity.roadmap.actions import Action
from maturity.ui.context import keeping_refusals
from maturity.ui.plan import PlanView
from maturity.ui.plan_saving import rebase


def show_links(view: PlanView, action: Action) -> None:
    """The actions that have to finish first, each with a way to take the link off, and a way to add one."""
    box = st.expander("What it needs first", key=f"plan:links:{action.id}", on_change="rerun", icon=":material/link:")
    if not box.open or view.saved is None:
        return
    titles = titles_of(view)
    with box:
        if not action.requires:
            st.caption("It waits for no other action.")
        for code in action.requires:
            st.button(
                f"Do not wait for “{titles.get(code, view.name(code))}”",
                key=f"plan:{action.id}:free:{code}",
                icon=":material/link_off:",
                type="tertiary",
                on_click=_change,
                args=(view, action, partial(remove_dependency, needs=code)),
            )
        _show_adding(view, action, titles)


def titles_of(view: PlanView) -> dict[str, str]:
    """Every action of the version by code, with its department where it is a copy."""
    return {
        each.code: f"{each.title} ({view.name(each.department)})" if each.department else each.title
        for each in (view.saved.actions if view.saved else ())
    }


def _show_adding(view: PlanView, action: Action, titles: dict[str, str]) -> None:
    choices = [code for code in titles if code != action.code and code not in action.requires]
    with st.form(f"plan:link:{action.id}", border=False):
        name = f"plan:{action.id}:needs"
        st.selectbox(
            "Another action that has to finish first",
            choices,
            index=None,
            format_func=lambda code: titles.get(code, code),
            key=name,
            placeholder="Choose an action",
        )
        st.form_submit_button("Add this link", on_click=_add, args=(view, action, name))


def _add(view: PlanView, action: Action, name: str) -> None:
    code = st.session_state.get(name)
    if not code:
        st.session_state["plan:said"] = "Choose the action that has to finish first, then add the link."
        return
    _change(view, action, partial(add_dependency, needs=code))


def _change(view: PlanView, action: Action, write: Callable[..., Action]) -> None:
    with keeping_refusals():
        try:
            after = write(view.here.workspace, view.here.visitor, action.id, action.row_version)
        except ActionChanged as clash:
            rebase(clash.theirs, anew=False)
            raise
        rebase(after, anew=False)
        count = len(after.requires)
        st.session_state["plan:said"] = f"Saved: it waits for {count} other {'action' if count == 1 else 'actions'}."
