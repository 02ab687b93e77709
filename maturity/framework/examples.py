"""Worked examples: a made-up department, a question about it, and the level that is right, with the reason.

A workshop begins with them, so that a level means the same to all before people vote on their own departments.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from maturity.framework.load import Document, load_framework, read_document, validated
from maturity.framework.model import FileValue, Framework, FrameworkError, Id, Name, Text

FRAMEWORKS = Path(__file__).resolve().parents[2] / "data" / "frameworks"
# A folder of its own: every YAML file of the folder above is read as a framework.
FOLDER = FRAMEWORKS / "examples"
MOST_EXAMPLES = 20

Story = Annotated[str, Field(min_length=1, max_length=1_000)]


class WorkedExample(FileValue):
    """A story about a made-up department, the `question` (its id) that is asked about it, the right `level`, and why
    it is neither one lower nor one higher."""

    id: Id
    question: Id
    story: Story
    level: Annotated[int, Field(ge=1, le=10)]
    why: Story


class WorkedExamples(FileValue):
    """The file of the worked examples of one `framework` (its id)."""

    framework: Id
    licence: Name
    source: Text
    examples: Annotated[tuple[WorkedExample, ...], Field(min_length=1, max_length=MOST_EXAMPLES)]


@lru_cache(maxsize=8)
def worked_examples(framework_id: str) -> tuple[WorkedExample, ...]:
    """The worked examples that come with a framework, in the order of their file; () where it has none."""
    found = {path.stem: path for path in FOLDER.glob("*.yaml")}
    if framework_id not in found:
        return ()
    return load_examples(found[framework_id], load_framework(FRAMEWORKS / found[framework_id].name))


def example_of(framework_id: str, example_id: str) -> WorkedExample | None:
    """One worked example of a framework; None where the framework has no such example."""
    return next((each for each in worked_examples(framework_id) if each.id == example_id), None)


def fitting_examples(framework: Framework) -> tuple[WorkedExample, ...]:
    """The worked examples that fit a framework as a round asks it: of an older version, or narrowed to some topics, it
    may lack the question of an example, which is left out then."""
    return tuple(each for each in worked_examples(framework.id) if _problem(each, framework) is None)


def load_examples(path: Path, framework: Framework) -> tuple[WorkedExample, ...]:
    """The worked examples in a YAML file; `FrameworkError` with file, line and rule where one does not fit."""
    document = read_document(path)
    read = validated(WorkedExamples, document, FrameworkError)
    if read.framework != framework.id:
        raise FrameworkError(f"{document.where(('framework',))}: is {read.framework!r}, not {framework.id!r}; mend it")
    _check(document, read, framework)
    return read.examples


def _check(document: Document, read: WorkedExamples, framework: Framework) -> None:
    seen: set[str] = set()
    for at, example in enumerate(read.examples):
        if example.id in seen:
            where = document.where(("examples", at, "id"))
            raise FrameworkError(f"{where}: the example id {example.id!r} is used twice; give each its own")
        seen.add(example.id)
        if (problem := _problem(example, framework)) is not None:
            key, rule = problem
            raise FrameworkError(f"{document.where(('examples', at, key))}: {rule}")


def _problem(example: WorkedExample, framework: Framework) -> tuple[str, str] | None:
    """What keeps an example from fitting a framework: the key at fault, and the rule as a sentence."""
    question = framework.questions.get(example.question)
    if question is None or question.kind != "levels":
        return "question", f"{example.question!r} is no question of {framework.id!r} with a descriptor for each level"
    if example.level > framework.top_level:
        return "level", f"the scale ends at {framework.top_level}, so {example.level} is no level of it"
    return None
