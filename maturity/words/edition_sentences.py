"""Editions of the public roadmap in words: states, checks, what was withheld, and what does not fit in a chain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from maturity.words.messages import counted, on_day

STATES = {
    "draft": "Draft",
    "proposed": "Proposed, waits for a second person",
    "published": "Published",
    "withdrawn": "Withdrawn",
    "given_up": "Given up",
}
"""What became of an edition."""
LANGUAGE_NAMES = {"en": "English", "es": "Spanish"}
FIELD_NAMES = {
    "status": "How it stands: on track, late, done",
    "dates": "When it starts and finishes",
    "owner_role": "The role that owns it",
    "department": "The department",
    "goal": "The goal that it serves",
    "deliverable": "What is delivered",
    "requires": "What it needs first",
    "milestones": "Milestones",
    "moves": "Days that moved, with the reason",
    "percent_done": "Per cent done",
    "cost": "What it costs",
    "kpi": "How it is measured",
    "effort": "Person-days",
    "twin": "How residents see each topic, beside the score",
    "said": "You said, we did",
}
CHECKS = {
    "no_actions": "No action is in it: choose at least one.",
    "field_shut": "“{part}” may not be published ({value}): take it out, or change its class.",
    "words_missing": "Plain words are missing: write what it is called and what is done.",
    "text_missing": "The {part} is missing in this language.",
    "person_named": "It names a person, {value}: write the role instead.",
    "owner_is_person": "The owner is not a role: {value}.",
    "no_reason": "Its {part} moved to {value} and nobody said why: give the reason with a change of the action.",
    "small_number": "A number below five can show who is meant: {value}.",
    "no_next_update": "The day of the next update is missing.",
    "next_update_past": "The next update is due on {value}, which is not to come: choose a later day.",
    "no_contact": "An address at which people are heard is missing.",
    "odd_contact": "{value} is no address of mail or the web.",
    "mail_in_text": "A text holds an e-mail address, {value}: name the contact address of the edition instead.",
    "no_words": "Chosen, but left out for want of words: {value}.",
    "no_owner": "No role owns it, so no owner is shown.",
    "part_of_a_name": "“{value}” is part of a person's name: look whether that person is meant.",
    "hard_to_read": "Hard to read: {value} of 100, plain language has 60 or more. Try shorter sentences and words.",
    "long_word": "A long word: {value}.",
    "link_in_text": "A text holds a link, {value}: residents see it as text.",
    "phone_in_text": "A text holds what looks like a telephone number: {value}.",
    "long_text": "A long text: {value} characters.",
    "outcome_missing": "What residents notice of it is missing.",
}
"""A finding, by its code; filled from what was found."""
PARTS = {"title": "title", "lead": "introduction", "milestones": "milestones"}
"""What the texts of a whole edition are called."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CLASS_NAMES = {"public": "Public", "on_request": "On request", "withheld": "Withheld"}
"""Who may get to see a field or a question."""
VERIFY = (
    "Download the site, or take the folder of the editions from anybody who kept it. This says whether the chain is "
    "whole. A chain that was rewritten from the start is whole too, so it is compared with a hash that was written "
    "elsewhere at the time: the latest one stands below, and the minutes of each quarterly review hold the one of then."
)
GIVEN_OUT = (
    "For a request under freedom of information: one row for each question and department, without texts, names and "
    "evidence. A value that rests on fewer than five answers is left out, unless a consensus or a reviewer decided it."
)
REASONS = {
    "not_chosen": "not chosen",
    "no_words": "no plain words yet",
    "few": "too few people to hide one",
    "security": "security",
    "personal": "personal data",
    "commercial": "commercial interests",
    "legal": "a legal duty",
    "on_request": "given out on request",
}
MISFITS = {
    "unreadable": "edition {number} cannot be read",
    "number": "edition {number} says that it is another one",
    "missing": "edition {number} is missing",
    "changed": "edition {number} was changed after it was published",
    "previous": "edition {number} does not follow the one before it",
    "withdrawn": "the hash of withdrawn edition {number} is not the one that a later edition names",
    "unlisted": "edition {number} is not in the ledger",
    "elsewhere": "edition {number} does not have the hash that was noted elsewhere",
}
"""What does not fit in a chain."""


def whole_chain(count: int, last: int, sha256: str) -> str:
    """What is said of a chain that is whole."""
    return f"{counted(count, 'edition')}, chain whole, last is edition {last} with hash {sha256}"


def verify_command(number: int, sha256: str) -> str:
    """The command that verifies a downloaded site against the hash of an edition."""
    return f"python -m maturity verify FOLDER --hash {number}:{sha256}"


def finding(code: str, part: str, value: str) -> str:
    """One finding as a sentence."""
    said = on_day(date.fromisoformat(value)) if DAY.fullmatch(value) else REASONS.get(value, value)
    return CHECKS[code].format(part=FIELD_NAMES.get(part, PARTS.get(part, part)), value=said)


def places_sentence(named: Sequence[str], text: str, sentence: str, most: int) -> str:
    """A finding with the actions in which it is, at most so many of them named, and in which text or language."""
    rest = len(named) - most
    shown = ", ".join(named[:most]) + (f" and {rest} more" if rest > 0 else "")
    where = ", ".join(part for part in (text, shown) if part)
    if not where:
        return sentence
    return f"{where[0].upper()}{where[1:]}: {sentence}" if len(named) < 2 else f"{sentence} In {where}."


def overdue_sentence(published_on: date, due: date | None, today: date) -> str:
    """What is said where the public site tells residents that it is older than it should be."""
    if due is not None and today > due:
        late = f"was due on {on_day(due)}, {counted((today - due).days, 'day')} ago"
    else:
        late = f"is from {on_day(published_on)}, {counted((today - published_on).days, 'day')} ago"
    return f"The edition that residents read {late}. The public site says that it is older than it should be."


def withheld_sentence(part: str, reason: str, count: int) -> str:
    """How many of one kind were held back for one reason."""
    one = {"actions": "action", "fields": "field", "questions": "question", "scores": "score", "words": "text"}
    return f"{counted(count, one.get(part, 'comment'))}: {REASONS.get(reason, reason)}"
