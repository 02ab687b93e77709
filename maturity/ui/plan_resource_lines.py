"""One form for each kind of line: sources of money, what partners give, the calendar, missing skills.

A form keeps what is typed and the version that it was filled from until it is saved, closed, or another line is
chosen. So of two people who save the same line the second is told, and loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from maturity.operations.errors import Changed
from maturity.operations.pasted_numbers import quarters_of
from maturity.operations.resource_lines import (
    ResourceLine,
    add_line,
    edit_line,
    line_name,
    remove_line,
    remove_sources,
)
from maturity.operations.resources import Resources, resources, usual_budgets
from maturity.operations.standing import first_day_of_plan
from maturity.planning.request import PHASE_NAMES, QUARTERS
from maturity.planning.spending import (
    SOURCE_KINDS,
    WAYS,
    CapacityChange,
    Commitment,
    Line,
    MissingSkill,
    Source,
    kind_of,
)
from maturity.roadmap.phases import quarter_window
from maturity.ui.context import keeping_refusals
from maturity.ui.plain_text import plain
from maturity.ui.plan import PlanView, short_day
from maturity.ui.plan_rows import money
from maturity.words import resource_sentences as words

NEW, NOWHERE = "new", ""
BOXES: Mapping[str, tuple[str, str, str]] = {
    "source": ("Change the money by source", "A new source", "Source"),
    "commitment": ("Change what partners give", "A new partner commitment", "Partner commitment"),
    "change": ("Change the calendar: a new hire, holidays", "A new change of the calendar", "Change of the calendar"),
    "skill": ("Change the missing skills", "A new missing skill", "Missing skill"),
}
SAVED = "Saved. It counts when a plan is made."


@dataclass(frozen=True, slots=True)
class Form:
    """The inputs of one kind: what they were filled from, and the keys that they stand under."""

    view: PlanView
    found: Resources
    kind: str
    seen: ResourceLine | None

    def key(self, name: str) -> str:
        """The key of an input; another one each time that the form is filled anew."""
        return f"plan:means:{self.kind}:{self.view.round.id}:{_turn(self.kind)}:{name}"

    def seeded(self, name: str, value: Any) -> str:
        """The key of an input that shows `value` until somebody types."""
        st.session_state.setdefault(self.key(name), value)
        return self.key(name)

    def before(self, name: str, otherwise: Any) -> Any:
        """What the line said that the form was filled from."""
        return getattr(self.seen.line, name) if self.seen else otherwise

    def typed(self, name: str, before: Any = "") -> Any:
        """What stands in an input; a number that was emptied stays as it was."""
        value = st.session_state.get(self.key(name))
        return before if value is None else value


def show_line_editor(view: PlanView, found: Resources, kind: str) -> None:
    """A box that opens to the form of one line, new or chosen."""
    title, fresh, label = BOXES[kind]
    box = st.expander(title, key=f"plan:means:{kind}:box", on_change="rerun", icon=":material/edit:")
    if not box.open:
        _forget(kind)
        return
    lines = {str(each.id): each for each in found.lines if kind_of(each.line) == kind}
    names = {NEW: fresh} | {code: line_name(each.line) for code, each in lines.items()}
    with box:
        st.selectbox(
            label, list(names), format_func=names.__getitem__, key=_which(kind), on_change=_choose,
            args=(kind, lines),
        )  # fmt: skip
        form = Form(view, found, kind, st.session_state.get(_seen(kind)))
        with st.form(f"plan:means:{kind}:form", border=True):
            FIELDS[kind](form)
            with st.container(horizontal=True):
                st.form_submit_button("Save this", key=form.key("save"), on_click=_save, args=(form,))
                if form.seen:
                    st.form_submit_button(
                        "Remove it", key=form.key("remove"), type="tertiary", on_click=_remove, args=(form,)
                    )
        if kind == "source" and not found.budget_is_default:
            whole = money(sum(usual_budgets(found.staff)), found.currency)
            st.button(
                f"Remove all sources: back to the default for {found.staff:,} employees, {whole}",
                key="plan:means:source:default", type="tertiary", on_click=_to_default, args=(form,),
            )  # fmt: skip


def _which(kind: str) -> str:
    return f"plan:means:{kind}:which"


def _seen(kind: str) -> str:
    return f"plan:means:{kind}:seen"


def _turn(kind: str) -> int:
    return int(st.session_state.get(f"plan:means:{kind}:turn", 0))


def _forget(kind: str, *, chosen: ResourceLine | None = None) -> None:
    """Fill the form anew: with a line, or empty."""
    st.session_state[f"plan:means:{kind}:turn"] = _turn(kind) + 1
    st.session_state[_seen(kind)] = chosen


def _choose(kind: str, lines: Mapping[str, ResourceLine]) -> None:
    _forget(kind, chosen=lines.get(st.session_state[_which(kind)]))


def _save(form: Form) -> None:
    here = form.view.here
    with keeping_refusals():
        line = READ[form.kind](form)
        try:
            if form.seen:
                edit_line(here.workspace, here.visitor, form.view.round, form.seen, line)
            else:
                add_line(here.workspace, here.visitor, form.view.round, line)
        except Changed:
            _see_theirs(form)
            raise
        _done(form.kind)


def _see_theirs(form: Form) -> None:
    """What was typed stays; the next save is over what the others have saved, or makes a new line of a removed one."""
    now = resources(form.view.here.workspace, form.view.here.visitor, form.view.round)
    lines = {each.id: each for each in now.lines}
    st.session_state[_seen(form.kind)] = lines.get(form.seen.id) if form.seen else None
    if form.seen and form.seen.id not in lines:
        st.session_state[_which(form.kind)] = NEW


def _remove(form: Form) -> None:
    assert form.seen is not None
    with keeping_refusals():
        try:
            remove_line(form.view.here.workspace, form.view.here.visitor, form.view.round, form.seen)
        except Changed:
            _see_theirs(form)
            raise
        _done(form.kind, f"Removed {plain(line_name(form.seen.line))}.")


def _to_default(form: Form) -> None:
    with keeping_refusals():
        remove_sources(form.view.here.workspace, form.view.here.visitor, form.view.round, form.found.lines)
        _done(form.kind, "The default budget counts again.")


def _done(kind: str, said: str = SAVED) -> None:
    _forget(kind)
    st.session_state[_which(kind)] = NEW
    st.session_state["plan:said"] = said


def _source_fields(form: Form) -> None:
    left, right = st.columns(2)
    left.text_input("Name of the source", key=form.seeded("name", form.before("name", "")), max_chars=200)
    kinds = words.SOURCE_KINDS
    right.selectbox(
        "Kind", SOURCE_KINDS, format_func=kinds.__getitem__, key=form.seeded("kind", form.before("kind", "own"))
    )
    _amount_fields(form)
    st.text_input("Note", key=form.seeded("note", form.before("note", "")), max_chars=500)


def _amount_fields(form: Form) -> None:
    columns = [*st.columns(2), *st.columns(2)]  # row by row, so that a phone has them in their order
    for phase, name in enumerate(PHASE_NAMES):
        before = form.before("amounts", (0.0,) * 4)[phase]
        columns[phase].number_input(
            f"{phase + 1} {name}, {form.found.currency}", value=None, step=1_000.0, format="%.0f",
            key=form.seeded(f"amount:{phase}", float(before)),
        )  # fmt: skip


def _amounts(form: Form) -> tuple[float, float, float, float]:
    before = form.before("amounts", (0.0,) * 4)
    first, second, third, fourth = (float(form.typed(f"amount:{phase}", before[phase])) for phase in range(4))
    return first, second, third, fourth


def _commitment_fields(form: Form) -> None:
    st.text_input("Partner", key=form.seeded("partner", form.before("partner", "")), max_chars=200)
    st.caption("Money, time or staff: what is left at 0 or empty is not promised.")
    _amount_fields(form)
    _place_fields(form, none="No time or staff", everywhere="Whole organisation")
    st.text_area(
        "Person-days by quarter",
        key=form.seeded("days", _written(form.before("days", ()))),
        help=words.PASTE,
        height=68,
    )
    st.text_input("Note", key=form.seeded("note", form.before("note", "")), max_chars=500)


def _written(days: tuple[float, ...]) -> str:
    return "; ".join(f"{each:.10g}" for each in days)


def _change_fields(form: Form) -> None:
    st.text_input(
        "What changes, as in “A new data engineer” or “Summer holidays”",
        key=form.seeded("reason", form.before("reason", "")), max_chars=200,
    )  # fmt: skip
    _place_fields(form, everywhere="Everywhere")
    left, right = st.columns(2)
    _quarter_field(form, left, "first", "First quarter", 1)
    _quarter_field(form, right, "last", "Last quarter", QUARTERS)
    st.number_input(
        "Person-days a quarter, less with a minus", value=None, step=1.0, format="%.1f",
        key=form.seeded("days", float(form.before("days", 0.0))),
        help="A full-time person gives about 55 days a quarter: 13 weeks of 5 days, less holidays and illness.",
    )  # fmt: skip


def _skill_fields(form: Form) -> None:
    st.text_input("Skill", key=form.seeded("skill", form.before("skill", "")), max_chars=200)
    _place_fields(form, everywhere="Everywhere", role_label="Missing in the role")
    left, right = st.columns(2)
    left.selectbox(
        "How it is closed",
        WAYS,
        format_func=words.WAYS.__getitem__,
        key=form.seeded("way", form.before("way", "train")),
    )
    _quarter_field(form, right, "there_from", "There from quarter", 2)
    st.text_input("Note", key=form.seeded("note", form.before("note", "")), max_chars=500)


def _place_fields(form: Form, *, everywhere: str, none: str | None = None, role_label: str = "Role") -> None:
    view = form.view
    roles = [role.id for role in (view.catalogue.roles if view.catalogue else ())]
    left, right = st.columns(2)
    offered = [NOWHERE, *roles] if none else roles
    before = form.before("role", None) or offered[0]
    left.selectbox(
        role_label, offered, format_func=lambda code: view.name(code) if code else str(none),
        key=form.seeded("role", before if before in offered else offered[0]),
    )  # fmt: skip
    places = [NOWHERE, *view.round.names]
    where = form.before("department", None) or NOWHERE
    right.selectbox(
        "Department", places, format_func=lambda code: view.name(code) if code else everywhere,
        key=form.seeded("department", where if where in places else NOWHERE),
    )  # fmt: skip


def _quarter_field(form: Form, column: Any, name: str, label: str, usual: int) -> None:
    starts = first_day_of_plan(form.view.round)
    column.selectbox(
        label, range(1, QUARTERS + 1), key=form.seeded(name, form.before(name, usual)),
        format_func=lambda quarter: f"{quarter}, from {short_day(quarter_window(quarter, starts)[0])}",
    )  # fmt: skip


def _read_source(form: Form) -> Line:
    return Source(name=form.typed("name"), kind=form.typed("kind"), amounts=_amounts(form), note=form.typed("note"))


def _read_commitment(form: Form) -> Line:
    written = str(form.typed("days")).strip()
    role, department = form.typed("role") or None, form.typed("department") or None
    return Commitment(
        partner=form.typed("partner"), amounts=_amounts(form), role=role, department=department,
        days=quarters_of(written) if written else (), note=form.typed("note"),
    )  # fmt: skip


def _read_change(form: Form) -> Line:
    return CapacityChange(
        role=form.typed("role"), department=form.typed("department") or None, first=form.typed("first"),
        last=form.typed("last"), days=float(form.typed("days", form.before("days", 0.0))), reason=form.typed("reason"),
    )  # fmt: skip


def _read_skill(form: Form) -> Line:
    return MissingSkill(
        skill=form.typed("skill"), role=form.typed("role"), department=form.typed("department") or None,
        way=form.typed("way"), there_from=form.typed("there_from"), note=form.typed("note"),
    )  # fmt: skip


FIELDS = {
    "source": _source_fields, "commitment": _commitment_fields, "change": _change_fields, "skill": _skill_fields,
}  # fmt: skip
READ = {"source": _read_source, "commitment": _read_commitment, "change": _read_change, "skill": _read_skill}
