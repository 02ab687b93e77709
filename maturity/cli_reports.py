"""The command `report`: one report of a plan, written to a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from maturity.access.roles import COMMAND_LINE
from maturity.cli_commands import bar, command, opened
from maturity.cli_files import write
from maturity.words.pack_sentences import KINDS


def add_commands(commands: Any) -> None:
    """Adds `report PLAN --kind KIND --to FILE`."""
    made = command(commands, "report", "Make a report of a plan: slides, document, workbook or PDF.", _report)
    made.add_argument("plan", help="the name of a plan, or latest")
    made.add_argument("--kind", choices=tuple(KINDS), required=True)
    made.add_argument("--to", type=Path, required=True)
    made.add_argument("--with-answers", action="store_true", help="answers and evidence as an appendix")
    made.add_argument("--organisation")


def _report(chosen: argparse.Namespace) -> None:
    from maturity.operations.reports import report

    with opened(chosen) as workspace, bar("report") as told:
        made = report(
            workspace, COMMAND_LINE, chosen.plan, chosen.kind, chosen.organisation, with_answers=chosen.with_answers,
            told=lambda stage: told(stage["done"], stage["of"]),
        )  # fmt: skip
    write(chosen.to, made.content)
