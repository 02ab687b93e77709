"""The file about what the demo city has shown its residents, and what they have said."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maturity.demo.delivery_file import Place, Week
from maturity.framework.model import FileValue, Id, Name, Text
from maturity.roadmap.editions import Language, PublicWords

Class = Literal["public", "on_request", "withheld"]
Share = Annotated[float, Field(ge=0, le=1)]


class DemoEdition(FileValue):
    """An edition that was published in a week, made from the version of a name."""

    version: Name
    week: Week
    name: Name


class DemoClass(FileValue):
    """The class that somebody gave to a field or to a question: a code as its reason, and why in a sentence."""

    field: Id | None = None
    question: Id | None = None
    given: Class = Field(alias="class")
    reason: Id
    why: Annotated[str, Field(min_length=3, max_length=300)]


class DemoComment(FileValue):
    """What a resident wrote in a week, about the action that is named by what it is, and what became of it."""

    week: Week
    language: Language
    text: Text
    tie: Place | None = None
    state: Literal["waiting", "published", "refused"]
    reason: str = ""
    kind: str = ""
    answer: str = ""
    answered: Week | None = None


class DemoView(FileValue):
    """How so many residents see a topic: the shares of yes and of partly, and by how much the share of yes of single
    questions differs."""

    topic: Id
    people: Annotated[int, Field(ge=0)]
    yes: Share
    partly: Share
    shifts: dict[str, float]


class DemoPublic(FileValue):
    """All of it; `own_words` are of the action that was added, `months` the rhythm of editions."""

    version: str
    contact: str
    title: dict[Language, str]
    lead: dict[Language, str]
    languages: tuple[Language, ...]
    months: int
    own_words: dict[Language, PublicWords]
    editions: tuple[DemoEdition, ...]
    withheld: tuple[DemoClass, ...]
    comments: tuple[DemoComment, ...]
    views: tuple[DemoView, ...]
