"""Which role families of which departments may be shown apart, so that no fewer than five people are told apart.

People are counted in a table: departments down, role families across. The sums of departments, of families over the
organisation, and of all are known to everybody who sees the split. What is not shown must therefore not follow from
what is: neither by taking shown numbers from a sum, nor by adding and taking away sums in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

from maturity.assessment.agreement import FEWEST_SHOWN
from maturity.assessment.terms import ROLE_FAMILIES

NOT_SAID = "not-said"
FAMILIES: tuple[str, ...] = (*ROLE_FAMILIES, NOT_SAID)
"""Every role family in its order, the last for those who did not say."""
FAMILY_NAMES: Mapping[str, str] = {**ROLE_FAMILIES, NOT_SAID: "Role not said"}

Counts = Mapping[str, Mapping[str, int]]
"""How many people have sent answers, by department and role family."""


def shown_families(counts: Mapping[str, int]) -> frozenset[str]:
    """The families of one place that may be shown apart: those of five people or more, and of the others together
    nobody or again five or more. Where any is not shown, none that is empty is shown as empty."""
    large = sorted((family for family in FAMILIES if counts.get(family, 0) >= FEWEST_SHOWN), key=lambda f: counts[f])
    left = sum(counts.values()) - sum(counts[family] for family in large)
    while large and 0 < left < FEWEST_SHOWN:
        left += counts[large.pop(0)]
    return frozenset(FAMILIES if not left else large)


def shown_places(counts: Counts) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The families that may be shown for the whole organisation, and for each department.

    Departments are held back as a whole, the smallest first, until no sum over families gives fewer than five away."""
    together = {family: sum(row.get(family, 0) for row in counts.values()) for family in FAMILIES}
    everywhere = shown_families(together)
    shown = {code: shown_families(row) for code, row in counts.items()}
    columns = _columns(everywhere)
    while told := _given_away(counts, shown, columns):
        candidates = [code for code in counts if shown[code] and _helps(shown[code], told)]
        first = min(candidates, key=lambda code: (sum(counts[code].values()), code))
        shown[first] = frozenset()
    return everywhere, shown


def _columns(everywhere: frozenset[str]) -> tuple[frozenset[str], ...]:
    """The groups of families whose sums over the organisation are known: each shown one, and all others together."""
    others = frozenset(FAMILIES) - everywhere
    return (*(frozenset({family}) for family in FAMILIES if family in everywhere), *([others] if others else []))


def _given_away(
    counts: Counts, shown: Mapping[str, frozenset[str]], columns: Sequence[frozenset[str]]
) -> frozenset[str] | None:
    """Families of which the sums give away one to four people, None where they give away nobody.

    The unshown people of some families, less those of departments that hide nothing else, are what sums can tell:
    departments that hide some of these families and some others as well stay in."""
    for families in _unions(columns):
        told = 0
        for code, row in counts.items():
            hidden = frozenset(FAMILIES) - shown[code]
            if hidden & families and not hidden <= families:
                told += sum(row.get(family, 0) for family in hidden & families)
        if 0 < told < FEWEST_SHOWN:
            return families
    return None


def _unions(columns: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
    chosen = chain.from_iterable(combinations(columns, size) for size in range(1, len(columns)))
    return (frozenset().union(*some) for some in chosen)


def _helps(shown: frozenset[str], told: frozenset[str]) -> bool:
    """Whether holding a department back adds its people of these families to those that cannot be told apart: it
    shows some of them, or hides none but them."""
    return bool(shown & told) or (frozenset(FAMILIES) - shown) <= told
