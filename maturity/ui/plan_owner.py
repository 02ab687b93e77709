"""Who owns an action, and who else has a part in it: chosen from people and roles, or written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import streamlit as st

from maturity.access.permissions import may
from maturity.access.roles import Grant
from maturity.operations import owners as operations
from maturity.operations.changes import plan_scope
from maturity.operations.errors import Refused
from maturity.operations.owners import Owner, Unowned
from maturity.operations.people import PEOPLE
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action, Raci
from maturity.ui.help import plain
from maturity.ui.navigation import go_to
from maturity.ui.plan import PlanView
from maturity.words.delivery_sentences import WAYS_IN

MINUTE = 60  # links run out without a revision that says so
PERSON = "person:"
THE_OWNER = ""
"""Accountable: whoever the owner is."""
LISTS: Mapping[str, tuple[str, str]] = {
    "responsible": ("Responsible", "Who does the work."),
    "consulted": ("Consulted", "Who is asked before something is decided. This includes being informed."),
    "informed": ("Informed", "Who is told afterwards. Nobody stands here and among the consulted."),
}
Named = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Choices:
    """Who can be chosen: people by id, and the roles of the catalogue by id with their names; `before` is the owner
    until now with their name, who may be in neither."""

    people: Mapping[str, Owner]
    roles: Mapping[str, str]
    before: tuple[str, str] = ("", "")

    def owner_words(self, choice: str) -> str:
        """A choice of an owner as it is read in the list."""
        if choice.startswith(PERSON) and (person := self.people.get(choice.removeprefix(PERSON))):
            twins = [each for each in self.people.values() if each.name == person.name]
            address = f", {person.email or person.person[:8]}" if len(twins) > 1 else ""
            return f"{person.name}{address} ({WAYS_IN[person.way_in].partition(':')[0]})"
        if choice.startswith(PERSON) and choice == self.before[0]:
            return f"{self.before[1]} (has left, or has no role)"
        return f"{self.roles[choice]} (a role)" if choice in self.roles else choice

    def words(self, choice: str) -> str:
        """Somebody with a part in an action, as they are read in a list."""
        return self.roles.get(choice, choice)

    def role_or_name(self, written: str) -> str:
        """The id of a role where its name is written, else what is written, without outer blanks."""
        said = " ".join(written.split())
        return next((code for code, name in self.roles.items() if said.casefold() == name.casefold()), said)


def choices(view: PlanView, action: Action | None = None) -> Choices:
    """People with a role in the organisation, and the roles of the catalogue; for an action its owner too."""
    people = {each.person: each for each in _people(*_key(view))}
    roles = {each.id: each.name for each in (view.catalogue.roles if view.catalogue else ())}
    return Choices(people, roles, (owner_choice(action), action.owner) if action else ("", ""))


def unowned(view: PlanView) -> tuple[Unowned, ...]:
    """The open actions of the current plan that nobody answers for."""
    return _unowned(*_key(view))


def _key(view: PlanView) -> tuple[Any, ...]:
    ws, mine = view.here.workspace, view.organisation
    revisions = (ws.revision(plan_scope(mine.id)), ws.revision(PEOPLE), ws.revision())
    return ws.url, mine.id, revisions, view.here.visitor.grants, ws, view.here.visitor, mine.name


@st.cache_resource(ttl=MINUTE, max_entries=32, show_spinner=False)
def _people(
    url: str,
    organisation: UUID,
    revisions: tuple[int, ...],
    grants: tuple[Grant, ...],
    _ws: Workspace,
    _who: Any,
    _of: str,
) -> tuple[Owner, ...]:
    return operations.possible_owners(_ws, _who, _of)


@st.cache_resource(ttl=MINUTE, max_entries=32, show_spinner=False)
def _unowned(
    url: str,
    organisation: UUID,
    revisions: tuple[int, ...],
    grants: tuple[Grant, ...],
    _ws: Workspace,
    _who: Any,
    _of: str,
) -> tuple[Unowned, ...]:
    return operations.without_owner(_ws, _who, _of)


def owner_choice(action: Action) -> str:
    """The owner of an action as the chooser has it."""
    return f"{PERSON}{action.owner_person}" if action.owner_person else action.owner


def choose_owner(known: Choices, key: str, *, label: str = "Owner") -> None:
    """A list of people and roles in which a name can be written too."""
    options = [*(f"{PERSON}{each}" for each in known.people), *known.roles]
    st.selectbox(
        label,
        _with_chosen(options, [st.session_state.get(key)]),
        index=None,
        key=key,
        format_func=known.owner_words,
        accept_new_options=True,
        placeholder="Choose somebody, or write a name",
        help="A person who comes in here can accept and report on the action by themselves. A role alone is nobody who "
        "could answer for it.",
    )


def choose_accountable(known: Choices, key: str) -> None:
    """Exactly one who is accountable: the owner, unless somebody else is chosen."""
    st.selectbox(
        "Accountable, exactly one",
        _with_chosen([THE_OWNER, *_names(known)], [st.session_state.get(key)]),
        key=key,
        format_func=lambda choice: known.words(choice) if choice else "The owner",
        accept_new_options=True,
        help="Who answers for the action in the end. It follows the owner unless somebody else is chosen.",
    )


def choose_others(known: Choices, key: Callable[[str], str]) -> None:
    """Who works on it, who is asked and who is told, as lists to which names can be written."""
    for part, (label, hint) in LISTS.items():
        st.multiselect(
            label,
            _with_chosen(_names(known), st.session_state.get(key(part)) or ()),
            key=key(part),
            format_func=known.words,
            accept_new_options=True,
            placeholder="Choose, or write names",
            help=hint,
        )


def _names(known: Choices) -> list[str]:
    return list(dict.fromkeys([*(each.name for each in known.people.values()), *known.roles]))


def _with_chosen(options: Sequence[str], chosen: Sequence[str | None]) -> list[str]:
    """The options with what was written by hand among them."""
    return list(dict.fromkeys([*options, *(each for each in chosen if each)]))


def owner_said(known: Choices, choice: str | None, action: Action | None = None) -> tuple[str, str | None]:
    """What a choice means for an action: the owner's name or role, and the id where it is a person. A person who is in
    the list no more (they have left) stays as the action has them."""
    said = choice or ""
    if action and said == owner_choice(action):
        return action.owner, action.owner_person
    person = known.people.get(said.removeprefix(PERSON)) if said.startswith(PERSON) else None
    return (person.name, person.person) if person else (known.role_or_name(said), None)


def raci_said(
    known: Choices, title: str, owner: str, accountable: str | None, lists: Mapping[str, Sequence[str]]
) -> Raci:
    """The RACI that was chosen, refused by its rule's sentence where two names stand as accountable."""
    said = known.role_or_name(accountable or "") or owner
    if said not in _names(known) and said != owner and any(mark in said for mark in ",;\n"):
        names = [each for each in said.replace(";", ",").split(",") if each.strip()]
        raise Refused(f"{title}: exactly one is accountable, not {len(names)}; move the others to responsible")

    def people(part: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (known.role_or_name(each) for each in lists.get(part) or ()))))

    found = Raci(accountable=said, responsible=people("responsible"), consulted=people("consulted"),
                 informed=people("informed"))  # fmt: skip
    for each in found.consulted:
        if each in found.informed:
            raise Refused(f"{title}: {known.words(each)} is consulted and informed; being consulted includes it")
    return found


def show_way_in(view: PlanView, known: Choices, action: Action) -> None:
    """Whether the owner can come in, and for who may invite the way to the page where a link is made."""
    if action.owner_person is None:
        if action.owner in known.roles:
            st.caption("A role owns it. Choose a person, who can accept it and report on it.")
        return
    person = known.people.get(action.owner_person)
    if person is None:
        st.caption(f"{plain(action.owner)} has left, or has no role here any more. Choose another owner.")
        return
    st.caption(f"{plain(person.name)} {WAYS_IN[person.way_in]}.")
    invites = may(view.here.visitor, "invite", organisation=view.organisation.id)
    label = "Make a personal link on People"
    if (
        person.way_in in ("none", "visit")
        and invites
        and st.button(label, key=f"plan:{action.id}:link", icon=":material/link:")
    ):
        st.session_state["people_open"] = person.person
        go_to("people")
