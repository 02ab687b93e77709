"""What pages, lists and letters say of people: their roles, their personal links, and the letter that brings a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from maturity.words.messages import on_day

ROLE_NAMES: Mapping[str, str] = {
    "administrator": "Chief Data Officer",
    "facilitator": "Facilitator",
    "department_lead": "Head of department",
    "respondent": "Respondent",
    "reviewer": "Reviewer",
    "leader": "Leadership",
    "owner": "Action owner",
}
ROLE_DEEDS: Mapping[str, str] = {
    "administrator": "sets everything up, opens rounds, builds the plan, decides who may do what",
    "facilitator": "runs rounds and workshops and invites people",
    "department_lead": "answers for a department and reads its results",
    "respondent": "answers for a department",
    "reviewer": "reads answers beside their evidence",
    "leader": "reads the summary, decides and signs off",
    "owner": "accepts and reports on actions of their own",
}
NO_LINK = "no link yet"
WHOLE_INSTALLATION = "whole installation"


def role_code(text: str) -> str | None:
    """The role that somebody wrote, as its code: "Head of department", "department lead", "respondent"; None: none."""
    wanted = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    by_name = {"_".join(name.lower().split()): code for code, name in ROLE_NAMES.items()}
    return wanted if wanted in ROLE_NAMES else by_name.get(wanted)


def role_said(role: str, department: str | None, until: date | None = None, *, everywhere: bool = False) -> str:
    """One role in words: "Head of Parks", "Respondent in Parks until 2 April 2026"."""
    if department is None:
        said = ROLE_NAMES[role] + (f" ({WHOLE_INSTALLATION})" if everywhere else "")
    else:
        said = f"{'Head of' if role == 'department_lead' else ROLE_NAMES[role] + ' in'} {department}"
    return f"{said} until {on_day(until)}" if until else said


def near_day(day: date, today: date) -> str:
    """A day as one says it today: "today", "yesterday", "2 April", "2 April 2027" where the year is another."""
    days = (today - day).days
    if days in (0, 1, -1):
        return {0: "today", 1: "yesterday", -1: "tomorrow"}[days]
    return on_day(day) if day.year != today.year else f"{day.day} {day:%B}"


def link_said(state: str, expires: date, used: date | None, today: date) -> str:
    """How a personal link stands: "valid until 2 April, last used yesterday". `state` is valid, expired or revoked."""
    if state == "revoked":
        return "taken back"
    if state == "expired":
        return f"expired {near_day(expires, today)}" if (today - expires).days < 2 else f"expired on {on_day(expires)}"
    return f"valid until {near_day(expires, today)}, " + (
        f"last used {near_day(used, today)}" if used else "not used yet"
    )


def letter_subject(organisation: str) -> str:
    """The subject of the letter that brings a personal link."""
    return f"Your personal link to {organisation}'s data assessment"


def letter(name: str, organisation: str, roles: Sequence[str], link: str, until: date) -> str:
    """The letter that brings a personal link, ready to send."""
    asked = f"\nYou take part as: {', '.join(roles)}." if roles else ""
    return f"""Hello {name},

{organisation} looks at how it works with data, and asks you to take part.{asked}

This is your personal link:
{link}

It opens a page with one button; press it to come in.
The link works on your phone and your computer until {on_day(until)}.
It is for you alone: whoever opens it comes in as you, so do not pass it on.
If you lose it, ask for a new one.
"""


def only_here(address: str) -> str:
    """Why links that begin with an address of this computer help nobody else."""
    return (
        f"Links begin with {address}, which works on this computer only. "
        "Give the address by which people reach Waymark before you send links."
    )
