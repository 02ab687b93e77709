"""Editions for tests of the public site and for looking at it: a city, nothing, very much, hostile texts.

Days and numbers are written down here, so that a test can work out by hand what a page must say.
"""

# ruff: noqa: E501
from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from maturity.publishing.site.facts import PublishedEdition, SiteFacts
from maturity.roadmap.editions import (
    ApprovedVersion,
    Edition,
    Gone,
    Move,
    PublicAction,
    PublicKpi,
    PublicMilestone,
    PublicWords,
    Said,
    TwinTopic,
    WithdrawnEdition,
    Withheld,
    edition_hash,
    edition_text,
    slug_of,
)

WORDS_FILE = Path(__file__).parents[2] / "data" / "public-words" / "city-data-actions.yaml"
STARTS = date(2026, 1, 5)
FIRST, SECOND, THIRD, FOURTH = date(2026, 2, 2), date(2026, 5, 4), date(2026, 5, 11), date(2026, 8, 3)
COUNCIL = "Data Governance Council"
FIELDS = (
    "status", "dates", "owner_role", "department", "goal", "deliverable", "requires", "milestones", "moves",
    "percent_done", "cost", "kpi", "twin", "said",
)  # fmt: skip
D = date
# Code, phase, role, start, finish, status, days late, percent done, done on, horizon, precision, cost, requires.
PLAN: tuple[tuple[Any, ...], ...] = (
    ("A01", 1, "City manager", D(2026, 1, 5), D(2026, 2, 1), "done", 0, 100, D(2026, 1, 30), "done", "day", None, ()),
    ("A02", 1, "Chief Data Officer", D(2026, 1, 12), D(2026, 4, 5), "done", 0, 100, D(2026, 4, 2), "done", "day", 18_000, ()),
    ("A03", 1, "City manager", D(2026, 2, 2), D(2026, 3, 29), "done", 0, 100, D(2026, 4, 20), "done", "day", 4_000, ("A01",)),
    ("A04", 1, "Heads of department", D(2026, 3, 30), D(2026, 8, 24), "late", 50, 55, None, "now", "month", 62_000, ("A03",)),
    ("A06", 1, "IT and data team", D(2026, 4, 6), D(2026, 9, 14), "on_track", 0, 70, None, "now", "month", 35_000, ("A04",)),
    ("A07", 1, COUNCIL, D(2026, 6, 1), D(2026, 9, 27), "on_track", 0, 40, None, "now", "month", 12_000, ("A03",)),
    ("A08", 2, "IT and data team", D(2026, 7, 6), D(2026, 10, 18), "on_track", 0, 10, None, "now", "month", 90_000, ()),
    ("A10", 2, "Housing", D(2026, 10, 5), D(2027, 1, 24), "not_started", 0, 0, None, "now", "month", 48_000, ("A04", "A08")),
    ("A12", 2, "Human resources", D(2026, 11, 2), D(2027, 2, 21), "not_started", 0, 0, None, "next", "quarter", 75_000, ()),
    ("A14", 3, "IT and data team", D(2027, 1, 4), D(2027, 9, 5), "not_started", 0, 0, None, "next", "quarter", 240_000, ("A08",)),
    ("A15", 3, COUNCIL, D(2027, 2, 1), D(2027, 6, 27), "not_started", 0, 0, None, "next", "quarter", 16_000, ("A07",)),
    ("A20", 3, "Transport", D(2027, 6, 7), D(2027, 12, 19), "not_started", 0, 0, None, "later", "year", None, ("A14",)),
    ("A25", 4, "Customer service", D(2028, 1, 3), D(2028, 8, 6), "not_started", 0, 0, None, "later", "year", 130_000, ("A14",)),
    ("A30", 4, "Chief Data Officer", D(2028, 2, 7), D(2028, 11, 26), "not_started", 0, 0, None, "later", "year", None, ()),
)  # fmt: skip
GOALS = ("A council that explains its decisions", "Services that know you", "Data that can be trusted")
KPI = PublicKpi(
    name="Key data sets with a named person", unit="%", baseline=12, target=100, value=58, read_on=D(2026, 7, 20)
)
SLIP = "Two departments needed more time to find people who know the data."
TITLES = {"en": "How Port Ellery makes better use of its data", "es": "Cómo Port Ellery aprovecha mejor sus datos"}
LEADS = {
    "en": "What we are going to do, who answers for it, and how it is going. We say when a date moves, and why.",
    "es": "Qué vamos a hacer, quién responde de ello y cómo va. Decimos cuándo cambia una fecha, y por qué.",
}


