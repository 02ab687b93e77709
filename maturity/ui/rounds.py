"""Rounds: the list with how many have sent, the form for a new one, and opening and closing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from maturity.assessment.departments import Weights
from maturity.operations.answers import RoundProgress
from maturity.operations.errors import Refused
from maturity.operations.frameworks import find_framework, framework_versions
from maturity.operations.rounds import Round, close_round, create_round, open_round
from maturity.operations.setup import Organisation
from maturity.operations.sign_off import reopen_round
from maturity.ui import cached, navigation
from maturity.ui.clock import today
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, sentence
from maturity.ui.help import number_help, plain
from maturity.ui.home import STATUS
from maturity.ui.home_start import choose_track
from maturity.words.messages import counted, on_day

WEIGHTS: Mapping[Weights, str] = {
    "equal": "Every department counts the same",
    "staff": "Departments count by their number of staff",
    "chosen": "Departments count as chosen here",
}


def show_rounds(here: PageContext) -> None:
    """Every round with its status and what can be done with it now."""
    found = cached.every_round(here)
    if not found:
        st.info("No round yet. Create the first one under “New round”.")
    for round_ in reversed(found):
        with st.container(border=True):
            _show_round(here, round_)


def _show_round(here: PageContext, round_: Round) -> None:
    progress = _progress(here, round_)
    st.header(plain(round_.name), anchor=False)
    days = [on_day(day) if day else "not set" for day in (round_.opens_on, round_.closes_on)]
    framework = f"{plain(round_.framework.name)} {plain(round_.framework.version)}, {round_.track} track"
    lines = [
        f"**{STATUS[round_.status].capitalize()}**, from {days[0]} to {days[1]}",
        framework,
        f"{_of(progress.submitted, round_)} departments have sent. {_people(progress)}" if progress else "",
        WEIGHTS[round_.weights],
    ]
    st.markdown("  \n".join(line for line in lines if line))
    _show_turns(here, round_)


def _progress(here: PageContext, round_: Round) -> RoundProgress | None:
    try:
        return cached.round_progress(here, round_)
    except Refused:
        return None


def _of(submitted: Mapping[str, int], round_: Round) -> str:
    return f"{len(submitted)} of {len(round_.departments)}"


def _people(progress: RoundProgress) -> str:
    sent, started = sum(progress.submitted.values()), sum(progress.started.values())
    return f"{counted(sent, 'person', 'people')} sent, {started} still answering."


def _show_turns(here: PageContext, round_: Round) -> None:
    """What can be done with a round as it stands: open it, close it after a second question, open it again."""
    name = plain(round_.name)
    if round_.status == "draft":
        st.button(f"Open {name}", key=f"open-{round_.id}", type="primary", on_click=_turn, args=(here, round_, "open"))
    elif round_.status == "open":
        _show_closing(here, round_, name)
    elif round_.status == "closed":
        with st.popover(f"Open {name} again…"):
            st.text_input("Why is it opened again?", key=f"why-{round_.id}")
            st.button(f"Open {name} again", key=f"reopen-{round_.id}", on_click=_reopen, args=(here, round_))


def _show_closing(here: PageContext, round_: Round, name: str) -> None:
    with st.popover(f"Close {name}…"):
        progress = _progress(here, round_)
        left = sum(progress.started.values()) if progress else 0
        st.write(f"Close {name}? Nobody can answer in it then; what was sent counts.")
        if left:
            are = "person has" if left == 1 else "people have"
            st.write(f"{left} {are} started and not sent: these answers do not count.")
        st.button(
            "Close the round",
            key=f"close-{round_.id}",
            type="primary",
            on_click=_turn,
            args=(here, round_, "closed"),
        )


def _reopen(here: PageContext, round_: Round) -> None:
    with keeping_refusals():
        reopen_round(here.workspace, here.visitor, round_, st.session_state[f"why-{round_.id}"])


def _turn(here: PageContext, round_: Round, status: str) -> None:
    with keeping_refusals():
        (open_round if status == "open" else close_round)(here.workspace, here.visitor, round_)


@st.fragment
def show_new_round(here: PageContext, organisation: Organisation) -> None:
    """A new round: framework, track, departments, weights, dates. It stays closed until it is opened."""
    name = st.text_input("Name", key="round_name", max_chars=120, placeholder="Spring 2027")
    versions = framework_versions(here.workspace, here.visitor)
    labels = {each.code: f"{each.name} {each.version}, {counted(each.questions, 'question')}" for each in versions}
    code = st.selectbox("Questionnaire", list(labels), key="round_framework", format_func=labels.__getitem__)
    track = choose_track(find_framework(here.workspace, here.visitor, code), key="round_track")
    names = organisation.names
    if "round_departments" not in st.session_state:
        st.session_state["round_departments"] = list(names)
    chosen = st.multiselect(
        "Departments that take part",
        list(names),
        key="round_departments",
        format_func=lambda each: names.get(each, each),
    )
    weights = st.radio(
        "What each department counts in the organisation's score",
        list(WEIGHTS),
        key="round_weights",
        format_func=WEIGHTS.__getitem__,
        help=number_help("weights"),
    )
    own = _choose_weights(names, chosen) if weights == "chosen" else None
    first, last = st.columns(2)
    opens = first.date_input("First day", value=None, key="round_opens", format="DD/MM/YYYY")
    closes = last.date_input("Last day", value=None, key="round_closes", format="DD/MM/YYYY")
    if not st.button("Create the round", type="primary"):
        return
    try:
        create_round(
            here.workspace,
            here.visitor,
            name,
            code,
            departments=chosen,
            chosen_weights=own,
            weights=weights,
            track=track,
            opens_on=opens or today(here),
            closes_on=closes,
            organisation=organisation.name,
        )
    except REFUSALS as error:
        st.error(sentence(error), icon=":material/block:")
        return
    st.session_state["_said"] = f"The round {name} is created. Open it when people may answer."
    st.rerun()


def _choose_weights(names: Mapping[str, str], chosen: list[str]) -> dict[str, float]:
    """A weight for each department that takes part, 1 unless changed."""
    rows = pd.DataFrame({"Department": [names[code] for code in chosen], "Weight": [1.0] * len(chosen)})
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["Department"],
        key=f"round_weights_table_{'-'.join(chosen)}",
        column_config={"Weight": st.column_config.NumberColumn(min_value=0.0, step=0.5, required=True)},
        alt="The weight of each department",
    )
    return dict(zip(chosen, (float(weight) for weight in edited["Weight"]), strict=True))


def show_said() -> None:
    """What a fragment did before it had the page drawn anew."""
    said = st.session_state.pop("_said", None)
    if said:
        st.success(plain(said))


def show_nothing_set_up() -> None:
    """No organisation in this store yet."""
    st.info("Nothing is set up in this store yet. Set up your organisation, or look at the demo city.")
    navigation.link_to("home", "Go to the first choice")
