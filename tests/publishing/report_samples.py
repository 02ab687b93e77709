"""Facts of reports for tests and for looking at: a full city, nothing, one department, very much, hostile texts.

Every number is made from small whole numbers by rules that stand here, so that a test can work it out by itself.
"""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from maturity.publishing.report_facts import (
    ActionFact,
    AnswerFact,
    Brand,
    DecisionFact,
    GapFact,
    KpiFact,
    MilestoneFact,
    Named,
    ObjectiveFact,
    PhaseFact,
    Picture,
    QuarterFact,
    ReportFacts,
    RiskFact,
    RoundFact,
    ScoreFact,
)

AS_OF = date(2026, 9, 30)
STARTS = date(2026, 1, 5)
LEVELS = ("Starting", "Emerging", "Established", "Managed", "Leading")
DEPARTMENTS = (
    "Housing", "Transport", "Health and care", "Children and schools", "Planning", "Environment", "Libraries",
    "Finance", "Human resources", "Digital services", "Community safety", "Customer service",
)  # fmt: skip
DIMENSIONS = ("Strategy and leadership", "Governance", "Data quality", "People and skills", "Technology and use")
TOPICS = (
    "Vision and goals", "Funding", "Roles and decisions", "Rules and ethics", "Knowing our data", "Data we can trust",
    "Skills", "Culture", "Systems and sharing", "Analysis and use",
)  # fmt: skip
ROLES = (
    ("cdo", "Chief Data Officer"), ("council", "Data Governance Council"), ("it", "IT and data team"),
    ("head", "Head of department"),
)  # fmt: skip
PHASES = (
    ("Foundations", date(2026, 1, 5), date(2026, 7, 5), 0.72, 1.0),
    ("Pilots and quick wins", date(2026, 7, 6), date(2027, 1, 3), 0.2, 0.45),
    ("Expansion and integration", date(2027, 1, 4), date(2028, 1, 2), 0.0, 0.0),
    ("Optimisation and innovation", date(2028, 1, 3), date(2029, 1, 7), 0.0, 0.0),
)
# Code, title, phase, owner, start and length in weeks, share done, days late, requires.
ACTIONS: tuple[tuple[str, str, int, str, int, int, float, int, tuple[str, ...]], ...] = (
    ("A01", "Name one senior person who answers for data", 1, "cdo", 0, 4, 100, 0, ()),
    ("A03", "Set up a data governance council that decides", 1, "cdo", 4, 10, 100, 0, ("A01",)),
    ("A07", "Adopt core rules for quality, sharing, retention and access", 1, "council", 14, 16, 60, 59, ("A03",)),
    ("A06", "Start the data inventory with the 25 most used data sets", 1, "it", 8, 14, 100, 0, ("A01",)),
    ("A08", "Close the worst security and privacy gaps", 1, "it", 6, 24, 80, 59, ()),
    ("A19", "Set one standard sharing agreement and one way to ask", 2, "council", 30, 12, 0, 58, ("A07",)),
    ("A14", "Deliver pilot 1: make a front-line service better with data", 2, "it", 34, 20, 25, 0, ("A06",)),
    ("A15", "Deliver pilot 2: link records across two departments", 2, "it", 42, 24, 0, 0, ("A19", "A06")),
    ("A18", "Start quality checks on critical data sets", 2, "it", 40, 18, 0, 0, ("A06",)),
    ("A21", "Run data courses by role and a community of practice", 2, "cdo", 36, 26, 10, 0, ()),
    ("A23", "Agree what the 50 most used terms mean", 3, "council", 56, 20, 0, 0, ("A07",)),
    ("A26", "Connect the core systems with reusable interfaces", 3, "it", 66, 40, 0, 0, ("A15",)),
    ("A33", "Assess again and set a new baseline for the roadmap", 3, "cdo", 80, 6, 0, 0, ()),
    ("A34", "Put predictive models into service and watch them", 4, "it", 110, 40, 0, 0, ("A26",)),
)
COPIES = (
    ("A04", "Name an owner and a steward for each critical data set", 1, "head", 16, 16, ("A03",)),
    ("A22", "Publish the department's most wanted open data sets", 2, "head", 44, 16, ("A06", "A07")),
)
HOSTILE = (
    "<script>alert('x')</script> & <b>bold</b>",
    '=HYPERLINK("https://example.org/?leak","open me")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "control \x00\x01\x08\x0b\x0c\x1b\x1f\ufffe characters",
    "long" * 75,
    "emoji 🏙️👩🏽‍💻📊 and 𝔘nicode",
    "بيانات المدينة والسكان",
    "נתוני העיר והתושבים",
    "{{ 7*7 }} #set page ] \\ $x$ @ref <label> `raw` // end",
    "https://example.org/not-a-link",
    "two\nlines\tand a tab",
)
# What is no text that people write: ids that point at each other, codes, colours, drawings.
_IDS = {
    "id", "belongs_to", "colour", "logo", "code", "status", "requires", "of", "page", "svg", "png", "currency",
    "actions", "owner_role",
}  # fmt: skip
_POINTS = {"department", "dimension", "topic", "question", "role"}


