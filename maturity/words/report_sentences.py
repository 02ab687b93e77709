"""What owners read of their own actions, and how a report is told again to others. The callers make people's texts
plain; nothing here reads a clock or a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from maturity.words.messages import counted, days_late, on_day

NOTHING_OWNED = (
    "No action of the current plan is in your name. When one is, it stands here, and you are asked to accept it."
)
NO_PLAN_YET = "There is no plan yet. Your actions stand here once there is one and some of it is in your name."
NOTHING_ASKED = "Nothing is asked of you today."
UNCHANGED = "Nothing has changed, still as sure"
DONE_FIRST = "Before you say 100%: it is done when"
MEANWHILE_CHANGED = (
    "Somebody else has changed this action since you opened it. What you have typed is kept: save, and you see both."
)
MEANWHILE = "Said beside another report that was made at the same time."
STATUS_WORDS = {"not_started": "not started", "on_track": "on track", "done": "done"}
SURE = {1: "1 a guess", 2: "2", 3: "3", 4: "4", 5: "5 certain"}


class Report(Protocol):
    """One report on an action, as the domain has it."""

    @property
    def percent_done(self) -> float: ...
    @property
    def confidence(self) -> int | None: ...
    @property
    def expected_on(self) -> date | None: ...
    @property
    def days_used(self) -> float | None: ...
    @property
    def cost_used(self) -> float | None: ...
    @property
    def because(self) -> str: ...
    @property
    def good(self) -> str: ...
    @property
    def next(self) -> str: ...
    @property
    def note(self) -> str: ...


def status_words(code: str, late: int) -> str:
    """A status in words: "on track", "12 days late"."""
    return days_late(late) if code == "late" else STATUS_WORDS[code]


def asked_of_you(answers: int, reports: int) -> str:
    """The headline of the own actions: "2 actions wait for your answer, and a report is due on 1 action"."""
    parts = []
    if answers:
        parts.append(f"{counted(answers, 'action')} {'waits' if answers == 1 else 'wait'} for your answer")
    if reports:
        parts.append(f"a report is due on {counted(reports, 'action')}")
    return f"{', and '.join(parts)}.".capitalize() if parts else NOTHING_ASKED


def age_sentence(days: int | None, due_on: date | None, overdue: bool, told: bool) -> str:
    """When the last report was made, and when the next is due; empty where none is asked for."""
    if days is None or due_on is None:
        return ""
    ago = f"{counted(days, 'day')} ago" if days else "today"
    if overdue:
        return f"A report is due: {'the last was' if told else 'none was made, and it began'} {ago}."
    if not told:
        return f"No report yet. The first is due on {on_day(due_on)}."
    return f"Last report {ago}. The next is due on {on_day(due_on)}."


def used_sentence(
    days_used: float | None, days: float, cost_used: float | None, cost: float | None, currency: str
) -> str:
    """Effort and cost to date beside what was planned: "12 of 30 person-days used, EUR 4,000 of EUR 10,000 spent."."""
    parts = []
    if days_used is not None:
        parts.append(f"{_number(days_used)} of {_number(days)} planned person-days used")
    if cost_used is not None:
        planned = f"{currency} {cost:,.0f} planned".strip() if cost is not None else "no planned price"
        parts.append(f"{currency} {cost_used:,.0f}".strip() + f" spent of {planned}")
    return f"{', '.join(parts)}." if parts else ""


def planned_sentence(days: float, cost: float | None, currency: str) -> str:
    """What an action may use: "30 person-days and EUR 10,000 planned."."""
    money = "" if cost is None else f" and {currency} {cost:,.0f}".replace("  ", " ")
    return f"{_number(days)} person-days{money} planned."


def stand_sentence(stand: str, said_on: date | None, wanted: Mapping[str, Any], note: str) -> str:
    """How the owner's acceptance stands, said to the owner; empty where it is only asked for."""
    when = f" on {on_day(said_on)}" if said_on else ""
    if stand == "accepted":
        return f"You accepted it{when}."
    if stand == "refused":
        return f"You refused it{when}: {note}"
    if stand == "amended":
        days = " to ".join(on_day(date.fromisoformat(str(wanted[each]))) for each in ("start", "finish"))
        return f"You asked for {days} instead{when}: {note}"
    if stand == "changed":
        return "It was changed after you answered, so please answer again."
    return ""


def beside_sentence(title: str, code: str, late: int, ends: date) -> str:
    """Another action that this one waits for, or that waits for it: "Buy licences (on track, until 3 May 2026)"."""
    until = "" if code == "done" else f", until {on_day(ends)}"
    return f"{title} ({status_words(code, late)}{until})"


def why_asked(later: bool, before: int | None, now: int | None) -> str:
    """What the one field for reasons asks; empty where nothing has to be explained."""
    changed = before is not None and now is not None and now != before
    surer = (now or 0) > (before or 0)
    if later and changed:
        return f"Why is it later, and what made you {'surer' if surer else 'less sure'}?"
    if later:
        return "Why is it later?"
    return f"What made you {'surer' if surer else 'less sure'}?" if changed else ""


def report_sentence(report: Report, text: Callable[[str], str], currency: str = "") -> str:
    """A report told again, without who and when: "40%, confidence 3 of 5, expected 3 May 2026. Next: ..."."""
    facts = [f"{report.percent_done:.0f}%"]
    if report.confidence:
        facts.append(f"confidence {report.confidence} of 5")
    if report.expected_on:
        facts.append(f"finish expected {on_day(report.expected_on)}")
    if report.days_used is not None:
        facts.append(f"{_number(report.days_used)} person-days used")
    if report.cost_used is not None:
        facts.append(f"{currency} {report.cost_used:,.0f} spent".strip())
    named = (("Because", report.because), ("Good", report.good), ("Next", report.next))
    texts = [text(report.note)] if report.note else []
    texts += [f"{name}: {text(said)}" for name, said in named if said]
    return ". ".join([", ".join(facts), *texts])


def _number(much: float) -> str:
    return f"{much:,.1f}".removesuffix(".0")
