"""The tables of a department's profile."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from maturity.assessment.scores import Place, RoundScores
from maturity.operations.early_sight import OVER
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.results_shown import Shown
from maturity.words.messages import shown_score, signed

Scored = tuple[Round, RoundScores]


def department_rounds(shown: Shown) -> list[Scored]:
    """The rounds on the same framework up to this one, with what the visitor may see of each, the earliest first."""
    alike = [each for each in cached.shown_rounds(shown.here) if each.framework.id == shown.framework.id]
    upto = alike[: [each.id for each in alike].index(shown.round.id) + 1]
    seen = [each for each in upto if each.status in OVER or each.id == shown.round.id]
    return [(each, cached.round_scores(shown.here, each)) for each in seen]


def moved_frame(shown: Shown, department: str, rounds: Sequence[Scored]) -> pd.DataFrame:
    """Topics by rounds with the change from the first round that has a score to this one; a dash where a round did not
    ask about a topic or has no score. Empty with one round only."""
    if len(rounds) < 2:
        return pd.DataFrame()
    rows = []
    for topic, dimension in shown.framework.dimension_of.items():
        found = [scores.scores.get(Place(department, dimension.id, topic)) for _, scores in rounds]
        each = [one.score if one else None for one in found]
        known = [score for score in each if score is not None]
        change = signed(known[-1] - known[0]) if len(known) > 1 and each[-1] is not None else "–"
        said = {
            round_.name: "–" if score is None else shown_score(score)
            for (round_, _), score in zip(rounds, each, strict=True)
        }
        rows.append({"Topic": shown.framework.topics[topic].name, **said, "Change": change})
    return pd.DataFrame(rows)
