"""How each operation is called in the permission test: with objects of Town, by whoever the test says.

`Town` holds what the calls need. Each call must succeed for a visitor who may, on a store of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from maturity.access.people import Person
from maturity.access.roles import Grant, Role, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.workshop import Outcome, Workshop
from maturity.operations import (
    acceptance,
    actions,
    addresses,
    answers,
    board,
    brand,
    calendars,
    choices,
    comparing,
    consensus,
    decisions,
    decisions_needed,
    demo_workshop,
    deputies,
    differences,
    earlier_answers,
    edition_approval,
    edition_drafting,
    editions,
    erasure,
    everybody,
    evidence,
    evidence_ages,
    explaining,
    forecasts,
    frameworks,
    given_roles,
    governing_bodies,
    imports,
    invitations,
    kpi_readings,
    leadership,
    leadership_plan,
    leadership_round,
    library,
    link_lists,
    links,
    milestones,
    objectives,
    organisation_zone,
    outcomes,
    own_actions,
    own_estimates,
    own_work,
    owners,
    partnership,
    pasted_people,
    people,
    plan_making,
    plan_versions,
    plans,
    poster,
    privacy,
    progress,
    promises,
    public_comments,
    public_preview,
    public_settings,
    public_site,
    public_words,
    quarterly_reviews,
    questionnaire,
    readiness,
    receipts,
    released_answers,
    reminders,
    replay,
    replies,
    report_facts,
    reports,
    resident_views,
    resource_lines,
    resource_taking_over,
    resources,
    respondents,
    review,
    review_facts,
    review_minutes,
    reviewing,
    rights,
    risks,
    role_split,
    round_changes,
    rounds,
    saved_plans,
    scenarios,
    scores,
    setup,
    sign_off,
    standing,
    targets,
    undo,
    upkeep,
    visibility,
    weeknotes,
    workshop_agenda,
    workshop_joining,
    workshop_lines,
    workshop_pack,
    workshop_people,
    workshop_results,
    workshop_room,
    workshop_steps,
    workshop_trend,
    workshop_workbook,
    workshops,
)
from maturity.operations.answers import Respondent, TopicNote
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import Kpi
from maturity.planning.spending import CapacityChange, Terms
from maturity.roadmap.actions import Action
from maturity.roadmap.comments import Comment
from maturity.roadmap.decisions import LeadershipDecision, Option
from maturity.roadmap.editions import KeptEdition, PublicWords
from maturity.roadmap.risks import Risk
from maturity.storage.engine import Store, Tx, open_store
from maturity.storage.public_comments import add_comment

from .city import ADMIN, LEVELS, make_town
from .filled_workbook import fill

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003"
    "010100c9fe92ef0000000049454e44ae426082"
)
"""A PNG of one pixel."""

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ELSE = "somebody-else"
TOMORROW = date(2026, 6, 2)
GIVEN = "2025"
HIRE = CapacityChange(role="data-team", first=3, last=12, days=55.0, reason="a new hire")
AGREED = Outcome(level=3, reason="we talked about it")


P = ParamSpec("P")
T = TypeVar("T")


class Watch:
    """How often a store was written to, kept or not, and what was prepared in it."""

    def __init__(self, store: Store) -> None:
        self.writes = 0
        self.prepared: dict[Hashable, tuple[int, Any]] = {}
        self._write = store.write
        store.write = self._counted  # type: ignore[method-assign]

    def _counted(self, *args: Any, **more: Any) -> Any:
        self.writes += 1
        return self._write(*args, **more)


_WATCHED: WeakKeyDictionary[Store, Watch] = WeakKeyDictionary()


def watch(store: Store) -> Watch:
    """What is known of a store since it was first asked for here."""
    if store not in _WATCHED:
        _WATCHED[store] = Watch(store)
    return _WATCHED[store]


def kept(prepare: Callable[Concatenate[Town, P], T]) -> Callable[Concatenate[Town, P], T]:
    """What was prepared or read is taken again as long as nobody has written to that store since.

    Seven roles are refused one after the other, and a refusal writes nothing: preparing takes most of the time."""

    @wraps(prepare)
    def taken(town: Town, *args: P.args, **more: P.kwargs) -> T:
        seen = watch(town.workspace.store)
        key = (prepare.__qualname__, town.department, town.theirs, args, *more.items())
        if key not in seen.prepared or seen.prepared[key][0] != seen.writes:
            made = prepare(town, *args, **more)
            seen.prepared[key] = seen.writes, made
        found: T = seen.prepared[key][1]
        return found

    return taken


@dataclass(frozen=True)
class Town:
    """Town's objects. `department` is the one that the call is about; `theirs` makes respondents somebody else's."""

    workspace: Workspace
    department: str = "parks"
    theirs: bool = False

    @kept
    def round(self, name: str) -> Round:
        """ "2026" is closed and shown to everybody, "2027" takes answers, "2028" is a draft."""
        return rounds.find_round(self.workspace, ADMIN, name, "Town")

    @cached_property
    def id(self) -> UUID:
        """The organisation's."""
        return setup.the_organisation(self.workspace, ADMIN, "Town").id

    @cached_property
    def region(self) -> UUID:
        """The partnership that Town is a member of."""
        return setup.the_organisation(self.workspace, ADMIN, "Region").id

    @cached_property
    def question(self) -> str:
        """Some question that everybody is asked."""
        return next(iter(self.round("2027").framework.questions))

    @cached_property
    def topic(self) -> str:
        """The topic of that question."""
        return self.round("2027").framework.topic_of[self.question].id

    @kept
    def respondent(self, visitor: Visitor, *, sent: bool = False) -> Respondent:
        """A respondent of "2027" with one answer: the visitor's own, or somebody else's."""
        owner = ELSE if self.theirs else visitor.person
        grants = (Grant(role="administrator"),)
        as_owner = Visitor(person=owner, name=owner, grants=grants)
        round_ = self.round("2027")
        made = respondents.start(self.workspace, as_owner, round_, self.department)
        if made.status == "started":
            given = Answer(question=self.question, state="level", level=3, comment="so", evidence_note="seen")
            answers.save_answer(self.workspace, as_owner, round_, made, given)
        if sent and made.status == "started":
            made = respondents.send(self.workspace, as_owner, round_, made)
        return made

    def sender(self) -> Respondent:
        """A respondent of the department who has sent an answer, whoever asks."""
        return Town(self.workspace, self.department, theirs=True).respondent(ADMIN, sent=True)

    @kept
    def file(self, visitor: Visitor) -> UUID:
        """A file beside that respondent's answer."""
        owner = ELSE if self.theirs else visitor.person
        as_owner = Visitor(person=owner, name=owner, grants=(Grant(role="administrator"),))
        made = self.respondent(visitor)
        if made.status == "submitted":
            respondents.take_back(self.workspace, as_owner, self.round("2027"), made)
        return evidence.attach_file(
            self.workspace, as_owner, self.round("2027"), made, self.question, "note.txt", b"what we do"
        ).id

    @kept
    def workshop(self, phase: str = "waiting") -> Workshop:
        """A new workshop on "2027" about the department, opened, with the room on its one question in this phase."""
        round_, lines = (
            self.round("2027"),
            [workshop_lines.AgendaLine(department=self.department, question=self.question)],
        )
        made = workshops.plan_workshop(self.workspace, ADMIN, round_, self.department, "In the room", lines)
        made = workshops.open_workshop(self.workspace, ADMIN, made)
        matter = workshops.agenda(self.workspace, ADMIN, made)[0]
        made = workshop_steps.go_to(self.workspace, ADMIN, made, matter.id)
        if phase in ("voting", "revealed"):
            made = workshop_steps.open_vote(self.workspace, ADMIN, made)
        if phase == "revealed":
            made = workshop_steps.reveal_votes(self.workspace, ADMIN, made)
        if phase == "settled":
            made = workshop_steps.record_consensus(self.workspace, ADMIN, round_, made, AGREED)
        return made

    @property
    @kept
    def actions(self) -> tuple[Action, ...]:
        """The saved plan's actions."""
        return saved_plans.plan(self.workspace, ADMIN, organisation="Town").actions

    @property
    @kept
    def action(self) -> Action:
        """An action that the department reports on, which nothing depends on."""
        return next(each for each in self.actions if each.code == f"added-{1 + list(LEVELS).index(self.department)}")

    @kept
    def owned(self, visitor: Visitor) -> Action:
        """An action of the department that the visitor owns, or somebody else."""
        owner, action = ELSE if self.theirs else visitor.person, self.action
        return actions.edit_action(
            self.workspace, ADMIN, action.id, action.row_version, owner="Owner", owner_person=owner
        )

    @kept
    def person(self, name: str) -> Person:
        """Asha leads parks; Gone holds no role any more."""
        return next(k.person for k in people.people(self.workspace, ADMIN, "Town") if k.person.name == name)


