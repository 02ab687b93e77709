"""What is said of the plan as it stood on a day, of what can be undone, and of going back to the plan before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from maturity.words.messages import counted, on_day

DEEDS: Mapping[str, str] = {
    "edit action": "changed it",
    "add dependency": "made it wait for another action",
    "remove dependency": "took a link off",
    "remove action": "took it out of the plan",
    "add action": "added it to the plan",
    "report progress": "reported on it",
    "undo": "undid a change",
}
"""What somebody did to an action, by the verb under which it is kept."""
PARTS: Mapping[str, str] = {
    "title": "the title", "summary": "the summary", "owner": "the owner", "owner_person": "the owner",
    "raci": "who is accountable and works on it", "start": "the start", "finish": "the finish", "phase": "the phase",
    "deliverable": "the deliverable", "done_when": "what done means", "deliverable_link": "the link", "kpi": "the KPI",
    "objective": "the objective", "effort": "the effort", "cost": "the cost", "requires": "what it waits for",
    "percent_done": "per cent done", "begun_on": "the day it began", "done_on": "the day it was done",
    "expected_on": "the expected finish", "days_used": "person-days used", "cost_used": "money used",
}  # fmt: skip


def stood_sentence(day: date, *, plan: str, total: int, copies: int, done: int, late: int, versions: int) -> str:
    """The headline of a past day: "On 3 March 2026: 21 of 55 actions done, 3 late, 2 versions approved."; `copies`
    counts each department's own."""
    approved = f"{counted(versions, 'version')} approved" if versions else "no version approved yet"
    own = f" ({copies} with each department's own)" if copies > total else ""
    actions = f"{done} of {counted(total, 'action')} done{own}"
    return f"On {on_day(day)}: {actions}, {late if late else 'none'} late, {approved}. The plan in force was {plan}."


def before_first_plan(day: date, first: date) -> str:
    """There was nothing yet to see."""
    return f"On {on_day(day)} there was no plan yet; the first one is of {on_day(first)}."


def since_then(day: date, *, plan: str | None, entered: int, left: int, moved: int, other: int, done: int) -> str:
    """What differs from a day to today in one sentence; `plan` is the one in force now where that is another one."""
    parts = [
        counted(number, "action") + f" {words}"
        for number, words in (
            (entered, "came in"), (left, "left"), (moved, "got other dates"), (other, "changed otherwise"),
            (done, "got done"),
        )
        if number
    ]  # fmt: skip
    if not parts:
        return "Nothing of the plan differs from today."
    said = f"Since then {_and(parts)}"
    return said + (f", and {plan} is the plan in force now." if plan else ".")


def change_sentence(verb: str, by: str, day: date, parts: Sequence[str]) -> str:
    """The last change to an action: "Last change: Asha changed it on 3 March 2026 (the finish)."."""
    named = list(dict.fromkeys(PARTS[each] for each in parts if each in PARTS))
    what = f" ({', '.join(named)})" if named and verb not in ("remove action", "add action") else ""
    return f"Last change: {by or 'somebody'} {DEEDS.get(verb, verb)} on {on_day(day)}{what}."


def undo_would(verb: str, back: Mapping[str, str], *, removed: bool) -> str:
    """What undoing does; `back` are values as they were, by part."""
    if verb == "add action" or removed:
        return "Undoing takes it out of the plan; it stays in the history."
    named = [f"{PARTS[name]} back to {value}" for name, value in back.items() if name in PARTS and name != "phase"]
    words = f"Undoing sets {_and(named)}." if named else "Undoing sets it back to how it was."
    return words + (" A new report takes the last one back." if verb == "report progress" else "")


def undone_sentence(verb: str, title: str) -> str:
    """What was undone, after the deed."""
    return _UNDONE.get(verb, _UNDONE["edit action"]).format(title)


_UNDONE: Mapping[str, str] = {
    "edit action": "the last change to “{}” is undone",
    "add dependency": "“{}” waits for one action less again",
    "remove dependency": "“{}” waits for what it waited for before",
    "remove action": "“{}” is back in the plan",
    "add action": "“{}” is out of the plan again",
    "report progress": "the last report on “{}” is taken back",
    "undo": "what was undone of “{}” holds again",
}


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
