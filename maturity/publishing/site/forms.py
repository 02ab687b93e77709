"""The public forms as pages of the site: what people think of the roadmap or one action, and how they see topics.

They stand inside the site's frame, in every language of the edition, and work without a script. What was typed is
there again whenever a form comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from maturity.assessment.resident_view import FEWEST, TWIN_ANSWERS, TWIN_QUESTIONS
from maturity.publishing.site.facts import SiteFacts
from maturity.publishing.site.frame import FORM, VIEW_FORM, site_page
from maturity.publishing.site.labels import answer_words
from maturity.publishing.site.languages import Words, words_of
from maturity.publishing.site.paging import paged
from maturity.publishing.site.voice_pages import voice_weight
from maturity.roadmap.comments import DAYS_KEPT, LONGEST_COMMENT
from maturity.roadmap.editions import Language, PublicAction, Said

Problem = Literal[
    "", "empty", "too_long", "too_fast", "too_old", "often", "flood", "nothing", "no_topic", "gone", "busy"
]  # fmt: skip
Trouble = Literal["no_form", "foreign", "too_much", "busy"]
MOST_SAID = 10
MOST_TOPICS = 12
"""About how many topics a form asks at once: six questions each, and a page that stays below its budget."""


def N_(message: str) -> str:
    """Marks a message for the catalogues, and is the message."""
    return message


QUESTIONS: Mapping[str, str] = {
    "find": N_("Can you find what you are looking for?"),
    "understand": N_("Can you understand what you find?"),
    "trust": N_("Can you rely on it being right and up to date?"),
    "correct": N_("Can you get a mistake in it put right?"),
    "use": N_("Can you use it for what you need it for?"),
    "heard": N_("Are you heard when you say something about it?"),
}
ANSWERS: Mapping[str, str] = {
    "yes": N_("Yes"),
    "partly": N_("Partly"),
    "no": N_("No"),
    "unknown": N_("I do not know"),
}
TROUBLES: Mapping[Trouble, tuple[str, str]] = {
    "no_form": (
        N_("There is no form here"),
        N_("The roadmap does not ask anything at this address, or not any more. Look for it on the roadmap."),
    ),
    "foreign": (N_("Nothing was sent"), N_("This form was sent from another site. Open it here and send it.")),
    "too_much": (N_("Nothing was sent"), N_("This is too much for a form. Go back and shorten it.")),
    "busy": (N_("Nothing was sent"), N_("We cannot take this right now. Wait a few minutes, then send it again.")),
}
"""Why a form is neither shown nor taken: what the page is called, and one sentence."""
BACK = N_("Back to the roadmap")
KEPT_TEXT = N_("What you wrote, so that you can copy it")
TOPICS: Mapping[str, tuple[str, str]] = {
    "data-direction": (N_("Data direction"), N_("Whether the organisation knows what it wants to do with data.")),
    "responsibility-for-data": (
        N_("Responsibility for data"),
        N_("Whether it is clear who answers for which data."),
    ),
    "knowing-the-data": (N_("Knowing the data you have"), N_("Which data there are, and where they can be seen.")),
    "managing-data": (N_("Managing data"), N_("Whether data are right, complete and up to date.")),
    "protecting-data": (N_("Protecting data"), N_("How data about you are kept safe, and what you are told of it.")),
    "data-ethics": (N_("Data ethics"), N_("Whether data are used fairly, and for what people agree with.")),
    "skills-and-knowledge": (
        N_("Skills and knowledge"),
        N_("Whether the people you speak to can work with data."),
    ),
    "systems": (N_("Systems"), N_("Whether online services and forms work, and work together.")),
    "decisions-with-data": (
        N_("Decisions with data"),
        N_("Whether decisions rest on facts that you can look up."),
    ),
    "engaging-with-others": (N_("Engaging with others"), N_("Whether data are shared with you and others outside.")),
}
"""The topics of our own framework in words for residents, by id; topics of other frameworks keep their names."""
assert tuple(QUESTIONS) == TWIN_QUESTIONS and tuple(ANSWERS) == TWIN_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentForm:
    """The form for a comment: `stamp` is its hidden field, `text` what was typed, `problem` why it comes back with
    `length` characters; `sent` thanks instead. `action` is what it is about, None for the whole roadmap."""

    action: PublicAction | None = None
    stamp: str = ""
    text: str = ""
    problem: Problem = ""
    length: int = 0
    sent: bool = False
    said: Sequence[Said] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewForm:
    """The form for views: `topics` are all that can be chosen (names by id), `chosen` those that are asked about;
    `answers` what was answered, by topic and question."""

    topics: Mapping[str, str]
    chosen: Sequence[str] = ()
    stamp: str = ""
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    problem: Problem = ""
    sent: bool = False


def comment_page(facts: SiteFacts, form: CommentForm, language: str) -> bytes:
    """The form for a comment, or the thanks for it."""
    here = f"{FORM}/{form.action.slug}" if form.action else FORM
    # The form of an action that is gone meanwhile is the general one, at the action's address: links begin there.
    path = f"{language}/{here}" + ("/gone" if form.problem == "gone" else "")
    values = {
        "form_of": form, "longest": LONGEST_COMMENT, "days": DAYS_KEPT, "own_path": here,
        "outcomes": answer_words(words_of(language)), "shown": paged(form.said, MOST_SAID, voice_weight)[0],
        "action_titles": _titles(form.action),
    }  # fmt: skip
    return _page(facts, "form_comment.html", path, values, language)


def view_page(facts: SiteFacts, form: ViewForm, language: str) -> bytes:
    """The form for views: first which topics, then six questions about each; or the thanks for it."""
    words = words_of(language)
    topics = {code: topic_words(words, code, name) for code, name in form.topics.items()}
    values = {
        "form_of": form, "topics": topics, "questions": QUESTIONS, "answers": ANSWERS, "fewest": FEWEST,
        "own_path": VIEW_FORM, "most": MOST_TOPICS,
    }  # fmt: skip
    return _page(facts, "form_views.html", f"{language}/{VIEW_FORM}", values, language)


def trouble_words(trouble: Trouble, language: str) -> tuple[str, str, str, str]:
    """What a page says that is no form: its title, its sentence, what stands above a text that was typed, and the words
    of the way back."""
    words = words_of(language)
    title, sentence = TROUBLES[trouble]
    return words.gettext(title), words.gettext(sentence), words.gettext(KEPT_TEXT), words.gettext(BACK)


def topic_words(words: Words, code: str, name: str) -> tuple[str, str]:
    """A topic's name and what it is about in a language; a topic that is not ours has its own name and no more."""
    known = TOPICS.get(code)
    if known is None or known[0] != name:
        return name, ""
    return words.gettext(known[0]), words.gettext(known[1])


def topic_names(code: str, name: str, languages: Sequence[Language]) -> dict[Language, str]:
    """A topic's name in these languages; a language in which nobody has said it is left out, except English."""
    return {
        each: found
        for each in languages
        if (found := topic_words(words_of(each), code, name)[0]) != name or each == "en"
    }


def _titles(action: PublicAction | None) -> dict[str, str]:
    return {language: each.title for language, each in action.words.items()} if action else {}


def _page(facts: SiteFacts, template: str, path: str, values: Mapping[str, Any], language: str) -> bytes:
    return site_page(facts, template, path, values, language=language)
