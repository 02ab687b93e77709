"""Comments of residents: taken in from anybody, read by a moderator, published or refused, and answered.

The audit trail has who decided what about which comment and never a text. Texts that are not to be seen go after
`DAYS_KEPT` days, with whatever is done next to the organisation's comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, public_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.public_place import Flooded, NotPublished, note_received, place_of
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap import comments as rules
from maturity.roadmap.comments import DAYS_KEPT, KINDS, LONGEST_ANSWER, REASONS, Comment, Hint
from maturity.roadmap.editions import LANGUAGES, Language, Said, slug_of
from maturity.storage import people as stored_people
from maturity.storage import public_comments as stored
from maturity.storage.engine import Tx
from maturity.storage.revision import bump

MOST_AN_HOUR, MOST_WAITING = 60, 1_000
MEANWHILE = "this comment was moderated by somebody else meanwhile; look at what they did, then decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownComment:
    """A comment with what its action is called inside, "" for the whole roadmap, and what its moderator should look
    at; hints only of one that waits."""

    comment: Comment
    about: str = ""
    hints: tuple[Hint, ...] = ()


def receive(workspace: Workspace, slug: str, action: str | None, language: str, text: str, number: UUID) -> bool:
    """Takes in what somebody wrote at the address of an organisation, about an action (its slug or code) or about all.

    `number` is the form's own: the same form once more stores nothing and returns False. Refused as `NotPublished`,
    `Flooded`, or `CommentRefused` with a code for what is wrong with the text."""
    kept = rules.taken_in(text)

    def write(tx: Tx) -> bool:
        now, place = workspace.clock(), place_of(tx, slug)
        tx.alone(public_scope(place.id))
        if stored.comment_row(tx, number) is not None:
            return False
        if action is not None and place.edition.action(slug_of(action)) is None:
            raise NotPublished("this action is not in the public roadmap any more; write about the roadmap as a whole")
        hour = stored.received_since(tx, place.id, now - timedelta(hours=1))
        if hour >= MOST_AN_HOUR or stored.waiting_count(tx, place.id) >= MOST_WAITING:
            raise Flooded(place.edition.contact)
        code = _code(tx, place.id, action) if action is not None else None
        spoken = language if language in LANGUAGES else LANGUAGES[0]
        made = Comment(id=str(number), code=code, language=spoken, text=kept, received_at=now)
        stored.add_comment(tx, place.id, made)
        _forget(tx, place.id, now)
        note_received(tx, now, "receive comment", made.id)
        bump(tx, public_scope(place.id))
        return True

    return workspace.store.write(write)


def _code(tx: Tx, organisation_id: UUID, action: str) -> str:
    wanted = slug_of(action)
    return next((code for code in stored.action_titles(tx, organisation_id) if slug_of(code) == wanted), wanted)


def comments(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[KnownComment, ...]:
    """Every comment, those that wait first, then the newest; texts whose time is over are empty already."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    with workspace.store.reading() as tx:
        found = [_due_emptied(each, workspace.clock()) for each in stored.comments_of(tx, mine.id)]
        theirs = stored_people.ever_in(tx, mine.id)
        names = rules.known_names(each.name for each in stored_people.people(tx) if each.id in theirs)
        titles = stored.action_titles(tx, mine.id)
    about = {each.id: titles.get(each.code, each.code) if each.code else "" for each in found}
    waiting = [each for each in found if each.state == "waiting"]
    rest = [each for each in reversed(found) if each.state != "waiting"]
    times = Counter(rules.only_words(each.text) for each in found if each.text)
    return (
        *(KnownComment(comment=each, about=about[each.id], hints=_hints(each, names, times)) for each in waiting),
        *(KnownComment(comment=each, about=about[each.id]) for each in rest),
    )


