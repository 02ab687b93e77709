"""The twin from the form to an edition: what comes in, what stands beside the scores, what is not shown."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from maturity.access.permissions import NotPermitted
from maturity.assessment.resident_view import TWIN_QUESTIONS
from maturity.operations.public_place import NotPublished, public_place
from maturity.operations.resident_views import receive_views, topics_asked, twin, twin_topics
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store

from .city import ADMIN, LEADER, make_town
from .published_town import publish, withdraw

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
YES = dict.fromkeys(TWIN_QUESTIONS, "yes")


@pytest.fixture
def town(tmp_path):
    made = Workspace(url=str(tmp_path / "t.duckdb"), store=open_store(str(tmp_path / "t.duckdb")), clock=lambda: NOW)
    make_town(made)
    publish(made)
    yield made
    made.store.close()


def row(town, topic="systems"):
    return next(each for each in twin(town, ADMIN, "Town").rows if each.topic == topic)


def test_the_topics_are_those_of_the_round_that_everybody_sees(town):
    asked = topics_asked(town, public_place(town, "town"))
    assert len(asked) == 10 and asked["systems"] == "Systems"
    assert [each.topic for each in twin(town, ADMIN, "Town").rows] == list(asked)


def test_what_residents_see_stands_beside_the_score_from_five_on(town):
    for number in range(5):
        assert (row(town).seen.level, row(town).gap) == (None, None)
        # Two say yes to everything, three say partly to the first question and know nothing else.
        given = YES if number < 2 else {"find": "partly"}
        assert receive_views(town, "town", {"systems": given}, uuid4()) == 1
    found = row(town)
    # The median share is 0.5: 1 + 4 * 0.5 = 3. Parks stand at 1, roads at 2, housing at 3: the mean is 2.
    assert (found.seen.residents, found.seen.level, found.score, found.gap) == (5, 3.0, 2.0, -1.0)
    assert found.seen.shares == {"find": 0.7}
    topic = next(each for each in twin_topics(town, ADMIN, "Town") if each.topic == "systems")
    assert (topic.answers, topic.seen, topic.score, topic.shares) == (5, 3.0, 2.0, {"find": 0.7})
    assert topic.names["en"] == "Systems"
    other = next(each for each in twin_topics(town, ADMIN, "Town") if each.topic == "data-ethics")
    assert (other.answers, other.seen, other.score, dict(other.shares)) == (None, None, 2.0, {})


def test_one_form_says_something_of_several_topics_and_counts_once(town):
    number = uuid4()
    views = {"systems": YES, "data-ethics": {"trust": "no"}, "managing-data": {"find": "unknown"}}
    assert receive_views(town, "town", views, number) == 2
    assert receive_views(town, "town", views, number) == 0
    assert twin(town, ADMIN, "Town").views == 2


def test_nothing_joins_the_topics_of_one_form(town):
    receive_views(town, "town", {"systems": YES, "data-ethics": YES}, number := uuid4())
    with town.store.reading() as tx:
        stored = tx.rows("SELECT * FROM resident_view")
        trail = tx.rows("SELECT subject, detail FROM audit_event WHERE verb = 'receive view'")
    assert len({each["id"] for each in stored}) == 2
    assert str(number) not in f"{stored}{trail}" and number.hex not in f"{stored}{trail}"
    assert trail == [{"subject": "Town", "detail": "{}"}]


def test_what_knows_nothing_or_strange_topics_stores_nothing(town):
    assert receive_views(town, "town", {"systems": {"find": "perhaps"}}, uuid4()) == 0
    with pytest.raises(NotPublished):
        receive_views(town, "town", {"systems": YES, "dragons": YES}, uuid4())
    withdraw(town)
    with pytest.raises(NotPublished):
        receive_views(town, "town", {"systems": YES}, uuid4())
    assert twin(town, ADMIN, "Town").views == 0


def test_without_a_round_that_everybody_sees_nobody_is_asked(town):
    town.store.write(lambda tx: tx.run("UPDATE assessment_round SET status = 'open'"))
    assert topics_asked(town, public_place(town, "town")) == {}
    assert twin(town, ADMIN, "Town").rows == ()


def test_only_who_publishes_reads_the_twin(town):
    with pytest.raises(NotPermitted):
        twin(town, LEADER, "Town")
