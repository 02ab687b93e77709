"""LibreOffice as readers of reports have it: opens a file and writes it anew as another kind."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.engines import missing


def converted(content: bytes, kind: str, to: str, folder: Path) -> Path:
    """The file in another kind, by a LibreOffice with a profile of its own, so that runs beside it do not meet it."""
    program = shutil.which("soffice")
    if program is None:
        missing("LibreOffice is not installed here: soffice is needed to open the reports as their readers do")
    source, made = folder / f"report.{kind}", folder / "made"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program), profile, "--headless", "--convert-to", to, "--outdir", str(made), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return made / f"report.{to}"


def text_of(pdf: Path) -> tuple[int, str]:
    """How many pages a PDF has, and its text."""
    program = shutil.which("pdftotext")
    if program is None:
        missing("Poppler is not installed here: pdftotext is needed to read what LibreOffice has made of the reports")
    text = subprocess.run([str(program), "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
    pages = text.decode().split("\f")
    return len(pages) - 1, "\n".join(pages)
