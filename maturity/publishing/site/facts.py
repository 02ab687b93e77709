"""What the public site is made from: the chain of published editions, and how the organisation looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from maturity.roadmap.editions import Edition, Said, read_edition

USUAL_COLOUR = "#12436D"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEdition:
    """One link of the chain: `text` is the very text that was hashed, "" once the edition has been withdrawn;
    `withdrawn_on` and `reason` say when and why that was."""

    number: int
    text: str
    sha256: str
    previous: str
    published_on: date | None = None
    withdrawn_on: date | None = None
    reason: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether only its number, hash and reason are left."""
        return self.withdrawn_on is not None or not self.text

    @property
    def file_name(self) -> str:
        """Its name on the site: `0001.json`."""
        return f"{self.number:04}.json"


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """All that the site says. `base` is the absolute address of its root with a slash at the end, "" where nobody has
    said it; `mount` the path of the root on the server that serves it ("/public/port-ellery/"), "" for files.
    `served` is whether the application serves it, so that its forms and its age can be shown; `live_said` is what
    residents are told now, which may be more or later than in the current edition. `logo` is a PNG."""

    organisation: str
    editions: tuple[PublishedEdition, ...]
    today: date
    colour: str = USUAL_COLOUR
    logo: bytes = b""
    logo_alt: str = ""
    base: str = ""
    mount: str = ""
    served: bool = False
    live_said: tuple[Said, ...] = ()
    is_demo: bool = False

    @cached_property
    def standing(self) -> tuple[tuple[PublishedEdition, Edition], ...]:
        """The editions that were not withdrawn, with what they hold, by number."""
        kept = sorted((each for each in self.editions if not each.is_withdrawn), key=lambda each: each.number)
        return tuple((each, _read(each.text)) for each in kept)

    @cached_property
    def current(self) -> Edition | None:
        """The latest edition that was not withdrawn; None where there is none."""
        return self.standing[-1][1] if self.standing else None

    @cached_property
    def voices(self) -> tuple[Said, ...]:
        """What residents said and what came of it: what is said now, then what else the edition has."""
        latest = {(each.slug, each.text) for each in self.live_said}
        kept = self.current.said if self.current else ()
        return (*self.live_said, *(each for each in kept if (each.slug, each.text) not in latest))

    @cached_property
    def voices_of(self) -> dict[str, tuple[Said, ...]]:
        """The voices by the slug of the action they are about, "" for none."""
        found: dict[str, tuple[Said, ...]] = {}
        for each in self.voices:
            found[each.slug] = (*found.get(each.slug, ()), each)
        return found

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the default one first."""
        return self.current.languages or ("en",) if self.current else ("en",)

    @property
    def own_language(self) -> str:
        """The language in which the plan's own texts are: names of roles, departments, milestones, and reasons. It is
        the first of the site, because editions do not say it."""
        return self.languages[0]

    @property
    def is_old(self) -> bool:
        """Whether the next update is overdue, or the current edition more than 100 days old."""
        return self.current is not None and self.current.is_old(self.today)


def relative(target: str, page: str) -> str:
    """The address of one path of the site as seen from another: `../style.css` from `en/index.html`."""
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join((*[".."] * (len(here) - shared), *there[shared:]))


@lru_cache(maxsize=32)
def _read(text: str) -> Edition:
    """The edition of a text, read once for all sites that show it: a comment changes none of them."""
    return read_edition(text)
