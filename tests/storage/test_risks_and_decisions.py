"""Risks and decisions come back as they were stored, and a version is written over once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from maturity.roadmap.decisions import LeadershipDecision, Option
from maturity.roadmap.risks import Risk, RiskStated
from maturity.storage import leadership_decisions, risks
from maturity.storage.engine import new_id

from .conftest import NOW

TEXT = "Ünïcode, 'quotes' and <b>marks</b>"


def test_a_risk_and_its_states(city):
    made = Risk(
        id=str(new_id(NOW)), title=TEXT, description=TEXT, likelihood=1, impact=5, owner="Pat", owner_person="p1",
        response="share", response_text=TEXT, codes=("b", "a"), review_on=date(2026, 5, 1), set_by="Ida", set_at=NOW,
    )  # fmt: skip
    bare = Risk(
        id=str(new_id(NOW)), title="B", likelihood=2, impact=2, owner="Q", response="accept", set_by="Ida", set_at=NOW
    )
    first, second = (
        RiskStated(risk_id=made.id, likelihood=1, impact=5, state=state, why=TEXT, by="Ida", at=NOW + timedelta(days=n))
        for n, state in enumerate(("open", "happened"))
    )
    store = city.store
    for each in (made, bare):
        store.write(risks.add_risk, city.organisation, each)
    for said in (second, first):
        store.write(risks.add_state, said)
    with store.reading() as tx:
        assert {each.id for each in risks.risks_of(tx, city.organisation)} == {made.id, bare.id}
        assert risks.risk_row(tx, new_id(NOW)) is None
        assert risks.states_of(tx, city.organisation) == (first, second)
        assert risks.states_of(tx, new_id(NOW)) == ()
    with store.reading() as tx:
        assert risks.risk_row(tx, UUID(made.id)) == (city.organisation, made)
        assert risks.risk_row(tx, UUID(bare.id)) == (city.organisation, bare)
    changed = replace(made, state="closed", codes=(), review_on=None, owner_person=None)
    assert store.write(risks.change_risk, changed, 1) == 2
    assert store.write(risks.change_risk, made, 1) is None
    with store.reading() as tx:
        assert risks.risk_row(tx, UUID(made.id)) == (city.organisation, replace(changed, row_version=2))


def test_a_decision_and_that_a_settled_one_is_never_written_again(city):
    options = (Option(name="Hire", cost=60_000.5, effect=TEXT), Option(name="Do nothing"))
    made = LeadershipDecision(
        id=str(new_id(NOW)), question=TEXT, background=TEXT, options=options, recommendation="Hire", decider="Council",
        codes=("b", "a"), needed_by=date(2026, 5, 1), asked_by="Ida", asked_at=NOW,
    )  # fmt: skip
    store = city.store
    store.write(leadership_decisions.add_decision, city.organisation, made)
    later = replace(made, id=str(new_id(NOW)), supersedes=made.id, needed_by=None)
    store.write(leadership_decisions.add_decision, city.organisation, later)
    with store.reading() as tx:
        assert leadership_decisions.decision_row(tx, UUID(made.id)) == (city.organisation, made)
        assert leadership_decisions.decision_row(tx, UUID(later.id)) == (city.organisation, later)
        assert leadership_decisions.decision_row(tx, new_id(NOW)) is None
        assert len(leadership_decisions.decisions_of(tx, city.organisation)) == 2
    decided = replace(
        made, state="decided", chosen="Hire", reason=TEXT, minute="7", decided_on=date(2026, 3, 1), decided_by="Mayor",
        decided_at=NOW,
    )  # fmt: skip
    assert store.write(leadership_decisions.change_decision, decided, 2) is None
    assert store.write(leadership_decisions.change_decision, decided, 1) == 2
    assert store.write(leadership_decisions.change_decision, replace(decided, chosen="Do nothing"), 2) is None
    with store.reading() as tx:
        assert leadership_decisions.decision_row(tx, UUID(made.id)) == (
            city.organisation,
            replace(decided, row_version=2),
        )
