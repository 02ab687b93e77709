"""The page of the data: the files, their licence, what their fields mean, and what was held back."""

from __future__ import annotations

from maturity.publishing.site import open_data
from maturity.publishing.site.home_pages import dataset
from maturity.publishing.site.labels import part_words, reason_words
from maturity.publishing.site.page_writer import PageWriter

PAGE = "data.html"


def data_page(writer: PageWriter) -> bytes:
    """The page."""
    edition, about = writer.edition, open_data.field_words(writer.words)
    what, why = part_words(writer.words), reason_words(writer.words)
    held = edition.withheld if edition else ()
    return writer.page(
        "data.html",
        writer.path(PAGE),
        files=_files(writer),
        dataset=dataset(writer, edition) if edition else None,
        fields=[{"name": each.name, "type": each.type, "about": about[each.name]} for each in open_data.FIELDS],
        licence_link=open_data.LICENCES.get(edition.licence, "") if edition else "",
        withheld=[(what[each.part], why.get(each.reason, each.reason), each.count) for each in held],
    )


def _files(writer: PageWriter) -> list[dict[str, str]]:
    words, described = writer.words, writer.speak(writer.facts.languages[0])
    sizes = {path: len(content) for path, content in open_data.data_files(writer.facts, described).items()}
    about = {
        open_data.CSV: (
            words.gettext("Actions as a table"),
            words.gettext("One row for each action, for any spreadsheet."),
        ),
        open_data.JSON: (
            words.gettext("The whole edition"),
            words.gettext("Everything that is published, with moves, measures and milestones."),
        ),
        open_data.PACKAGE: (
            words.gettext("Description for data tools"),
            words.gettext("A Frictionless data package: fields, types, licence."),
        ),
        open_data.CSVW: (
            words.gettext("Description for the web"),
            words.gettext("CSV on the Web, the standard of the W3C."),
        ),
    }
    return [
        {
            "path": path,
            "short": path.rpartition("/")[2],
            "name": name,
            "about": said,
            "size": words.gettext("%(count)s kB", count=words.number(sizes[path] / 1000)),
        }
        for path, (name, said) in about.items()
        if path in sizes
    ]
