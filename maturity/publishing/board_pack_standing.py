"""Slides on where the organisation stands: summary, heat map, departments by level, gaps by topic, trend."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.charts.heatmap_cells import FAR
from maturity.charts.theme import maturity_ramp, mix
from maturity.publishing.board_pack_charts import COLUMNS, NativeChart, Series, add_chart
from maturity.publishing.board_pack_master import BOTTOM, LEFT, ROOM, TOP, Deck, readable
from maturity.publishing.board_pack_parts import add_box, add_slide, add_text, cut_to, decorate
from maturity.publishing.board_pack_table import Cell, Column, Table, add_table
from maturity.publishing.folded_actions import folded
from maturity.publishing.report_facts import Named, ReportFacts, ScoreFact
from maturity.words import board_pack_sentences as words
from maturity.words.messages import shown_score

MOST_DEPARTMENTS = 39
"""Rows of the heat map, on three slides; beyond, departments are counted by level."""
MOST_TOPICS = 14
MOST_DIMENSIONS = 9
FEWEST_SPREAD = 5


def add_summary(deck: Deck) -> None:
    """The headline, what to know, and four figures."""
    facts = deck.facts
    whole = whole_score(facts)
    late = sum(row.status.code == "late" for row in folded(facts)) if facts.actions else None
    title = words.summary_title(whole.score if whole else None, len(facts.levels) or 5, late)
    slide = add_slide(deck, title, sources(facts))
    headline = cut_to(facts.headline, ROOM * 72 * 0.95, 20, 2, bold=True)
    colour = readable(facts.brand.colour, deck.colours)
    add_text(slide, (LEFT, TOP, ROOM, 0.8), [headline], size=20, bold=True, colour=colour)
    figures = _figures(deck, whole, late)
    width = ROOM - 3.6 if figures else ROOM
    said = facts.bullets[:6] or facts.missing or (words.NOTHING_NEXT,)
    bullets = [f"•  {cut_to(each, width * 72 * 0.92, 18, 3)}" for each in said]
    add_text(slide, (LEFT, TOP + 0.95, width, 4.2), bullets, size=18, colour=deck.colours.ink, space=12)
    for place, (number, name) in enumerate(figures):
        top = TOP + 0.95 + place * 1.1
        decorate(add_box(slide, (LEFT + ROOM - 3.2, top, 0.07, 0.9), facts.brand.colour))
        box = (LEFT + ROOM - 3.0, top, 3.0, 0.95)
        shape = add_text(slide, box, [number, name], size=14, colour=deck.colours.ink_soft)
        first = shape.text_frame.paragraphs[0].runs[0].font
        first.size, first.bold = 25 * 12700, True


def _figures(deck: Deck, whole: ScoreFact | None, late: int | None) -> list[tuple[str, str]]:
    facts = deck.facts
    found = []
    if whole and whole.score is not None:
        found.append(
            (f"{shown_score(whole.score)} of {len(facts.levels)}", f"score, round {words.short(facts.round, 20)}")
        )
    if late is not None:
        found.append((str(late), words.figure_late(late, len(folded(facts)))))
    coming = [each for each in facts.milestones if each.on >= facts.as_of]
    if coming:
        found.append((words.day_short(coming[0].on), words.figure_milestone(coming[0].name)))
    if facts.decisions:
        found.append((str(len(facts.decisions)), words.figure_decisions(len(facts.decisions))))
    return found


def add_heat_map(deck: Deck) -> None:
    """Each department on each dimension as a native table; none where departments are too many."""
    facts = deck.facts
    dimensions = facts.dimensions[:MOST_DIMENSIONS]
    if not facts.scores or not dimensions or not 0 < len(facts.departments) <= MOST_DEPARTMENTS:
        return
    by_place = {(each.department, each.dimension): each for each in facts.scores if each.dimension and not each.topic}
    own = [by_place.get((place.id, each.id)) for place in facts.departments for each in dimensions]
    known = [each for each in own if each and each.score is not None]
    whole = [(each, by_place.get((None, each.id))) for each in dimensions]
    width = min(1.75, 9.0 / len(dimensions))
    columns = [Column(name="Department", width=ROOM - width * len(dimensions))]
    columns += [Column(name=each.name, width=width, align="center") for each in dimensions]
    places: list[Named] = [*facts.departments]
    rows = [
        [Cell(text=each.name), *(_heat(deck, by_place.get((each.id, d.id))) for d in dimensions)] for each in places
    ]
    rows.append([Cell(text=words.WHOLE, bold=True), *(_heat(deck, found) for _, found in whole)])
    table = Table(
        columns=columns,
        rows=rows,
        description=words.heat_alternative(len(places), len(dimensions)),
        sources=sources(facts, words.SCORE_RULE, words.SHOWN_RULE),
        note=words.HEAT_KEY,
        size=12,
        most_rows=14,
    )
    add_table(deck, _heat_title(facts, known, whole), table)


def _heat_title(facts: ReportFacts, known: Sequence[ScoreFact], whole: Sequence[tuple[Named, ScoreFact | None]]) -> str:
    scored = [(each.name, found.score) for each, found in whole if found and found.score is not None]
    lowest, score = min(scored, key=lambda pair: pair[1], default=("", None))
    return words.heat_title(sum(is_far(each) for each in known), len(known), lowest, score, len(facts.levels))


def is_far(score: ScoreFact) -> bool:
    """Whether a score is a level or more below its target, as the heat map of the pages has it."""
    return score.score is not None and score.target is not None and score.target - score.score >= FAR - 1e-9


def _heat(deck: Deck, score: ScoreFact | None) -> Cell:
    if score is None or score.score is None:
        return Cell(text=words.NO_SCORE, colour=deck.colours.ink_soft)
    ramp = maturity_ramp("light", max(2, len(deck.facts.levels)))
    passed = min(len(ramp), max(1, int(score.score + 1e-9)))
    marks = f"{f' {words.BELOW_MARK}' if is_far(score) else ''}{f' {words.THIN_MARK}' if score.level is None else ''}"
    return Cell(text=f"{shown_score(score.score)}{marks}", fill=ramp[passed - 1])


def add_spread(deck: Deck) -> None:
    """How many departments have reached each level of each dimension, as a native stacked chart."""
    facts = deck.facts
    if len(facts.departments) < FEWEST_SPREAD or not facts.levels:
        return
    own = [each for each in facts.scores if each.department and each.dimension and not each.topic and each.score]
    counts = {each.id: [0] * len(facts.levels) for each in facts.dimensions}
    for each in own:
        counts[str(each.dimension)][min(len(facts.levels), max(1, int((each.score or 0) + 1e-9))) - 1] += 1
    shown = [each for each in facts.dimensions if any(counts[each.id])][:MOST_TOPICS]
    if not shown:
        return
    middle = len(facts.levels) // 2
    low = {each.id: sum(counts[each.id][:middle]) for each in shown}
    worst = max(shown, key=lambda each: low[each.id])
    ramp = maturity_ramp("light", len(facts.levels))
    series = [
        Series(name=f"{n + 1} {name}", values=[counts[each.id][n] for each in shown], colour=ramp[n])
        for n, name in enumerate(facts.levels)
    ]
    many = len(facts.departments) > MOST_DEPARTMENTS
    title = words.spread_title(worst.name, low[worst.id], sum(counts[worst.id]), middle)
    chart = NativeChart(
        categories=[each.name for each in shown],
        series=series,
        description=words.spread_alternative([(each.name, counts[each.id]) for each in shown], facts.levels),
        sources=sources(facts, words.SCORE_RULE),
        shown="0;;",
        note=words.many_departments(len(facts.departments)) if many else words.SPREAD_NOTE,
    )
    add_chart(deck, title, chart)


def add_gaps(deck: Deck) -> None:
    """Score and what is missing to the target of each topic, the widest gaps first, as native stacked bars."""
    facts = deck.facts
    names = {each.id: each.name for each in facts.topics}
    found = [each for each in facts.scores if not each.department and each.topic and each.score is not None]
    aimed = [each for each in found if each.target is not None]
    ordered = sorted(aimed, key=gap_of, reverse=True)[:MOST_TOPICS]
    if not ordered:
        return
    categories = [names.get(str(each.topic), str(each.topic)) for each in ordered]
    gaps = [gap_of(each) for each in ordered]
    accent, rest = deck.colours.accent, mix(deck.colours.target, "#FFFFFF", 0.62)
    chart = NativeChart(
        categories=categories,
        series=[
            Series(name=words.NOW, values=[round(each.score or 0, 6) for each in ordered], colour=accent),
            Series(name=words.GAP, values=[round(each, 6) for each in gaps], colour=rest),
        ],
        description=words.gap_alternative(list(zip(categories, [e.score or 0 for e in ordered], gaps, strict=True))),
        sources=sources(facts, words.GAP_RULE),
        shown='[<0.05]"";0.0',
        top=float(len(facts.levels) or 5),
        note=words.more_rows(len(aimed) - len(ordered), "in the workbook") if len(aimed) > len(ordered) else "",
    )
    add_chart(deck, words.gap_title(categories[0], gaps[0] if gaps[0] > 0 else None), chart)


def gap_of(score: ScoreFact) -> float:
    """Target less score in levels, 0 where the target is reached."""
    return max(0.0, (score.target or 0) - (score.score or 0))


def add_trend(deck: Deck) -> None:
    """The organisation's score in each round, with the version of the framework that was asked."""
    facts = deck.facts
    scored = [(each, each.score) for each in facts.rounds if each.score is not None]
    if len(scored) < 2 or "trend" in facts.pictures:
        return
    chart = NativeChart(
        categories=[f"{each.name} ({each.framework})" if each.framework else each.name for each, _ in scored],
        series=[Series(name="Score", values=[score for _, score in scored], colour=deck.colours.accent)],
        description=words.trend_alternative([(each.name, score) for each, score in scored]),
        sources=sources(facts, words.SCORE_RULE),
        kind=COLUMNS,
        top=float(len(facts.levels) or 5),
    )
    before, now = scored[-2], scored[-1]
    add_chart(deck, words.trend_title(now[1] - before[1], before[0].name), chart)


def whole_score(facts: ReportFacts) -> ScoreFact | None:
    """The organisation's score over everything."""
    return next((each for each in facts.scores if not (each.department or each.dimension or each.topic)), None)


def sources(facts: ReportFacts, *rules: str) -> list[str]:
    """What the notes of a slide say: where scores and dates are from, and the rules that made its numbers."""
    scores = words.round_source(facts.round, facts.round_on, facts.framework, facts.framework_version)
    return [scores, words.plan_source(facts.plan, facts.approval, facts.as_of), *rules]


def add_about(deck: Deck) -> None:
    """What the numbers rest on, and what is missing."""
    facts = deck.facts
    said = [*sources(facts, words.SCORE_RULE, words.SHOWN_RULE, words.LATE_RULE, words.FOLDED_RULE)]
    said += [f"Not in this pack: {each}" for each in facts.missing]
    slide = add_slide(deck, words.ABOUT, [words.ABOUT_NOTE])
    lines = [f"•  {cut_to(each, ROOM * 72 * 0.95, 14, 2)}" for each in said[:12]]
    add_text(slide, (LEFT, TOP, ROOM, BOTTOM - TOP), lines, size=14, colour=deck.colours.ink, space=7)
