"""What an edition is checked for before people put their names under it: each finding a code with where it stands.

Some findings stop an edition, others are hints: `STOPS` says which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from maturity.roadmap.edition_drafts import FEWEST, OF_PEOPLE
from maturity.roadmap.editions import Edition, Language, PublicAction
from maturity.roadmap.names_of_people import parts_of_names, whole_names
from maturity.roadmap.reading_ease import PLAIN, WORD, reading_ease

CheckCode = Literal[
    "no_actions", "field_shut", "words_missing", "text_missing", "person_named", "owner_is_person", "no_reason",
    "small_number", "no_next_update", "next_update_past", "no_contact", "odd_contact", "no_words", "no_owner",
    "part_of_a_name", "hard_to_read", "long_word", "link_in_text", "mail_in_text", "phone_in_text", "long_text",
    "outcome_missing",
]  # fmt: skip
STOPS: frozenset[CheckCode] = frozenset(
    {"no_actions", "field_shut", "words_missing", "text_missing", "person_named", "owner_is_person", "no_reason",
     "small_number", "no_next_update", "next_update_past", "no_contact", "odd_contact", "mail_in_text"}
)  # fmt: skip
COUNTED: frozenset[CheckCode] = frozenset({"hard_to_read", "long_text"})
"""Findings that differ only by a number from one text to the next."""
LONG_WORD, LONG_TEXT = 24, 600
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")
LINK = re.compile(r"\bhttps?://|\bwww\.\w", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.])\+?\d(?:[ ()/-]{0,2}\d){6,}(?![\w.])")
CONTACT = re.compile(r"(https?://[^\s<>\"']+|(mailto:)?[^\s@<>\"']+@[^\s@<>\"']+\.\w{2,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding: `slug` is the action or "", `part` what of it, `value` what was found (a name, a word, a score)."""

    code: CheckCode
    slug: str = ""
    part: str = ""
    language: Language | None = None
    value: str = ""

    @property
    def stops(self) -> bool:
        """Whether an edition with this cannot be proposed or published."""
        return self.code in STOPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The same finding in several actions: the first of them, and the slugs of all, "" for none. `value` is what was
    found: one for all, or from the least to the largest number."""

    check: Check
    slugs: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that residents read, and where it stands; `language` is None where it is in the organisation's own."""

    slug: str
    part: str
    language: Language | None
    text: str


def checked(
    edition: Edition, *, names: Sequence[str], roles: Sequence[str], shut: Mapping[str, str], today: date
) -> tuple[Check, ...]:
    """All that is to be said of an edition, what stops it first. `names` are names of people, `roles` those that an
    action may have as its owner, `shut` why a field may not be published, by field."""
    find = cache(lambda text: _names_in(text, names))  # copies of an action in several departments have the same words
    found = [
        *_of_the_whole(edition, shut, today),
        *(each for action in edition.actions for each in _of_action(edition, action, names, roles)),
        *_few(edition),
        *(each for text in texts_of(edition) for each in _of_text(text, find(text.text))),
    ]
    return tuple(sorted(found, key=lambda each: not each.stops))


def folded(found: Iterable[Check]) -> tuple[Finding, ...]:
    """Findings that say the same of several actions, or of several texts of one, as one each, in their order."""
    together: dict[tuple[str, ...], list[Check]] = {}
    for each in found:
        alike = ("", "") if each.code in COUNTED else (each.part, each.value)
        together.setdefault((each.code, each.language or "", *alike), []).append(each)
    return tuple(_finding(alike) for alike in together.values())


def _finding(alike: Sequence[Check]) -> Finding:
    first, value = alike[0], alike[0].value
    if first.code in COUNTED:
        numbers = sorted({int(each.value) for each in alike})
        value = " to ".join(str(each) for each in dict.fromkeys((numbers[0], numbers[-1])))
    return Finding(check=first, slugs=tuple(dict.fromkeys(each.slug for each in alike)), value=value)


def _of_the_whole(edition: Edition, shut: Mapping[str, str], today: date) -> Iterator[Check]:
    if not edition.actions:
        yield Check(code="no_actions")
    yield from (Check(code="field_shut", part=each, value=shut[each]) for each in edition.fields if each in shut)
    for part, texts in (("title", edition.title), ("lead", edition.lead)):
        missing = [each for each in edition.languages if not texts.get(each, "").strip()]
        if texts:
            yield from (Check(code="text_missing", part=part, language=each) for each in missing)
    if edition.next_update_on is None:
        yield Check(code="no_next_update")
    elif edition.next_update_on <= today:
        yield Check(code="next_update_past", value=edition.next_update_on.isoformat())
    if not edition.contact.strip():
        yield Check(code="no_contact")
    elif not CONTACT.fullmatch(edition.contact.strip()):
        yield Check(code="odd_contact", value=edition.contact)
    hidden = sum(e.count for e in edition.withheld if (e.part, e.reason) == ("actions", "no_words"))
    if hidden:
        yield Check(code="no_words", value=str(hidden))


