"""Help: the building blocks of its page, and the links and hints by which every page leads there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.permissions import DEEDS, MAY, Verb
from maturity.access.roles import OF_A_DEPARTMENT, ROLE_NAMES, ROLES, Role
from maturity.framework.model import Framework
from maturity.operations.frameworks import shipped_frameworks
from maturity.ui import cached, navigation
from maturity.ui.context import PageContext
from maturity.ui.plain_text import plain
from maturity.words.glossary import find
from maturity.words.messages import counted
from maturity.words.numbers import NUMBERS, NumberKind, explain

FOR_ALL: frozenset[Verb] = frozenset({"read_help", "read_roadmap"})
"""What is one for the whole organisation, so that whoever may read it reads it whole."""
PRIVACY = """
- Answers count, and are seen by those who may read results, only after they have been sent.
- Where fewer than 5 people answered, how their answers spread is shown to nobody; the department's own score is. Only
  in a round held under names, the head of the department and those who run it see where answers differ, from 2 on.
- Results by role are shown only for roles of at least 5 people, and never so that the number of the others follows.
- Heads of department see their own result some working days before others do.
- The demo city and your own organisation are two separate stores. Nothing goes from one to the other.
- Every change is recorded with its time and the person who made it; of anonymous respondents only that it was one.
"""
KEYBOARD = """
- **Tab** and **Shift+Tab** go from one control to the next and back; the one you are on has a yellow and dark ring.
- The **arrow keys** choose within a group of answers; **Space** or **Enter** presses a button or opens a list.
- **Esc** closes a list, a hint or a dialog.
- Beside every chart is a table with the same numbers. A chart also has a description that screen readers read.
- Light or dark follows your device. To choose yourself, open the menu at the top right.
- Pages can be zoomed and printed; the menu is left out on paper.
"""


def number_help(kind: NumberKind) -> str:
    """The text for the `help` of a widget or metric that shows this number."""
    return f"{explain(kind)} More under Help and glossary."


def help_link(word: str | None = None, label: str | None = None) -> None:
    """A link to the help page; with a word of the glossary, to what it means."""
    query = {"find": word} if word else {}
    navigation.link_to("help", label or (f"What does “{word}” mean?" if word else None), **query)


def framework_in_use(here: PageContext) -> Framework:
    """The framework of the latest round, else the first one that comes with Waymark and has levels."""
    latest = cached.latest_round(here)
    return latest.framework if latest else next(each for each in shipped_frameworks() if each.levels)


def show_levels(framework: Framework) -> None:
    """What each level of a framework means, lowest first."""
    st.write(f"From the framework {plain(framework.name)}, version {plain(framework.version)}.")
    if not framework.levels:
        st.write("It counts points and has no levels: a score is the sum of the points of its questions.")
        return
    st.table(
        pd.DataFrame(
            [(each.level, plain(each.name), plain(each.meaning)) for each in framework.levels],
            columns=["Level", "Name", "Meaning"],
        ),
        hide_index=True,
        alt="What each level means",
    )


def show_numbers() -> None:
    """What each number on the pages means."""
    rows = [(number.name, number.meaning) for number in NUMBERS.values()]
    st.table(pd.DataFrame(rows, columns=["Number", "Meaning"]), hide_index=True, alt="What each number means")


@st.fragment
def show_glossary() -> None:
    """The words with a search; each is a heading, so that an address can end in #critical-path."""
    st.text_input("Find a word", key="find", bind="query-params", type="search", autocomplete="off")
    search = str(st.session_state.get("find") or "")
    entries = find(search)
    st.caption(f"{counted(len(entries), 'word')} found" if search.strip() else counted(len(entries), "word"))
    if not entries:
        st.write("No word fits. Try a shorter one, or empty the search to see all.")
    parts = [f"### {e.heading}\n{e.meaning}" + (f"\n*Example: {e.example}*" if e.example else "") for e in entries]
    st.markdown("\n\n".join(part.replace("\n", "\n\n") for part in parts))


def permissions() -> pd.DataFrame:
    """Who may do what, from the table that the operations ask. Two columns, because a phone has room for two."""
    rows = [(DEEDS[verb][0].upper() + DEEDS[verb][1:], ", ".join(_holders(verb))) for verb in MAY]
    return pd.DataFrame(rows, columns=["What", "Who"])


def _holders(verb: Verb) -> list[str]:
    limited = frozenset[Role]() if verb in FOR_ALL else OF_A_DEPARTMENT
    return [ROLE_NAMES[role] + (" (own department)" * (role in limited)) for role in ROLES if role in MAY[verb]]
