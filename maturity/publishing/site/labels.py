"""What codes of editions are called on the site, in one language."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.publishing.site.languages import Words


def status_words(words: Words) -> Mapping[str, str]:
    """What each status is called."""
    return {
        "done": words.gettext("Done"),
        "on_track": words.gettext("On track"),
        "late": words.gettext("Late"),
        "not_started": words.gettext("Not started"),
    }


def horizon_words(words: Words) -> Mapping[str, str]:
    """What each column of the board is called."""
    return {
        "now": words.gettext("Now"),
        "next": words.gettext("Next"),
        "later": words.gettext("Later"),
        "done": words.gettext("Done"),
    }


def phase_names(words: Words) -> tuple[str, ...]:
    """What the four phases are called."""
    return (
        words.gettext("Foundations"),
        words.gettext("Pilots and quick wins"),
        words.gettext("Expansion and integration"),
        words.gettext("Optimisation and innovation"),
    )


def part_words(words: Words) -> Mapping[str, str]:
    """What was held back of an edition, by kind."""
    return {
        "actions": words.gettext("Actions"),
        "fields": words.gettext("Fields of the plan"),
        "words": words.gettext("Texts"),
        "questions": words.gettext("Questions of the assessment"),
        "scores": words.gettext("Scores"),
        "comments": words.gettext("Comments"),
    }


def reason_words(words: Words) -> Mapping[str, str]:
    """Why something was held back."""
    return {
        "not_chosen": words.gettext("not chosen for publication"),
        "no_words": words.gettext("no words for residents yet"),
        "few": words.gettext("too few people behind it, so it could show who they are"),
        "security": words.gettext("it would weaken security"),
        "personal": words.gettext("it is about a person"),
        "commercial": words.gettext("it would harm a tender or a contract"),
        "legal": words.gettext("the law does not allow it"),
        "on_request": words.gettext("given out on request"),
    }


def refusal_words(words: Words) -> Mapping[str, str]:
    """Why a comment was not published."""
    return {
        "abuse": words.gettext("insulting or threatening"),
        "personal_data": words.gettext("about a private person"),
        "spam": words.gettext("advertising"),
        "off_topic": words.gettext("about something else"),
        "duplicate": words.gettext("sent more than once"),
        "unlawful": words.gettext("against the law"),
    }


def answer_words(words: Words) -> Mapping[str, str]:
    """What came of a comment."""
    return {
        "done": words.gettext("We did it"),
        "planned": words.gettext("We plan to do it"),
        "already": words.gettext("It is already so"),
        "not_done": words.gettext("We will not do it"),
        "answered": words.gettext("We answered"),
    }


def twin_words(words: Words) -> Mapping[str, str]:
    """What residents are asked about a topic."""
    return {
        "find": words.gettext("I can find it"),
        "understand": words.gettext("I can understand it"),
        "trust": words.gettext("I can trust it"),
        "correct": words.gettext("I can get mistakes corrected"),
        "use": words.gettext("I can use it"),
        "heard": words.gettext("I am heard"),
    }


def kind_words(words: Words) -> dict[str, str]:
    """Headings over what changed, by kind."""
    return {
        "withdrawn": words.gettext("Withdrawn editions"),
        "moved": words.gettext("Dates that moved"),
        "done": words.gettext("Done"),
        "late": words.gettext("Now late"),
        "entered": words.gettext("New in the roadmap"),
        "left": words.gettext("No longer in the roadmap"),
        "reworded": words.gettext("Said in other words"),
    }
