"""What a step that a plan leaves out would take, and what it would bring."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.words.amount_sentences import Document, level_weeks, person_days, role_words, share, some_actions
from maturity.words.messages import counted, joined
from maturity.words.plan_sentences import Names, named

NO_WAY = "Nothing in the catalogue brings this step about. An action of your own could: add it to the catalogue."
FITS = "Nothing is missing and nothing stands in the way: plan again to take it up."
MOST_MISSING = 5


def way_facts(way: Document, names: Names, value: float, currency: str) -> dict[str, str]:
    """One way to a step that is left out: what would have to change, by heading."""
    found = {"Would take": _would_take(way["actions"], names), "What has to change": _to_change(way, names, currency)}
    if way["stuck"] or way["weeks_over"]:
        return found
    found["Would bring"] = f"{share(way['value'], value)} of what the plan achieves, {level_weeks(way['value'])}."
    if way["price"] is not None and way["value"] > 0:
        found["Would bring"] += f" {_worth_it(way['value'], way['price'])}"
    if way["days"] or way["money"] or way["decisions"]:
        found["Done in any case"] = _anyway(way, names, value)
    return found


def _would_take(codes: Sequence[str], names: Names) -> str:
    said = [named(code, names) for code in codes]
    return said[0] + "." if len(said) == 1 else f"{', '.join(said[:-1])}, and then {said[-1]}."


def _to_change(way: Document, names: Names, currency: str) -> str:
    if way["stuck"]:
        return f"{named(way['stuck'], names)} starts from a level that nothing in the catalogue brings about in time."
    if way["weeks_over"]:
        late = counted(way["weeks_over"], "week")
        return f"Time: it would end {late} after the three years of the plan, whatever people and money there were."
    said = [_taken_back(each, names) for each in way["decisions"]]
    if way["days"]:
        missing = [
            f"{person_days(each['days'])} of {role_words(each['role'], each['department'], names)} "
            f"in quarter {each['quarter']}"
            for each in way["days"][:MOST_MISSING]
        ]
        more = len(way["days"]) - len(missing)
        said.append(f"Missing: {joined([*missing, f'{more} more'] if more > 0 else missing)}.")
    if way["money"]:
        money = [f"{currency} {each['amount']:,.0f} in phase {each['phase']}" for each in way["money"]]
        said.append(f"Missing: {joined(money)}.")
    return " ".join(said) or FITS


def _taken_back(decision: Document, names: Names) -> str:
    by = f" by {names.get(decision['by'], decision['by'])}" if decision["by"] else ""
    because = f" ({decision['reason'].rstrip('.')})" if decision["reason"] else ""
    said = "is rejected" if decision["kind"] == "rejected" else "is not to start that late, as decided"
    return f"{named(decision['action'], names)} {said}{by}{because}: take that back first."


def _worth_it(value: float, price: float) -> str:
    if price <= 0:
        return "The people and money it takes would hardly be missed elsewhere."
    return f"The people and money it takes bring {level_weeks(price)} where they are now."


def _anyway(way: Document, names: Names, value: float) -> str:
    if way["loss"] is None:
        return "Not even then: it does not fit whatever else would leave the plan."
    leaves = f"{some_actions(way['makes_room'], names)} would leave the plan, and " if way["makes_room"] else ""
    if way["loss"] > 0:
        said = f"{leaves}the plan would achieve {share(way['loss'], value)} less."
    elif way["loss"] < 0:
        said = f"{leaves}the plan would achieve {share(-way['loss'], value)} more."
    else:
        said = f"{leaves}the plan would achieve as much as now."
    return said[:1].upper() + said[1:]