def _of_action(edition: Edition, action: PublicAction, names: Sequence[str], roles: Sequence[str]) -> Iterator[Check]:
    for language in edition.languages:
        words = action.words.get(language)
        if words is None or not (words.title.strip() and words.plain.strip()):
            yield Check(code="words_missing", slug=action.slug, language=language)
        elif not words.outcome.strip():
            yield Check(code="outcome_missing", slug=action.slug, language=language)
    role = action.owner_role.strip()
    if role and (role not in roles or role in names):
        yield Check(code="owner_is_person", slug=action.slug, part="owner_role", value=role)
    elif not role and "owner_role" in edition.fields:
        yield Check(code="no_owner", slug=action.slug, part="owner_role")
    for move in action.moves:
        if move.now > move.was and not move.why.strip():
            yield Check(code="no_reason", slug=action.slug, part=move.what, value=move.now.isoformat())


def _few(edition: Edition) -> Iterator[Check]:
    for action in edition.actions:
        kpi = action.kpi
        if kpi and kpi.unit.strip().casefold() in OF_PEOPLE:
            small = [each for each in (kpi.baseline, kpi.target, kpi.value) if 0 < abs(each or 0) < FEWEST]
            yield from (Check(code="small_number", slug=action.slug, part="kpi", value=f"{each:g}") for each in small)
    for topic in edition.twin:
        if (topic.answers or 0) < FEWEST and (topic.answers or topic.seen is not None or topic.shares):
            yield Check(code="small_number", part="twin", value=str(topic.answers))


def _names_in(text: str, names: Sequence[str]) -> tuple[tuple[CheckCode, str], ...]:
    whole = whole_names(text, names)
    parts = parts_of_names(text, [each for each in names if each not in whole])
    return (*(("person_named", each) for each in whole), *(("part_of_a_name", each) for each in parts))


def _of_text(text: Text, named: Iterable[tuple[CheckCode, str]]) -> Iterator[Check]:
    for code, name in named:
        yield _at(text, code, name)
    patterns: tuple[tuple[CheckCode, re.Pattern[str]], ...] = (
        ("mail_in_text", MAIL), ("link_in_text", LINK), ("phone_in_text", PHONE),
    )  # fmt: skip
    for code, pattern in patterns:
        if found := pattern.search(text.text):
            yield _at(text, code, found.group())
    yield from _hard(text)


def _hard(text: Text) -> Iterator[Check]:
    longest = max(WORD.findall(text.text), key=len, default="")
    if len(longest) >= LONG_WORD:
        yield _at(text, "long_word", longest)
    if len(text.text) > LONG_TEXT:
        yield _at(text, "long_text", str(len(text.text)))
    ease = reading_ease(text.text, text.language) if text.language else None
    if ease is not None and ease < PLAIN:
        yield _at(text, "hard_to_read", str(max(int(ease), 0)))


def _at(text: Text, code: CheckCode, value: str) -> Check:
    return Check(code=code, slug=text.slug, part=text.part, language=text.language, value=value)


def texts_of(edition: Edition) -> Iterable[Text]:
    """Every text of an edition that somebody wrote, what residents wrote left out: it was moderated."""
    for part, texts in (("title", edition.title), ("lead", edition.lead)):
        yield from (Text(slug="", part=part, language=key, text=each) for key, each in texts.items())
    for action in edition.actions:
        yield from _texts_of_action(action)
    for mark in edition.milestones:
        yield Text(slug="", part="milestones", language=None, text=f"{mark.name}\n{mark.proves}")
    for gone in edition.gone:
        yield Text(slug=gone.slug, part="gone", language=None, text=gone.reason)
    for each in edition.withdrawn:
        yield Text(slug="", part="withdrawn", language=None, text=each.reason)
    yield from (Text(slug=each.slug, part="said", language=each.language, text=each.answer) for each in edition.said)


def _texts_of_action(action: PublicAction) -> Iterable[Text]:
    for language, words in action.words.items():
        for part in ("title", "plain", "outcome"):
            yield Text(slug=action.slug, part=part, language=language, text=getattr(words, part))
    own = {"deliverable": action.deliverable, "goal": action.goal, "kpi": action.kpi.name if action.kpi else ""}
    yield from (Text(slug=action.slug, part=part, language=None, text=each) for part, each in own.items() if each)
    for move in action.moves:
        yield Text(slug=action.slug, part="moves", language=None, text=move.why)
