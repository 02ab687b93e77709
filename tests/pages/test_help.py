"""The help page: levels, numbers, words and permissions, and headings in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.permissions import MAY, may
from maturity.access.roles import ROLES
from maturity.operations.frameworks import shipped_frameworks
from maturity.ui import help as building
from maturity.words.glossary import GLOSSARY
from maturity.words.numbers import NUMBERS

from .conftest import open_page, seen_as

LEVELS, NUMBERS_TABLE, PERMISSIONS = range(3)


@pytest.fixture
def page(start: Callable[..., AppTest]) -> AppTest:
    return open_page(start(), "help")


def text_of(at: AppTest) -> str:
    return "\n".join(markdown.value for markdown in at.main.markdown)


def test_the_levels_are_those_of_the_shipped_framework_while_there_is_no_round(page: AppTest) -> None:
    city = next(framework for framework in shipped_frameworks() if framework.levels)
    shown = page.table[LEVELS].value
    assert list(shown["Level"]) == [1, 2, 3, 4, 5]
    assert list(shown["Name"]) == [level.name for level in city.levels]
    assert city.name in text_of(page)


def test_the_levels_are_those_of_the_latest_round(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = shipped_frameworks()[0].levels
    level = first.model_copy(update={"name": "*Novice* | <b>"})
    changed = shipped_frameworks()[0].model_copy(update={"levels": (level, *rest), "name": "Ours"})
    monkeypatch.setattr(building, "framework_in_use", lambda here: changed)
    page.run()
    assert page.table[LEVELS].value["Name"][0] == r"\*Novice\* \| \<b\>"
    assert "framework Ours" in text_of(page)


def test_a_framework_that_counts_points_is_said_to_have_no_levels(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = next(framework for framework in shipped_frameworks() if not framework.levels)
    monkeypatch.setattr(building, "framework_in_use", lambda here: points)
    page.run()
    assert not page.exception
    assert "counts points and has no levels" in text_of(page)


def test_a_round_decides_which_framework_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    class Found:
        framework = shipped_frameworks()[1]

    monkeypatch.setattr(building.cached, "latest_round", lambda here: Found)
    assert building.framework_in_use(None) is Found.framework
    monkeypatch.setattr(building.cached, "latest_round", lambda here: None)
    assert building.framework_in_use(None).levels


def test_every_number_is_explained(page: AppTest) -> None:
    assert list(page.table[NUMBERS_TABLE].value["Number"]) == [number.name for number in NUMBERS.values()]


def test_every_word_is_a_heading_until_one_is_looked_for(page: AppTest) -> None:
    headings = re.findall(r"^### (.*)$", text_of(page), re.MULTILINE)
    assert headings == sorted((entry.heading for entry in GLOSSARY), key=str.lower)
    page.text_input(key="find").set_value("critical").run()
    assert re.findall(r"^### (.*)$", text_of(page), re.MULTILINE) == ["Critical path"]
    assert "1 word found" in [caption.value for caption in page.caption]


def test_a_search_without_a_hit_says_what_to_do(page: AppTest) -> None:
    page.text_input(key="find").set_value("zzz").run()
    assert "Try a shorter one" in text_of(page)
    assert not re.findall(r"^### ", text_of(page), re.MULTILINE)


def test_no_heading_level_is_skipped(page: AppTest) -> None:
    assert [title.value for title in page.title] == ["Help and glossary"]
    assert [header.value for header in page.header][2] == "Glossary"
    for file in (Path(building.__file__), Path(building.__file__).parents[2] / "pages" / "help.py"):
        assert "####" not in file.read_text(encoding="utf-8")
    links = re.findall(r"\]\(#([a-z]+)\)", text_of(page))
    assert links == [header.proto.anchor for header in page.header]


@pytest.mark.parametrize("role", ROLES)
def test_the_table_of_permissions_says_what_the_permissions_say(role: building.Role) -> None:
    limited = role in building.OF_A_DEPARTMENT
    visitor = seen_as(role, "parks" if limited else None)
    for said, verb in zip(building.permissions()["Who"], MAY, strict=True):
        who = [part for part in said.split(", ") if part.startswith(building.ROLE_NAMES[role])]
        assert bool(who) is may(visitor, verb), verb
        if who == [f"{building.ROLE_NAMES[role]} (own department)"]:
            assert may(visitor, verb, "parks") and not may(visitor, verb, "housing"), verb


@pytest.mark.parametrize("role", ROLES)
def test_everybody_with_a_role_can_read_it(start: Callable[..., AppTest], role: building.Role) -> None:
    at = open_page(start(view_as=seen_as(role, "parks")), "help")
    assert [title.value for title in at.title] == ["Help and glossary"]
    assert not at.exception


def test_a_link_may_lead_to_a_word(start: Callable[..., AppTest]) -> None:
    page = open_page(start(find="slack"), "help")
    assert "### Slack" in text_of(page)
    assert building.number_help("slack").startswith("Days that an action can slip")
