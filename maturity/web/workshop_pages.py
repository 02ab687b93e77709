"""The phone's pages in a workshop, made from what is known of it: no store, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from starlette.responses import Response

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import Reveal
from maturity.assessment.workshop import Matter
from maturity.operations.workshop_joining import LONGEST_NAME, Door, NoWorkshop
from maturity.operations.workshop_seats import Paper, Seat
from maturity.operations.workshops import CODE_LENGTH
from maturity.web.small_page import small_page
from maturity.web.workshop_style import SCRIPT, STYLE
from maturity.words import phone_sentences as words

DONT_KNOW = "dont_know"
VOTE_IS_IN = "Your vote is in. You can change it until the reveal."
STAY = "Keep this page open."
NO_STORE = "Waymark cannot reach its store just now. Wait a moment, then try again: what was confirmed before is safe."
NOT_KEPT = "Waymark could not save this just now, so it does not count. Go back, and try again in a moment."
FOREIGN = "This form was not sent from a page of this Waymark, so nothing was done. Open the page itself and try again."
TOO_LONG = "This form is not one of ours, so nothing was done. Open the page anew and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a participant is shown: their seat, the paper and the reveal of the matter at hand, the papers of what was
    agreed, and the seconds that the server counts until the reveal is due."""

    seat: Seat
    paper: Paper | None = None
    reveal: Reveal | None = None
    agreed: tuple[tuple[Matter, Paper], ...] = ()
    seconds_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What stands in the join form: a ticket, and what was entered before where it is shown again."""

    ticket: str
    role: str = ""
    name: str = ""


def code_page(said: str = "", written: str = "", status: int = 200) -> Response:
    """The form for a join code."""
    title = "Join a workshop"
    return small_page(
        f"{said} {title}".strip(),
        _code_form(written, bool(said)),
        status=status,
        heading=title,
        above=_said(said),
        style=STYLE,
    )


def no_workshop_page(code: str, status: int = 404) -> Response:
    """No workshop takes people by this code: wrong, ended and forgotten ones get the same."""
    return code_page(str(NoWorkshop(code)), code, status)


def tries_page(seconds: int) -> Response:
    """Too many wrong codes from here: the same for right and wrong ones."""
    body = f"<p>{words.wait_after_tries(seconds)}</p>" + _code_form("", False)
    answer = small_page("Wait a moment", body, status=429, style=STYLE)
    answer.headers["retry-after"] = str(seconds)
    return answer


def join_page(code: str, door: Door, joined: Joined, said: str = "", status: int = 200) -> Response:
    """The form to join by: a role, and a name only where the round is held by name."""
    marked = ' aria-invalid="true" aria-describedby="alert"' if said else ""
    roles = "".join(
        f'<label class="choice"><input type="radio" name="role" value="{family}" required'
        f"{' checked' if family == joined.role else ''}{marked}>{escape(name)}</label>"
        for family, name in ROLE_FAMILIES.items()
    )
    name = f"""<label for="name">Your name <span class="hint">(you may leave this empty)</span></label>
<input class="text" id="name" name="name" maxlength="{LONGEST_NAME}" autocomplete="name" value="{escape(joined.name)}">
"""
    body = f"""<form method="post" action="/w/{escape(code)}/join">
