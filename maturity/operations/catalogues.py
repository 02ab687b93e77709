"""The action catalogue as an organisation has it."""

from __future__ import annotations

from maturity.operations.frameworks import catalogue_for
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import ActionCatalogue


def catalogue_of(workspace: Workspace, round_: Round) -> ActionCatalogue | None:
    """The catalogue that plans of a round are made from, or None: then nothing can be proposed for its gaps."""
    return catalogue_for(round_.framework)