def words(code: str) -> dict[Any, PublicWords]:
    """The words of a catalogue action, as the catalogue gives them."""
    return {language: PublicWords(**each) for language, each in _catalogue()[code].items()}


@cache
def _catalogue() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))["words"]
    return found


def action(row: Sequence[Any], place: int = 0) -> PublicAction:
    """A row of the plan as it is published."""
    code, phase, role, start, finish, status, late, percent, done_on, horizon, precision, cost, requires = row
    return PublicAction(
        slug=slug_of(code), words=words(code), phase=phase, horizon=horizon, precision=precision, owner_role=role,
        start=start, finish=finish, first_start=start, first_finish=finish, status=status, days_late=late,
        percent_done=percent, done_on=done_on, cost=cost, requires=tuple(map(slug_of, requires)),
        goal=GOALS[place % 3], deliverable="A signed list that everybody can read" if place % 2 else "",
    )  # fmt: skip


def early(each: PublicAction) -> PublicAction:
    """The same action as the first edition had it: nothing late or done yet, and one finish earlier."""
    finish = D(2026, 7, 5) if each.slug == "a04" else each.finish
    more = {"status": "not_started", "days_late": 0, "percent_done": 0.0, "done_on": None, "finish": finish}
    return each.model_copy(update={**more, "first_finish": finish, "horizon": "later" if each.phase > 2 else "now"})


def moved(each: PublicAction) -> PublicAction:
    """The current action, with its move and its measure where it has one."""
    if each.slug != "a04":
        return each
    move = Move(what="finish", was=D(2026, 7, 5), now=D(2026, 8, 24), number=1, why=SLIP, approved_by=COUNCIL,
                approved_on=D(2026, 7, 27))  # fmt: skip
    return each.model_copy(update={"first_finish": D(2026, 7, 5), "moves": (move,), "kpi": KPI})


def edition(number: int, on: date, actions: Iterable[PublicAction], **more: Any) -> Edition:
    """An edition of the sample city with these actions."""
    version = ApprovedVersion(
        number=number, name=f"Plan {number}", sha256=f"{number:064}", approved_by=COUNCIL, approved_on=on
    )
    return Edition.model_validate(
        {
            "organisation": "Port Ellery", "number": number, "published_on": on, "languages": ("en", "es"),
            "next_update_on": on + timedelta(days=91), "title": TITLES, "lead": LEADS,
            "contact": "data@port-ellery.example", "approved_by": "Head of communications", "version": version,
            "plan_starts": STARTS, "fields": FIELDS, "actions": tuple(actions), **more,
        }
    )  # fmt: skip


def chain(editions: Sequence[Edition], withdrawn: dict[int, str] | None = None) -> tuple[PublishedEdition, ...]:
    """Published links, each naming the hash of the one before; the withdrawn ones without their text."""
    links: list[PublishedEdition] = []
    for each in editions:
        before = links[-1].sha256 if links else ""
        gone = tuple(
            WithdrawnEdition(number=link.number, sha256=link.sha256, withdrawn_on=THIRD, reason=link.reason)
            for link in links
            if link.is_withdrawn
        )
        text = edition_text(each.model_copy(update={"previous": before, "withdrawn": gone}))
        reason = (withdrawn or {}).get(each.number, "")
        links.append(
            PublishedEdition(
                number=each.number, text="" if reason else text, sha256=edition_hash(text), previous=before,
                published_on=each.published_on, withdrawn_on=THIRD if reason else None, reason=reason,
            )
        )  # fmt: skip
    return tuple(links)