<input type="hidden" name="ticket" value="{escape(joined.ticket)}">
<fieldset><legend>Your role</legend>{roles}</fieldset>
{name if door.asks_for_names else ""}<button type="submit">Join</button>
</form>
<p>{words.SECRET} {words.KEPT_OF_VOTES[door.anonymity]} Waymark keeps one cookie for a day,
which only says which seat is yours.</p>"""
    above = f'{_said(said)}<p class="where">{escape(door.name)}</p>'
    title = "Join the workshop"
    return small_page(f"{said} {title}".strip(), body, status=status, heading=title, above=above, style=STYLE)


def trouble_page(title: str, said: str, status: int, code: str = "") -> Response:
    """Something did not work: what, and what to do. With a code it looks by itself whether it works again."""
    body = f"<p>{escape(said)}</p>" + (_news(code, -1) if code else "")
    return small_page(title, body, status=status, style=STYLE, script=SCRIPT if code else "")


def seat_page(view: View, said: str = "", status: int = 200) -> Response:
    """What is now: wait, vote, your vote is in, revealed, agreed, parked, or ended."""
    shown = _shown(view)
    seat, above = view.seat, _said(said) + _said(shown.status, "status")
    where = " · ".join(filter(None, [shown.where, seat.participant.label]))
    return small_page(
        " ".join(filter(None, [said, shown.before, shown.heading])),
        shown.body + ("" if shown.last else _news(seat.workshop.code, seat.workshop.row_version)),
        status=status,
        heading=shown.heading,
        above=f'<p class="where">{escape(where)}</p>{above}',
        style=STYLE,
        script="" if shown.last else SCRIPT,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One state of the page: `before` stands before the heading in the title that is read out; `last` needs no news."""

    heading: str
    body: str
    where: str
    before: str = ""
    status: str = ""
    last: bool = False


def _shown(view: View) -> _Shown:
    seat, paper, matter = view.seat, view.paper, view.seat.matter
    if seat.workshop.status != "open":
        return _thanks(view)
    if matter is None or paper is None:
        what = "next" if seat.begun else "first"
        return _Shown(
            heading=seat.workshop.name,
            body=f"<p>You're in. Wait for the {what} question. {STAY}</p>",
            where="",
            before="You're in:",
        )
    if matter.phase == "voting":
        return _vote(view, paper, matter)
    before, body = {"revealed": _revealed, "settled": _settled}.get(matter.phase, _waiting)(view, paper, matter)
    return _Shown(heading=_question(paper), body=body, where=_where(view, paper, matter), before=before)


def _vote(view: View, paper: Paper, matter: Matter) -> _Shown:
    seat = view.seat
    buttons = "".join(
        _button(str(level), f"{level}. {name}", text, seat.voted and seat.vote == level)
        for level, (name, text) in enumerate(_levels(paper), start=1)
    )
    buttons += _button(DONT_KNOW, "I don't know", "", seat.voted and seat.vote is None)
    body = f"""{_story(paper)}<p>{"Tap another one to change your vote." if seat.voted else "Tap what fits best."}
<strong id="left" role="timer" data-seconds="{view.seconds_left}" data-over="{words.TIME_IS_UP}">\
{words.time_left(view.seconds_left)}</strong></p>
<form method="post" action="/w/{seat.workshop.code}/vote">
<input type="hidden" name="matter" value="{matter.id}"><input type="hidden" name="ballot" value="{matter.ballot}">
{buttons}</form>"""
    return _Shown(
        heading=_question(paper),
        body=body,
        where=_where(view, paper, matter),
        before="Voted:" if seat.voted else "Vote:",
        status=VOTE_IS_IN if seat.voted else "",
    )


def _waiting(view: View, paper: Paper, matter: Matter) -> tuple[str, str]:
    """The question before its vote, or put off."""
    if matter.phase == "parked":
        return "Parked:", f"<p>This question is parked for later. Wait for the next one. {STAY}</p>"
    levels = "".join(
        f'<div class="ahead"><b>{level}. {escape(name)}</b><span>{escape(text)}</span></div>'
        for level, (name, text) in enumerate(_levels(paper), start=1)
    )
    return "", f"{_story(paper)}<p>The vote opens soon. {STAY}</p>{levels}"


def _revealed(view: View, paper: Paper, matter: Matter) -> tuple[str, str]:
    own = f"<p><strong>{escape(words.own_vote(view.seat.voted, view.seat.vote, paper.levels))}</strong></p>"
    right = ""
    if paper.example is not None:
        level = words.level_said(paper.example.level, paper.levels)
        right = (
            f"<h2>The right level</h2><p><strong>{escape(_capital(level))}.</strong> {escape(paper.example.why)}</p>"
        )
    return "Revealed:", f"{own}{right}{_story(paper)}{_counts(view.reveal, paper)}<p>{STAY}</p>"


def _settled(view: View, paper: Paper, matter: Matter) -> tuple[str, str]:
    return "Agreed:", f"{_agreed(matter, paper)}<p>Wait for what is next. {STAY}</p>"


