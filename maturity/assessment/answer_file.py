"""Reads and writes an answers file (CSV): one row per department, question and respondent, every bad row named.

Columns: department, question_id, answer; optional respondent, points, comment, evidence, confidence. Where there is a
points column the points are kept as given and the answer is only a label; without it the words mean a state.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from maturity.assessment.answers import Answer, AnswerRefused, check_answer
from maturity.framework.model import Framework, Question

NEEDED = ("department", "question_id", "answer")
COLUMNS = (*NEEDED, "respondent", "points", "comment", "evidence", "confidence")
MOST_BYTES = 500_000_000
LONGEST_TEXT = 4_000
DONT_KNOW = frozenset({"don't know", "dont know", "do not know", "i don't know", "i dont know", "not sure", "dk", "?"})
NOT_APPLICABLE = frozenset({"not applicable", "n/a", "na", "n.a.", "does not apply", "not relevant"})
_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}( \d{1,2}:\d{2}(:\d{2})?)?"
    rf"|\d{{1,2}}[-. ]?{_MONTH}|{_MONTH}[-. ]\d{{2,4}}",
    re.IGNORECASE,
)


class AnswerFileRefused(ValueError):
    """The file as a whole cannot be read: the message says what and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """One row that cannot be taken: its line in the file and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(slots=True, kw_only=True)
class AnswerSheet:
    """What a file holds: answers by (department, respondent) in the order of the file, and the rows that are bad."""

    answers: dict[tuple[str, str], list[Answer]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    blank: int = 0

    @property
    def count(self) -> int:
        """How many answers can be taken."""
        return sum(map(len, self.answers.values()))


def read_answers(path: Path, framework: Framework, departments: Mapping[str, str] | None) -> AnswerSheet:
    """The answers in a file. `departments` maps lower-case codes and names to codes; None takes any department."""
    rows = _rows(path)
    columns = [name.strip().lower().replace(" ", "_") for name in next(rows, [])]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise AnswerFileRefused(
            f"{path.name}, line 1: the columns {', '.join(missing)} are missing; "
            f"the file needs {', '.join(NEEDED)} and may have {', '.join(COLUMNS[3:])}"
        )
    reader = _Reader(framework, departments, "points" in columns)
    for line, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells):
            reader.take(line, dict(zip(columns, cells, strict=False)), len(cells) - len(columns))
    return reader.sheet


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AnswerFileRefused(f"{path.name}: larger than {MOST_BYTES // 1_000_000} MB; split the file")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise AnswerFileRefused(f"{path}: cannot be read ({error.strerror}); check the name and the rights") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise AnswerFileRefused(f"{path.name}, line {line}: not UTF-8; save the file as CSV UTF-8") from None
    if "\x00" in text:
        raise AnswerFileRefused(f"{path.name}: holds zero bytes, so it is not a CSV file; save it as CSV UTF-8")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


class _Reader:
    """Takes one row after the other, and remembers what each respondent has answered already."""

    def __init__(self, framework: Framework, departments: Mapping[str, str] | None, with_points: bool) -> None:
        self.framework, self.departments, self.with_points = framework, departments, with_points
        self.levels = {level.name.casefold(): level.level for level in framework.levels}
        self.seen: dict[tuple[str, str, str], int] = {}
        self.sheet = AnswerSheet()

    def take(self, line: int, row: Mapping[str, str], too_many: int) -> None:
        try:
            if too_many > 0:
                raise AnswerRefused(f"has {too_many} cells too many; put texts with commas in quotes")
            self._take(line, {key: value.strip() for key, value in row.items()})
        except AnswerRefused as error:
            self.sheet.bad.append(BadRow(line=line, reason=str(error)))

    def _take(self, line: int, row: Mapping[str, str]) -> None:
        department = self._department(row["department"])
        question = self.framework.questions.get(row.get("question_id", ""))
        if question is None:
            raise AnswerRefused(f"question {row.get('question_id', '')!r} is not in the framework {self.framework.id}")
        respondent = row.get("respondent", "")
        key = (department, respondent, question.id)
        if key in self.seen:
            who = f"{department}, {respondent}" if respondent else department
            raise AnswerRefused(f"{who} answered {question.id} on line {self.seen[key]} already; keep one of the two")
        answer = self._answer(question, row)
        if answer is None:
            self.sheet.blank += 1
            return
        check_answer(self.framework, answer)
        self.seen[key] = line
        self.sheet.answers.setdefault((department, respondent), []).append(answer)

    def _department(self, given: str) -> str:
        if not given:
            raise AnswerRefused("the department is empty; enter its code or name")
        if self.departments is None:
            if not re.fullmatch(r"[^\x00-\x1f]{1,100}", given):
                raise AnswerRefused(f"department {given[:40]!r} is longer than 100 characters or holds control signs")
            return given
        code = self.departments.get(given.casefold())
        if code is None:
            raise AnswerRefused(f"department {given!r} does not take part in this round")
        return code

    def _answer(self, question: Question, row: Mapping[str, str]) -> Answer | None:
        text, points = row["answer"], row.get("points", "")
        for name in ("answer", "points", "confidence"):
            if _DATE.fullmatch(row.get(name, "")):
                raise AnswerRefused(
                    f"{name} {row[name]!r} looks like a date that a spreadsheet made; format the column as text"
                )
        if not text and not points:
            return None
        fields = _texts(row)
        if self.with_points:
            return _pointed(question, text, points, fields)
        state = word_state(text)
        if state:
            return Answer(question=question.id, state=state, label=text, **fields)
        if question.by_level:
            return Answer(question=question.id, state="level", level=self._level(question, text), label=text, **fields)
        if question.kind == "options":
            option = _option(question, text)
            return Answer(question=question.id, state="option", **option, label=text, **fields)
        if question.scored:
            raise AnswerRefused(f"question {question.id} needs its points; add a points column")
        return Answer(question=question.id, state="points", label=text, **fields)

    def _level(self, question: Question, text: str) -> int:
        first = re.match(r"(?:level\s*)?(\d+)(?:\.0+)?(?![\d.,])", text, re.IGNORECASE)
        level = int(first.group(1)) if first else self.levels.get(text.casefold())
        if level is None:
            raise AnswerRefused(f"question {question.id}: {text!r} is no level; use 1 to {self.framework.top_level}")
        # A source scale that starts at 0 keeps its own numbers in the label.
        return level + 1 - self.framework.first_raw_level


def word_state(text: str) -> Literal["dont_know", "not_applicable"] | None:
    """ "dont_know" or "not_applicable" where the words say so, in whatever spelling."""
    plain = re.sub(r"\s+", " ", text.strip(" \"'.\u00a0").casefold().replace("\u2019", "'"))
    if plain in DONT_KNOW:
        return "dont_know"
    return "not_applicable" if plain in NOT_APPLICABLE or text.strip().casefold() in NOT_APPLICABLE else None


def _pointed(question: Question, label: str, given: str, fields: Mapping[str, Any]) -> Answer:
    if not question.scored:
        if given and word_state(given) is None and _number(question, given):
            raise AnswerRefused(f"question {question.id} is not scored, so it cannot earn {given} points")
        return Answer(question=question.id, state="points", label=label, **fields)
    if word_state(given) == "not_applicable":
        return Answer(question=question.id, state="not_applicable", label=label, **fields)
    if not given:
        raise AnswerRefused(f"question {question.id}: the points are missing; enter them, or N/A where none apply")
    return Answer(
        question=question.id,
        state="points",
        points=_number(question, given),
        label=label,
        **fields,
    )


def _number(question: Question, given: str) -> float:
    try:
        number = float(given.replace(",", "."))
    except ValueError:
        raise AnswerRefused(f"question {question.id}: points {given!r} are not a number") from None
    if not 0 <= number < 1e9:
        raise AnswerRefused(f"question {question.id}: points are 0 or more, not {given}")
    return number


def _option(question: Question, text: str) -> dict[str, Any]:
    for option in question.options:
        if text.casefold() in (option.id.casefold(), option.label.casefold()):
            return {"option": option.id, "points": option.points}
    known = ", ".join(option.label for option in question.options)
    raise AnswerRefused(f"question {question.id}: {text!r} is no option; choose one of {known}")


def _texts(row: Mapping[str, str]) -> dict[str, Any]:
    confidence = row.get("confidence", "")
    if confidence and confidence not in ("1", "2", "3", "4", "5"):
        raise AnswerRefused(f"confidence is 1 to 5, not {confidence!r}")
    for name in ("answer", "comment", "evidence", "respondent"):
        if len(row.get(name, "")) > LONGEST_TEXT:
            raise AnswerRefused(f"{name} is longer than {LONGEST_TEXT} characters; shorten it")
    evidence = row.get("evidence", "")
    is_link = bool(re.match(r"https?://\S+$", evidence))
    return {
        "confidence": int(confidence) if confidence else None,
        "comment": row.get("comment") or None,
        "evidence_link": evidence if is_link else None,
        "evidence_note": evidence if evidence and not is_link else None,
    }


def written(rows: Sequence[tuple[str, str, Answer]], framework: Framework) -> str:
    """Answers as the CSV text that `read_answers` takes; cells that a spreadsheet would run are quoted as texts."""
    out = io.StringIO(newline="")
    pointed = framework.scoring == "sum"
    columns = [name for name in COLUMNS if pointed or name != "points"]
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(columns)
    for department, respondent, answer in rows:
        cells = {
            "department": department,
            "question_id": answer.question,
            "answer": _word(answer),
            "respondent": respondent,
            "points": "N/A" if answer.points is None else f"{answer.points:g}",
            "comment": answer.comment or "",
            "evidence": answer.evidence_link or answer.evidence_note or "",
            "confidence": answer.confidence or "",
        }
        sheet.writerow([harmless(str(cells[name])) for name in columns])
    return out.getvalue()


def _word(answer: Answer) -> str:
    if answer.state == "dont_know":
        return answer.label or "don't know"
    if answer.state == "not_applicable":
        return answer.label or "not applicable"
    return str(answer.level) if answer.level is not None else answer.label or answer.option or ""


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a leading = + - @ gets an apostrophe before it."""
    is_number = re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell)
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number else cell
