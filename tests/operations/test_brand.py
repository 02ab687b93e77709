"""Saving the look of papers twice, and by two people at once: nothing is lost, and one change is noted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from maturity.operations import brand, setup
from maturity.operations.workspace import Workspace

from .city import ADMIN
from .permission_calls import DOT

TIMES = 12


def noted(workspace: Workspace, *verbs: str) -> int:
    """How many such changes are in the audit trail."""
    with workspace.store.reading() as tx:
        found = [tx.rows("SELECT 1 AS one FROM audit_event WHERE verb = $verb", verb=verb) for verb in verbs]
    return sum(map(len, found))


def test_what_is_saved_a_second_time_is_noted_once(workspace):
    setup.create_organisation(workspace, ADMIN, "Town")
    for _ in range(2):
        assert brand.set_colour(workspace, ADMIN, "#0b3358") == "#0B3358"
        assert brand.set_vision(workspace, ADMIN, "Data that serves") == "Data that serves"
        assert brand.set_logo(workspace, ADMIN, DOT, "A dot") == "A dot"
    assert [noted(workspace, each) for each in ("set colour", "set vision", "set logo")] == [1, 1, 1]
    brand.set_logo(workspace, ADMIN, DOT, "A small dot")
    for _ in range(2):
        brand.remove_logo(workspace, ADMIN)
    assert (noted(workspace, "set logo"), noted(workspace, "remove logo")) == (2, 1)


def test_two_who_save_different_parts_at_once_both_keep_theirs(workspace):
    setup.create_organisation(workspace, ADMIN, "Town")
    for turn in range(TIMES):
        with ThreadPoolExecutor(3) as pool:
            saved = [
                pool.submit(brand.set_colour, workspace, ADMIN, f"#0B33{turn:02}"),
                pool.submit(brand.set_vision, workspace, ADMIN, f"Vision {turn}"),
                pool.submit(brand.set_logo, workspace, ADMIN, DOT, f"Dot {turn}"),
            ]
        assert [each.result() for each in saved] == [f"#0B33{turn:02}", f"Vision {turn}", f"Dot {turn}"]
        kept, vision = brand.brand(workspace, ADMIN)
        assert (kept.colour, vision, kept.logo_alt) == (f"#0B33{turn:02}", f"Vision {turn}", f"Dot {turn}")
