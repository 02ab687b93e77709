"""The quarterly review in words: its steps, what has changed, what is missing, what is promised; and weeknotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from maturity.words.messages import counted, on_day

STEP_NAMES: Mapping[str, str] = {
    "updates": "Collect updates",
    "changes": "What changed",
    "decisions": "Decisions needed",
    "plan": "Plan again",
    "baseline": "New baseline",
    "promises": "Promises and minutes",
    "sign_off": "Sign off",
}
STEP_ASKS: Mapping[str, str] = {
    "updates": "Who has reported since the last review, and whom do we still have to ask?",
    "changes": "What has changed since the last review, and did we keep what we promised?",
    "decisions": "What can only leaders settle, and by when?",
    "plan": "Does the plan still hold, or do we make it again around what goes on?",
    "baseline": "Do we approve the plan as it stands as what we are held to from now on?",
    "promises": "What do we promise for the next 90 days, who was here, and what follows?",
    "sign_off": "Who stands for all of this?",
}
MISSING: Mapping[str, str] = {
    "earlier_promises": "Close each promise of the last review: kept, or not kept with an explanation.",
    "baseline": "Approve a new version of the plan, or say why there is none this time.",
    "promises": "Promise at least one thing for the next 90 days.",
    "attendance": "Note who was there.",
    "next_date": "Choose the day of the next review.",
}
PROMISE_STATES: Mapping[str, str] = {"open": "open", "kept": "kept", "not_kept": "not kept"}
REVIEW_STATES: Mapping[str, str] = {"open": "open", "signed_off": "signed off", "given_up": "given up"}
CHANGE_KINDS: Mapping[str, str] = {
    "entered": "entered",
    "left": "left",
    "moved": "moved",
    "re_dated": "finishes on another day",
    "re_owned": "has another owner",
    "rewritten": "is described differently",
}
NO_REVIEW = "No quarterly review yet. Open one to go through updates, changes, decisions, the plan and promises."
NO_PROMISES = "Nothing is promised yet. Promises are made at a quarterly review and count once it is signed off."
NO_WEEKNOTES = "No weeknote yet. Draft one from what was reported since a day, then edit it."
ONLY_REVIEWS = "Minutes are made for quarterly reviews only; a council's own meeting keeps its own minutes."
NAMES_IN_DRAFTS = (
    "A draft names departments and roles, not people; names of owners and reporters in quoted reports are replaced. "
    "Read it before you send it: other names stay as they were written."
)


def fact_sentence(kind: str, title: str, days: int, before: str, after: str, why: str = "") -> str:
    """One change of one action: "“Count the trees” is late by 24 days. Why: the supplier." """
    said = {
        "late": f"“{title}” has become late, by {counted(days, 'day')}.",
        "later": f"“{title}” is expected {counted(days, 'day')} later, on {_day(after)} instead of {_day(before)}.",
        "earlier": f"“{title}” is expected {counted(days, 'day')} earlier, on {_day(after)} instead of {_day(before)}.",
        "less_sure": f"Confidence in “{title}” fell from {before} to {after} of 5.",
        "caught_up": f"“{title}” was late and has caught up.",
        "done": f"“{title}” is done{f', on {_day(after)}' if after else ''}.",
        "begun": f"“{title}” has begun{f', on {_day(after)}' if after else ''}.",
    }[kind]
    return f"{said} Why: {why.rstrip('.')}." if why and kind in ("late", "later", "less_sure") else said


def fact_sentences(facts: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[str, ...]:
    """Changes as their documents have them, a sentence each; `names` of departments by code."""
    return tuple(
        fact_sentence(
            e["kind"], of_department(e["title"], names.get(e["department"] or "", e["department"])), int(e["days"]),
            e["before"], e["after"], e["why"],
        )
        for e in facts
    )  # fmt: skip


def of_department(title: str, department: str | None) -> str:
    """The title of an action with its department: the same one may stand in several."""
    return f"{title}, {department}" if department else title


def noted_sentence(kind: str, about: str, text: str, on: date | None, days: int = 0) -> str:
    """What was noted beside reports: a KPI's reading, a risk, a decision, a version; and a weeknote's own lines."""
    when = f" on {on_day(on)}" if on else ""
    return {
        "reading": f"{about}: {text}{when}.",
        "risk": f"Risk “{about}”: {text}.",
        "decided": f"Decided{when}: {about} – {text or 'as recommended'}.",
        "undecided": f"To be decided{f' by {on_day(on)}' if on else ''}: {about}",
        "version": f"The plan was approved as “{about}”{when}.",
        "done": f"“{about}” is done{when}.",
        "starts": f"“{about}” begins{when}.",
        "late": f"“{about}” is late by {counted(days, 'day')}.",
        "said_good": f"{text} (“{about}”)",
        "said_next": f"{text} (“{about}”)",
        "said_why": f"{text} (“{about}”)",
    }[kind]


def changes_headline(kinds: Sequence[str], since: date) -> str:
    """How much changed: "Since 2 March 2026: 2 became late, 1 caught up, 3 are done." """
    names = {
        "late": "became late", "later": "expected later", "less_sure": "less sure", "caught_up": "caught up",
        "done": "done", "begun": "begun", "earlier": "expected earlier",
    }  # fmt: skip
    said = [f"{kinds.count(kind)} {words}" for kind, words in names.items() if kind in kinds]
    return f"Since {on_day(since)}: {', '.join(said) if said else 'nothing was reported that changes anything'}."


def updates_headline(owners: int, silent: int, actions: int, since: date) -> str:
    """Who has reported: "2 of 5 owners have not reported on 3 actions since 2 March 2026." """
    if not owners:
        return f"Nobody has anything to report on since {on_day(since)}."
    if not silent:
        return f"Everybody who has something to report has done so since {on_day(since)}."
    who = f"{silent} of {counted(owners, 'owner')} {'has' if silent == 1 else 'have'}"
    return f"{who} not reported on {counted(actions, 'action')} since {on_day(since)}."


def update_request(owner: str, titles: Sequence[str], since: date, held_on: date, organisation: str) -> str:
    """A text that is ready to send to an owner who has not reported."""
    listed = "\n".join(f"- {each}" for each in titles)
    return (
        f"Dear {owner},\n\nour quarterly review began on {on_day(held_on)}. Since {on_day(since)} we have no report "
        f"from you on:\n\n{listed}\n\nPlease report in Waymark, under “My actions”: how far it is, when you expect it "
        f"to be finished, and how sure you are. It takes two minutes.\n\nThank you,\n{organisation}\n"
    )


def promise_suggestion(kind: str, title: str) -> str:
    """What a suggestion would promise: "Finish “Count the trees”"."""
    return f"{'Finish' if kind == 'finish' else 'Begin'} “{title}”"


def promises_headline(promises: int, kept: int, overdue: int, since: date, until: date) -> str:
    """How the promises stand: "5 promises from 2 March to 31 May 2026: 2 kept, 1 past its day." """
    late = f", {overdue} past {'its' if overdue == 1 else 'their'} day" if overdue else ""
    return f"{counted(promises, 'promise')} from {on_day(since)} to {on_day(until)}: {kept} kept{late}."


def signed_sentence(signatures: Sequence[tuple[str, str]], on: date) -> str:
    """Who signed: "Signed on 2 March 2026 by Lea (Mayor) and Tom (Chief Executive)." """
    names = [f"{name} ({role})" for name, role in signatures]
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Signed on {on_day(on)} by {said}."


def difference_headline(counts: Mapping[str, int], than: str) -> str:
    """How the plan differs from a version: "Against “Spring”: 2 entered, 1 left, 3 moved." """
    said = [f"{counts[kind]} {_SHORT[kind]}" for kind in _SHORT if counts.get(kind)]
    return f"Against {than}: {', '.join(said) if said else 'nothing differs'}."


def later_sentence(days: int) -> str:
    """By how many days something finishes later or earlier; empty for none."""
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else ""


def version_sentence(version: Mapping[str, Any] | None, approved: bool, why_not: str) -> str:
    """Which version a review leaves in force, and whether it is new."""
    if version is None:
        return f"No version of the plan is approved. {_sentence(why_not)}".strip()
    name = f"version {version['number']}, “{version['name']}” (SHA-256 {version['sha256'][:12]})"
    return f"New baseline: {name}." if approved else f"The baseline stays {name}. {_sentence(why_not)}".strip()


def edition_sentence(edition: Mapping[str, Any] | None) -> str:
    """Which edition of the public roadmap residents read, with its whole hash; "" where none was noted."""
    if edition is None:
        return ""
    day = on_day(date.fromisoformat(edition["published_on"]))
    return (
        f"Residents read edition {edition['number']} of the public roadmap, published on {day}. "
        f"Its SHA-256 is {edition['sha256']}."
    )


def weeknote_text(lines: Iterable[tuple[str, str, str]], since: date, until: date) -> str:
    """A draft in Markdown from (heading, who, sentence); `who` is the name of a department or empty."""
    parts = [f"# Weeknote, {on_day(since)} to {on_day(until)}", ""]
    every = list(lines)
    for code, heading in HEADINGS.items():
        own = [f"- {f'{who}: ' if who else ''}{said}" for each, who, said in every if each == code]
        parts += [f"## {heading}", "", *(own or ["- Nothing was noted."]), ""]
    return "\n".join(parts).rstrip() + "\n"


HEADINGS: Mapping[str, str] = {"good": "Good things", "next": "What's next", "hard": "What is hard"}
_SHORT: Mapping[str, str] = {
    "entered": "entered", "left": "left", "moved": "moved", "re_dated": "re-dated", "re_owned": "re-owned",
    "rewritten": "rewritten",
}  # fmt: skip


def _day(text: str) -> str:
    """A day as people say it; what is no day (a confidence) is left as it is, for sentences that do not use it."""
    return on_day(date.fromisoformat(text)) if len(text) == len("2026-03-02") else text or "no day"


def _sentence(text: str) -> str:
    said = text.strip()
    return said + ("" if not said or said.endswith((".", "!", "?")) else ".")
