"""One respondent's questionnaire as it stands, in one look at the store, and what was sent back to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maturity.access.roles import Visitor
from maturity.operations.own import require_own
from maturity.operations.workspace import Workspace
from maturity.storage import answers as stored_answers
from maturity.storage import evidence as stored_evidence
from maturity.storage import respondents as people
from maturity.storage import sent_back as stored_sent_back
from maturity.storage.rows import EvidenceFile, Respondent, SentBack, StoredAnswer, TopicNote


@dataclass(frozen=True, slots=True, kw_only=True)
class MyQuestionnaire:
    """Answers and files by question id, notes by topic id, what was sent back (the latest first), and why a question
    was flagged, by question id, while something is sent back."""

    respondent: Respondent
    answers: Mapping[str, StoredAnswer]
    notes: Mapping[str, TopicNote]
    files: Mapping[str, Sequence[EvidenceFile]]
    sent_back: Sequence[SentBack]
    flags: Mapping[str, str]


def my_questionnaire(workspace: Workspace, visitor: Visitor, respondent: Respondent) -> MyQuestionnaire:
    """Everything of one's own that the questionnaire shows."""
    with workspace.store.reading() as tx:
        require_own(tx, visitor, respondent.id)
        back = stored_sent_back.notes_to(tx, respondent.id)
        current = any(each.current for each in back)
        return MyQuestionnaire(
            respondent=people.respondent_of(tx, respondent.id),
            answers=stored_answers.answers_of(tx, respondent.id),
            notes=stored_answers.topic_notes(tx, respondent.id),
            files=stored_evidence.files_of(tx, respondent.id),
            sent_back=back,
            flags=stored_sent_back.flags_on(tx, respondent.id) if current else {},
        )


def sent_back_notes(workspace: Workspace, visitor: Visitor, respondent: Respondent) -> list[SentBack]:
    """With which notes one's own answers were sent back, the latest first; current until they are sent again."""
    with workspace.store.reading() as tx:
        require_own(tx, visitor, respondent.id)
        return stored_sent_back.notes_to(tx, respondent.id)
