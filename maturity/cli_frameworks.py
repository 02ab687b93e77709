"""Frameworks on the command line: listed, checked, brought in and written out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from maturity import cli_tables as tables
from maturity.access.roles import COMMAND_LINE
from maturity.cli_commands import command, opened
from maturity.cli_files import say, write
from maturity.operations.errors import Refused


def add_commands(commands: Any) -> None:
    """The command `framework`."""
    group = commands.add_parser("framework", help="List, check, import and export frameworks.")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    command(actions, "list", "Frameworks that a round can use.", _framework_list)
    check = command(actions, "check", "Say what is wrong with a framework or catalogue file.", _framework_check)
    check.add_argument("file", type=Path)
    take = command(actions, "import", "Keep a framework in the store.", _framework_import)
    take.add_argument("file", type=Path)
    take.add_argument("--id")
    take.add_argument("--format", choices=("yaml", "csv"))
    give = command(actions, "export", "Write a framework as a YAML file.", _framework_export)
    give.add_argument("id")
    give.add_argument("--to", type=Path, required=True)


def _framework_list(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import framework_versions

    with opened(chosen) as workspace:
        found = framework_versions(workspace, COMMAND_LINE)
    rows = [
        (f.code, f.version, f.name, f.questions, "comes with Waymark" if f.shipped else "in the store") for f in found
    ]
    print(tables.table(("id", "version", "name", "questions", "where"), rows))


def _framework_check(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import problems_of

    problems = problems_of(chosen.file)
    if problems:
        raise Refused(problems[0])
    say(f"{chosen.file.name} is good.")


def _framework_import(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import import_framework, read_framework_file

    made = read_framework_file(chosen.file, code=chosen.id, format=chosen.format)
    with opened(chosen) as workspace:
        import_framework(workspace, COMMAND_LINE, made)
    say(f"Framework {made.id} {made.version} with {len(made.questions)} questions is in the store.")


def _framework_export(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import find_framework, framework_text

    with opened(chosen) as workspace:
        text = framework_text(find_framework(workspace, COMMAND_LINE, chosen.id))
    write(chosen.to, text)