def _thanks(view: View) -> _Shown:
    agreed = "".join(
        f"<li>{escape(_asked(paper))}{_agreed(matter, paper)}</li>" for matter, paper in view.agreed if matter.outcome
    )
    body = f"<h2>What was agreed</h2><ul>{agreed}</ul>" if agreed else "<p>No question was settled in it.</p>"
    return _Shown(
        heading="Thank you",
        body=f"<p>The workshop has ended. You can close this page.</p>{body}",
        where=view.seat.workshop.name,
        last=True,
    )


def _counts(reveal: Reveal | None, paper: Paper) -> str:
    if reveal is None:
        return ""
    unsure = f" {words.did_not_know(reveal.dont_know)}" if reveal.dont_know else ""
    if reveal.counts is None or reveal.median is None or reveal.lowest is None or reveal.highest is None:
        return f"<p>{words.TOO_FEW}{unsure}</p>"
    rows = "".join(
        f'<tr><th scope="row">{level}. {escape(name)}</th><td>{words.votes(count)}</td></tr>'
        for level, (name, count) in enumerate(zip(paper.levels, reveal.counts, strict=False), start=1)
    )
    said = words.spread(reveal.median, reveal.lowest, reveal.highest)
    return f"<h2>How the room voted</h2><p>{said}{unsure}</p><table><tbody>{rows}</tbody></table>"


def _agreed(matter: Matter, paper: Paper) -> str:
    if matter.outcome is None:
        return ""
    level = _capital(words.level_said(matter.outcome.level, paper.levels))
    return f"<p>Agreed: <strong>{escape(level)}</strong>. {escape(matter.outcome.reason)}</p>"


def _button(value: str, name: str, text: str, given: bool) -> str:
    mark = '<span class="mark"><span aria-hidden="true">&#10003; </span>Your vote</span>' if given else ""
    descriptor = f"<span>{escape(text)}</span>" if text else ""
    return (
        f'<button class="level{" given" if given else ""}" name="level" value="{value}">'
        f"{mark}<b>{escape(name)}</b>{descriptor}</button>\n"
    )


def _levels(paper: Paper) -> list[tuple[str, str]]:
    """Name and descriptor of each level; of a question with markers, what must hold at it."""
    question = paper.question
    if question is None:
        return [(name, "") for name in paper.levels]
    marked = {
        level: " ".join(each.text for each in question.markers if each.level == level)
        for level in range(1, len(paper.levels) + 1)
    }
    texts = question.descriptors or tuple(marked.values())
    return list(zip(paper.levels, texts, strict=False))


def _question(paper: Paper) -> str:
    return paper.question.text if paper.question else "Worked example"


def _asked(paper: Paper) -> str:
    return f"{paper.department}: {_question(paper)}" if paper.department else _question(paper)


def _where(view: View, paper: Paper, matter: Matter) -> str:
    place = "Warm-up: worked example" if paper.warms_up else paper.department or view.seat.workshop.name
    return " · ".join(filter(None, [place, words.which_vote(matter.ballot)]))


def _story(paper: Paper) -> str:
    return f'<p class="story">{escape(paper.example.story)}</p>' if paper.example else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said(text: str, role: str = "alert") -> str:
    return f'<p class="said" id="{role}" role="{role}">{escape(text)}</p>\n' if text else ""


def _news(code: str, version: int) -> str:
    here = f"/w/{escape(code)}"
    return f"""<form method="get" action="{here}" id="news" data-here="{here}" data-version="{version}">
<button class="plain">Check for news</button></form>"""


def _code_form(written: str, wrong: bool) -> str:
    marked = ' aria-invalid="true" aria-describedby="hint alert"' if wrong else ' aria-describedby="hint"'
    return f"""<form method="get" action="/w">
<label for="code">Code of the workshop</label>
<p class="hint" id="hint">{CODE_LENGTH} letters and digits, as the screen in the room shows them.</p>
<input class="text code" id="code" name="code" value="{escape(written)}" required maxlength="20" autocomplete="off"
 autocapitalize="characters" spellcheck="false"{marked}>
<button type="submit">Go on</button>
</form>"""
