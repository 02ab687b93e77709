"""People's rights: everything that is kept about one person as one document, and erasing it.

A person gets all of their own. An administrator gets, and may erase, what belongs to their own organisations.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.people import Person
from maturity.access.permissions import NotPermitted, may, require
from maturity.access.roles import Visitor
from maturity.access.veil import veiled
from maturity.operations.errors import Refused
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored_people
from maturity.storage import rights as stored
from maturity.storage.audit import record
from maturity.storage.engine import NotStored, Tx

FORMAT = 1
ERASURES = "erase person"
REASONS: Mapping[str, str] = {
    "asked": "The person asked for it",
    "left": "The person left and the time for keeping is over",
    "mistake": "The person was added by mistake",
    "restore": "A backup was restored that still had the person",
}
"""Why somebody is erased, by the code that the audit trail keeps: no free text, which could not be erased."""
LEFT_OUT = (
    "Answers that were not sent, and answers in rounds that are not held under names: the person alone can download "
    "them, under My data.",
    "What belongs to organisations that you do not administer.",
)
_JSON = {"steps", "capacity", "budget", "detail"}
_SAFE = re.compile(r"[^A-Za-z0-9._ -]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """What the store holds about one person: a JSON document, and evidence files by the name that stands in it."""

    document: Mapping[str, Any]
    files: Mapping[str, bytes]

    @property
    def text(self) -> str:
        """The document as indented JSON."""
        return json.dumps(self.document, indent=2, ensure_ascii=False)

    def packed(self) -> bytes:
        """A ZIP with `person.json` and the evidence files."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
            pack.writestr("person.json", self.text)
            for name, body in self.files.items():
                pack.writestr(name, body)
        return out.getvalue()


def export_person(workspace: Workspace, visitor: Visitor, person_id: UUID) -> PersonFile:
    """Everything that is kept about a person, as docs/privacy.md describes it; the trail notes that it was asked for.

    Others than the person themselves get neither unsent answers nor answers of rounds that are not held under names,
    and only what belongs to organisations whose people they manage."""
    own = visitor.person == str(person_id)

    def write(tx: Tx) -> PersonFile:
        person, allowed = _allowed(tx, visitor, person_id)
        made = _file(tx, workspace.clock(), person, None if own else allowed)
        now = workspace.clock()
        record(tx, made_at=now, actor=visitor.person, verb="export person", subject=str(person_id), detail={})
        return made

    return workspace.store.write(write)


def held_about(workspace: Workspace, visitor: Visitor, person_id: UUID) -> dict[str, int]:
    """How much is kept about a person, counted by what it is: nothing of the contents."""
    own = visitor.person == str(person_id)
    with workspace.store.reading() as tx:
        person, allowed = _allowed(tx, visitor, person_id)
        document = _file(tx, workspace.clock(), person, None if own else allowed, bodies=False).document
    asked: list[Mapping[str, Any]] = document["respondents"]
    return {
        "roles": len(document["roles"]),
        "links": len(document["links"]),
        "sessions": len(document["sessions"]),
        "invitations": len(document["invitations"]),
        "answers": sum(len(each["answers"]) for each in asked),
        "topic notes": sum(len(each["topic_notes"]) for each in asked),
        "evidence files": sum(len(each["files"]) for each in asked),
        "actions": len(document["actions"]),
        "decisions": len(document["decisions"]),
        "trail": len(document["trail"]),
    }


def my_person(workspace: Workspace, visitor: Visitor) -> Person | None:
    """The visitor as a person of the store; None for the local administrator and the command line, who are none."""
    require(visitor, "read_help", organisation=None)
    with workspace.store.reading() as tx:
        return _person_or_none(tx, visitor.person)


def require_over(tx: Tx, visitor: Visitor, person_id: UUID) -> Person:
    """Inside a transaction: the person, where the visitor manages the people of every organisation that the person
    belongs to; a refusal otherwise. What is done to somebody holds everywhere."""
    person = _person(tx, person_id)
    for each in _belongs_to(tx, person_id):
        require(visitor, "run_installation" if each is None else "manage_people", organisation=each)
    return person


def _allowed(tx: Tx, visitor: Visitor, person_id: UUID) -> tuple[Person, set[UUID | None]]:
    """The person and the organisations of theirs whose people the visitor manages, None among them for whoever runs the
    installation; refused where there are none."""
    person, places = _person(tx, person_id), _belongs_to(tx, person_id)
    if visitor.person == str(person_id):
        require(visitor, "read_help", organisation=None)
        return person, places
    if may(visitor, "run_installation", organisation=None):
        return person, places | {None}
    allowed: set[UUID | None] = {each for each in places if each and may(visitor, "manage_people", organisation=each)}
    if not allowed:
        raise NotPermitted(f"{visitor.name or 'This visitor'} may not read what is kept about this person")
    return person, allowed


