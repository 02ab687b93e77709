"""The command line for what residents read: verify a folder of published editions, without a store or a network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from maturity.cli_commands import command
from maturity.operations.errors import Refused
from maturity.roadmap.editions import edition_hash
from maturity.roadmap.ledger import EDITIONS_FOLDER, LedgerEntry, read_ledger, verify_chain
from maturity.words.edition_sentences import MISFITS, whole_chain

LARGEST = 20_000_000


def add_commands(commands: Any) -> None:
    """Adds `verify FOLDER`."""
    made = command(commands, "verify", "Verify the chain of editions in a folder of the public site.", verify)
    made.add_argument("folder", type=Path)
    made.add_argument(
        "--hash", action="append", default=[], metavar="NUMBER:SHA256",
        help="a hash noted elsewhere, such as in minutes: it gives a complete rewrite away",
    )  # fmt: skip


def verify(arguments: argparse.Namespace) -> None:
    """Says that the chain is whole, or refuses with the editions that do not fit."""
    print(verified(arguments.folder, dict(map(_noted, arguments.hash))))


def verified(folder: Path, elsewhere: dict[int, str] | None = None) -> str:
    """The sentence on a whole chain; refused with what does not fit."""
    place = folder / EDITIONS_FOLDER if (folder / EDITIONS_FOLDER).is_dir() else folder
    texts = {int(path.stem): _text(path) for path in sorted(place.glob("[0-9]*.json")) if path.stem.isdigit()}
    if not texts:
        raise Refused(f"{folder}: there is no edition in it; name the folder of the site, or its folder of editions")
    found = verify_chain(texts, _ledger(place), elsewhere)
    if found:
        said = "; ".join(MISFITS[each.code].format(number=each.number) for each in found[:5])
        raise Refused(f"{folder}: {said}; compare with a copy from elsewhere")
    last = max(texts)
    return whole_chain(len(texts), last, edition_hash(texts[last]))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"{path}: larger than any edition is; get the folder again")
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{path}: cannot be read as a text; get the folder again") from None


def _ledger(place: Path) -> dict[int, LedgerEntry]:
    path = place / "ledger.json"
    if not path.exists():
        return {}
    try:
        return read_ledger(_text(path))
    except ValueError:
        raise Refused(f"{path}: is no list of editions; get the folder again") from None


def _noted(written: str) -> tuple[int, str]:
    number, _, sha256 = written.partition(":")
    if not number.isdigit() or len(sha256) != 64:
        raise Refused(f"{written!r} is no noted hash; write NUMBER:SHA256, such as 3:9f86...")
    return int(number), sha256.lower()
