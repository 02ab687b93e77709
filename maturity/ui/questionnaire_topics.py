"""The task list of topics, the pages of one question or one topic, and what stands in a topic's way."""

from __future__ import annotations

import streamlit as st

from maturity.framework.model import Question
from maturity.operations.answers import TopicNote
from maturity.ui import questionnaire_style
from maturity.ui.clock import local
from maturity.ui.help import plain
from maturity.ui.questionnaire import WHOLE, Sitting, follow, go, number_of, show_progress, show_whereabouts
from maturity.ui.questionnaire_question import show_question
from maturity.ui.questionnaire_saving import LONGEST, keep_note, key, seed
from maturity.ui.questionnaire_start import show_oneself
from maturity.words.answering import sent_back_on, topic_status
from maturity.words.messages import on_day, saved_at


def status_of(sitting: Sitting, questions: list[Question]) -> str:
    """A topic's status in words: Not started, In progress (4 of 9), Completed, Sent back."""
    sent_back = any(question.id in sitting.flags for question in questions)
    return topic_status(sitting.answered(questions), len(questions), sent_back=sent_back)


def show_topics(sitting: Sitting) -> None:
    """What was sent back, then every topic with its status, by dimension; go on where you stopped, or open any."""
    show_whereabouts(sitting)
    st.title("Questionnaire")
    show_sent_back(sitting)
    show_progress(sitting)
    if sitting.round.closes_on:
        st.caption(f"Answers are taken until {on_day(sitting.round.closes_on)}. Each is saved as you choose it.")
    questionnaire_style.apply()
    first = _where_to_go_on(sitting)
    with st.container(horizontal=True):
        if first:
            number = number_of(sitting, first.id)
            words = f"Go on with question {number}" if sitting.answers else "Answer the first question"
            words = f"Look again at question {number}" if first.id in sitting.flags else words
            st.button(words, type="primary", on_click=go, kwargs={"q": first.id})
        st.button("Check your answers", type="secondary" if first else "primary", on_click=go, kwargs={"step": "check"})
    show_oneself(sitting)
    st.toggle("Show a whole topic on one page", key=WHOLE, persist_state="session")
    for dimension in sitting.round.framework.dimensions:
        topics = [topic for topic in dimension.topics if topic.id in sitting.asked]
        if topics:
            st.header(plain(dimension.name), anchor=False)
        for topic in topics:
            _show_row(sitting, topic.id, sitting.asked[topic.id])
    _show_earlier_notes(sitting)


def _where_to_go_on(sitting: Sitting) -> Question | None:
    """The first question that was sent back, else the first that is not answered."""
    back = (question for question in sitting.order if question.id in sitting.flags)
    still_open = (question for question in sitting.order if question.id not in sitting.answers)
    return next(back, None) or next(still_open, None)


def show_sent_back(sitting: Sitting) -> None:
    """The note with which a reviewer has sent the answers back, and what to do about it."""
    for each in sitting.sent_back:
        if each.current:
            what = "Look again at what is marked Sent back, then check and send your answers again."
            hint = what if sitting.flags else "Look at your answers again, then check and send them."
            day = sent_back_on(local(each.sent_at).date())
            st.warning(f"**{day}.** {plain(each.note)}\n\n{hint}", icon=":material/undo:")


def _show_earlier_notes(sitting: Sitting) -> None:
    earlier = [each for each in sitting.sent_back if not each.current]
    if earlier:
        with st.expander("Notes from when your answers were sent back"):
            for each in earlier:
                st.markdown(f"**{sent_back_on(local(each.sent_at).date())}.** {plain(each.note)}")


def _show_row(sitting: Sitting, topic: str, questions: list[Question]) -> None:
    status = status_of(sitting, questions)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", width=640, wrap=False
    ):
        name = plain(sitting.topic(topic).name)
        st.button(name, key=f"topic-{topic}", type="tertiary", on_click=go, kwargs={"topic": topic})
        colour = "orange" if status == "Sent back" else "blue"
        st.markdown(status if status == "Completed" else f":{colour}-background[{status}]", width="content")


