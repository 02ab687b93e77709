"""What is next: a short list computed from the state, and the tasks of setting up until they are done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import streamlit as st

from maturity.access.permissions import may
from maturity.access.roles import Grant, Visitor
from maturity.operations.changes import plan_scope, public_scope
from maturity.operations.early_sight import WHOLE, held_back_until
from maturity.operations.editions import editions
from maturity.operations.plan_versions import versions
from maturity.operations.public_comments import waiting_comments
from maturity.operations.reminders import Reminder, reminders
from maturity.operations.rounds import Round
from maturity.operations.saved_plans import SavedPlan, find_plan
from maturity.operations.targets import target_choices
from maturity.operations.workshop_lines import votable
from maturity.operations.workshops import CAN_BE_HELD, workshops
from maturity.operations.workspace import Workspace
from maturity.ui import cached, navigation
from maturity.ui.clock import today
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.home import senders
from maturity.ui.replies import replies_to
from maturity.words.messages import counted, departments_sent, on_day
from maturity.words.reminder_sentences import when_due
from maturity.words.workshop_planning import COMING, PLAN_ONE

REVIEW_NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What stands in the plan: how many targets people chose, the plan's name, the late actions as (title,
    department), the latest first, all that is due, and the name of a version that waits for approval."""

    targets: int = 0
    plan: str | None = None
    late: tuple[tuple[str, str | None], ...] = ()
    due: tuple[Reminder, ...] = ()
    proposed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a list: what, on which page (and what of it, as parameters of the address), whether it is done."""

    words: str
    page: str
    label: str
    done: bool = False
    query: Mapping[str, str] = field(default_factory=dict)


def outlook(here: PageContext, round_: Round) -> Outlook:
    """Targets and plan as the visitor may read them; nothing where the plan is not for them."""
    if not may(here.visitor, "read_roadmap"):
        return Outlook()
    scope = plan_scope(round_.organisation_id)
    revision, day, ws = here.workspace.revision(scope), today(here), here.workspace
    return _outlook(ws.url, round_.id, revision, day, here.visitor.grants, ws, here.visitor, round_)


@st.cache_resource(ttl=cached.HOUR, max_entries=64, show_spinner=False)
def _outlook(
    url: str,
    round_id: UUID,
    revision: int,
    day: date,
    grants: tuple[Grant, ...],
    _workspace: Workspace,
    _visitor: Visitor,
    _round: Round,
) -> Outlook:
    plan = find_plan(_workspace, _visitor, organisation=_round.organisation)
    return Outlook(
        targets=len(target_choices(_workspace, _visitor, _round)),
        plan=plan.name if plan else None,
        late=tuple(_late(plan, day)) if plan else (),
        due=reminders(_workspace, _visitor, _round.organisation),
        proposed=_proposed(_workspace, _visitor, _round.organisation),
    )


def _proposed(workspace: Workspace, visitor: Visitor, organisation: str) -> str | None:
    """The newest version that somebody put forward and nobody has answered yet."""
    waiting = [each for each in versions(workspace, visitor, organisation) if each.state == "proposed"]
    return f"{waiting[-1].number}, “{waiting[-1].name}”" if waiting else None


def _late(plan: SavedPlan, day: date) -> list[tuple[str, str | None]]:
    found = [(plan.status_of(each, day), each) for each in plan.actions]
    late = sorted((now.days_late, each.title, each.department or "") for now, each in found if now.code == "late")
    return [(title, department or None) for _, title, department in reversed(late)]


def next_steps(here: PageContext, round_: Round, now: Outlook) -> list[Step]:
    """At most four things to do, the most pressing first."""
    first, workshop = [*_about_round(here, round_)], [*_about_workshop(here, round_, now)]
    # A workshop that is there comes first; planning one does so for whoever facilitates and administers nothing.
    there = any("workshop" in step.query for step in workshop)
    both = [*workshop, *first] if there or not may(here.visitor, "administer") else [*first, *workshop]
    return [*both, *_about_department(here, round_), *_about_plan(here, round_, now)][:4]


def _about_round(here: PageContext, round_: Round) -> Iterator[Step]:
    if round_.status != "open":
        return
    until = f" until {on_day(round_.closes_on)}" if round_.closes_on else ""
    if may(here.visitor, "manage_rounds"):
        scores = cached.round_scores(here, round_)
        said = departments_sent(senders(scores), len(scores.departments))
        over = bool(round_.closes_on and round_.closes_on < today(here))
        words = f"{said} Its last day is over: close the round." if over else f"{said} The round is open{until}."
        if over:
            yield Step(words=words, page="rounds", label="Look after the round")
        else:
            yield Step(words=words, page="board", label="See who has answered, and remind the others")
    if any(may(here.visitor, "answer", department.code) for department in round_.departments):
        words = f"The round is open{until}. Your answers are saved as you go."
        yield Step(words=words, page="questionnaire", label="Answer, or go on answering")


def _about_workshop(here: PageContext, round_: Round, now: Outlook) -> Iterator[Step]:
    """For whoever runs workshops: the one that is open or planned, else planning one while it helps."""
    if round_.status not in CAN_BE_HELD or not may(here.visitor, "run_workshop", None, round_.organisation_id):
        return
    if not votable(round_.framework, short_track=round_.track == "short"):
        return
    held = workshops(here.workspace, here.visitor, round_)
    coming = [each for each in held if each.status == "open"] or [each for each in held if each.status == "planned"]
    if coming:
        said, label = COMING[coming[0].status]
        found = {"workshop": str(coming[0].id)}
        yield Step(words=said.format(name=coming[0].name), page="workshop", label=label, query=found)
    elif not held and (not may(here.visitor, "administer") or (round_.status == "closed" and now.plan is None)):
        yield Step(words=PLAN_ONE, page="workshop", label="Plan a workshop", query={"workshop_round": round_.name})


def _about_department(here: PageContext, round_: Round) -> Iterator[Step]:
    """For the head of a department whose result waits for a reply."""
    if round_.status != "closed":
        return
    until, replied = held_back_until(here.workspace, round_), replies_to(here, round_)
    for department in round_.departments:
        if may(here.visitor, "reply", department.code, round_.organisation_id) and department.code not in replied:
            alone = f" Others see it from {on_day(until + timedelta(days=1))}." if until else ""
            words = f"The result of {department.name} is there.{alone} See where people differ, and reply if you like."
            yield Step(words=words, page="department", label="See the result of your department")
            return


def _about_delivery(here: PageContext, round_: Round, now: Outlook) -> Iterator[Step]:
    """What waits for this visitor in the plan's delivery: to approve, to accept, to report, to hold the review."""
    mine, me = round_.organisation_id, here.visitor.person
    if now.proposed and may(here.visitor, "approve_plan", None, mine):
        words = f"Version {now.proposed} waits for approval."
        yield Step(words=words, page="versions", label="Read it and decide")
    asked = [each for each in now.due if each.kind == "acceptance" and each.person == me]
    silent = [each for each in now.due if each.kind == "report"]
    own = [each for each in silent if each.person == me]
    if asked or own:
        parts = [f"{counted(len(asked), 'action')} to accept"] if asked else []
        parts += [f"{counted(len(own), 'report')} overdue"] if own else []
        yield Step(words=f"Yours: {' and '.join(parts)}.", page="my_actions", label="Open my actions")
    if not may(here.visitor, "edit_plan", None, mine):
        return
    review = next((each for each in now.due if each.kind == "review" and each.on), None)
    if review and review.on and review.on <= today(here) + REVIEW_NEAR:
        said = f"{review.subject}: {when_due(review.on, today(here))}."
        yield Step(words=said, page="quarter", label="Go through the quarterly review")
    if len(silent) > len(own):
        owed = f"{counted(len(silent), 'report')} {'is' if len(silent) == 1 else 'are'} overdue."
        yield Step(words=owed, page="progress", label="Remind their owners", query={"progress_view": "Reminders"})