def full(**changed: Any) -> ReportFacts:
    """The made-up city: 12 departments, 10 topics of 5 dimensions, 30 actions of which 16 are copies, a late chain."""
    return replace(_city(DEPARTMENTS, _actions(DEPARTMENTS[:8])), **changed)


def one_department(**changed: Any) -> ReportFacts:
    """A district of one department with a plan of five actions."""
    return replace(_city(DEPARTMENTS[:1], _actions(())[:5]), **changed)


def large(**changed: Any) -> ReportFacts:
    """200 departments and 400 actions, all but 14 of which are copies."""
    names = tuple(f"{DEPARTMENTS[number % 12]} {number // 12 + 1}" for number in range(200))
    actions = (*_actions(names[:193]),)
    assert len(actions) == 400
    return replace(_city(names, actions), **changed)


def empty(**changed: Any) -> ReportFacts:
    """An organisation on its first day: no round, no plan, no logo, nothing decided."""
    nothing = ReportFacts(
        brand=Brand(name="Exampleton", colour="#12436D"),
        as_of=AS_OF,
        currency="GBP",
        plan="",
        plan_starts=None,
        approval="",
        round="",
        round_on=None,
        framework="",
        framework_version="",
        levels=(),
        headline="No assessment yet.",
        bullets=(),
        missing=("No assessment yet. Start one, or look at the demo city.", "Your plan is empty."),
    )
    return replace(nothing, **changed)


def hostile() -> ReportFacts:
    """The city with a hostile text in every field that people write; ids, days and numbers stay as they are."""
    turn = iter(range(1_000_000))
    facts = _poisoned(full(with_answers=True), lambda: HOSTILE[next(turn) % len(HOSTILE)])
    assert isinstance(facts, ReportFacts)
    return facts


def tiny_png(width: int = 320, height: int = 180, colour: tuple[int, int, int] = (18, 67, 109)) -> bytes:
    """A PNG of one colour, made by hand."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\x00" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def picture(name: str, title: str, description: str) -> Picture:
    """A drawing of a bar, as SVG and PNG of the same 320 by 180 pixels."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" viewBox="0 0 320 180">'
        '<rect width="320" height="180" fill="#12436D"/><rect x="20" y="60" width="200" height="60" fill="#62B9BF"/>'
        "</svg>"
    )
    return Picture(
        name=name,
        title=title,
        subtitle="Levels 1 to 5, Autumn 2026",
        description=description,
        svg=svg,
        png=base64.b64encode(tiny_png()).decode(),
        width=320,
        height=180,
    )


