"""The page docs/permissions.md, made from this room's tables: `python -m maturity.access.table > docs/permissions.md`."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.access.asked import ASKED, Of
from maturity.access.permissions import DEEDS, MAY
from maturity.access.roles import OF_A_DEPARTMENT, ROLES, Role

NAMES: Mapping[Role, str] = {
    "administrator": "Administrator",
    "facilitator": "Facilitator",
    "department_lead": "Head of department",
    "respondent": "Respondent",
    "reviewer": "Reviewer",
    "leader": "Leadership",
}
OBJECTS: Mapping[Of, str] = {
    "own": "one's own",
    "department": "of the department",
    "organisation": "of the organisation",
    "installation": "of the whole installation",
    "anywhere": "nobody's: a role anywhere is enough, and lists hold only what the visitor may see",
}
HEAD = """# Who may do what

This page is made by `python -m maturity.access.table` from `maturity/access/`, and a test fails where it is stale.

A role is held in an organisation, or in the whole installation. {limited} hold theirs for a department; every other role
can be limited to one. A role for one department counts for that department, and opens the pages on which the
department's own part stands. What no role allows is refused, by the operation and on the page.
"""


def page() -> str:
    """The whole page, as Markdown."""
    limited = " and ".join(f"{NAMES[role].lower()}s" for role in ROLES if role in OF_A_DEPARTMENT)
    head = HEAD.format(limited=limited[0].upper() + limited[1:])
    return "\n".join([head, *_roles(), "", *_operations(), ""])


def _roles() -> list[str]:
    rows = [
        f"| {DEEDS[verb]} | {' | '.join('yes' if role in who else '' for role in ROLES)} |" for verb, who in MAY.items()
    ]
    return [f"| may | {' | '.join(NAMES[role] for role in ROLES)} |", f"|---|{'---|' * len(ROLES)}", *rows]


def _operations() -> list[str]:
    rows = [f"| `{operation}` | {DEEDS[verb]} | {OBJECTS[of]} |" for operation, (verb, of) in ASKED.items()]
    return [
        "## What each operation asks",
        "",
        "| operation | the visitor may | the object is |",
        "|---|---|---|",
        *rows,
    ]


if __name__ == "__main__":
    print(page(), end="")
