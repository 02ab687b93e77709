"""The report on one action, the same on every page: its fields, saving it, and both versions when two people report.

No form of Streamlit's: that would lose what is typed when a phone loses its connection, and could not ask why only
where something changed. Inputs are named by the version of the action, so that a saved report fills them anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.operations.own_work import my_actions
from maturity.operations.progress import (
    ActionChanged,
    ProgressUpdate,
    Told,
    history,
    report_own,
    report_progress,
)
from maturity.roadmap.actions import MOST, Action
from maturity.roadmap.progress import is_later
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext, keeping_refusals, sentence
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import show_table
from maturity.words import report_sentences as words
from maturity.words.messages import on_day, saved_at

STEPS = (0, 25, 50, 75, 100)
SAID = "progress_saved"
LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody has typed into the form of one action."""

    percent_done: float
    begun_on: date | None = None
    done_on: date | None = None
    confidence: int | None = None
    more: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A report that met another one: what is stored, what was to be saved, and the sentence about both."""

    theirs: Action
    mine: Action
    said: Said
    words: str


def may_tell(here: PageContext, action: Action) -> bool:
    """Whether the visitor may say how this action goes: as its owner, or by their role; city-wide ones need a role for
    the whole organisation."""
    return _owns(here, action) or may(here.visitor, "report_progress", action.department or "the whole organisation")


def show_form(here: PageContext, action: Action, reports: tuple[ProgressUpdate, ...], currency: str = "") -> None:
    """The fields for an action as it was opened, filled with what was said last in `reports` (oldest first)."""
    if (opened := _opened(action)).row_version != action.row_version:
        st.caption(words.MEANWHILE_CHANGED)
    action = opened
    key = f"report-{action.id}-{action.row_version}"
    before = last_confidence(reports)
    _seed(key, action, reports, today(here))
    if reports and before and action.percent_done < 100:
        st.button(
            words.UNCHANGED, key=f"{key}-same", on_click=_unchanged, args=(here, action, before),
            icon=":material/check:", width="stretch",
        )  # fmt: skip
    percent = _show_how_far(key, action)
    later = _show_days(key, action, percent, today(here))
    sure = st.segmented_control(
        "How sure are you of the finish?" if percent < 100 else "How sure are you that it holds?",
        list(words.SURE), format_func=lambda step: words.SURE[step], key=f"{key}-sure",
        help=number_help("confidence"), persist_state="session",
    )  # fmt: skip
    if asks := words.why_asked(later, before, sure):
        st.text_area(asks, key=f"{key}-because", max_chars=LONGEST, height=80, persist_state="session")
    _show_used(key, action, currency)
    st.text_input("One good thing", key=f"{key}-good", max_chars=LONGEST, persist_state="session")
    st.text_input("What is next", key=f"{key}-next", max_chars=LONGEST, persist_state="session")
    st.button(
        "Save the report", key=f"{key}-save", on_click=_save, args=(here, action, key), type="primary", width="stretch"
    )


def _opened(action: Action) -> Action:
    """The action as this visit opened its fields. They are filled anew from a later version only while nothing was
    typed into them: somebody else's report must not empty what is being written."""
    name = f"report-opened-{action.id}"
    known: Action | None = st.session_state.get(name)
    if known is None or (known.row_version != action.row_version and not _typed_into(known)):
        st.session_state[name] = known = action
    return known


def _typed_into(action: Action) -> bool:
    key = f"report-{action.id}-{action.row_version}"
    filled = st.session_state.get(f"{key}-filled", {})
    return any(st.session_state.get(f"{key}-{field}", value) != value for field, value in filled.items())


def close_form(action_id: str) -> None:
    """In a callback: the next time the fields, and the box around them, are made from what is stored then."""
    for name in (f"report-opened-{action_id}", f"line-{action_id}-opened"):
        st.session_state.pop(name, None)


