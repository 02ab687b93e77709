"""People on the command line: added, listed, given roles and personal links, of which the first administrator's too."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any, cast

from maturity import cli_rights
from maturity import cli_tables as tables
from maturity.access.people import GivenRole
from maturity.access.roles import COMMAND_LINE, OF_A_DEPARTMENT, ROLES, Role
from maturity.cli_commands import command, opened
from maturity.operations.errors import Refused
from maturity.operations.links import LINK_DAYS, NewLink
from maturity.operations.people import KnownPerson
from maturity.operations.workspace import Workspace
from maturity.words.messages import on_day

COLUMNS = ("id", "name", "email", "roles", "link", "valid until", "last used", "left")


def add_commands(commands: Any) -> None:
    """The commands `person` and `token`."""
    group = commands.add_parser("person", help="Add people, list them, give them roles and personal links.")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    _add_add(command(actions, "add", "Add a person with a first role; prints the id.", _add))
    link = command(actions, "link", "Make a personal link; prints it, once.", _link)
    link.add_argument("who", help="id, e-mail address, or name where only one person bears it")
    _add_link_choices(link)
    _add_role(command(actions, "role", "Give somebody a role, or end one.", _role))
    listed = command(actions, "list", "Everybody, with roles and how their link stands.", _list)
    listed.add_argument("--format", choices=tables.FORMATS, default="table")
    cli_rights.add_actions(actions)
    group = commands.add_parser("token", help="Take personal links back.")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    revoke = command(actions, "revoke", "Take back every personal link of somebody.", _revoke)
    revoke.add_argument("who", help="id, e-mail address, or name where only one person bears it")


def _add_add(add: argparse.ArgumentParser) -> None:
    add.add_argument("name")
    add.add_argument("--email")
    add.add_argument("--role", required=True, type=_role_name, choices=ROLES)
    add.add_argument("--until", type=date.fromisoformat, help="last day of the role, such as 2026-12-31")
    add.add_argument("--link", action="store_true", help="make a personal link too, and print it on a second line")
    _add_place(add)
    _add_link_choices(add)


def _add_role(role: argparse.ArgumentParser) -> None:
    role.add_argument("who", help="id, e-mail address, or name where only one person bears it")
    role.add_argument("deed", choices=("give", "end"))
    role.add_argument("role", type=_role_name, choices=ROLES)
    role.add_argument("--until", type=date.fromisoformat, help="last day of the role, such as 2026-12-31")
    _add_place(role)


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--department", help="code of the department")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--organisation")
    said = "in all organisations, also those to come (usual for an administrator where no organisation is named)"
    where.add_argument("--installation", action="store_true", help=said)


def _add_link_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=LINK_DAYS, help=f"how long the link holds (default: {LINK_DAYS})")
    parser.add_argument(
        "--base", metavar="URL", help="what the link begins with (default: WAYMARK_URL, else this computer)"
    )


def _role_name(text: str) -> str:
    return text.strip().lower().replace("-", "_")


def _everywhere(chosen: argparse.Namespace) -> bool:
    return bool(chosen.installation or (chosen.role == "administrator" and not chosen.organisation))


def _add(chosen: argparse.Namespace) -> None:
    from maturity.operations.people import add_person

    base = _base(chosen) if chosen.link else ""
    with opened(chosen) as workspace:
        person = add_person(
            workspace,
            COMMAND_LINE,
            chosen.name,
            chosen.email,
            chosen.role,
            chosen.department,
            until=chosen.until,
            organisation=chosen.organisation,
            installation=_everywhere(chosen),
        )
        print(person.id)
        if chosen.link:
            _print_link(workspace, person.id, chosen.days, base)


def _link(chosen: argparse.Namespace) -> None:
    from maturity.operations.everybody import find_person

    base = _base(chosen)
    with opened(chosen) as workspace:
        _print_link(workspace, find_person(workspace, COMMAND_LINE, chosen.who).person.id, chosen.days, base)


def _base(chosen: argparse.Namespace) -> str:
    """What a link is to begin with; what is wrong with the link's choices is said before anything is done."""
    from maturity.operations.addresses import checked_address, named_address
    from maturity.operations.links import checked_days

    checked_days(chosen.days)
    return checked_address(chosen.base) if chosen.base else named_address()


