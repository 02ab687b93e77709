"""What an edition would hold: an approved version of the plan, how its actions stand, and what somebody chose of it.

Private by default: without a choice there is nothing in it. Whatever is held back is counted by the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from maturity.framework.model import FileValue
from maturity.roadmap.actions import Action
from maturity.roadmap.editions import (
    ApprovedVersion,
    Edition,
    Gone,
    Language,
    Move,
    Part,
    Precision,
    PublicAction,
    PublicKpi,
    PublicMilestone,
    PublicWords,
    Said,
    TwinTopic,
    WithdrawnEdition,
    Withheld,
    slug_of,
)
from maturity.roadmap.horizons import Horizon, horizon
from maturity.roadmap.ledger import first_promised, moves_between
from maturity.roadmap.milestones import MilestoneStand
from maturity.roadmap.names_of_people import without_names
from maturity.roadmap.status import Status

PRECISIONS: Mapping[Horizon, Precision] = {"done": "day", "now": "month", "next": "quarter", "later": "year"}
FEWEST = 5
"""Numbers of people below this are not published."""
OF_PEOPLE = frozenset(
    {"people", "persons", "person", "residents", "staff", "employees", "respondents", "members", "pupils", "patients",
     "personas", "residentes", "empleados"}
)  # fmt: skip
"""Units of KPIs that count people."""
Count = tuple[Part, str]


class EditionChoices(FileValue):
    """What somebody chose for an edition: `actions` by code, or all of the version (`everything`), the fields to show,
    the languages, a title and a lead by language, where people are heard, the licence, and the day of the next one."""

    everything: bool = False
    actions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ("en",)
    title: Mapping[Language, str] = {}
    lead: Mapping[Language, str] = {}
    contact: str = ""
    licence: str = "CC-BY-4.0"
    next_update_on: date | None = None

    def has(self, code: str) -> bool:
        """Whether an action of the version was chosen."""
        return self.everything or code in self.actions


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPublicly:
    """An action of the approved version: `action` with the approved plan and how it goes, `role` the name of the role
    that owns it, `status` as lateness is measured; the names of its department and goal, "" for none."""

    action: Action
    status: Status
    role: str = ""
    department: str = ""
    goal: str = ""
    kpi: PublicKpi | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that an edition can be made of. `shut` is why a field may not be published, by field; `chain` are the
    published editions that still stand, by number, `number` and `previous` those of the one to be made. `reasons` are
    why days moved since an edition of the chain, by its number and the action's slug; `names` are those of people.
    `withheld` are counts that are known beforehand, of questions and scores."""

    organisation: str
    today: date
    version: ApprovedVersion
    plan_starts: date
    number: int = 1
    previous: str = ""
    is_demo: bool = False
    currency: str = "EUR"
    top_level: int = 5
    fields: tuple[str, ...] = ()
    shut: Mapping[str, str] = field(default_factory=dict)
    actions: tuple[PlannedPublicly, ...] = ()
    milestones: tuple[MilestoneStand, ...] = ()
    words: Mapping[str, Mapping[Language, PublicWords]] = field(default_factory=dict)
    chain: tuple[Edition, ...] = ()
    withdrawn: tuple[WithdrawnEdition, ...] = ()
    reasons: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    refused_comments: Mapping[str, int] = field(default_factory=dict)
    twin: tuple[TwinTopic, ...] = ()
    withheld: Mapping[Count, int] = field(default_factory=dict)


def draft(material: Material, choices: EditionChoices) -> Edition:
    """The edition that these choices make; which version and which day it is of is always in it."""
    counts: Counter[Count] = Counter(dict(material.withheld))
    shown = _fields(material, choices, counts)
    chosen = tuple(_chosen(material, choices, counts))
    slugs = {slug_of(each.action.code) for each in chosen}
    actions = tuple(_action(material, choices, each, shown, slugs, counts) for each in chosen)
    twin = tuple(_seen(each, counts) for each in material.twin) if "twin" in shown else ()
    return Edition(
        organisation=material.organisation, number=material.number, previous=material.previous,
        published_on=material.today, next_update_on=choices.next_update_on, languages=choices.languages,
        title=_said(choices.title, choices.languages), lead=_said(choices.lead, choices.languages),
        contact=choices.contact, licence=choices.licence, currency=material.currency, version=material.version,
        plan_starts=material.plan_starts, top_level=material.top_level, fields=shown, actions=actions,
        milestones=tuple(_milestone(each, shown) for each in material.milestones) if "milestones" in shown else (),
        gone=tuple(_gone(material, slugs)) if actions or material.chain else (),
        withheld=tuple(Withheld(part=p, reason=r, count=n) for (p, r), n in sorted(counts.items()) if n),
        refused_comments=dict(material.refused_comments) if "said" in shown else {},
        said=tuple(_heard(each, slugs) for each in material.said) if "said" in shown else (), twin=twin,
        withdrawn=material.withdrawn, is_demo=material.is_demo,
    )  # fmt: skip


