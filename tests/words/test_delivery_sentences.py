from datetime import date

import pytest

from maturity.words import delivery_sentences as words

MAY = date(2026, 5, 3)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"stand": "asked"}, "Asha has not answered yet."),
        ({"stand": "accepted", "on": MAY}, "Asha accepted on 3 May 2026."),
        (
            {"stand": "accepted", "on": MAY, "note": "in the meeting.", "noted_by": "Cleo"},
            "Asha accepted on 3 May 2026: in the meeting. Noted by Cleo.",
        ),
        ({"stand": "accepted", "on": MAY, "noted_by": "Asha"}, "Asha accepted on 3 May 2026."),
        (
            {"stand": "amended", "on": MAY, "note": "the supplier is late", "wanted": "1 June to 30 August 2026"},
            "Asha asks for 1 June to 30 August 2026 instead: the supplier is late.",
        ),
        ({"stand": "refused", "on": MAY, "note": "no time"}, "Asha refused on 3 May 2026: no time."),
        (
            {"stand": "changed", "on": MAY, "said": "accepted"},
            "Asha accepted on 3 May 2026. It is planned otherwise now, so it is asked for again.",
        ),
    ],
)
def test_how_somebody_stands(given, said):
    assert words.stands(given.pop("stand"), "Asha", **given) == said


def test_days_counts_and_who_does_not_answer():
    assert words.days_from_to(date(2026, 6, 1), date(2026, 8, 30)) == "1 June to 30 August 2026"
    assert words.days_from_to(date(2026, 6, 1), date(2027, 8, 30)) == "1 June 2026 to 30 August 2027"
    assert words.nobody_answers(1) == "1 action has nobody who answers for it."
    assert words.nobody_answers(2, 1) == (
        "2 actions have nobody who answers for them. 1 action has an owner who cannot come in: make them a link."
    )
    assert words.not_answering("Ben", "left", 4) == "Ben has left: 4 actions"
    assert words.not_answering("Data steward", "only_role", 1) == "Data steward, only a role: 1 action"
    assert words.owns("Ben", 4) == "Ben owns 4 open actions of the plan."
    assert words.handed_over(4, "Ben", "Asha") == "4 actions went from Ben to Asha, who is asked to accept."
    assert words.person_days(1200.0) == "1,200" and words.person_days(21.46) == "21.5"
    assert words.days_planned(1, 2.5, None) == (
        "The plan takes 2.5 person-days of the department in 1 action. Nobody has said how many there are."
    )
    assert words.days_planned(3, 20.0, 168.0) == (
        "The plan takes 20 person-days of the department in 3 actions, and the department can give 168 in three years."
    )
