"""What the next plan may spend, said first; every way to change it is one click away."""

from __future__ import annotations

import streamlit as st

from maturity.operations.resource_taking_over import take_over_resources
from maturity.operations.resources import PER_EMPLOYEE_AND_YEAR, Resources, resources, usual_budgets
from maturity.operations.rounds import Round
from maturity.operations.standing import first_day_of_plan
from maturity.planning.request import PHASE_NAMES, QUARTERS, Capacity
from maturity.planning.spending import (
    CapacityChange,
    Commitment,
    MissingSkill,
    Source,
    only,
    there_on,
    waiting_for,
)
from maturity.ui import cached
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.plain_text import plain
from maturity.ui.plan import PlanView, plan_view, show_said, whole_days
from maturity.ui.plan_resource_days import show_days_editor
from maturity.ui.plan_resource_lines import show_line_editor
from maturity.ui.plan_resource_terms import show_terms_editor
from maturity.ui.plan_rows import money
from maturity.ui.plan_tables import show, table, text
from maturity.words.resource_sentences import (
    DEFAULT_DAYS,
    NO_SKILLS,
    SOURCE_KINDS,
    change_words,
    default_budget,
    kept_back,
    lent_words,
    money_terms,
    nothing_is_converted,
    skill_words,
    taken_over,
)

YEARS = {"First year": range(4), "Second year": range(4, 8), "Third year": range(8, QUARTERS)}


@st.fragment
def show_resources(here: PageContext, shown: tuple[object, ...]) -> None:
    """Money by phase and source, person-days by role, missing skills; and the ways to change them."""
    view = plan_view(here)
    if view is None:
        return
    st.header("What the next plan may spend", anchor="resources")
    if view.revision == shown:
        show_kept_refusals()
        show_said()
    found = resources_of(view)
    if view.may_edit:
        _offer_taking_over(view, found)
    _show_parts(view, found)
    if view.revision != shown:
        st.rerun()  # only now: inputs that are not drawn in a run lose what was typed into them


def _offer_taking_over(view: PlanView, found: Resources) -> None:
    """While nothing is entered for this round: what an earlier one had."""
    if found.lines or found.days_version or found.terms_version:
        return
    here = view.here
    earlier = [each for each in cached.every_round(here) if each.id < view.round.id]  # ids begin with their time
    for each in reversed(earlier):
        had = resources(here.workspace, here.visitor, each)
        if had.lines or had.own_days or had.terms_version:
            st.button(f"Take over what was entered for {plain(each.name)}", on_click=_take_over, args=(view, each))
            return


def _take_over(view: PlanView, earlier: Round) -> None:
    with keeping_refusals():
        left = take_over_resources(view.here.workspace, view.here.visitor, view.round, earlier)
        st.session_state["plan:said"] = taken_over(plain(earlier.name), left)


def _show_parts(view: PlanView, found: Resources) -> None:
    _show_money(view, found)
    if view.may_edit:
        show_line_editor(view, found, "source")
        show_line_editor(view, found, "commitment")
        show_terms_editor(view, found)
    if view.catalogue is None:
        return
    _show_people(view, found)
    if view.may_edit:
        show_days_editor(view, found)
        show_line_editor(view, found, "change")
    _show_skills(view, found)
    if view.may_edit:
        show_line_editor(view, found, "skill")


def resources_of(view: PlanView) -> Resources:
    """What the next plan may spend."""
    return resources(view.here.workspace, view.here.visitor, view.round)


def _show_money(view: PlanView, found: Resources) -> None:
    st.subheader("Money", anchor="money-there-is")
    if view.catalogue and found.currency != view.catalogue.currency:
        st.warning(nothing_is_converted(found.currency, view.catalogue.currency))
    if found.budget_is_default:
        each, whole = (
            money(PER_EMPLOYEE_AND_YEAR, found.currency),
            money(sum(usual_budgets(found.staff)), found.currency),
        )
        st.info(plain(default_budget(each, found.staff, whole)))
    show(_money_table(found))
    st.caption(money_terms(found.currency, found.price_year))