def show_one(sitting: Sitting, code: str) -> None:
    """One question, with the way back and on."""
    questions = sitting.order
    number = number_of(sitting, code)
    question = questions[number - 1]
    topic = sitting.round.framework.topic_of[code]
    st.set_page_config(page_title=f"Question {number} of {len(questions)} · {topic.name} · Waymark")
    show_whereabouts(sitting, sitting.round.framework.dimension_of[topic.id].name)
    st.title(plain(topic.name), anchor=False)
    show_progress(sitting, number)
    questionnaire_style.apply()
    show_question(sitting, question, number)
    of_topic = sitting.asked[topic.id]
    nth = [each.id for each in of_topic].index(code)
    back = {"q": of_topic[nth - 1].id} if nth else _end_before(sitting, topic.id)
    on = {"q": of_topic[nth + 1].id} if nth + 1 < len(of_topic) else {"topic": topic.id, "step": "end"}
    _show_ways(back, on, "Next")


def show_whole(sitting: Sitting, code: str) -> None:
    """All questions of a topic on one page, and what stands in its way."""
    topic = sitting.topic(code)
    st.set_page_config(page_title=f"{topic.name} · Waymark")
    show_whereabouts(sitting, sitting.round.framework.dimension_of[code].name)
    st.title(plain(topic.name), anchor=False)
    show_progress(sitting)
    questionnaire_style.apply()
    for question in sitting.asked[code]:
        show_question(sitting, question, number_of(sitting, question.id))
    show_obstacles(sitting, code)
    _show_ways({}, *_after(sitting, code))


def show_end(sitting: Sitting, code: str) -> None:
    """The end of a topic: what stands in its way and what would help, then on to the next."""
    topic = sitting.topic(code)
    st.set_page_config(page_title=f"End of {topic.name} · Waymark")
    show_whereabouts(sitting, sitting.round.framework.dimension_of[code].name)
    st.title(plain(topic.name), anchor=False)
    show_progress(sitting)
    left = len(sitting.asked[code]) - sitting.answered(sitting.asked[code])
    if left:
        st.info(f"{left} of the {len(sitting.asked[code])} questions of this topic are not answered yet.")
    show_obstacles(sitting, code)
    _show_ways({"q": sitting.asked[code][-1].id}, *_after(sitting, code))


@st.fragment
def show_obstacles(sitting: Sitting, code: str) -> None:
    """The two open questions of a topic; both may stay empty."""
    follow()
    topic = sitting.topic(code)
    st.header("What stands in the way, and what would help", anchor=False)
    st.write("You may leave these empty. They appear beside the topic's gap, without your name.")
    stored = sitting.notes.get(code) or TopicNote(topic=code)
    for field, question in (("stands_in_the_way", topic.stands_in_the_way), ("would_help", topic.would_help)):
        name = key(sitting, code, field)
        seed(name, getattr(stored, field) or "")
        st.text_area(
            plain(question), key=name, max_chars=LONGEST, height=100, on_change=keep_note, args=(sitting, code, field)
        )
    _show_note_saved(code)


def _show_note_saved(topic: str) -> None:
    trouble = st.session_state.get("_unsaved", {}).get(topic)
    saved_topic, moment = st.session_state.get("_note_saved", (None, None))
    if trouble:
        st.error(plain(trouble), icon=":material/block:")
    elif saved_topic == topic:
        st.caption(f":material/check: {saved_at(local(moment))}")


def _end_before(sitting: Sitting, topic: str) -> dict[str, str]:
    topics = list(sitting.asked)
    place = topics.index(topic)
    return {"topic": topics[place - 1], "step": "end"} if place else {}


def _after(sitting: Sitting, topic: str) -> tuple[dict[str, str], str]:
    """Where to go after a topic, and the words on the button."""
    topics = list(sitting.asked)
    place = topics.index(topic) + 1
    if place == len(topics):
        return {"step": "check"}, "Check your answers"
    return {"topic": topics[place]}, f"Next: {plain(sitting.topic(topics[place]).name)}"


def _show_ways(back: dict[str, str], on: dict[str, str], words: str) -> None:
    with st.container(horizontal=True):
        st.button("Back", on_click=go, kwargs=back, icon=":material/arrow_back:", key="back")
        st.button(words, type="primary", on_click=go, kwargs=on, key="next")
        if back:
            st.button("All topics", type="tertiary", on_click=go, key="all_topics")
