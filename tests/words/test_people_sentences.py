"""Roles have one name each, in the table of permissions and on the pages."""

from __future__ import annotations

from maturity.access import roles
from maturity.words import people_sentences


def test_a_role_is_called_the_same_where_it_is_given_and_where_it_is_explained() -> None:
    assert people_sentences.ROLE_NAMES == roles.ROLE_NAMES
    assert set(people_sentences.ROLE_DEEDS) == set(roles.ROLES)