@st.cache_resource(ttl=cached.HOUR, max_entries=64, show_spinner=False)
def _public(
    url: str,
    revision: int,
    grants: tuple[Grant, ...],
    _workspace: Workspace,
    _visitor: Visitor,
    _mine: str,
    publish: bool,
) -> tuple[str | None, date | None, int]:
    """The edition that waits for its second person, when the next one is due, and how many comments nobody has read."""
    every = editions(_workspace, _visitor, _mine)
    proposed = next((each.name for each in reversed(every) if each.state == "proposed"), None)
    standing = [each.edition for each in every if each.state == "published"]
    due = max(standing, key=lambda each: each.number).next_update_on if standing else None
    return proposed, due, waiting_comments(_workspace, _visitor, _mine) if publish else 0


def _about_public(here: PageContext, round_: Round) -> Iterator[Step]:
    """What waits for this visitor in the public roadmap: to approve, to renew, to answer."""
    mine = round_.organisation_id
    publish = may(here.visitor, "publish", None, mine)
    if not (publish or may(here.visitor, "approve_edition", None, mine)):
        return
    revision = here.workspace.revision(public_scope(mine))
    url, grants = here.workspace.url, here.visitor.grants
    proposed, due, waiting = _public(url, revision, grants, here.workspace, here.visitor, round_.organisation, publish)
    if proposed:
        words = f"The edition “{proposed}” of the public roadmap waits for a second person."
        yield Step(words=words, page="editions", label="Read it and decide")
    if waiting:
        words = f"{counted(waiting, 'comment')} of residents {'waits' if waiting == 1 else 'wait'} to be read."
        yield Step(words=words, page="residents", label="Answer residents")
    if publish and due and due <= today(here) and not proposed:
        words = f"Residents were promised an update of the public roadmap by {on_day(due)}."
        yield Step(words=words, page="editions", label="Prepare an edition")


