"""One opened action of the library: all of it, its routes side by side, its estimate, and for own ones the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from maturity.operations.own_actions import bring_back_own_action, retire_own_action
from maturity.operations.own_estimates import choose_route, clear_estimate, set_estimate
from maturity.planning.catalogue import CatalogueAction
from maturity.planning.own_catalogue import Numbers, OwnAction, by_route, route_of
from maturity.planning.request import PHASE_NAMES
from maturity.ui import library_writing
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.library_numbers import in_proportion, show_numbers, total, typed_numbers
from maturity.ui.plan_tables import about, parts, show, table, text
from maturity.words import library_sentences as words
from maturity.words.messages import on_day

if TYPE_CHECKING:
    from maturity.ui.library import Shelf


def show_action(shelf: Shelf, code: str) -> None:
    """Everything about an action, and for whoever may, how to change what plans use of it."""
    action = shelf.actions[code]
    st.header(plain(action.title), anchor="action")
    if marks := shelf.marks(code):
        st.caption(", ".join(marks).capitalize() + ".")
    st.write(plain(action.summary))
    show(about(facts(shelf, action), "About this action"))
    _show_routes(shelf, action)
    retired = shelf.retired.get(code)
    if retired is None:
        _show_learned(shelf, action)
    if not shelf.view.may_edit:
        return
    if retired:
        st.button("Bring it back", icon=":material/undo:", on_click=_bring_back, args=(shelf, retired))
        return
    _show_choosing(shelf, action)
    _show_estimating(shelf, action)
    if own := shelf.own.get(code):
        library_writing.show_editing(shelf, own)
        _show_retiring(shelf, own)


def facts(shelf: Shelf, action: CatalogueAction) -> dict[str, str]:
    """What is known about an action, by name; what is empty is left out."""
    view, effort = shelf.view, action.effort
    actions = shelf.actions
    each = words.EACH_DEPARTMENT if action.scope == "department" else words.EVERYBODY
    per = " in each department" if action.scope == "department" else ""
    found = {
        "For": each,
        "Phase": f"{action.phase} {PHASE_NAMES[action.phase - 1]}{', a quick win' if action.quick_win else ''}",
        "Raises": "; ".join(f"{view.name(r.topic)} from {r.from_level} to {r.to_level}" for r in action.raises),
        "Needs first": "; ".join(actions[code].title for code in action.requires if code in actions),
        "Delivers": action.deliverable,
        "Done when": action.done_when,
        "KPI": f"{action.kpi.name}, {action.kpi.unit}, should go {action.kpi.direction}",
        "Lead": view.name(action.lead),
        "Takes": f"{action.duration_weeks} weeks, {words.spread(total(effort), 'person-days')}{per}",
        "Who": "; ".join(f"{view.name(role)} {words.spread(days)}" for role, days in effort.items()),
        "Cost once": words.price(action.cost.one_off if action.cost else None, view.currency),
        "Cost a year": words.price(action.cost.yearly if action.cost else None, view.currency),
        "Where from": "; ".join(action.basis),
        **_written_by(shelf, action.id),
    }
    return {name: said for name, said in found.items() if said}


def _written_by(shelf: Shelf, code: str) -> dict[str, str]:
    """Who set what is the organisation's own, when and why."""
    own, lib = shelf.own.get(code), shelf.library.own
    estimate = lib.estimate(code, _route(shelf, code))
    choice = lib.choice(code)
    said = {
        "Written by": f"{own.set_by}, {on_day(own.set_at.date())}" if own else "",
        "Our estimate": f"{estimate.reason} ({estimate.set_by}, {on_day(estimate.set_at.date())})" if estimate else "",
        "Our route": f"{words.ROUTES[choice.route]}: {choice.reason} ({choice.set_by}, {on_day(choice.set_at.date())})"
        if choice
        else "",
    }
    return {name: text for name, text in said.items() if text}


def _route(shelf: Shelf, code: str) -> str:
    return route_of(shelf.actions[code], shelf.library.own.choice(code))


