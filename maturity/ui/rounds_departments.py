"""The departments: an editor for names, tree, staff, tags and order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.setup import Department, Organisation, code_of, set_departments
from maturity.ui.context import REFUSALS, PageContext, sentence

TAGS = ("front-line", "corporate", "place", "people")
COLUMNS = ("Order", "Department", "Part of", "Staff", "Tags", "Code")
HELP = (
    "Change a cell, add a line at the end, or mark lines and remove them; nothing is kept before you press Save. "
    "A department that is removed is archived: its answers stay. Tags decide which questions a department is asked."
)


@st.fragment
def show_departments(here: PageContext, organisation: Organisation, revision: int) -> None:
    """The table of departments with a save button; a refusal keeps the table as it was edited."""
    st.write(HELP)
    rows = departments_table(organisation.departments)
    names = [each.name for each in organisation.departments]
    # The key holds the revision of the last full run: after a save, the editor starts anew from what is stored.
    edited = st.data_editor(
        rows,
        key=f"departments-{revision}",
        hide_index=True,
        num_rows="dynamic",
        column_config={
            "Order": st.column_config.NumberColumn(help="Small numbers come first.", step=1, width="small"),
            "Department": st.column_config.TextColumn(required=True, max_chars=200, width="large"),
            "Part of": st.column_config.SelectboxColumn(options=names, help="The department it stands in, if any."),
            "Staff": st.column_config.NumberColumn(min_value=0, step=1, width="small"),
            "Tags": st.column_config.MultiselectColumn(options=TAGS, accept_new_options=True),
            "Code": st.column_config.TextColumn(disabled=True, help="Files name the department by this."),
        },
        alt="The departments, to edit",
    )
    if st.button("Save the departments", type="primary"):
        _save(here, organisation, edited)


def departments_table(departments: Iterable[Department]) -> pd.DataFrame:
    """Departments as rows of the editor, in their order."""
    every = tuple(departments)
    names = {each.code: each.name for each in every}
    rows = [
        (place * 10, each.name, names.get(each.parent or ""), each.staff, sorted(each.tags), each.code)
        for place, each in enumerate(every, start=1)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"Order": "Int64", "Staff": "Int64"})


def departments_from_table(table: pd.DataFrame) -> tuple[Department, ...]:
    """The rows of the editor as departments: a new row gets a code made from its name, a renamed one keeps its own."""
    rows = [row for row in table.to_dict("records") if _text(row["Department"])]
    ordered = sorted(rows, key=lambda row: float("inf") if _missing(row["Order"]) else float(row["Order"]))
    codes: dict[str, str] = {}
    for row in ordered:
        name = _text(row["Department"])
        if name in codes:
            raise Refused(f"the department {name!r} stands twice; keep one of them")
        codes[name] = _text(row["Code"]) or code_of(name)
    return tuple(_department(row, codes) for row in ordered)


def _department(row: dict[Any, Any], codes: dict[str, str]) -> Department:
    name, part_of = _text(row["Department"]), _text(row["Part of"])
    if part_of and part_of not in codes:
        raise Refused(f"{name!r} is part of {part_of!r}, which is not in the table; choose another or none")
    tags = row["Tags"]
    return Department(
        code=codes[name],
        name=name,
        parent=codes[part_of] if part_of else None,
        staff=None if _missing(row["Staff"]) else int(row["Staff"]),
        tags=frozenset(map(str, tags)) if isinstance(tags, Iterable) and not isinstance(tags, str) else frozenset(),
    )


def _text(cell: Any) -> str:
    return "" if _missing(cell) else str(cell).strip()


def _missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell))


def _save(here: PageContext, organisation: Organisation, edited: pd.DataFrame) -> None:
    try:
        made = set_departments(here.workspace, here.visitor, departments_from_table(edited), organisation.name)
    except REFUSALS as error:
        st.error(sentence(error), icon=":material/block:")
        return
    st.session_state["_said"] = f"Saved. {made.name} has {len(made.departments)} departments."
    st.rerun()
