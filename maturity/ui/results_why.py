"""Why a number is what it is: the trace of one place as a table, from the organisation down to a question."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from maturity.assessment.scores import Place, Score
from maturity.ui.help import number_help, plain
from maturity.ui.navigation import link_to
from maturity.ui.pictures import show_table
from maturity.ui.results_answers import show_remarks
from maturity.ui.results_choices import ORGANISATION, choose, choose_place
from maturity.ui.results_consensus import show_consensus, sources_of
from maturity.ui.results_shown import Shown, interval_of, spread_of_answers
from maturity.ui.results_tables import (
    NONE,
    NOT_COUNTED,
    VALUE_FROM,
    agreement_in_words,
    arithmetic,
    in_words,
    level_in_words,
    points_in_words,
    share,
    trace_table,
)

EVERYTHING = "Everything"


def show_why(shown: Shown) -> None:
    """A place is chosen, its number and what went in are listed; each part can be looked into in turn."""
    with st.container(horizontal=True):
        department = choose_place(shown, label="Place")
        parts = parts_of(shown, department)
        label = choose("Part", list(parts), str, key="results_part", width=460)
    place = parts[label]
    score = shown.scores.scores.get(place)
    if score is None:
        st.info("This part was not asked here.")
        return
    st.markdown(f"**{plain(place_name(shown, place))}: {plain(number_of(shown, score))}**")
    st.caption(
        f"Coverage {share(score.coverage)}. Value from: {VALUE_FROM.get(score.value_from or '', 'nothing yet')}. "
        f"People: {score.respondents}.",
        help=number_help("coverage"),
    )
    show_interval(shown, place)
    if place.question:
        show_question(shown, score)
        return
    st.caption(arithmetic(score), help=number_help("weights" if place.department is None else "score"))
    labels = {part.place: part_name(shown, place, part.place) for part in score.parts}
    sources = sources_of(shown, place)
    show_table(trace_table(shown.scores, score, labels, points=not shown.framework.levels, sources=sources))
    show_ways_down(shown, score, parts)
    if place.topic:
        show_remarks(shown, place.topic)
    if place.topic and place.department in shown.scores.departments and shown.framework.levels:
        topic = shown.framework.topics[place.topic].name
        where = {"targets_of": shown.name(place.department), "targets_topic": topic}
        link_to("targets", f"See the target of {topic} here", targets_view="Targets", **where)


def parts_of(shown: Shown, department: str | None) -> dict[str, Place]:
    """What can be asked about at a place, by label: all of it, dimensions, topics, and a department's questions."""
    found = {EVERYTHING: Place(department)}
    for dimension in shown.framework.dimensions:
        found[dimension.name] = Place(department, dimension.id)
        for topic in dimension.topics:
            here = Place(department, dimension.id, topic.id)
            found[f"– {topic.name}"] = here
            if department in shown.scores.departments:
                for question in topic.questions:
                    if here._replace(question=question.id) in shown.scores.scores:
                        found[f"– – {question.id}: {question.text}"] = here._replace(question=question.id)
    return found


def show_ways_down(shown: Shown, score: Score, parts: Mapping[str, Place]) -> None:
    """A button for each part, which turns the page to it."""
    st.markdown("Look into a part:")
    with st.container(horizontal=True, key="results-ways-down"):
        for part in score.parts:
            name = part_name(shown, score.place, part.place)
            at = part.place
            label = next((label for label, place in parts_of(shown, at.department).items() if place == at), EVERYTHING)
            st.button(
                plain(name),
                key=f"into-{'-'.join(str(each) for each in at)}",
                on_click=look_into,
                args=(at.department, label),
                type="tertiary",
                icon=":material/subdirectory_arrow_right:",
            )


def look_into(department: str | None, label: str) -> None:
    """In a callback: turn the two choices above to a part."""
    st.session_state["results_of"] = department or ORGANISATION
    st.session_state["results_part"] = label


def place_name(shown: Shown, place: Place) -> str:
    """A place in words: who, and what of it."""
    words = [shown.name(place.department)]
    if place.question:
        words.append(shown.framework.questions[place.question].text)
    elif place.topic:
        words.append(shown.framework.topics[place.topic].name)
    elif place.dimension:
        words.append(next(each.name for each in shown.framework.dimensions if each.id == place.dimension))
    return ", ".join(words)


def part_name(shown: Shown, above: Place, part: Place) -> str:
    """A part by what tells it from its neighbours: the department in a roll-up, else its own name."""
    if part.department != above.department or part[1:] == above[1:]:
        return shown.name(part.department)
    return place_name(shown, part).removeprefix(f"{shown.name(part.department)}, ")


def number_of(shown: Shown, score: Score) -> str:
    """The number of a place in words: score and level, or points."""
    if not shown.framework.levels:
        return points_in_words(score)
    level = level_in_words(shown.framework, score.level)
    said = f"{in_words(score.score)} of {shown.framework.top_level}"
    return said if level == NONE else f"{said}, level {level}"


def show_interval(shown: Shown, place: Place) -> None:
    """The 90 % interval of a department's score or of a topic's, where there is one."""
    if place.department not in shown.scores.departments or place.question or (place.dimension and not place.topic):
        return
    found = interval_of(shown, place.department, place.topic)
    if found:
        st.caption(f"90% interval: {found[0]:.1f} to {found[1]:.1f}.", help=number_help("interval"))


def show_question(shown: Shown, score: Score) -> None:
    """A question's value: where it came from, what its level describes, and how the answers spread."""
    place = score.place
    assert place.question and place.topic
    question = shown.framework.questions[place.question]
    if score.state == "answered":
        source = VALUE_FROM.get(score.value_from or "", "nothing yet")
        people = f" of {score.respondents} people" if score.value_from == "median" else ""
        st.markdown(f"The value is the {plain(source)}{people}.")
        if score.value_from == "consensus":
            show_consensus(shown, place)
    else:
        st.markdown(f"This question is {NOT_COUNTED[score.state]}.")
    if score.level and len(question.descriptors) >= score.level:
        st.markdown(
            f"*{plain(level_in_words(shown.framework, score.level))}:* {plain(question.descriptors[score.level - 1])}"
        )
    for found in spread_of_answers(shown, place.department, place.topic):
        if found.question == question.id:
            st.caption(f"Agreement: {agreement_in_words(found)}", help=number_help("agreement"))
            if found.counts:
                names = [f"{level.level} {level.name}" for level in shown.framework.levels]
                rows = [{"Level": name, "Answers": str(count)} for name, count in zip(names, found.counts, strict=True)]
                show_table(pd.DataFrame([*rows, {"Level": "Don't know", "Answers": str(found.dont_know)}]))