Call = Callable[[Town, Visitor], Any]


@kept
def risk_of(t: Town) -> tuple[str, int]:
    """A fresh risk of the department's action, and its version."""
    for each in risks.open_risks(t.workspace, ADMIN, "Town"):
        if each.codes == (t.action.code,):
            risks.close_risk(t.workspace, ADMIN, each.id, each.row_version, why="asked anew")
    return add_risk(t, ADMIN).id, 1


def add_risk(t: Town, v: Visitor) -> Risk:
    """A new risk of the department's action."""
    return risks.add_risk(
        t.workspace, v, f"Nobody is hired in {t.department}", likelihood=3, impact=4, owner="Pat", response="accept",
        codes=[t.action.code], organisation="Town",
    )  # fmt: skip


def decision_of(t: Town, v: Visitor) -> LeadershipDecision:
    """A question for leaders: the one that is open already, but for whoever asks to put one."""
    known = decisions.open_decisions(t.workspace, v, "Town") if v is ADMIN else ()
    if known:
        return known[0].decision
    options = [Option(name="Hire", cost=60_000.0), Option(name="Do nothing", cost=0.0)]
    return decisions.ask_decision(
        t.workspace, v, "Who hires?", options=options, decider="Council", codes=[t.action.code], organisation="Town"
    )


def _lead(town: Town, visitor: Visitor) -> Visitor:
    """Handing over needs a person of the store."""
    asha = town.person("Asha")
    return Visitor(person=str(asha.id), name="Asha", grants=visitor.grants, at=visitor.at)


