"""What a facilitator reads about the spread of a warm-up vote on a worked example, whose right level is known."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.words.messages import FEWEST_SHOWN, counted

TALK = "Talk about what the levels ask for before you go on."
GO_ON = "The levels mean the same to everybody, so go on."


def warm_up_sentence(counts: Sequence[int] | None, right: int, dont_know: int = 0) -> str:
    """How many chose the right level and how far off the others were, and what to do about it.

    `counts` are the votes at level 1, 2 ...; None where fewer than 5 chose a level, so that they are not shown."""
    if counts is None:
        return (
            f"Fewer than {FEWEST_SHOWN} chose a level, so the votes are not shown. The right level is {right}. {TALK}"
        )
    total, found = sum(counts), counts[right - 1]
    unsure = f" {dont_know} said that they don't know." if dont_know else ""
    if found == total:
        return f"All {total} chose {right}, the right level.{unsure} {TALK if unsure else GO_ON}"
    chosen = f"{found or 'None'} of {total} chose {right}, the right level"
    return f"{chosen}; {_the_others(counts, right)}.{unsure} {TALK}"


def _the_others(counts: Sequence[int], right: int) -> str:
    off = [level - right for level, count in enumerate(counts, start=1) if count and level != right]
    others = sum(counts) - counts[right - 1]
    near, far = min(map(abs, off)), max(map(abs, off))
    distance = counted(far, "level") if near == far else f"{near} to {far} levels"
    way = "too high" if min(off) > 0 else "too low" if max(off) < 0 else "off"
    who = "they were" if not counts[right - 1] else "the other was" if others == 1 else "the others were"
    return f"{who} {distance} {way}"
