"""What happened to the demo's answers: sent back, shown by files, flagged, replied to, and signed off."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from maturity.assessment.files import media_type
from maturity.demo.beside_answers import BesideAnswers, DemoFile
from maturity.demo.filled import DemoRound
from maturity.demo.inhabitants import Inhabitants
from maturity.operations.demo_filling import Chair
from maturity.operations.rounds import Round
from maturity.operations.sign_off import sign_off_round
from maturity.storage import evidence, replies, review
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.respondents import respondents
from maturity.storage.revision import bump
from maturity.storage.rows import EvidenceFile

Ids = Mapping[tuple[str, str], UUID]
"""Respondents by department and e-mail address."""


def sign_off(chair: Chair, inhabitants: Inhabitants, round_: Round, day: date) -> Round:
    """The leader signs a closed round off on a day."""
    leader = chair.somebody(inhabitants.leads, "Leadership", "leader", round_.organisation_id)
    return sign_off_round(chair.on(day), leader, round_)


def fill_sent_back(chair: Chair, inhabitants: Inhabitants, round_: Round, filled: DemoRound) -> None:
    """The answers of a round that were sent back, and sent again."""
    ids, by = _respondents(chair, round_), str(chair.people[inhabitants.reviews])

    def write(tx: Tx) -> None:
        for each in filled.respondents:
            if each.sent_back is None or each.submitted_at is None:
                continue
            at, respondent = each.sent_back.at, ids[each.place]
            review.keep_sent_back(tx, chair.new_person_id(at), respondent, each.sent_back.note, by=by, now=at)
            detail = {"department": each.department, "respondent": str(respondent)}
            record(tx, made_at=at, actor=by, verb="send answers back", subject=round_.name, detail=detail)
            sent = {"round": round_.name, "department": each.department}
            actor = str(chair.people[each.person])
            record(
                tx, made_at=each.submitted_at, actor=actor, verb="send answers", subject=str(respondent), detail=sent
            )

    chair.workspace.store.write(write)


def fill_beside(
    chair: Chair,
    inhabitants: Inhabitants,
    round_: Round,
    beside: BesideAnswers,
    departments: Mapping[str, UUID],
) -> None:
    """Files, flags and replies of a round."""
    ids, reviewer = _respondents(chair, round_), str(chair.people[inhabitants.reviews])

    def write(tx: Tx) -> None:
        for file in beside.files:
            _keep_file(tx, chair, round_, file, ids)
        for flag in beside.flags:
            kept = review.Flag(reason=flag.reason, flagged_by=reviewer, flagged_at=flag.at)
            review.save_flag(tx, ids[flag.of], flag.question, kept)
            detail = {"department": flag.of[0], "question": flag.question}
            record(tx, made_at=flag.at, actor=reviewer, verb="flag evidence", subject=round_.name, detail=detail)
        for each in beside.replies:
            place, head = departments[each.department], str(chair.people[each.head])
            replies.put_reply(tx, round_.id, place, each.text, said_by=head, said_at=each.at, row_version=1)
            said = {"department": each.department}
            record(tx, made_at=each.at, actor=head, verb="reply to a result", subject=round_.name, detail=said)
        bump(tx, round_.scope)
        bump(tx, replies.reply_scope(round_.id))

    chair.workspace.store.write(write)


def _keep_file(tx: Tx, chair: Chair, round_: Round, file: DemoFile, ids: Ids) -> None:
    new = EvidenceFile(
        id=chair.new_person_id(file.at),
        respondent_id=ids[file.of],
        question=file.question,
        name=file.name,
        media_type=media_type(file.name, file.body),
        size=len(file.body),
        sha256=hashlib.sha256(file.body).hexdigest(),
        uploaded_at=file.at,
    )
    evidence.add_file(tx, new, file.body)
    detail = {"round": round_.name, "department": file.of[0], "question": file.question, "size": new.size}
    actor = str(chair.people[file.of[1]])
    record(tx, made_at=file.at, actor=actor, verb="give evidence", subject=str(new.id), detail=detail)


def _respondents(chair: Chair, round_: Round) -> dict[tuple[str, str], UUID]:
    emails = {str(identity): email for email, identity in chair.people.items()}
    with chair.workspace.store.reading() as tx:
        found = respondents(tx, round_.id)
    return {(each.department, emails[each.person or ""]): each.id for each in found}
