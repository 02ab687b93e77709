"""Who may get to see what: the class of every question and of every field of the plan, and why something is held back.

Publication and freedom-of-information exports obey it: what is `public` may be published once somebody chooses it, what
is `on_request` is given out when it is asked for, what is `withheld` never leaves the organisation. Everything that is
held back is counted by reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Class = Literal["public", "on_request", "withheld"]
CLASSES: tuple[Class, ...] = ("public", "on_request", "withheld")
WithheldReason = Literal["not_chosen", "no_words", "few", "security", "personal", "commercial", "legal", "on_request"]
WITHHELD_REASONS: tuple[WithheldReason, ...] = (
    "not_chosen", "no_words", "few", "security", "personal", "commercial", "legal", "on_request",
)  # fmt: skip
GIVEN_REASONS: tuple[WithheldReason, ...] = ("security", "personal", "commercial", "legal")
"""Why somebody may withhold a question or a field; the others are found by Waymark itself."""

FIELDS: Mapping[str, Class] = {
    "status": "public",
    "dates": "public",
    "owner_role": "public",
    "department": "public",
    "goal": "public",
    "deliverable": "public",
    "requires": "public",
    "milestones": "public",
    "moves": "public",
    "percent_done": "public",
    "cost": "public",
    "kpi": "public",
    "effort": "on_request",
    "twin": "public",
    "said": "public",
}
"""The fields of an edition and their usual class. Title and words of an action are always there; names of people,
notes, risks and reports are no fields, and are never published."""
USUAL_QUESTION_CLASS: Class = "on_request"
"""Answers to a question are given out on request, in groups that show nobody, unless somebody has decided otherwise."""
