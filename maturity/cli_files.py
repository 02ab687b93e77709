"""What every command does with files, and with what it says beside its results."""

from __future__ import annotations

import sys
from pathlib import Path

from maturity.operations.errors import Refused


def write(path: Path, content: bytes | str) -> None:
    """Writes a file and says so; refuses where that cannot be done. Texts are UTF-8 with the system's line ends."""
    try:
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            path.write_bytes(content)
    except OSError as error:
        raise Refused(f"{path}: cannot be written ({error.strerror}); choose another place") from None
    say(f"Written: {path}")


def say(sentence: str) -> None:
    """A sentence for people, kept apart from results."""
    print(sentence, file=sys.stderr)