def _print_link(workspace: Workspace, person_id: Any, days: int, base: str) -> None:
    from maturity.operations.links import make_link

    made: NewLink = make_link(workspace, COMMAND_LINE, person_id, days=days)
    print(f"{base}{made.path}")
    until = on_day(made.link.expires_at.date())
    print(f"The link holds until {until}; whoever has it comes in as {made.person.name}.", file=sys.stderr)


def _role(chosen: argparse.Namespace) -> None:
    from maturity.operations.everybody import find_person
    from maturity.operations.given_roles import end_role, give_role

    with opened(chosen) as workspace:
        known = find_person(workspace, COMMAND_LINE, chosen.who)
        if chosen.deed == "end":
            end_role(workspace, COMMAND_LINE, _held(workspace, known, chosen).id)
        else:
            give_role(
                workspace,
                COMMAND_LINE,
                known.person.id,
                cast(Role, chosen.role),
                chosen.department,
                until=chosen.until,
                organisation=chosen.organisation,
                installation=_everywhere(chosen),
            )
    print(f"{known.person.name}: role {chosen.role} {'ended' if chosen.deed == 'end' else 'given'}.", file=sys.stderr)


def _held(workspace: Workspace, known: KnownPerson, chosen: argparse.Namespace) -> GivenRole:
    """The one role that is meant, or a refusal that says which there are."""
    names = _organisations(workspace)
    found = [
        each
        for each in known.roles
        if each.role == chosen.role
        and chosen.department in (None, each.department)
        and chosen.organisation in (None, names.get(each.organisation_id))
        and not (chosen.installation and each.organisation_id)
    ]
    if len(found) == 1:
        return found[0]
    said = "; ".join(_said(each, names) for each in known.roles) or "none"
    if found:
        more = "--department" if chosen.role in OF_A_DEPARTMENT else "--organisation or --installation"
        raise Refused(f"{known.person.name} holds this role {len(found)} times ({said}); add {more}")
    raise Refused(f"{known.person.name} does not hold this role; the roles held are: {said}")


def _organisations(workspace: Workspace) -> dict[Any, str]:
    from maturity.operations.setup import organisations

    return {each.id: each.name for each in organisations(workspace, COMMAND_LINE)}


def _said(given: GivenRole, names: dict[Any, str]) -> str:
    """A role as scripts and people read it: "respondent parks (Town) until 2026-12-31"."""
    where = names.get(given.organisation_id, "whole installation")
    until = f" until {given.until.isoformat()}" if given.until else ""
    return f"{given.role}{f' {given.department}' if given.department else ''} ({where}){until}"


def _list(chosen: argparse.Namespace) -> None:
    from maturity.operations.everybody import everybody

    with opened(chosen) as workspace:
        names, now = _organisations(workspace), workspace.clock()
        rows = []
        for each in everybody(workspace, COMMAND_LINE):
            link = each.link
            standing = (link.state(now), link.expires_at.date(), link.used_at and link.used_at.date()) if link else ()
            roles = "; ".join(_said(role, names) for role in each.roles)
            left = each.person.left_at.date() if each.person.left_at else None
            rows.append(
                (str(each.person.id), each.person.name, each.person.email, roles, *(standing or (None,) * 3), left)
            )
    print(tables.printed(COLUMNS, rows, chosen.format))


def _revoke(chosen: argparse.Namespace) -> None:
    from maturity.operations.everybody import find_person
    from maturity.operations.links import revoke_links

    with opened(chosen) as workspace:
        known = find_person(workspace, COMMAND_LINE, chosen.who)
        revoke_links(workspace, COMMAND_LINE, known.person.id)
    print(f"Every link of {known.person.name} is taken back; browsers are out at their next click.", file=sys.stderr)
