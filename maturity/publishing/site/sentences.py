"""What the site says about an edition in sentences: all is computed from what was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from maturity.publishing.site.languages import Words
from maturity.publishing.site.spoken import spoken
from maturity.roadmap.editions import Edition, PublicAction


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


def headline(edition: Edition, words: Words) -> str:
    """Where the roadmap stands, in one sentence with its numbers."""
    count = len(edition.actions)
    if not count:
        return words.gettext("No actions are published yet.")
    if all(each.status is None for each in edition.actions):
        return words.ngettext(
            "We have published %(count)s action.", "We have published %(count)s actions.", count, count=count
        )
    stands = Counter(each.status for each in edition.actions)
    parts = [
        _part(words, stands["done"], "done"),
        _part(words, stands["on_track"], "on_track"),
        _part(words, stands["late"], "late"),
        _part(words, stands["not_started"], "not_started"),
    ]
    of = words.ngettext("Of %(count)s action", "Of %(count)s actions", count, count=words.number(count))
    said = words.listed([each for each in parts if each])
    return words.gettext("%(of)s, %(parts)s.", of=of, parts=said)


def _part(words: Words, count: int, status: str) -> str:
    if not count:
        return ""
    return {
        "done": words.ngettext("%(count)s is done", "%(count)s are done", count, count=words.number(count)),
        "on_track": words.ngettext("%(count)s is on track", "%(count)s are on track", count, count=words.number(count)),
        "late": words.ngettext("%(count)s is late", "%(count)s are late", count, count=words.number(count)),
        "not_started": words.ngettext(
            "%(count)s has not started", "%(count)s have not started", count, count=words.number(count)
        ),
    }[status]


def summary(edition: Edition, words: Words) -> list[str]:
    """What is furthest behind and why, what has moved, and what comes next; only what is true of this edition."""
    return [each for each in (_behind(edition, words), _moved(edition, words), _next_milestone(edition, words)) if each]


def _behind(edition: Edition, words: Words) -> str:
    late = max(
        (each for each in edition.actions if each.status == "late"), key=lambda a: (a.days_late, a.slug), default=None
    )
    if late is None:
        stated = any(each.status for each in edition.actions)
        return words.gettext("Nothing is late.") if stated else ""
    return words.ngettext(
        "Furthest behind is \u201c%(title)s\u201d: %(count)s day late.",
        "Furthest behind is \u201c%(title)s\u201d: %(count)s days late.",
        late.days_late,
        title=title_of(late, words),
        count=words.number(late.days_late),
    )


def _moved(edition: Edition, words: Words) -> str:
    moved = sum(1 for each in edition.actions if each.moves)
    if not moved:
        return ""
    return words.ngettext(
        "The dates of %(count)s action have moved since we first promised them; its page says why.",
        "The dates of %(count)s actions have moved since we first promised them; their pages say why.",
        moved,
        count=words.number(moved),
    )


def _next_milestone(edition: Edition, words: Words) -> str:
    ahead = [each for each in edition.milestones if each.on >= edition.published_on and not each.reached]
    if not ahead:
        return ""
    first = min(ahead, key=lambda each: each.on)
    when = words.when(first.on, "month")
    return words.gettext("The next milestone is \u201c%(name)s\u201d, due in %(when)s.", name=first.name, when=when)


def timeline_said(edition: Edition, actions: tuple[PublicAction, ...], words: Words) -> str:
    """What the picture of these actions shows, for those who do not see it."""
    drawn = [each for each in actions if each.start and each.finish]
    if not drawn:
        return words.gettext("No dates are published for these actions.")
    first = min(each.start for each in drawn if each.start)
    last = max(each.finish for each in drawn if each.finish)
    late = sum(1 for each in drawn if each.status == "late")
    said = words.ngettext(
        "%(count)s action between %(first)s and %(last)s.",
        "%(count)s actions between %(first)s and %(last)s.",
        len(drawn),
        count=words.number(len(drawn)),
        first=words.when(first, "month"),
        last=words.when(last, "month"),
    )
    if not late:
        return said
    more = words.ngettext("%(count)s of them is late.", "%(count)s of them are late.", late, count=words.number(late))
    return f"{said} {more}"


def title_of(action: PublicAction, words: Words) -> str:
    """What an action is called, in the language where it is there."""
    titles = {language: each.title for language, each in action.words.items()}
    return spoken(titles, words.language, action.slug).text
