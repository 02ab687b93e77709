"""Workshops on the command line: planned, their papers and workbook written, and a filled-in workbook brought back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from maturity import cli_tables as tables
from maturity.access.roles import COMMAND_LINE
from maturity.assessment.workshop import Workshop
from maturity.cli_commands import command, opened
from maturity.cli_files import say, write
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round, find_round
from maturity.operations.workspace import Workspace
from maturity.words.messages import counted

COLUMNS = ("id", "name", "department", "status", "code", "questions", "agreed", "made_at", "ended_at")
WARM_UPS = 2


def add_commands(commands: Any) -> None:
    """The command `workshop`."""
    group = commands.add_parser("workshop", help="Plan workshops, hold them on paper, and bring back what they agreed.")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    listed = command(actions, "list", "The workshops of a round, the newest first.", _list)
    listed.add_argument("round")
    listed.add_argument("--format", choices=tables.FORMATS, default="table")
    plan = command(actions, "plan", "Plan a workshop with the suggested agenda; prints its id.", _plan)
    _add_plan(plan)
    book = command(actions, "workbook", "Write a workshop's workbook (.xlsx) to fill in.", _workbook)
    _add_one(book)
    book.add_argument("--to", type=Path, required=True)
    pack = command(actions, "pack", "Write the papers to print: agenda, cards, question sheets.", _pack)
    _add_one(pack)
    pack.add_argument("--to", type=Path, required=True)
    pack.add_argument("--sets", type=int, default=1, help="cards for so many people (default: 1)")
    take = command(actions, "import", "Bring a filled-in workbook back: all of it or nothing.", _import)
    take.add_argument("round")
    take.add_argument("file", type=Path)
    take.add_argument("--dry-run", action="store_true", help="say what would be recorded, and record nothing")
    take.add_argument("--format", choices=tables.FORMATS, default="table")
    for each in (listed, plan, book, pack, take):
        each.add_argument("--organisation")


def _add_plan(plan: argparse.ArgumentParser) -> None:
    plan.add_argument("round")
    plan.add_argument("--department", help="code of the department (default: the whole organisation)")
    plan.add_argument("--name", help="what the workshop is called (default: what it is about)")
    plan.add_argument("--questions", type=int, default=15, help="at most so many questions (default: 15)")
    plan.add_argument("--no-warm-up", action="store_true", help="leave out the worked examples that a room begins with")


def _add_one(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("round")
    parser.add_argument("workshop", help="id, join code, `latest`, or name where only one workshop bears it")


def _list(chosen: argparse.Namespace) -> None:
    from maturity.operations.workshops import agenda, workshops

    with opened(chosen) as workspace:
        rows = []
        for each in workshops(workspace, COMMAND_LINE, _round(workspace, chosen)):
            asked = [matter for matter in agenda(workspace, COMMAND_LINE, each) if not matter.warms_up]
            agreed = sum(matter.outcome is not None for matter in asked)
            rows.append(
                (
                    *(str(each.id), each.name, each.department, each.status, each.code, len(asked), agreed),
                    *(each.made_at, each.ended_at),
                )
            )
    print(tables.printed(COLUMNS, rows, chosen.format))


def _plan(chosen: argparse.Namespace) -> None:
    from maturity.framework.examples import fitting_examples
    from maturity.operations.workshop_agenda import suggest_agenda
    from maturity.operations.workshop_lines import MOST_MATTERS, AgendaLine
    from maturity.operations.workshops import plan_workshop

    if not 1 <= chosen.questions <= MOST_MATTERS - WARM_UPS:
        raise Refused(f"a workshop has 1 to {MOST_MATTERS - WARM_UPS} questions, not {chosen.questions}; choose fewer")
    with opened(chosen) as workspace:
        round_ = _round(workspace, chosen)
        lines = suggest_agenda(workspace, COMMAND_LINE, round_, chosen.department, most=chosen.questions)
        about = round_.names.get(chosen.department or "", chosen.department or round_.organisation)
        if not lines:
            raise Refused(
                f"nothing of {about} is left to talk about: no level was answered, or all are settled or agreed; "
                "choose the questions yourself on the page Workshops"
            )
        warm_up = () if chosen.no_warm_up else fitting_examples(round_.framework)[:WARM_UPS]
        first = [AgendaLine(example=each.id) for each in warm_up]
        name = chosen.name if chosen.name is not None else about
        made = plan_workshop(workspace, COMMAND_LINE, round_, chosen.department, name, [*first, *lines])
    print(made.id)
    say(f"The workshop {made.name!r} with {counted(len(lines), 'question')} is planned; its join code is {made.code}.")


def _workbook(chosen: argparse.Namespace) -> None:
    from maturity.operations.workshop_workbook import export_workbook

    with opened(chosen) as workspace:
        round_ = _round(workspace, chosen)
        workshop = _workshop(workspace, round_, chosen.workshop)
        content = export_workbook(workspace, COMMAND_LINE, round_, workshop)
    write(chosen.to, content)


def _pack(chosen: argparse.Namespace) -> None:
    from maturity.operations.workshop_pack import workshop_pack

    with opened(chosen) as workspace:
        round_ = _round(workspace, chosen)
        workshop = _workshop(workspace, round_, chosen.workshop)
        page = workshop_pack(workspace, COMMAND_LINE, round_, workshop, sets=chosen.sets)
    write(chosen.to, page.encode())


def _import(chosen: argparse.Namespace) -> None:
    from maturity.operations.workshop_workbook import import_workbook, read_workbook, workshop_of_workbook

    content = _content(chosen.file)
    with opened(chosen) as workspace:
        round_ = _round(workspace, chosen)
        workshop = _of_workbook(workspace, round_, workshop_of_workbook(content))
        found = read_workbook(workspace, COMMAND_LINE, round_, workshop, content)
        ends = found.changes.ends
        if not chosen.dry_run:
            workshop, _ = import_workbook(workspace, COMMAND_LINE, round_, workshop, content)
    rows = [(each.department, each.question, each.what, each.now, each.then) for each in found.differences]
    print(tables.printed(("department", "question", "what", "now", "then"), rows, chosen.format))
    if found.changes.is_nothing:
        say(f"All of it is recorded in {workshop.name!r} already; nothing was changed.")
    elif chosen.dry_run:
        say(f"It would record in {workshop.name!r}: {found.changes.said}. Nothing was recorded.")
    else:
        over = " The workshop is over." if ends else ""
        say(f"Recorded in {workshop.name!r}: {found.changes.said}.{over}")


def _round(workspace: Workspace, chosen: argparse.Namespace) -> Round:
    return find_round(workspace, COMMAND_LINE, chosen.round, chosen.organisation)


def _workshop(workspace: Workspace, round_: Round, named: str) -> Workshop:
    """The workshop of a round that is meant, or a refusal that says which there are."""
    from maturity.operations.workshop_joining import clean_code
    from maturity.operations.workshops import workshops

    known = workshops(workspace, COMMAND_LINE, round_)
    if named == "latest" and known:
        return known[0]
    exact = [each for each in known if named == str(each.id) or clean_code(named) == each.code]
    found = exact or [each for each in known if each.name == named]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{each.name!r} ({each.code})" for each in known) or "none yet"
    if found:
        raise Refused(f"{len(found)} workshops of {round_.name!r} are called {named!r}; give a join code: {there}")
    raise Refused(f"the round {round_.name!r} has no workshop {named!r}; its workshops are {there}")


def _of_workbook(workspace: Workspace, round_: Round, workshop_id: UUID) -> Workshop:
    from maturity.operations.workshops import workshops

    for each in workshops(workspace, COMMAND_LINE, round_):
        if each.id == workshop_id:
            return each
    raise Refused(
        f"the round {round_.name!r} has no workshop that this workbook belongs to; name the round it was held in"
    )


def _content(path: Path) -> bytes:
    from maturity.operations.workshop_workbook import MOST_BYTES

    try:
        # Never more of it than is needed to see that it is too big.
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}); check the name") from None
