"""Catalogue files: what is read, and what is refused with file, line and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.framework.model import Framework
from maturity.planning.catalogue import CatalogueError
from maturity.planning.load_catalogue import check_catalogue, load_catalogue

GOOD = """\
id: small
version: 1.0
framework: f
name: Small
licence: none
source: made up
price_year: 2026
roles:
  - {id: team, name: The team, days_per_quarter: 40}
actions:
  - id: x
    title: Do x
    summary: ""
    phase: 1
    lead: team
    deliverable: a thing
    done_when: it is there
    kpi: {name: share, unit: "%"}
    raises:
      - {topic: t, from_level: 1, to_level: 2}
    duration_weeks: 4
    effort:
      team: {low: 1, likely: 2, high: 3}
"""

ROUTE = "{kind: buy, exit: 'out', skills: 'in'}"


def load(folder: Path, text: str) -> object:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return load_catalogue(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(GOOD, encoding="utf-8")
    made = load_catalogue(tmp_path / "small.yaml")
    assert (made.version, made.by_id["x"].likely_effort) == ("1.0", {"team": 2.0})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    lead: team",
            "    leads: team",
            "line 15, actions.0.leads: unknown key|line 11, actions.0.lead: this key is",
        ),
        ("    phase: 1", "    phase: 1\n    phase: 2", "line 15: the key 'phase' stands twice"),
        ("    phase: 1", "    phase: 5", "line 14, actions.0.phase"),
        ("to_level: 2", "to_level: 1", "line 20"),
        ("      - {topic: t, from_level: 1, to_level: 2}", "      []", "'x' raises no topic"),
        ("    phase: 1", f"    phase: 1\n    routes: [{ROUTE}, {ROUTE}]", "a kind of route twice"),
        ("    phase: 1", f"    phase: 1\n    routes: [{ROUTE[:-1]}, duration_weeks: 2}}]", "has numbers"),
        ("    phase: 1", f"    phase: 1\n    routes: [{ROUTE.replace('out', '')}]", "routes.0.exit"),
        ("likely: 2", "likely: 9", "an estimate must rise"),
        ("likely: 2", "likely: .nan", "line 23"),
        ("low: 1", "low: -1", "line 23"),
        ("lead: team", "lead: boss", "names the roles"),
        ("    phase: 1", "    phase: 1\n    requires: [zz]", "requires \\['zz'\\]"),
        ("    phase: 1", "    phase: 1\n    requires: [x]", "x -> x: neither can start"),
        ("name: Small", "name: !!python/object:os.system x", "line 4"),
        ("name: Small", "name: [", "not YAML"),
        (GOOD, "", "empty"),
    ],
)
def test_a_bad_file_is_refused_with_place_and_rule(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError, match=message) as refused:
        load(tmp_path, GOOD.replace(old, new))
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path / "none.yaml")


def framework(**change: object) -> Framework:
    levels = [{"level": n, "name": f"L{n}"} for n in (1, 2)]
    question = {"id": "q", "text": "?", "descriptors": ["one", "two"]}
    topics = [{"id": "t", "name": "T", "questions": [question]}]
    body = {"id": "f", "version": "1", "name": "F", "licence": "none", "source": "made up", "levels": levels}
    return Framework.model_validate({**body, "dimensions": [{"id": "d", "name": "D", "topics": topics}], **change})


def test_a_catalogue_must_fit_its_framework(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(GOOD, encoding="utf-8")
    made = load_catalogue(tmp_path / "small.yaml")
    check_catalogue(made, framework())
    with pytest.raises(CatalogueError, match="is for the framework 'f', not 'g'"):
        check_catalogue(made, framework(id="g"))
    (tmp_path / "small.yaml").write_text(GOOD.replace("topic: t", "topic: z"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="topic 'z', which framework 'f' does not have"):
        check_catalogue(load_catalogue(tmp_path / "small.yaml"), framework())
    (tmp_path / "small.yaml").write_text(GOOD.replace("to_level: 2", "to_level: 3"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="to level 3, but the scale of framework 'f' ends at 2"):
        check_catalogue(load_catalogue(tmp_path / "small.yaml"), framework())