CALLS: Mapping[str, Call] = {
    "frameworks.find_framework": lambda t, v: frameworks.find_framework(t.workspace, v, "city-data-maturity"),
    "frameworks.framework_versions": lambda t, v: frameworks.framework_versions(t.workspace, v),
    "frameworks.import_framework": lambda t, v: frameworks.import_framework(
        t.workspace, v, frameworks.shipped_frameworks()[0]
    ),
    "rounds.rounds": lambda t, v: rounds.rounds(t.workspace, v, "Town"),
    "rounds.find_round": lambda t, v: rounds.find_round(t.workspace, v, "2026", "Town"),
    "rounds.create_round": lambda t, v: rounds.create_round(
        t.workspace, v, "2029", "city-data-maturity", organisation="Town"
    ),
    "rounds.open_round": lambda t, v: rounds.open_round(t.workspace, v, t.round("2028")),
    "rounds.close_round": lambda t, v: rounds.close_round(t.workspace, v, t.round("2027")),
    "round_changes.change_round": lambda t, v: round_changes.change_round(
        t.workspace, v, t.round("2028"), round_changes.settings_of(t.round("2028"))
    ),
    "round_changes.whole_framework": lambda t, v: round_changes.whole_framework(t.workspace, v, t.round("2028")),
    "sign_off.closing_warnings": lambda t, v: sign_off.closing_warnings(t.workspace, v, t.round("2027")),
    "sign_off.sign_off_round": lambda t, v: sign_off.sign_off_round(t.workspace, v, t.round("2026")),
    "sign_off.reopen_round": lambda t, v: sign_off.reopen_round(t.workspace, v, t.round("2026"), "one was away"),
    "sign_off.signature": lambda t, v: sign_off.signature(t.workspace, v, t.round("2026")),
    "board.board": lambda t, v: board.board(t.workspace, v, t.round("2027")),
    "invitations.waiting_for_invitation": lambda t, v: invitations.waiting_for_invitation(
        t.workspace, v, t.round("2027")
    ),
    "invitations.invite_added": lambda t, v: invitations.invite_added(t.workspace, v, t.round("2027")),
    "invitations.recipients": lambda t, v: invitations.recipients(t.workspace, v, t.round("2027")),
    "invitations.mark_as_reminded": lambda t, v: invitations.mark_as_reminded(t.workspace, v, t.round("2027")),
    "imports.import_answers": lambda t, v: imports.import_answers(
        t.workspace,
        v,
        answers_file(t),
        framework="city-data-maturity",
        round_name="imported",
        organisation="Town",
    ),
    "imports.export_answers": lambda t, v: imports.export_answers(t.workspace, v, "2026", "Town"),
    "respondents.start": lambda t, v: respondents.start(t.workspace, v, t.round("2027"), t.department),
    "respondents.mine": lambda t, v: respondents.mine(t.workspace, v, t.round("2027")),
    "respondents.progress": lambda t, v: respondents.progress(t.workspace, v, t.round("2027")),
    "respondents.describe": lambda t, v: respondents.describe(
        t.workspace, v, t.round("2027"), t.respondent(v), "leader", "team"
    ),
    "respondents.send": lambda t, v: respondents.send(t.workspace, v, t.round("2027"), t.respondent(v)),
    "respondents.take_back": lambda t, v: respondents.take_back(
        t.workspace, v, t.round("2027"), t.respondent(v, sent=True)
    ),
    "questionnaire.my_questionnaire": lambda t, v: questionnaire.my_questionnaire(t.workspace, v, t.respondent(v)),
    "questionnaire.sent_back_notes": lambda t, v: questionnaire.sent_back_notes(t.workspace, v, t.respondent(v)),
    "earlier_answers.last_time": lambda t, v: earlier_answers.last_time(
        t.workspace, v, t.round("2027"), t.respondent(v)
    ),
    "answers.my_answers": lambda t, v: answers.my_answers(t.workspace, v, t.respondent(v)),
    "answers.my_notes": lambda t, v: answers.my_notes(t.workspace, v, t.respondent(v)),
    "answers.save_answer": lambda t, v: answers.save_answer(
        t.workspace, v, t.round("2027"), t.respondent(v), Answer(question=t.question, state="level", level=2)
    ),
    "answers.save_note": lambda t, v: answers.save_note(
        t.workspace, v, t.round("2027"), t.respondent(v), TopicNote(topic=t.topic, would_help="time")
    ),
    "answers.clear_text": lambda t, v: answers.clear_text(
        t.workspace, v, t.round("2027"), t.respondent(v), t.question, "comment"
    ),
    "answers.withdraw_answer": lambda t, v: answers.withdraw_answer(
        t.workspace, v, t.round("2027"), t.respondent(v), t.question
    ),
    "answers.remarks": lambda t, v: answers.remarks(t.workspace, v, t.round("2026")),
    "evidence.attach_file": lambda t, v: evidence.attach_file(
        t.workspace, v, t.round("2027"), t.respondent(v), t.question, "note.txt", b"what we do"
    ),
    "evidence.my_files": lambda t, v: evidence.my_files(t.workspace, v, t.respondent(v)),
    "evidence.evidence_content": lambda t, v: evidence.evidence_content(t.workspace, v, t.file(v)),
    "evidence.remove_file": lambda t, v: evidence.remove_file(
        t.workspace, v, t.round("2027"), t.respondent(v), t.file(v)
    ),
    "review.department_review": lambda t, v: review.department_review(t.workspace, v, t.round("2027"), t.department),
    "reviewing.flag_evidence": lambda t, v: reviewing.flag_evidence(
        t.workspace, v, t.round("2027"), t.sender().id, t.question, "too old to rely on"
    ),
    "reviewing.clear_flag": lambda t, v: reviewing.clear_flag(
        t.workspace, v, t.round("2027"), flagged(t).id, t.question
    ),
    "reviewing.record_review": lambda t, v: reviewing.record_review(
        t.workspace, v, t.round("2027"), t.department, t.question, 2, "seen by us", expected_version=0
    ),
    "reviewing.withdraw_review": lambda t, v: reviewing.withdraw_review(
        t.workspace, v, t.round("2027"), t.department, t.question, expected_version=reviewed(t)
    ),
    "reviewing.send_back": lambda t, v: reviewing.send_back(
        t.workspace, v, t.round("2027"), t.sender().id, "say more about the first question"
    ),
    "evidence_ages.fresh_shares": lambda t, v: evidence_ages.fresh_shares(t.workspace, v, t.round("2026")),
    "evidence_ages.optimism_in_review": lambda t, v: evidence_ages.optimism_in_review(t.workspace, v, t.round("2026")),
    "evidence_ages.optimism_in_results": lambda t, v: evidence_ages.optimism_in_results(
        t.workspace, v, t.round("2026")
    ),
    "scores.scores_of": lambda t, v: scores.scores_of(t.workspace, v, "2026", "Town"),
    "scores.distributions": lambda t, v: scores.distributions(t.workspace, v, t.round("2026"), t.department),
    "scores.distributions_by_department": lambda t, v: scores.distributions_by_department(
        t.workspace, v, t.round("2026")
    ),
    "scores.interval": lambda t, v: scores.interval(t.workspace, v, t.round("2026"), t.department),
    "scores.earlier_scores": lambda t, v: scores.earlier_scores(t.workspace, v, t.round("2026")),
    "differences.differences_of": lambda t, v: differences.differences_of(
        t.workspace, v, t.round("2026"), t.department
    ),
    "role_split.role_split": lambda t, v: role_split.role_split(t.workspace, v, t.round("2026"), t.department),
    "replies.replies": lambda t, v: replies.replies(t.workspace, v, t.round("2026")),
    "replies.reply_to_result": lambda t, v: replies.reply_to_result(
        t.workspace, v, t.round("2026"), t.department, "we know"
    ),
    "replies.withdraw_reply": lambda t, v: replies.withdraw_reply(
        t.workspace, v, t.round("2026"), t.department, expected_version=replied(t)
    ),
    "workshops.workshops": lambda t, v: workshops.workshops(t.workspace, v, t.round("2027")),
    "workshops.find_workshop": lambda t, v: workshops.find_workshop(t.workspace, v, t.workshop().id),
    "workshops.agenda": lambda t, v: workshops.agenda(t.workspace, v, t.workshop()),
    "workshops.plan_workshop": lambda t, v: workshops.plan_workshop(
        t.workspace, v, t.round("2027"), t.department, "Ours", agenda_line(t)
    ),
    "workshops.change_agenda": lambda t, v: workshops.change_agenda(
        t.workspace, v, t.round("2027"), t.workshop(), agenda_line(t)
    ),
    "workshops.open_workshop": lambda t, v: workshops.open_workshop(t.workspace, v, t.workshop()),
    "workshops.end_workshop": lambda t, v: workshops.end_workshop(t.workspace, v, t.workshop()),
    "workshop_agenda.suggest_agenda": lambda t, v: workshop_agenda.suggest_agenda(
        t.workspace, v, t.round("2026"), t.department
    ),
    "workshop_agenda.agreed_lines": lambda t, v: workshop_agenda.agreed_lines(
        t.workspace, v, t.round("2026"), t.department
    ),
    "workshop_agenda.already_agreed": lambda t, v: workshop_agenda.already_agreed(
        t.workspace, v, t.round("2027"), t.workshop()
    ),
    "workshop_steps.go_to": lambda t, v: workshop_steps.go_to(t.workspace, v, t.workshop(), None),
    "workshop_steps.open_vote": lambda t, v: workshop_steps.open_vote(t.workspace, v, t.workshop()),
    "workshop_steps.extend_vote": lambda t, v: workshop_steps.extend_vote(t.workspace, v, t.workshop("voting"), 30),
    "workshop_steps.reveal_votes": lambda t, v: workshop_steps.reveal_votes(t.workspace, v, t.workshop("voting")),
    "workshop_steps.park": lambda t, v: workshop_steps.park(t.workspace, v, t.workshop(), "what it means"),
    "workshop_steps.record_consensus": lambda t, v: workshop_steps.record_consensus(
        t.workspace, v, t.round("2027"), t.workshop("revealed"), AGREED
    ),
    "workshop_steps.withdraw_consensus": lambda t, v: workshop_steps.withdraw_consensus(
        t.workspace, v, t.round("2027"), t.workshop("settled")
    ),
    "workshop_steps.accept_agreed": lambda t, v: workshop_steps.accept_agreed(
        t.workspace, v, t.round("2027"), (made := t.workshop()), agreed_matter(t, made), "they agree"
    ),
    "workshop_steps.add_note": lambda t, v: workshop_steps.add_note(t.workspace, v, t.workshop(), "decision", "so"),
    "workshop_steps.remove_note": lambda t, v: workshop_steps.remove_note(t.workspace, v, *noted(t)),
    "demo_workshop.make_believe_votes": lambda t, v: in_the_demo(t, v, t.workshop("voting")),
    "workshop_people.forget_participant": lambda t, v: workshop_people.forget_participant(t.workspace, v, *seated(t)),
    "workshop_room.room": lambda t, v: workshop_room.room(t.workspace, v, t.round("2027"), t.workshop()),
    "workshop_results.workshop_results": lambda t, v: workshop_results.workshop_results(
        t.workspace, v, t.round("2027"), t.workshop("settled")
    ),
    "workshop_results.votes_beside": lambda t, v: workshop_results.votes_beside(
        t.workspace, v, t.round("2027"), *ended_workshop(t)
    ),
    "workshop_trend.agreement_trend": lambda t, v: workshop_trend.agreement_trend(
        t.workspace, v, t.round("2027"), t.workshop("settled")
    ),
    "workshop_pack.workshop_pack": lambda t, v: workshop_pack.workshop_pack(
        t.workspace, v, t.round("2027"), t.workshop(), sets=2
    ),
    "workshop_pack.summary_for_everybody": lambda t, v: workshop_pack.summary_for_everybody(
        t.workspace, v, t.round("2027"), t.workshop("settled")
    ),
    "consensus.consensus_of": lambda t, v: consensus.consensus_of(t.workspace, v, t.round("2026"), t.department),
    "standing.standing": lambda t, v: standing.standing(t.workspace, v, t.round("2026")),
    "workshop_workbook.export_workbook": lambda t, v: workshop_workbook.export_workbook(
        t.workspace, v, t.round("2027"), t.workshop()
    ),
    "workshop_workbook.read_workbook": lambda t, v: workshop_workbook.read_workbook(
        t.workspace, v, t.round("2027"), *filled_workbook(t)
    ),
    "workshop_workbook.import_workbook": lambda t, v: workshop_workbook.import_workbook(
        t.workspace, v, t.round("2027"), *filled_workbook(t)
    ),
    "targets.target_choices": lambda t, v: targets.target_choices(t.workspace, v, t.round("2026")),
    "targets.targets": lambda t, v: targets.targets(t.workspace, v, t.round("2026")),
    "targets.target_warnings": lambda t, v: targets.target_warnings(t.workspace, v, t.round("2026")),
    "targets.priority_topics_of": lambda t, v: targets.priority_topics_of(t.workspace, v, t.round("2026")),
    "targets.gaps": lambda t, v: targets.gaps(t.workspace, v, t.round("2026")),
    "targets.importance": lambda t, v: targets.importance(t.workspace, v, t.round("2026")),
    "targets.set_target": lambda t, v: targets.set_target(
        t.workspace, v, t.round("2026"), "parks", t.topic, [(2, date(2027, 6, 1))], "worth it"
    ),
    "targets.reset_target": lambda t, v: targets.reset_target(t.workspace, v, t.round("2026"), "parks", t.topic),
    "targets.set_importance": lambda t, v: targets.set_importance(
        t.workspace, v, t.round("2026"), t.topic, 4, "the council wants it"
    ),
    "readiness.readiness": lambda t, v: readiness.readiness(t.workspace, v, "Town"),
    "resources.resources": lambda t, v: resources.resources(t.workspace, v, t.round("2026")),
    "resources.set_days": lambda t, v: resources.set_days(t.workspace, v, t.round("2026"), ()),
    "resources.set_resources": lambda t, v: resources.set_resources(t.workspace, v, t.round("2026")),
    "resource_lines.add_line": lambda t, v: resource_lines.add_line(t.workspace, v, t.round("2026"), HIRE),
    "resource_lines.edit_line": lambda t, v: resource_lines.edit_line(t.workspace, v, t.round("2026"), a_hire(t), HIRE),
    "resource_lines.remove_line": lambda t, v: resource_lines.remove_line(t.workspace, v, t.round("2026"), a_hire(t)),
    "resource_lines.remove_sources": lambda t, v: resource_lines.remove_sources(t.workspace, v, t.round("2026"), ()),
    "resource_lines.set_terms": lambda t, v: resource_lines.set_terms(t.workspace, v, t.round("2026"), Terms(), 0),
    "resource_taking_over.take_over_resources": lambda t, v: resource_taking_over.take_over_resources(
        t.workspace, v, t.round("2027"), t.round("2026")
    ),
    "choices.decisions": lambda t, v: choices.decisions(t.workspace, v, t.round("2026")),
    "choices.decided": lambda t, v: choices.decided(t.workspace, v, t.round("2026")),
    "choices.lock_next_quarter": lambda t, v: choices.lock_next_quarter(t.workspace, v, t.round("2026"), "agreed on"),
    "choices.take_back": lambda t, v: choices.take_back(t.workspace, v, t.round("2026"), ()),
    "choices.already": lambda t, v: choices.already(t.workspace, v, t.round("2026")),
    "choices.decide_action": lambda t, v: choices.decide_action(
        t.workspace, v, t.round("2026"), "A03", "pinned", "promised", date(2026, 5, 4)
    ),
    "choices.clear_decision": lambda t, v: choices.clear_decision(t.workspace, v, t.round("2026"), "A03"),
    "choices.mark_already": lambda t, v: choices.mark_already(t.workspace, v, t.round("2026"), "A03", "done"),
    "plans.plan_request": lambda t, v: plans.plan_request(t.workspace, v, t.round("2026")),
    "plans.make_plan": lambda t, v: plans.make_plan(t.workspace, v, t.round("2026"), iterations=1),
    "plans.save_plan": lambda t, v: plans.save_plan(t.workspace, v, t.round("2026"), made_plan(t), "Second"),
    "plan_making.plan_question": lambda t, v: plan_making.plan_question(t.workspace, v, t.round("2026")),
    "plan_making.keep_plan": lambda t, v: plan_making.keep_plan(
        t.workspace, v, plan_making.plan_question(t.workspace, ADMIN, t.round("2026")), made_plan(t), "Second"
    ),
    "plan_making.replan": lambda t, v: plan_making.replan(t.workspace, v, t.round("2026"), "Second", iterations=1),
    "scenarios.scenarios_question": lambda t, v: scenarios.scenarios_question(t.workspace, v, t.round("2026")),
    "saved_plans.plans": lambda t, v: saved_plans.plans(t.workspace, v, "Town"),
    "saved_plans.plan": lambda t, v: saved_plans.plan(t.workspace, v, organisation="Town"),
    "forecasts.ask_forecast": lambda t, v: forecasts.ask_forecast(t.workspace, v, organisation="Town"),
    "saved_plans.find_plan": lambda t, v: saved_plans.find_plan(t.workspace, v, organisation="Town"),
    "explaining.explainable": lambda t, v: explaining.explainable(t.workspace, v, organisation="Town"),
    "actions.add_action": lambda t, v: actions.add_action(
        t.workspace,
        v,
        title="Tidy the shelves",
        start=date(2026, 9, 1),
        finish=date(2026, 10, 1),
        owner="Archivist",
        organisation="Town",
    ),
    "actions.edit_action": lambda t, v: actions.edit_action(
        t.workspace, v, t.action.id, t.action.row_version, title="Another title"
    ),
    "actions.remove_action": lambda t, v: actions.remove_action(
        t.workspace, v, t.action.id, t.action.row_version, "no longer wanted"
    ),
    "actions.add_dependency": lambda t, v: actions.add_dependency(
        t.workspace, v, t.action.id, t.action.row_version, "added-3"
    ),
    "actions.remove_dependency": lambda t, v: actions.remove_dependency(
        t.workspace, v, t.action.id, t.action.row_version, "added-3"
    ),
    "library.library": lambda t, v: library.library(t.workspace, v, t.round(GIVEN)),
    "own_actions.add_own_action": lambda t, v: own_actions.add_own_action(
        t.workspace, v, t.round(GIVEN), {**OWN_ACTION, "title": "Another"}
    ),
    "own_actions.edit_own_action": lambda t, v: own_actions.edit_own_action(
        t.workspace, v, t.round(GIVEN), own_action(t), {**OWN_ACTION, "phase": 2}
    ),
    "own_actions.retire_own_action": lambda t, v: own_actions.retire_own_action(
        t.workspace, v, t.round(GIVEN), own_action(t)
    ),
    "own_actions.bring_back_own_action": lambda t, v: own_actions.bring_back_own_action(
        t.workspace, v, t.round(GIVEN), own_action(t)
    ),
    "own_estimates.set_estimate": lambda t, v: own_estimates.set_estimate(
        t.workspace,
        v,
        t.round(GIVEN),
        "A01",
        {"duration_weeks": 3, "effort": OWN_ACTION["effort"]},
        "we asked",
        estimate_seen(t),
    ),
    "own_estimates.clear_estimate": lambda t, v: own_estimates.clear_estimate(
        t.workspace, v, t.round(GIVEN), "A01", estimate_seen(t)
    ),
    "own_estimates.choose_route": lambda t, v: own_estimates.choose_route(
        t.workspace, v, t.round(GIVEN), "A11", "buy", "we asked"
    ),
    "kpi_readings.kpis": lambda t, v: kpi_readings.kpis(t.workspace, v, organisation="Town"),
    "kpi_readings.behind": lambda t, v: kpi_readings.behind(t.workspace, v, organisation="Town"),
    "kpi_readings.due_readings": lambda t, v: kpi_readings.due_readings(t.workspace, v, organisation="Town"),
    "kpi_readings.own_kpi": lambda t, v: kpi_readings.own_kpi(t.workspace, v, t.owned(v).id),
    "kpi_readings.add_reading": lambda t, v: kpi_readings.add_reading(t.workspace, v, counted(t).id, NOW.date(), 1.0),
    "kpi_readings.add_own_reading": lambda t, v: kpi_readings.add_own_reading(
        t.workspace, v, owned_kpi(t, v).id, NOW.date(), 1.0
    ),
    "kpi_readings.add_pasted_readings": lambda t, v: kpi_readings.add_pasted_readings(
        t.workspace, v, counted(t).id, "2026-05-01; 1,5"
    ),
    "kpi_readings.withdraw_reading": lambda t, v: kpi_readings.withdraw_reading(
        t.workspace, v, reading(t, counted(t)), "wrong"
    ),
    "kpi_readings.withdraw_own_reading": lambda t, v: kpi_readings.withdraw_own_reading(
        t.workspace, v, (mine := owned_kpi(t, v)).id, reading(t, mine), "wrong"
    ),
    "kpi_readings.add_objective_reading": lambda t, v: kpi_readings.add_objective_reading(
        t.workspace, v, measuring(t).id, NOW.date(), 1.0
    ),
    "kpi_readings.paste_objective_readings": lambda t, v: kpi_readings.paste_objective_readings(
        t.workspace, v, measuring(t).id, "2026-05-01; 1,5"
    ),
    "outcomes.maturity_course": lambda t, v: outcomes.maturity_course(t.workspace, v, "Town"),
    "objectives.objectives": lambda t, v: objectives.objectives(t.workspace, v, "Town"),
    "objectives.add_objective": lambda t, v: objectives.add_objective(t.workspace, v, "Trust", organisation="Town"),
    "objectives.edit_objective": lambda t, v: objectives.edit_objective(
        t.workspace, v, replace(objective(t), goal="x")
    ),
    "objectives.remove_objective": lambda t, v: objectives.remove_objective(t.workspace, v, objective(t)),
    "milestones.add_milestone": lambda t, v: milestones.add_milestone(
        t.workspace, v, "Half way", date(2026, 12, 1), organisation="Town"
    ),
    "milestones.edit_milestone": lambda t, v: milestones.edit_milestone(
        t.workspace, v, milestone(t).id, milestone(t).row_version, name="Later", on=date(2027, 1, 1)
    ),
    "milestones.remove_milestone": lambda t, v: milestones.remove_milestone(t.workspace, v, milestone(t)),
    "progress.report_progress": lambda t, v: progress.report_progress(
        t.workspace, v, t.action.id, t.action.row_version, 40.0
    ),
    "progress.report_own": lambda t, v: progress.report_own(
        t.workspace, v, (mine := t.owned(v)).id, mine.row_version, 40.0
    ),
    "own_work.my_actions": lambda t, v: own_work.my_actions(t.workspace, v, "Town"),
    "own_work.action_owners": lambda t, v: own_work.action_owners(t.workspace, v, "Town"),
    "acceptance.acceptances": lambda t, v: acceptance.acceptances(t.workspace, v, "Town"),
    "acceptance.sign_off_readiness": lambda t, v: acceptance.sign_off_readiness(t.workspace, v, organisation="Town"),
    "acceptance.answer_own_action": lambda t, v: acceptance.answer_own_action(
        t.workspace, v, (mine := t.owned(v)).id, mine.row_version, "accepted"
    ),
    "acceptance.note_answer": lambda t, v: acceptance.note_answer(
        t.workspace, v, t.action.id, t.action.row_version, "accepted", note="said on the phone"
    ),
    "risks.risks": lambda t, v: risks.risks(t.workspace, v, "Town"),
    "risks.open_risks": lambda t, v: risks.open_risks(t.workspace, v, "Town"),
    "risks.add_risk": lambda t, v: add_risk(t, v),
    "risks.change_risk": lambda t, v: risks.change_risk(t.workspace, v, *risk_of(t), why="seen", review_on=TOMORROW),
    "risks.close_risk": lambda t, v: risks.close_risk(t.workspace, v, *risk_of(t), why="it is over"),
    "decisions.decisions": lambda t, v: decisions.decisions(t.workspace, v, "Town"),
    "decisions.open_decisions": lambda t, v: decisions.open_decisions(t.workspace, v, "Town"),
    "decisions_needed.decisions_needed": lambda t, v: decisions_needed.decisions_needed(t.workspace, v, "Town"),
    "leadership_plan.plan_now": lambda t, v: leadership_plan.plan_now(t.workspace, v, NOW.date(), "Town"),
    "leadership_round.scored_round": lambda t, v: leadership_round.scored_round(t.workspace, v, "Town"),
    "leadership.leadership": lambda t, v: leadership.leadership(t.workspace, v, "Town"),
    "report_facts.report_facts": lambda t, v: report_facts.report_facts(t.workspace, v, "latest", "Town"),
    "report_facts.read_report": lambda t, v: report_facts.read_report(t.workspace, v, "latest", "Town"),
    "reports.report_question": lambda t, v: reports.report_question(t.workspace, v, "latest", ["pdf"], "Town"),
    "reports.report": lambda t, v: reports.report(t.workspace, v, "latest", "strategy", "Town"),
    "decisions.ask_decision": lambda t, v: decision_of(t, v),
    "decisions.change_decision": lambda t, v: decisions.change_decision(
        t.workspace, v, decision_of(t, ADMIN).id, 1, background="so it is"
    ),
    "decisions.decide": lambda t, v: decisions.decide(
        t.workspace, v, decision_of(t, ADMIN).id, 1, "Do nothing", "no money"
    ),
    "decisions.withdraw_decision": lambda t, v: decisions.withdraw_decision(
        t.workspace, v, decision_of(t, ADMIN).id, 1, "asked in error"
    ),
    "acceptance.confirm_days": lambda t, v: acceptance.confirm_days(t.workspace, v, t.action.id, t.action.row_version),
    "acceptance.confirm_all_days": lambda t, v: acceptance.confirm_all_days(
        t.workspace, v, t.department, {t.action.id: t.action.row_version}, "Town"
    ),
    "acceptance.take_amendment": lambda t, v: acceptance.take_amendment(
        t.workspace, v, (asked := asked_for_other_days(t)).id, asked.row_version
    ),
    "owners.possible_owners": lambda t, v: owners.possible_owners(t.workspace, v, "Town"),
    "owners.without_owner": lambda t, v: owners.without_owner(t.workspace, v, "Town"),
    "owners.owned_actions": lambda t, v: owners.owned_actions(t.workspace, v, "Head", "Town"),
    "owners.hand_over_actions": lambda t, v: owners.hand_over_actions(
        t.workspace, v, "Head", str(t.person("Asha").id), "Head has left", organisation="Town"
    ),
    "plan_versions.versions": lambda t, v: plan_versions.versions(t.workspace, v, "Town"),
    "plan_versions.keep_version": lambda t, v: plan_versions.keep_version(
        t.workspace, v, a_name(t), organisation="Town"
    ),
    "plan_versions.propose_version": lambda t, v: plan_versions.propose_version(
        t.workspace, v, a_name(t), "the first one", organisation="Town"
    ),
    "plan_versions.approve_version": lambda t, v: plan_versions.approve_version(t.workspace, v, proposed(t).id),
    "plan_versions.return_version": lambda t, v: plan_versions.return_version(
        t.workspace, v, proposed(t).id, "not yet"
    ),
    "plan_versions.withdraw_version": lambda t, v: plan_versions.withdraw_version(
        t.workspace, v, proposed(t).id, "not yet"
    ),
    "replay.plan_on": lambda t, v: replay.plan_on(t.workspace, v, NOW.date(), "Town"),
    "replay.reports_on": lambda t, v: replay.reports_on(t.workspace, v, NOW.date(), "Town"),
    "replay.changed_days": lambda t, v: replay.changed_days(t.workspace, v, "Town"),
    "undo.last_change": lambda t, v: undo.last_change(t.workspace, v, t.action.id),
    "undo.undo_last": lambda t, v: undo.undo_last(t.workspace, v, t.action.id, t.action.row_version),
    "undo.plan_before": lambda t, v: undo.plan_before(t.workspace, v, "Town"),
    "undo.undo_replan": lambda t, v: undo.undo_replan(
        t.workspace, v, "made too early", expected_plan=planned_again(t), organisation="Town"
    ),
    "organisation_zone.zone": lambda t, v: organisation_zone.zone(t.workspace, v, "Town"),
    "organisation_zone.set_zone": lambda t, v: organisation_zone.set_zone(t.workspace, v, "Europe/London", "Town"),
    "brand.brand": lambda t, v: brand.brand(t.workspace, v, "Town"),
    "brand.set_colour": lambda t, v: brand.set_colour(t.workspace, v, "#12436D", "Town"),
    "brand.set_vision": lambda t, v: brand.set_vision(t.workspace, v, "Data that people trust", "Town"),
    "brand.set_logo": lambda t, v: brand.set_logo(t.workspace, v, DOT, "A dot", "Town"),
    "brand.remove_logo": lambda t, v: brand.remove_logo(t.workspace, v, "Town"),
    "governing_bodies.bodies": lambda t, v: governing_bodies.bodies(t.workspace, v, "Town"),
    "governing_bodies.add_body": lambda t, v: governing_bodies.add_body(t.workspace, v, "Council", ["Ida"], 1, "Town"),
    "governing_bodies.change_body": lambda t, v: governing_bodies.change_body(t.workspace, v, body_of(t)),
    "governing_bodies.remove_body": lambda t, v: governing_bodies.remove_body(t.workspace, v, body_of(t)),
    "comparing.compare": lambda t, v: comparing.compare(t.workspace, v, comparing.MADE, comparing.NOW, "Town"),
    "comparing.comparison": lambda t, v: comparing.comparison(t.workspace, v, comparing.MADE, comparing.NOW, "Town"),
    "quarterly_reviews.reviews": lambda t, v: quarterly_reviews.reviews(t.workspace, v, "Town"),
    "quarterly_reviews.open_review": lambda t, v: quarterly_reviews.open_review(t.workspace, v, organisation="Town"),
    "quarterly_reviews.note_step": lambda t, v: quarterly_reviews.note_step(
        t.workspace, v, review_open(t), "updates", "all have reported"
    ),
    "quarterly_reviews.write_minutes": lambda t, v: quarterly_reviews.write_minutes(
        t.workspace, v, review_open(t), MINUTES
    ),
    "quarterly_reviews.explain_baseline": lambda t, v: quarterly_reviews.explain_baseline(
        t.workspace, v, review_open(t), "nothing has moved"
    ),
    "quarterly_reviews.give_up_review": lambda t, v: quarterly_reviews.give_up_review(
        t.workspace, v, review_open(t), "nobody was there"
    ),
    "quarterly_reviews.sign_off_review": lambda t, v: quarterly_reviews.sign_off_review(
        t.workspace, v, review_ready(t), [("Lea", "Mayor")]
    ),
    "review_facts.review_facts": lambda t, v: review_facts.review_facts(t.workspace, v, review_open(t).id),
    "review_facts.owner_addresses": lambda t, v: review_facts.owner_addresses(t.workspace, v, t.id),
    "review_minutes.minutes_paper": lambda t, v: review_minutes.minutes_paper(t.workspace, v, review_open(t).id),
    "review_minutes.minutes_page": lambda t, v: review_minutes.minutes_page(t.workspace, v, review_open(t).id),
    "review_minutes.minutes_markdown": lambda t, v: review_minutes.minutes_markdown(t.workspace, v, review_open(t).id),
    "review_minutes.commitment_page": lambda t, v: review_minutes.commitment_page(t.workspace, v, review_open(t).id),
    "promises.promises_now": lambda t, v: promises.promises_now(t.workspace, v, "Town"),
    "promises.add_promise": lambda t, v: promises.add_promise(
        t.workspace, v, review_open(t).id, "Map the parks", "Asha", NOW.date()
    ),
    "promises.edit_promise": lambda t, v: promises.edit_promise(
        t.workspace, v, (one := review_ready(t).promises[0]), one.row_version
    ),
    "promises.remove_promise": lambda t, v: promises.remove_promise(t.workspace, v, review_ready(t).promises[0]),
    "promises.close_promise": lambda t, v: promises.close_promise(t.workspace, v, promise_due(t), "kept"),
    "weeknotes.weeknotes": lambda t, v: weeknotes.weeknotes(t.workspace, v, "Town"),
    "weeknotes.draft_weeknote": lambda t, v: weeknotes.draft_weeknote(t.workspace, v, NOW.date(), organisation="Town"),
    "weeknotes.keep_weeknote": lambda t, v: weeknotes.keep_weeknote(
        t.workspace, v, NOW.date(), NOW.date(), "A good week", "Town"
    ),
    "weeknotes.edit_weeknote": lambda t, v: weeknotes.edit_weeknote(t.workspace, v, weeknote(t), "A better one"),
    "weeknotes.remove_weeknote": lambda t, v: weeknotes.remove_weeknote(t.workspace, v, weeknote(t)),
    "progress.history": lambda t, v: progress.history(t.workspace, v, t.action.id),
    "progress.plan_history": lambda t, v: progress.plan_history(
        t.workspace, v, saved_plans.plan(t.workspace, ADMIN, organisation="Town").id
    ),
    "receipts.roadmap_receipts": lambda t, v: receipts.roadmap_receipts(t.workspace, v, organisation="Town"),
    "reminders.reminders": lambda t, v: reminders.reminders(t.workspace, v, "Town"),
    "reminders.reminder_letters": lambda t, v: reminders.reminder_letters(
        t.workspace, v, "https://waymark.town.example", "Town"
    ),
    "calendars.plan_calendar": lambda t, v: calendars.plan_calendar(t.workspace, v, "Town"),
    "calendars.own_calendar": lambda t, v: calendars.own_calendar(t.workspace, v, "Town"),
    "poster.poster": lambda t, v: poster.poster(t.workspace, v, organisation="Town"),
    "editions.editions": lambda t, v: editions.editions(t.workspace, v, "Town"),
    "editions.preview_edition": lambda t, v: editions.preview_edition(t.workspace, v, edition(t).id),
    "edition_drafting.start_edition": lambda t, v: start_edition(t, v),
    "edition_drafting.change_edition": lambda t, v: edition_drafting.change_edition(
        t.workspace, v, (e := edition(t)).id, e.row_version, edition_drafting.EditionChoices()
    ),
    "edition_approval.propose_edition": lambda t, v: edition_approval.propose_edition(
        t.workspace, v, (e := edition(t)).id, e.row_version
    ),
    "edition_approval.approve_edition": lambda t, v: edition_approval.approve_edition(
        t.workspace, v, (e := edition(t, "proposed")).id, e.row_version
    ),
    "edition_approval.return_edition": lambda t, v: edition_approval.return_edition(
        t.workspace, v, (e := edition(t, "proposed")).id, e.row_version, "say more"
    ),
    "edition_approval.give_up_edition": lambda t, v: edition_approval.give_up_edition(
        t.workspace, v, (e := edition(t)).id, e.row_version, "too early"
    ),
    "edition_approval.withdraw_edition": lambda t, v: edition_approval.withdraw_edition(
        t.workspace, v, (e := edition(t, "published")).id, e.row_version, "a mistake in it"
    ),
    "public_settings.public_settings": lambda t, v: public_settings.public_settings(t.workspace, v, "Town"),
    "public_settings.set_public_settings": lambda t, v: public_settings.set_public_settings(
        t.workspace, v, public_settings.PublicSettings(contact="data@town.example"), "Town"
    ),
    "public_words.public_words": lambda t, v: public_words.public_words(t.workspace, v, "Town"),
    "public_words.set_public_words": lambda t, v: public_words.set_public_words(
        t.workspace, v, t.action.code, "en", PublicWords(title="Look after it"), expected_version=0, organisation="Town"
    ),
    "visibility.visibility": lambda t, v: visibility.visibility(t.workspace, v, "Town"),
    "visibility.set_visibility": lambda t, v: visibility.set_visibility(
        t.workspace, v, "field", ["cost"], "withheld", "commercial", "tenders are out", organisation="Town"
    ),
    "released_answers.releasable_rounds": lambda t, v: released_answers.releasable_rounds(t.workspace, v, "Town"),
    "released_answers.what_is_released": lambda t, v: released_answers.what_is_released(t.workspace, v, "2026", "Town"),
    "released_answers.released_answers": lambda t, v: released_answers.released_answers(t.workspace, v, "2026", "Town"),
    "public_site.exported": lambda t, v: edition(t, "published") and public_site.exported(t.workspace, v, "Town"),
    "public_preview.preview_pages": lambda t, v: public_preview.preview_pages(t.workspace, v, edition(t).id),
    "public_comments.comments": lambda t, v: public_comments.comments(t.workspace, v, "Town"),
    "public_comments.waiting_comments": lambda t, v: public_comments.waiting_comments(t.workspace, v, "Town"),
    "public_comments.publish_comment": lambda t, v: public_comments.publish_comment(t.workspace, v, comment(t)),
    "public_comments.refuse_comment": lambda t, v: public_comments.refuse_comment(t.workspace, v, comment(t), "spam"),
    "public_comments.answer_comment": lambda t, v: public_comments.answer_comment(
        t.workspace, v, published(t), "done", "It is done"
    ),
    "public_comments.reopen_comment": lambda t, v: public_comments.reopen_comment(t.workspace, v, published(t)),
    "public_comments.forget_old_texts": lambda t, v: public_comments.forget_old_texts(t.workspace, v, "Town"),
    "resident_views.twin": lambda t, v: resident_views.twin(t.workspace, v, "Town"),
    "resident_views.twin_topics": lambda t, v: resident_views.twin_topics(t.workspace, v, "Town"),
    "people.people": lambda t, v: people.people(t.workspace, v, "Town"),
    "people.add_person": lambda t, v: people.add_person(
        t.workspace, v, "New", "new@town.example", "reviewer", organisation="Town"
    ),
    "people.change_person": lambda t, v: people.change_person(t.workspace, v, t.person("Lea"), "Leah", None),
    "people.person_left": lambda t, v: people.person_left(t.workspace, v, t.person("Lea")),
    "people.hand_over": lambda t, v: people.hand_over(
        t.workspace, _lead(t, v), t.department, "deputy@town.example", "Deputy", date(2026, 7, 1), organisation="Town"
    ),
    "given_roles.give_role": lambda t, v: given_roles.give_role(
        t.workspace, v, t.person("Lea").id, "reviewer", organisation="Town"
    ),
    "given_roles.end_role": lambda t, v: given_roles.end_role(t.workspace, v, role_of(t, "Lea")),
    "pasted_people.add_people": lambda t, v: pasted_people.add_people(t.workspace, v, "New; ; Parks", "Town"),
    "everybody.everybody": lambda t, v: everybody.everybody(t.workspace, v),
    "everybody.find_person": lambda t, v: everybody.find_person(t.workspace, v, "Lea"),
    "deputies.deputies": lambda t, v: deputies.deputies(t.workspace, v),
    "deputies.own_departments": lambda t, v: deputies.own_departments(t.workspace, v, "Town"),
    "addresses.address": lambda t, v: addresses.address(t.workspace, v, organisation="Town"),
    "addresses.set_address": lambda t, v: addresses.set_address(t.workspace, v, "https://waymark.town.example", "Town"),
    "link_lists.make_links": lambda t, v: link_lists.make_links(t.workspace, v, [t.person("Lea").id]),
    "link_lists.link_rows": lambda t, v: link_lists.link_rows(
        t.workspace,
        v,
        link_lists.make_links(t.workspace, ADMIN, [t.person("Lea").id]),
        "https://waymark.town.example",
        "Town",
    ),
    "links.make_link": lambda t, v: links.make_link(t.workspace, v, t.person("Lea").id),
    "links.links_of": lambda t, v: links.links_of(t.workspace, v, t.person("Lea").id),
    "links.revoke_links": lambda t, v: links.revoke_links(t.workspace, v, t.person("Lea").id),
    "links.sessions_of": lambda t, v: links.sessions_of(t.workspace, v),
    "links.sign_out_everywhere": lambda t, v: links.sign_out_everywhere(t.workspace, _lead(t, v)),
    "partnership.partnerships": lambda t, v: partnership.partnerships(t.workspace, v),
    "partnership.set_members": lambda t, v: partnership.set_members(t.workspace, v, t.region, [t.id]),
    "partnership.partnership": lambda t, v: partnership.partnership(t.workspace, v, "Town"),
    "partnership.partnerships_of": lambda t, v: partnership.partnerships_of(t.workspace, v, "Town"),
    "partnership.given_by": lambda t, v: partnership.given_by(t.workspace, v, "Town"),
    "partnership.given_to": lambda t, v: partnership.given_to(t.workspace, v, "Town"),
    "partnership.framework_of": lambda t, v: partnership.framework_of(t.workspace, v, to_give(t)),
    "partnership.preview": lambda t, v: partnership.preview(t.workspace, v, GIVEN, "Town"),
    "partnership.give_result": lambda t, v: partnership.give_result(
        t.workspace, v, GIVEN, t.region, to_give(t), "Town"
    ),
    "partnership.withdraw_result": lambda t, v: partnership.withdraw_result(
        t.workspace, v, partnership.give_result(t.workspace, ADMIN, GIVEN, t.region, to_give(t), "Town").id
    ),
    "rights.my_person": lambda t, v: rights.my_person(t.workspace, v),
    "rights.held_about": lambda t, v: rights.held_about(t.workspace, v, t.person("Lea").id),
    "rights.export_person": lambda t, v: rights.export_person(t.workspace, v, t.person("Lea").id),
    "erasure.erase_person": lambda t, v: erasure.erase_person(t.workspace, v, t.person("Lea").id, "asked"),
    "erasure.due_for_erasure": lambda t, v: erasure.due_for_erasure(t.workspace, v, "Town"),
    "erasure.apply_retention": lambda t, v: erasure.apply_retention(t.workspace, v, "Town"),
    "erasure.erasures": lambda t, v: erasure.erasures(t.workspace, v),
    "erasure.reapply_erasures": lambda t, v: erasure.reapply_erasures(t.workspace, v),
    "privacy.privacy_terms": lambda t, v: privacy.privacy_terms(t.workspace, v, "Town"),
    "privacy.set_privacy_terms": lambda t, v: privacy.set_privacy_terms(t.workspace, v, "Dana", 12, "Town"),
    "setup.organisations": lambda t, v: setup.organisations(t.workspace, v),
    "setup.set_departments": lambda t, v: setup.set_departments(
        t.workspace, v, setup.the_organisation(t.workspace, ADMIN, "Town").departments, "Town"
    ),
    "setup.create_organisation": lambda t, v: setup.create_organisation(t.workspace, v, "Village"),
    "upkeep.audit_events": lambda t, v: upkeep.audit_events(t.workspace, v),
    "upkeep.back_up": lambda t, v: upkeep.back_up(t.workspace, v, Path(t.workspace.url).with_suffix(".backup")),
    "upkeep.problems_of_store": lambda t, v: upkeep.problems_of_store(t.workspace, v),
}


