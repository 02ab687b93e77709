"""The list of people as rows and sentences, and the choices that narrow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from maturity.access.roles import Role
from maturity.operations.people import GivenRole, KnownPerson
from maturity.ui.clock import local, today
from maturity.ui.context import PageContext
from maturity.ui.plain_text import plain
from maturity.words.messages import on_day
from maturity.words.people_sentences import NO_LINK, link_said, role_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What the reader wants to see: words of name or address, a department's code, a role; nothing narrows nothing."""

    words: str = ""
    department: str | None = None
    role: Role | None = None

    def fits(self, known: KnownPerson) -> bool:
        """Whether somebody has all the words, and one role that is the chosen one in the chosen department."""
        said = f"{known.person.name} {known.person.email or ''}".casefold()
        where = any(
            self.department in (None, each.department) and self.role in (None, each.role) for each in known.roles
        )
        anywhere = self.department is None and self.role is None
        return all(word in said for word in self.words.casefold().split()) and (where or anywhere)


def role_in_words(here: PageContext, given: GivenRole) -> str:
    """A role as it is said, with the department's name."""
    names = here.organisation.names if here.organisation else {}
    department = names.get(given.department, given.department) if given.department else None
    return role_said(given.role, department, given.until, everywhere=given.organisation_id is None)


def roles_in_words(here: PageContext, roles: Iterable[GivenRole]) -> list[str]:
    """Each role as it is said, with a word where it came from a head who is away, and where it is over."""
    day = today(here)
    return [
        role_in_words(here, each)
        + (", as deputy" if each.delegated_by else "")
        + ("" if each.holds(day) else " (over)")
        for each in roles
    ]


def link_in_words(here: PageContext, known: KnownPerson) -> str:
    """How somebody's newest personal link stands, in the reader's own days."""
    link = known.link
    if link is None:
        return NO_LINK
    used = local(link.used_at).date() if link.used_at else None
    return link_said(link.state(here.workspace.clock()), local(link.expires_at).date(), used, today(here))


def has_valid_link(here: PageContext, known: KnownPerson) -> bool:
    """Whether somebody could come in by the newest link now."""
    return known.link is not None and known.link.state(here.workspace.clock()) == "valid"


def people_table(here: PageContext, people: Iterable[KnownPerson], narrow: bool) -> pd.DataFrame:
    """People as rows; on a phone in two columns, because it has room for two."""
    rows = [_row(here, each, narrow) for each in people]
    columns = ["Who", "Roles and link"] if narrow else ["Name", "Address", "Roles", "Link"]
    return pd.DataFrame(rows, columns=columns)


def _row(here: PageContext, known: KnownPerson, narrow: bool) -> tuple[str, ...]:
    name, address = plain(known.person.name), plain(known.person.email or "none")
    left = known.person.left_at
    roles = ", ".join(map(plain, roles_in_words(here, known.roles))) or (
        f"has left, {on_day(local(left).date())}" if left else "none"
    )
    link = plain(link_in_words(here, known))
    if not narrow:
        return name, address, roles, link
    return f"**{name}**" + (f" {address}" if known.person.email else ""), f"{roles}; {link}"


def labels(people: Iterable[KnownPerson]) -> Mapping[str, str]:
    """What each person is called in a choice, by id: the name, and the address where there is one."""
    return {
        str(each.person.id): each.person.name + (f", {each.person.email}" if each.person.email else "")
        for each in people
    }
