"""An open workshop as it stands on the screen at one moment: the room, and where on the agenda it is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal
from uuid import UUID

import streamlit as st

from maturity.assessment.workshop import MINUTES_A_MATTER, MOST_BALLOTS, Matter, Workshop
from maturity.framework.examples import WorkedExample, example_of
from maturity.framework.model import Question
from maturity.operations.rounds import Round
from maturity.operations.workshop_room import Room, room
from maturity.ui.context import PageContext
from maturity.words.live_sentences import agreed_on, ordinal_line

Panel = Literal["consensus", "park", "end"]
FORMS: tuple[Panel, ...] = ("consensus", "park")
"""Panels about one question in which somebody types: they stay with it, wherever the room goes meanwhile."""
PANEL, NOTES = "_live_panel", "_live_notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What is open beside the question: which panel, about which matter, and the workshop as its reader saw it."""

    which: Panel
    seen: Workshop
    matter: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What the screen shows, as it was read when the page was drawn; every step names this workshop."""

    here: PageContext
    round: Round
    room: Room
    projector: bool

    @property
    def workshop(self) -> Workshop:
        """The workshop as it was seen."""
        return self.room.workshop

    @property
    def matter(self) -> Matter | None:
        """What the room is on; None in the lobby."""
        return self.room.current

    def question(self, matter: Matter) -> Question | None:
        """The question of a matter, of the worked example in the warm-up; None where the framework has it no more."""
        example = self.example(matter)
        asked = example.question if example else matter.question
        return self.round.framework.questions.get(asked) if asked else None

    def example(self, matter: Matter) -> WorkedExample | None:
        """The worked example of a matter of the warm-up."""
        return example_of(self.round.framework.id, matter.example) if matter.example else None

    def text(self, matter: Matter) -> str:
        """What a matter asks, in one line."""
        found = self.question(matter)
        return found.text if found else matter.question or matter.example or ""

    def place(self, matter: Matter) -> str:
        """The topic, and the department where the workshop is about several."""
        topic = next(
            (topic.name for _, topic, each in self.round.framework.walk() if each.id == matter.question),
            "Warm-up: a made-up department",
        )
        if matter.department is None or self.workshop.department is not None:
            return topic
        return f"{self.round.names.get(matter.department, matter.department)} · {topic}"

    def ordinal(self, matter: Matter) -> str:
        """ "Question 3 of 15": warm-ups are counted by themselves."""
        alike = [each for each in self.room.matters if each.warms_up == matter.warms_up]
        return ordinal_line(alike.index(matter) + 1, len(alike), warm_up=matter.warms_up)

    def level_name(self, level: int) -> str:
        """The name of a level."""
        return next((each.name for each in self.round.framework.levels if each.level == level), str(level))

    @property
    def upcoming(self) -> Matter | None:
        """The next one to take up: the first after this that nothing was done on, else any before, else one that was
        revealed and not agreed; None where all is done."""
        matters, at = self.room.matters, self.matter
        turn = next((place + 1 for place, each in enumerate(matters) if at and each.id == at.id), 0)
        around = [each for each in (*matters[turn:], *matters[:turn]) if at is None or each.id != at.id]
        for wanted in (
            (each for each in around if each.phase == "waiting"),
            (each for each in around if each.phase == "revealed" and not each.warms_up),
        ):
            if (found := next(wanted, None)) is not None:
                return found
        return None

    @property
    def standing(self) -> tuple[int, int, int]:
        """How many questions are agreed, parked, and neither; the warm-up is none."""
        questions = [each for each in self.room.matters if not each.warms_up]
        agreed = sum(each.outcome is not None for each in questions)
        parked = sum(each.phase == "parked" for each in questions)
        return agreed, parked, len(questions) - agreed - parked

    @property
    def minutes_left(self) -> int:
        """About how long the rest of the agenda takes."""
        rest = sum(
            each.phase == "waiting" or (each == self.matter and not self.done(each)) for each in self.room.matters
        )
        return MINUTES_A_MATTER * rest

    def done(self, matter: Matter) -> bool:
        """Whether the room is through with a matter."""
        return matter.phase in ("settled", "parked") or (matter.warms_up and matter.phase == "revealed")

    def may_vote_again(self, matter: Matter) -> bool:
        """Whether one more vote is possible."""
        return not matter.warms_up and 0 < matter.ballot < MOST_BALLOTS

    def state(self, matter: Matter) -> str:
        """How a matter stands, in a few words."""
        if matter.outcome:
            return agreed_on(matter.outcome.level, self.level_name(matter.outcome.level))
        words = {"waiting": "", "voting": "Vote open", "revealed": "Voted", "parked": "Parked", "settled": ""}
        return words[matter.phase]


def look(here: PageContext, round_: Round, workshop: Workshop, *, projector: bool) -> Live:
    """The workshop as it is now."""
    return Live(here=here, round=round_, room=room(here.workspace, here.visitor, round_, workshop), projector=projector)


def opened(live: Live) -> Opened | None:
    """The panel that is open on this screen."""
    kept: Opened | None = st.session_state.get(PANEL)
    return kept if kept and kept.seen.id == live.workshop.id else None


def panel(live: Live) -> Panel | None:
    """Which panel is open on this screen."""
    found = opened(live)
    return found.which if found else None


def panel_matter(live: Live) -> Matter | None:
    """The question that the open form is about."""
    found = opened(live)
    return next((each for each in live.room.matters if found and each.id == found.matter), None)


def open_panel(live: Live, which: Panel | None, matter: UUID | None = None) -> None:
    """A callback: open one panel about what the room is on (or `matter`), or close it (None)."""
    about = matter or live.workshop.current
    st.session_state[PANEL] = Opened(which=which, seen=live.workshop, matter=about) if which else None


def notes_are_open() -> bool:
    """Whether the notes stand beside the question. They stay there while the room goes on."""
    return bool(st.session_state.get(NOTES))


def turn_notes(on: bool) -> None:
    """A callback: open the notes, or close them."""
    st.session_state[NOTES] = on


def levels_html(live: Live, question: Question | None, *, right: int | None = None) -> str:
    """All levels with what each says, the lowest first, as a list; `right` is marked."""
    rows = []
    for level in live.round.framework.levels:
        said = _descriptor(question, level.level) or level.meaning
        marked = ' class="wm-right"' if level.level == right else ""
        note = "<b>The right level.</b> " if level.level == right else ""
        rows.append(
            f'<li{marked}><span class="wm-number">{level.level}</span>'
            f'<span class="wm-name">{escape(level.name)}</span><span>{note}{escape(said)}</span></li>'
        )
    return f'<ol class="wm-levels">{"".join(rows)}</ol>'


def _descriptor(question: Question | None, level: int) -> str:
    if question is None:
        return ""
    if question.descriptors:
        return question.descriptors[level - 1] if level <= len(question.descriptors) else ""
    return "; ".join(each.text for each in question.markers if each.level == level)
