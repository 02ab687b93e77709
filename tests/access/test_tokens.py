"""Tokens and signed cookies: what was altered is nobody's."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.access import tokens

SESSION = UUID("0190163d-8694-739b-aea5-966c26f8ad91")
SECRET = tokens.token(bytes(range(16)))


def test_a_token_is_128_bits_in_22_letters_of_an_address():
    assert SECRET == "AAECAwQFBgcICQoLDA0ODw"
    assert tokens.TOKEN.fullmatch(SECRET)
    with pytest.raises(ValueError, match="made from 16 bytes, not 15"):
        tokens.token(bytes(15))


def test_a_token_is_kept_by_its_sha256():
    assert tokens.hashed("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_cookie_is_read_with_its_own_key_only():
    cookie = tokens.sign("key", SESSION, SECRET)
    assert tokens.read("key", cookie) == (SESSION, SECRET)
    assert tokens.read("other key", cookie) is None


@given(st.integers(min_value=0), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_cookie_with_any_letter_changed_is_nobodys(place, letter):
    cookie = tokens.sign("key", SESSION, SECRET)
    at = place % len(cookie)
    altered = cookie[:at] + letter + cookie[at + 1 :]
    assert (tokens.read("key", altered) is None) is (altered != cookie)


@given(st.text())
def test_any_other_text_is_no_cookie(text):
    assert tokens.read("key", text) is None
