"""The promise ledger: what changed from one edition to the next, which promised days moved, and whether the chain of
editions still fits.

A chain finds every change that leaves something behind. A complete rewrite fits in itself: only a hash that stands
somewhere else, in minutes or in somebody's feed reader, finds that. So `verify_chain` takes hashes from elsewhere too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from maturity.roadmap.editions import Edition, Language, Move, PublicAction, PublicWords, edition_hash

EditionChangeKind = Literal["entered", "left", "moved", "done", "late", "reworded", "withdrawn"]
MisfitCode = Literal["unreadable", "number", "missing", "changed", "previous", "withdrawn", "unlisted", "elsewhere"]
EDITIONS_FOLDER = "editions"
"""Where a site keeps the texts of its editions."""
LEDGER_FILE = "editions/ledger.json"
"""Where a site lists every edition, the withdrawn ones among them, with its hash: see `ledger_text`."""
SUMS_FILE = "editions/SHA256SUMS"
"""The same for `sha256sum --check SHA256SUMS`, run in the folder of the editions: see `sums_text`."""


def edition_file(number: int) -> str:
    """The name of an edition's text in the folder of editions: `0001.json`."""
    return f"{number:04}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChange:
    """What differs in one action, `slug`, since the edition before. `what`, `was`, `now`, `days` (later: positive),
    `why` and who approved it are of a day that moved; `why` also of one that left; `days` of a late one too. For a
    withdrawn edition `slug` is "", `number` its number, `now` the day and `why` the reason."""

    kind: EditionChangeKind
    slug: str = ""
    words: Mapping[Language, PublicWords]
    what: Literal["start", "finish"] | None = None
    was: date | None = None
    now: date | None = None
    days: int = 0
    why: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger: an edition's number, day, hash, the hash before it, and why and when it was withdrawn."""

    number: int
    published_on: date
    sha256: str
    previous: str
    withdrawn_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Edition `number` does not fit, as a code of `words.edition_sentences`."""

    number: int
    code: MisfitCode


def changes(before: Edition | None, after: Edition) -> tuple[EditionChange, ...]:
    """What differs from one edition to another, action by action in the later one's order; everything has entered
    where there was none before. Withdrawn editions come first, what left comes last."""
    known = {each.slug: each for each in before.actions} if before else {}
    told = {each.number for each in before.withdrawn} if before else set()
    found = [
        EditionChange(kind="withdrawn", words={}, number=each.number, now=each.withdrawn_on, why=each.reason)
        for each in after.withdrawn
        if each.number not in told
    ]
    for action in after.actions:
        found += _changed(known[action.slug], action) if action.slug in known else [_of("entered", action)]
    stays, why = {each.slug for each in after.actions}, {each.slug: each.reason for each in after.gone}
    found += [_of("left", each, why=why.get(slug, "")) for slug, each in known.items() if slug not in stays]
    return tuple(found)


def _of(kind: EditionChangeKind, action: PublicAction, **more: Any) -> EditionChange:
    return EditionChange(kind=kind, slug=action.slug, words=action.words, **more)


def _changed(was: PublicAction, now: PublicAction) -> Iterable[EditionChange]:
    for what, old, new in (("start", was.start, now.start), ("finish", was.finish, now.finish)):
        if old and new and old != new:
            move = next((e for e in reversed(now.moves) if (e.what, e.now) == (what, new)), None)
            said = (move.why, move.approved_by, move.approved_on) if move else ("", "", None)
            yield _of(
                "moved", now, what=what, was=old, now=new, days=(new - old).days, why=said[0], approved_by=said[1],
                approved_on=said[2],
            )  # fmt: skip
    if now.status == "done" and was.status not in (None, "done"):
        yield _of("done", now, now=now.done_on)
    if now.status == "late" and was.status not in (None, "late"):
        yield _of("late", now, days=now.days_late)
    if any(now.words[each] != was.words[each] for each in now.words.keys() & was.words.keys()):
        yield _of("reworded", now)


def moves_between(
    chain: Sequence[Edition], now: PublicAction, *, why: str, approved_by: str, approved_on: date | None
) -> tuple[Move, ...]:
    """How the promised days of an action moved over the editions that still stand, the earliest first, to what they
    are `now`. The reason and the approval of an earlier move are those that its edition gave; of the last, as given."""
    stood = [(each, found) for each in chain if (found := each.action(now.slug))]
    return tuple(
        move
        for what in ("start", "finish")
        for move in _moves_of(what, stood, now, Move(what=what, was=date.min, now=date.min, number=0, why=why,
                                                     approved_by=approved_by, approved_on=approved_on))
    )  # fmt: skip


def _moves_of(
    what: Literal["start", "finish"], stood: Sequence[tuple[Edition, PublicAction]], now: PublicAction, last: Move
) -> Iterable[Move]:
    """`last` bears what is said of the move to `now`. Editions that promised no day are passed over."""
    points = [(each.number, action, day) for each, action in stood if (day := _day(action, what))]
    today = _day(now, what)
    if today is None or not points:
        return
    first = points[0][0]
    for (_, _, old), (number, action, new) in pairwise(points):
        if new != old:
            told = next((each for each in reversed(action.moves) if (each.what, each.now) == (what, new)), None)
            yield told.model_copy(update={"was": old, "number": first}) if told else _untold(what, old, new, first)
            first = number
    if points[-1][2] != today:
        yield last.model_copy(update={"was": points[-1][2], "now": today, "number": first})


def _untold(what: Literal["start", "finish"], was: date, now: date, number: int) -> Move:
    return Move(what=what, was=was, now=now, number=number, why="", approved_by="")


def _day(action: PublicAction, what: str) -> date | None:
    return action.start if what == "start" else action.finish


def first_promised(chain: Sequence[Edition], slug: str) -> tuple[date | None, date | None]:
    """The start and the finish that the first edition with a day for this action promised."""
    stood = [found for each in chain if (found := each.action(slug))]
    return (
        next((each.start for each in stood if each.start), None),
        next((each.finish for each in stood if each.finish), None),
    )


def ledger_text(entries: Iterable[LedgerEntry]) -> str:
    """The ledger as the text of `LEDGER_FILE`: JSON, an array with one object for each edition, by number."""
    rows = [
        {
            "number": each.number,
            "published_on": each.published_on.isoformat(),
            "sha256": each.sha256,
            "previous": each.previous,
            **({"withdrawn_on": each.withdrawn_on.isoformat(), "reason": each.reason} if each.withdrawn_on else {}),
        }
        for each in sorted(entries, key=lambda one: one.number)
    ]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def sums_text(entries: Iterable[LedgerEntry]) -> str:
    """The hashes of the editions that still stand, as `sha256sum` writes and checks them."""
    standing = sorted((each for each in entries if not each.withdrawn_on), key=lambda one: one.number)
    return "".join(f"{each.sha256}  {edition_file(each.number)}\n" for each in standing)


def read_ledger(text: str) -> dict[int, LedgerEntry]:
    """The ledger that `ledger_text` wrote, by number. Raises ValueError where it is none."""
    try:
        return {entry.number: entry for entry in (_entry(each) for each in json.loads(text))}
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("not a ledger of editions") from error


def _entry(row: Mapping[str, Any]) -> LedgerEntry:
    gone = row.get("withdrawn_on")
    return LedgerEntry(
        number=int(row["number"]), published_on=date.fromisoformat(row["published_on"]), sha256=str(row["sha256"]),
        previous=str(row["previous"]), withdrawn_on=date.fromisoformat(gone) if gone else None,
        reason=str(row.get("reason", "")),
    )  # fmt: skip


def verify_chain(
    texts: Mapping[int, str], ledger: Mapping[int, LedgerEntry], elsewhere: Mapping[int, str] | None = None
) -> tuple[Misfit, ...]:
    """What does not fit the ledger, the chain, or hashes noted `elsewhere`, of the texts of editions by number; nothing
    where all is whole. A withdrawn edition has no text: its hash stands in the ledger and in the edition after it."""
    read = {number: _read(text) for number, text in texts.items()}
    told = [gone for each in read.values() if each for gone in each["withdrawn"]]
    stated = dict(told) | {number: entry.sha256 for number, entry in ledger.items()}
    hashes = stated | {number: edition_hash(text) for number, text in texts.items()}
    found: list[Misfit] = []
    for number in range(1, max((*texts, *ledger, *(elsewhere or {})), default=0) + 1):
        codes = list(_misfits(number, read, hashes, stated, ledger))
        codes += ["withdrawn"] if any(n == number and sha != stated[n] for n, sha in told) else []
        codes += ["elsewhere"] if hashes.get(number) != (elsewhere or hashes).get(number, hashes.get(number)) else []
        found += [Misfit(number=number, code=code) for code in codes]
    return tuple(found)


def _misfits(
    number: int,
    read: Mapping[int, dict[str, Any] | None],
    hashes: Mapping[int, str],
    stated: Mapping[int, str],
    ledger: Mapping[int, LedgerEntry],
) -> Iterable[MisfitCode]:
    """Codes of what does not fit in one edition; `hashes` are of the texts, and as `stated` where there is none."""
    entry, before = ledger.get(number), stated.get(number - 1, hashes.get(number - 1, ""))
    if entry and entry.previous != before:
        yield "previous"
    if number not in read:
        if number not in stated or (entry and entry.withdrawn_on is None):
            yield "missing"
        return
    if ledger and entry is None:
        yield "unlisted"
    if stated.get(number, hashes[number]) != hashes[number]:
        yield "changed"
        return  # what it says of itself is not worth more
    text = read[number]
    if text is None:
        yield "unreadable"
    elif text["number"] != number:
        yield "number"
    elif text["previous"] != before and (entry is None or entry.previous == before):
        yield "previous"


def _read(text: str) -> dict[str, Any] | None:
    """Number, previous and withdrawn (number, hash) of an edition's text of any format, None where it is no edition."""
    try:
        document = json.loads(text)
        gone = [(int(each["number"]), str(each["sha256"])) for each in document.get("withdrawn", [])]
        return {"number": document["number"], "previous": document.get("previous", ""), "withdrawn": gone}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
