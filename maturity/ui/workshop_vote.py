"""A question before its vote, the vote while it is open, and what it shows once it is revealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from html import escape

import streamlit as st

from maturity.assessment.votes import Reveal
from maturity.assessment.workshop import MOST_BALLOTS, Matter
from maturity.charts.drawing import specification
from maturity.charts.texts import ChartTexts
from maturity.charts.vote_dots import vote_dots_chart
from maturity.framework.examples import WorkedExample
from maturity.ui.context import REFUSALS, show_refusal
from maturity.ui.pictures import show_drawing
from maturity.ui.vote_picture import vote_frame
from maturity.ui.workshop_shown import Live, levels_html, look, notes_are_open, panel
from maturity.words import live_sentences as words
from maturity.words.vote_sentences import agreement_said, vote_name, vote_sentences
from maturity.words.warm_up_sentences import warm_up_sentence

WIDTHS: Mapping[tuple[bool, bool], int] = {
    (True, False): 920,
    (True, True): 720,
    (False, False): 640,
    (False, True): 500,
}
"""Pixels of the picture: on a projector or not, beside an open form or not. The projector's style makes it larger."""
PHONE = 344


def show_question(live: Live, matter: Matter) -> None:
    """The question with everything that the levels say: what is read from the back of the room."""
    example, asked = live.example(matter), live.question(matter)
    st.html(heading_html(live, matter))
    if example is not None:
        story, levels = st.columns([2, 3], gap="large")
        story.html(f'<p class="wm-story">{escape(example.story)}</p>')
        levels.html(levels_html(live, asked))
    else:
        st.html(levels_html(live, asked))


def heading_html(live: Live, matter: Matter) -> str:
    """Topic, department and question."""
    place, text = escape(live.place(matter)), escape(live.text(matter))
    return f'<p class="wm-place">{place}</p><h2 class="wm-question">{text}</h2>'


@st.fragment(run_every="1s")
def show_votes_coming_in(live: Live) -> None:
    """How many have voted, and the time by the server's clock, once a second; never what they voted."""
    try:
        now = look(live.here, live.round, live.workshop, projector=live.projector)
    except REFUSALS as refused:
        show_refusal(refused)
        return
    matter = now.matter
    if matter is None or matter.phase != "voting" or matter.voting_until is None:
        return  # the page is drawn anew in a moment, by what follows the room
    votes, here = now.room.votes_cast, len(now.room.participants)
    left = matter.voting_until - live.here.workspace.clock()
    over = f" <small>{escape(words.TAKE_YOUR_TIME)}</small>" if left <= timedelta(0) else ""
    share = round(100 * votes / max(here, votes, 1))
    st.html(
        f'<div class="wm-vote"><p>{escape(words.have_voted(votes, here))}</p>'
        f'<p class="wm-clock" role="timer">{words.clock(left)}{over}</p>'
        f'<div class="wm-bar" aria-hidden="true"><span style="width: {share}%"></span></div></div>'
    )


def show_reveal(live: Live, matter: Matter) -> None:
    """What the vote shows: the dots with their table, and who explains first; below five votes only that."""
    ballots = live.room.reveals.get(matter.id, ())
    st.html(f'<div class="wm-after">{heading_html(live, matter)}</div>')
    if not ballots:
        return
    last = ballots[-1]
    example = live.example(matter)
    st.html(_right_html(live, example, last) if example else _callout_html(matter, last))
    if any(not each.hidden for each in ballots):
        show_ballots(live, matter, ballots)
    if example or last.hidden:
        st.html(levels_html(live, live.question(matter), right=example.level if example else None))


def _callout_html(matter: Matter, last: Reveal) -> str:
    if last.hidden:
        said, more = words.not_shown(last.votes, last.dont_know), words.TALK_THEN_RECORD
    elif last.first_to_speak:
        said, more = words.speaks_first(*last.first_to_speak), words.votes_left(matter.ballot, MOST_BALLOTS)
    else:
        said, more = words.ALL_SAME, ""
    below = f"<span>{escape(more)}</span>" if more else ""
    return f'<p class="wm-callout">{escape(said)}{below}</p>'


def _right_html(live: Live, example: WorkedExample, last: Reveal) -> str:
    """The right level of a worked example, why, and how far off the room was."""
    said = warm_up_sentence(last.counts, example.level, last.dont_know)
    return (
        f'<p class="wm-agreed">Right: {example.level}, {escape(live.level_name(example.level))}</p>'
        f'<p class="wm-said">{escape(example.why)}</p><p class="wm-callout">{escape(said)}</p>'
    )


def show_ballots(live: Live, matter: Matter, ballots: tuple[Reveal, ...]) -> None:
    """The dots of each ballot, and beside them the same numbers as a table."""
    names = [each.name for each in live.round.framework.levels]
    rows = vote_frame(ballots, len(names))
    texts = ChartTexts.of(vote_sentences(rows))
    beside = bool(panel(live)) or notes_are_open()
    wide = WIDTHS[live.projector, beside]
    picture, table = (st.container(), st.container()) if beside else st.columns([3, 1], gap="medium")
    with picture:
        show_drawing(
            f"votes-{matter.id}",
            lambda narrow, mode: specification(
                vote_dots_chart(
                    rows, levels=names, mode=mode, texts=texts, width=PHONE if narrow else wide, narrow=narrow
                )
            ),
            revision=(live.here.workspace.url, str(matter.id), ballots, wide),  # votes on paper may be counted again
            mode=live.here.mode,
        )
    table.html(table_html(live, ballots))


def table_html(live: Live, ballots: tuple[Reveal, ...]) -> str:
    """Votes at each level, median, spread and agreement, a column for each ballot."""
    head = "".join(f'<th scope="col">{escape(vote_name(each.ballot))}</th>' for each in ballots)
    lines = [
        (f"{each.level} {each.name}", [_count(of.counts, each.level) for of in ballots])
        for each in live.round.framework.levels
    ]
    lines.append(("Don't know", ["" if each.hidden else str(each.dont_know) for each in ballots]))
    lines.append(("Median", ["" if each.median is None else f"{each.median:g}" for each in ballots]))
    lines.append(("Levels apart", ["" if each.apart is None else str(each.apart) for each in ballots]))
    lines.append(("Agreement", ["" if each.agreement is None else agreement_said(each.agreement) for each in ballots]))
    body = "".join(_row_html(name, cells) for name, cells in lines)
    return (
        f'<table class="wm-votes"><caption>Votes</caption><thead><tr><th scope="col">Level</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row_html(name: str, cells: list[str]) -> str:
    written = "".join(f"<td>{escape(cell or '–')}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{written}</tr>'


def _count(counts: tuple[int, ...] | None, level: int) -> str:
    return "" if counts is None else str(counts[level - 1])
