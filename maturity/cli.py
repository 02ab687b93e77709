"""The command line: results on standard output, everything else on standard error.

Exit status 0 done, 1 refused with one line that says what, where and how to mend it, 2 wrong usage, 130 stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maturity import cli_frameworks, cli_people, cli_plan, cli_public, cli_reports, cli_rounds, cli_verify, cli_workshop
from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE
from maturity.cli_commands import bar, command, opened
from maturity.cli_files import say
from maturity.operations import workspace as workspaces
from maturity.operations.errors import Refused

STOPPED = 130
"""The exit status that shells give to what was stopped by Ctrl-C."""
PARTS = (cli_frameworks, cli_rounds, cli_plan, cli_people, cli_workshop, cli_public, cli_verify, cli_reports)
REFUSALS = (Refused, workspaces.StoreRefused, NotPermitted, ValueError)


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns the exit status."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        say("waymark: stopped before it was done")
        return STOPPED
    except REFUSALS as error:
        # A refused workbook names every cell that is wrong, one a line; everything else is one sentence.
        for problem in getattr(error, "problems", None) or (str(error),):
            print(f"waymark: {' '.join(problem.split())}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m maturity", description="Waymark on the command line.")
    parser.add_argument("--store", help="a DuckDB file or postgresql://... (default: WAYMARK_STORE, else data/)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_demo(commands)
    for each in PARTS:
        each.add_commands(commands)
    _add_store(commands)
    return parser


def _add_demo(commands: Any) -> None:
    demo = command(commands, "demo", "Fill a store with the demo city, Port Ellery.", _demo)
    demo.add_argument("--size", choices=("small", "city", "region"), default="city")
    demo.add_argument("--reset", action="store_true", help="throw the demo city away and make it anew")


def _add_store(commands: Any) -> None:
    keep = command(commands, "backup", "Write a copy of the whole store into a new folder.", _backup)
    keep.add_argument("file", type=Path)
    back = command(commands, "restore", "Make a new store from a backup.", _restore)
    back.add_argument("file", type=Path)
    command(commands, "check", "Check the store: tables, audit trail, orphans.", _check)


def _demo(chosen: argparse.Namespace) -> None:
    from maturity.operations.demo import build_demo

    with opened(chosen, lambda: workspaces.named_url() or workspaces.demo_url()) as workspace, bar("demo") as told:
        said = build_demo(workspace, chosen.size, today=workspace.clock().date(), reset=chosen.reset, on_progress=told)
    say(f"{said} It is in {workspace.store.name}.")


def _backup(chosen: argparse.Namespace) -> None:
    with opened(chosen) as workspace:
        say(f"The backup is in {workspace.store.backup(chosen.file)}.")


def _restore(chosen: argparse.Namespace) -> None:
    from maturity.operations.upkeep import restore_store

    target = chosen.store or workspaces.default_url()
    restore_store(chosen.file, target)
    say(f"The store {target} has what the backup {chosen.file} holds.")


def _check(chosen: argparse.Namespace) -> None:
    from maturity.operations.upkeep import problems_of_store

    with opened(chosen) as workspace:
        problems = problems_of_store(workspace, COMMAND_LINE)
    if problems:
        raise Refused("; ".join(problems))
    say("The store is good: its tables, its references and its audit trail fit together.")
