"""Administration: the store and its backups, the audit trail, the version, and the demo's reset."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import streamlit as st

import maturity
from maturity.operations.upkeep import AuditEvent, audit_events, back_up, problems_of_store
from maturity.ui.clock import local, today
from maturity.ui.context import REFUSALS, PageContext, sentence
from maturity.ui.help import plain
from maturity.ui.home_start import build_city
from maturity.ui.pictures import show_table

EVENTS, FEW, LONGEST = 100, 15, 160
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def show_store(here: PageContext) -> None:
    """Which store this is, and a copy of it at the press of a button."""
    st.header("Store", anchor=False)
    st.table(
        pd.DataFrame(
            [
                ("Store", plain(_where(here.workspace.url))),
                ("Engine", "PostgreSQL" if _is_server(here) else "DuckDB file"),
                ("Holds", "the demo city" if here.demo else "your own organisation"),
                ("Waymark", plain(maturity.__version__)),
            ],
            columns=["What", "Which"],
        ),
        hide_index=True,
        alt="Store and version",
    )
    if _is_server(here):
        st.write("Back up a PostgreSQL store with its own tools, such as `pg_dump`.")
        return
    st.write("A backup is a folder beside the store, which the command `restore` reads back. Work can go on meanwhile.")
    if st.button("Back up now", icon=":material/save:"):
        _back_up(here)


def _is_server(here: PageContext) -> bool:
    return here.workspace.url.startswith(("postgresql:", "postgres:"))


def _where(url: str) -> str:
    """The store's name: of a file its last two parts, of a server never the password."""
    if "://" in url and not url.startswith("duckdb:"):
        return url.rpartition("@")[2] if "@" in url else url
    return "/".join(Path(url.removeprefix("duckdb:///")).parts[-2:])


def _back_up(here: PageContext) -> None:
    beside = Path(here.workspace.url.removeprefix("duckdb:///")).parent
    moment = local(here.workspace.clock())
    try:
        folder = back_up(here.workspace, here.visitor, beside / f"backup-{moment:%Y%m%d-%H%M%S}")
    except REFUSALS as error:
        st.error(sentence(error), icon=":material/block:")
        return
    st.success(f"Backed up at {moment:%H:%M} into {plain(folder.name)}.")


def show_trail(here: PageContext) -> None:
    """The newest changes, and the check that nobody has altered the trail or the answers behind it."""
    st.header("Audit trail", anchor=False)
    if st.button("Check the store and its trail", icon=":material/verified:"):
        problems = problems_of_store(here.workspace, here.visitor)
        if problems:
            st.error("\n".join(f"- {plain(each)}" for each in problems))
        else:
            st.success(
                "The trail is whole, the answers agree with their history, every signed-off round fits its seal, and "
                "nothing points to what is not there."
            )
    rows = [
        (each.number, f"{local(each.made_at):%Y-%m-%d %H:%M}", plain(each.actor), plain(_what(each)))
        for each in audit_events(here.workspace, here.visitor, EVENTS)
    ]
    if not rows:
        st.info("Nothing has been changed yet.")
        return
    columns = ["Number", "When", "Who", "What"]
    whole = len(rows) > FEW and st.toggle(f"Show the newest {len(rows)} changes", key="whole_trail")
    shown = rows if whole else rows[:FEW]
    st.caption(f"The newest {len(shown)} changes, in your time.")
    show_table(pd.DataFrame(shown, columns=columns))


def _what(event: AuditEvent) -> str:
    """The deed, of what (ids that only a machine reads left out), and the details, cut where they are long."""
    of = "" if _ID.fullmatch(event.subject) else f" “{event.subject}”"
    details = "; ".join(f"{name} {_said(value)}" for name, value in event.detail.items())
    text = f"{event.verb}{of}" + (f": {details}" if details else "")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def show_demo_reset(here: PageContext) -> None:
    """In the demo only: build it anew, after a second question."""
    if not here.demo or here.organisation is None:
        return
    st.header("Demo city", anchor=False)
    with st.popover("Reset the demo…"):
        st.write("Build Port Ellery anew? What was changed in the demo is lost. Your own organisation is not touched.")
        if st.button("Reset the demo", type="primary"):
            build_city(here.workspace, today(here), reset=True)
            st.session_state["_demo_reset"] = True
            st.rerun()
    if st.session_state.pop("_demo_reset", False):
        st.success("Port Ellery is built anew.")
