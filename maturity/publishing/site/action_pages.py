"""A page for each action, at an address that stays: also where the action has left the roadmap."""

from __future__ import annotations

from functools import partial

from maturity.publishing.site.history import GoneAction
from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.paging import MOST_TEXT, paged, weight
from maturity.publishing.site.voice_pages import voice_weight
from maturity.roadmap.editions import PublicAction

MOST_VOICES, MOST_LINKS, MOST_MOVES = 20, 25, 20


def action_pages(writer: PageWriter) -> Makers:
    """The pages of the actions of the edition, and of those that were in an earlier one."""
    made: Makers = {_path(writer, each): partial(_page, writer, each, None) for each in writer.known.values()}
    return made | {
        _path(writer, each.action): partial(_page, writer, each.action, each) for each in writer.gone.values()
    }


def _path(writer: PageWriter, action: PublicAction) -> str:
    return writer.path(f"actions/{action.slug}.html")


def _page(writer: PageWriter, action: PublicAction, gone: GoneAction | None) -> bytes:
    assert writer.edition is not None
    voices = writer.facts.voices_of.get(action.slug, ())
    waiting = writer.needed_by.get(action.slug, [])
    moves = paged(action.moves[::-1], MOST_MOVES, lambda each: weight(each.why, each.approved_by), MOST_TEXT // 2)[0]
    return writer.page(
        "action.html",
        _path(writer, action),
        action=action,
        gone=gone,
        currency=writer.edition.currency,
        moves=moves[::-1],
        needs=[writer.known[slug] for slug in action.requires if slug in writer.known],
        needed_by=waiting[:MOST_LINKS],
        more_need_it=len(waiting[MOST_LINKS:]),
        voices=paged(voices, MOST_VOICES, voice_weight, MOST_TEXT // 2)[0],
        voices_count=len(voices),
    )
