"""The command `report`: one report of a plan, written to a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from maturity.access.roles import COMMAND_LINE
from maturity.cli_files import write
from maturity.words.pack_sentences import KINDS


def add_commands(commands: Any, command: Callable[..., argparse.ArgumentParser], opened: Callable[..., Any]) -> None:
    """Adds `report PLAN --kind KIND --to FILE`."""

    def run(chosen: argparse.Namespace) -> None:
        _report(chosen, opened)

    made = command(commands, "report", "Make a report of a plan: slides, document, workbook or PDF.", run)
    made.add_argument("plan", help="the name of a plan, or latest")
    made.add_argument("--kind", choices=tuple(KINDS), required=True)
    made.add_argument("--to", type=Path, required=True)
    made.add_argument("--with-answers", action="store_true", help="answers and evidence as an appendix")
    made.add_argument("--organisation")


def _report(chosen: argparse.Namespace, opened: Callable[..., Any]) -> None:
    from tqdm import tqdm

    from maturity.operations.reports import report

    with opened(chosen) as workspace, tqdm(desc="report", disable=None, file=sys.stderr, leave=False) as bar:

        def told(stage: Any) -> None:
            bar.total = stage["of"]
            bar.update(stage["done"] - bar.n)

        made = report(
            workspace, COMMAND_LINE, chosen.plan, chosen.kind, chosen.organisation, with_answers=chosen.with_answers,
            told=told,
        )  # fmt: skip
    write(chosen.to, made.content)
