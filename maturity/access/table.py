"""The page docs/permissions.md, made from the tables of this room.

`python -m maturity.access.table > docs/permissions.md` makes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from maturity.access.asked import ASKED, Of
from maturity.access.permissions import DEEDS, MAY
from maturity.access.roles import ROLE_NAMES, ROLES

OBJECTS: Mapping[Of, str] = {
    "own": "one's own",
    "owned": "an action of one's own",
    "department": "of the department",
    "organisation": "of the organisation",
    "installation": "of the whole installation",
    "anywhere": "nobody's: a role anywhere is enough, and lists hold only what the visitor may see",
}
HEAD = """# Who may do what

This page is made by `python -m maturity.access.table` from `maturity/access/`, and a test fails where it is stale.

A role is held in an organisation, or in the whole installation. Heads of department and respondents hold theirs for a
department; every other role can be limited to one. A role for one department counts for that department, and opens
the pages on which the department's own part stands. What no role allows is refused, by the operation and on the page.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *_roles(), "", *_operations(), ""])


def _roles() -> list[str]:
    rows = [
        f"| {DEEDS[verb]} | {' | '.join('yes' if role in who else '' for role in ROLES)} |" for verb, who in MAY.items()
    ]
    return [f"| may | {' | '.join(ROLE_NAMES[role] for role in ROLES)} |", f"|---|{'---|' * len(ROLES)}", *rows]


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
