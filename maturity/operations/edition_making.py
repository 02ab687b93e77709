"""What an edition can be made of: the approved version, how it goes, words, classes, the chain, what residents say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from maturity.access.permissions import may
from maturity.access.roles import ROLE_NAMES, Visitor
from maturity.access.visibility import FIELDS
from maturity.operations.catalogues import catalogue_of, names_of
from maturity.operations.comparing import unsigned_reasons
from maturity.operations.errors import Refused
from maturity.operations.local_days import local_day
from maturity.operations.public_comments import refused_counts, said
from maturity.operations.public_words import words_for
from maturity.operations.resident_views import twin_topics
from maturity.operations.resources import resources
from maturity.operations.rounds import Round, find_round
from maturity.operations.saved_plans import SavedPlan, saved_plan
from maturity.operations.setup import Organisation
from maturity.operations.visibility import class_of_question, shut_fields
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.edition_checks import Check, checked
from maturity.roadmap.edition_drafts import Count, EditionChoices, Material, PlannedPublicly, draft
from maturity.roadmap.editions import (
    ApprovedVersion,
    Edition,
    KeptEdition,
    PublicKpi,
    TwinTopic,
    WithdrawnEdition,
    read_edition,
    slug_of,
)
from maturity.roadmap.kpis_of_plan import measured
from maturity.roadmap.milestones import Milestone, MilestoneStand, milestone_stands
from maturity.roadmap.phases import phase_of
from maturity.roadmap.versions import PERSON, Version
from maturity.storage import editions as stored
from maturity.storage import kpi_readings as stored_readings
from maturity.storage import objectives as stored_objectives
from maturity.storage import people as stored_people
from maturity.storage import plan_versions as stored_versions
from maturity.storage import plans as stored_plans
from maturity.storage.engine import Tx

LONGEST_REASON = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What an edition can be made of, and what its checks need: the names of roles that own actions."""

    material: Material
    roles: tuple[str, ...]

    def draft(self, choices: EditionChoices) -> Edition:
        """The edition that these choices make."""
        return draft(self.material, choices)

    def checks(self, edition: Edition) -> tuple[Check, ...]:
        """What is to be said of an edition before people put their names under it."""
        material = self.material
        return checked(edition, names=material.names, roles=self.roles, shut=material.shut, today=material.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is read before the transaction: the round with its names and roles, the currency, what residents say."""

    organisation: Organisation
    names: Mapping[str, str]
    roles: Mapping[str, str]
    currency: str
    round: Round | None
    twin: tuple[TwinTopic, ...] = ()


def around(workspace: Workspace, visitor: Visitor, mine: Organisation, round_name: str) -> Around:
    """All that hangs on the round of a plan; of a round that is not there any more the usual."""
    try:
        round_ = find_round(workspace, visitor, round_name, mine.name)
    except Refused:
        return Around(organisation=mine, names=mine.names, roles={}, currency="EUR", round=None)
    catalogue = catalogue_of(workspace, round_)
    return Around(
        organisation=mine, names=names_of(workspace, round_), round=round_,
        roles={each.id: each.name for each in catalogue.roles} if catalogue else {},
        currency=resources(workspace, visitor, round_).currency,
        twin=twin_topics(workspace, visitor, mine.name) if may(visitor, "publish", organisation=mine.id) else (),
    )  # fmt: skip


def making(tx: Tx, workspace: Workspace, version: Version, here: Around, stands: SavedPlan | None = None) -> Making:
    """Gathers it for a version, as one transaction sees it; `stands` is the plan as it stands, where it is known."""
    mine, now = here.organisation, workspace.clock()
    today, saved = local_day(tx, mine.id, now), stands or _plan_in_force(tx, mine.id)
    chain = stored.chain_of(tx, mine.id)
    standing = tuple(read_edition(each.body) for each in chain if each.state == "published")
    planned = tuple(_planned(tx, mine.id, version, saved, here, today))
    names = people_names(tx, mine.id, saved, {*here.roles, *here.roles.values()})
    material = Material(
        organisation=mine.name, today=today, version=approved_version(tx, mine.id, version),
        plan_starts=version.snapshot.starts, number=len(chain) + 1, previous=chain[-1].sha256 if chain else "",
        is_demo=mine.is_demo, currency=here.currency,
        top_level=here.round.framework.top_level if here.round else 5, fields=tuple(FIELDS),
        shut=shut_fields(tx, mine.id), actions=planned, milestones=_milestones(version, planned, saved, today),
        words=words_for(tx, mine.id, {each.action.code: each.action.catalogue_id for each in planned}),
        chain=standing, withdrawn=tuple(_withdrawn(tx, mine.id, chain)),
        reasons=_reasons(tx, mine.id, version, chain, here.names), names=names, said=said(tx, mine.id),
        refused_comments=refused_counts(tx, mine.id), twin=_open_topics(tx, mine.id, here),
        withheld=_withheld_questions(tx, mine.id, here),
    )  # fmt: skip
    return Making(material=material, roles=tuple(sorted(set(here.roles.values()))))


def _plan_in_force(tx: Tx, organisation_id: UUID) -> SavedPlan:
    row = next((each for each in stored_plans.plan_rows(tx, organisation_id) if each.status == "current"), None)
    if row is None:
        raise Refused("there is no plan yet; make one from the gaps, then have it approved")
    return saved_plan(tx, row)


def _planned(
    tx: Tx, organisation_id: UUID, version: Version, saved: SavedPlan, here: Around, today: date
) -> Iterable[PlannedPublicly]:
    """Every action of the version with the days that were approved for it and how it goes."""
    stands = {each.code: each for each in (*saved.removed, *saved.actions)}
    owners = {each.id: each.owner for each in saved.body.actions}
    goals = stored_objectives.objectives_of(tx, organisation_id)
    named = {each.id: each.name for each in goals}
    actions = [_as_approved(code, document, stands.get(code)) for code, document in version.snapshot.actions.items()]
    readings = [each for each in stored_readings.readings_of(tx, organisation_id) if each.on <= today]
    read = measured(actions, (), readings, version.snapshot.starts)
    kpis = {each.code: each for each in read}
    for action in sorted(actions, key=lambda each: (each.phase, each.start, each.code)):
        days = saved.baseline.get(action.code, (action.start, action.finish))
        on = replace(action, start=days[0], finish=days[1], phase=phase_of(days[0], version.snapshot.starts))
        yield PlannedPublicly(
            action=on, status=saved.status_of(on, today), role=here.roles.get(owners.get(on.code, on.owner), ""),
            department=here.organisation.names.get(on.department or "", here.names.get(on.department or "", "")),
            goal=named.get(on.objective or "", ""), kpi=_kpi(kpis.get(on.code)),
        )  # fmt: skip


def _as_approved(code: str, document: Mapping[str, Any], stands: Action | None) -> Action:
    """An action as the version has it, with how it goes; of one that is in no plan any more only what was approved."""
    held: dict[str, Any] = {
        "title": document["title"], "phase": document["phase"], "start": date.fromisoformat(document["start"]),
        "finish": date.fromisoformat(document["finish"]), "deliverable": document["deliverable"],
        "effort": document["effort"], "cost": document["cost"], "requires": tuple(document["requires"]),
        "objective": document["objective"],
    }  # fmt: skip
    if stands is not None:
        return replace(stands, removed_on=None, **held)
    owner = document["owner"] if not document["owner"].startswith(PERSON) else "owner"
    return Action(
        id=code, code=code, owner=owner, raci=Raci(accountable=owner), department=document["department"],
        catalogue_id=document["catalogue_id"], **held,
    )  # fmt: skip


def _kpi(kpi: Any) -> PublicKpi | None:
    if kpi is None:
        return None
    last = kpi.readings[-1] if kpi.readings else None
    return PublicKpi(
        name=kpi.name, unit=kpi.unit, baseline=kpi.baseline, target=kpi.target, value=last.value if last else None,
        read_on=last.on if last else None,
    )  # fmt: skip


def _milestones(
    version: Version, planned: tuple[PlannedPublicly, ...], saved: SavedPlan, today: date
) -> tuple[MilestoneStand, ...]:
    marks = [
        Milestone(id=name, name=name, on=date.fromisoformat(each["on"]), proves=each["proves"])
        for name, each in version.snapshot.milestones.items()
    ]
    return milestone_stands(marks, [each.action for each in planned], saved.baseline, today)


def approved_version(tx: Tx, organisation_id: UUID, version: Version) -> ApprovedVersion:
    """A version as an edition names it: who approved it is a body or a role."""
    step = next((each for each in reversed(version.steps) if each.step == "approved"), None)
    if step is None or version.state != "approved":
        raise Refused(
            f"version {version.number}, {version.name!r}, is not approved; an edition is made from an approved version"
        )
    body = step.body.get("body")
    on = date.fromisoformat(step.body["on"]) if body else local_day(tx, organisation_id, step.made_at)
    return ApprovedVersion(
        number=version.number, name=version.name, sha256=version.sha256, approved_on=on,
        approved_by=str(body or role_of_name(tx, organisation_id, step.made_by)),
    )  # fmt: skip


def role_of_name(tx: Tx, organisation_id: UUID, name: str) -> str:
    """The role in which somebody of this name signs here: leadership where they lead, else the Chief Data Officer."""
    theirs = {each.id for each in stored_people.people(tx) if each.name == name}
    leads = any(
        each.role == "leader" and each.person_id in theirs and each.organisation_id in (None, organisation_id)
        for each in stored_people.given_roles(tx)
    )
    return ROLE_NAMES["leader" if leads else "administrator"]


def people_names(tx: Tx, organisation_id: UUID, saved: SavedPlan, roles: Collection[str]) -> tuple[str, ...]:
    """Names of people that no text of an edition may bear: of everybody who has or had a role here, of owners, and of
    the members of bodies. Roles, departments and bodies are no people."""
    here = stored_people.ever_in(tx, organisation_id)
    names = {each.name for each in stored_people.people(tx) if each.id in here}
    names |= {member for body in stored_versions.bodies_of(tx, organisation_id) for member in body.members}
    names |= {each.owner for each in (*saved.actions, *saved.removed) if each.owner_person or each.origin == "added"}
    return tuple(sorted(name for each in names - set(roles) if (name := " ".join(each.split()))))


def _withdrawn(tx: Tx, organisation_id: UUID, chain: Iterable[KeptEdition]) -> Iterable[WithdrawnEdition]:
    for each in chain:
        step = each.last("withdrawn")
        if each.state == "withdrawn" and step and each.number:
            day = local_day(tx, organisation_id, step.made_at)
            yield WithdrawnEdition(number=each.number, sha256=each.sha256, withdrawn_on=day, reason=step.note)


def _reasons(
    tx: Tx, organisation_id: UUID, version: Version, chain: Iterable[KeptEdition], names: Mapping[str, str]
) -> dict[int, dict[str, str]]:
    """Why days moved since the version that each edition was made from, by number and slug."""
    made = {each.id: each.made_at for each in stored_versions.versions_of(tx, organisation_id)}
    found: dict[int, dict[str, str]] = {}
    for each in chain:
        since = made.get(each.version_id)
        if each.state == "published" and each.number and since and since < version.made_at:
            said = unsigned_reasons(tx, organisation_id, since, version.made_at, names)
            found[each.number] = {slug_of(code): _joined(words) for code, words in said.items()}
    return found


def _joined(reasons: Iterable[str]) -> str:
    text = " ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in reasons)
    return text if len(text) <= LONGEST_REASON else f"{text[: LONGEST_REASON - 1].rstrip()}…"


def _withheld_questions(tx: Tx, organisation_id: UUID, here: Around) -> dict[Count, int]:
    """How many questions' answers are not public, by reason."""
    if here.round is None:
        return {}
    classes = class_of_question(tx, organisation_id, here.round.framework).values()
    counts = Counter(each.reason for each in classes if each.level != "public")
    return {("questions", reason): count for reason, count in counts.items()}


def _open_topics(tx: Tx, organisation_id: UUID, here: Around) -> tuple[TwinTopic, ...]:
    """The twin without the scores of topics that rest on a withheld question."""
    if here.round is None:
        return here.twin
    framework = here.round.framework
    classes = class_of_question(tx, organisation_id, framework)
    shut = {framework.topic_of[code].id for code, each in classes.items() if each.level == "withheld"}
    return tuple(each.model_copy(update={"score": None}) if each.topic in shut else each for each in here.twin)