def agenda_line(town: Town) -> list[workshop_lines.AgendaLine]:
    """An agenda of the one question."""
    return [workshop_lines.AgendaLine(department=town.department, question=town.question)]


@kept
def ended_workshop(town: Town) -> tuple[Workshop, UUID]:
    """A workshop that has ended, and its one matter."""
    made = town.workshop("revealed")
    matter = workshops.agenda(town.workspace, ADMIN, made)[0]
    return workshops.end_workshop(town.workspace, ADMIN, made), matter.id


def agreed_matter(town: Town, workshop: Workshop) -> list[tuple[UUID, int]]:
    """A matter, which the room has not begun with, and a level for it."""
    matters = workshops.agenda(town.workspace, ADMIN, workshop)
    return [(matters[0].id, 3)]


@kept
def noted(town: Town) -> tuple[Workshop, UUID]:
    """A workshop with a note."""
    made = workshop_steps.add_note(town.workspace, ADMIN, town.workshop(), "decision", "so be it")
    return made, workshop_room.room(town.workspace, ADMIN, town.round("2027"), made).notes[0].id


@kept
def filled_workbook(town: Town) -> tuple[Workshop, bytes]:
    """A workshop, and its workbook with an agreed level."""
    made = town.workshop()
    content = workshop_workbook.export_workbook(town.workspace, ADMIN, town.round("2027"), made)
    return made, fill(content, {("Agreed", 1): {"Agreed level": 3, "Reason": "we talked about it"}})