def _show_routes(shelf: Shelf, action: CatalogueAction) -> None:
    """The routes side by side; with one there is nothing to compare, but how to get out and what stays is said too."""
    if not action.routes:
        return
    st.subheader("Routes", anchor=False, help=words.ROUTES_HELP)
    taken, currency = _route(shelf, action.id), shelf.view.currency
    written = shelf.library.written.by_id.get(action.id, action)
    ways = {each.kind: by_route(written, shelf.library.own, each.kind) for each in action.routes}
    names = {kind: words.route_name(kind) + (" (taken)" if kind == taken else "") for kind in ways}
    rows = {
        "How to get out": [text(each.exit) for each in action.routes],
        "Skills it leaves behind": [text(each.skills) for each in action.routes],
        "Cost a year": [text(words.price(way.cost.yearly if way.cost else None, currency)) for way in ways.values()],
        "Cost once": [text(words.price(way.cost.one_off if way.cost else None, currency)) for way in ways.values()],
        "Weeks": [str(way.duration_weeks) for way in ways.values()],
        "Person-days": [
            text(words.spread(total(way.effort)), "part")
            + parts(f"{shelf.view.name(role)} {days.likely:g}" for role, days in way.effort.items())
            for way in ways.values()
        ],
    }
    show(
        table(
            ("By route", *names.values()),
            ((text(name, "name"), *cells) for name, cells in rows.items()),
            "Routes of this action",
        )
    )


def _show_learned(shelf: Shelf, action: CatalogueAction) -> None:
    found = shelf.library.learned.get(action.id)
    spent = found.effort if found else None
    about = bool(found and (found.same or found.worth_saying)), bool(spent and (spent.same or spent.worth_saying))
    if not any(about):
        return
    st.subheader("What done actions took", anchor=False)
    lead = shelf.view.name(action.lead)
    if found and about[0]:
        st.write(plain(words.learned_sentence(found, lead, action.duration_weeks)))
    if spent and about[1]:
        st.write(plain(words.effort_sentence(spent, lead, total(action.effort).likely)))
    st.caption(words.HOW_LEARNED)
    if not shelf.view.may_edit:
        return
    with st.container(horizontal=True):
        if found and shelf.suggested(action.id):
            st.button(
                f"Take over {found.weeks} weeks", icon=":material/update:", key=f"library:learn:{action.id}",
                on_click=_take_over, args=(shelf, action, found.weeks, words.learned_reason(found, lead)),
            )  # fmt: skip
        if spent and shelf.suggested_effort(action.id):
            st.button(
                f"Take over {spent.person_days:g} person-days", icon=":material/update:",
                key=f"library:learn-effort:{action.id}", on_click=_take_over_effort,
                args=(shelf, action, spent.person_days, words.effort_reason(spent, lead)),
            )  # fmt: skip


def _take_over(shelf: Shelf, action: CatalogueAction, weeks: int, reason: str) -> None:
    numbers = {**_numbers(action).model_dump(), "duration_weeks": weeks}
    _keep_estimate(shelf, action, numbers, reason)


def _take_over_effort(shelf: Shelf, action: CatalogueAction, person_days: float, reason: str) -> None:
    """All roles in the same proportion, so that together they make the effort that was learned."""
    effort = in_proportion(action.effort, person_days)
    _keep_estimate(shelf, action, {**_numbers(action).model_dump(), "effort": effort}, reason)


def _numbers(action: CatalogueAction) -> Numbers:
    return Numbers(duration_weeks=action.duration_weeks, effort=action.effort, cost=action.cost)


def _show_choosing(shelf: Shelf, action: CatalogueAction) -> None:
    others = [each.kind for each in action.routes if each.kind != _route(shelf, action.id)]
    if not others:
        return
    box = st.expander("Take another route", key=f"library:route:{action.id}", on_change="rerun",
                      icon=":material/alt_route:")  # fmt: skip
    if not box.open:
        return
    name = f"library:route:{action.id}:{_route(shelf, action.id)}"
    with box, st.form(name, border=False):
        st.radio("Route", others, format_func=words.route_name, key=f"{name}:kind")
        st.text_input("Reason", key=f"{name}:why", max_chars=500)
        st.form_submit_button("Take this route", on_click=_take_route, args=(shelf, action, name))


