"""A pasted list of people, read line by line: who gets which role where, and what is wrong with which line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Role, Visitor
from maturity.operations.errors import Refused
from maturity.operations.given_roles import Place, place_of_role
from maturity.operations.people import checked_email, checked_name
from maturity.operations.setup import Organisation
from maturity.operations.workspace import Workspace
from maturity.words.messages import counted
from maturity.words.people_sentences import ROLE_NAMES, role_code

MOST_LINES = 500
HEADINGS = {"name", "names", "person"}


class BadLines(Refused):
    """A list that nobody was added from; `problems` has one sentence for each bad line, in their order."""

    def __init__(self, problems: Sequence[str]) -> None:
        bad = f"{counted(len(problems), 'line is', 'lines are')} bad and nobody was added"
        super().__init__(f"{bad}: {problems[0]}" if len(problems) == 1 else f"{bad}; the first: {problems[0]}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as read: who gets which role where."""

    number: int
    name: str
    email: str | None
    role: Role
    place: Place

    @property
    def key(self) -> tuple[str, Role, UUID | None]:
        """By what two lines are the same: the person, the role, the department."""
        return self.email or self.name.casefold(), self.role, self.place.department_id


def read_lines(workspace: Workspace, visitor: Visitor, mine: Organisation, text: str) -> list[Line]:
    """The lines of a list, each checked by itself and against the others; `BadLines` names all that cannot be."""
    written = list(_written(text))
    if not written:
        raise Refused("the list is empty; write one person a line, such as `Asha Rao; asha@city.example; Parks`")
    if len(written) > MOST_LINES:
        raise Refused(f"the list has {len(written)} lines, at most {MOST_LINES} are added at once; paste it in parts")
    found: list[Line] = []
    problems: list[str] = []
    places: dict[tuple[str, str | None], Place] = {}
    for number, cells in written:
        try:
            found.append(_line(workspace, visitor, mine, number, cells, places))
        except (Refused, NotPermitted) as error:
            problems.append(f"line {number}: {error}")
    problems += _against_each_other(found)
    if problems:
        raise BadLines(problems)
    return found


def _written(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each line that is not blank; a first line of headings is left out."""
    first = True
    for number, line in enumerate(text.replace("\ufeff", "").splitlines(), start=1):
        cells = [cell.strip().strip('"').strip() for cell in re.split(r"[;\t]", line)]
        if any(cells) and not (first and cells[0].lower() in HEADINGS):
            yield number, cells
        first = first and not any(cells)


def _line(
    workspace: Workspace, visitor: Visitor, mine: Organisation, number: int, cells: list[str],
    places: dict[tuple[str, str | None], Place],
) -> Line:  # fmt: skip
    if len(cells) > 4 and any(cells[4:]):
        raise Refused("there are more than four parts; write `Name; address; department; role`")
    name, email, department, role = (*cells, "", "", "")[:4]
    said = checked_name(name)
    code = _department(mine, department)
    given = _role(role, code)
    if (given, code) not in places:
        places[given, code] = place_of_role(workspace, visitor, given, code, mine.name, False)
    return Line(number=number, name=said, email=checked_email(email), role=given, place=places[given, code])


def _department(mine: Organisation, text: str) -> str | None:
    if not text:
        return None
    wanted = text.casefold()
    for each in mine.departments:
        if wanted in (each.code.casefold(), each.name.casefold()):
            return each.code
    known = ", ".join(each.name for each in mine.departments[:12]) + (", …" if len(mine.departments) > 12 else "")
    raise Refused(f"there is no department {text!r}; choose one of {known or 'none yet'}")


def _role(text: str, department: str | None) -> Role:
    if not text and department:
        return "respondent"
    found = role_code(text)
    if found is None:
        what = f"{text!r} is no role" if text else "a department or a role is missing"
        raise Refused(f"{what}; the roles are {', '.join(ROLE_NAMES.values())}")
    return found  # type: ignore[return-value]  # the words name exactly the roles; a test holds them together


def _against_each_other(lines: Sequence[Line]) -> list[str]:
    """Lines that stand twice, and addresses that two different people have."""
    problems: list[str] = []
    keys: dict[tuple[str, Role, UUID | None], Line] = {}
    names: dict[str, Line] = {}
    for line in lines:
        first = keys.setdefault(line.key, line)
        owner = names.setdefault(line.email, line) if line.email else line
        if owner.name.casefold() != line.name.casefold():
            problems.append(f"line {line.number}: {line.email} is the address of {owner.name} in line {owner.number}")
        elif first is not line:
            problems.append(f"line {line.number}: stands in line {first.number} already; keep one of them")
    return problems