def _poisoned(value: Any, text: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return value if name in _IDS or (name in _POINTS and value) or not value else text()
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: _poisoned(getattr(value, each.name), text, each.name) for each in fields(value)}
        )
    if isinstance(value, tuple):
        return tuple(_poisoned(each, text, name) for each in value)
    if isinstance(value, dict):
        return {key: _poisoned(each, text, name) for key, each in value.items()}
    return value


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _city(departments: tuple[str, ...], actions: tuple[ActionFact, ...]) -> ReportFacts:
    dimensions = tuple(Named(id=_slug(name), name=name) for name in DIMENSIONS)
    topics = tuple(
        Named(id=_slug(name), name=name, belongs_to=dimensions[place // 2].id) for place, name in enumerate(TOPICS)
    )
    places = tuple(Named(id=_slug(name), name=name) for name in departments)
    scores = _scores(places, dimensions, topics)
    total = next(each.score for each in scores if each.department is None and each.topic is None and not each.dimension)
    assert total is not None
    return ReportFacts(
        brand=Brand(
            name="Exampleton City Council",
            colour="#0B5345",
            logo=base64.b64encode(tiny_png(160, 60, (11, 83, 69))).decode(),
            logo_alt="Coat of arms of Exampleton",
        ),
        as_of=AS_OF,
        currency="GBP",
        plan="Roadmap 2026",
        plan_starts=STARTS,
        approval="Signed off by the Data Governance Council on 2 February 2026",
        round="Autumn 2026",
        round_on=date(2026, 9, 11),
        framework="City data maturity",
        framework_version="1.2.0",
        levels=LEVELS,
        headline=f"Exampleton stands at level {total:.1f} of 5, and the core rules are late.",
        bullets=(
            f"The city scores {total:.1f} of 5. A year ago it was {total - 0.3:.1f}.",
            "Rules and decisions hold the rest back: the core rules are 59 days late.",
            "Foundations are 72% done; 100% was planned by now.",
            "The first pilot has begun and is on track.",
            "Two decisions are needed before 15 November 2026.",
        ),
        vision="Every service knows its residents' needs from data that it can trust, and says what it does with it.",
        finding="Departments know what they have. Few have agreed who decides about it.",
        departments=places,
        dimensions=dimensions,
        topics=topics,
        roles=tuple(Named(id=id, name=name) for id, name in ROLES),
        scores=scores,
        gaps=_gaps(scores),
        rounds=(
            RoundFact(
                name="Autumn 2025", on=date(2025, 9, 12), framework="City data maturity 1.1.0", score=total - 0.3
            ),
            RoundFact(name="Autumn 2026", on=date(2026, 9, 11), framework="City data maturity 1.2.0", score=total),
        ),
        objectives=_objectives(),
        phases=tuple(
            PhaseFact(number=number, name=name, start=start, finish=finish, done=done, planned=planned)
            for number, (name, start, finish, done, planned) in enumerate(PHASES, start=1)
        ),
        actions=actions,
        milestones=_milestones(),
        kpis=_kpis(),
        risks=_risks(),
        decisions=_decisions(),
        quarters=tuple(
            QuarterFact(role=role, quarter=quarter, planned=float(20 + 11 * ((place + quarter) % 5)), available=52.0)
            for place, (role, _) in enumerate(ROLES)
            for quarter in range(1, 9)
        ),
        budgets=(
            (1, 60_000.0, 52_500.0),
            (2, 120_000.0, 131_000.0),
            (3, 240_000.0, 201_250.0),
            (4, 90_000.0, 84_000.0),
        ),
        paid_before=2_500.0,
        promises=(
            ("A07", "Core rules adopted", "Moved from 1 August 2026 to 22 September 2026: two members were ill"),
            ("A15", "Records linked", "Kept"),
        ),
        signatures=(("Ada Example", "Chief executive"), ("Bo Sample", "Chief data officer")),
        answers=_answers(places, topics),
        pictures={
            "dumbbell": picture("dumbbell", "Rules are furthest from target", "Dumbbell: score and target by topic."),
            "timeline": picture("timeline", "The rules are late and hold back pilot 2", "Timeline of 30 actions."),
        },
        is_demo=True,
    )


def _value(place: int, topic: int) -> float | None:
    """A score in steps of a quarter, 1 to 4.25; nobody in the fifth department knows the fourth topic."""
    return None if (place % 12, topic) == (4, 3) else 1 + ((place * 5 + topic * 3) % 14) / 4


def _scores(
    places: tuple[Named, ...], dimensions: tuple[Named, ...], topics: tuple[Named, ...]
) -> tuple[ScoreFact, ...]:
    made = []
    by_dimension = {
        each.id: [place for place, topic in enumerate(topics) if topic.belongs_to == each.id] for each in dimensions
    }
    for place, department in [(None, None), *((number, each.id) for number, each in enumerate(places))]:
        own = [
            _mean([_value(n, t) for n in (range(len(places)) if place is None else [place])])
            for t in range(len(topics))
        ]
        made += [
            _score(department, topic.belongs_to, topic.id, own[t], coverage=0.6 if (place, t) == (2, 7) else 0.9)
            for t, topic in enumerate(topics)
        ]
        lifted = [_mean([own[t] for t in by_dimension[each.id]]) for each in dimensions]
        made += [_score(department, each.id, None, lifted[d], coverage=0.9) for d, each in enumerate(dimensions)]
        made.append(_score(department, None, None, _mean(lifted), coverage=0.9))
    return tuple(made)


def _mean(values: list[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if known else None


def _score(
    department: str | None, dimension: str | None, topic: str | None, score: float | None, coverage: float
) -> ScoreFact:
    return ScoreFact(
        department=department,
        dimension=dimension,
        topic=topic,
        score=score,
        coverage=coverage if score is not None else 0.0,
        level=int(score) if score is not None and coverage >= 0.7 else None,
        target=3.0 if topic else None,
        before=None if score is None else max(1.0, score - 0.3),
    )


def _gaps(scores: tuple[ScoreFact, ...]) -> tuple[GapFact, ...]:
    made = []
    for each in scores:
        if each.department and each.topic and each.target and each.level is not None and each.score < each.target:  # type: ignore[operator]
            importance = 1 + len(each.topic) % 5
            gap = each.target - each.score  # type: ignore[operator]
            made.append(
                GapFact(
                    department=each.department,
                    topic=each.topic,
                    score=each.score,  # type: ignore[arg-type]
                    target=each.target,
                    gap=gap,
                    importance=importance,
                    priority=gap * importance,
                    due=date(2027, 9, 30),
                )
            )
    return tuple(sorted(made, key=lambda each: -each.priority))


def _actions(places: tuple[str, ...]) -> tuple[ActionFact, ...]:
    single = [_action(*each, department=None) for each in ACTIONS]
    copies = [
        _action(f"{code}/{_slug(name)}", title, phase, owner, start + number % 3, weeks, _done(code, number),
                _late(code, number), requires, department=_slug(name))
        for code, title, phase, owner, start, weeks, requires in COPIES
        for number, name in enumerate(places)
    ]  # fmt: skip
    return tuple(sorted([*single, *copies], key=lambda each: (each.start, each.code)))


def _done(code: str, number: int) -> float:
    return 0.0 if code == "A22" else (100.0, 100.0, 60.0, 40.0)[number % 4]


def _late(code: str, number: int) -> int:
    """Copies of A04 that are 40% done are late by the days since their approved finish, which lies in three weeks."""
    return 45 - 7 * (number % 3) if code == "A04" and number % 4 == 3 else 0


def _action(
    code: str,
    title: str,
    phase: int,
    owner: str,
    start: int,
    weeks: int,
    done: float,
    late: int,
    requires: tuple[str, ...],
    department: str | None,
) -> ActionFact:
    begins = STARTS + timedelta(weeks=start)
    ends = begins + timedelta(weeks=weeks, days=-1)
    status = "done" if done >= 100 else "late" if late else "on_track" if done > 0 else "not_started"
    moved = timedelta(days=late)
    return ActionFact(
        code=code,
        title=title,
        summary=f"{title}, so that services can rely on it.",
        phase=phase,
        start=begins,
        finish=ends + moved,
        approved_start=begins,
        approved_finish=ends,
        status=status,  # type: ignore[arg-type]
        days_late=late,
        status_words=f"{late} days late"
        if late
        else {"not_started": "not started", "on_track": "on track"}.get(status, "done"),
        owner=dict(ROLES)[owner],
        owner_name="Asha Patel" if owner == "cdo" else "",
        department=department,
        percent_done=done,
        effort={"it": float(4 * weeks), "head": float(weeks)} if owner != "cdo" else {"cdo": float(2 * weeks)},
        cost=None if owner == "head" else 1_500.0 * weeks,
        deliverable=f"What comes of {code}",
        done_when="It is written down, agreed and used.",
        kpi="Critical data sets with a named owner" if code.startswith("A04") else "",
        objective="Trusted data" if phase < 3 else "Connected services",
        requires=requires,
        closes=("Raises Roles and decisions from level 1 to level 2",) if phase < 3 else (),
        critical=code in {"A03", "A07", "A19", "A15", "A26", "A34"},
        signed_off=done >= 100,
    )


def _objectives() -> tuple[ObjectiveFact, ...]:
    return (
        ObjectiveFact(
            id="trust",
            name="Trusted data",
            goal="Staff and residents can rely on what the city publishes and decides with.",
            measure="Critical data sets with a named owner",
            target="90% by 30 September 2027",
            actions=("A03", "A07", "A08", "A18"),
        ),
        ObjectiveFact(
            id="joined",
            name="Connected services",
            goal="Residents tell the city something once.",
            measure="Services that reuse what another one knows",
            target="12 by 31 December 2028",
            actions=("A15", "A19", "A26"),
        ),
        ObjectiveFact(id="open", name="Open city", goal="", measure="", target="", actions=()),
    )


def _milestones() -> tuple[MilestoneFact, ...]:
    return (
        MilestoneFact(name="Core rules adopted", on=date(2026, 10, 31), phase=1, said="59 days late"),
        MilestoneFact(name="First pilot in service", on=date(2027, 1, 17), phase=2, said="on track"),
        MilestoneFact(name="Second assessment done", on=date(2027, 8, 29), phase=3, said="not started"),
    )


def _kpis() -> tuple[KpiFact, ...]:
    day = date(2026, 9, 15)
    return (
        KpiFact(of="A04", name="Critical data sets with a named owner", unit="%", baseline=20, target=90, value=55,
                before=41, read_on=day, planned=60, said="behind its path"),
        KpiFact(of="A08", name="Open high-risk findings", unit="findings", baseline=18, target=0, value=4, before=7,
                read_on=day, planned=6, said="ahead of its path"),
        KpiFact(of="trust", name="Residents who trust our figures", unit="%", baseline=None, target=60, value=None,
                before=None, read_on=None, planned=None, said="not read yet"),
    )  # fmt: skip


def _risks() -> tuple[RiskFact, ...]:
    return (
        RiskFact(title="Nobody has time for stewardship", description="Heads of department have no days for it.",
                 likelihood=4, impact=4, owner="Chief Data Officer", response="Put the days into job plans.",
                 state="open", holds=("A04",)),
        RiskFact(title="A supplier delays the interfaces", description="The core system's maker is late.",
                 likelihood=3, impact=5, owner="IT and data team",
                 response="Agree dates in the contract.", state="open", holds=("A26",)),
        RiskFact(title="Funding ends in 2027", description="The grant covers two years.", likelihood=2, impact=3,
                 owner="Finance", response="Make the case in the spring.", state="closed"),
    )  # fmt: skip


def _decisions() -> tuple[DecisionFact, ...]:
    return (
        DecisionFact(
            question="Do we free two days a week for stewards in each department?",
            needed_by=date(2026, 10, 31),
            postponed="Each month moves the end of Foundations by a month.",
            recommendation="Yes, for one year.",
            options=(
                ("Two days a week", "96,000 GBP a year", "Owners are named by January 2027"),
                ("As now", "0 GBP", "Owners are named by autumn 2027"),
            ),
        ),
        DecisionFact(
            question="Who approves sharing agreements?",
            needed_by=date(2026, 11, 15),
            postponed="Pilot 2 cannot start before it is settled.",
        ),
    )


def _answers(places: tuple[Named, ...], topics: tuple[Named, ...]) -> tuple[AnswerFact, ...]:
    made = []
    for place, department in enumerate(places[:12]):
        for number, topic in enumerate(topics):
            value, few = _value(place, number), (place + number) % 6 == 0
            made.append(
                AnswerFact(
                    department=department.id,
                    topic=topic.id,
                    question=f"Q{number + 1:02}",
                    text=f"How far has the department come with {topic.name.lower()}?",
                    value=value,
                    value_from="consensus" if number % 3 == 0 else "median" if value is not None else "",
                    answers=3 if few else 6,
                    evidence="Minutes of the council, 4 June 2026" if number == 2 else "",
                    shares={} if few else {"1": 0.125, "2": 0.5, "3": 0.25, "dont_know": 0.125},
                )
            )
    return tuple(made)
