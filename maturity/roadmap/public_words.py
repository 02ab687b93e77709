"""The catalogue's actions in words for residents, as they come with Waymark in `data/public-words/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from maturity.framework.load import read_document, validated
from maturity.framework.model import FileValue, FrameworkError, Id
from maturity.planning.catalogue import CatalogueError
from maturity.roadmap.editions import Language, PublicWords


class PublicWordsFile(FileValue):
    """The file: for which catalogue it is, and by action and language the words."""

    catalogue: Id
    words: Mapping[str, Mapping[Language, PublicWords]]


def load_public_words(path: Path) -> PublicWordsFile:
    """The words in a YAML file, or `CatalogueError` with file, line and rule."""
    try:
        document = read_document(path)
    except FrameworkError as error:
        raise CatalogueError(str(error)) from None
    return validated(PublicWordsFile, document, CatalogueError)
