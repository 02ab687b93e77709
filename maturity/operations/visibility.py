"""Who may get to see what: the class of every question and every field, set with a reason, obeyed by what leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.access.visibility import (
    CLASSES,
    FIELDS,
    GIVEN_REASONS,
    USUAL_QUESTION_CLASS,
    Class,
)
from maturity.framework.model import Framework
from maturity.operations.changes import change, public_scope, short_text
from maturity.operations.errors import Refused
from maturity.operations.rounds import rounds
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import visibility as stored
from maturity.storage.engine import Tx
from maturity.storage.visibility import SetClass, Subject

__all__ = ["Classed", "class_of_question", "field_classes", "set_visibility", "shut_fields", "visibility"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classed:
    """A question or a field with its class. `name` is the text of a question, "" for a field; `reason` is a code of
    `access.visibility`, "" for what is public, `said` what was written beside it; `is_usual` where nobody decided."""

    subject: Subject
    code: str
    level: Class
    reason: str = ""
    said: str = ""
    is_usual: bool = True
    name: str = ""
    set_by: str = ""


def visibility(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Classed, ...]:
    """Every field of an edition, then every question of the newest round's framework, with its class."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    newest = next(reversed(rounds(workspace, visitor, mine.name)), None)
    with workspace.store.reading() as tx:
        found = {(each.subject, each.code): each for each in stored.classes_of(tx, mine.id)}
    questions = newest.framework.questions if newest else {}
    fields = [_classed("field", code, found) for code in FIELDS]
    return (*fields, *(replace(_classed("question", code, found), name=questions[code].text) for code in questions))


def set_visibility(
    workspace: Workspace, visitor: Visitor, subject: Subject, codes: Iterable[str], level: Class, reason: str = "",
    said: str = "", *, organisation: str | None = None,
) -> int:  # fmt: skip
    """Sets the class of fields or questions. What is withheld needs one of `GIVEN_REASONS` and a sentence on why, a
    question that is made public the sentence. Returns how many were set."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    wanted, why = sorted(set(codes)), short_text(said, "why")
    _check(workspace, visitor, mine.name, subject, wanted)
    if level not in CLASSES:
        raise Refused(f"{level!r} is no class; choose one of {', '.join(CLASSES)}")
    if level == "withheld" and reason not in GIVEN_REASONS:
        raise Refused(f"what is withheld needs a reason; choose one of {', '.join(GIVEN_REASONS)}")
    if level == "withheld" or (subject == "question" and level == "public"):
        short_text(said, "a sentence that says why", least=3)
    code = reason if level == "withheld" else ""

    def write(tx: Tx, now: datetime) -> int:
        for each in wanted:
            chosen = SetClass(
                subject=subject, code=each, level=level, reason=f"{code}: {why}", set_by=visitor.name, set_at=now
            )
            if level == _usual(subject, each) and not code:
                stored.drop_class(tx, mine.id, subject, each)
            else:
                stored.set_class(tx, mine.id, chosen)
        return len(wanted)

    detail = {"subject": subject, "codes": wanted, "class": level, "reason": code, "why": why}
    return change(
        workspace, visitor, write, scope=public_scope(mine.id), verb="set visibility", subject=subject, detail=detail
    )


def _check(workspace: Workspace, visitor: Visitor, organisation: str, subject: str, codes: list[str]) -> None:
    if subject == "field":
        known = set(FIELDS)
    elif subject == "question":
        known = {code for each in rounds(workspace, visitor, organisation) for code in each.framework.questions}
    else:
        raise Refused(f"{subject[:40]!r} has no class of visibility; choose field or question")
    if not codes:
        raise Refused(f"no {subject} is chosen; choose at least one")
    if strange := [each for each in codes if each not in known]:
        raise Refused(f"there is no {subject} {strange[0][:60]!r}; choose one of the list")


def field_classes(tx: Tx, organisation_id: UUID) -> tuple[Classed, ...]:
    """The class of every field of an edition."""
    found = {(each.subject, each.code): each for each in stored.classes_of(tx, organisation_id)}
    return tuple(_classed("field", code, found) for code in FIELDS)


def shut_fields(tx: Tx, organisation_id: UUID) -> dict[str, str]:
    """Why a field may not be published, by field: a reason that was given, or that it is given out on request."""
    return {each.code: each.reason for each in field_classes(tx, organisation_id) if each.level != "public"}


def class_of_question(tx: Tx, organisation_id: UUID, framework: Framework) -> Mapping[str, Classed]:
    """The class of every question of a framework, by its id."""
    found = {(each.subject, each.code): each for each in stored.classes_of(tx, organisation_id)}
    return {code: _classed("question", code, found) for code in framework.questions}


def _classed(subject: Subject, code: str, found: Mapping[tuple[Subject, str], SetClass]) -> Classed:
    chosen = found.get((subject, code))
    level = chosen.level if chosen else _usual(subject, code)
    reason, _, said = chosen.reason.partition(": ") if chosen else ("", "", "")
    usual_reason = "on_request" if level == "on_request" else ""
    return Classed(
        subject=subject, code=code, level=level, reason=reason or usual_reason, said=said, is_usual=chosen is None,
        set_by=chosen.set_by if chosen else "",
    )  # fmt: skip


def _usual(subject: str, code: str) -> Class:
    return FIELDS[code] if subject == "field" else USUAL_QUESTION_CLASS
