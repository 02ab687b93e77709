"""Adding an action of the organisation's own to the library, and editing it: one form in three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from maturity.operations.own_actions import add_own_action, edit_own_action
from maturity.planning.catalogue import CatalogueAction
from maturity.planning.own_catalogue import Numbers, OwnAction
from maturity.planning.request import PHASE_NAMES
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.library_numbers import show_numbers, typed_numbers
from maturity.words import library_sentences as words

if TYPE_CHECKING:
    from maturity.ui.library import Shelf

TEXTS = {"title": ("Title", 200), "summary": ("What is done, in two sentences", 4_000),
         "deliverable": ("What it delivers", 1_000), "done_when": ("Done when", 1_000)}  # fmt: skip
SCOPES = {"department": words.EACH_DEPARTMENT, "city": words.EVERYBODY}
KPI = ("Departments where it is in use", "% of departments")
LEVELS = (1, 2)


def show_adding(shelf: Shelf) -> None:
    """A form for an action of the organisation's own."""
    st.header("Our own actions", anchor="own")
    box = st.expander("Add an action of our own to the library", key="library:add", on_change="rerun",
                      icon=":material/add:")  # fmt: skip
    if box.open:
        with box:
            st.caption("It can be planned like any other. Nobody else's library changes.")
            prefix = f"library:new:{st.session_state.get('library:added', 0)}"
            _show_form(shelf, prefix, None, "Add it to the library")


def show_editing(shelf: Shelf, own: OwnAction) -> None:
    """The same form, filled with an own action."""
    box = st.expander("Change this action", key=f"library:edit:{own.id}", on_change="rerun", icon=":material/edit:")
    if box.open:
        with box:
            _show_form(shelf, f"library:own:{own.id}:{own.row_version}", own, "Save the action")


def _show_form(shelf: Shelf, prefix: str, own: OwnAction | None, label: str) -> None:
    action = own.action if own else None
    st.markdown("**Step 1: what it is**")
    for name, (said, most) in TEXTS.items():
        _seed(f"{prefix}:{name}", getattr(action, name) if action else "")
        if name == "title":
            st.text_input(said, key=f"{prefix}:{name}", max_chars=most)
        else:
            st.text_area(said, key=f"{prefix}:{name}", max_chars=most, height=80)
    _show_place(prefix, action)
    st.markdown("**Step 2: what it raises, and what comes first**")
    topics = _show_raises(shelf, prefix, action)
    _show_needs(shelf, prefix, action)
    st.markdown("**Step 3: who, how long and how much**")
    st.caption(words.ONE_NUMBER)
    roles = list(shelf.library.catalogue.role)
    _seed(f"{prefix}:lead", action.lead if action else roles[0])
    st.selectbox("Lead", roles, format_func=shelf.view.name, key=f"{prefix}:lead", width=320)
    working = show_numbers(shelf.view, prefix, _numbers(action, roles))
    _show_route(prefix, action)
    st.button(label, type="primary", key=f"{prefix}:save", on_click=_save, args=(shelf, prefix, own, topics, working))


def _numbers(action: CatalogueAction | None, roles: list[str]) -> Numbers:
    if action:
        return Numbers(duration_weeks=action.duration_weeks, effort=action.effort, cost=action.cost)
    return Numbers.model_validate({"duration_weeks": 8, "effort": {roles[0]: {"low": 3, "likely": 5, "high": 8}}})


def _show_place(prefix: str, action: CatalogueAction | None) -> None:
    with st.container(horizontal=True):
        _seed(f"{prefix}:scope", action.scope if action else "department")
        st.selectbox("For", list(SCOPES), format_func=SCOPES.__getitem__, key=f"{prefix}:scope", width=240)
        _seed(f"{prefix}:phase", action.phase if action else 1)
        st.selectbox("Phase in which it starts at the earliest", [1, 2, 3, 4], key=f"{prefix}:phase", width=300,
                     format_func=lambda number: f"{number} {PHASE_NAMES[number - 1]}")  # fmt: skip
    with st.container(horizontal=True):
        for name, label, given in (("kpi", "KPI", 0), ("unit", "Its unit", 1)):
            known = (action.kpi.name, action.kpi.unit)[given] if action else KPI[given]
            _seed(f"{prefix}:{name}", known)
            st.text_input(label, key=f"{prefix}:{name}", max_chars=200, width=300)
        _seed(f"{prefix}:direction", action.kpi.direction if action else "up")
        st.selectbox("Should go", ["up", "down"], key=f"{prefix}:direction", width=120)
    _seed(f"{prefix}:quick", action.quick_win if action else False)
    st.checkbox("A quick win: people see something within half a year", key=f"{prefix}:quick")


