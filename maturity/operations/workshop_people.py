"""What is kept about the people in a workshop's room, and taking a name off.

A participant is no person of Waymark: they came in by a code, and all that is kept is a number, a role, their votes
and, in rounds held by name, the name that they gave.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.assessment.workshop import Workshop
from maturity.operations.errors import Refused
from maturity.operations.workshops import take
from maturity.operations.workspace import Workspace
from maturity.storage import workshop_votes as stored
from maturity.storage.engine import Tx
from maturity.storage.revision import bump
from maturity.storage.workshops import workshop_scope


def forget_participant(workspace: Workspace, visitor: Visitor, workshop: Workshop, participant_id: UUID) -> Workshop:
    """Takes off the name that somebody gave at their phone, for good: they keep their number, and their votes stay.

    It waits for nobody and can be done after the workshop, too. Nothing happens where no name stands."""

    def write(tx: Tx, now: datetime) -> None:
        found = stored.participant_of(tx, participant_id)
        if found is None or found.workshop_id != workshop.id:
            raise Refused("nobody of that number is in this workshop; choose somebody of the list")
        stored.forget_name(tx, participant_id)
        bump(tx, workshop_scope(workshop.id))

    # The trail says that a name was taken off, and not whose: it could not be erased there.
    return take(workspace, visitor, workshop, write, "forget name")
