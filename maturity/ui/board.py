"""The response board: how far a round has come, department by department, and who is still missing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.operations.board import Board, BoardRow, Missing, board
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.board_reminders import link_to_people, show_invitations, show_reminders
from maturity.ui.clock import today
from maturity.ui.context import PageContext, page_context
from maturity.ui.help import plain
from maturity.ui.pictures import on_a_phone, show_table
from maturity.ui.results_choices import choose
from maturity.words import round_sentences as words
from maturity.words.messages import NO_ROUND, counted, on_day, percent

__all__ = ["board_table", "missing_table", "show_board"]


@st.fragment
def show_board() -> None:
    """The whole page below its title."""
    here = page_context()
    found = [each for each in cached.every_round(here) if each.status != "draft"]
    if not found:
        managing = may(here.visitor, "manage_rounds")
        st.info(NO_ROUND if managing else "No round has been opened yet. You will see here who has answered in it.")
        return
    round_ = _chosen_round(here, found)
    shown = board(here.workspace, here.visitor, round_)
    if round_.status == "open":
        show_invitations(here, round_)
    _show_headline(here, round_, shown)
    if not shown.rows:
        st.info("None of your departments takes part in this round.")
        return
    show_table(board_table(round_, shown, narrow=on_a_phone()))
    st.caption(_caption(round_))
    _show_missing(round_, shown)
    if round_.status == "open" and shown.total("invited"):
        show_reminders(here, round_)


def _chosen_round(here: PageContext, found: list[Round]) -> Round:
    latest = cached.latest_round(here)
    names = [each.name for each in reversed(found)]
    names.sort(key=lambda name: not (latest and name == latest.name))
    chosen = choose("Round", names, str, key="board_round")
    return next(each for each in found if each.name == chosen)


def _show_headline(here: PageContext, round_: Round, shown: Board) -> None:
    sent, started, invited = (shown.total(what) for what in ("sent", "started", "invited"))
    is_open = round_.status == "open"
    left = f" {_capital(words.days_left(round_.closes_on, today(here)))}." if is_open else ""
    if not sent and not started:
        asked = sum(bool(row.invited) for row in shown.rows)
        st.info(words.nobody_yet(asked, shown.invited_on, is_open=is_open))
        if left:
            st.caption(left)
        if is_open and not invited:
            link_to_people(here, "Give people a role in a department")
        return
    st.markdown(f"**{words.so_far(sent, started, invited, is_open=is_open)}**{left}")
    if invited:
        st.progress(min(sent / invited, 1.0), text=f"{percent(min(sent / invited, 1.0))} of those invited have sent")
    enough = sum(row.enough for row in shown.rows)
    numbers = [
        ("Invited", f"{invited:,}"),
        ("Started, not sent", f"{started:,}"),
        ("Sent", f"{sent:,}"),
        ("With enough answers", f"{enough} of {len(shown.rows)}"),
    ]
    if shown.is_over and shown.missing is not None:
        numbers.append(("Overdue", f"{shown.missing:,}"))
    with st.container(horizontal=True):
        for label, value in numbers:
            st.metric(label, value, width=160)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def board_table(round_: Round, shown: Board, *, narrow: bool) -> pd.DataFrame:
    """The departments as rows; a phone has room for four columns."""
    rows = [_narrow(round_, row) if narrow else _wide(round_, row, shown.is_over) for row in shown.rows]
    return pd.DataFrame(rows)


def _wide(round_: Round, row: BoardRow, over: bool) -> dict[str, str]:
    cells = {
        "Department": plain(row.name),
        "Invited": f"{row.invited}",
        "Started": f"{row.started}",
        "Questions in drafts": f"{row.answered}" if row.started else "–",
        "Sent": f"{row.sent}",
    }
    if row.missing is not None:
        cells["Overdue" if over else "Missing"] = f"{row.missing}"
    return cells | {"Enough": _enough(round_, row), "Last activity": _day(row)}


def _narrow(round_: Round, row: BoardRow) -> dict[str, str]:
    sent = f"{row.sent} of {row.invited}" if row.invited else f"{row.sent}"
    return {"Department": plain(row.name), "Sent": sent, "Started": f"{row.started}", "Enough": _enough(round_, row)}


def _enough(round_: Round, row: BoardRow) -> str:
    """Whether as many have sent as are wanted, and of the front line too where that is wanted; in words."""
    wanted = round_.terms.least_respondents
    if not row.enough:
        return f"No, {wanted - row.sent} more"
    return "No front line" if round_.terms.front_line and not row.front_line else "Yes"


def _day(row: BoardRow) -> str:
    return on_day(row.last_activity) if row.last_activity else "–"


def _caption(round_: Round) -> str:
    terms = round_.terms
    people = counted(terms.least_respondents, "person", "people")
    front = ", one of the front line among them," if terms.front_line else ""
    are = "is" if terms.least_respondents == 1 and not terms.front_line else "are"
    return (
        f"Enough: at least {people}{front} {are} wanted from each department. "
        "Drafts are counted and never shown: what somebody answers is theirs until they send it."
    )


def _show_missing(round_: Round, shown: Board) -> None:
    if round_.terms.anonymity == "anonymous":
        st.caption("This round is anonymous: nobody can see who has answered, so nobody is named as missing.")
        return
    if round_.terms.anonymity == "pseudonymous":
        st.caption("This round is pseudonymous: who is missing is counted here and not named.")
        return
    if not shown.people:
        return
    title = f"Who is missing: {counted(len(shown.people), 'person', 'people')}"
    box = st.expander(title, key="board_missing", on_change="rerun", icon=":material/person_search:")
    if box.open:
        with box:
            show_table(missing_table(round_, shown))


def missing_table(round_: Round, shown: Board) -> pd.DataFrame:
    """Who has not sent, how far they are, when they were reminded."""
    columns = ["Person", "Department", "How far", "Reminded"]
    rows = [
        (
            plain(each.name),
            plain(round_.names[each.department]),
            _how_far(each),
            on_day(each.reminded_on) if each.reminded_on else "–",
        )
        for each in shown.people
    ]
    return pd.DataFrame(rows, columns=columns)


def _how_far(one: Missing) -> str:
    return "Not started" if one.state == "not_started" else f"{counted(one.answered, 'question')} answered"
