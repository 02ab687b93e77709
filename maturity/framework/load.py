"""Reads YAML files that people write: safely, within limits, and with file and line in every refusal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from maturity.framework.model import Framework, FrameworkError

MOST_BYTES = 4_000_000
MOST_DEPTH = 16
MOST_NODES = 200_000

PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)

Place = tuple[int | str, ...]
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain values, with the line on which each of them stands."""

    path: Path
    body: Any
    lines: Mapping[Place, int]

    def where(self, place: Place) -> str:
        """File, line and path of a value, such as "city.yaml, line 12, dimensions.0.topics"."""
        known = place
        while known and known not in self.lines:
            known = known[:-1]
        dotted = ".".join(map(str, place))
        return f"{self.path.name}, line {self.lines.get(known, 1)}" + (f", {dotted}" if dotted else "")


def read_document(path: Path) -> Document:
    """The file's values and lines; `FrameworkError` where it is too large, too deep, no YAML or has a key twice."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FrameworkError(f"{path}: cannot be read ({error.strerror}); check the name and the rights") from None
    if len(raw) > MOST_BYTES:
        raise FrameworkError(f"{path.name}: larger than {MOST_BYTES // 1_000_000} MB; split the framework")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FrameworkError(f"{path.name}, byte {error.start}: not UTF-8; save the file as UTF-8") from None
    return Document(path, *_compose(path, text))


def _compose(path: Path, text: str) -> tuple[Any, dict[Place, int]]:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise FrameworkError(f"{path.name}: uses YAML aliases (*name); write the values out")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FrameworkError(f"{path.name}, line {line}: not YAML ({error.problem}); mend that line") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise FrameworkError(f"{path.name}: not YAML ({str(error).splitlines()[0]})") from None
    if node is None:
        raise FrameworkError(f"{path.name}: the file is empty")
    lines: dict[Place, int] = {}
    body = _plain(path, node, (), lines)
    return body, lines


def _plain(path: Path, node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    line = node.start_mark.line + 1
    lines[place] = line
    if len(place) > MOST_DEPTH or len(lines) > MOST_NODES:
        raise FrameworkError(f"{path.name}, line {line}: too deep or too many values for one file")
    if node.tag not in PLAIN_TAGS:
        raise FrameworkError(f"{path.name}, line {line}: the tag {node.tag} is not allowed; write a plain value")
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, each, (*place, i), lines) for i, each in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(path, node, line)
    mapping: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in mapping:
            raise FrameworkError(f"{path.name}, line {key_node.start_mark.line + 1}: the key {key!r} stands twice")
        mapping[key] = _plain(path, value_node, (*place, key), lines)
        lines[(*place, key)] = key_node.start_mark.line + 1
    return mapping


def _scalar(path: Path, node: yaml.Node, line: int) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError) as error:
        raise FrameworkError(f"{path.name}, line {line}: {str(error).splitlines()[0]}") from None
    finally:
        loader.dispose()


def validated(kind: type[T], document: Document, refusal: type[ValueError]) -> T:
    """The document as a value of `kind`; the first broken rule as one sentence, the number of others behind it."""
    try:
        return kind.model_validate(_texts_where_numbers_were_meant(document.body))
    except ValidationError as error:
        first, *others = error.errors(include_url=False)
        more = f" (and {len(others)} more)" if others else ""
        raise refusal(f"{document.where(first['loc'])}: {_rule(first['type'], first['msg'])}{more}") from None


def _texts_where_numbers_were_meant(body: Any) -> Any:
    # `version: 1.0` is a number to YAML; the version of a file is a name.
    if isinstance(body, dict) and isinstance(body.get("version"), (int, float)):
        return {**body, "version": str(body["version"])}
    return body


def _rule(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "unknown key; remove it or mend its spelling"
    if kind == "missing":
        return "this key is missing; add it"
    return message.removeprefix("Value error, ")


def load_framework(path: Path) -> Framework:
    """The framework in a YAML file, or `FrameworkError` with file, line and rule."""
    return validated(Framework, read_document(path), FrameworkError)
