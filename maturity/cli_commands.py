"""What every command is made with: its parser, the store that it opens, and a bar for long work."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from maturity.operations import workspace as workspaces
from maturity.operations.workspace import Workspace


def command(commands: Any, name: str, about: str, run: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
    """A command of a group, to which its own arguments are added; `run` does it and prints."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    made.set_defaults(run=run)
    # Taken after the command too, where people write it.
    made.add_argument("--store", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return made


@contextmanager
def opened(chosen: argparse.Namespace, default: Callable[[], str] = workspaces.default_url) -> Iterator[Workspace]:
    """The store that is meant, closed afterwards; `StoreRefused` where it cannot be opened."""
    workspace = workspaces.open_workspace(chosen.store or default())
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A callback (done, of how many) that draws a progress bar on a terminal and nothing in a pipe."""
    from tqdm import tqdm

    with tqdm(desc=what, disable=None, file=sys.stderr, leave=False) as drawn:

        def told(done: int, total: int) -> None:
            drawn.total = total
            drawn.update(done - drawn.n)

        yield told
