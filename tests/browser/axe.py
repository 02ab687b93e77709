"""Accessibility checks by axe-core, less the violations that Streamlit itself causes, which are listed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A violation that our code cannot mend: the rule, the CSS selector of what violates it, and why."""

    rule: str
    selector: str
    reason: str


# docs/accessibility.md shows this table.
STREAMLIT_CAUSES: tuple[Known, ...] = (
    Known(
        rule="list",
        selector='[data-testid="stSidebarNavItems"]',
        reason="Streamlit puts the headed sections of the menu straight into its list, and their entries outside any.",
    ),
    Known(
        rule="listitem",
        selector='[data-testid="stSidebarNavItems"]',
        reason="The other half of the same: entries of a headed section stand in no list of their own.",
    ),
    Known(
        rule="region",
        selector='[role="listbox"][data-rac]',
        reason="Streamlit opens the choices of a select box at the end of the page, outside every landmark.",
    ),
    Known(
        rule="presentation-role-conflict",
        selector='[data-testid="stFileUploaderDropzone"]',
        reason="Streamlit gives the drop zone of a file uploader a presentation role and makes it focusable.",
    ),
    Known(
        rule="scrollable-region-focusable",
        selector='[data-testid="stTable"]',
        reason="Streamlit lets a wide table scroll in a box of its own on a phone, which the keyboard cannot reach.",
    ),
)

EVERY_RULE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Any) -> list[str]:
    """What axe-core finds on a page that is not Streamlit's own doing: one sentence per element.

    It must still be there a moment later: Streamlit pales what is being drawn anew, and axe measures colours."""
    found = _found(page)
    if found:
        page.wait_for_timeout(1500)
        found = _found(page)
    return found


def _found(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": list(EVERY_RULE)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
        if not is_known(page, violation["id"], node["target"])
    ]


def is_known(page: Any, rule: str, target: list[Any]) -> bool:
    """Whether the element of a violation is, or stands inside, one that the table names for that rule."""
    selectors = [known.selector for known in STREAMLIT_CAUSES if known.rule == rule]
    if not selectors or not isinstance(target[-1], str):
        return False
    inside = "([target, selector]) => Boolean(document.querySelector(target)?.closest(selector))"
    return any(page.evaluate(inside, [target[-1], selector]) for selector in selectors)