def answers_file(town: Town) -> Path:
    """A file with one answer."""
    path = Path(town.workspace.url).with_suffix(".csv")
    path.write_text(f"department,question_id,answer\nparks,{town.question},2\n", encoding="utf-8")
    return path


@kept
def flagged(town: Town) -> Respondent:
    """A respondent with a flag on the evidence."""
    made = town.sender()
    reviewing.flag_evidence(town.workspace, ADMIN, town.round("2027"), made.id, town.question, "too old")
    return made


@kept
def reviewed(town: Town) -> int:
    """The version of a reviewed value that is there."""
    rows = review.department_review(town.workspace, ADMIN, town.round("2027"), town.department)
    known = next(each.review for each in rows.questions if each.question.id == town.question)
    return (
        known.row_version
        if known
        else reviewing.record_review(
            town.workspace, ADMIN, town.round("2027"), town.department, town.question, 2, "seen", expected_version=0
        )
    )


@kept
def replied(town: Town) -> int:
    """The version of a reply to the department's result that is there."""
    head = Visitor(person="head", name="Head", grants=(Grant(role="department_lead", department=town.department),))
    there = replies.replies(town.workspace, head, town.round("2026"))
    return (
        there[0].row_version
        if there
        else replies.reply_to_result(town.workspace, head, town.round("2026"), town.department, "we know")
    )


