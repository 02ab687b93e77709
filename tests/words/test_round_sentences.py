"""What is said of a round, word for word."""

from __future__ import annotations

from datetime import date

import pytest

from maturity.assessment.terms import ANONYMITY
from maturity.words import round_sentences as words


def test_each_kind_of_anonymity_says_what_it_keeps_and_loses():
    assert set(words.ANONYMITY) == set(words.ANONYMITY_NAMES) == set(ANONYMITY)
    assert "see who said what" in words.ANONYMITY["named"]
    assert "Respondent 3" in words.ANONYMITY["pseudonymous"]
    assert "thrown away when the round closes" in words.ANONYMITY["anonymous"]
    assert "no answer can be matched, corrected or erased" in words.ANONYMITY["anonymous"]


@pytest.mark.parametrize(
    ("code", "departments", "sentence"),
    [
        ("nobody_sent", {"Parks": 0}, "Nobody has sent answers yet, so there will be no scores."),
        ("too_few", {"Parks": 1}, "Parks has fewer than the 3 people wanted who sent answers."),
        ("too_few", {"Parks": 1, "Roads": 0}, "Parks and Roads have fewer than the 3 people wanted who sent answers."),
        ("no_front_line", {"Parks": 2}, "Nobody of the front line has sent answers in Parks."),
        (
            "started_not_sent",
            {"Parks": 1},
            "1 person has started and not sent, in Parks. What is not sent does not count.",
        ),
        (
            "started_not_sent",
            {"A": 1, "B": 1, "C": 1, "D": 1, "E": 2},
            "6 people have started and not sent, in A, B, C, D and 1 more. What is not sent does not count.",
        ),
    ],
)
def test_what_speaks_against_closing(code, departments, sentence):
    assert words.closing_warning(code, departments, least=3) == sentence


def test_a_board_without_answers_says_who_was_invited_and_when():
    said = words.nobody_yet(8, date(2026, 3, 2), is_open=True)
    assert said == "No one has answered yet. 8 departments were invited on 2 March 2026. Send a reminder."
    assert words.nobody_yet(1, date(2026, 3, 2), is_open=False).endswith("1 department was invited on 2 March 2026.")
    assert "nobody is invited" in words.nobody_yet(3, None, is_open=True)


def test_how_far_it_has_come():
    assert words.so_far(3, 1, 12) == "3 of 12 people invited have sent answers, 1 more has started."
    assert (
        words.so_far(3, 1, 12, is_open=False) == "3 of 12 people invited have sent answers, 1 started and did not send."
    )
    assert words.so_far(1, 0, 0) == "1 person has sent answers, 0 more have started."


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        (None, "no last day is set"),
        (date(2026, 3, 1), "the last day was 1 March 2026"),
        (date(2026, 3, 2), "today is the last day"),
        (date(2026, 3, 3), "1 day left, until 3 March 2026"),
        (date(2026, 3, 12), "10 days left, until 12 March 2026"),
    ],
)
def test_days_left(last_day, said):
    assert words.days_left(last_day, date(2026, 3, 2)) == said


def remind(**more):
    usual = {
        "organisation": "Town", "round_name": "Spring", "department": "Parks", "questions": 40,
        "last_day": date(2026, 3, 12), "today": date(2026, 3, 2), "anonymity": "named", "lead_days": 5,
    }  # fmt: skip
    return words.reminder(**{**usual, **more})


def test_a_reminder_says_what_until_when_how_long_who_sees_it_and_where():
    made = remind()
    assert made.subject == "Spring: send your answers by 12 March 2026"
    assert made.body.split("\n\n") == [
        "Hello,",
        "Your answers for Parks have not been sent yet.",
        "“Spring” of Town: 10 days left, until 12 March 2026. The questionnaire takes about 25 minutes. You can "
        "stop and go on later: what you have answered is saved.",
        "The data team and the head of your department see your answers with your name. Others see your department's "
        "result 5 working days after the head.",
        "Your personal link: [put the link here]",
        "Thank you for your time.",
    ]


def test_an_anonymous_reminder_goes_to_all_and_says_why():
    made = remind(anonymity="anonymous", department=None, last_day=None, lead_days=0)
    assert made.subject == "Spring: send your answers"
    assert "This goes to everybody who was invited, because nobody can see who has answered." in made.body
    assert "nobody can find out later which are yours." in made.body and "Others see" not in made.body


def test_signed_by():
    assert words.signed_early(date(2026, 3, 2)).startswith(
        "Until 2 March 2026 only heads of department see their result"
    )
    assert words.signed_by("Ada", date(2026, 3, 2)) == "Signed off by Ada on 2 March 2026."
    assert "somebody who is not here any more" in words.signed_by("", date(2026, 3, 2))
