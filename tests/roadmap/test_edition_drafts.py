"""Drafts of editions: private by default, only what was chosen, and whatever is held back is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from maturity.access.visibility import FIELDS
from maturity.roadmap.edition_drafts import EditionChoices, Material, PlannedPublicly, draft
from maturity.roadmap.editions import ApprovedVersion, PublicKpi, PublicWords, TwinTopic, edition_text
from maturity.roadmap.status import Status

from .conftest import make_action

TODAY = date(2026, 1, 5)
CODES = ("a", "b", "c", "d")
VERSION = ApprovedVersion(number=1, name="One", sha256="0" * 64, approved_by="Council", approved_on=TODAY)
SECRET = "Ida Brandt"
ALL = EditionChoices(everything=True, fields=tuple(FIELDS))


def planned(code, **more):
    action = make_action(
        code, cost=1_000.0, deliverable=f"List {code}", owner=SECRET, title=f"Inside {code}", requires=("a",)
    )
    return PlannedPublicly(
        action=action, status=Status(code="on_track"), role="Data steward", department="Parks", goal="Trust", **more
    )


def words(*codes):
    return {code: {"en": PublicWords(title=f"Public {code}", plain=f"We do {code}.")} for code in codes}


MATERIAL = Material(
    organisation="Town", today=TODAY, version=VERSION, plan_starts=TODAY, fields=tuple(FIELDS),
    shut={"effort": "on_request"}, actions=tuple(map(planned, CODES)), words=words("a", "b", "c"), names=(SECRET,),
)  # fmt: skip


def counts(made):
    return {(each.part, each.reason): each.count for each in made.withheld}


def test_without_a_choice_there_is_nothing_in_it():
    made = draft(MATERIAL, EditionChoices())
    assert (made.actions, made.fields, made.gone, made.milestones, made.said, made.twin) == ((), (), (), (), (), ())
    assert counts(made) == {
        ("actions", "not_chosen"): 4, ("fields", "not_chosen"): len(FIELDS) - 1, ("fields", "on_request"): 1
    }  # fmt: skip
    assert made.version == VERSION and made.published_on == TODAY


def test_an_action_without_a_field_is_its_words_and_no_more():
    (only,) = draft(MATERIAL, EditionChoices(actions=("b",))).actions
    text = only.model_dump(exclude_defaults=True)
    assert set(text) == {"slug", "words", "phase", "horizon", "precision"}
    assert only.words["en"].title == "Public b"


def test_everything_but_what_is_shut_or_has_no_words():
    made = draft(MATERIAL, ALL)
    assert [each.slug for each in made.actions] == ["a", "b", "c"]
    assert counts(made) == {("actions", "no_words"): 1, ("fields", "on_request"): 1}
    assert all((each.cost, each.effort, each.owner_role) == (1_000.0, None, "Data steward") for each in made.actions)
    assert SECRET not in edition_text(made) and "Inside" not in edition_text(made)


def test_what_is_required_is_named_only_where_it_is_in_the_edition():
    assert draft(MATERIAL, ALL).actions[1].requires == ("a",)
    chosen = ALL.model_copy(update={"everything": False, "actions": ("b", "c")})
    assert [each.requires for each in draft(MATERIAL, chosen).actions] == [(), ()]


def test_numbers_of_people_below_five_are_left_out_and_counted():
    kpi = PublicKpi(name="Trained", unit="People", baseline=0.0, target=40.0, value=4.0)
    topics = tuple(TwinTopic(topic=f"t{n}", names={}, answers=n, seen=2.0, shares={"find": 0.5}) for n in (4, 5))
    made = draft(replace(MATERIAL, actions=(planned("a", kpi=kpi),), twin=topics), ALL)
    shown = made.actions[0].kpi
    assert shown and (shown.baseline, shown.target, shown.value) == (0.0, 40.0, None)
    assert [(each.answers, each.seen, each.shares) for each in made.twin] == [(None, None, {}), (5, 2.0, {"find": 0.5})]
    assert counts(made)["fields", "few"] == 1 and counts(made)["scores", "few"] == 1
    money = kpi.model_copy(update={"unit": "EUR"})
    assert draft(replace(MATERIAL, actions=(planned("a", kpi=money),)), ALL).actions[0].kpi == money


@given(st.sets(st.sampled_from(CODES)), st.sets(st.sampled_from(sorted(FIELDS))), st.booleans())
def test_every_action_and_field_is_shown_or_counted_once(actions, fields, everything):
    chosen = EditionChoices(everything=everything, actions=tuple(actions), fields=tuple(fields))
    made = draft(MATERIAL, chosen)
    held = counts(made)
    hidden = sum(count for (part, _), count in held.items() if part == "actions")
    assert len(made.actions) + hidden == len(CODES)
    assert {each.slug for each in made.actions} == (set(CODES) if everything else actions) - {"d"}
    assert len(made.fields) + sum(count for (part, _), count in held.items() if part == "fields") == len(FIELDS)
    assert set(made.fields) == fields - {"effort"}
    assert SECRET not in edition_text(made)


@given(st.sets(st.sampled_from(CODES)), st.sets(st.sampled_from(sorted(FIELDS))))
def test_choosing_more_never_takes_anything_away(actions, fields):
    less = draft(MATERIAL, EditionChoices(actions=tuple(actions), fields=tuple(fields)))
    more = draft(MATERIAL, ALL)
    known = {each.slug: each for each in more.actions}
    for each in less.actions:
        there = known[each.slug]
        assert set(each.requires) <= set(there.requires)
        chosen = set(each.model_dump(exclude_defaults=True)) - {"requires"}
        assert all(getattr(each, part) == getattr(there, part) for part in chosen)
