"""Files beside answers: the respondent gives and removes them; respondent and reviewer read them, and nobody else."""

from __future__ import annotations

import hashlib
from uuid import UUID

from maturity.access.permissions import NotPermitted, may
from maturity.access.roles import Visitor
from maturity.assessment.files import MOST_FILES, EvidenceRefused, cleaned_name, media_type
from maturity.operations.errors import Refused
from maturity.operations.own import actor_in, owned, require_answering, require_own, written
from maturity.operations.respondents import started_on
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage import answers as stored_answers
from maturity.storage import evidence as stored
from maturity.storage.audit import record
from maturity.storage.engine import NotStored, Tx, new_id
from maturity.storage.respondents import holder_of
from maturity.storage.rows import EvidenceFile, Holder, Respondent

__all__ = ["EvidenceFile", "attach_file", "evidence_content", "my_files", "remove_file"]

NOT_YOURS = "this file is not open to you; only who gave it and the reviewer of the department may read it"


def attach_file(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    respondent: Respondent,
    question: str,
    name: str,
    body: bytes,
) -> EvidenceFile:
    """Keeps a file beside an answer that is there. Refused by kind, size, or where the answer has enough files."""
    clean = cleaned_name(name)
    try:
        kind = media_type(clean, body)
    except EvidenceRefused as error:
        raise Refused(str(error)) from None
    digest = hashlib.sha256(body).hexdigest()

    def write(tx: Tx) -> EvidenceFile:
        tx.alone(f"respondent:{respondent.id}")
        held = require_own(tx, visitor, respondent.id, round_)
        require_answering(round_, held)
        if question not in stored_answers.answers_of(tx, respondent.id):
            raise Refused(f"question {question} has no answer yet; choose one before you give evidence for it")
        there = stored.files_of(tx, respondent.id).get(question, [])
        same = next((each for each in there if each.sha256 == digest), None)
        if same:
            return same
        if len(there) >= MOST_FILES:
            raise Refused(f"there are {MOST_FILES} files beside this answer already; remove one, or give a link")
        now = started_on(held.anonymous, workspace.clock())
        new = EvidenceFile(
            id=new_id(now), respondent_id=respondent.id, question=question, name=clean, media_type=kind,
            size=len(body), sha256=digest, uploaded_at=now,
        )  # fmt: skip
        stored.add_file(tx, new, body)
        _note(tx, workspace, visitor, held, round_, "give evidence", new)
        return new

    return written(workspace, write)


def remove_file(workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent, file_id: UUID) -> None:
    """Removes one of one's own files: its name and contents are gone, that there was one stays."""

    def write(tx: Tx) -> None:
        held = require_own(tx, visitor, respondent.id, round_)
        require_answering(round_, held)
        file = _known(tx, file_id)
        if file.respondent_id != respondent.id:
            raise NotPermitted(NOT_YOURS)
        if file.removed_at is None:
            stored.remove_file(tx, file_id, workspace.clock())
            _note(tx, workspace, visitor, held, round_, "remove evidence", file)

    written(workspace, write)


def my_files(workspace: Workspace, visitor: Visitor, respondent: Respondent) -> dict[str, list[EvidenceFile]]:
    """The respondent's own files by question, without their contents."""
    with workspace.store.reading() as tx:
        require_own(tx, visitor, respondent.id)
        return stored.files_of(tx, respondent.id)


def evidence_content(workspace: Workspace, visitor: Visitor, file_id: UUID) -> bytes:
    """The contents of a file, for its respondent, and once the answers are sent for reviewers of the department."""
    with workspace.store.reading() as tx:
        file = _known(tx, file_id)
        held = holder_of(tx, file.respondent_id)
        if not (_is_own(tx, visitor, held) or _may_review(visitor, held)):
            raise NotPermitted(NOT_YOURS)
        body = stored.body_of(tx, file_id)
    if body is None:
        raise Refused("this file was removed; there is nothing to read any more")
    return body


def _known(tx: Tx, file_id: UUID) -> EvidenceFile:
    try:
        return stored.file_of(tx, file_id)
    except NotStored:  # said as for a file of somebody else, so that nobody learns which there are
        raise NotPermitted(NOT_YOURS) from None


def _is_own(tx: Tx, visitor: Visitor, held: Holder) -> bool:
    return may(visitor, "answer", held.department, held.organisation_id) and owned(tx, visitor, held) is not None


def _may_review(visitor: Visitor, held: Holder) -> bool:
    return held.status == "submitted" and may(visitor, "review", held.department, held.organisation_id)


def _note(
    tx: Tx, workspace: Workspace, visitor: Visitor, held: Holder, round_: Round, verb: str, file: EvidenceFile
) -> None:
    detail = {"round": round_.name, "department": held.department, "question": file.question, "size": file.size}
    actor = actor_in(visitor, held)
    record(tx, made_at=workspace.clock(), actor=actor, verb=verb, subject=str(file.id), detail=detail)
