"""Agreement as a picture: the scale with its three stretches, what moved, and what it says."""

from __future__ import annotations

import pandas as pd

from maturity.charts.agreement import agreement_chart
from maturity.charts.drawing import specification
from maturity.words.vote_sentences import agreement_sentences


def test_the_change_is_from_the_first_to_the_last_that_is_known(agreements, texts, written):
    spec = specification(agreement_chart(agreements, mode="light", texts=texts))
    assert [text for text in written(spec) if text in ("+0.80", "+1.50", "–")] == ["+0.80", "+1.50", "–", "–"]
    assert {"far apart", "mixed", "close together"} <= set(written(spec))


def test_the_scale_reaches_as_far_as_the_numbers(agreements, texts):
    def ends(frame):
        spec = specification(agreement_chart(frame, mode="dark", texts=texts))
        return {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in spec["layer"] if _data_mark(layer)}

    def _data_mark(layer):
        return (layer["encoding"].get("x", {}).get("scale") or {}).get("domain")

    assert ends(agreements) == {(-1.0, 1)}
    assert ends(agreements.iloc[:1]) == {(-0.25, 1)}


def test_it_says_how_many_moved_together_and_ended_so(agreements):
    said = agreement_sentences(agreements, subject="Parks")
    assert said.title == "2 of 2 questions moved together, 2 of 3 end close together"
    assert said.subtitle == "Agreement, from -1 to 1. Parks"
    assert said.description == (
        "Agreement, from -1 to 1, question by question. Stewards are named: answers 0.10, first vote 0.20, last vote "
        "0.90. Quality is measured: answers -1.00, first vote 0.50. Skills: not shown, too few chose a level. "
        "Use: answers 0.85."
    )
    assert agreement_sentences(agreements.iloc[2:3]).subtitle == "Nothing to show yet"
    few = agreement_sentences(agreements.iloc[2:])
    assert few.title == "Too few chose a level in any vote"
    assert few.subtitle.startswith("The answers before were close together on 1 of 2 questions. Agreement, from")
    assert agreement_sentences(pd.DataFrame()).subtitle == "Nothing to show yet"
