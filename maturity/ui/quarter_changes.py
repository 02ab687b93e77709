"""The first three steps of a quarterly review: who has reported, what changed, what is to be decided."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd
import streamlit as st

from maturity.operations.decisions import open_decisions
from maturity.operations.errors import Refused
from maturity.operations.promises import close_promise
from maturity.operations.review_facts import owner_addresses
from maturity.roadmap.quarterly_review import Promise, PromiseState
from maturity.roadmap.since_review import OwnerUpdates
from maturity.roadmap.versions import Difference
from maturity.roadmap.weeknote import Line
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.ui.pictures import show_table
from maturity.ui.quarter_forms import ShownReview, fill, organisation_of, save, stored_promise, typed
from maturity.ui.results_choices import choose
from maturity.ui.roadmap_shown import ShownPlan
from maturity.ui.summary_decisions import decisions_shown
from maturity.words import review_flow_sentences as words
from maturity.words.messages import on_day

FIRST, LONGEST_LINK = 12, 1_800
ENDED: dict[PromiseState, str] = {"kept": "Kept", "not_kept": "Not kept"}


def show_updates(shown: ShownReview) -> None:
    """Who has reported and who has not, and a text to send to whoever has not."""
    facts, plan = shown.facts, shown.plan
    silent = [each for each in facts.owners if each.silent]
    missing = sum(len(each.silent) for each in silent)
    st.markdown(f"**{words.updates_headline(len(facts.owners), len(silent), missing, facts.since_day)}**")
    if facts.owners:
        rows = [
            (_owner(plan, each), len(each.reported), len(each.silent), ", ".join(a.title for a in each.silent))
            for each in facts.owners
        ]
        show_table(pd.DataFrame(rows, columns=["Owner", "Reported on", "Not reported on", "Still to report"]))
    if not shown.may_edit or not silent:
        return
    by_name = {f"{_owner(plan, each)} ({len(each.silent)})": each for each in silent}
    st.subheader("Ask for a report", anchor=False)
    chosen = by_name[choose("Whom to ask", list(by_name), str, key="quarter_ask", in_address=False)]
    _show_request(shown, chosen)
    link_to("progress", "Report for them")


def _show_request(shown: ShownReview, asked: OwnerUpdates) -> None:
    here, facts = shown.here, shown.facts
    text = words.update_request(
        _owner(shown.plan, asked), [each.title for each in asked.silent], facts.since_day, shown.review.held_on,
        organisation_of(here) or "",
    )  # fmt: skip
    st.code(text, language=None, wrap_lines=True)
    known = owner_addresses(here.workspace, here.visitor, here.organisation.id) if here.organisation else {}
    address = known.get(asked.person or "")
    if address:
        link = f"mailto:{quote(address)}?subject={quote('Your report for the quarterly review')}&body={quote(text)}"
        if len(link) <= LONGEST_LINK:
            st.link_button("Open in a mail program", link, icon=":material/mail:")
        st.caption(f"Address: {plain(address)}. Waymark sends no mail.")
    else:
        st.caption("Waymark sends no mail: copy the text. Addresses are known of people who come in here.")


def _owner(plan: ShownPlan, each: OwnerUpdates) -> str:
    return plan.names.get(each.owner, each.owner)


def show_changes(shown: ShownReview) -> None:
    """What changed since the last review, what became of its promises, how the plan differs from what was signed."""
    facts = shown.facts
    st.markdown(f"**{words.changes_headline([each.kind for each in facts.changes], facts.since_day)}**")
    said = [*words.fact_sentences([each.document() for each in facts.changes], shown.plan.names)]
    said += [_noted(each) for each in facts.noted]
    show_lines(said)
    _show_earlier_promises(shown)
    st.subheader("The plan against what was signed", anchor=False)
    if facts.against is None or facts.differs is None:
        st.markdown("No version of the plan was approved before this review, so there is nothing to compare it with.")
        return
    show_difference(shown.plan, facts.differs, f"version {facts.against.number}, “{facts.against.name}”")


def show_lines(said: list[str]) -> None:
    """Sentences as a list, the first of them open and the rest folded."""
    st.markdown("\n".join(f"- {plain(each)}" for each in said[:FIRST]))
    if len(said) > FIRST:
        with st.expander(f"{len(said) - FIRST} more"):
            st.markdown("\n".join(f"- {plain(each)}" for each in said[FIRST:]))


def _noted(each: Line) -> str:
    return words.noted_sentence(each.kind, each.about, each.text, each.on)


def show_difference(plan: ShownPlan, differs: Difference, than: str) -> None:
    """How the plan differs from an earlier state: a headline, and a row for each action."""
    kinds = ("entered", "left", "moved", "re_dated", "re_owned", "rewritten")
    counts = {kind: len(differs.of(kind)) for kind in kinds}  # type: ignore[arg-type]
    st.markdown(f"**{plain(words.difference_headline(counts, than))}**")
    rows = [
        (
            each.title,
            ", ".join(words.CHANGE_KINDS[kind] for kind in each.kinds),
            words.later_sentence(each.later) or "–",
            "; ".join(each.reasons) or "–",
        )
        for each in sorted(differs.changes, key=lambda one: (-one.later, one.code))
    ]
    if rows:
        show_table(pd.DataFrame(rows, columns=["Action", "What", "Finishes", "Why"]))


def _show_earlier_promises(shown: ShownReview) -> None:
    earlier = shown.facts.earlier
    if earlier is None or not earlier.promises:
        return
    st.subheader("What we promised last time", anchor=False)
    for each in earlier.promises:
        with st.container(border=True):
            st.markdown(f"**{plain(each.text)}**  \n{plain(each.owner)}, by {on_day(each.due_on)}")
            if each.state != "open":
                _show_closed(shown, each)
            elif shown.may_edit:
                _show_closing(shown, each)
            else:
                st.markdown("Not closed yet.")


def _show_closed(shown: ShownReview, promise: Promise) -> None:
    icon = ":material/check_circle:" if promise.state == "kept" else ":material/cancel:"
    said = f" {plain(promise.explanation)}" if promise.explanation else ""
    st.markdown(f"{icon} {ENDED[promise.state]}.{said}")
    if shown.may_edit:
        name = f"quarter-reopen-{promise.id}-{promise.row_version}"
        fill(name, promise, {})
        st.button("Open it again", key=name, on_click=_close, args=(shown.here, name, "open"))


def _show_closing(shown: ShownReview, promise: Promise) -> None:
    name = f"quarter-close-{promise.id}"
    fill(name, promise, {"state": None, "why": ""})
    with st.form(name, border=False):
        st.segmented_control("How did it end?", list(ENDED), format_func=ENDED.__getitem__, key=f"{name}:state")
        st.text_area("Why, if it was not kept", key=f"{name}:why", height=68)
        st.form_submit_button("Close this promise", on_click=_close, args=(shown.here, name, None))


def _close(here: PageContext, name: str, to: PromiseState | None) -> None:
    state, why = to or typed(name, "state") or "open", typed(name, "why") or ""
    said = "The promise is open again." if state == "open" else f"The promise is closed: {ENDED[state].lower()}."

    def write(seen: Promise) -> None:
        if state == "open" and to is None:
            raise Refused("choose whether the promise was kept or not, then close it")
        close_promise(here.workspace, here.visitor, seen, state, why)

    save(here, name, write, said, lambda: stored_promise(here, name))


def show_decisions_needed(shown: ShownReview) -> None:
    """Decisions that leaders are asked for, and what Waymark sees that only they can settle."""
    here = shown.here
    seen = [each for each in decisions_shown(shown.plan) if each.page != "decisions"]  # what is asked for stands above
    asked = open_decisions(here.workspace, here.visitor, organisation_of(here))
    st.subheader("Asked for", anchor=False)
    if asked:
        rows = [
            (
                each.decision.question,
                each.decision.decider or "–",
                on_day(each.day) if each.day else "–",
                each.decision.recommendation or "–",
            )
            for each in asked
        ]
        show_table(pd.DataFrame(rows, columns=["Question", "Who decides", "Needed by", "Recommended"]))
    else:
        st.markdown("No decision is asked for.")
    link_to("decisions", "Open the decisions")
    st.subheader("Seen in the plan", anchor=False)
    if seen:
        show_lines([each.question for each in seen])
    else:
        st.markdown("Nothing in the plan waits for leaders.")