def _fields(material: Material, choices: EditionChoices, counts: Counter[Count]) -> tuple[str, ...]:
    for each in material.fields:
        if each in material.shut:
            counts["fields", material.shut[each]] += 1
        elif each not in choices.fields:
            counts["fields", "not_chosen"] += 1
    return tuple(each for each in material.fields if each in choices.fields and each not in material.shut)


def _chosen(material: Material, choices: EditionChoices, counts: Counter[Count]) -> Iterable[PlannedPublicly]:
    for each in material.actions:
        if not choices.has(each.action.code):
            counts["actions", "not_chosen"] += 1
        elif not _words(material, choices, each.action.code):
            counts["actions", "no_words"] += 1
        else:
            yield each


def _words(material: Material, choices: EditionChoices, code: str) -> dict[Language, PublicWords]:
    known = material.words.get(code, {})
    return {each: known[each] for each in choices.languages if each in known and known[each].title.strip()}


def _said(texts: Mapping[Language, str], languages: Sequence[Language]) -> dict[Language, str]:
    return {each: texts[each].strip() for each in languages if texts.get(each, "").strip()}


def _action(
    material: Material, choices: EditionChoices, planned: PlannedPublicly, fields: Sequence[str], slugs: set[str],
    counts: Counter[Count],
) -> PublicAction:  # fmt: skip
    action = planned.action
    when = horizon(action, material.today)
    bare = PublicAction(
        slug=slug_of(action.code), words=_words(material, choices, action.code), phase=action.phase, horizon=when,
        precision=PRECISIONS[when],
    )  # fmt: skip
    more: dict[str, Any] = {
        "department": {"department": planned.department},
        "owner_role": {"owner_role": planned.role},
        "goal": {"goal": planned.goal},
        "deliverable": {"deliverable": action.deliverable},
        "requires": {"requires": tuple(s for each in action.requires if (s := slug_of(each)) in slugs)},
        "cost": {"cost": action.cost},
        "effort": {"effort": action.person_days or None},
        "kpi": {"kpi": _kpi(planned.kpi, counts) if "kpi" in fields else None},
        "status": {
            "status": planned.status.code, "days_late": planned.status.days_late, "done_on": action.done_on,
        },
        "percent_done": {"percent_done": action.percent_done},
        "dates": _days(material, bare.slug, action),
    }  # fmt: skip
    made = bare.model_copy(update={key: v for name in fields for key, v in more.get(name, {}).items()})
    return made.model_copy(update={"moves": _moves(material, made)}) if "moves" in fields else made


def _days(material: Material, slug: str, action: Action) -> dict[str, date]:
    first = first_promised(material.chain, slug)
    return {
        "start": action.start, "finish": action.finish, "first_start": first[0] or action.start,
        "first_finish": first[1] or action.finish,
    }  # fmt: skip


def _moves(material: Material, made: PublicAction) -> tuple[Move, ...]:
    stood = [each.number for each in material.chain if (there := each.action(made.slug)) and there.start]
    why = material.reasons.get(stood[-1], {}).get(made.slug, "") if stood else ""
    return moves_between(
        material.chain, made, why=without_names(why, material.names), approved_by=material.version.approved_by,
        approved_on=material.version.approved_on,
    )  # fmt: skip


def _kpi(kpi: PublicKpi | None, counts: Counter[Count]) -> PublicKpi | None:
    """A KPI, its values that count fewer than five people left out."""
    if kpi is None or kpi.unit.strip().casefold() not in OF_PEOPLE:
        return kpi
    small = {
        name: None for name in ("baseline", "target", "value") if 0 < abs(getattr(kpi, name) or 0) < FEWEST
    }  # fmt: skip
    counts["fields", "few"] += len(small)
    return kpi.model_copy(update=small)


def _heard(said: Said, slugs: set[str]) -> Said:
    """What a resident said; of an action that is not chosen, as of the whole roadmap."""
    return said if said.slug in slugs else said.model_copy(update={"slug": ""})


def _seen(topic: TwinTopic, counts: Counter[Count]) -> TwinTopic:
    if topic.answers is not None and topic.answers >= FEWEST:
        return topic
    counts["scores", "few"] += 1
    return topic.model_copy(update={"answers": None, "seen": None, "shares": {}})


def _milestone(stand: MilestoneStand, fields: Sequence[str]) -> PublicMilestone:
    reached = stand.code == "reached" if "status" in fields else None
    return PublicMilestone(
        name=stand.milestone.name, on=stand.milestone.on, proves=stand.milestone.proves, reached=reached
    )


def _gone(material: Material, slugs: set[str]) -> Iterable[Gone]:
    """What stood in an edition that still stands and is no longer here; its address stays."""
    seen: dict[str, Gone] = {}
    for edition in material.chain:
        why = material.reasons.get(edition.number, {})
        for each in edition.actions:
            said = without_names(why.get(each.slug, ""), material.names)
            seen[each.slug] = Gone(slug=each.slug, words=each.words, reason=said)
        seen |= {each.slug: each for each in edition.gone if each.reason}
    return (each for slug, each in sorted(seen.items()) if slug not in slugs)


def publicly(action: Action, days: tuple[date, date] | None) -> Action:
    """An action with the days that were approved for it, where they are known."""
    return replace(action, start=days[0], finish=days[1]) if days else action