def _take_route(shelf: Shelf, action: CatalogueAction, name: str) -> None:
    here, kind = shelf.view.here, str(st.session_state.get(f"{name}:kind"))
    with keeping_refusals():
        why = str(st.session_state.get(f"{name}:why") or "")
        choose_route(here.workspace, here.visitor, shelf.view.round, action.id, kind, why)
        st.session_state["library:said"] = (
            f"“{plain(action.title)}” goes by {words.ROUTES[kind].lower()} in the next plan."
        )


def _show_estimating(shelf: Shelf, action: CatalogueAction) -> None:
    box = st.expander("Change the estimate", key=f"library:estimate:{action.id}", on_change="rerun",
                      icon=":material/edit:")  # fmt: skip
    if not box.open:
        return
    seen = shelf.library.own.estimate(action.id, _route(shelf, action.id))
    prefix = f"library:estimate:{action.id}:{_route(shelf, action.id)}:{seen.row_version if seen else 0}"
    with box:
        st.caption("Plans made from now on use it. " + words.ONE_NUMBER)
        roles = show_numbers(shelf.view, prefix, _numbers(action))
        st.text_input("Reason", key=f"{prefix}:why", max_chars=500)
        with st.container(horizontal=True):
            st.button("Save the estimate", type="primary", key=f"{prefix}:save", on_click=_save_estimate,
                      args=(shelf, action, prefix, roles))  # fmt: skip
            if seen:
                st.button("Back to the catalogue's", type="tertiary", key=f"{prefix}:clear", on_click=_clear_estimate,
                          args=(shelf, action, seen.row_version))  # fmt: skip


def _save_estimate(shelf: Shelf, action: CatalogueAction, prefix: str, roles: list[str]) -> None:
    with keeping_refusals():
        numbers = typed_numbers(shelf.view, prefix, roles)
        _keep_estimate(shelf, action, numbers, str(st.session_state.get(f"{prefix}:why") or ""))


def _keep_estimate(shelf: Shelf, action: CatalogueAction, numbers: dict[str, object], reason: str) -> None:
    here, seen = shelf.view.here, shelf.library.own.estimate(action.id, _route(shelf, action.id))
    with keeping_refusals():
        set_estimate(
            here.workspace, here.visitor, shelf.view.round, action.id, numbers, reason, seen.row_version if seen else 0
        )
        st.session_state["library:said"] = f"The estimate of “{plain(action.title)}” counts from the next plan on."


def _clear_estimate(shelf: Shelf, action: CatalogueAction, seen: int) -> None:
    here = shelf.view.here
    with keeping_refusals():
        clear_estimate(here.workspace, here.visitor, shelf.view.round, action.id, seen)
        st.session_state["library:said"] = f"“{plain(action.title)}” has the catalogue's estimate again."


def _show_retiring(shelf: Shelf, own: OwnAction) -> None:
    st.button(
        "Retire this action", icon=":material/archive:", key=f"library:retire:{own.id}", on_click=_retire,
        args=(shelf, own), help="It is proposed no more. Plans that have it keep it, and it can be brought back.",
    )  # fmt: skip


def _retire(shelf: Shelf, own: OwnAction) -> None:
    here = shelf.view.here
    with keeping_refusals():
        retire_own_action(here.workspace, here.visitor, shelf.view.round, own)
        st.session_state["library:said"] = f"“{plain(own.action.title)}” is retired."


def _bring_back(shelf: Shelf, own: OwnAction) -> None:
    here = shelf.view.here
    with keeping_refusals():
        bring_back_own_action(here.workspace, here.visitor, shelf.view.round, own)
        st.session_state["library:said"] = f"“{plain(own.action.title)}” can be planned again."
