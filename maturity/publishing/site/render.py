"""The whole site as files: the same facts give the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from markupsafe import Markup

from maturity.publishing.site import open_data, sentences
from maturity.publishing.site.facts import SiteFacts
from maturity.publishing.site.feeds import Entry, json_feed, rss
from maturity.publishing.site.frame import Speak, site_page
from maturity.publishing.site.history import KINDS, Step, gone_actions, kind_words, later_said, step_said, steps
from maturity.publishing.site.languages import Words, words_of
from maturity.publishing.site.spoken import spoken
from maturity.publishing.site.style import style
from maturity.publishing.site.timeline import drawing
from maturity.publishing.site.verifying import COMMAND
from maturity.roadmap.editions import Edition, PublicAction
from maturity.roadmap.horizons import HORIZONS
from maturity.roadmap.ledger import (
    EDITIONS_FOLDER,
    LEDGER_FILE,
    SUMS_FILE,
    LedgerEntry,
    edition_file,
    ledger_text,
    sums_text,
)
from maturity.roadmap.phases import phases

MOST_CARDS, CARDS_A_PAGE, ROWS_A_PAGE, CHANGES_A_PAGE, VOICES_A_PAGE = 10, 36, 60, 100, 40
T = TypeVar("T")
Files = dict[str, bytes]


def render_site(facts: SiteFacts, speak: Speak = words_of) -> Files:
    """Every file of the site by its path below the root: pages by language, feeds, data, the editions themselves."""
    first = facts.languages[0]
    files = {"style.css": style(facts.colour).encode(), **({"logo.png": facts.logo} if facts.logo else {})}
    files |= open_data.data_files(facts, speak(first)) | _editions(facts)
    for language in facts.languages:
        files |= _Pages(facts, language, speak).files()
    pages = _Pages(facts, first, speak)
    files["index.html"] = pages.home("index.html")
    files["404.html"] = pages.missing()
    files["robots.txt"] = f"User-agent: *\nAllow: /\n{_sitemap_line(facts)}".encode()
    if facts.base:
        files["sitemap.xml"] = _sitemap(facts, files)
    return files


def render_some(facts: SiteFacts, slug: str = "", speak: Speak = words_of) -> Files:
    """As `render_site`, only the home pages, those of one action of the edition, the style sheet and the logo."""
    files = {"style.css": style(facts.colour).encode(), **({"logo.png": facts.logo} if facts.logo else {})}
    for language in facts.languages:
        pages = _Pages(facts, language, speak)
        files[pages.path("index.html")] = pages.home(pages.path("index.html"))
        files |= pages.actions((slug,))
    return files


def _sitemap_line(facts: SiteFacts) -> str:
    return f"Sitemap: {facts.base}sitemap.xml\n" if facts.base else ""


def _sitemap(facts: SiteFacts, files: Mapping[str, bytes]) -> bytes:
    pages = sorted(path for path in files if path.endswith(".html") and "/" in path)
    lines = [Markup("<url><loc>{}</loc></url>").format(f"{facts.base}{path}") for path in pages]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "\n".join(lines) + "\n</urlset>\n").encode()


def _editions(facts: SiteFacts) -> Files:
    """The very bytes of each edition that stands, the ledger of all of them, and their checksums."""
    entries = [
        LedgerEntry(
            number=each.number,
            published_on=each.published_on or facts.today,
            sha256=each.sha256,
            previous=each.previous,
            withdrawn_on=(each.withdrawn_on or facts.today) if each.is_withdrawn else None,
            reason=each.reason,
        )
        for each in facts.editions
    ]
    texts = {f"{EDITIONS_FOLDER}/{edition_file(link.number)}": link.text.encode() for link, _ in facts.standing}
    return texts | {LEDGER_FILE: ledger_text(entries).encode(), SUMS_FILE: sums_text(entries).encode()}


def paged(many: Sequence[T], size: int) -> list[Sequence[T]]:
    """The values in runs of at most `size`; one empty run for nothing."""
    return [many[start : start + size] for start in range(0, len(many), size)] or [many]


@dataclass(frozen=True)
class _Pages:
    """The pages of one language."""

    facts: SiteFacts
    language: str
    speak: Speak

    @property
    def words(self) -> Words:
        return self.speak(self.language)

    @property
    def edition(self) -> Edition | None:
        return self.facts.current

    def page(self, template: str, path: str, **values: Any) -> bytes:
        words = self.words
        shared = {
            "status_words": sentences.status_words(words),
            "phase_names": sentences.phase_names(words),
            "answer_words": sentences.answer_words(words),
            "texts": texts,
            "known": self._known(),
        }
        return site_page(self.facts, template, path, {**shared, **values}, language=self.language, speak=self.speak)

    def _known(self) -> dict[str, PublicAction]:
        return {each.slug: each for each in self.edition.actions} if self.edition else {}

    def path(self, name: str) -> str:
        return f"{self.language}/{name}"

    def files(self) -> Files:
        made = {self.path("index.html"): self.home(self.path("index.html"))}
        made |= self._timeline() | self._changes() | self._said() | self.actions() | self._boards()
        made[self.path("data.html")] = self._data()
        made[self.path("tell-us.html")] = self.page("tell_us.html", self.path("tell-us.html"))
        made[self.path("ledger.html")] = self._ledger()
        made[self.path("accessibility.html")] = self.page("accessibility.html", self.path("accessibility.html"))
        if self.edition and self.edition.twin:
            made[self.path("residents.html")] = self._residents(self.edition)
        return made | self._feeds()

    def home(self, path: str) -> bytes:
        edition, words = self.edition, self.words
        if edition is None:
            return self.page("nothing.html", path)
        return self.page(
            "home.html",
            path,
            headline=sentences.headline(edition, words),
            summary=sentences.summary(edition, words),
            stands=Counter(each.status for each in edition.actions),
            stated=any(each.status for each in edition.actions),
            board=self._board(edition),
            phase_rows=self._phases(edition),
            dataset=self._dataset(edition),
            milestones=sorted(edition.milestones, key=lambda each: each.on),
        )

    def missing(self) -> bytes:
        """The page for addresses at which nothing is; its links work everywhere once the root is known."""
        root = self.facts.mount or self.facts.base
        page = self.page("missing.html", "404.html", sheet=Markup(style(self.facts.colour)))
        return (
            page.replace(b' href="', f' href="{root}'.encode())
            .replace(f'href="{root}#'.encode(), b'href="#')
            .replace(f'href="{root}data:'.encode(), b'href="data:')
            if root
            else page
        )

    def _dataset(self, edition: Edition) -> dict[str, Any] | None:
        title = spoken(edition.title, self.language, self.facts.organisation).text
        about = spoken(edition.lead, self.language, sentences.headline(edition, self.words)).text
        return open_data.dataset(self.facts, title, about, self.language)

    def _column(self, edition: Edition, code: str) -> list[PublicAction]:
        found = [each for each in edition.actions if each.horizon == code]
        return sorted(found, key=lambda each: (each.start or edition.plan_starts, each.slug))

    def _board(self, edition: Edition) -> list[dict[str, Any]]:
        about = {
            "now": self.words.gettext("Under way, or starting within three months"),
            "next": self.words.gettext("In the half year after that"),
            "later": self.words.gettext("Further ahead, so less exact"),
            "done": self.words.gettext("Finished"),
        }
        names = sentences.horizon_words(self.words)
        columns = [(code, self._column(edition, code)) for code in HORIZONS]
        return [
            {
                "code": code,
                "name": names[code],
                "about": about[code],
                "count": len(many),
                "shown": many[:MOST_CARDS],
                "page": f"{code}.html",
            }
            for code, many in columns
            if many
        ]

    def _boards(self) -> Files:
        made: Files = {}
        names = sentences.horizon_words(self.words)
        for code in HORIZONS if self.edition else ():
            many = self._column(self.edition, code) if self.edition else []
            runs = paged(many, CARDS_A_PAGE) if len(many) > MOST_CARDS else []
            pages = _pages_of(code, len(runs))
            for (target, _), run in zip(pages, runs, strict=True):
                made[self.path(target)] = self.page(
                    "board.html", self.path(target), heading=names[code], count=len(many), shown=run, pages=pages
                )
        return made

    def _phases(self, edition: Edition) -> list[dict[str, Any]]:
        return [
            self._phase(number, name, [each for each in edition.actions if each.phase == number], edition)
            for number, name in enumerate(sentences.phase_names(self.words), 1)
        ]

    def _phase(self, number: int, name: str, many: Sequence[PublicAction], edition: Edition) -> dict[str, Any]:
        words, window = self.words, phases(edition.plan_starts)[number - 1]
        done = sum(each.status == "done" for each in many)
        doing = sum(each.status not in ("done", "not_started", None) for each in many)
        said = words.ngettext("%(count)s action", "%(count)s actions", len(many), count=words.number(len(many)))
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

    def _timeline(self) -> Files:
        edition, words = self.edition, self.words
        ordered = _in_order(edition)
        runs = _timeline_runs(ordered)
        pages = _pages_of("timeline", len(runs), [self._run_name(run) for run in runs])
        milestones = sorted(edition.milestones, key=lambda each: each.on) if edition else []
        return {
            self.path(target): self.page(
                "timeline.html",
                self.path(target),
                heading=words.gettext("Timeline"),
                pages=pages,
                shown=run,
                summary=sentences.timeline_said(edition, tuple(run), words)
                if edition
                else words.gettext("Nothing is published at present."),
                d=drawing(edition, run, words) if edition else None,
                milestones=milestones,
            )
            for (target, _), run in zip(pages, runs, strict=True)
        }

    def _run_name(self, run: Sequence[PublicAction]) -> str:
        return f"{run[0].phase}. {sentences.phase_names(self.words)[run[0].phase - 1]}" if run else ""

    def _changes(self) -> Files:
        words, made = self.words, {}
        found = steps(self.facts)
        alive = {*self._known(), *gone_actions(self.facts)}
        if not found:
            return {
                self.path("changes.html"): self.page(
                    "changes.html",
                    self.path("changes.html"),
                    pages=[],
                    heading=words.gettext("What changed"),
                    edition_shown=None,
                )
            }
        pages = [
            (_changes_page(step, found), words.gettext("Edition %(number)s", number=step.link.number))
            for step in reversed(found)
        ]
        for step in found:
            runs = paged([each for kind in KINDS for each in step.changes if each.kind == kind], CHANGES_A_PAGE)
            parts = [_part(_changes_page(step, found), place) for place in range(len(runs))]
            shown = (
                pages
                if len(runs) == 1
                else [
                    *pages,
                    *((part, words.gettext("Page %(number)s", number=n)) for n, part in enumerate(parts[1:], 2)),
                ]
            )
            for target, run in zip(parts, runs, strict=True):
                made[self.path(target)] = self._change_page(step, target, run, shown, alive)
        return made

    def _change_page(self, step: Step, target: str, run: Sequence[Any], pages: Any, alive: set[str]) -> bytes:
        words, names = self.words, kind_words(self.words)
        exact = {each.slug: each.precision for each in step.edition.actions}
        return self.page(
            "changes.html",
            self.path(target),
            pages=pages,
            edition_shown=step.edition,
            pages_of_actions=alive,
            heading=words.gettext("What changed in edition %(number)s", number=step.link.number),
            summary=step_said(step.changes, words),
            precision_of=lambda slug: exact.get(slug, "month"),
            later=lambda days: later_said(days, words),
            groups=[
                (kind, names[kind], many) for kind in KINDS if (many := [each for each in run if each.kind == kind])
            ],
        )

    def _said(self) -> Files:
        edition, words = self.edition, self.words
        voices = self.facts.voices
        why = sentences.refusal_words(words)
        refused = (
            [(why.get(code, code), count) for code, count in sorted(edition.refused_comments.items())]
            if edition
            else []
        )
        runs = paged(voices, VOICES_A_PAGE)
        pages = _pages_of("you-said", len(runs))
        return {
            self.path(target): self.page(
                "you_said.html", self.path(target), voices=run, count=len(voices), refused=refused, pages=pages
            )
            for (target, _), run in zip(pages, runs, strict=True)
        }

    def actions(self, only: Sequence[str] | None = None) -> Files:
        made: Files = {}
        if self.edition is None:
            return made
        known, edition = self._known(), self.edition
        voices = self.facts.voices
        waiting: dict[str, list[PublicAction]] = {}
        for each in edition.actions:
            for slug in each.requires:
                waiting.setdefault(slug, []).append(each)
        shown = [(each, None) for each in edition.actions]
        shown += [(gone.action, gone) for gone in gone_actions(self.facts).values()]  # type: ignore[misc]
        for action, gone in shown:
            if only is not None and action.slug not in only:
                continue
            path = self.path(f"actions/{action.slug}.html")
            made[path] = self.page(
                "action.html",
                path,
                action=action,
                gone=gone,
                currency=edition.currency,
                needs=[known[slug] for slug in action.requires if slug in known],
                needed_by=waiting.get(action.slug, []),
                voices=[each for each in voices if each.slug == action.slug],
            )
        return made

    def _data(self) -> bytes:
        edition, words = self.edition, self.words
        about = open_data.field_words(words)
        what, why = sentences.part_words(words), sentences.reason_words(words)
        return self.page(
            "data.html",
            self.path("data.html"),
            files=self._files(),
            dataset=self._dataset(edition) if edition else None,
            fields=[{"name": each.name, "type": each.type, "about": about[each.name]} for each in open_data.FIELDS],
            licence_link=open_data.LICENCES.get(edition.licence, "") if edition else "",
            withheld=[(what[each.part], why.get(each.reason, each.reason), each.count) for each in edition.withheld]
            if edition
            else [],
        )

    def _files(self) -> list[dict[str, str]]:
        words = self.words
        made = open_data.data_files(self.facts, words)
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
                "size": words.gettext("%(count)s kB", count=words.number(len(made[path]) / 1000)),
            }
            for path, (name, said) in about.items()
            if path in made
        ]

    def _residents(self, edition: Edition) -> bytes:
        def share(level: float | None) -> int:
            return 0 if level is None else round(100 * (level - 1) / max(1, edition.top_level - 1))

        topics = [
            {
                "name": spoken(each.names, self.language, each.topic),
                "answers": each.answers,
                "seen": each.seen,
                "score": each.score,
                "shares": each.shares,
                "seen_share": share(each.seen),
                "score_share": share(each.score),
            }
            for each in edition.twin
        ]
        asked = list(sentences.twin_words(self.words).items())
        return self.page("residents.html", self.path("residents.html"), topics=topics, questions=asked, filled=_filled)

    def _ledger(self) -> bytes:
        words, told = self.words, {step.link.number: step for step in steps(self.facts)}
        found = tuple(told.values())
        links = []
        for each in sorted(self.facts.editions, key=lambda link: -link.number):
            step = told.get(each.number)
            links.append(
                {
                    "number": each.number,
                    "on": each.published_on,
                    "withdrawn": step is None,
                    "sha256": each.sha256,
                    "withdrawn_on": each.withdrawn_on,
                    "reason": each.reason,
                    "previous": each.previous,
                    "said": step_said(step.changes, words) if step else "",
                    "approved_by": step.edition.version.approved_by if step else "",
                    "approved_on": step.edition.version.approved_on if step else None,
                    "released_by": step.edition.approved_by if step else "",
                    "page": _changes_page(step, found) if step else "",
                    "file": f"{EDITIONS_FOLDER}/{edition_file(each.number)}",
                }
            )
        moves = [(each, move) for each in (self.edition.actions if self.edition else ()) for move in each.moves]
        told_moves = words.ngettext(
            "%(count)s date has moved since it was first promised.",
            "%(count)s dates have moved since they were first promised.",
            len(moves),
            count=words.number(len(moves)),
        )
        return self.page(
            "ledger.html",
            self.path("ledger.html"),
            links=links,
            command=COMMAND,
            moves=moves[:ROWS_A_PAGE],
            moved_said=told_moves,
        )

    def _feeds(self) -> Files:
        words, facts, found = self.words, self.facts, steps(self.facts)
        title = f"{words.gettext('Changes to the roadmap')}: {facts.organisation}"
        about = words.gettext("What changed in the roadmap, edition by edition.")
        root = f"{facts.base}{self.language}/" if facts.base else ""
        entries = [
            Entry(
                id=f"sha256:{step.link.sha256}",
                on=step.edition.published_on,
                link=f"{root}{_changes_page(step, found)}",
                title=words.gettext("Edition %(number)s", number=step.link.number),
                text=self._entry(step),
            )
            for step in reversed(found)
        ]
        return {
            self.path("feed.xml"): rss(facts, entries, title, about, words),
            self.path("feed.json"): json_feed(facts, entries, title, about, words),
        }

    def _entry(self, step: Step) -> str:
        words = self.words
        said = [step_said(step.changes, words)]
        for each in step.changes[:CHANGES_A_PAGE]:
            if each.kind == "moved" and each.now:
                title = spoken(
                    {language: one.title for language, one in each.words.items()}, self.language, each.slug
                ).text
                why = each.why or words.gettext("No reason was given.")
                said.append(f"{title}: {later_said(each.days, words)}. {why}")
        said.append(words.gettext("Fingerprint of this edition (SHA-256): %(hash)s", hash=step.link.sha256))
        return "\n".join(said)


def texts(owner: Any, part: str) -> dict[str, str]:
    """One part of the words of an action, by language."""
    return {language: getattr(each, part) for language, each in owner.words.items()}


def _filled(share: int) -> Markup:
    share = min(100, max(0, share))
    return Markup('<span class="g{}"></span><span class="rest g{}"></span>').format(share, 100 - share)


def _in_order(edition: Edition | None) -> list[PublicAction]:
    actions: Iterable[PublicAction] = edition.actions if edition else ()
    return sorted(actions, key=lambda each: (each.phase, each.start is None, str(each.start), each.slug))


def _timeline_runs(ordered: Sequence[PublicAction]) -> list[Sequence[PublicAction]]:
    if len(ordered) <= ROWS_A_PAGE:
        return [ordered]
    by_phase = [[each for each in ordered if each.phase == number] for number in (1, 2, 3, 4)]
    return [run for many in by_phase if many for run in paged(many, ROWS_A_PAGE)]


def _part(target: str, place: int) -> str:
    return target if place == 0 else f"{target.removesuffix('.html')}-{place + 1}.html"


def _pages_of(name: str, count: int, labels: Sequence[str] | None = None) -> list[tuple[str, str]]:
    return [
        (_part(f"{name}.html", place), f"{labels[place]} ({place + 1})" if labels else str(place + 1))
        for place in range(count)
    ]


def _changes_page(step: Step, found: Sequence[Step]) -> str:
    return "changes.html" if step.link.number == found[-1].link.number else f"changes-edition-{step.link.number}.html"
