"""Replies of heads of department wherever their results are shown: in full for one, as a list for several."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import streamlit as st

from maturity.access.roles import Grant
from maturity.operations import replies as operations
from maturity.operations.replies import Reply, reply_scope
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.clock import local
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.words.department_sentences import replied
from maturity.words.messages import counted, on_day

FEW = 3
"""As many replies stand open; more are folded, each a choice away."""
MARK = " *"
"""Behind the name of a department whose head has replied."""


def replies_to(here: PageContext, round_: Round) -> dict[str, Reply]:
    """The replies to results of the round that the visitor sees, by department."""
    ws = here.workspace
    revisions = (ws.revision(), ws.revision(round_.scope), ws.revision(reply_scope(round_.id)))
    found = _replies(ws.url, round_.id, revisions, here.visitor.grants, ws.clock().date(), here, round_)
    return {each.department: each for each in found}


@st.cache_resource(ttl=cached.HOUR, max_entries=64, show_spinner=False)
def _replies(
    url: str,
    round_id: UUID,
    revisions: tuple[int, ...],
    grants: tuple[Grant, ...],
    day: date,
    _here: PageContext,
    _round: Round,
) -> tuple[Reply, ...]:
    return operations.replies(_here.workspace, _here.visitor, _round)


def show_reply(here: PageContext, round_: Round, department: str | None) -> None:
    """A department's reply in full; nothing where there is none."""
    found = replies_to(here, round_).get(department or "")
    if found is None:
        return
    said = local(found.said_at).date()
    with st.container(border=True, key=f"reply-{found.department}"):
        st.markdown(f"**The head of {plain(round_.names[found.department])} replies** ({on_day(said)})")
        st.markdown(_paragraphs(found.reply))


def show_replies(here: PageContext, round_: Round) -> None:
    """All replies that the visitor sees: a few in full, many to choose from; nothing where there are none."""
    found = replies_to(here, round_)
    if not found:
        return
    st.subheader("Replies of heads of department", anchor=False)
    if len(found) <= FEW:
        for code in found:
            show_reply(here, round_, code)
        return
    st.caption(plain(replied([round_.names[code] for code in found])))
    with st.expander(f"Read {counted(len(found), 'reply', 'replies')}", key="replies", on_change="rerun") as box:
        if box.open:
            for code in found:
                show_reply(here, round_, code)


def show_folded_replies(here: PageContext, round_: Round) -> None:
    """How many heads have replied, on a button that opens what they said: where the screen has no room for it."""
    found = replies_to(here, round_)
    if not found:
        return
    said = "1 reply to a result" if len(found) == 1 else f"{len(found)} replies to results"
    with st.popover(said, icon=":material/forum:"):
        for code in found:
            show_reply(here, round_, code)


def marked_names(here: PageContext, round_: Round) -> dict[str, str]:
    """The names of departments by code, with a mark behind those whose head has replied."""
    found = replies_to(here, round_)
    return {code: name + MARK * (code in found) for code, name in round_.names.items()}


def show_with(here: PageContext, round_: Round, department: str | None) -> None:
    """Below a result: the reply to it where it is one department's, else all replies."""
    if department in round_.names:
        show_reply(here, round_, department)
    else:
        show_replies(here, round_)


def _paragraphs(text: str) -> str:
    """What a person wrote, line by line, so that no part of it is read as Markdown."""
    return "\n\n".join(plain(line) for line in text.splitlines() if line.strip())
