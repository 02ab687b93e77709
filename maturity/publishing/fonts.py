"""The letters of what is drawn here: charts and the PDF do not depend on what the machine has installed.

Source Sans Pro comes from the wheel `font-source-sans-pro` (SIL Open Font License). Where it is missing charts are
drawn in the renderer's own Liberation Sans: it is as wide as Arial, which `charts.lettering` measures by.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Source Sans Pro"
STACK = f"{FAMILY}, Arial, Liberation Sans, sans-serif"


@cache
def font_folder() -> Path | None:
    """The folder with the font files, None where the wheel is not installed."""
    found = find_spec("font_source_sans_pro")
    folder = Path(found.origin).parent / "files" if found and found.origin else None
    return folder if folder and folder.is_dir() else None
