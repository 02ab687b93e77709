"""The roadmap as open data: CSV and JSON, described for Frictionless, for CSV on the Web and for search engines."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from maturity.publishing.site.facts import SiteFacts
from maturity.publishing.site.languages import Words
from maturity.publishing.site.spoken import printable, spoken
from maturity.roadmap.editions import Edition, PublicAction

CSV, JSON, SUMS = "data/actions.csv", "data/roadmap.json", "data/SHA256SUMS"
PACKAGE, CSVW = "data/datapackage.json", "data/actions.csv-metadata.json"
FILES = (CSV, JSON, PACKAGE, CSVW, SUMS)
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of the actions: its name, its type in both descriptions, and its value of an action."""

    name: str
    type: str
    value: Callable[[PublicAction], Any]


def _word(language: str, part: str) -> Callable[[PublicAction], str]:
    return lambda each: str(getattr(each.words.get(language), part, ""))  # type: ignore[call-overload]


FIELDS: tuple[Field, ...] = (
    Field(name="slug", type="string", value=lambda each: each.slug),
    *(
        Field(name=f"{part}_{language}", type="string", value=_word(language, part))
        for language in ("en", "es")
        for part in ("title", "plain", "outcome")
    ),
    Field(name="phase", type="integer", value=lambda each: each.phase),
    Field(name="horizon", type="string", value=lambda each: each.horizon),
    Field(name="precision", type="string", value=lambda each: each.precision),
    Field(name="owner_role", type="string", value=lambda each: each.owner_role),
    Field(name="department", type="string", value=lambda each: each.department),
    *(
        Field(name=name, type="date", value=attrgetter(name))
        for name in ("start", "finish", "first_start", "first_finish", "done_on")
    ),
    Field(name="status", type="string", value=lambda each: each.status),
    Field(name="days_late", type="integer", value=lambda each: each.days_late),
    Field(name="percent_done", type="number", value=lambda each: each.percent_done),
    Field(name="cost", type="number", value=lambda each: each.cost),
    Field(name="effort", type="number", value=lambda each: each.effort),
    Field(name="goal", type="string", value=lambda each: each.goal),
    Field(name="deliverable", type="string", value=lambda each: each.deliverable),
    Field(name="requires", type="string", value=lambda each: " ".join(each.requires)),
    Field(name="moves", type="integer", value=lambda each: len(each.moves)),
)


def field_words(words: Words) -> dict[str, str]:
    """What each column means."""
    language = {"en": words.gettext("in English"), "es": words.gettext("in Spanish")}
    text = {
        "title": words.gettext("What the action is called"),
        "plain": words.gettext("What is done"),
        "outcome": words.gettext("What residents will notice"),
    }
    spoken_of = {f"{part}_{each}": f"{said}, {language[each]}" for part, said in text.items() for each in language}
    return spoken_of | {
        "slug": words.gettext("The permanent name of the action, as in the address of its page"),
        "phase": words.gettext("The phase in which it starts, 1 to 4"),
        "horizon": words.gettext("now, next, later or done"),
        "precision": words.gettext("How exactly its days are promised: day, month, quarter or year"),
        "owner_role": words.gettext("The role that answers for it"),
        "department": words.gettext("The department that it is for; empty for the whole organisation"),
        "start": words.gettext("The day it starts, no more exact than its precision"),
        "finish": words.gettext("The day it is to be finished, no more exact than its precision"),
        "first_start": words.gettext("The start that was promised first"),
        "first_finish": words.gettext("The finish that was promised first"),
        "done_on": words.gettext("The day it was done"),
        "status": words.gettext("done, on_track, late or not_started"),
        "days_late": words.gettext("Days behind the day that was approved; 0 if it is not late"),
        "percent_done": words.gettext("How much is done, in percent"),
        "cost": words.gettext("What it costs, in the currency of the edition; empty if not published"),
        "effort": words.gettext("Days of work; empty if not published"),
        "goal": words.gettext("The goal it serves"),
        "deliverable": words.gettext("What there will be in the end"),
        "requires": words.gettext("What must be done before it: slugs, with blanks between them"),
        "moves": words.gettext("How many promised dates have moved; the JSON has each of them"),
    }


def data_files(facts: SiteFacts, words: Words) -> dict[str, bytes]:
    """The files of the current edition below data/; nothing where there is none. Descriptions are in one language."""
    found = facts.standing
    if not found:
        return {}
    link, edition = found[-1]
    about = field_words(words)
    files = {CSV: actions_csv(edition), JSON: link.text.encode()}
    files[PACKAGE] = _json(_package(edition, about))
    files[CSVW] = _json(_csvw(edition, about))
    sums = "".join(f"{hashlib.sha256(each).hexdigest()}  {path[5:]}\n" for path, each in sorted(files.items()))
    return files | {SUMS: sums.encode()}


def actions_csv(edition: Edition) -> bytes:
    """The actions as CSV (RFC 4180, UTF-8); no cell is taken for a formula."""
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow([each.name for each in FIELDS])
    table.writerows([[_cell(each.value(action)) for each in FIELDS] for action in edition.actions])
    return lines.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        text = " ".join(printable(value).split())
        return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
    return value.isoformat() if isinstance(value, date) else value


def _package(edition: Edition, about: dict[str, str]) -> dict[str, Any]:
    schema = {
        "fields": [{"name": each.name, "type": each.type, "description": about[each.name]} for each in FIELDS],
        "primaryKey": ["slug"],
        "missingValues": [""],
    }
    licence = {"name": edition.licence, **({"path": LICENCES[edition.licence]} if edition.licence in LICENCES else {})}
    resource = {
        "name": "actions",
        "path": "actions.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
    return {
        "name": "roadmap",
        "title": spoken(edition.title, "en", edition.organisation).text,
        "version": str(edition.number),
        "created": f"{edition.published_on.isoformat()}T00:00:00Z",
        "licenses": [licence],
        "resources": [resource],
    }


def _csvw(edition: Edition, about: dict[str, str]) -> dict[str, Any]:
    columns = [
        {"name": each.name, "titles": each.name, "datatype": each.type, "dc:description": about[each.name]}
        for each in FIELDS
    ]
    licence = {"dc:license": {"@id": LICENCES[edition.licence]}} if edition.licence in LICENCES else {}
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "actions.csv",
        **licence,
        "dc:title": spoken(edition.title, "en", edition.organisation).text,
        "tableSchema": {"columns": columns, "primaryKey": "slug"},
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def dataset(facts: SiteFacts, title: str, about: str, language: str) -> dict[str, Any] | None:
    """The current edition as a schema.org Dataset; None where there is none."""
    edition = facts.current
    if edition is None:
        return None
    kinds = ((CSV, "text/csv"), (JSON, "application/json"))
    files = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{facts.base}{path}"} for path, kind in kinds
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": about,
        "license": LICENCES.get(edition.licence, edition.licence),
        "inLanguage": language,
        "dateModified": edition.published_on.isoformat(),
        "version": str(edition.number),
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": facts.organisation},
        "distribution": files,
    }
