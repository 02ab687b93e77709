"""Checks of an edition: each finding from an edition that lacks just that."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.edition_checks import LONG_TEXT, STOPS, Check, CheckCode, checked, folded, texts_of
from maturity.roadmap.editions import Gone, Move, PublicKpi, PublicWords, Said, TwinTopic, WithdrawnEdition, Withheld
from maturity.words.edition_sentences import CHECKS, finding, places_sentence

from .editions import action, edition

TODAY = date(2026, 3, 1)
WORDS = PublicWords(title="Ask all", plain="We ask them.", outcome="You see it.")
GOOD = {"contact": "data@town.example", "next_update_on": date(2026, 6, 1), "languages": ("en",)}
NAMES, ROLES = ("Asha Adeyemi", "Tom"), ("Data steward",)
LATER = Move(what="finish", was=date(2026, 3, 1), now=date(2026, 4, 1), number=1, why="", approved_by="Council")


def made(words=WORDS, **more):
    """An edition of one action, with other parts of the edition or of the action."""
    known = {"owner_role", "kpi", "moves", "deliverable"}
    one = action("a", None, None, words={"en": words}, **{k: v for k, v in more.items() if k in known})
    return edition(1, "", (one,), **(GOOD | {k: v for k, v in more.items() if k not in known}))


def found(made_, shut=None):
    return checked(made_, names=NAMES, roles=ROLES, shut=shut or {}, today=TODAY)


def says(**texts):
    return WORDS.model_copy(update=texts)


def test_nothing_is_found_in_a_good_one():
    assert found(made()) == ()
    assert found(made(owner_role="Data steward", fields=("owner_role",))) == ()


@pytest.mark.parametrize(
    ("other", "code", "value"),
    [
        ({"contact": ""}, "no_contact", ""),
        ({"contact": "somebody"}, "odd_contact", "somebody"),
        ({"next_update_on": None}, "no_next_update", ""),
        ({"next_update_on": TODAY}, "next_update_past", "2026-03-01"),
        ({"languages": ("en", "es")}, "words_missing", ""),
        ({"title": {"en": "Ours"}, "languages": ("es", "en")}, "text_missing", ""),
        ({"words": says(outcome="")}, "outcome_missing", ""),
        ({"words": says(plain="")}, "words_missing", ""),
        ({"words": says(plain="Ask ASHA  ADEYEMI")}, "person_named", "Asha Adeyemi"),
        ({"words": says(plain="Ask Adeyemi")}, "part_of_a_name", "Adeyemi"),
        ({"deliverable": "Tom"}, "person_named", "Tom"),
        ({"owner_role": "Ida Brandt"}, "owner_is_person", "Ida Brandt"),
        ({"fields": ("owner_role",)}, "no_owner", ""),
        ({"moves": (LATER,)}, "no_reason", "2026-04-01"),
        ({"kpi": PublicKpi(name="Trained", unit="people", value=3.0)}, "small_number", "3"),
        ({"twin": (TwinTopic(topic="t", names={}, answers=4, seen=2.0),)}, "small_number", "4"),
        ({"withheld": (Withheld(part="actions", reason="no_words", count=2),)}, "no_words", "2"),
        ({"words": says(plain="Write to a.b@town.example")}, "mail_in_text", "a.b@town.example"),
        ({"words": says(plain="See www.town.example")}, "link_in_text", "www.t"),
        ({"words": says(plain="Call +44 20 7946 0958")}, "phone_in_text", "+44 20 7946 0958"),
        ({"words": says(plain=f"So {'long' * 6}")}, "long_word", "long" * 6),
        ({"words": says(plain="so " * (LONG_TEXT // 3 + 1))}, "long_text", str(3 * (LONG_TEXT // 3 + 1))),
        ({"words": says(plain="Interdepartmental harmonisation " * 5)}, "hard_to_read", "0"),
    ],
)  # fmt: skip
def test_each_finding_by_itself(other, code, value):
    all_of_it = {(each.code, each.value) for each in found(made(**other))}
    assert (code, value) in all_of_it


def test_fields_that_are_shut_and_no_action_at_all_stop_it():
    assert [(e.code, e.part, e.value) for e in found(made(fields=("cost",)), {"cost": "legal", "kpi": "legal"})] == [
        ("field_shut", "cost", "legal")
    ]
    assert [each.code for each in found(edition(1, "", (), **GOOD))] == ["no_actions"]


def test_a_move_with_a_reason_or_to_an_earlier_day_needs_none():
    sooner = LATER.model_copy(update={"now": date(2026, 2, 1)})
    told = LATER.model_copy(update={"why": "The supplier is late"})
    assert found(made(moves=(sooner, told))) == ()


def test_what_stops_it_comes_first_and_every_code_has_a_sentence():
    several = found(made(says(plain="See www.town.example, ask Tom"), contact=""))
    stops = [each.stops for each in several]
    assert stops == sorted(stops, reverse=True) and {True, False} == set(stops)
    assert set(CHECKS) == set(get_args(CheckCode)) and set(CHECKS) >= STOPS
    assert all("{" not in finding(code, "title", "x") for code in CHECKS)


def test_dates_and_sums_are_no_telephone_numbers():
    assert found(made(says(plain="On 1 March 2026 it is 25 000 euros."))) == ()


PLACES = ("title", "lead", "words", "deliverable", "gone", "withdrawn", "said", "moves")


@given(st.sampled_from(PLACES), st.text(" abc.", max_size=20), st.text(" abc.", max_size=20))
def test_a_name_is_found_wherever_somebody_can_write(place, before, after):
    text = f"{before} Asha Adeyemi {after}"
    other = {
        "title": {"title": {"en": text}}, "lead": {"lead": {"en": text}}, "words": {"words": says(outcome=text)},
        "deliverable": {"deliverable": text},
        "gone": {"gone": (Gone(slug="g", words={}, reason=text),)},
        "withdrawn": {
            "withdrawn": (WithdrawnEdition(number=1, sha256="0" * 64, withdrawn_on=TODAY, reason=text),)
        },
        "said": {"said": (Said(language="en", text="Fine", answer=text),)},
        "moves": {"moves": (LATER.model_copy(update={"why": text}),)},
    }[place]  # fmt: skip
    whole = made(**other)
    assert "Asha Adeyemi" in {each.value for each in found(whole) if each.code == "person_named"}
    assert any(text == each.text for each in texts_of(whole))


def test_the_same_finding_of_several_actions_is_one():
    hard = [Check(code="hard_to_read", slug=slug, part=part, language="en", value=value)
            for slug, part, value in (("a", "plain", "41"), ("a", "outcome", "58"), ("b", "plain", "9"))]  # fmt: skip
    spanish = Check(code="hard_to_read", slug="a", part="plain", language="es", value="30")
    named = [Check(code="person_named", slug=slug, part="plain", language="en", value=value)
             for slug, value in (("a", "Tom"), ("b", "Tom"), ("a", "Asha Adeyemi"))]  # fmt: skip
    found = [(each.check.code, each.slugs, each.value) for each in folded([*hard, spanish, *named])]
    assert found == [
        ("hard_to_read", ("a", "b"), "9 to 58"), ("hard_to_read", ("a",), "30"),
        ("person_named", ("a", "b"), "Tom"), ("person_named", ("a",), "Asha Adeyemi"),
    ]  # fmt: skip


ONE = st.builds(
    Check, code=st.sampled_from(["hard_to_read", "long_text", "no_owner", "no_contact"]),
    slug=st.sampled_from(["", "a", "b", "c"]), part=st.sampled_from(["", "plain"]),
    language=st.sampled_from([None, "en", "es"]), value=st.integers(0, 99).map(str),
)  # fmt: skip


@given(st.lists(ONE))
def test_folding_loses_no_finding_and_no_action(checks):
    together = folded(checks)
    assert {(f.check.code, f.check.language, slug) for f in together for slug in f.slugs} == {
        (c.code, c.language, c.slug) for c in checks
    }
    assert len(together) <= len(checks) and all(len(set(f.slugs)) == len(f.slugs) for f in together)


@pytest.mark.parametrize(
    ("named", "language", "said"),
    [
        ((), "", "Mend it."),
        ((), "Spanish", "Spanish: Mend it."),
        (("“A”",), "", "“A”: Mend it."),
        (("“A”", "“B”"), "English", "Mend it. In English, “A”, “B”."),
        (("“A”", "“B”", "“C”", "“D”"), "", "Mend it. In “A”, “B” and 2 more."),
    ],
)
def test_a_finding_says_where_it_is(named, language, said):
    assert places_sentence(named, language, "Mend it.", 2) == said
