"""Answers from and to files: staged in short transactions, made visible by one flip, every bad row named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.answer_file import AnswerFileRefused, AnswerSheet, read_answers, written
from maturity.assessment.terms import RoundTerms
from maturity.framework.model import Framework
from maturity.operations.errors import Refused
from maturity.operations.frameworks import find_framework, keep_framework
from maturity.operations.respondents import next_number, numbered
from maturity.operations.rounds import Round, find_round, require_unsigned
from maturity.operations.setup import Department, Organisation, add_departments, organisations
from maturity.operations.workspace import Workspace
from maturity.storage import rounds as stored
from maturity.storage import rows, staging
from maturity.storage import setup as stored_setup
from maturity.storage.audit import record
from maturity.storage.engine import Tx, new_id
from maturity.storage.half_imports import remove_importing
from maturity.storage.respondents import labels
from maturity.storage.tallies import export_rows
from maturity.storage.terms import save_terms, terms_of

MOST_NAMED = 20
NEW_ORGANISATION = "My organisation"


class BadRows(Refused):
    """An answers file with rows that cannot be taken: nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import brought in."""

    round: str
    answers: int
    departments: int
    respondents: int
    left_out: int
    blank: int


def import_answers(
    workspace: Workspace,
    visitor: Visitor,
    path: Path,
    *,
    framework: str,
    round_name: str,
    organisation: str | None = None,
    skip_bad_rows: bool = False,
    told: Callable[[int, int], None] | None = None,
) -> Imported:
    """Brings an answers file into a round. A new round is closed afterwards and creates its departments; an existing
    one must be a draft or open, an unknown department is a bad row, and so is a question that the round does not ask.
    Where the round keeps no names, none is taken from the file. `told` hears (answers so far, of how many)."""
    require(visitor, "manage_rounds", organisation=None)
    asked = find_framework(workspace, visitor, framework)
    mine = _organisation(workspace, visitor, organisation)
    if mine:
        require(visitor, "manage_rounds", organisation=mine.id)
    existing = _existing(workspace, mine, round_name, asked)
    known = None
    if existing:
        asked, known = _as_it_asks(find_round(workspace, visitor, round_name, mine.name if mine else None), asked)
    sheet = _sheet(path, asked, known, skip_bad_rows)
    now = workspace.clock()
    if existing is None:
        round_id = workspace.store.write(_new_round, workspace, visitor, mine, asked, round_name, sheet, now)
    else:
        round_id = existing.id
    _stage(workspace, visitor, round_id, sheet, now, told)
    workspace.store.write(_show, round_id, existing is None, visitor, round_name, sheet, now)
    return Imported(
        round=round_name,
        answers=sheet.count,
        departments=len({department for department, _ in sheet.answers}),
        respondents=len(sheet.answers),
        left_out=len(sheet.bad),
        blank=sheet.blank,
    )


def _as_it_asks(round_: Round, named: Framework) -> tuple[Framework, dict[str, str]]:
    """What an existing round asks, and its departments' codes by code and by name; refused for another framework."""
    if round_.framework.id != named.id:
        raise Refused(f"the round {round_.name!r} asks {round_.framework.id!r}, not {named.id!r}; name its framework")
    codes = {each.code.casefold(): each.code for each in round_.departments}
    return round_.framework, codes | {each.name.casefold(): each.code for each in round_.departments}