def _belongs_to(tx: Tx, person_id: UUID) -> set[UUID | None]:
    """The person's organisations; None stands for the whole installation, and for somebody who belongs nowhere."""
    return stored.organisations_of_person(tx, person_id, names_of(tx, person_id)) or {None}


def names_of(tx: Tx, person_id: UUID) -> frozenset[str]:
    """What respondents of this person are known by: their id, and a code in each anonymous round that is still open."""
    person = str(person_id)
    return frozenset({person, *(veiled(secret, person) for secret in stored.round_secrets(tx))})


def _person(tx: Tx, person_id: UUID) -> Person:
    try:
        person = stored_people.person_of(tx, person_id)
    except NotStored as error:
        raise Refused(str(error)) from None
    if person.erased_at is not None:
        raise Refused("this person was erased, so nothing is kept about them any more")
    return person


def _person_or_none(tx: Tx, person: str) -> Person | None:
    try:
        return stored_people.person_of(tx, UUID(person))
    except (ValueError, NotStored):
        return None


def _file(
    tx: Tx, now: datetime, person: Person, allowed: set[UUID | None] | None, *, bodies: bool = True
) -> PersonFile:
    """The document; `allowed` None is the person's own, else what belongs to these organisations, without what only
    the person may see. The contents of files are read where `bodies` says so."""
    files: dict[str, bytes] = {}
    everything = allowed is None or None in allowed
    ways = stored.ways_in(tx, person.id)
    document = {
        "what": "Everything that this installation of Waymark holds about one person",
        "format": FORMAT,
        "made_at": now,
        "person": {name: getattr(person, name) for name in ("id", "name", "email", "subject", "created_at", "left_at")},
        "roles": _theirs(stored.roles_ever(tx, person.id), allowed),
        "links": ways["links"],
        "sessions": ways["sessions"],
        "invitations": _theirs(stored.invitations_of(tx, person.id), allowed),
        "respondents": list(_respondents(tx, person.id, allowed, files if bodies else None)),
        "actions": _theirs(stored.actions_owned_by(tx, str(person.id)), allowed),
        "decisions": _theirs(stored.recorded_under(tx, str(person.id)), allowed),
        "trail": stored.trail_of(tx, str(person.id)) if everything else [],
        "left_out": [] if allowed is None else list(LEFT_OUT),
    }
    return PersonFile(document=_plain(document), files=files)


def _theirs(found: Iterable[dict[str, Any]], allowed: set[UUID | None] | None) -> list[dict[str, Any]]:
    """The rows of the organisations that are allowed, without the organisation's id."""
    rows = [row for row in found if allowed is None or None in allowed or row["organisation_id"] in allowed]
    return [{name: value for name, value in row.items() if name != "organisation_id"} for row in rows]


def _respondents(
    tx: Tx, person_id: UUID, allowed: set[UUID | None] | None, files: dict[str, bytes] | None
) -> Iterable[dict[str, Any]]:
    for row in stored.respondents_of(tx, names_of(tx, person_id)):
        own = allowed is None
        if not own and not (None in allowed or row["organisation_id"] in allowed):  # type: ignore[operator]
            continue
        if not own and (row["status"] != "submitted" or row["anonymity"] != "named"):
            continue
        parts = stored.parts_of(tx, row["id"])
        if files is not None:
            for each in parts["files"]:
                each["file"] = _keep(files, each["name"], stored.file_body(tx, each.pop("id")))
        left = ("id", "round_id", "organisation_id")
        yield {**{name: value for name, value in row.items() if name not in left}, **parts}


def _keep(files: dict[str, bytes], name: str, body: bytes | None) -> str | None:
    """Where a file lies in the ZIP; None where its contents are gone."""
    if body is None:
        return None
    where = f"evidence/{len(files) + 1:03}-{_SAFE.sub('_', name)[-80:]}"
    files[where] = body
    return where


def _plain(value: Any, name: str = "") -> Any:
    """Values as JSON has them: ids and times as text, texts that hold JSON as what they hold."""
    if isinstance(value, dict):
        return {key: _plain(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if name in _JSON and isinstance(value, str):
        return json.loads(value)
    return value
