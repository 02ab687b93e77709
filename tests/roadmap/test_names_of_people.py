"""Names of people in texts that residents read: found, and taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.names_of_people import LEFT_OUT, parts_of_names, whole_names, without_names

NAMES = ("Asha Adeyemi", "Asha", "Will Road", "Jo")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call asha   adeyemi today", ("Asha Adeyemi",)),
        ("Asha Adeyemi's list", ("Asha", "Asha Adeyemi")),
        ("WILL ROAD works begin?", ("Will Road",)),
        ("will the road be closed", ()),
        ("jo and Joanna", ()),
        ("Ask Jo.", ("Jo",)),
        ("", ()),
    ],
)
def test_whole_names(text, found):
    assert whole_names(text, NAMES) == found


def test_parts_of_names_are_hints_as_they_are_written():
    assert parts_of_names("The Road is closed. Adeyemi says so, and asha too", NAMES) == ("Adeyemi", "Road")
    assert parts_of_names("Jo Roadman", NAMES) == (), "parts inside of words, and names of one word, are no hints"


def test_the_longest_name_is_taken_out_first():
    assert without_names("Asha Adeyemi is ill, and Asha knows", NAMES) == f"{LEFT_OUT} is ill, and {LEFT_OUT} knows"
    assert without_names("A fine day", NAMES) == "A fine day"
    assert without_names("(a+b)* wins", ["(a+b)*"]) == f"{LEFT_OUT} wins"


WORDS = st.text("abcdeÄñ", min_size=2, max_size=6)
FULL = st.tuples(WORDS, WORDS).map(" ".join)


@given(st.lists(FULL, min_size=1, max_size=4), st.lists(WORDS, max_size=8))
def test_what_is_taken_out_is_not_found_again(names, around):
    text = " ".join([*around, *names, *around])
    assert set(whole_names(text, names)) == set(names)
    assert whole_names(without_names(text, names), names) == ()
