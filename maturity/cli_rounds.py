"""A round on the command line: its answers brought in and written out, its scores, gaps and replies."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from maturity import cli_tables as tables
from maturity.access.roles import COMMAND_LINE
from maturity.cli_commands import bar, command, opened
from maturity.cli_files import say, write
from maturity.operations import workspace as workspaces


def add_commands(commands: Any) -> None:
    """The commands `answers`, `scores`, `gaps` and `replies`."""
    _add_answers(commands)
    _add_results(commands)


def _add_answers(commands: Any) -> None:
    group = commands.add_parser("answers", help="Bring answers in from a file, or write them to one.")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    take = command(actions, "import", "Bring an answers file (CSV) into a round.", _answers_import)
    take.add_argument("file", type=Path)
    take.add_argument("--framework", required=True)
    take.add_argument("--round", required=True)
    take.add_argument("--skip-bad-rows", action="store_true")
    take.add_argument("--organisation")
    give = command(actions, "export", "Write a round's submitted answers as CSV.", _answers_export)
    give.add_argument("round")
    give.add_argument("--to", type=Path, required=True)
    give.add_argument("--organisation")


def _add_results(commands: Any) -> None:
    scores = command(commands, "scores", "The scores of a round.", _scores)
    scores.add_argument("round")
    scores.add_argument("--by", choices=tables.KINDS, default="department")
    gaps = command(commands, "gaps", "Targets against scores, by priority.", _gaps)
    gaps.add_argument("round")
    said = command(commands, "replies", "What heads of department say to their results.", _replies)
    said.add_argument("round")
    for each in (scores, gaps, said):
        each.add_argument("--format", choices=tables.FORMATS, default="table")
        each.add_argument("--organisation")


def _answers_import(chosen: argparse.Namespace) -> None:
    from maturity.operations.imports import import_answers

    with opened(chosen) as workspace, bar("answers") as told:
        done = import_answers(
            workspace,
            COMMAND_LINE,
            chosen.file,
            framework=chosen.framework,
            round_name=chosen.round,
            organisation=chosen.organisation,
            skip_bad_rows=chosen.skip_bad_rows,
            told=told,
        )
    left = f" {done.left_out} bad rows were left out." if chosen.skip_bad_rows else ""
    say(f"{done.answers} answers of {done.departments} departments are in the round {done.round!r}.{left}")


def _answers_export(chosen: argparse.Namespace) -> None:
    from maturity.operations.imports import export_answers

    with opened(chosen) as workspace:
        write(chosen.to, export_answers(workspace, COMMAND_LINE, chosen.round, chosen.organisation))


def _scores(chosen: argparse.Namespace) -> None:
    from maturity.operations.scores import scores_of

    with opened(chosen) as workspace:
        several = _several(workspace) and not chosen.organisation
        names = _assessed(workspace) if several else [chosen.organisation]
        found = [(name, scores_of(workspace, COMMAND_LINE, chosen.round, name)) for name in names]
    print(tables.scores(found, chosen.by, chosen.format, with_organisation=several))


def _replies(chosen: argparse.Namespace) -> None:
    from maturity.operations.replies import replies
    from maturity.operations.rounds import find_round

    with opened(chosen) as workspace:
        several = _several(workspace) and not chosen.organisation
        names = _assessed(workspace) if several else [chosen.organisation]
        asked = [(name, find_round(workspace, COMMAND_LINE, chosen.round, name)) for name in names]
        found = [(name, replies(workspace, COMMAND_LINE, round_)) for name, round_ in asked]
    print(tables.replies(found, chosen.format, with_organisation=several))


def _several(workspace: workspaces.Workspace) -> bool:
    from maturity.operations.setup import organisations

    return len(organisations(workspace, COMMAND_LINE)) > 1


def _assessed(workspace: workspaces.Workspace) -> list[str]:
    """The organisations that have departments: a partnership has none, and so nothing to show here."""
    from maturity.operations.setup import organisations

    return [each.name for each in organisations(workspace, COMMAND_LINE) if each.departments]


def _gaps(chosen: argparse.Namespace) -> None:
    from maturity.operations.rounds import find_round
    from maturity.operations.targets import gaps

    with opened(chosen) as workspace:
        round_ = find_round(workspace, COMMAND_LINE, chosen.round, chosen.organisation)
        found = gaps(workspace, COMMAND_LINE, round_)
    if not found.found and not round_.framework.top_level:
        say(f"{round_.framework.name} counts points and has no levels, so there are no targets and no gaps.")
    print(tables.gaps(found, chosen.format))
