"""Objectives: from the goal to the actions that serve it, their KPIs, and how far the dated target is."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from maturity.access.permissions import may
from maturity.charts.plan_frames import STATUS_WORDS, status_words
from maturity.roadmap.kpis import standing
from maturity.roadmap.kpis_of_plan import Family, weakest
from maturity.roadmap.objective_chains import Chain, Serving, chains, serves
from maturity.roadmap.status import joint_status
from maturity.ui.kpis_shown import ShownKpis
from maturity.ui.navigation import link_to
from maturity.ui.plain_text import plain
from maturity.words.kpi_sentences import LACKS, STANDS, short, standing_in_words, way_in_words
from maturity.words.messages import counted
from maturity.words.objective_sentences import NO_OBJECTIVES, aim_in_words

OPEN = 5
"""So many actions are shown without opening anything."""


def show_chains(shown: ShownKpis) -> None:
    """Counts first, then one box for each objective."""
    found = shown.plan.kept("chains", lambda: _chains(shown))
    if not found:
        st.info(NO_OBJECTIVES)
        if may(shown.plan.here.visitor, "edit_plan"):
            link_to("targets", "Enter objectives under Gaps and targets")
        return
    st.write(_counts(shown, found))
    for each in found:
        _show_chain(shown, each)


def _chains(shown: ShownKpis) -> tuple[Chain, ...]:
    return chains(shown.found.objectives, shown.plan.plan.actions, shown.found.kpis)


def _counts(shown: ShownKpis, found: tuple[Chain, ...]) -> str:
    whole = sum(not each.lacks for each in found)
    goals = [each.objective for each in found]
    alone = sum(not any(serves(action, goal) for goal in goals) for action in shown.plan.plan.actions)
    said = f"{counted(len(found), 'objective')}; {whole} with every link from the goal to a reading."
    return f"{said} {counted(alone, 'action')} of this plan {'serves' if alone == 1 else 'serve'} none of them."


def _show_chain(shown: ShownKpis, chain: Chain) -> None:
    objective = chain.objective
    with st.container(border=True):
        st.header(plain(objective.name), anchor=False)
        lines = [
            f"Goal: {plain(objective.goal)}" if objective.goal else "",
            _target(shown, chain),
            _served(shown, chain),
        ]
        st.markdown("  \n".join(each for each in lines if each))
        if chain.lacks:
            st.markdown("\n".join(f"- :material/link_off: {LACKS[each]}" for each in chain.lacks))
        rows = [_line(shown, each) for each in chain.serving]
        if len(rows) <= OPEN:
            st.markdown("\n".join(rows))
        else:
            with st.expander(f"All {len(rows)} and their KPIs", icon=":material/account_tree:"):
                st.markdown("\n".join(rows))


def _target(shown: ShownKpis, chain: Chain) -> str:
    aim = aim_in_words(chain.objective)
    if not aim:
        return ""
    said = f"Target: {plain(aim)}."
    if chain.own is None or not chain.own.readings:
        return said
    how = standing_in_words(standing(chain.own, shown.found.today), with_target=False)
    return f"{said} {plain(how)} {way_in_words(chain.own.way_done)}".rstrip()


def _served(shown: ShownKpis, chain: Chain) -> str:
    """How many actions serve it, how these stand, and how many of their KPIs were read."""
    if not chain.serving:
        return ""
    codes = Counter[str](joint_status(shown.plan.status(copy) for copy in each.copies).code for each in chain.serving)
    how = ", ".join(f"{codes[code]} {words}" for code, words in {"late": "late", **STATUS_WORDS}.items() if codes[code])
    copies = f" ({len(chain.actions)} with each department's own)" if len(chain.actions) > len(chain.serving) else ""
    read = sum(bool(each.readings) for each in chain.kpis)
    return (
        f"**{counted(len(chain.serving), 'action')}**{copies}: {how}. "
        f"**{counted(len(chain.kpis), 'KPI')}**, {read} read."
    )


def _line(shown: ShownKpis, serving: Serving) -> str:
    status = status_words(joint_status(shown.plan.status(copy) for copy in serving.copies))
    several = f", {len(serving.copies)} departments" if len(serving.copies) > 1 else ""
    why = "" if serving.named else ", through its topics"
    lines = [f"- **{plain(serving.title)}**{several}: {status}{why}"]
    lines += [f"    - {_kpi(shown, each)}" for each in serving.kpis] or ["    - No KPI"]
    return "\n".join(lines)


def _kpi(shown: ShownKpis, family: Family) -> str:
    how, name = weakest(family, shown.found.today), plain(family.first.name)
    if how.of.last is None:
        return f"{name}: no reading yet"
    value = plain(short(how.of.last.value, how.of.unit))
    target = f", target {plain(short(how.of.target, how.of.unit))}" if how.of.target is not None else ""
    if len(family.members) == 1:
        return f"{name}: {value}{target}, {STANDS[how.code]}"
    read = f"{len(family.measured)} of {len(family.members)} read"
    return f"{name}: {read}, worst off {plain(shown.place(how.of))} at {value}{target}, {STANDS[how.code]}"