def city() -> SiteFacts:
    """Port Ellery: four editions, the second withdrawn, one action left, one slip, voices of residents."""
    now = [moved(action(row, place)) for place, row in enumerate(PLAN)]
    left = early(
        action(
            (
                "A40",
                2,
                "Planning",
                D(2026, 9, 7),
                D(2026, 12, 13),
                "not_started",
                0,
                0,
                None,
                "next",
                "quarter",
                9_000,
                (),
            )
        )
    )
    first = edition(1, FIRST, [*(early(each) for each in now[:12]), left], fields=FIELDS[:9])
    second = edition(2, SECOND, [early(each) for each in now])
    third = edition(3, THIRD, [*(early(each) for each in now[:13]), left])
    gone = Gone(slug="a40", words=words("A40"), reason="The region now does this for all its cities.")
    milestones = (
        PublicMilestone(name="The council signs off the roadmap", on=D(2026, 2, 1), reached=True),
        PublicMilestone(
            name="Every key data set has an owner", on=D(2026, 9, 30), proves="Mistakes get mended", reached=False
        ),
        PublicMilestone(name="Second assessment", on=D(2027, 3, 31), reached=False),
    )
    said = (
        Said(slug="a04", language="en", text="Who do I ask when my address is wrong in three places?", kind="planned",
             answer="Each data set gets a person. You will find them on this page from September.", answered_on=D(2026, 7, 1)),
        Said(language="es", text="Publiquen los datos de los autobuses.", kind="done", answered_on=D(2026, 6, 10),
             answer="Están publicados desde junio."),
    )  # fmt: skip
    twin = tuple(
        TwinTopic(topic=f"t{n}", names={"en": en, "es": es}, answers=answers, seen=seen, score=score, shares=shares)
        for n, (en, es, answers, seen, score, shares) in enumerate((
            ("Finding our data", "Encontrar nuestros datos", 64, 2.1, 3.0,
             {"find": 0.3, "understand": 0.45, "trust": 0.7, "correct": 0.15, "use": 0.4, "heard": 0.2}),
            ("Open data", "Datos abiertos", 31, 2.8, 2.4, {"find": 0.6, "understand": 0.5, "trust": 0.8, "use": 0.55}),
            ("Privacy", "Privacidad", None, None, 3.2, {}),
        ))
    )  # fmt: skip
    withheld = (
        Withheld(part="actions", reason="not_chosen", count=9),
        Withheld(part="fields", reason="commercial", count=2),
    )
    fourth = edition(
        4, FOURTH, now, milestones=milestones, said=said, twin=twin, gone=(gone,), withheld=withheld,
        refused_comments={"abuse": 2, "spam": 5},
    )  # fmt: skip
    links = chain([first, second, third, fourth], {2: "It named a supplier before the contract was signed."})
    return SiteFacts(organisation="Port Ellery", editions=links, today=D(2026, 8, 20), logo=mark(), logo_alt="")


def only(*actions: PublicAction, **more: Any) -> SiteFacts:
    """One edition with these actions."""
    made = edition(1, FIRST, actions, **more)
    return SiteFacts(organisation="Port Ellery", editions=chain([made]), today=D(2026, 3, 1))


def nothing() -> SiteFacts:
    """An organisation that has never published."""
    return SiteFacts(organisation="Port Ellery", editions=(), today=D(2026, 3, 1))


def all_withdrawn() -> SiteFacts:
    """An organisation whose only edition was withdrawn."""
    links = chain([edition(1, FIRST, [])], {1: "It was published too early."})
    return SiteFacts(organisation="Port Ellery", editions=links, today=D(2026, 6, 1))


def many(count: int = 400, departments: int = 200) -> SiteFacts:
    """Two editions with very many actions over very many departments, every third of them moved."""
    rows = [action(PLAN[n % len(PLAN)], n) for n in range(count)]
    actions = [
        each.model_copy(
            update={
                "slug": f"{each.slug}--d{n}",
                "department": f"Department of works {n % departments}",
                "requires": (),
            }
        )
        for n, each in enumerate(rows)
    ]
    later = [
        each.model_copy(
            update={
                "finish": each.finish + timedelta(days=30) if each.finish else None,
                "moves": (Move(what="finish", was=each.finish or FIRST, now=(each.finish or FIRST) + timedelta(days=30),
                               number=1, why=SLIP, approved_by=COUNCIL),),
            }
        )
        if n % 3 == 0
        else each
        for n, each in enumerate(actions)
    ]  # fmt: skip
    links = chain([edition(1, FIRST, actions), edition(2, FOURTH, later)])
    return SiteFacts(organisation="Region of many departments", editions=links, today=D(2026, 8, 20))


