"""What the split by role says: as the picture's texts, and why something is not shown."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing, subtitle_of
from maturity.words.chart_titles import fitting
from maturity.words.messages import FEWEST_SHOWN, counted, shown_score

PEOPLE = {
    "Leader": "leaders",
    "Manager": "managers",
    "Front line": "people of the front line",
    "Role not said": "people who did not say their role",
}
ALIKE = 0.5
"""Below this many levels roles see a topic alike."""
NOBODY_APART = (
    "Results by role are not shown here. Fewer than 5 people of each role have answered, or what is shown would give "
    "fewer than 5 away."
)
HELD_BACK = (
    f"A role is not shown where fewer than {FEWEST_SHOWN} people answered, or where its number would give fewer than "
    f"{FEWEST_SHOWN} others away."
)
HOW_MADE = "Medians of the answers of each role; consensus and review are left out, since they are of everybody."


def role_sentences(frame: pd.DataFrame, *, roles: Sequence[str], place: str, period: str = "") -> ChartSentences:
    """In which topic roles are furthest apart, and which two; columns as `role_dots_chart`."""
    heading = "Score by role and topic"
    if frame.empty or not roles or frame[list(roles)].isna().all(axis=None):
        return nothing(heading, place)
    title, who = _title(frame, roles)
    subtitle = subtitle_of(f"{heading}, in levels", f"{place}, {period}" if period else place, who)
    rows = []
    for record in frame.to_dict("records"):
        known = [f"{role} {shown_score(record[role])}" for role in roles if not pd.isna(record[role])]
        if known:
            rows.append(f"{record['place']}: {', '.join(known)}.")
    return ChartSentences(title, subtitle, " ".join([f"{heading}, {place}.", *rows]))


def _title(frame: pd.DataFrame, roles: Sequence[str]) -> tuple[str, str]:
    """The title, and which topic and roles it is about where they do not stand in it."""
    if len(roles) == 1:
        return fitting(
            (f"Only {_people(roles[0])} can be shown apart", ""), ("Only one role can be shown apart", roles[0])
        )
    widest, said = 0.0, ""
    for record in frame.to_dict("records"):
        known = [(float(record[role]), role) for role in roles if not pd.isna(record[role])]
        (low, lower), (high, higher) = (min(known), max(known)) if known else ((0.0, ""), (0.0, ""))
        if high - low > widest:
            widest = high - low
            said = f"{record['place']}: {_people(higher)} answer {widest:.1f} levels higher than {_people(lower)}"
    if widest >= ALIKE:
        return fitting((said, ""), (f"Roles differ by up to {widest:.1f} levels on a topic", said))
    return f"{'Both' if len(roles) == 2 else f'All {len(roles)}'} roles answer nearly alike in every topic", ""


def _people(role: str) -> str:
    return PEOPLE.get(role, role)


def people_by_role(counts: Sequence[tuple[str, int]]) -> str:
    """ "Manager: 6 people. Front line: 12 people." """
    return " ".join(f"{role}: {counted(number, 'person', 'people')}." for role, number in counts)
