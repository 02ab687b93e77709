"""The page of the quarterly review: the review itself, what is promised, weeknotes, and earlier reviews."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.quarterly_reviews import give_up_review, note_step, open_review, reviews
from maturity.operations.review_facts import review_facts
from maturity.roadmap.quarterly_review import STEPS, QuarterlyReview, ReviewStep
from maturity.ui.context import PageContext, keeping_refusals, page_context, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.ui.quarter_baseline import show_baseline, show_plan_again
from maturity.ui.quarter_changes import show_changes, show_decisions_needed, show_updates
from maturity.ui.quarter_commitment import show_commitment, show_earlier_reviews
from maturity.ui.quarter_forms import SAID, ShownReview, fill, organisation_of, save, stored_review, typed
from maturity.ui.quarter_promises import show_promises
from maturity.ui.quarter_signing import show_signing
from maturity.ui.quarter_weeknotes import show_weeknotes
from maturity.ui.roadmap_shown import ShownPlan, current_plan
from maturity.words import review_flow_sentences as words
from maturity.words.messages import NO_PLAN, counted, on_day

FEW = 4
STEP, PART = "quarter_step", "quarter_part"
LABELS = {step: f"{number} {words.STEP_NAMES[step]}" for number, step in enumerate(STEPS, start=1)}
PARTS = ("Review", "90-day promises", "Weeknotes", "Earlier reviews")
SHOWN = {
    "updates": show_updates,
    "changes": show_changes,
    "decisions": show_decisions_needed,
    "plan": show_plan_again,
    "baseline": show_baseline,
    "promises": show_promises,
    "sign_off": show_signing,
}


@st.fragment
def show_quarter() -> None:
    """The whole page below its title; what is saved reruns this much and nothing around it."""
    here = page_context()
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    plan = current_plan(here)
    if plan is None:
        st.info(NO_PLAN)
        if may(here.visitor, "edit_plan"):
            link_to("plan", "Make a plan")
        return
    part = st.segmented_control("Part", PARTS, default=PARTS[0], required=True, key=PART, bind="query-params")
    if part == "90-day promises":
        show_commitment(plan)
    elif part == "Weeknotes":
        show_weeknotes(plan)
    elif part == "Earlier reviews":
        show_earlier_reviews(plan, every_review(plan))
    else:
        _show_review(plan)


def every_review(plan: ShownPlan) -> tuple[QuarterlyReview, ...]:
    """Every review of the organisation, the earliest first."""
    here = plan.here
    return plan.kept("reviews", lambda: reviews(here.workspace, here.visitor, organisation_of(here)))


def _show_review(plan: ShownPlan) -> None:
    here, every = plan.here, every_review(plan)
    open_ = next((each for each in every if each.state == "open"), None)
    if open_ is None:
        _show_opening(plan, every)
        return
    facts = plan.kept(f"review {open_.id}", lambda: review_facts(here.workspace, here.visitor, open_.id))
    shown = ShownReview(
        plan=plan, review=facts.review, facts=facts, may_edit=may(here.visitor, "edit_plan"),
        may_sign=may(here.visitor, "approve_plan"),
    )  # fmt: skip
    st.markdown(
        f"**{plain(open_.name)}**, opened on {on_day(open_.held_on)} by {plain(open_.opened_by)}. "
        f"{_how_far(facts.review)}"
    )
    step = _choose_step(facts.review)
    st.header(LABELS[step], anchor=False)
    st.markdown(words.STEP_ASKS[step])
    SHOWN[step](shown)
    _show_note(shown, step)
    if shown.may_edit:
        _show_giving_up(shown)


def _how_far(review: QuarterlyReview) -> str:
    left = [words.STEP_NAMES[each] for each in STEPS if each not in review.body.done]
    done = len(STEPS) - len(left)
    said = f"{done} of {counted(len(STEPS), 'step')} {'is' if done == 1 else 'are'} done"
    return f"{said}; open: {', '.join(left)}." if done and len(left) <= FEW else f"{said}."


def _choose_step(review: QuarterlyReview) -> ReviewStep:
    """The step that the address names, else the one where the review stands."""
    if STEP not in st.session_state and STEP not in st.query_params:
        st.session_state[STEP] = LABELS[review.step]
    label = st.segmented_control("Step", list(LABELS.values()), required=True, key=STEP, bind="query-params")
    return next((step for step, each in LABELS.items() if each == label), review.step)


def _show_note(shown: ShownReview, step: ReviewStep) -> None:
    """What was said to a step: a form with which the review goes on, or only the words."""
    stored = shown.review.body.notes.get(step, "")
    if not shown.may_edit:
        if stored:
            st.subheader("What was said", anchor=False)
            st.markdown(plain(stored))
        return
    if step == "sign_off":
        return
    name = f"quarter-note-{shown.review.id}-{step}"
    fill(name, shown.review, {"note": stored})
    with st.form(name, border=False):
        st.text_area("What was said to this step (optional)", key=f"{name}:note", height=90)
        if typed(name, "clash"):
            st.caption(f"Stored meanwhile: {plain(stored)}" if stored else "It was emptied meanwhile.")
        elif step in shown.review.body.done:
            st.caption("This step is done.")
        st.form_submit_button(
            "Save and go on", type="primary", on_click=_go_on, args=(shown.here, name, shown.review.id, step)
        )


def _go_on(here: PageContext, name: str, review_id: str, step: ReviewStep) -> None:
    note = typed(name, "note") or ""
    said = f"“{words.STEP_NAMES[step]}” is done."
    if save(
        here, name, lambda seen: note_step(here.workspace, here.visitor, seen, step, note), said,
        lambda: stored_review(here, review_id),
    ):  # fmt: skip
        st.session_state[STEP] = LABELS[STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]]


def _show_opening(plan: ShownPlan, every: tuple[QuarterlyReview, ...]) -> None:
    signed = [each for each in every if each.state == "signed_off"]
    if signed:
        last = signed[-1]
        due = f" The next one is due on {on_day(last.next_on)}." if last.next_on else ""
        st.markdown(f"**{plain(last.name)}** is signed off.{due}")
    else:
        st.info(words.NO_REVIEW)
    if not may(plan.here.visitor, "edit_plan"):
        return
    with st.form("quarter-open"):
        st.text_input(
            "Name of the review (optional)", key="quarter-open:name", max_chars=120,
            placeholder=f"Quarterly review {len(every) + 1}",
        )  # fmt: skip
        st.form_submit_button("Open the review", type="primary", on_click=_open, args=(plan.here,))


def _open(here: PageContext) -> None:
    name = st.session_state.get("quarter-open:name") or ""
    with keeping_refusals():
        found = reviews(here.workspace, here.visitor, organisation_of(here))
        if not any(each.state == "open" for each in found):  # a second click finds it open
            open_review(here.workspace, here.visitor, name, organisation_of(here))
            st.session_state[STEP] = LABELS[STEPS[0]]


def _show_giving_up(shown: ShownReview) -> None:
    name = f"quarter-giving-up-{shown.review.id}"
    with st.expander("Give this review up"):
        fill(name, shown.review, {"reason": ""})
        with st.form(name, border=False):
            st.text_input("Why it is given up", key=f"{name}:reason", max_chars=1_000)
            st.form_submit_button("Give the review up", on_click=_give_up, args=(shown.here, name))


def _give_up(here: PageContext, name: str) -> None:
    reason = typed(name, "reason") or ""
    save(here, name, lambda seen: give_up_review(here.workspace, here.visitor, seen, reason), "The review is given up.")
