"""What the parts of the page of editions share: who may do what here, and where the last thing done is said."""

from __future__ import annotations

from maturity.access.permissions import Verb, may
from maturity.ui.context import PageContext

SAID = "editions:said"


def may_here(here: PageContext, verb: Verb) -> bool:
    """Whether the visitor may do this here."""
    return may(here.visitor, verb, None, here.organisation.id if here.organisation else None)


def organisation_name(here: PageContext) -> str | None:
    """The name of the organisation, None where there is none."""
    return here.organisation.name if here.organisation else None
