"""The questionnaire as values: Framework > Dimension > Topic > Question > Level.

The classes are what a framework file may contain; `data/schemas/framework.json` is made from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=4000)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class FrameworkError(ValueError):
    """A framework file that is refused: the message says what, where and how to mend it."""


class FileValue(BaseModel):
    """A value that is written in a file: unknown keys are refused, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(FileValue):
    """One step of the scale: its place, its name and what it means in any topic."""

    level: Annotated[int, Field(ge=1, le=10)]
    name: Name
    meaning: Text = ""


class Theme(FileValue):
    """The second axis: a theme cuts across the topics."""

    id: Id
    name: Name


class Option(FileValue):
    """A labelled choice that earns points."""

    id: Id
    label: Name
    points: Points


class Marker(FileValue):
    """A yes/no statement that must hold for a level to count."""

    level: Annotated[int, Field(ge=2, le=10)]
    text: Text


class Applies(FileValue):
    """Who is asked: an empty list means everybody."""

    departments: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class VisibleIf(FileValue):
    """A question that is asked only after an earlier answer."""

    question: Id
    at_least: int | None = None
    option: Id | None = None


class WhenNo(FileValue):
    """What follows from a "no": default targets are capped, or actions that remove the obstacle are proposed."""

    caps_level: Annotated[int, Field(ge=1, le=10)] | None = None
    proposes: tuple[Id, ...] = ()
    because: Text = ""


class Question(FileValue):
    """One question: descriptors make it a *levels* question, options an *options* question, only
    `max_points` a question whose points are given from outside; markers make the level from yes/no statements."""

    id: Id
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    guidance: Text = ""
    evidence: Text = ""
    theme: Id | None = None
    weight: Weight = 1.0
    short_track: bool = False
    not_applicable: bool = True
    applies_to: Applies = Applies()
    visible_if: VisibleIf | None = None
    descriptors: tuple[Annotated[str, Field(min_length=1, max_length=1000)], ...] = ()
    options: tuple[Option, ...] = ()
    max_points: Points | None = None
    markers: tuple[Marker, ...] = ()
    when_no: WhenNo | None = None

    @property
    def kind(self) -> Literal["levels", "markers", "options", "points"]:
        """How it is answered."""
        if self.markers:
            return "markers"
        if self.descriptors:
            return "levels"
        return "options" if self.options else "points"

    @property
    def by_level(self) -> bool:
        """Whether it is answered by a level: chosen among descriptors, or made from markers."""
        return self.kind in ("levels", "markers")

    @property
    def scored(self) -> bool:
        """Whether an answer counts towards a score: a points question without a maximum does not."""
        return self.kind != "points" or self.max_points is not None

    @model_validator(mode="after")
    def _one_kind(self) -> Question:
        if sum(map(bool, (self.descriptors, self.options, self.markers))) > 1:
            raise ValueError("a question has descriptors, options or markers, never two of them")
        ids = [option.id for option in self.options]
        if len(ids) != len(set(ids)):
            raise ValueError(f"option ids must be unique, found {ids}")
        if self.options and self.max_points is not None and max(o.points for o in self.options) > self.max_points:
            raise ValueError("no option may earn more than max_points")
        return self


class Topic(FileValue):
    """A field of work that is scored as one: its questions, and two open questions about obstacles."""

    id: Id
    name: Name
    summary: Text = ""
    weight: Weight = 1.0
    scoring: Literal["mean", "lowest", "ladder"] | None = None
    stands_in_the_way: Text = "What stands in the way?"
    would_help: Text = "What would help?"
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Dimension(FileValue):
    """A group of topics."""

    id: Id
    name: Name
    summary: Text = ""
    weight: Weight = 1.0
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]


class Framework(FileValue):
    """A questionnaire of one version, pinned by the rounds that use it."""

    id: Id
    version: Annotated[str, Field(min_length=1, max_length=40)]
    name: Name
    summary: Text = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    licence: Name
    source: Text
    scoring: Literal["mean", "lowest", "sum"] = "mean"
    least_coverage: Annotated[float, Field(ge=0, le=1)] = 0.7
    first_raw_level: Annotated[int, Field(ge=0, le=1)] = 1
    levels: tuple[Level, ...] = ()
    themes: tuple[Theme, ...] = ()
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]

    @property
    def top_level(self) -> int:
        """The highest level of the scale; 0 for a framework that only counts points."""
        return len(self.levels)

    def walk(self) -> Iterator[tuple[Dimension, Topic, Question]]:
        """Every question with the topic and the dimension it belongs to, in the order of the file."""
        for dimension in self.dimensions:
            for topic in dimension.topics:
                for question in topic.questions:
                    yield dimension, topic, question

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Questions by id."""
        return {question.id: question for _, _, question in self.walk()}

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Topics by id."""
        return {topic.id: topic for dimension in self.dimensions for topic in dimension.topics}

    @cached_property
    def topic_of(self) -> dict[str, Topic]:
        """The topic of each question id."""
        return {question.id: topic for _, topic, question in self.walk()}

    @cached_property
    def dimension_of(self) -> dict[str, Dimension]:
        """The dimension of each topic id."""
        return {topic.id: dimension for dimension in self.dimensions for topic in dimension.topics}

    def level_name(self, level: int) -> str:
        """The name of a level, such as "Emerging"."""
        return self.levels[level - 1].name

    def descriptor(self, topic_id: str, level: int) -> tuple[str, ...]:
        """What a topic looks like at a level: that level's descriptor of each of its questions."""
        questions = self.topics[topic_id].questions
        return tuple(q.descriptors[level - 1] for q in questions if len(q.descriptors) >= level)

    @model_validator(mode="after")
    def _consistent(self) -> Framework:
        rising = [level.level for level in self.levels] == list(range(1, len(self.levels) + 1))
        if not rising:
            raise ValueError(f"the scale must rise 1, 2, 3 ..., found {[level.level for level in self.levels]}")
        if not self.levels and self.scoring != "sum":
            raise ValueError("a framework without levels can only be scored by sum")
        _refuse_duplicates("dimension", [d.id for d in self.dimensions])
        _refuse_duplicates("topic", [t.id for d in self.dimensions for t in d.topics])
        _refuse_duplicates("question", [q.id for _, _, q in self.walk()])
        _refuse_duplicates("theme", [theme.id for theme in self.themes])
        _check_questions(self)
        return self


def _refuse_duplicates(kind: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"{kind} id {each!r} is used twice; give each {kind} its own id")
        seen.add(each)


def _check_questions(framework: Framework) -> None:
    themes = {theme.id for theme in framework.themes}
    seen: set[str] = set()
    for _, _, question in framework.walk():
        if question.theme is not None and question.theme not in themes:
            raise ValueError(f"question {question.id!r} names the theme {question.theme!r}, which is not listed")
        if question.descriptors and len(question.descriptors) != framework.top_level:
            raise ValueError(
                f"question {question.id!r} has {len(question.descriptors)} descriptors, "
                f"but the scale has {framework.top_level} levels; give one for each"
            )
        if question.markers and {m.level for m in question.markers} != set(range(2, framework.top_level + 1)):
            raise ValueError(f"question {question.id!r} needs at least one marker for each level from 2 up")
        if question.visible_if and question.visible_if.question not in seen:
            raise ValueError(
                f"question {question.id!r} is shown after {question.visible_if.question!r}, "
                "which does not come before it"
            )
        seen.add(question.id)