def _about_plan(here: PageContext, round_: Round, now: Outlook) -> Iterator[Step]:
    # Copies of one action in several departments are one line here, as they are in the plan.
    late = list(dict.fromkeys(title for title, department in now.late if _is_mine(here, department)))
    if late:
        first = f": “{late[0]}”" if len(late) == 1 else f", most of all “{late[0]}”"
        words = f"{counted(len(late), 'action')} {'is' if len(late) == 1 else 'are'} late{first}."
        yield Step(words=words, page="progress", label="Look at progress")
    yield from _about_delivery(here, round_, now)
    yield from _about_public(here, round_)
    settled = round_.status in ("closed", "signed_off") and bool(round_.framework.levels)
    if settled and not now.targets and may(here.visitor, "set_targets"):
        words = "Nobody has set a target yet, so the usual ones count."
        yield Step(words=words, page="targets", label="Look at gaps and set targets")
    if settled and now.plan is None and may(here.visitor, "edit_plan"):
        yield Step(words="The round is closed and there is no plan yet.", page="plan", label="Make a plan")
    if now.plan and may(here.visitor, "read_roadmap"):
        yield Step(words="What happens when, and who does it.", page="roadmap", label="See the roadmap")
    if settled and may(here.visitor, "read_department_results"):
        yield Step(words="Where we stand in each topic, and why.", page="results", label="See the results")


def _is_mine(here: PageContext, department: str | None) -> bool:
    """City-wide actions concern those who see everything; a department's concern its own head as well."""
    if may(here.visitor, "read_results", WHOLE):
        return True
    return department is not None and may(here.visitor, "read_department_results", department)


def show_next(steps: list[Step]) -> None:
    """The list, each line with the link to where it is done."""
    if not steps:
        return
    st.header("What is next", anchor=False)
    for step in steps:
        with st.container(border=True):
            st.write(plain(step.words))
            navigation.link_to(step.page, step.label, **step.query)


def setup_steps(here: PageContext, round_: Round | None, now: Outlook) -> list[Step]:
    """The tasks from an empty store to a plan, in order."""
    drafts = cached.every_round(here)
    departments = here.organisation.departments if here.organisation else ()
    scores = cached.round_scores(here, round_) if round_ else None
    settled = round_ is not None and round_.status in ("closed", "signed_off")
    count = counted(len(departments), "department")
    return [
        Step(
            words=f"Name the organisation and its departments ({count})",
            page="rounds",
            label="",
            done=bool(departments),
        ),
        Step(words="Create a round", page="rounds", label="", done=bool(drafts)),
        Step(words="Open the round", page="rounds", label="", done=round_ is not None),
        Step(words="Get the first answers", page="questionnaire", label="", done=bool(scores and senders(scores))),
        Step(words="Close the round", page="rounds", label="", done=settled),
        Step(words="Set targets", page="targets", label="", done=bool(now.targets)),
        Step(words="Make a plan", page="plan", label="", done=now.plan is not None),
    ]


def show_setup(steps: list[Step]) -> None:
    """The set-up tasks, until there is a plan."""
    left = [step for step in steps if not step.done]
    if steps[-1].done or not left:
        return
    st.header("Setting up", anchor=False)
    st.caption(f"{len(steps) - len(left)} of {len(steps)} done")
    for step in steps:
        mark = ":material/check_circle: Done" if step.done else ":material/radio_button_unchecked: To do"
        with st.container(horizontal=True, vertical_alignment="center", width=640, horizontal_alignment="distribute"):
            if step.done or step is not left[0]:
                st.markdown(step.words, width="content")
            else:
                navigation.link_to(step.page, step.words)
            st.markdown(mark, width="content")
