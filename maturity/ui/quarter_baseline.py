"""Steps four and five of a quarterly review: planning again, and a new baseline or why there is none."""

from __future__ import annotations

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.plan_versions import Version, approve_version, propose_version
from maturity.operations.quarterly_reviews import explain_baseline
from maturity.ui.clock import local
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.ui.quarter_changes import show_difference
from maturity.ui.quarter_forms import ShownReview, fill, organisation_of, save, stored_review, typed
from maturity.words.messages import on_day


def show_plan_again(shown: ShownReview) -> None:
    """Where the plan stands, and what moved in it since the review was opened."""
    facts = shown.facts
    if facts.replanned:
        st.markdown(f"The plan was made again since this review was opened: it is now “{plain(facts.plan.name)}”.")
    else:
        st.markdown(f"The plan is “{plain(facts.plan.name)}”. It was not made again since this review was opened.")
    if facts.moved is not None:
        show_difference(shown.plan, facts.moved, "the plan as it was when this review was opened")
    if shown.may_edit:
        link_to("plan", "Plan again", icon=":material/refresh:")


def show_baseline(shown: ShownReview) -> None:
    """Whether the plan as it stands is put forward and approved, or why not this time."""
    facts = shown.facts
    if facts.approved:
        when = local(facts.approved.approved_at).date() if facts.approved.approved_at else shown.plan.today
        st.success(
            f"Version {facts.approved.number}, “{plain(facts.approved.name)}”, was approved on {on_day(when)}. "
            "It is what we are held to from now on.",
            icon=":material/check:",
        )
    elif held := facts.plan.approved:
        st.markdown(f"We are held to version {held.number}, “{plain(held.name)}”.")
    else:
        st.markdown("No version of the plan was approved before this review.")
    if facts.proposed:
        _show_approving(shown, facts.proposed)
    elif shown.may_edit and not facts.approved:
        _show_proposing(shown)
    if not facts.approved:
        _show_why_not(shown)
    link_to("versions", "Open versions and sign-off")


def _show_approving(shown: ShownReview, version: Version) -> None:
    with st.container(border=True):
        st.markdown(
            f"**Version {version.number}, “{plain(version.name)}”, waits for approval.** {plain(version.reason)}  \n"
            f"Proposed by {plain(version.made_by)} on {on_day(local(version.made_at).date())}."
        )
        if not shown.may_sign:
            st.caption("It is approved by whoever may sign off plans, such as leadership.")
            return
        name = f"quarter-approve-{version.id}"
        fill(name, version, {"note": ""})
        with st.form(name, border=False):
            st.text_input("Note on the approval (optional)", key=f"{name}:note", max_chars=1_000)
            st.form_submit_button("Approve this version", type="primary", on_click=_approve, args=(shown.here, name))
        st.caption("Where a body such as a data governance council decides, approve it on the page of versions.")


def _approve(here: PageContext, name: str) -> None:
    note = typed(name, "note") or ""
    save(
        here, name, lambda seen: approve_version(here.workspace, here.visitor, seen.id, note=note),
        "The version is approved.",
    )  # fmt: skip


def _show_proposing(shown: ShownReview) -> None:
    name = f"quarter-propose-{shown.review.id}"
    fill(name, shown.review, {"name": f"{shown.review.name}: baseline"[:120], "reason": ""})
    with st.form(name):
        st.markdown("**Put the plan as it stands forward**")
        st.text_input("Name of the version", key=f"{name}:name", max_chars=120)
        st.text_area("What is new in it, and why", key=f"{name}:reason", height=90)
        st.form_submit_button("Propose this version", type="primary", on_click=_propose, args=(shown.here, name))


def _propose(here: PageContext, name: str) -> None:
    called, reason = typed(name, "name") or "", typed(name, "reason") or ""
    if not reason.strip():
        save(here, name, _without_reason, "")
        return
    save(
        here, name,
        lambda seen: propose_version(here.workspace, here.visitor, called, reason, organisation=organisation_of(here)),
        "The version waits for approval.",
    )  # fmt: skip


def _without_reason(seen: object) -> None:
    raise Refused("a version needs a reason: enter what is new in it, and why")


def _show_why_not(shown: ShownReview) -> None:
    stored = shown.review.body.no_baseline
    if not shown.may_edit:
        if stored:
            st.markdown(f"**Why no new version this time:** {plain(stored)}")
        return
    name = f"quarter-why-not-{shown.review.id}"
    fill(name, shown.review, {"reason": stored})
    with st.form(name):
        st.markdown("**Or no new version this time**")
        st.text_area("Why not this time", key=f"{name}:reason", height=68)
        if stored:
            st.caption(f"Stored: {plain(stored)}")
        st.form_submit_button("Save why not", on_click=_explain, args=(shown.here, name, shown.review.id))


def _explain(here: PageContext, name: str, review_id: str) -> None:
    reason = typed(name, "reason") or ""
    said = "Why there is no new version is noted." if reason.strip() else "The reason is taken back."
    save(
        here, name, lambda seen: explain_baseline(here.workspace, here.visitor, seen, reason), said,
        lambda: stored_review(here, review_id),
    )  # fmt: skip
