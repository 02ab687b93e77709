"""Organisations, departments, frameworks, rounds, decided values and kept scores."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from maturity.assessment.answers import DecidedValue
from maturity.planning.catalogue import ActionCatalogue
from maturity.storage import Conflict, NotStored, RuleBroken, Store, StoreRefused, new_id
from maturity.storage.decided import (
    decided_values,
    decisions,
    keep_scores,
    kept_scores,
    remove_decided_value,
    save_decided_value,
)
from maturity.storage.frameworks import (
    catalogue,
    catalogue_versions,
    framework_versions,
    save_catalogue,
    save_framework,
)
from maturity.storage.frameworks import framework as stored_framework
from maturity.storage.revision import revision
from maturity.storage.rounds import (
    create_round,
    latest_round,
    round_by_name,
    round_of,
    round_scope,
    rounds,
    save_scope,
    scope,
    set_status,
    update_round,
)
from maturity.storage.rows import Department, KeptScores, Organisation, Round
from maturity.storage.setup import departments, organisations, save_department, save_departments, save_organisation

CATALOGUE = {
    "id": "actions",
    "version": "1",
    "framework": "small",
    "name": "Actions",
    "licence": "CC0-1.0",
    "source": "made for the tests",
    "price_year": 2026,
    "roles": [{"id": "cdo", "name": "Chief Data Officer", "days_per_quarter": 30}],
    "actions": [
        {
            "id": "name-owners",
            "title": "Name owners",
            "summary": "s",
            "phase": 1,
            "lead": "cdo",
            "deliverable": "d",
            "done_when": "w",
            "kpi": {"name": "k", "unit": "%"},
            "raises": [{"topic": "t1", "from_level": 1, "to_level": 2}],
            "duration_weeks": 6,
            "effort": {"cdo": {"low": 1, "likely": 2, "high": 3}},
        }
    ],
}


def test_an_organisation_is_stored_and_edited(store: Store, city: Any) -> None:
    with store.reading() as tx:
        (found,) = organisations(tx)
    assert found.name == "Port Ellery" and found.row_version == 1 and found.settings == {}
    changed = replace(found, name="Port Ellery & Söhne", settings={"fiscal": 4, "text": "100 % $x"})
    assert store.write(save_organisation, changed) == 2
    with store.reading() as tx:
        assert organisations(tx) == [replace(changed, row_version=2)]
    with pytest.raises(Conflict, match="changed by somebody else"):
        store.write(save_organisation, changed)
    with pytest.raises(NotStored):
        store.write(save_organisation, replace(changed, id=new_id(city.now)))
    with pytest.raises(RuleBroken):
        store.write(save_organisation, replace(changed, id=new_id(city.now), row_version=0))


def test_departments_keep_the_organisations_order(store: Store, city: Any) -> None:
    before = revision(store, "setup")
    with store.reading() as tx:
        parks, works = departments(tx, city.organisation)
    assert (parks.code, parks.staff, works.code, works.staff) == ("parks", 40, "works", None)
    new = Department(
        id=new_id(city.now),
        organisation_id=city.organisation,
        code="trees",
        name="Trees",
        parent_code="parks",
        tags=("green", "big, old"),
        place=0,
    )
    store.write(save_departments, [new, replace(parks, place=9)])
    assert revision(store, "setup") > before
    with store.reading() as tx:
        assert [d.code for d in departments(tx, city.organisation)] == ["trees", "works", "parks"]
        assert departments(tx, city.organisation)[0] == replace(new, row_version=1)
    assert store.write(save_department, replace(works, archived_at=city.now)) == 2
    with store.reading() as tx:
        assert [d.code for d in departments(tx, city.organisation)] == ["trees", "parks"]
        assert len(departments(tx, city.organisation, archived=True)) == 3
    with pytest.raises(RuleBroken):
        store.write(save_departments, [replace(new, id=new_id(city.now))])


def test_edits_by_six_threads_are_all_counted(store: Store, city: Any) -> None:
    won: list[int] = []

    def rename() -> None:
        for n in range(6):
            with store.reading() as tx:
                parks = departments(tx, city.organisation)[0]
            try:
                won.append(store.write(save_department, replace(parks, name=f"Parks {n}")))
            except Conflict:
                continue

    threads = [threading.Thread(target=rename) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as tx:
        assert departments(tx, city.organisation)[0].row_version == 1 + len(won) == max(won)
    assert len(set(won)) == len(won)


def test_a_framework_version_is_stored_once(store: Store, city: Any, framework: Any) -> None:
    assert store.write(save_framework, framework(), city.now) == city.framework
    with pytest.raises(RuleBroken, match=r"small 1 is stored already .* new version"):
        store.write(save_framework, framework(text="Another?"), city.now)
    second = store.write(save_framework, framework("2", "100 % 'yes' $x?"), city.now + timedelta(days=1))
    with store.reading() as tx:
        assert stored_framework(tx, second) == framework("2", "100 % 'yes' $x?")
        assert [found.version for found in framework_versions(tx)] == ["2", "1"]
        with pytest.raises(NotStored):
            stored_framework(tx, city.round)
    store.write(lambda tx: tx.run("UPDATE framework_version SET body = '{}' WHERE version = '1'"))
    with store.reading() as tx, pytest.raises(StoreRefused, match="small 1 does not fit this program"):
        stored_framework(tx, city.framework)


def test_a_catalogue_version_is_stored_once(store: Store, city: Any) -> None:
    first = ActionCatalogue.model_validate(CATALOGUE)
    stored = store.write(save_catalogue, first, city.now)
    assert store.write(save_catalogue, first, city.now) == stored
    with pytest.raises(RuleBroken, match="new version"):
        store.write(save_catalogue, ActionCatalogue.model_validate({**CATALOGUE, "name": "Other"}), city.now)
    with store.reading() as tx:
        assert catalogue(tx, stored) == first
        assert [found.code for found in catalogue_versions(tx, "small")] == ["actions"]
        assert catalogue_versions(tx, "other") == [] and len(catalogue_versions(tx)) == 1
        with pytest.raises(NotStored):
            catalogue(tx, city.round)


def made_round(city: Any, name: str, **more: Any) -> Round:
    return Round(
        id=new_id(city.now),
        organisation_id=city.organisation,
        framework_version_id=city.framework,
        name=name,
        created_at=city.now,
        **more,
    )


def test_rounds_stand_in_the_order_of_time(store: Store, city: Any) -> None:
    earlier = made_round(city, "2025", status="closed", closes_on=date(2025, 6, 30))
    later = made_round(city, "2027", opens_on=date(2027, 1, 1))
    half = made_round(city, "half", status="importing", opens_on=date(2026, 8, 1))
    for new in (later, earlier, half):
        store.write(create_round, new)
    with store.reading() as tx:
        assert [found.name for found in rounds(tx, city.organisation)] == ["2025", "2026", "half", "2027"]
        latest = latest_round(tx, city.organisation)
        assert latest is not None and latest.name == "2026", "neither a draft nor half an import"
        assert round_by_name(tx, city.organisation, "2025") == replace(earlier, row_version=1)
        assert round_by_name(tx, city.organisation, "none") is None
        assert latest_round(tx, new_id(city.now)) is None
        with pytest.raises(NotStored):
            round_of(tx, city.organisation)
    with pytest.raises(RuleBroken, match="'2025' exists already"):
        store.write(create_round, made_round(city, "2025"))


def test_a_round_is_closed_as_it_was_seen(store: Store, city: Any) -> None:
    before = revision(store, round_scope(city.round))
    assert store.write(set_status, city.round, "closed", 1) == 2
    assert revision(store, round_scope(city.round)) == before + 1
    with pytest.raises(Conflict):
        store.write(set_status, city.round, "signed_off", 1)
    assert revision(store, round_scope(city.round)) == before + 1
    with store.reading() as tx:
        seen = round_of(tx, city.round)
    changed = replace(seen, name="2026 spring", weights="staff", closes_on=date(2026, 4, 1))
    assert store.write(update_round, changed) == 3
    with store.reading() as tx:
        assert round_of(tx, city.round).weights == "staff" and round_of(tx, city.round).status == "closed"


def test_who_takes_part(store: Store, city: Any) -> None:
    with store.reading() as tx:
        assert [(part.department, part.weight) for part in scope(tx, city.round)] == [("parks", 1.0), ("works", 2.0)]
    store.write(save_scope, city.round, {city.works: 0.5})
    with store.reading() as tx:
        assert [(part.name, part.weight) for part in scope(tx, city.round)] == [("Public works", 0.5)]
    with pytest.raises(RuleBroken):
        store.write(save_scope, city.round, {city.works: -1.0})


def test_decided_values_are_edited_and_taken_back(store: Store, city: Any) -> None:
    value = DecidedValue(department="works", question="q1", source="consensus", level=2, reason="agreed")
    before = revision(store, round_scope(city.round))
    assert store.write(save_decided_value, city.round, value, decided_by="ann", now=city.now) == 1
    assert revision(store, round_scope(city.round)) == before + 1
    review = DecidedValue(department="parks", question="q1", source="review", points=1.5, reason="seen on site")
    store.write(save_decided_value, city.round, review, decided_by="rev", now=city.now, expected_version=0)
    with pytest.raises(Conflict, match="decided elsewhere"):
        store.write(save_decided_value, city.round, value, decided_by="bob", now=city.now, expected_version=0)
    higher = replace(value, level=3)
    assert store.write(save_decided_value, city.round, higher, decided_by="bob", now=city.now, expected_version=1) == 2
    with store.reading() as tx:
        assert decided_values(tx, city.round) == [review, higher]
        assert [(kept.decided_by, kept.row_version) for kept in decisions(tx, city.round)] == [("rev", 1), ("bob", 2)]
    store.write(remove_decided_value, city.round, higher, expected_version=2)
    with store.reading() as tx:
        assert decided_values(tx, city.round) == [review]
    with pytest.raises(NotStored, match="'nowhere'"):
        nowhere = replace(value, department="nowhere")
        store.write(save_decided_value, city.round, nowhere, decided_by="ann", now=city.now)


def test_kept_scores_never_go_back(store: Store, city: Any) -> None:
    with store.reading() as tx:
        assert kept_scores(tx, city.round) is None
    for number in (3, 5, 4):
        store.write(keep_scores, city.round, KeptScores(revision=number, body=json.dumps({"made": number})))
    with store.reading() as tx:
        assert kept_scores(tx, city.round) == KeptScores(revision=5, body='{"made": 5}')


def test_settings_are_canonical(store: Store, city: Any) -> None:
    made = Organisation(id=new_id(city.now), name="B", settings={"b": 1, "a": "é"}, created_at=city.now)
    store.write(save_organisation, made)
    with store.reading() as tx:
        row = tx.one("SELECT settings FROM organisation WHERE name = 'B'")
    assert row == {"settings": '{"a":"é","b":1}'}