def export_answers(workspace: Workspace, visitor: Visitor, round_name: str, organisation: str | None = None) -> str:
    """The submitted answers of a round as the CSV text that `import_answers` takes."""
    round_ = find_round(workspace, visitor, round_name, organisation)
    require(visitor, "manage_rounds", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        found = export_rows(tx, round_.id)
    return written([(each.department, each.respondent, each.answer) for each in found], round_.framework)


def _organisation(workspace: Workspace, visitor: Visitor, name: str | None) -> Organisation | None:
    every = organisations(workspace, visitor)
    chosen = [each for each in every if name in (None, each.name)]
    if len(chosen) > 1:
        raise Refused(f"the store holds several organisations: {', '.join(e.name for e in every)}; name one of them")
    if every and not chosen:
        raise Refused(f"there is no organisation {name!r}; there are {', '.join(e.name for e in every)}")
    return chosen[0] if chosen else None


def _existing(workspace: Workspace, mine: Organisation | None, name: str, asked: Framework) -> rows.Round | None:
    if mine is None:
        return None
    with workspace.store.reading() as tx:
        found = stored.round_by_name(tx, mine.id, name)
    if found is None:
        return None
    if found.status == "importing":
        _forget_half_import(workspace, found)
        return None
    if found.status not in ("draft", "open"):
        raise Refused(
            f"the round {name!r} is {found.status.replace('_', ' ')}; answers go into a draft, open or new round"
        )
    return found


def _forget_half_import(workspace: Workspace, found: rows.Round) -> None:
    """An import that was cut off left a round nobody can see: its name becomes free again."""
    staging.discard_staged(workspace.store, found.id)
    workspace.store.write(remove_importing, found.id)


def _sheet(path: Path, asked: Framework, known: dict[str, str] | None, skip_bad_rows: bool) -> AnswerSheet:
    try:
        sheet = read_answers(path, asked, known)
    except AnswerFileRefused as error:
        raise Refused(str(error)) from None
    if sheet.bad and not skip_bad_rows:
        raise BadRows(_bad_rows(path, sheet))
    if not sheet.answers:
        raise Refused(f"{path.name} holds no answer that can be taken; nothing was written")
    return sheet


def _bad_rows(path: Path, sheet: AnswerSheet) -> str:
    more = f"; and {len(sheet.bad) - MOST_NAMED} more" if len(sheet.bad) > MOST_NAMED else ""
    named = "; ".join(map(str, sheet.bad[:MOST_NAMED]))
    rows_are = "1 row is" if len(sheet.bad) == 1 else f"{len(sheet.bad)} rows are"
    return f"{path.name}: {rows_are} bad and nothing was written: {named}{more}. Mend them or give --skip-bad-rows"


def _new_round(
    tx: Tx,
    workspace: Workspace,
    visitor: Visitor,
    mine: Organisation | None,
    asked: Framework,
    name: str,
    sheet: AnswerSheet,
    now: datetime,
) -> UUID:
    codes = list(dict.fromkeys(department for department, _ in sheet.answers))
    if mine is None:
        new = rows.Organisation(id=new_id(now), name=NEW_ORGANISATION, created_at=now)
        stored_setup.save_organisation(tx, new)
        organisation_id = new.id
    else:
        organisation_id = mine.id
    there = {row.code for row in stored_setup.departments(tx, organisation_id, archived=True)}
    fresh = [Department(code=code, name=code) for code in codes if code not in there]
    add_departments(tx, organisation_id, fresh, now)
    made = rows.Round(
        id=new_id(now),
        organisation_id=organisation_id,
        framework_version_id=keep_framework(tx, asked, workspace, visitor),
        name=name,
        status="importing",
        closes_on=now.date(),
        created_at=now,
    )
    stored.create_round(tx, made)
    ids = {row.code: row.id for row in stored_setup.departments(tx, organisation_id, archived=True)}
    stored.save_scope(tx, made.id, {ids[code]: 1.0 for code in codes})
    # Nobody of the file waits for a head of department to look first, and it says nothing of who is on the front line.
    save_terms(tx, made.id, RoundTerms(lead_days=0, front_line=False))
    return made.id


def _stage(
    workspace: Workspace,
    visitor: Visitor,
    round_id: UUID,
    sheet: AnswerSheet,
    now: datetime,
    told: Callable[[int, int], None] | None,
) -> None:
    with workspace.store.reading() as tx:
        ids = {each.department: each.department_id for each in stored.scope(tx, round_id)}
        named = terms_of(tx, round_id).anonymity == "named"
        free = {code: count(next_number(labels(tx, round_id, place))) for code, place in ids.items()}
    staged = (
        rows.StagedRespondent(
            id=new_id(now),
            department_id=ids[department],
            label=label or department if named else numbered(next(free[department])),
            answers=answers,
            submitted_at=now,
        )
        for (department, label), answers in sheet.answers.items()
    )
    try:
        staging.stage_answers(
            workspace.store,
            round_id,
            staged,
            actor=visitor.person,
            now=now,
            told=(lambda so_far: told(so_far, sheet.count)) if told else None,
        )
    except BaseException:
        staging.discard_staged(workspace.store, round_id)
        raise


def _show(
    tx: Tx, round_id: UUID, is_new: bool, visitor: Visitor, round_name: str, sheet: AnswerSheet, now: datetime
) -> None:
    require_unsigned(tx, round_id)
    staging.publish_staged(tx, round_id, now)
    if is_new:
        stored.set_status(tx, round_id, "closed", stored.round_of(tx, round_id).row_version)
    detail = {"answers": sheet.count, "respondents": len(sheet.answers), "left_out": len(sheet.bad)}
    record(tx, made_at=now, actor=visitor.person, verb="import answers", subject=round_name, detail=detail)
