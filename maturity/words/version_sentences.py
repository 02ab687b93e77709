"""Versions of the plan in words: what became of one, what is missing before sign-off, what differs between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from maturity.words.chart_sentences import ChartSentences
from maturity.words.messages import counted, joined, on_day, percent

STATES = {
    "drafted": "Kept to compare with",
    "proposed": "Proposed, waits for approval",
    "approved": "Approved",
    "returned": "Sent back",
    "withdrawn": "Withdrawn",
}
"""What became of a version last, by the code of the step."""
STEPS = {
    "drafted": "Kept",
    "proposed": "Proposed",
    "approved": "Approved",
    "returned": "Sent back",
    "withdrawn": "Withdrawn",
}
"""What somebody did with a version, by the code of the step."""
NO_VERSIONS = "No version yet. Keep the plan as it stands under a name, or propose it for approval."
NOTHING_DIFFERS = "Nothing differs: the same actions, on the same days, with the same owners and milestones."
NOT_SIGNED = (
    "Actions that are not ready are not signed off with the version: they stay in the plan, and are measured by the "
    "days that were signed off for them before, else by the days the plan was made with."
)
SAME_PERSON = "The same person proposed and approved this version."

MISSING = {
    "owner": "a person who owns it, not a role alone",
    "deliverable": "a deliverable",
    "done_when": "when the deliverable counts as done",
    "kpi": "a KPI",
    "kpi_baseline": "the KPI's value today",
    "kpi_target": "the KPI's target",
    "kpi_source": "where the KPI's numbers come from",
    "kpi_frequency": "how often the KPI is read",
    "owner_asked": "the owner's acceptance",
    "owner_amended": "an answer to its owner, who asks for other days",
    "owner_refused": "an owner who accepts it: it was refused",
    "owner_changed": "the owner's acceptance again, as it was changed since",
    "head_asked": "the head of department's word on the person-days",
    "head_amended": "an answer to the head of department, who has other person-days",
    "head_refused": "person-days: the head of department refused them",
    "head_changed": "the head of department's word again, as it was changed since",
}
"""What an action lacks before sign-off, by the codes of `roadmap.acceptance`, each fit to follow "It lacks"."""

PARTS = {
    "catalogue_id": "catalogue action", "department": "department", "title": "title", "summary": "summary",
    "phase": "phase", "start": "start", "finish": "finish", "owner": "owner", "raci": "RACI",
    "deliverable": "deliverable", "done_when": "when it is done", "kpi": "KPI", "effort": "effort", "cost": "cost",
    "requires": "dependencies", "closes": "what it brings about", "objective": "objective", "origin": "origin",
}  # fmt: skip
"""The parts of an action as a version holds it."""
KINDS = {
    "entered": "entered", "left": "left", "moved": "moved", "re_dated": "re-dated", "re_owned": "re-owned",
    "rewritten": "rewritten",
}  # fmt: skip


class Ready(Protocol):
    """How an action stands before sign-off; see `roadmap.acceptance.Readiness`."""

    @property
    def missing(self) -> Sequence[str]: ...
    @property
    def share(self) -> float: ...


class Changed(Protocol):
    """What differs in an action; see `roadmap.versions.Change`."""

    @property
    def title(self) -> str: ...
    @property
    def kinds(self) -> Sequence[str]: ...
    @property
    def later(self) -> int: ...


def readiness_sentence(every: Sequence[Ready]) -> str:
    """How many actions can be signed off, what of the plan's value that is, and what the others wait for most."""
    if not every:
        return "The plan has no actions, so nothing can be signed off."
    ready = [each for each in every if not each.missing]
    waiting = [each for each in every if each.missing]
    head = f"{len(ready)} of {counted(len(every), 'action')} can be signed off"
    worth = _worth(sum(each.share for each in ready), every)
    if not waiting:
        return f"{'All ' if len(every) > 1 else ''}{counted(len(every), 'action')} can be signed off{worth}."
    reasons = [(sum(of in each.missing for each in waiting), of) for of in MISSING]
    most = sorted((pair for pair in reasons if pair[0]), key=lambda pair: -pair[0])[:3]
    said = joined([f"{count} {'lacks' if count == 1 else 'lack'} {MISSING[of]}" for count, of in most])
    rest = _worth(sum(each.share for each in waiting), every)
    waits = "waits" if len(waiting) == 1 else "wait"
    return f"{head}{worth}; {len(waiting)} {waits}{rest}: {said}."


