"""What a vote says: in words, as the texts of its picture, and why it is not shown."""

from __future__ import annotations

from typing import Any

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing, subtitle_of
from maturity.words.messages import FEWEST_SHOWN, counted

CLOSE_TOGETHER, FAR_APART = 0.8, 0.4
"""From the first agreement on a room agrees already; below the second one it is worth a talk."""
ORDINALS = ("First", "Second", "Third")
HIDDEN = f"Not shown: fewer than {FEWEST_SHOWN} people chose a level"


def vote_name(ballot: int) -> str:
    """ "First vote", "Second vote", "Third vote"; counted from 1."""
    return f"{ORDINALS[ballot - 1]} vote" if 1 <= ballot <= len(ORDINALS) else f"Vote {ballot}"


def how_far_agreed(agreement: float) -> str:
    """An agreement (-1 to 1) in words."""
    if agreement >= CLOSE_TOGETHER:
        return "close together"
    return "far apart" if agreement < FAR_APART else "mixed"


def agreement_said(agreement: float) -> str:
    """ "0.42, mixed"; never rounded up to a word that it has not reached."""
    shown = f"{agreement:.2f}"
    for edge in (CLOSE_TOGETHER, FAR_APART):
        if agreement < edge <= float(shown):
            shown = f"{edge - 0.01:.2f}"
    return f"{shown}, {how_far_agreed(agreement)}"


def levels_said(lowest: int, highest: int) -> str:
    """ "from 1 to 4", or "all at 3"."""
    return f"all at {lowest}" if lowest == highest else f"from {lowest} to {highest}"


def dont_know_said(count: int) -> str:
    """ "2 don't know", or "" where nobody said so."""
    return f"{count} don't know" if count else ""


def vote_figures(record: dict[str, Any]) -> tuple[int, int, int] | None:
    """Votes with a level, the lowest and the highest level of a row of `vote_dots_chart`; None where it is hidden or
    nobody chose a level."""
    counts = {int(name[1:]): float(count) for name, count in record.items() if name[:1] == "n" and name[1:].isdigit()}
    chosen = sorted(level for level, count in counts.items() if count > 0)
    return (int(sum(counts[level] for level in chosen)), chosen[0], chosen[-1]) if chosen else None


def vote_sentences(frame: pd.DataFrame, *, subject: str = "") -> ChartSentences:
    """The newest vote, and what it was before; columns as `vote_dots_chart`. `subject` is what was voted on."""
    if frame.empty:
        return nothing("Votes by level", subject)
    heading = f"Votes: {subject}" if subject else "Votes"
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    before = [_before(row) for row in rows[:-1]]
    last = dont_know_said(int(rows[-1]["dont_know"]))
    said = [f"{row['vote']}: {_all_of(row)}" for row in rows]
    return ChartSentences(
        _title(rows[-1]), subtitle_of(subject, *before, last), " ".join([f"Dots, one for each vote. {heading}.", *said])
    )


def _title(row: dict[str, Any]) -> str:
    found, unknown = vote_figures(row), int(row["dont_know"])
    if found is None:
        votes = int(row["votes"])
        if not votes:
            return f"Nobody chose a level: {unknown} said that they don't know" if unknown else "Nobody has voted"
        return f"{counted(votes, 'person', 'people')} chose a level, too few to show their votes"
    votes, lowest, highest = found
    if lowest == highest:
        return f"{votes} voted, all for level {lowest}"
    agreement = "" if pd.isna(row["agreement"]) else f". Agreement {agreement_said(float(row['agreement']))}"
    return f"{votes} voted: median {float(row['median']):g}, {levels_said(lowest, highest)}{agreement}"


def _before(row: dict[str, Any]) -> str:
    found = vote_figures(row)
    if found is None:
        return f"{row['vote']}: not shown, too few chose a level"
    agreement = "" if pd.isna(row["agreement"]) else f", agreement {float(row['agreement']):.2f}"
    return f"{row['vote']}: median {float(row['median']):g}, {levels_said(*found[1:])}{agreement}"


def _all_of(row: dict[str, Any]) -> str:
    found, unknown = vote_figures(row), dont_know_said(int(row["dont_know"]))
    if found is None:
        return f"{HIDDEN}{f', {unknown}' if unknown else ''}."
    levels = [
        f"{int(count)} at level {name[1:]}"
        for name, count in row.items()
        if name[:1] == "n" and name[1:].isdigit() and count > 0
    ]
    if unknown:
        levels.append(unknown)
    agreement = "" if pd.isna(row["agreement"]) else f", agreement {agreement_said(float(row['agreement']))}"
    return f"{', '.join(levels)}; median {float(row['median']):g}{agreement}."


def agreement_sentences(frame: pd.DataFrame, *, subject: str = "") -> ChartSentences:
    """Whether people agree more at the end than at the beginning; columns as `agreement_chart`."""
    heading = "Agreement, from -1 to 1"
    rows = [] if frame.empty else [{str(n): v for n, v in row.items()} for row in frame.to_dict("records")]
    known = [[float(row[n]) for n in ("answers", "first", "last") if not pd.isna(row[n])] for row in rows]
    if not any(known):
        return nothing(heading, subject)
    if all(pd.isna(row["first"]) and pd.isna(row["last"]) for row in rows):
        near = sum(values[-1] >= CLOSE_TOGETHER for values in known if values)
        before = f"The answers before were close together on {near} of {counted(len(rows), 'question')}"
        return _agreement_chart_said("Too few chose a level in any vote", heading, subject, rows, before)
    moved = [values[-1] - values[0] for values in known if len(values) > 1]
    up = sum(change > 0.005 for change in moved)
    close = sum(values[-1] >= CLOSE_TOGETHER for values in known if values)
    voted, verb = sum(map(bool, known)), "ends" if close == 1 else "end"
    ends = f"{close} of {counted(voted, 'question')} {verb} close together"
    of = f" of {voted}" if len(moved) != voted else ""
    begun = f"{up} of {counted(len(moved), 'question')} moved together"
    title = f"{begun}, {close}{of} {verb} close together" if moved else ends
    return _agreement_chart_said(title, heading, subject, rows)


def _agreement_chart_said(
    title: str, heading: str, subject: str, rows: list[dict[str, Any]], before: str = ""
) -> ChartSentences:
    said = [_agreements(row) for row in rows]
    return ChartSentences(
        title, subtitle_of(before, heading, subject), " ".join([f"{heading}, question by question.", *said])
    )


def _agreements(row: dict[str, Any]) -> str:
    words = {"answers": "answers", "first": "first vote", "last": "last vote"}
    known = [f"{said} {float(row[name]):.2f}" for name, said in words.items() if not pd.isna(row[name])]
    return f"{row['place']}: {', '.join(known) or 'not shown, too few chose a level'}."