def _money_table(found: Resources) -> str:
    phases = [f"{number} {name}" for number, name in enumerate(PHASE_NAMES, start=1)]
    rows = [
        (_titled(each.name, SOURCE_KINDS[each.kind], each.note), each.amounts) for each in only(Source, found.said)
    ] or [(text("Default budget", "name"), usual_budgets(found.staff))]
    gifts = [each for each in only(Commitment, found.said) if any(each.amounts)]
    rows += [(_titled(each.partner, "Promised by a partner", each.note), each.amounts) for each in gifts]
    share = found.terms.money_contingency
    if share:
        back = [entered - spent for entered, spent in zip(found.entered, found.budgets, strict=True)]
        first, second, third, fourth = (-each for each in back)
        rows.append((text(kept_back(share), "name"), (first, second, third, fourth)))
    if len(rows) > 1:
        rows.append((text("A plan may use", "name"), found.budgets))
    cells = ((name, *(_amount(each, found) for each in (*amounts, sum(amounts)))) for name, amounts in rows)
    headings = ("From", *phases, "Together")
    return table(headings, cells, "Money by source and phase", numbers=headings[1:], kind="means")


def _amount(amount: float, found: Resources) -> str:
    return text(("-" if amount < -0.5 else "") + money(abs(amount), found.currency), "nowrap")


def _titled(name: str, kind: str, note: str) -> str:
    return text(name, "name") + text(f"{kind}. {note}" if note else kind, "below")


def _show_people(view: PlanView, found: Resources) -> None:
    st.subheader("Person-days", anchor="days-there-are")
    if found.capacity_is_default:
        st.info(DEFAULT_DAYS)
    show(_people_table(view, found))
    share = found.terms.days_contingency
    kept = f" {kept_back(share)}, is taken off." if share else ""
    st.caption(f"Person-days for the plan, with the calendar and what partners lend.{kept}")


def _people_table(view: PlanView, found: Resources) -> str:
    roles = view.catalogue.roles if view.catalogue else ()
    rows = []
    for role in roles:
        days = [each.days for each in found.capacities if each.role == role.id]
        places = f" in {len(days)} departments" if role.scope == "department" else ""
        summed = [sum(each[quarter] for each in days) for quarter in range(QUARTERS)]
        years = [whole_days(sum(summed[quarter] for quarter in year)) for year in YEARS.values()]
        told = "".join(text(each, "below") for each in _calendar_words(view, found, role.id))
        rows.append((text(role.name + places, "name") + told, *years, whole_days(sum(summed))))
    headings = ("Role", *YEARS, "Together")
    return table(headings, rows, "Person-days by role and year", numbers=headings[1:], kind="means")


def _calendar_words(view: PlanView, found: Resources, role: str) -> list[str]:
    """What changes a role's days: the calendar, and what partners lend."""
    return [
        change_words(each.days, each.first, each.last, QUARTERS, each.reason, _place(view, each))
        for each in only(CapacityChange, found.said)
        if each.role == role
    ] + [
        lent_words(each.days, each.partner, _place(view, each))
        for each in only(Commitment, found.said)
        if each.role == role and each.days
    ]


def _place(view: PlanView, each: CapacityChange | Commitment | MissingSkill | Capacity) -> str:
    return view.name(each.department) if each.department else ""


def _show_skills(view: PlanView, found: Resources) -> None:
    st.subheader("Skills that are missing", anchor="skills")
    missing = only(MissingSkill, found.said)
    if not missing:
        st.write(NO_SKILLS)
        return
    said = (_skill_words(view, each) for each in missing)
    st.markdown("\n".join(f"- {plain(each)}" for each in said))


def _skill_words(view: PlanView, skill: MissingSkill) -> str:
    current = view.saved if view.saved and view.saved.status == "current" else None
    same = current is not None and current.round == view.round.name
    starts = current.starts if current and same else first_day_of_plan(view.round)
    waiting = waiting_for(skill, [each for each in current.actions if not each.done_on] if current else (), starts)
    who = view.name(skill.role) + (f" in {_place(view, skill)}" if skill.department else "")
    titles = dict.fromkeys(each.title for each in waiting)
    return skill_words(skill.skill, who, skill.way, there_on(skill, starts), skill.there_from, list(titles))
