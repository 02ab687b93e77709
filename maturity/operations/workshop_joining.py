"""Coming into a workshop by phone: the code, the door, and the seat. Nobody is signed in here; whoever has the code
is in the room, and the signed seat is who they are.

Many phones join within seconds, so joining takes a list: one transaction for all that came meanwhile.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from maturity.access import tokens
from maturity.assessment.terms import ROLE_FAMILIES, Anonymity
from maturity.assessment.workshop import Participant
from maturity.operations.errors import Refused
from maturity.operations.workshops import CODE_LENGTH, CODE_LETTERS, SEAT_KEY
from maturity.operations.workspace import Workspace
from maturity.storage import workshop_votes as stored
from maturity.storage import workshops as stored_workshops
from maturity.storage.engine import Tx
from maturity.storage.sign_in import installation_secret
from maturity.storage.terms import terms_of

CODE = re.compile(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")
TICKET = re.compile(r"[A-Za-z0-9_-]{22}")
LONGEST_NAME = 60
MOST_PEOPLE = 1_000

_keys: dict[str, str] = {}


class NoWorkshop(Refused):
    """No workshop takes people by that code: it is wrong, or the workshop has ended. Nobody is told which."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No workshop with the code {code} is open. Check the screen and try again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Somebody who wants in. `ticket` is chance that the form brought along: the same ticket is the same person, so a
    double click or a form sent again lets nobody in twice."""

    code: str
    ticket: str
    role_family: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What somebody who wants in is told before they join; a name may be given where the round is held by name."""

    name: str
    anonymity: Anonymity

    @property
    def asks_for_names(self) -> bool:
        """Whether a name may be given."""
        return self.anonymity == "named"


def clean_code(written: str) -> str:
    """The code as it was meant: without blanks and dashes, in capitals."""
    return re.sub(r"[\s-]", "", written).upper()


def door(workspace: Workspace, code: str) -> Door:
    """What a workshop says at its door; `NoWorkshop` where the code takes nobody in."""
    with workspace.store.reading() as tx:
        found = stored_workshops.workshop_by_code(tx, code) if CODE.fullmatch(code) else None
        if found is None or not found.takes_people(workspace.clock()):
            raise NoWorkshop(code)
        return Door(name=found.name, anonymity=terms_of(tx, found.round_id).anonymity)


def seat_of(workspace: Workspace, cookie: str) -> UUID | None:
    """The participant whose cookie this is; None where it is none of ours."""
    key = _key(workspace)
    return tokens.read_seat(key, cookie) if key else None


def join(workspace: Workspace, people: Sequence[Joining]) -> list[str | Refused]:
    """Lets people in, all in one transaction: for each the value of the cookie, or why not."""

    def write(tx: Tx) -> tuple[list[str | Refused], str]:
        key = installation_secret(tx, SEAT_KEY) or ""
        return _joined(tx, workspace, key, people), key

    answers, key = workspace.store.write(write)
    _keys[workspace.url] = key  # a demo that was built anew has another one
    return answers


def _joined(tx: Tx, workspace: Workspace, key: str, people: Sequence[Joining]) -> list[str | Refused]:
    now, answers, new = workspace.clock(), list[str | Refused](), dict[UUID, list[Participant]]()
    open_ones = {
        code: found
        for code in {each.code for each in people}
        if CODE.fullmatch(code) and (found := stored_workshops.workshop_by_code(tx, code)) and found.takes_people(now)
    }
    there = {found.id: stored.members(tx, found.id) for found in open_ones.values()}
    by_name = {found.id: terms_of(tx, found.round_id).anonymity == "named" for found in open_ones.values()}
    for each in people:
        workshop = open_ones.get(each.code)
        if workshop is None:
            answers.append(NoWorkshop(each.code))
            continue
        identity = _participant_id(key, workshop.id, each.ticket)
        try:
            _check(each, full=identity not in there[workshop.id] and len(there[workshop.id]) >= MOST_PEOPLE)
        except Refused as refused:
            answers.append(refused)
            continue
        there[workshop.id].add(identity)
        new.setdefault(workshop.id, []).append(
            Participant(
                id=identity,
                workshop_id=workshop.id,
                number=0,
                name=each.name.strip() or None if by_name[workshop.id] else None,
                role_family=each.role_family,
                joined_at=now,
            )
        )
        answers.append(tokens.sign_seat(key, identity))
    for workshop_id, joined in new.items():
        tx.alone(stored_workshops.workshop_scope(workshop_id))
        stored.add_participants(tx, workshop_id, joined)
    return answers


def _check(joining: Joining, *, full: bool) -> None:
    if not TICKET.fullmatch(joining.ticket):
        raise Refused("This form is not one of ours. Open the page anew and try again.")
    if joining.role_family not in ROLE_FAMILIES:
        raise Refused("Choose your role, so that everybody sees who is in the room.")
    if len(joining.name.strip()) > LONGEST_NAME or not joining.name.isprintable():
        raise Refused(f"A name has at most {LONGEST_NAME} characters and stands on one line. Shorten it.")
    if full:
        raise Refused(f"{MOST_PEOPLE:,} people are in this workshop, and more do not fit. Ask the facilitator.")


def _participant_id(key: str, workshop_id: UUID, ticket: str) -> UUID:
    made = hmac.new(key.encode(), f"{workshop_id.hex}.{ticket}".encode(), hashlib.sha256).digest()
    return UUID(bytes=made[:16], version=4)


def _key(workspace: Workspace) -> str | None:
    if not _keys.get(workspace.url):
        with workspace.store.reading() as tx:
            key = installation_secret(tx, SEAT_KEY)
        if key is None:
            return None
        _keys[workspace.url] = key
    return _keys[workspace.url]
