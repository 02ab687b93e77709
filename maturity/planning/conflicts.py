"""What people decided that cannot all be kept: why, with the numbers, and the smallest set to give up.

What can be summed is summed from what is decided alone, with what it requires, whatever else a plan might hold. Whether
the rest can be kept once some decisions are given up is asked of the scheduler, which lays out nothing but these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from maturity.planning.conflict_reasons import named_conflicts
from maturity.planning.decided import WINDOWS, Table
from maturity.planning.giving_up import MOST_TRIES, to_give_up
from maturity.planning.jobs import make_problem
from maturity.planning.means import without_strange_codes
from maturity.planning.plan import Reason
from maturity.planning.request import Decision, PlanRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """`found` are reasons as codes with numbers, `give_up` decisions without which the others can be kept. It is the
    `smallest` such set where every smaller one was tried in vain; empty where nothing stands against anything."""

    found: tuple[Reason, ...] = ()
    give_up: tuple[Decision, ...] = ()
    smallest: bool = True


def conflicts_document(found: Conflicts) -> dict[str, Any]:
    """Conflicts in plain lists, texts and numbers; `read_conflicts` gives them back, dates in values as ISO texts."""
    return {
        "found": [{"code": each.code, "values": _plain(each.values)} for each in found.found],
        "give_up": [_plain(asdict(each)) for each in found.give_up],
        "smallest": found.smallest,
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: each.isoformat() if isinstance(each, date) else each for key, each in values.items()}


def read_conflicts(document: Mapping[str, Any]) -> Conflicts:
    """Conflicts from what `conflicts_document` wrote."""
    return Conflicts(
        found=tuple(Reason(code=each["code"], values=each["values"]) for each in document["found"]),
        give_up=tuple(
            Decision(**{**each, "start": date.fromisoformat(each["start"]) if each["start"] else None})
            for each in document["give_up"]
        ),
        smallest=document["smallest"],
    )


def conflicts_of(request: PlanRequest, most_tries: int = MOST_TRIES) -> Conflicts:
    """The conflicts between the decisions of a request; `PlanningError` where the request itself cannot be meant.

    Decisions on what the catalogue does not have are left aside, see `advice`."""
    request = without_strange_codes(request)
    if request.catalogue is None or not request.decisions:
        return Conflicts()
    free = replace(request, decisions=tuple(each for each in request.decisions if each.kind not in WINDOWS))
    table = Table(make_problem(free, request.catalogue), request.decisions)
    refused = table.refused(request.decisions)
    if not refused:
        return Conflicts()
    give_up, smallest = to_give_up(table, refused, most_tries)
    return Conflicts(found=tuple(named_conflicts(table, refused)), give_up=give_up, smallest=smallest)
