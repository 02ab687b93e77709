"""The reports of a plan: what the process beside the server is asked for them, what came back, and what files are
called."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.early_sight import WHOLE
from maturity.operations.errors import Refused
from maturity.operations.report_facts import ReadReport, read_report
from maturity.operations.report_making import can_make, make
from maturity.operations.report_pictures import picture_specifications
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.request import PlanningError
from maturity.publishing.report_facts import ReportFacts, facts_document
from maturity.words.pack_sentences import KINDS, ReportKind

__all__ = [
    "KINDS",
    "MEDIA",
    "Report",
    "ReportKind",
    "ReportQuestion",
    "can_make",
    "full_set",
    "report",
    "report_of",
    "report_question",
]

Document = Mapping[str, Any]
Told = Callable[[Document], None]
ENDS: Mapping[ReportKind, str] = {"board-pack": "pptx", "strategy": "docx", "workbook": "xlsx", "pdf": "pdf"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA: Mapping[str, str] = {
    "pptx": f"{_OFFICE}presentationml.presentation",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A finished file: its name, its media type and its bytes."""

    name: str
    media: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuestion:
    """What the process is asked, of kind "report": `body` holds facts, specifications and kinds. `print` is the same
    for the same facts, so that a change meanwhile can be told."""

    organisation: str
    as_of: date
    kinds: tuple[ReportKind, ...]
    body: Document
    print: str
    facts: ReportFacts


def report_question(
    workspace: Workspace,
    visitor: Visitor,
    plan_name: str,
    kinds: Sequence[ReportKind],
    organisation: str | None = None,
    *,
    with_answers: bool = False,
) -> ReportQuestion:
    """What is asked for the reports of these kinds, as the visitor may read them now. Refused without `read_reports`,
    for an unknown kind, and where nothing is there to report yet."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_reports")
    require(visitor, "read_reports", WHOLE, organisation=mine.id)
    chosen = _known(kinds)
    read = read_report(workspace, visitor, plan_name, mine.name, with_answers=with_answers)
    _refuse_nothing(read)
    document, pictures = facts_document(read.facts), picture_specifications(read)
    written = json.dumps([document, pictures], sort_keys=True, default=str)
    return ReportQuestion(
        organisation=mine.name,
        as_of=read.facts.as_of,
        kinds=chosen,
        body=json.loads(json.dumps({"facts": document, "specifications": pictures, "kinds": chosen}, default=str)),
        print=hashlib.sha256(written.encode()).hexdigest(),
        facts=read.facts,
    )


def report_of(result: Document, question: ReportQuestion) -> tuple[Report, ...]:
    """The files that came back, in the order in which they were asked for."""
    return tuple(_file(kind, result["files"][kind], question) for kind in question.kinds)


def full_set(reports: Sequence[Report], question: ReportQuestion) -> Report:
    """Several reports packed into one zip; the same reports give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for each in reports:
            into.writestr(zipfile.ZipInfo(each.name, OLDEST), each.content)
    return Report(name=file_name(question, "full-set", "zip"), media=MEDIA["zip"], content=packed.getvalue())


def report(
    workspace: Workspace,
    visitor: Visitor,
    plan_name: str,
    kind: ReportKind,
    organisation: str | None = None,
    *,
    with_answers: bool = False,
    told: Told | None = None,
) -> Report:
    """One report, made here and now by the same code as in the process beside the server: for the command line."""
    question = report_question(workspace, visitor, plan_name, [kind], organisation, with_answers=with_answers)
    try:
        result = make(question.body, told or (lambda _stage: None))
    except PlanningError as error:
        raise Refused(str(error)) from None
    return report_of(result, question)[0]


def file_name(question: ReportQuestion, what: str, end: str) -> str:
    """Such as `port-ellery-board-pack-2026-11-26.pptx`."""
    name = re.sub(r"[^a-z0-9]+", "-", question.organisation.lower()).strip("-")[:60] or "organisation"
    return f"{name}-{what}-{question.as_of.isoformat()}.{end}"


def _file(kind: ReportKind, content: str, question: ReportQuestion) -> Report:
    end = ENDS[kind]
    return Report(name=file_name(question, kind, end), media=MEDIA[end], content=base64.b64decode(content))


def _known(kinds: Sequence[ReportKind]) -> tuple[ReportKind, ...]:
    strange = [each for each in kinds if each not in KINDS]
    if strange or not kinds:
        raise Refused(f"there is no report {', '.join(strange) or 'of no kind'!r}; choose one of {', '.join(KINDS)}")
    return tuple(dict.fromkeys(kinds))


def _refuse_nothing(read: ReadReport) -> None:
    if read.standing is None and read.delivery is None:
        raise Refused(" ".join(read.facts.missing[:2]).rstrip("."))