def _worth(share: float, every: Sequence[Ready]) -> str:
    """Nothing where the planner has noted no value for any action, as for a plan of people's own."""
    if not any(each.share for each in every):
        return ""
    return f" ({'under 1%' if 0 < share < 0.01 else percent(share)} of the plan's value)"


def missing_words(codes: Sequence[str]) -> str:
    """What an action lacks, as one sentence; what it means that it lacks nothing."""
    if not codes:
        return "Ready."
    return f"It lacks {joined([MISSING.get(code, code.replace('_', ' ')) for code in codes])}."


def approval_sentence(body: Mapping[str, Any], made_by: str, on: date) -> str:
    """Who approved a version: a person, or a body with its quorum, who was there, and where it is written down."""
    if not body.get("body"):
        return f"Approved by {made_by} on {on_day(on)}."
    there = body.get("present", ())
    return (
        f"Approved by {body['body']} on {on_day(date.fromisoformat(body['on']))}: {len(there)} of {body['members']} "
        f"members were there, {body['quorum']} are needed ({joined(list(there))}); minutes: {body['minute']}. "
        f"Noted by {made_by}."
    )


def signed_sentence(body: Mapping[str, Any]) -> str:
    """What was signed off with a version, and what was not."""
    signed, unsigned = len(body.get("signed", ())), len(body.get("unsigned", ()))
    share = body.get("share", 0.0)
    worth = f", {'under 1%' if share < 0.01 else percent(share)} of the plan's value" if share else ""
    left = f"; {unsigned} {'was' if unsigned == 1 else 'were'} not ready and {_is(unsigned)} not" if unsigned else ""
    return f"{counted(signed, 'action')} {'is' if signed == 1 else 'are'} signed off with it{worth}{left}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def in_force(name: str, number: int, approval: str) -> str:
    """The version that the roadmap is measured by, in one line."""
    return f"In force is version {number}, {name}. {approval}"


NOTHING_APPROVED = "No version of this plan has been approved yet; it is measured by the days it was made with."


def shift(days: int) -> str:
    """By how much a finish moved: "50 days later", "1 day earlier"; nothing where it did not."""
    return "" if days == 0 else f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def difference_sentence(changes: Sequence[Changed], milestones: int = 0) -> str:
    """How many actions entered, left, moved and so on, and the largest shift."""
    counts = [(sum(kind in each.kinds for each in changes), word) for kind, word in KINDS.items()]
    said = [f"{number} {word}" for number, word in counts if number]
    said += [f"{counted(milestones, 'milestone')} changed"] if milestones else []
    if not said:
        return NOTHING_DIFFERS
    first = f"{counted(len(changes), 'action differs', 'actions differ')}: " if changes else ""
    most = max((each for each in changes if each.later), key=lambda each: abs(each.later), default=None)
    far = f" The largest shift: {most.title}, {shift(most.later)}." if most else ""
    return f"{first}{joined(said)}.{far}"


def difference_chart(changes: Sequence[Changed], before: str, after: str) -> ChartSentences:
    """Title, subtitle and description of the ghost bars."""
    late = [each for each in changes if each.later > 0]
    soon = [each for each in changes if each.later < 0]
    parts = [f"{counted(len(late), 'action finishes', 'actions finish')} later"] if late else []
    parts += [f"{counted(len(soon), 'action finishes', 'actions finish')} earlier"] if soon else []
    title = joined(parts) if parts else "No finish has moved"
    moved = "; ".join(f"{each.title}: {shift(each.later)}" for each in [*late, *soon])
    subtitle = f"Bars: {after}. Thin grey bars: {before}"
    return ChartSentences(title, subtitle, f"{title}. {subtitle}." + (f" {moved}." if moved else ""))
