"""What the site says about an edition in sentences: all is computed from what was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from maturity.publishing.site.history import KINDS
from maturity.publishing.site.languages import Words
from maturity.publishing.site.spoken import Spoken, spoken
from maturity.roadmap.editions import Edition, PublicAction, PublicMilestone
from maturity.roadmap.ledger import EditionChange


def headline(edition: Edition, words: Words) -> str:
    """Where the roadmap stands, in one sentence with its numbers."""
    count = len(edition.actions)
    if not count:
        return words.gettext("No actions are published yet.")
    stands = Counter(each.status for each in edition.actions)
    if stands[None] == count:
        return words.ngettext("We have published %(count)s action.", "We have published %(count)s actions.", count)
    done, on_track, late, waiting = (stands[each] for each in ("done", "on_track", "late", "not_started"))
    parts = (
        (done, words.ngettext("%(count)s is done", "%(count)s are done", done)),
        (on_track, words.ngettext("%(count)s is on track", "%(count)s are on track", on_track)),
        (late, words.ngettext("%(count)s is late", "%(count)s are late", late)),
        (waiting, words.ngettext("%(count)s has not started", "%(count)s have not started", waiting)),
    )
    of = words.ngettext("Of %(count)s action", "Of %(count)s actions", count)
    return words.gettext("%(of)s, %(parts)s.", of=of, parts=words.listed([said for some, said in parts if some]))


def summary(edition: Edition, words: Words) -> list[str]:
    """What is furthest behind and why, what has moved, and what comes next; only what is true of this edition. Names
    in them are marked with their language."""
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
    )


def _moved(edition: Edition, words: Words) -> str:
    moved = sum(1 for each in edition.actions if each.moves)
    if not moved:
        return ""
    return words.ngettext(
        "The dates of %(count)s action have moved since we first promised them; its page says why.",
        "The dates of %(count)s actions have moved since we first promised them; their pages say why.",
        moved,
    )


def _next_milestone(edition: Edition, words: Words) -> str:
    ahead = [each for each in edition.milestones if each.on >= edition.published_on and not each.reached]
    if not ahead:
        return ""
    first: PublicMilestone = min(ahead, key=lambda each: each.on)
    when = words.when(first.on, "month")
    name = spoken({(edition.languages or ("en",))[0]: first.name}, words.language)
    return words.gettext("The next milestone is \u201c%(name)s\u201d, due in %(when)s.", name=name, when=when)


def timeline_said(edition: Edition, actions: Sequence[PublicAction], words: Words) -> str:
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
        first=words.when(first, "month"),
        last=words.when(last, "month"),
    )
    behind = words.ngettext("%(count)s of them is late.", "%(count)s of them are late.", late)
    return f"{said} {behind}" if late else said


def step_said(found: Sequence[EditionChange], words: Words) -> str:
    """How much changed in an edition, in one sentence."""
    counts = {kind: len({(each.slug, each.number) for each in found if each.kind == kind}) for kind in KINDS}
    done, moved, late, entered, left = (counts[each] for each in ("done", "moved", "late", "entered", "left"))
    parts = (
        (done, words.ngettext("%(count)s action is done", "%(count)s actions are done", done)),
        (moved, words.ngettext("%(count)s action moved", "%(count)s actions moved", moved)),
        (late, words.ngettext("%(count)s became late", "%(count)s became late", late)),
        (entered, words.ngettext("%(count)s is new", "%(count)s are new", entered)),
        (left, words.ngettext("%(count)s left", "%(count)s left", left)),
    )
    said = words.listed([one for some, one in parts if some])
    return f"{said[0].upper()}{said[1:]}." if said else words.gettext("No action changed.")


def later_said(days: int, words: Words) -> str:
    """How far a date moved."""
    if days > 0:
        return words.ngettext("%(count)s day later", "%(count)s days later", days)
    return words.ngettext("%(count)s day earlier", "%(count)s days earlier", -days)


def title_of(action: PublicAction, words: Words) -> Spoken:
    """What an action is called, in the language where it is there."""
    titles = {language: each.title for language, each in action.words.items()}
    return spoken(titles, words.language, action.slug)