def waiting_comments(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> int:
    """How many comments nobody has looked at yet."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    with workspace.store.reading() as tx:
        return stored.waiting_count(tx, mine.id)


def publish_comment(
    workspace: Workspace, visitor: Visitor, comment: Comment, shown: str | None = None, *, kind: str = "",
    answer: str = "",
) -> Comment:  # fmt: skip
    """Publishes a comment as it is, or as `shown`, which leaves words out and adds none; with an answer where there is
    one already. `comment` is as it was read."""
    require(visitor, "publish", organisation=None)
    wanted = _shown(comment, comment.text if shown is None else shown)
    known, said = _answer(kind, answer)
    changed = replace(comment, state="published", reason="", shown=wanted, kind=known, answer=said)
    return _moderate(workspace, visitor, comment, changed, "publish comment")


def refuse_comment(workspace: Workspace, visitor: Visitor, comment: Comment, reason: str) -> Comment:
    """Refuses a comment for one of `REASONS`, which is counted in the next edition. Its text goes after 30 days."""
    require(visitor, "publish", organisation=None)
    if not reason:
        raise Refused("choose a reason first; refusals are counted by it in the next edition")
    if reason not in REASONS:
        raise Refused(f"{reason!r} is no reason to refuse a comment; choose one of {', '.join(REASONS)}")
    changed = replace(comment, state="refused", reason=reason, shown="", kind="", answer="")
    return _moderate(workspace, visitor, comment, changed, "refuse comment")


def answer_comment(workspace: Workspace, visitor: Visitor, comment: Comment, kind: str, answer: str) -> Comment:
    """Says what became of a published comment; an empty answer of no kind takes the answer back."""
    require(visitor, "publish", organisation=None)
    if comment.state != "published":
        raise Refused("only a published comment can be answered; publish it first, with the answer where you have one")
    known, said = _answer(kind, answer)
    return _moderate(workspace, visitor, comment, replace(comment, kind=known, answer=said), "answer comment")


def reopen_comment(workspace: Workspace, visitor: Visitor, comment: Comment) -> Comment:
    """Undoes what was decided: the comment waits again, without reason, answer or what was shown of it. Editions that
    have it keep it. Refused once the text is gone."""
    require(visitor, "publish", organisation=None)
    if comment.state == "waiting":
        raise Refused("this comment waits already; publish or refuse it")
    changed = replace(comment, state="waiting", reason="", shown="", kind="", answer="")
    return _moderate(workspace, visitor, comment, changed, "reopen comment")


def forget_old_texts(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> int:
    """Deletes the texts whose time is over, and says how many those were; with none, nothing is written."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    with workspace.store.reading() as tx:
        found, now = stored.comments_of(tx, mine.id), workspace.clock()
    if not any(_due_emptied(each, now).text != each.text for each in found):
        return 0
    write: Callable[[Tx, datetime], int] = lambda tx, now: _forget(tx, mine.id, now)  # noqa: E731
    return change(
        workspace, visitor, write, scope=public_scope(mine.id), verb="delete texts of comments", subject=mine.name
    )


def said(tx: Tx, organisation_id: UUID, slugs: Collection[str] | None = None) -> tuple[Said, ...]:
    """You said, we did: what is published now, the newest first. A comment on an action that is not among `slugs` is
    about the whole roadmap there."""
    published = [each for each in stored.comments_of(tx, organisation_id) if each.state == "published"]
    return tuple(_said(tx, organisation_id, each, slugs) for each in reversed(published))


def _said(tx: Tx, organisation_id: UUID, comment: Comment, slugs: Collection[str] | None) -> Said:
    slug = slug_of(comment.code) if comment.code else ""
    language: Language = "es" if comment.language == "es" else "en"
    moment = comment.moderated_at if comment.kind else None
    return Said(
        slug=slug if slugs is None or slug in slugs else "",
        language=language,
        text=comment.shown,
        kind=comment.kind,
        answer=comment.answer,
        answered_on=local_day(tx, organisation_id, moment) if moment else None,
    )


def refused_counts(tx: Tx, organisation_id: UUID) -> dict[str, int]:
    """How many comments were ever refused, by reason; reasons without any are left out."""
    return rules.refused_by_reason(stored.comments_of(tx, organisation_id))


def _moderate(workspace: Workspace, visitor: Visitor, read: Comment, wanted: Comment, verb: str) -> Comment:
    """Writes a decision over the comment as it was read. The same decision once more is the one that is there."""
    comment_id = identity(read.id, "a comment")
    with workspace.store.reading() as tx:
        found = stored.comment_row(tx, comment_id)
    if found is None:
        raise Refused("this comment is not in the list; load the page again")
    organisation_id = found[0]
    require(visitor, "publish", organisation=organisation_id)

    def write(tx: Tx, now: datetime) -> Comment:
        there = stored.comment_row(tx, comment_id)
        assert there, "comments are never deleted"
        current = _due_emptied(there[1], now)
        if current.row_version != read.row_version:
            if _decided(current) == _decided(wanted):
                raise _DecidedAlready(current)
            raise Changed(MEANWHILE)
        if wanted.state != "refused" and not current.text:
            raise Refused(f"the text of this comment was deleted {DAYS_KEPT} days after it was refused; it is gone")
        made = replace(wanted, text=current.text, moderated_by=visitor.name, moderated_at=now)
        version = stored.moderate_comment(tx, made, read.row_version)
        if version is None:
            raise Changed(MEANWHILE)
        _forget(tx, organisation_id, now)
        return replace(made, row_version=version)

    detail = {"state": wanted.state, "reason": wanted.reason, "kind": wanted.kind, "shortened": wanted.shortened}
    try:
        return change(
            workspace, visitor, write, scope=public_scope(organisation_id), verb=verb, subject=read.id, detail=detail
        )
    except _DecidedAlready as once_more:
        return once_more.there


class _DecidedAlready(Exception):
    """A second click: the decision is there, so that nothing is written and nothing is noted twice."""

    def __init__(self, there: Comment) -> None:
        super().__init__(there.id)
        self.there = there


def _decided(comment: Comment) -> tuple[str, ...]:
    return (comment.state, comment.reason, comment.shown, comment.kind, comment.answer)


def _shown(comment: Comment, shown: str) -> str:
    try:
        return rules.published_text(comment.text, shown)
    except rules.CommentRefused as refused:
        if refused.code == "added":
            said = "what is published of a comment may leave words out and add none; put your own words into the answer"
        else:
            said = "nothing would be left of this comment; refuse it with a reason instead"
        raise Refused(said) from None


def _answer(kind: str, answer: str) -> tuple[str, str]:
    """Kind and text of an answer, both or neither."""
    text = rules.cleaned(answer)
    if not kind and not text:
        return "", ""
    if not kind:
        raise Refused("choose what came of it first; the answer stands below it")
    if kind not in KINDS:
        raise Refused(f"{kind!r} is no kind of answer; choose one of {', '.join(KINDS)}")
    if not text:
        raise Refused("the answer is empty; say in a sentence what became of the comment")
    if len(text) > LONGEST_ANSWER:
        raise Refused(f"the answer has {len(text)} characters, at most {LONGEST_ANSWER} are kept; shorten it")
    return kind, text


def _hints(comment: Comment, names: Collection[str], times: Mapping[str, int]) -> tuple[Hint, ...]:
    return rules.hints(comment.text, names=names, repeated=times[rules.only_words(comment.text)] > 1)


def _due_emptied(comment: Comment, now: datetime) -> Comment:
    """The comment as it will be once the texts whose time is over are gone: nobody reads them until then."""
    if comment.moderated_at is None or rules.kept_until(comment.moderated_at) > now:
        return comment
    return replace(comment, text="" if comment.state == "refused" else comment.shown or comment.text)


def _forget(tx: Tx, organisation_id: UUID, now: datetime) -> int:
    return stored.forget_texts(tx, organisation_id, now - timedelta(days=DAYS_KEPT))
