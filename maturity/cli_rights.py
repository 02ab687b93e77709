"""People's rights on the command line: export, erasure, what is overdue, and erasing again after a restore."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any
from uuid import UUID

from maturity import cli_tables as tables
from maturity.access.roles import COMMAND_LINE
from maturity.cli_commands import command, opened
from maturity.cli_files import say, write
from maturity.operations.errors import Refused
from maturity.words.messages import counted

WHO = "id, e-mail address, or name where only one person bears it"
COLUMNS = ("person", "erased_at")


def add_actions(actions: Any) -> None:
    """What `person` does for people's rights, beside its other actions."""
    export = command(actions, "export", "Write all that is kept about a person as a ZIP.", _export)
    export.add_argument("who", help=WHO)
    export.add_argument("--to", type=Path, required=True)
    erase = command(actions, "erase", "Erase a person for good; no score changes.", _erase)
    erase.add_argument("who", help=WHO)
    erase.add_argument("--reason", required=True, choices=("asked", "left", "mistake"))
    due = command(actions, "retention", "Who is kept for longer than the organisation says.", _due)
    due.add_argument("--organisation")
    due.add_argument("--apply", action="store_true", help="erase them, and remove what expired")
    due.add_argument("--format", choices=tables.FORMATS, default="table")
    listed = command(actions, "erasures", "Print who was ever erased, to keep beside backups.", _listed)
    listed.add_argument("--to", type=Path, help="a file in place of standard output")
    again = command(actions, "erase-again", "After a restore: erase again who was erased.", _again)
    again.add_argument("file", type=Path, nargs="?", help="the list that was kept beside the backup")


def _export(chosen: argparse.Namespace) -> None:
    from maturity.operations.everybody import find_person
    from maturity.operations.rights import export_person

    with opened(chosen) as workspace:
        person = find_person(workspace, COMMAND_LINE, chosen.who).person
        packed = export_person(workspace, COMMAND_LINE, person.id).packed()
    write(chosen.to, packed)
    say("Unsent answers, and answers of rounds not held under names, are left out: the person alone can download them.")


def _erase(chosen: argparse.Namespace) -> None:
    from maturity.operations.erasure import erase_person
    from maturity.operations.everybody import find_person

    with opened(chosen) as workspace:
        erase_person(workspace, COMMAND_LINE, find_person(workspace, COMMAND_LINE, chosen.who).person.id, chosen.reason)
    say("The person is erased. No score has changed.")


def _due(chosen: argparse.Namespace) -> None:
    from maturity.operations.erasure import apply_retention, due_for_erasure

    with opened(chosen) as workspace:
        found = (apply_retention if chosen.apply else due_for_erasure)(workspace, COMMAND_LINE, chosen.organisation)
    columns = ("person", "name", "left_on", "due_since")
    rows = [(str(each.person_id), each.name, str(each.left_on), str(each.due_since)) for each in found.people]
    print(tables.printed(columns, rows, chosen.format))
    done = "Erased" if chosen.apply else "Due"
    counts = (
        counted(len(rows), "person", "people"),
        counted(found.sessions, "session"),
        counted(found.links, "link"),
        counted(found.names, "name given in a workshop", "names given in workshops"),
        counted(found.texts, "text of a resident", "texts of residents"),
    )
    say(f"{done}: {', '.join(counts)}.")


def _listed(chosen: argparse.Namespace) -> None:
    from maturity.operations.erasure import erasures

    with opened(chosen) as workspace:
        found = erasures(workspace, COMMAND_LINE)
    text = "\n".join([",".join(COLUMNS), *(f"{each.person_id},{each.erased_at.isoformat()}" for each in found), ""])
    if chosen.to:
        write(chosen.to, text.encode())
    else:
        print(text, end="")


def _again(chosen: argparse.Namespace) -> None:
    from maturity.operations.erasure import reapply_erasures

    people = _people_of(chosen.file) if chosen.file else []
    with opened(chosen) as workspace:
        count = reapply_erasures(workspace, COMMAND_LINE, people)
    say(f"Erased again: {counted(count, 'person', 'people')}.")


def _people_of(file: Path) -> list[UUID]:
    """The ids in a list that `person erasures` wrote."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return [UUID(row["person"]) for row in csv.DictReader(lines)]
    except OSError as error:
        raise Refused(f"{file}: cannot be read ({error.strerror}); name the list that was kept") from None
    except (KeyError, ValueError, UnicodeDecodeError, csv.Error):
        raise Refused(f"{file}: is no list of erasures; it has the columns {', '.join(COLUMNS)}") from None
