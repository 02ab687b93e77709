"""Framework files: what is refused, and that the refusal names file, line and rule."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from maturity.framework.formats.table import load_table
from maturity.framework.load import load_framework
from maturity.framework.model import FrameworkError
from tests.assessment.small import framework


def text_of(**changes: object) -> str:
    return yaml.safe_dump(framework(**changes).model_dump(mode="json", exclude_defaults=True), sort_keys=False)


def refused(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "f.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FrameworkError) as found:
        load_framework(path)
    return str(found.value)


def test_a_good_file_is_read_to_the_same_value(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("\ufeff" + text_of(), encoding="utf-8")
    assert load_framework(path) == framework()


@pytest.mark.parametrize(
    ("found", "put", "sentence"),
    [
        ("name: D2", "name: D2\n  nmae: x", "unknown key"),
        ("id: c1", "id: a1", "question id 'a1' is used twice"),
        ("      - fifth\n- id: d2", "- id: d2", "4 descriptors, but the scale has 5 levels"),
        ("weight: 3.0", "weight: -1", "greater than or equal to 0"),
        ("level: 5", "level: 4", "the scale must rise 1, 2, 3"),
        ("licence: none", "", "line 1, licence: this key is missing"),
        ("version: '1'", "version: '1'\nversion: '2'", "line 3: the key 'version' stands twice"),
        ("name: D2", "name: *anchor", "aliases"),
        ("name: D2", "name: [", "not YAML"),
        ("name: D2", "name: !!python/object/apply:os.system [ls]", "is not allowed"),
    ],
)
def test_a_broken_file_is_refused_with_its_rule(tmp_path: Path, found: str, put: str, sentence: str) -> None:
    assert found in text_of()
    message = refused(tmp_path, text_of().replace(found, put, 1))
    assert "f.yaml" in message and sentence in message and "\n" not in message


def test_a_wrong_encoding_an_empty_and_a_deep_file_are_refused(tmp_path: Path) -> None:
    assert "not UTF-8" in refused(tmp_path, "name: Stra\xdfe".encode("latin-1"))
    assert "empty" in refused(tmp_path, "")
    assert "too deep" in refused(tmp_path, "a: " + "[" * 40 + "]" * 40)
    with pytest.raises(FrameworkError, match="cannot be read"):
        load_framework(tmp_path / "nowhere.yaml")


TABLE = (
    "question_id,dimension_id,dimension,indicator_id,indicator,max_points\n"
    "1,D1,Policy,D1.1,Frame,30\n2,D1,Policy,D1.2,Rule,\n"
)


def test_a_table_becomes_a_points_framework(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\ufeff" + TABLE.replace(",", ";"), encoding="utf-8")
    made = load_table(path, code="odm")
    assert made.scoring == "sum" and made.least_coverage == 0 and list(made.topics) == ["D1.1", "D1.2"]
    assert made.questions["1"].max_points == 30 and not made.questions["2"].scored


@pytest.mark.parametrize(
    ("found", "put", "sentence"),
    [
        ("max_points", "most", "line 1: the columns max_points are missing"),
        ("2,D1", "1,D1", "line 3: the question id '1' stands twice"),
        (",30", ",thirty", "line 2: maximum points 'thirty' is not a number"),
        (",30", ",-1", "line 2: maximum points must be 0 or more"),
        ("1,D1,P", "a b,D1,P", "line 2: the question id 'a b'"),
    ],
)
def test_a_broken_table_is_refused_with_its_row(tmp_path: Path, found: str, put: str, sentence: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE.replace(found, put, 1), encoding="utf-8")
    with pytest.raises(FrameworkError, match=sentence):
        load_table(path, code="odm")
