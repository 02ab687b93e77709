"""The privacy notice, made from what the program does and what the organisation has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.words.answering import BEFORE, FEW, KNOWN, NAMED_SPREAD, SPREAD
from maturity.words.messages import FEWEST_SHOWN, counted

WAYS: Mapping[str, str] = {
    "named": "A round held under names",
    "pseudonymous": "A round held under numbers",
    "anonymous": "An anonymous round",
}
"""What a round is called here, by how it is held."""
NO_CONTACT = "Nobody is named yet. Ask whoever invited you."


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyFacts:
    """What the notice is made from. Months count from the day somebody left, days from when a link or session ended;
    `session_hours` is how long a browser stays signed in."""

    organisation: str
    contact: str
    retention_months: int
    expired_days: int
    session_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it: sentences, then lines of a list."""

    heading: str
    sentences: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def privacy_notice(facts: PrivacyFacts) -> tuple[Section, ...]:
    """The whole notice, in the order in which people ask."""
    return (
        Section(
            heading="Who is responsible",
            sentences=(
                f"{facts.organisation} runs this assessment and decides what is kept.",
                f"Questions and requests about your data: {facts.contact}." if facts.contact else NO_CONTACT,
            ),
        ),
        Section(
            heading="Why it is kept",
            sentences=(
                "To find out how well the organisation uses data, where it should improve, and what to do about it. "
                "It is about departments, not about you: nobody is measured as a person.",
            ),
        ),
        Section(heading="What is kept about you", lines=_kept(facts)),
        Section(
            heading="Who sees it",
            sentences=(BEFORE,),
            lines=tuple(f"**{name}.** {' '.join(KNOWN[way])}" for way, name in WAYS.items()) + _together(),
        ),
        Section(heading="How long it is kept", lines=_how_long(facts)),
        Section(heading="What you can ask for", lines=_rights()),
    )


def _kept(facts: PrivacyFacts) -> tuple[str, ...]:
    return (
        "Your name, your e-mail address where it was given, and your account's number where you sign in at a provider.",
        "The roles you were given, and when you were invited and reminded.",
        "When your personal links were made and used. Of the link itself only a fingerprint is kept, by which it can "
        "be recognised.",
        f"Which browsers you came in with, as they describe themselves; a browser stays signed in for "
        f"{counted(facts.session_hours, 'hour')}.",
        "Your answers with every change you made to them, your comments, notes and evidence.",
        "What you decided, reported or signed off, with your reasons.",
        "Of a workshop that you join by its code: a number, your role, when you joined and what you voted, and your "
        "name only where you gave it in a round held under names. You do not sign in there, so nothing else says that "
        "it was you, and your download does not have it.",
        "An audit trail of what was changed, by whom and when. It holds a number in place of your name.",
        "The only cookies are those that keep you signed in, keep your seat in a workshop, and guard the forms. No "
        "other server is told that you were here.",
    )


def _together() -> tuple[str, ...]:
    return (
        f"**Differences.** In a round held under names: {NAMED_SPREAD} In other rounds: {SPREAD} {FEW} "
        f"Results by role are shown only where at least {FEWEST_SHOWN} people of a role answered.",
        "**Who takes part.** The data team sees who was invited and, except in anonymous rounds, who has sent. Of "
        "answers that were not sent it sees how many there are, never what they say.",
        f"**Workshops.** Until a vote is revealed nobody sees it. Then all see how many chose which level, and nothing "
        f"where fewer than {FEWEST_SHOWN} chose one. Whoever runs the workshop sees who is in the room and, "
        "after its end, what each voted: in a round held under names by name or number, in one held under numbers by "
        f"number from {FEWEST_SHOWN} votes on. In an anonymous round votes part from participants at the end, and "
        "nobody can tell.",
        "**Partnerships.** Your organisation may give its own scores to a partnership: nothing of a department, and "
        f"nothing where fewer than {FEWEST_SHOWN} people answered in all.",
    )


def _how_long(facts: PrivacyFacts) -> tuple[str, ...]:
    return (
        f"Whoever has left is due to be erased {counted(facts.retention_months, 'month')} later, or earlier on "
        "request. The administrators are shown who is due.",
        "Erased are name and address, comments, notes and evidence, and every answer that was not sent. The levels "
        "that were chosen stay without the name, so that results do not change afterwards.",
        f"A name that you gave in a workshop goes {counted(facts.retention_months, 'month')} after it, or earlier: "
        "whoever ran it can take it off at any time. The votes stay without it.",
        f"Personal links and sessions are removed {counted(facts.expired_days, 'day')} after they have ended.",
        "Backups still hold what was erased after they were made. When one is restored, the administrators erase the "
        "same people again, from a list that they keep beside the backups.",
    )


def _rights() -> tuple[str, ...]:
    return (
        "See and download everything that is kept about you, under **My data**.",
        "Have your name or address corrected, or be erased: ask the contact above. My data has a text for it, ready to "
        "send.",
        "End all your sessions at once, under **My data**.",
        "Complain to the data protection authority, if you think that your data is not treated as it should be.",
    )


def erasure_request(name: str, organisation: str, reference: str) -> str:
    """A text that somebody can send as it is; `reference` is the person's id, by which they are found."""
    return (
        f"Subject: Erase my data in Waymark\n\n"
        f"Hello,\n\nmy name is {name}. Erase what Waymark holds about me at {organisation}: my name and address, my "
        "comments, notes and evidence, and my unsent answers. I know that the levels of my sent answers stay without "
        f"my name.\n\nMy reference is {reference}.\n\nTell me when it is done.\n\n{name}\n"
    )
