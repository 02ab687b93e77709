"""The papers of a workshop: the pack to take along, and the summary for everybody."""

from __future__ import annotations

from maturity.access.roles import Visitor
from maturity.assessment.workshop import Workshop
from maturity.operations.catalogues import names_of
from maturity.operations.early_sight import for_all
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.workshop_results import workshop_results
from maturity.operations.workshop_trend import agreement_trend
from maturity.operations.workshops import require_run
from maturity.operations.workspace import Workspace
from maturity.publishing.workshop_pack import pack_page
from maturity.publishing.workshop_paper import WorkshopPaper
from maturity.publishing.workshop_summary import summary_page
from maturity.words.agenda_sentences import why_on_the_agenda

__all__ = ["MOST_SETS", "summary_for_everybody", "workshop_pack"]

MOST_SETS = 60


def workshop_pack(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop, *, sets: int = 1) -> str:
    """One HTML file to print: the agenda with its reasons, level cards for `sets` participants, a sheet for each
    question, and once the workshop has ended what it came to."""
    require_run(visitor, workshop)
    if not 1 <= sets <= MOST_SETS:
        raise Refused(f"cards are printed for 1 to {MOST_SETS} participants, not {sets}; choose a number in between")
    return pack_page(_paper(workspace, visitor, round_, workshop), sets)


def summary_for_everybody(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> str:
    """One HTML file with what a workshop came to, to send to everybody who was there. It names nobody but the owners
    of follow-ups and actions, and says nothing of the answers before while results are not shown to all."""
    require_run(visitor, workshop)
    return summary_page(_paper(workspace, visitor, round_, workshop))


def _paper(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> WorkshopPaper:
    found = workshop_results(workspace, visitor, round_, workshop)
    today, names = workspace.clock().date(), names_of(workspace, round_)
    ended = found.workshop.status == "ended"
    return WorkshopPaper(
        organisation=round_.organisation,
        round_name=round_.name,
        about=round_.names.get(workshop.department, workshop.department)
        if workshop.department
        else round_.organisation,
        made_on=today,
        results=found,
        meanings=tuple(level.meaning for level in round_.framework.levels),
        why={str(each.matter.id): why_on_the_agenda(each.matter.why, names) for each in found.matters},
        trend=agreement_trend(workspace, visitor, round_, workshop) if ended else None,
        answers_too=for_all(round_.status, round_.closes_on, round_.terms, today),
    )
