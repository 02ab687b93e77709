"""Evidence on the results page: how much of what was answered rests on fresh evidence, beside the score, which it never
changes; and self-scores beside what was found, for those who may read all results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.assessment.scores import Place, Score
from maturity.operations.early_sight import WHOLE
from maturity.operations.evidence_ages import fresh_shares, optimism_in_results
from maturity.ui.help import number_help
from maturity.ui.optimism_shown import show_optimism
from maturity.ui.pictures import show_table
from maturity.ui.results_choices import choose_place
from maturity.ui.results_shown import Shown, kept
from maturity.ui.results_tables import in_words, points_in_words, share
from maturity.words.review_sentences import fresh_sentence


def fresh_number(shown: Shown, score: Score) -> dict[str, Any]:
    """The number that stands beside the coverage under the headline."""
    value = share(fresh_by_place(shown).get(score.place))
    return {"label": "With fresh evidence", "value": value, "help": number_help("fresh_evidence")}


def fresh_by_place(shown: Shown) -> Mapping[Place, float | None]:
    """The share with fresh evidence of every place that the visitor may see; it may change with the day."""
    here = shown.here
    day = here.workspace.clock().date()
    return kept("fresh", (shown.key, day), lambda: fresh_shares(here.workspace, here.visitor, shown.round))


def show_evidence(shown: Shown) -> None:
    """The view: topics of one place, then departments, each with score, coverage and what has fresh evidence."""
    department = choose_place(shown)
    place, fresh = Place(department), fresh_by_place(shown)
    months = shown.round.terms.evidence_months
    said = fresh_sentence(shown.scores.scores[place].coverage, fresh.get(place), months)
    st.caption(said, help=number_help("fresh_evidence"))
    show_table(evidence_table(shown, "Topic", topics_of(shown, department)))
    if department is None:
        st.subheader("By department", anchor=False)
        show_table(evidence_table(shown, "Department", {shown.name(c): Place(c) for c in shown.scores.departments}))
    here = shown.here
    if shown.whole and may(here.visitor, "read_results", WHOLE, shown.round.organisation_id):
        st.subheader("Self-scores beside what was found", anchor=False)
        found = kept("optimism", shown.key, lambda: optimism_in_results(here.workspace, here.visitor, shown.round))
        show_optimism(here, shown.round, found, key="results", revision=shown.key)


def topics_of(shown: Shown, department: str | None) -> dict[str, Place]:
    """Dimensions and, indented, their topics, by name."""
    places: dict[str, Place] = {}
    for dimension in shown.framework.dimensions:
        places[dimension.name] = Place(department, dimension.id)
        places |= {f"– {topic.name}": Place(department, dimension.id, topic.id) for topic in dimension.topics}
    return places


def evidence_table(shown: Shown, heading: str, places: Mapping[str, Place]) -> pd.DataFrame:
    """Score, coverage and coverage with fresh evidence of some places, in words."""
    fresh, rows = fresh_by_place(shown), []
    for name, place in places.items():
        score = shown.scores.scores[place]
        value = in_words(score.score) if shown.framework.levels else points_in_words(score)
        rows.append(
            {
                heading: name,
                "Score" if shown.framework.levels else "Points": value,
                "Coverage": share(score.coverage),
                "With fresh evidence": share(fresh.get(place)),
            }
        )
    return pd.DataFrame(rows)
