"""What the review page says of answers, evidence and values: pure functions, every text of a person made plain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date
from urllib.parse import quote

from maturity.assessment.answers import Answer
from maturity.assessment.evidence import months_after
from maturity.assessment.marks import MARKS, Mark
from maturity.assessment.terms import ROLE_FAMILIES, STRENGTHS
from maturity.framework.model import Framework, Question
from maturity.operations.review import EvidenceFile, ReviewedAnswer, ReviewedQuestion, StoredDecision
from maturity.ui.help import plain
from maturity.ui.results_tables import VALUE_FROM, in_words
from maturity.words.messages import counted, on_day

ICONS: Mapping[Mark, str] = {
    "no_evidence": ":material/do_not_disturb_on:",
    "weak": ":material/trending_down:",
    "aged": ":material/hourglass_bottom:",
    "flagged": ":material/flag:",
    "unreviewed": ":material/radio_button_unchecked:",
}
MEGABYTE, KILOBYTE = 1_000_000, 1_000


def marks_line(marks: frozenset[Mark]) -> str:
    """The marks of a question, each with its icon, in their fixed order."""
    return " · ".join(f"{ICONS[mark]} {words}" for mark, words in MARKS.items() if mark in marks)


def value_line(framework: Framework, asked: ReviewedQuestion) -> str:
    """The department's value for a question, and what it rests on."""
    score, people = asked.score, counted(len(asked.answers), "answer")
    if score.state == "not_applicable":
        return "**No value**: it does not apply here."
    if score.score is None:
        return f"**No value**: none of {people} says a level." if asked.answers else "**No value**: no answer yet."
    value = value_in_words(framework, score.score, score.max_points)
    if score.value_from == "median":
        return f"Value **{value}**, the median of {people}"
    own = f"the median of {people} is {value_in_words(framework, asked.own, score.max_points)}"
    rests = f"Value **{value}**, {VALUE_FROM[score.value_from or 'review']}"
    return f"{rests}; {own}" if asked.own is not None else f"{rests}; no answer says a level"


def value_in_words(framework: Framework, value: float | None, most: float | None) -> str:
    """A value: "4 Managed", "3.5" between two levels, "2 of 4 points" where only points count."""
    if not framework.levels:
        return f"{in_words(value, points=True)} of {in_words(most, points=True)} points"
    whole = value is not None and value == int(value)
    return level_name(framework, int(value or 0)) if whole else in_words(value)


def level_name(framework: Framework, level: int) -> str:
    """A level with its name."""
    return f"{level} {plain(framework.level_name(level))}"


def answer_in_words(framework: Framework, question: Question, answer: Answer) -> str:
    """What was answered, in the words of the question."""
    if answer.state == "level":
        return level_name(framework, answer.level or 0)
    if answer.state == "option":
        label = next((option.label for option in question.options if option.id == answer.option), answer.option or "")
        return plain(label)
    if answer.state == "points":
        points = f"{answer.points:,.10g} points" if answer.points is not None else "no points"
        return f"{plain(answer.label)} ({points})" if answer.label else points
    if answer.state == "not_applicable":
        return "Does not apply" + (f": {plain(answer.reason.rstrip('. '))}" if answer.reason else "")
    return "Don't know"


def decision_in_words(framework: Framework, decision: StoredDecision) -> str:
    """A reviewed value or a consensus as a level or points."""
    if decision.level is not None:
        return level_name(framework, decision.level)
    return f"{decision.points or 0:,.10g} points"


def respondent_line(framework: Framework, asked: ReviewedQuestion, given: ReviewedAnswer) -> str:
    """Who answered what, and how sure they are."""
    family = ROLE_FAMILIES.get(given.role_family or "", "")
    role = f", {family.lower()}" if family else ""
    lines = [f"**{answer_in_words(framework, asked.question, given.answer)}**", f"{plain(given.who)}{role}"]
    if given.answer.confidence:
        lines.append(f"Confidence {given.answer.confidence} of 5")
    if given.answer.comment:
        lines.append(f"“{plain(given.answer.comment)}”")
    return "  \n".join(lines)


def evidence_lines(given: ReviewedAnswer, months: int) -> str:
    """The evidence beside an answer: note, link, files are apart; its strength, its day, and whether it has aged."""
    answer, beside = given.answer, given.evidence
    lines = [plain(answer.evidence_note)] if answer.evidence_note else []
    if answer.evidence_link:
        lines.append(link(answer.evidence_link))
    if beside.day is None:
        return "No evidence"
    strength = STRENGTHS.get(beside.strength or 0)
    lines.append(f"Strength {beside.strength}: {strength.lower()}" if strength else "Strength not said")
    lines.append(day_line(given, months))
    return "  \n".join(lines)


def day_line(given: ReviewedAnswer, months: int) -> str:
    """The day that the evidence is of, and until when it is or was fresh."""
    day = given.evidence.day or date.min
    dated = f"Dated {on_day(day)}" if given.answer.evidence_date else f"No date given; answered on {on_day(day)}"
    until = on_day(months_after(day, months))
    return (
        f"{dated}. {ICONS['aged']} **Aged**: was fresh until {until}"
        if given.evidence.aged
        else (f"{dated}, fresh until {until}")
    )


def link(address: str) -> str:
    """A link that leads where it says, as Markdown; an address that is no web address is only shown."""
    if not address.startswith(("https://", "http://")):
        return plain(address)
    return f"[{plain(address)}](<{quote(address, safe=':/?#[]@!$&*+,;=%~()')}>)"


def file_line(file: EvidenceFile) -> str:
    """A file by name, size and the day it came: what stands on the button that downloads it."""
    uploaded = on_day(file.uploaded_at.astimezone(UTC).date())
    return f"{plain(file.name)} ({file_size(file.size)}, uploaded on {uploaded})"


def file_size(size: int) -> str:
    """Bytes as people say them, never 0 for a file that holds something."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB"
    return f"{max(1, round(size / KILOBYTE))} kB" if size else "empty"


def bare_line(framework: Framework, asked: ReviewedQuestion, bare: list[ReviewedAnswer]) -> str:
    """The answers that come with nothing, in one line: who says what."""
    by_answer: dict[str, list[str]] = {}
    for each in bare:
        by_answer.setdefault(answer_in_words(framework, asked.question, each.answer), []).append(plain(each.who))
    said = [f"**{answer}**: {', '.join(who)}" for answer, who in sorted(by_answer.items())]
    return "Without evidence or comment: " + "; ".join(said)
