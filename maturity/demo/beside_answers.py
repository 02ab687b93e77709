"""What stands beside the answers of the demo's second round: files as evidence, a flag, and what heads replied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from maturity.demo.files import DemoFiles
from maturity.demo.filled import DemoRespondent, DemoRound
from maturity.demo.inhabitants import Inhabitants

REPLIED, FLAGGED = 4, 6
"""Days after the last day of the round."""
BEFORE_SENDING = timedelta(minutes=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFile:
    """A small file beside somebody's answer; `of` is the respondent's department and address."""

    of: tuple[str, str]
    question: str
    name: str
    body: bytes
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFlag:
    """Weak evidence of somebody's answer, and why it is weak."""

    of: tuple[str, str]
    question: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReply:
    """What a head (by address) says to the result of the own department."""

    department: str
    head: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideAnswers:
    """All of it."""

    files: tuple[DemoFile, ...]
    flags: tuple[DemoFlag, ...]
    replies: tuple[DemoReply, ...]


def beside_answers(files: DemoFiles, filled: DemoRound, inhabitants: Inhabitants) -> BesideAnswers:
    """What belongs to the departments that take part; nothing where nobody answered a question by a level."""
    closed, people = datetime.combine(filled.window.closes, time(10), UTC), files.people
    made = [
        DemoFile(
            of=one.place,
            question=each.question,
            name=each.name,
            body=pdf_of(each.lines) if each.kind == "pdf" else ("\n".join(each.lines) + "\n").encode(),
            at=one.submitted_at - BEFORE_SENDING,
        )
        for each in people.files
        if (one := _who_shows(filled, each.department, each.question)) and one.submitted_at
    ]
    flags = [
        DemoFlag(
            of=one.place,
            question=each.question,
            reason=each.reason,
            at=closed + timedelta(days=FLAGGED),
        )
        for each in people.flags
        if (one := _who_shows(filled, each.department, each.question))
    ]
    replies = [
        DemoReply(
            department=each.department,
            head=inhabitants.head_of(each.department),
            text=each.text,
            at=closed + timedelta(days=REPLIED, minutes=17 * place),
        )
        for place, each in enumerate(people.replies)
        if each.department in filled.departments
    ]
    return BesideAnswers(files=tuple(made), flags=tuple(flags), replies=tuple(replies))


def _who_shows(filled: DemoRound, department: str, question: str) -> DemoRespondent | None:
    """Who sent a level for this question, first of all somebody who pointed to evidence."""
    found = [
        (answer.evidence_note is None, place, one)
        for place, one in enumerate(filled.respondents)
        if one.department == department and one.submitted_at
        for answer in one.answers
        if answer.question == question and answer.state == "level"
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def pdf_of(lines: tuple[str, ...]) -> bytes:
    """A page of plain lines as a PDF: the few parts that a reader needs, nothing packed, always the same bytes."""
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    stream = f"BT /F1 12 Tf 18 TL 72 770 Td\n{shown}ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(body))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