@kept
def a_hire(town: Town) -> resource_lines.ResourceLine:
    return resource_lines.add_line(town.workspace, ADMIN, town.round("2026"), HIRE)


def made_plan(town: Town) -> Any:
    """A plan to save: the one that was made of this round already."""
    return saved_plans.plan(town.workspace, ADMIN, "First", organisation="Town").body


@kept
def milestone(town: Town) -> Any:
    """A milestone of the saved plan."""
    return saved_plans.plan(town.workspace, ADMIN, organisation="Town").milestones[0]


OWN_ACTION: dict[str, Any] = {
    "title": "Walk through the archive",
    "phase": 1,
    "scope": "city",
    "lead": "data-team",
    "kpi": {"name": "Boxes seen", "unit": "%"},
    "raises": [{"topic": "knowing-the-data", "from_level": 1, "to_level": 2}],
    "duration_weeks": 4,
    "effort": {"data-team": {"low": 1, "likely": 2, "high": 3}},
}


@kept
def own_action(town: Town) -> Any:
    """The organisation's own action, added when there is none."""
    found = library.library(town.workspace, ADMIN, town.round(GIVEN))
    assert found is not None
    return (
        found.own.actions[0]
        if found.own.actions
        else own_actions.add_own_action(town.workspace, ADMIN, town.round(GIVEN), OWN_ACTION)
    )