def last_confidence(reports: tuple[ProgressUpdate, ...]) -> int | None:
    """The confidence in delivery that was said last; None where nobody has."""
    return next((each.confidence for each in reversed(reports) if each.confidence), None)


def _seed(key: str, action: Action, reports: tuple[ProgressUpdate, ...], day: date) -> None:
    """Every field once with what was said last; a finish that is over is asked for anew."""
    filled = {
        "percent": round(action.percent_done),
        "begun": action.begun_on,
        "done": action.done_on,
        "expected": action.ends if action.ends >= day else None,
        "sure": last_confidence(reports),
        "because": "",
        "days": action.days_used,
        "cost": action.cost_used,
        "link": action.deliverable_link,
        "good": "",
        "next": next((each.next for each in reversed(reports) if each.next), ""),
    }
    for field, value in st.session_state.setdefault(f"{key}-filled", filled).items():
        st.session_state.setdefault(f"{key}-{field}", value)


def _show_how_far(key: str, action: Action) -> float:
    """The per cent done, by quick steps or exactly; what 100 means stands before it is said."""
    if action.done_when:
        st.caption(f"{words.DONE_FIRST}: {plain(action.done_when)}")
    known = st.session_state[f"{key}-percent"]
    st.session_state[f"{key}-step"] = known if known in STEPS else None
    st.segmented_control(
        "How far is it?", STEPS, format_func=lambda step: f"{step}%", key=f"{key}-step", on_change=_step, args=(key,)
    )
    st.number_input(
        "Or exactly, in per cent", 0, 100, step=5, key=f"{key}-percent",
        help=f"100 means done. {number_help('late')}", persist_state="session",
    )  # fmt: skip
    return float(st.session_state[f"{key}-percent"] or 0)


def _step(key: str) -> None:
    if (chosen := st.session_state.get(f"{key}-step")) is not None:
        st.session_state[f"{key}-percent"] = chosen


def _show_days(key: str, action: Action, percent: float, day: date) -> bool:
    """The days that go with how far it is; whether the finish is expected later than was said last."""
    left, right = st.columns(2)
    if percent > 0:
        right.date_input(
            "Begun on", key=f"{key}-begun", format="DD/MM/YYYY", max_value=max(day, action.begun_on or day),
            help="Today if you leave it empty.", persist_state="session",
        )  # fmt: skip
    if percent >= 100 or action.done_on:
        left.date_input(
            "Done on", key=f"{key}-done", format="DD/MM/YYYY", persist_state="session",
            help="Only with 100 per cent; today if you leave it empty.",
        )  # fmt: skip
        st.text_input(
            "Where the deliverable can be seen (a link)", key=f"{key}-link", max_chars=500, persist_state="session"
        )
        return False
    left.date_input(
        "Finish expected on", key=f"{key}-expected", format="DD/MM/YYYY", persist_state="session",
        help=f"Planned is {on_day(action.finish)}. A later finish needs a reason.",
    )  # fmt: skip
    return is_later(action, st.session_state[f"{key}-expected"])


def _show_used(key: str, action: Action, currency: str) -> None:
    left, right = st.columns(2)
    for column, name, field, step in (
        (left, "Person-days used so far", "days", 1.0),
        (right, f"Money spent so far{f', {currency}' if currency else ''}", "cost", 100.0),
    ):
        column.number_input(
            name, 0.0, float(MOST), step=step, format="%.10g", key=f"{key}-{field}", persist_state="session"
        )
    st.caption(words.planned_sentence(action.person_days, action.cost, currency))


def _unchanged(here: PageContext, action: Action, confidence: int) -> None:
    said = Said(percent_done=action.percent_done, confidence=confidence, more=Told())
    send(here, action, action.row_version, said)


def _save(here: PageContext, action: Action, key: str) -> None:
    send(here, action, action.row_version, _typed(action, key))


