"""A question as it stands after a room went over it on paper."""

from __future__ import annotations

from dataclasses import replace

from maturity.assessment.workshop import Matter, StepRefused, must_not_vote


def voted_on_paper(matter: Matter, ballots: int) -> Matter:
    """The matter after this many ballots in all were counted by hand: revealed, since the room saw the cards; what is
    agreed on it already stays. `StepRefused` while a vote by phone is open on it."""
    must_not_vote(matter)
    if ballots < matter.ballot:
        raise StepRefused(f"{matter.ballot} ballots were held on this question, which cannot become {ballots}")
    return replace(matter, ballot=ballots, phase="settled" if matter.phase == "settled" else "revealed")
