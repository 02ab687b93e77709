"""Every page there is, and which of them stand in whose menu. The pages themselves decide who may open them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from maturity.access.permissions import Verb
from maturity.access.roles import ROLES, Role, Visitor

PAGES_FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One page: its title in the menu, the verb that its first line requires, its icon."""

    title: str
    verb: Verb
    icon: str


SCREENS: Mapping[str, Screen] = {
    "home": Screen(title="Home", verb="read_help", icon=":material/home:"),
    "rounds": Screen(title="Rounds and departments", verb="manage_rounds", icon=":material/groups:"),
    "people": Screen(title="People", verb="invite", icon=":material/group_add:"),
    "deputy": Screen(title="Deputy", verb="delegate", icon=":material/supervisor_account:"),
    "board": Screen(title="Who has answered", verb="read_board", icon=":material/how_to_reg:"),
    "questionnaire": Screen(title="Questionnaire", verb="answer", icon=":material/checklist:"),
    "workshop": Screen(title="Workshops", verb="run_workshop", icon=":material/forum:"),
    "review": Screen(title="Review", verb="review", icon=":material/fact_check:"),
    "results": Screen(title="Results", verb="read_department_results", icon=":material/grid_on:"),
    "department": Screen(title="My department", verb="read_differences", icon=":material/diversity_3:"),
    "targets": Screen(title="Gaps and targets", verb="read_roadmap", icon=":material/flag:"),
    "plan": Screen(title="Plan", verb="read_roadmap", icon=":material/playlist_add_check:"),
    "library": Screen(title="Action library", verb="read_roadmap", icon=":material/library_books:"),
    "roadmap": Screen(title="Roadmap", verb="read_roadmap", icon=":material/view_timeline:"),
    "progress": Screen(title="Progress", verb="read_roadmap", icon=":material/trending_up:"),
    "versions": Screen(title="Versions and sign-off", verb="read_roadmap", icon=":material/history:"),
    "my_actions": Screen(title="My actions", verb="report_own", icon=":material/task_alt:"),
    "kpis": Screen(title="KPIs and outcomes", verb="read_roadmap", icon=":material/monitoring:"),
    "risks": Screen(title="Risks", verb="read_roadmap", icon=":material/warning:"),
    "decisions": Screen(title="Decisions", verb="read_roadmap", icon=":material/gavel:"),
    "quarter": Screen(title="Quarterly review", verb="read_roadmap", icon=":material/event_repeat:"),
    "summary": Screen(title="Leadership summary", verb="read_summary", icon=":material/summarize:"),
    "profile": Screen(title="Department profile", verb="read_department_results", icon=":material/domain:"),
    "reports": Screen(title="Reports", verb="read_reports", icon=":material/description:"),
    "editions": Screen(title="Public roadmap", verb="approve_edition", icon=":material/public:"),
    "residents": Screen(title="Residents", verb="publish", icon=":material/record_voice_over:"),
    "administration": Screen(title="Administration", verb="administer", icon=":material/settings:"),
    "help": Screen(title="Help and glossary", verb="read_help", icon=":material/help:"),
    "partnership": Screen(title="Partnership", verb="read_results", icon=":material/diversity_3:"),
    "my_data": Screen(title="My data", verb="read_help", icon=":material/badge:"),
    "privacy": Screen(title="Privacy notice", verb="read_help", icon=":material/policy:"),
}

# Section headings in order, and under each the pages; "" stands above or below the headed sections.
Menu = Mapping[str, tuple[str, ...]]
MENUS: Mapping[Role, Menu] = {
    "administrator": {
        "": ("home",),
        "Assess": ("rounds", "people", "board", "questionnaire", "workshop", "review", "results"),
        "Plan": ("targets", "plan", "library", "roadmap"),
        "Deliver": ("progress", "kpis", "risks", "decisions", "quarter", "versions", "summary"),
        "Tell": ("reports", "editions", "residents"),
        "More": ("administration", "help"),
    },
    "facilitator": {
        "": ("home",),
        "Assess": ("rounds", "people", "board", "questionnaire", "workshop", "results", "reports"),
        "More": ("help",),
    },
    "department_lead": {
        "": ("home", "my_actions", "questionnaire", "board", "department", "results", "roadmap", "progress"),
        "More": ("deputy", "help"),
    },
    "respondent": {"": ("questionnaire", "help")},
    "reviewer": {"": ("review", "results", "roadmap", "help")},
    "leader": {
        "": ("summary", "roadmap", "decisions", "reports", "editions"),
        "Look closer": ("results", "progress", "kpis", "quarter", "versions"),
        "More": ("help",),
    },
    "owner": {"": ("my_actions", "help")},
}


def page(name: str, *, visible: bool = True) -> Any:
    """The Streamlit page of a name in SCREENS, to link to or to switch to; paths as strings do not work here.

    Made once per visit: each costs a walk along its path, and every run needs all of them."""
    made: dict[tuple[str, bool], Any] = st.session_state.setdefault("_pages", {})
    if (name, visible) not in made:
        screen = SCREENS[name]
        made[name, visible] = st.Page(
            PAGES_FOLDER / f"{name}.py",
            title=screen.title,
            icon=screen.icon,
            url_path=None if name == "home" else name,
            default=name == "home",
            visibility="visible" if visible else "hidden",
        )
    return made[name, visible]


def link_to(name: str, label: str | None = None, *, icon: str | None = None, **query: str) -> None:
    """A link to a page, by its own title unless `label` says otherwise; `query` becomes the address's parameters."""
    st.page_link(page(name), label=label or SCREENS[name].title, icon=icon, query_params=query or None)


def go_to(name: str, **query: str) -> None:
    """Switch to a page at once; the rest of the script does not run."""
    st.switch_page(page(name), query_params=query or None)


def menu(visitor: Visitor) -> Menu:
    """The menu of a visitor's first role in the fixed order, with the pages of any further roles after it."""
    held = [role for role in ROLES if role in visitor.roles]
    if not held:
        return {}
    first = MENUS[held[0]]
    shown = {name for names in first.values() for name in names}
    rest = [name for role in held[1:] for names in MENUS[role].values() for name in names if name not in shown]
    return {**first, "Also": tuple(dict.fromkeys(rest))} if rest else first


def navigation(visitor: Visitor, *, hidden: bool = False) -> Any:
    """The page that the address asks for. All pages are registered for everybody, so that links survive;
    those outside the visitor's menu are hidden, and each page refuses by itself. `hidden` shows no menu at all."""
    sections = {heading: [page(name) for name in names] for heading, names in menu(visitor).items()}
    shown = {name for names in menu(visitor).values() for name in names}
    unlisted = [page(name, visible=False) for name in SCREENS if name not in shown]
    first = next(iter(sections), "")
    sections.setdefault(first, []).extend(unlisted)
    return st.navigation(sections, position="sidebar" if shown and not hidden else "hidden", expanded=True)