@kept
def estimate_seen(town: Town) -> int:
    """The version of the organisation's own estimate of A01, 0 where it has none."""
    found = library.library(town.workspace, ADMIN, town.round(GIVEN))
    estimate = found.own.estimate("A01", "build") if found else None
    return estimate.row_version if estimate else 0


@kept
def counted(town: Town) -> Action:
    """The department's action with a KPI."""
    action = town.action
    if action.kpi is not None:
        return action
    kpi = Kpi(name="Trees counted", unit="%", baseline=0.0, target=80.0)
    return actions.edit_action(town.workspace, ADMIN, action.id, action.row_version, kpi=kpi)


@kept
def owned_kpi(town: Town, visitor: Visitor) -> Action:
    """The same, owned by the visitor, or by somebody else."""
    counted(town)
    return town.owned(visitor)


def reading(town: Town, action: Action) -> str:
    """What was read of an action's KPI."""
    return kpi_readings.add_reading(town.workspace, ADMIN, action.id, NOW.date(), 12.0).id


@kept
def measuring(town: Town) -> Any:
    """An objective that measures something."""
    found = objectives.objectives(town.workspace, ADMIN, "Town")
    known = next((each for each in found if each.measure), None)
    return known or objectives.add_objective(
        town.workspace, ADMIN, "Warm", organisation="Town", measure="Cold homes", unit="homes"
    )


@kept
def objective(town: Town) -> Any:
    """The objective that the organisation has, added when it has none."""
    found = objectives.objectives(town.workspace, ADMIN, "Town")
    return found[0] if found else objectives.add_objective(town.workspace, ADMIN, "Calm", organisation="Town")


@kept
def to_give(town: Town) -> partnership.RollUp:
    """What Town can give to the partnership."""
    return partnership.preview(town.workspace, ADMIN, GIVEN, "Town")


@kept
def role_of(town: Town, name: str) -> UUID:
    """The first role of a person."""
    return next(k.roles[0].id for k in people.people(town.workspace, ADMIN, "Town") if k.person.name == name)


def a_name(t: Town) -> str:
    """A name that no version has yet."""
    return f"Version {1 + len(plan_versions.versions(t.workspace, ADMIN, 'Town'))}"


