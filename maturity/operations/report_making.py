"""Making report files out of facts and specifications: what the process beside the server does when it is asked.

No store, no visitor: what may be said was settled when the facts were read.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from maturity.planning.request import PlanningError
from maturity.publishing.report_facts import Picture, ReportFacts, ReportRefused, read_facts
from maturity.words.pack_sentences import ReportKind, drawing_said, name_within, stage_said, writing_said

Document = Mapping[str, Any]
Tell = Callable[[Document], None]
BUILDERS: Mapping[ReportKind, tuple[str, str]] = {
    "board-pack": ("maturity.publishing.board_pack", "board_pack"),
    "strategy": ("maturity.publishing.strategy_document", "strategy_document"),
    "workbook": ("maturity.publishing.report_workbook", "report_workbook"),
    "pdf": ("maturity.publishing.pdf", "pdf"),
}
"""The module and the function that write each kind; loaded when first asked for, because they load much."""


def draw_one(specification: Document) -> Document:
    """A specification answered by `svg`: a file of its own, with title and text alternative in it."""
    from maturity.publishing.pictures import standing_alone

    return {"svg": standing_alone(specification)}


def make(body: Document, tell: Tell) -> Document:
    """`facts`, `specifications` and `kinds` answered by `files`, each kind's file in base64. Each step tells what it
    is at, with how many there are."""
    kinds, wanted = tuple(body["kinds"]), body["specifications"]
    refuse_missing(kinds)
    steps = len(wanted) + len(kinds)
    facts = replace(read_facts(body["facts"]), pictures=_drawn(wanted, steps, tell))
    files = {}
    for place, kind in enumerate(kinds, start=len(wanted) + 1):
        _tell(tell, place, steps, writing_said(kind))
        files[kind] = base64.b64encode(built(kind, facts)).decode()
    return {"files": files}


def can_make() -> tuple[ReportKind, ...]:
    """The kinds that this installation can write."""
    return tuple(kind for kind, (module, _) in BUILDERS.items() if find_spec(module) is not None)


def refuse_missing(kinds: Sequence[ReportKind]) -> None:
    """Refuses a kind that this installation cannot write, before anything is drawn for it."""
    for kind in kinds:
        _writer(kind)


def built(kind: ReportKind, facts: ReportFacts) -> bytes:
    """The file of one kind. Refused where this installation lacks what writes it, or a picture says nothing."""
    try:
        return _writer(kind)(facts)
    except ReportRefused as error:
        raise PlanningError(str(error)) from None


def _writer(kind: ReportKind) -> Callable[[ReportFacts], bytes]:
    module, name = BUILDERS[kind]
    try:
        writer: Callable[[ReportFacts], bytes] = getattr(import_module(module), name)
    except ModuleNotFoundError:
        raise PlanningError(
            f"the {name_within(kind)} cannot be made by this installation; choose another kind, or install what "
            "requirements.txt names"
        ) from None
    return writer


def _drawn(specifications: Mapping[str, Document], steps: int, tell: Tell) -> dict[str, Picture]:
    from maturity.publishing.pictures import draw

    found = {}
    for place, (name, each) in enumerate(specifications.items(), start=1):
        _tell(tell, place, steps, drawing_said(name))
        found[name] = draw(name, each)
    return found


def _tell(tell: Tell, done: int, of: int, what: str) -> None:
    tell({"done": done, "of": of, "said": stage_said(done, of, what)})
