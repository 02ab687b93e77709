"""The report on one action: the form, what is said when it is saved, and both versions when two people report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from maturity.operations.progress import ActionChanged, history, report_progress
from maturity.roadmap.actions import Action
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals, sentence
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import show_table
from maturity.words.messages import on_day, saved_at

SURE = {1: "1 a guess", 2: "2", 3: "3", 4: "4", 5: "5 certain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody has typed into the form of one action."""

    percent_done: float
    begun_on: date | None
    done_on: date | None
    confidence: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A report that met another one: what is stored, what was to be saved, and the sentence about both."""

    theirs: Action
    mine: Action
    said: Said
    words: str


def show_form(here: PageContext, action: Action) -> None:
    """The form for an action as it was read; a new version of the action makes a new form."""
    key = f"report-{action.id}-{action.row_version}"
    with st.form(key, border=False):
        st.number_input(
            "Per cent done", 0, 100, round(action.percent_done), step=5, key=f"{key}-percent",
            help=f"100 means done. {number_help('late')}",
        )  # fmt: skip
        left, right = st.columns(2)
        left.date_input("Begun on", action.begun_on, key=f"{key}-begun", format="DD/MM/YYYY")
        right.date_input(
            "Done on", action.done_on, key=f"{key}-done", format="DD/MM/YYYY",
            help="Only with 100 per cent; today if you leave it empty.",
        )  # fmt: skip
        st.segmented_control(
            "How sure are you that it finishes on time?", list(SURE), format_func=lambda step: SURE[step],
            key=f"{key}-sure", help=number_help("confidence"),
        )  # fmt: skip
        st.text_area(
            "What moved, what is next, and why you are this sure", key=f"{key}-note", max_chars=2000, height=90
        )
        st.form_submit_button("Save the report", on_click=_save, args=(here, action, key), type="primary")


def _save(here: PageContext, action: Action, key: str) -> None:
    state = st.session_state
    said = Said(
        percent_done=float(state[f"{key}-percent"] or 0),
        begun_on=state[f"{key}-begun"],
        done_on=state[f"{key}-done"],
        confidence=state[f"{key}-sure"],
        note=(state[f"{key}-note"] or "").strip(),
    )
    send(here, action.id, action.row_version, said)


def send(here: PageContext, action_id: str, version: int, said: Said) -> None:
    """Saves a report and keeps the sentence about it for the page; a clash is kept to be shown with both versions."""
    with keeping_refusals():
        try:
            after = report_progress(
                here.workspace, here.visitor, action_id, version, said.percent_done, said.begun_on, said.done_on,
                said.note, said.confidence,
            )  # fmt: skip
        except ActionChanged as error:
            if not _sent_twice(here, error, said):
                st.session_state[f"clash-{action_id}"] = Clash(
                    theirs=error.theirs, mine=error.mine, said=said, words=sentence(error)
                )
                return
            after = error.theirs
        st.session_state["progress_saved"] = (
            f"{plain(after.title)}: {after.percent_done:.0f}%. {saved_at(local(here.workspace.clock()))}"
        )


def _sent_twice(here: PageContext, error: ActionChanged, said: Said) -> bool:
    """Whether the stored version is this very report: a button pressed twice is no disagreement."""
    if replace(error.theirs, row_version=error.mine.row_version) != error.mine:
        return False
    last = history(here.workspace, here.visitor, error.mine.id)[-1:]
    return bool(last) and (last[0].note, last[0].confidence) == (said.note, said.confidence)


def show_clash(here: PageContext, action: Action) -> None:
    """Both versions where the visitor's report on this action met another one, until one of them is chosen."""
    clash: Clash | None = st.session_state.get(f"clash-{action.id}")
    if clash is None:
        return
    st.warning(plain(clash.words), icon=":material/call_split:")
    show_table(_both(clash))
    with st.container(horizontal=True):
        st.button("Save mine over it", key=f"mine-{action.id}", on_click=_insist, args=(here, clash))
        st.button("Keep what is stored", key=f"theirs-{action.id}", on_click=_give_way, args=(action.id,))


def _both(clash: Clash) -> pd.DataFrame:
    def cells(action: Action) -> list[str]:
        begun, done = (on_day(day) if day else "–" for day in (action.begun_on, action.done_on))
        planned = f"{on_day(action.start)} to {on_day(action.finish)}"
        return [f"{action.percent_done:.0f}%", begun, done, planned]

    names = ["Per cent done", "Begun on", "Done on", "Planned"]
    return pd.DataFrame({"What": names, "Stored": cells(clash.theirs), "Yours": cells(clash.mine)})


def _insist(here: PageContext, clash: Clash) -> None:
    _give_way(clash.mine.id)
    send(here, clash.mine.id, clash.theirs.row_version, clash.said)


def _give_way(action_id: str) -> None:
    st.session_state.pop(f"clash-{action_id}", None)