def wordy() -> SiteFacts:
    """A region of 400 actions whose texts are as long as they come, no two alike: what a page could hold at most."""
    chance = random.Random(7)

    def text(length: int) -> str:
        return "".join(chance.choice("aeioubcdfghklmnprstv  ") for _ in range(length)).strip() + "."

    def longer(each: PublicAction, n: int) -> PublicAction:
        said = PublicWords(title=text(300), plain=text(600), outcome=text(600))
        moves = tuple(
            Move(what="finish", was=FIRST, now=FOURTH, number=1, why=text(500), approved_by=text(120))
            for _ in range(40 if n == 1 else 1)
        )
        more = {"owner_role": text(120), "department": text(300), "goal": text(200), "deliverable": text(600)}
        needs = ("a01--d0",) if n else ()
        return each.model_copy(update={"words": {"en": said, "es": said}, "moves": moves, "requires": needs, **more})

    plain = many().standing[0][1]
    actions = [longer(each, n) for n, each in enumerate(plain.actions)]
    later = [each.model_copy(update={"finish": THIRD + timedelta(days=n)}) for n, each in enumerate(actions)]
    said = tuple(
        Said(language="en", text=text(2_000), answer=text(1_000), kind="answered", slug="a01--d0" if n % 2 else "")
        for n in range(60)
    )
    twin = tuple(TwinTopic(topic=f"t{n}", names={"en": text(300)}, answers=9, seen=2.5, score=3.0) for n in range(60))
    milestones = tuple(
        PublicMilestone(name=text(200), on=STARTS + timedelta(days=n), proves=text(300)) for n in range(200)
    )
    gone = [edition(number, FIRST, []) for number in range(1, 61)]
    shown = [
        edition(61, FOURTH, actions),
        edition(62, FOURTH, later, said=said, twin=twin, milestones=milestones, approved_by=text(120)),
    ]
    links = chain([*gone, *shown], {each.number: text(400) for each in gone})
    return SiteFacts(organisation=text(120), editions=links, today=D(2026, 8, 20))


HOSTILE = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=HYPERLINK(\"https://example.invalid\")",
    "{{ 7 * 7 }} {% raw %} %(count)s %s", "W" * 300, "\x00\x07\x1b[31m\ufffe control\u0085 signs", "👩‍👩‍👧‍👦 emoji 🏳️‍🌈 and zalgo t̶̡̛͓̑o̷̧͌",
    "مرحبا بكم في خطة المدينة", "\u202eevitceriD\u202c and ]]> &amp; <!-- -- >", "line\nbreaks\r\nand\ttabs", "';--", "  ", "https://a.example/?q=<b>",
)  # fmt: skip


def hostile() -> SiteFacts:
    """Every text of a site as somebody would write it who wants to break it."""
    bad = iter(HOSTILE * 40)

    def given() -> dict[Any, PublicWords]:
        return {"en": PublicWords(title=next(bad) + "!", plain=next(bad), outcome=next(bad))}

    actions = []
    for place, row in enumerate(PLAN):
        made = action(row, place)
        move = Move(what="finish", was=FIRST, now=row[4], number=1, why=next(bad), approved_by=next(bad))
        kpi = PublicKpi(name=next(bad), unit=next(bad)[:40], baseline=1e12, target=-0.001)
        more = {"owner_role": next(bad), "department": next(bad), "deliverable": next(bad), "goal": next(bad)}
        actions.append(
            made.model_copy(update={"words": given(), "moves": (move,), "kpi": kpi, "first_finish": FIRST, **more})
        )
    said = tuple(Said(language="en", text=next(bad), kind="answered", answer=next(bad), slug="a04") for _ in HOSTILE)
    milestones = tuple(
        PublicMilestone(name=next(bad), on=STARTS + timedelta(days=60 * n), proves=next(bad)) for n in range(9)
    )
    twin = (
        TwinTopic(
            topic="t", names={"en": next(bad)}, answers=5, seen=1.0, score=5.0, shares={"find": 1.0, "odd<": 0.2}
        ),
    )
    made = edition(
        1, FIRST, actions, title={"en": HOSTILE[1]}, lead={"es": HOSTILE[0]}, contact=HOSTILE[0], approved_by=HOSTILE[1],
        organisation=HOSTILE[0], said=said, milestones=milestones, twin=twin, languages=("en",),
        withheld=(Withheld(part="fields", reason="odd<reason", count=1),), refused_comments={"<b>": 1},
        gone=(Gone(slug="zz", words=given(), reason=next(bad)),), licence="<i>", currency="XXX",
    )  # fmt: skip
    links = chain([made, made.model_copy(update={"number": 2, "actions": ()})], {2: HOSTILE[0]})
    return SiteFacts(
        organisation=HOSTILE[0], editions=links, today=D(2027, 1, 1), colour="red;}", logo_alt=HOSTILE[1], logo=mark()
    )


def mark(size: int = 48, colour: tuple[int, int, int] = (18, 67, 109)) -> bytes:
    """A small square as a PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\x00" + bytes(colour) * size for _ in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def served(facts: SiteFacts) -> SiteFacts:
    """The same, as the application serves it."""
    return replace(
        facts, served=True, base="https://data.city.example/public/port-ellery/", mount="/public/port-ellery/"
    )
