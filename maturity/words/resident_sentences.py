"""What the page of residents says: reasons, kinds of answers, hints, and the twin's texts, made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing, subtitle_of
from maturity.words.messages import counted, joined, shown_score

NO_COMMENTS = (
    "Nobody has written yet. Once an edition of the public roadmap is published, residents can write on its pages."
)
NO_TWIN = "There is no twin yet. It needs a round on levels whose results everybody sees."
FORMS_ARE = "Forms are there while this server shows a published edition; a copy of the site elsewhere has none."
NOT_BELOW = "A topic is shown from 5 people on, the share of a question from 5 known answers on."
NO_FIT = "No comment has these words. Try fewer of them, or show another part."
UNSAVED = "Your decision is not saved. What you wrote as the answer:"
PARTS: Mapping[str, tuple[str, str]] = {
    "waiting": ("Waiting", "No comment waits."),
    "unanswered": ("Not answered yet", "Every published comment is answered."),
    "published": ("Published", "No comment is published."),
    "refused": ("Refused", "No text of a refused comment is here."),
}
"""What a part of the comments is called, and what stands there when nothing is in it."""
REASONS: Mapping[str, str] = {
    "abuse": "Insults somebody",
    "personal_data": "Says something about a person",
    "spam": "Advertises",
    "off_topic": "Is about something else",
    "duplicate": "Says what another comment says",
    "unlawful": "Must not be published by law",
}
KINDS: Mapping[str, str] = {
    "done": "Done",
    "planned": "Planned",
    "already": "There already",
    "not_done": "Will not be done",
    "answered": "Answered",
}
HINTS: Mapping[str, str] = {
    "mail": "an e-mail address",
    "phone": "a telephone number",
    "link": "a link",
    "name": "the name of somebody you know",
    "capitals": "mostly capitals",
    "same": "the same words as another comment",
}
QUESTIONS: Mapping[str, str] = {
    "find": "Find it",
    "understand": "Understand it",
    "trust": "Trust it",
    "correct": "Get it corrected",
    "use": "Use it",
    "heard": "Be heard",
}


def waiting_sentence(waiting: int, published: int, refused: int) -> str:
    """How many comments wait, and what became of the others."""
    first = f"{counted(waiting, 'comment')} {'waits' if waiting == 1 else 'wait'}" if waiting else "No comment waits"
    return f"{first}. {published:,} published, {refused:,} refused."


def page_heading(first: int, last: int, total: int) -> str:
    """Which of the comments stand on this page, counted from 1."""
    if total == 1:
        return "1 comment"
    return f"Comments {first:,} to {last:,} of {total:,}" if last > first else f"Comment {last:,} of {total:,}"


def about_sentence(about: str, day: str, language: str) -> str:
    """What a comment is about, when it came, and in which language."""
    return f"About {about or 'the whole roadmap'} · {day}, in {language}"


def texts_are_gone(count: int, days: int) -> str:
    """What is left of refused comments whose `days` are over."""
    texts = "The text of 1 comment is" if count == 1 else f"The texts of {count:,} comments are"
    return f"{texts} gone: what is refused is deleted after {days} days, and only its reason stays."


def hint_sentence(hints: tuple[str, ...]) -> str:
    """What a moderator should look at."""
    return f"Look at it closely: it has {joined([HINTS[each] for each in hints])}."


def twin_sentences(frame: pd.DataFrame, *, period: str = "") -> ChartSentences:
    """On how many topics residents see less than the organisation, and where most; columns place, score, seen."""
    heading = "Own score and what residents see, by topic"
    if frame.empty or frame["seen"].isna().all():
        return nothing(heading)
    both = frame.dropna(subset=["score", "seen"])
    apart = (both["seen"] - both["score"]).round(1)
    rows = [
        f"{row['place']}: own score {'none' if pd.isna(row['score']) else shown_score(row['score'])}, "
        f"residents {'not shown' if pd.isna(row['seen']) else shown_score(row['seen'])}."
        for row in frame.to_dict("records")
    ]
    hidden = int(frame["seen"].isna().sum())
    note = f"{counted(hidden, 'topic')} not shown: fewer than 5 people" if hidden else ""
    title, most = _title(both, apart)
    subtitle = subtitle_of("Own score and the level that residents see", period, note, most)
    return ChartSentences(title, subtitle, " ".join([f"{heading}.", *rows]))


def _title(both: pd.DataFrame, apart: pd.Series) -> tuple[str, str]:
    """The title, and where residents see least compared with the own score."""
    if both.empty:
        return "Residents have answered, and no topic of theirs has a score", ""
    lower = int((apart < 0).sum())
    if not lower:
        return "Residents see no topic lower than we do", ""
    most = float(-apart.min())
    names = [str(place) for place, each in zip(both["place"], apart, strict=True) if each == apart.min()]
    where = joined(names) if len(names) < 3 else counted(len(names), "topic")
    title = f"Residents see {lower} of {counted(len(both), 'topic')} lower than we do"
    return title, f"The most on {where}: by {most:.1f}"