def _show_raises(shelf: Shelf, prefix: str, action: CatalogueAction | None) -> list[str]:
    framework, known = shelf.view.round.framework, {each.topic: each for each in (action.raises if action else ())}
    _seed(f"{prefix}:topics", list(known))
    st.multiselect("Topics that it raises", list(framework.topics), format_func=shelf.view.name, key=f"{prefix}:topics")
    chosen = list(st.session_state[f"{prefix}:topics"])
    for topic in chosen:
        before = (known[topic].from_level, known[topic].to_level) if topic in known else LEVELS
        with st.container(horizontal=True):
            for end, label, least, level in (("from", "from", 1, before[0]), ("to", "to", 2, before[1])):
                _seed(f"{prefix}:{topic}:{end}", level)
                st.number_input(f"{shelf.view.name(topic)} {label} level", min_value=least, step=1, width=300,
                                max_value=framework.top_level - 2 + least, key=f"{prefix}:{topic}:{end}")  # fmt: skip
    return chosen


def _show_needs(shelf: Shelf, prefix: str, action: CatalogueAction | None) -> None:
    others = {
        code: each.title for code, each in shelf.library.catalogue.by_id.items() if not action or code != action.id
    }
    _seed(f"{prefix}:requires", [code for code in (action.requires if action else ()) if code in others])
    st.multiselect("What has to be done first", list(others), format_func=others.__getitem__, key=f"{prefix}:requires")


def _show_route(prefix: str, action: CatalogueAction | None) -> None:
    route = action.routes[0] if action and action.routes else None
    _seed(f"{prefix}:route", route.kind if route else "build")
    st.selectbox("Route", list(words.ROUTES), format_func=words.route_name, key=f"{prefix}:route", width=320,
                 help=words.ROUTES_HELP)  # fmt: skip
    for name, label in (("exit", "How to get out of it again"), ("skills", "Skills that it leaves behind")):
        _seed(f"{prefix}:{name}", getattr(route, name) if route else "")
        st.text_input(f"{label}; may stay empty", key=f"{prefix}:{name}", max_chars=500)


def _seed(key: str, value: Any) -> None:
    st.session_state.setdefault(key, value)


def _fields(shelf: Shelf, prefix: str, own: OwnAction | None, topics: list[str], roles: list[str]) -> dict[str, Any]:
    def typed(name: str) -> Any:
        return st.session_state.get(f"{prefix}:{name}")

    written = str(typed("exit") or "").strip(), str(typed("skills") or "").strip()
    route = {"kind": typed("route"), "exit": written[0] or "–", "skills": written[1] or "–"}
    others = [each.model_dump() for each in (own.action.routes[1:] if own else ())]
    return {
        **{name: typed(name) for name in (*TEXTS, "scope", "phase", "lead")},
        "kpi": {"name": typed("kpi"), "unit": typed("unit"), "direction": typed("direction")},
        "quick_win": bool(typed("quick")),
        "raises": [
            {"topic": topic, "from_level": typed(f"{topic}:from"), "to_level": typed(f"{topic}:to")} for topic in topics
        ],
        "requires": list(typed("requires") or ()),
        "routes": [route, *others] if any(written) else others,
        "basis": own.action.basis if own else (),
        **typed_numbers(shelf.view, prefix, roles),
    }


def _save(shelf: Shelf, prefix: str, own: OwnAction | None, topics: list[str], roles: list[str]) -> None:
    here, round_ = shelf.view.here, shelf.view.round
    with keeping_refusals():
        fields = _fields(shelf, prefix, own, topics, roles)
        if own:
            made = edit_own_action(here.workspace, here.visitor, round_, own, fields)
        else:
            made = add_own_action(here.workspace, here.visitor, round_, fields)
            st.session_state["library:added"] = st.session_state.get("library:added", 0) + 1
            st.session_state["library:add"] = False
        st.query_params["open"] = made.action.id
        st.session_state["library:said"] = f"“{plain(made.action.title)}” can be planned now."
