"""The public site on the command line: written as a folder of files for any web server."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maturity.cli_commands import command, opened
from maturity.cli_files import say
from maturity.operations.errors import Refused
from maturity.words.messages import counted

OURS = "editions/ledger.json"
"""A folder that holds this was written by this command."""


def add_commands(commands: Any) -> None:
    """`publish PLAN --to FOLDER`."""
    made = command(commands, "publish", "Write the public site of what was published.", _publish)
    made.add_argument("plan", help="the name of the plan version that an edition was made from, or latest")
    made.add_argument("--to", type=Path, required=True, help="a new or empty folder, or one that this command wrote")
    made.add_argument("--base", default="", help="the address at which the site will be, for feeds: https://...")
    made.add_argument("--organisation")


def _publish(chosen: argparse.Namespace) -> None:
    from maturity.operations.public_site import site_of_plan

    with opened(chosen) as workspace:
        files = site_of_plan(workspace, chosen.plan, base=chosen.base, organisation=chosen.organisation).files
    write_site(chosen.to, files)
    say(f"Written: {chosen.to} ({counted(len(files), 'file')})")


def write_site(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the site beside the folder and then puts it in its place, so that nobody sees half of it."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / OURS).exists())):
        raise Refused(f"{folder}: holds something that this command did not write; name a new or an empty folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            _fill(Path(beside) / "new", files)
            _put(Path(beside), folder)
    except OSError as error:
        raise Refused(f"{folder}: cannot be written ({error.strerror}); choose another place") from None


def _put(beside: Path, folder: Path) -> None:
    """The new site in the place of the old one, which is put back where that cannot be done."""
    if folder.exists():
        os.replace(folder, beside / "old")
    try:
        os.replace(beside / "new", folder)
    except OSError:
        if (beside / "old").exists():
            os.replace(beside / "old", folder)
        raise


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