@kept
def body_of(t: Town) -> governing_bodies.GoverningBody:
    """A body that can be changed."""
    there = governing_bodies.bodies(t.workspace, ADMIN, "Town")
    return there[0] if there else governing_bodies.add_body(t.workspace, ADMIN, "Board", ["Ida", "Jo"], 1, "Town")


@kept
def proposed(t: Town) -> plan_versions.Version:
    """A version that can be approved: the department's own action is ready to be signed off."""
    kpi = Kpi(name="Parks mapped", unit="%", baseline=0.0, target=90.0, source="the register", frequency="monthly")
    ready = actions.edit_action(
        t.workspace, ADMIN, t.action.id, t.action.row_version, deliverable="A map", done_when="all are on it", kpi=kpi
    )
    acceptance.note_answer(t.workspace, ADMIN, ready.id, ready.row_version, "accepted", note="in the room")
    acceptance.confirm_days(t.workspace, ADMIN, ready.id, ready.row_version)
    return plan_versions.propose_version(t.workspace, ADMIN, a_name(t), "the first one", organisation="Town")


@kept
def asked_for_other_days(t: Town) -> Action:
    """An action whose owner asks for other days."""
    action = t.action
    acceptance.note_answer(
        t.workspace, ADMIN, action.id, action.row_version, "amended", note="on the phone", finish=date(2027, 1, 31)
    )
    return action


MINUTES = quarterly_reviews.Minutes(
    attendance=("Lea", "Asha"), minutes="", decided=(), arising=(), held_on=NOW.date(), next_on=date(2026, 8, 31)
)


@kept
def review_open(t: Town) -> Any:
    """A quarterly review that is open."""
    every = quarterly_reviews.reviews(t.workspace, ADMIN, "Town")
    found = next((each for each in every if each.state == "open"), None)
    return found or quarterly_reviews.open_review(t.workspace, ADMIN, organisation="Town")


@kept
def review_ready(t: Town) -> Any:
    """A quarterly review that can be signed off."""
    made = review_open(t)
    made = quarterly_reviews.explain_baseline(t.workspace, ADMIN, made, "nothing has moved")
    made = quarterly_reviews.write_minutes(t.workspace, ADMIN, made, MINUTES)
    promises.add_promise(t.workspace, ADMIN, made.id, "Map the parks", "Asha", NOW.date())
    return review_open(t)


@kept
def promise_due(t: Town) -> Any:
    """A promise of the review before the open one."""
    if promises.promises_now(t.workspace, ADMIN, "Town") is None:
        quarterly_reviews.sign_off_review(t.workspace, ADMIN, review_ready(t), [("Lea", "Mayor")])
    review_open(t)
    found = promises.promises_now(t.workspace, ADMIN, "Town")
    assert found is not None
    return found.review.promises[0]


@kept
def weeknote(t: Town) -> Any:
    """A weeknote that was kept."""
    return weeknotes.keep_weeknote(t.workspace, ADMIN, NOW.date(), NOW.date(), "A good week", "Town")


def comment(t: Town) -> Comment:
    """A comment of a resident that waits."""
    made = Comment(id=str(uuid4()), code=None, language="en", text="More trees", received_at=NOW)
    t.workspace.store.write(add_comment, t.id, made)
    return made


def published(t: Town) -> Comment:
    """One that was published."""
    return public_comments.publish_comment(t.workspace, ADMIN, comment(t))


def start_edition(t: Town, v: Visitor) -> KeptEdition:
    """A draft of an edition that could be published, of a version that is approved first."""
    known = plan_versions.versions(t.workspace, ADMIN, "Town")
    if not any(each.state == "approved" for each in known):
        plan_versions.approve_version(t.workspace, ADMIN, proposed(t).id)
    chosen = edition_drafting.EditionChoices(
        everything=True, contact="data@town.example", next_update_on=date(2026, 9, 1), fields=("dates", "status")
    )
    return edition_drafting.start_edition(t.workspace, v, "Summer", choices=chosen, organisation="Town")


def edition(t: Town, state: str = "draft") -> KeptEdition:
    """An edition in this state, made by somebody else than whoever asks; all it names is in words."""
    if state != "draft":
        for each in t.actions:
            if each.catalogue_id is None:
                words = PublicWords(title="Look after it", plain="We do.")
                known = {one.code: one for one in public_words.public_words(t.workspace, ADMIN, "Town")}[each.code]
                if not known.own:
                    public_words.set_public_words(
                        t.workspace, ADMIN, each.code, "en", words, expected_version=0, organisation="Town"
                    )
    maker = Visitor(person="maker", name="Maker", grants=(Grant(role="administrator"),))
    made = start_edition(t, maker)
    if state != "draft":
        made = edition_approval.propose_edition(t.workspace, maker, made.id, made.row_version)
    return (
        edition_approval.approve_edition(t.workspace, ADMIN, made.id, made.row_version)
        if state == "published"
        else made
    )


def build(path: Path) -> None:
    """Town with its rounds, plan and people, and Harbour beside it, in a new DuckDB file."""
    store = open_store(str(path))
    workspace = Workspace(url=str(path), store=store, clock=lambda: NOW)
    closed = make_town(workspace)
    draft = rounds.create_round(workspace, ADMIN, "2027", "city-data-maturity", closes_on=date(2026, 7, 1))
    rounds.open_round(workspace, ADMIN, draft)
    rounds.create_round(workspace, ADMIN, "2028", "city-data-maturity")
    plans.save_plan(workspace, ADMIN, closed, plans.make_plan(workspace, ADMIN, closed, iterations=1), "First")
    for department in LEVELS:
        day = {"start": date(2026, 9, 1), "finish": date(2026, 10, 1)}
        actions.add_action(workspace, ADMIN, title=department, owner="Head", department=department, **day)
    given: tuple[tuple[str, Role, str | None], ...] = (("Asha", "department_lead", "parks"), ("Lea", "leader", None))
    for name, role, department in given:
        people.add_person(workspace, ADMIN, name, f"{name.lower()}@town.example", role, department)
    setup.create_organisation(workspace, ADMIN, "Harbour", setup.departments_from_lines("Docks\nparks"))
    region = setup.create_organisation(workspace, ADMIN, "Region")
    partnership.set_members(workspace, ADMIN, region.id, [setup.the_organisation(workspace, ADMIN, "Town").id])
    _answered_by_five(workspace)
    store.close()


def _answered_by_five(workspace: Workspace) -> None:
    """An early round of Town that enough people answered for its result to be given."""
    early = {"opens_on": date(2025, 1, 6), "closes_on": date(2025, 2, 3), "organisation": "Town"}
    made = rounds.create_round(workspace, ADMIN, GIVEN, "city-data-maturity", **early)  # type: ignore[arg-type]
    made = rounds.open_round(workspace, ADMIN, made)
    for number in range(5):
        who = Visitor(person=f"early-{number}", name=f"Early {number}", grants=(Grant(role="administrator"),))
        one = respondents.start(workspace, who, made, "parks")
        given = Answer(question=next(iter(made.framework.questions)), state="level", level=2)
        answers.save_answer(workspace, who, made, one, given)
        respondents.send(workspace, who, made, one)
    rounds.close_round(workspace, ADMIN, rounds.find_round(workspace, ADMIN, GIVEN, "Town"))


def in_the_demo(town: Town, visitor: Visitor, workshop: Workshop) -> None:
    """Made-up people vote, in Town as if it were a demo for a moment."""

    def mark(tx: Tx, demo: bool) -> None:
        tx.run("UPDATE organisation SET is_demo = $demo WHERE id = $id", demo=demo, id=town.id)

    town.workspace.store.write(mark, True)
    try:
        demo_workshop.make_believe_votes(town.workspace, visitor, town.round("2027"), workshop)
    finally:
        town.workspace.store.write(mark, False)


@kept
def planned_again(town: Town) -> str:
    """The name of a second plan, saved a while after the first, with the actions that were added to that."""
    later = replace(town.workspace, clock=lambda: NOW + timedelta(hours=1))
    made = saved_plans.plan(later, ADMIN, organisation="Town")
    added = [each for each in made.actions if each.origin == "added"]
    if made.name != "Second":
        plans.save_plan(later, ADMIN, town.round("2026"), made.body, "Second", kept=added)
    return "Second"


@kept
def seated(town: Town) -> tuple[Workshop, UUID]:
    """A workshop with somebody in it."""
    made = town.workshop()
    ticket = workshop_joining.Joining(code=made.code, ticket="t" * 22, role_family="manager", name="Kim")
    (cookie,) = workshop_joining.join(town.workspace, [ticket])
    seat = workshop_joining.seat_of(town.workspace, str(cookie))
    assert seat is not None
    return made, seat


__all__ = ["CALLS", "NOW", "Town", "build", "watch"]