def _typed(action: Action, key: str) -> Said:
    """What stands in the fields; those that are not shown with this much done say nothing, nor does a finish that is
    as planned where no other was ever expected."""
    told = {field: st.session_state.get(f"{key}-{field}") for field in FIELDS}
    percent = float(told["percent"] or 0)
    done = percent >= 100
    as_planned = action.expected_on is None and told["expected"] == action.finish
    return Said(
        percent_done=percent,
        begun_on=told["begun"] if percent > 0 else None,
        done_on=told["done"],
        confidence=told["sure"],
        more=Told(
            expected_on=None if done or as_planned else told["expected"],
            days_used=told["days"],
            cost_used=told["cost"],
            because=(told["because"] or "").strip(),
            good=(told["good"] or "").strip(),
            next=(told["next"] or "").strip(),
            deliverable_link=(told["link"] or "") if done else "",
        ),
    )


FIELDS = ("percent", "begun", "done", "expected", "sure", "because", "days", "cost", "link", "good", "next")


def send(here: PageContext, action: Action, version: int, said: Said) -> None:
    """Saves a report and keeps the sentence about it for the page; a clash is kept to be shown with both versions."""
    report = report_own if _owns(here, action) else report_progress
    with keeping_refusals():
        try:
            after = report(
                here.workspace, here.visitor, action.id, version, said.percent_done, said.begun_on, said.done_on,
                confidence=said.confidence, more=said.more,
            )  # fmt: skip
        except ActionChanged as error:
            if not _sent_twice(here, error, said):
                st.session_state[f"clash-{action.id}"] = Clash(
                    theirs=error.theirs, mine=error.mine, said=said, words=sentence(error)
                )
                return
            after = error.theirs
        at = saved_at(local(here.workspace.clock()))
        st.session_state[SAID] = (after.id, f"{plain(after.title)}: {after.percent_done:.0f}%. {at}")
        st.session_state.pop(f"reporting-{after.id}", None)
        close_form(after.id)


def _owns(here: PageContext, action: Action) -> bool:
    return bool(here.visitor.person) and action.owner_person == here.visitor.person


def _sent_twice(here: PageContext, error: ActionChanged, said: Said) -> bool:
    """Whether the stored version is this very report: a button pressed twice is no disagreement."""
    if replace(error.theirs, row_version=error.mine.row_version) != error.mine:
        return False
    last = _reports_on(here, error.mine)[-1:]
    more = said.more
    return bool(last) and (last[0].confidence, last[0].because, last[0].good, last[0].next) == (
        said.confidence, more.because, more.good, more.next,
    )  # fmt: skip


def _reports_on(here: PageContext, action: Action) -> tuple[ProgressUpdate, ...]:
    """An owner may not read everybody's reports, only those on the own actions."""
    if not _owns(here, action):
        return history(here.workspace, here.visitor, action.id)
    mine = my_actions(here.workspace, here.visitor, here.organisation.name if here.organisation else None)
    return next((each.reports for each in mine.actions if each.action.id == action.id), ())


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
        days = (action.begun_on, action.done_on, action.expected_on)
        begun, done, expected = (on_day(day) if day else "–" for day in days)
        used = (f"{each:,.10g}" if each is not None else "–" for each in (action.days_used, action.cost_used))
        planned = f"{on_day(action.start)} to {on_day(action.finish)}"
        return [f"{action.percent_done:.0f}%", begun, done, expected, *used, planned]

    names = [
        "Per cent done", "Begun on", "Done on", "Finish expected on", "Person-days used", "Money spent", "Planned",
    ]  # fmt: skip
    return pd.DataFrame({"What": names, "Stored": cells(clash.theirs), "Yours": cells(clash.mine)})


def _insist(here: PageContext, clash: Clash) -> None:
    """Saves over what the other one said. What changed since is the other report, and stands as the reason."""
    _give_way(clash.mine.id)
    more = clash.said.more
    said = replace(clash.said, more=replace(more, because=more.because or words.MEANWHILE))
    send(here, clash.mine, clash.theirs.row_version, said)


def _give_way(action_id: str) -> None:
    st.session_state.pop(f"clash-{action_id}", None)
    close_form(action_id)
