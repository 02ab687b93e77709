"""The versions of the plan, and what can be done with each."""

from __future__ import annotations

import streamlit as st

from maturity.operations.plan_versions import Version
from maturity.roadmap.versions import VersionStep
from maturity.ui.clock import local
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.plan_tables import apply_style
from maturity.ui.versions_bodies import show_bodies
from maturity.ui.versions_deciding import show_deciding
from maturity.ui.versions_forms import show_forms
from maturity.ui.versions_ready import show_ready
from maturity.ui.versions_seen import SAID, Seen, in_force_line, local_date, seen_versions
from maturity.words.messages import counted, on_day
from maturity.words.version_sentences import (
    NO_VERSIONS,
    SAME_PERSON,
    STATES,
    STEPS,
    approval_sentence,
    signed_sentence,
)

SHORT = 12


@st.fragment
def show_versions(here: PageContext) -> None:
    """What is in force, what is ready for sign-off, the forms, and every version, the newest first."""
    apply_style()
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    seen = seen_versions(here)
    if seen is None:
        return
    st.write(in_force_line(seen.shown))
    show_ready(seen)
    if seen.may("edit_plan"):
        show_forms(seen)
    st.header("Every version", anchor=False)
    if not seen.versions:
        st.write(NO_VERSIONS)
    for version in reversed(seen.versions):
        _show_one(seen, version)
    show_bodies(seen)


def _show_one(seen: Seen, version: Version) -> None:
    approved = seen.shown.plan.approved
    force = " :green-badge[In force]" if approved and approved.id == version.id else ""
    with st.container(border=True):
        st.subheader(f"{version.number}. {plain(version.name)}{force}", anchor=False)
        st.markdown("  \n".join(_lines(version)))
        _show_steps(version)
        if version.state == "proposed":
            show_deciding(seen, version)


def _lines(version: Version) -> list[str]:
    lines = [f"**{STATES[version.state]}.** {_made(version)}"]
    for step in version.steps:
        if step.step == "approved":
            lines.append(plain(approval_sentence(step.body, step.made_by, local_date(step.made_at))))
            lines.append(signed_sentence(step.body))
            # Where a body decided, whoever proposed it only notes so.
            alone = step.made_by == version.made_by and not step.body.get("body")
            lines += [SAME_PERSON] if alone else []
        elif step.step in ("returned", "withdrawn"):
            lines.append(f"{STEPS[step.step]} by {_who(step)}: {plain(step.note)}")
    if version.reason:
        lines.append(f"Why: {plain(version.reason)}")
    return lines


def _made(version: Version) -> str:
    first = version.steps[0].step if version.steps else "drafted"
    held = version.snapshot
    return (
        f"{STEPS[first]} by {plain(version.made_by)} on {on_day(local_date(version.made_at))}, from the plan "
        f"{plain(held.plan)} with {counted(len(held.actions), 'action')}."
    )


def _who(step: VersionStep) -> str:
    return f"{plain(step.made_by)} on {on_day(local_date(step.made_at))}"


def _show_steps(version: Version) -> None:
    label = f"Hash {version.sha256[:SHORT]}… and every step"
    box = st.expander(label, key=f"version:{version.id}:more", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption("The SHA-256 of this version. As long as the hash is the same, not a letter of it was changed.")
        st.code(version.sha256, language=None, wrap_lines=True)
        for step in version.steps:
            note = f": {plain(step.note)}" if step.note else ""
            st.markdown(f"- {local(step.made_at):%d/%m/%Y %H:%M}, {STEPS[step.step].lower()} by "
                        f"{plain(step.made_by)}{note}")  # fmt: skip
