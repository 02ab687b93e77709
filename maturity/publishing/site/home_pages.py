"""The first page: where the roadmap stands, how far each phase is, and the board, with a page for each long column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from maturity.publishing.site import open_data, sentences
from maturity.publishing.site.labels import horizon_words, phase_names
from maturity.publishing.site.milestone_pages import EVERY, near
from maturity.publishing.site.page_writer import Makers, PageWriter
from maturity.publishing.site.paging import MOST_TEXT, paged, pages_of, weight
from maturity.publishing.site.spoken import spoken
from maturity.publishing.site.style import style
from maturity.roadmap.editions import Edition, PublicAction
from maturity.roadmap.horizons import HORIZONS
from maturity.roadmap.phases import phases

MOST_CARDS, CARDS_A_PAGE = 10, 36


def home(writer: PageWriter, path: str) -> bytes:
    """The first page, to stand at a path below the root of the site."""
    edition, words = writer.edition, writer.words
    if edition is None:
        return writer.page("nothing.html", path)
    return writer.page(
        "home.html",
        path,
        headline=sentences.headline(edition, words),
        summary=sentences.summary(edition, words),
        stands=Counter(each.status for each in edition.actions),
        stated=any(each.status for each in edition.actions),
        board=_board(writer, edition),
        phase_rows=_phases(writer, edition),
        dataset=dataset(writer, edition),
        milestones=near(edition),
        every_milestone=EVERY,
    )


def missing(writer: PageWriter) -> bytes:
    """The page for addresses at which nothing is; its links work everywhere once the root is known."""
    root = writer.facts.mount or writer.facts.base
    page = writer.page("missing.html", "404.html", sheet=Markup(style(writer.facts.colour)))
    if not root:
        return page
    page = page.replace(b' href="', f' href="{root}'.encode())
    for kept in ("#", "data:"):
        page = page.replace(f'href="{root}{kept}'.encode(), f'href="{kept}'.encode())
    return page


def board_pages(writer: PageWriter) -> Makers:
    """The pages of each column of the board that is too long for the first page."""
    made: Makers = {}
    for code in HORIZONS if writer.edition else ():
        many = _column(writer.edition, code) if writer.edition else []
        if len(_shown(many)) < len(many):
            runs = paged(many, CARDS_A_PAGE, _weight)
            pages = pages_of(f"{code}.html", len(runs))
            for (target, _), run in zip(pages, runs, strict=True):
                made[writer.path(target)] = partial(_column_page, writer, code, target, run, len(many), pages)
    return made


def dataset(writer: PageWriter, edition: Edition) -> dict[str, Any] | None:
    """The edition as linked data, in the words of the language."""
    title = spoken(edition.title, writer.language, writer.facts.organisation).text
    about = spoken(edition.lead, writer.language, sentences.headline(edition, writer.words)).text
    return open_data.dataset(writer.facts, title, about, writer.language)


def _column_page(
    writer: PageWriter, code: str, target: str, run: Sequence[PublicAction], count: int, pages: Sequence[Any]
) -> bytes:
    heading = horizon_words(writer.words)[code]
    return writer.page(
        "board.html", writer.path(target), heading=heading, count=count, shown=run, pages=pages, section="index.html"
    )  # fmt: skip


def _column(edition: Edition, code: str) -> list[PublicAction]:
    found = [each for each in edition.actions if each.horizon == code]
    return sorted(found, key=lambda each: (each.start or edition.plan_starts, each.slug))


def _shown(many: Sequence[PublicAction]) -> Sequence[PublicAction]:
    return paged(many, MOST_CARDS, _weight, MOST_TEXT // len(HORIZONS))[0]


def _weight(action: PublicAction) -> int:
    said = (text for each in action.words.values() for text in (each.title, each.plain, each.outcome))
    return weight(action.owner_role, action.department, *said) // max(1, len(action.words))


def _board(writer: PageWriter, edition: Edition) -> list[dict[str, Any]]:
    words = writer.words
    about = {
        "now": words.gettext("Under way, or starting within three months"),
        "next": words.gettext("In the half year after that"),
        "later": words.gettext("Further ahead, so less exact"),
        "done": words.gettext("Finished"),
    }
    names = horizon_words(words)
    columns = ((code, _column(edition, code)) for code in HORIZONS)
    return [
        {
            "code": code,
            "name": names[code],
            "about": about[code],
            "count": len(many),
            "shown": _shown(many),
            "page": f"{code}.html",
        }
        for code, many in columns
        if many
    ]


def _phases(writer: PageWriter, edition: Edition) -> list[dict[str, Any]]:
    return [
        _phase(writer, number, name, [each for each in edition.actions if each.phase == number], edition)
        for number, name in enumerate(phase_names(writer.words), 1)
    ]


def _phase(
    writer: PageWriter, number: int, name: str, many: Sequence[PublicAction], edition: Edition
) -> dict[str, Any]:
    words, window = writer.words, phases(edition.plan_starts)[number - 1]
    done = sum(each.status == "done" for each in many)
    doing = sum(each.status not in ("done", "not_started", None) for each in many)
    said = words.ngettext("%(count)s action", "%(count)s actions", len(many))
    if any(each.status for each in many):
        said = words.gettext("%(said)s: %(done)s done, %(doing)s under way", said=said, done=done, doing=doing)
    period = words.gettext(
        "%(first)s to %(last)s", first=words.when(window.start, "month"), last=words.when(window.finish, "month")
    )
    return {
        "number": number,
        "name": name,
        "window": period,
        "said": said,
        "count": len(many),
        "done": done,
        "doing": doing,
    }
