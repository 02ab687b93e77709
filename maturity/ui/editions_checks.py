"""What was found in an edition before it is published, and the way from each finding to what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from maturity.operations.editions import Check, Preview, choices_of
from maturity.roadmap.edition_checks import Finding, folded
from maturity.roadmap.editions import KeptEdition, Language, slug_of
from maturity.ui.context import PageContext
from maturity.ui.editions_classes import BOX as CLASSES_BOX
from maturity.ui.editions_seen import answer, may_here, show_answer, told
from maturity.ui.editions_words import show_words_to_mend
from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.words.edition_sentences import CHECKS, LANGUAGE_NAMES, PARTS, finding, places_sentence

Mended = Literal["contents", "words", "classes", "settled", "roadmap", "residents"]
"""Where a finding is mended: in the draft itself, in the words for residents, in the classes, in the plan, on the page
Residents, or nowhere any more: the reason of a withdrawn edition stays as it is."""
MOST_NAMED = 5
"""Actions of one finding that are named in its line; a box names them all."""
OF_WORDS = ("title", "plain", "outcome")


def mended_in(check: Check) -> Mended:
    """Where a finding is mended."""
    if check.code in ("words_missing", "outcome_missing", "no_words") or (check.slug and check.part in OF_WORDS):
        return "words"
    if check.code == "field_shut":
        return "classes"
    if check.part == "said":
        return "residents"
    if check.part == "withdrawn":
        return "settled"
    return "roadmap" if check.slug or check.part == "milestones" else "contents"


def anchor_of(kept: KeptEdition) -> str:
    """The anchor of the heading over the form of a draft."""
    return f"in-{kept.id}"


def show_checks(here: PageContext, look: Preview) -> None:
    """What stops the edition, then hints; of a published one nothing."""
    if look.kept.number:
        return
    st.markdown("### Checks")
    if not look.checks:
        st.write("Nothing was found.")
    hints = [each for each in look.checks if not each.stops]
    for title, found in (("It cannot go on before this is mended", look.stops), ("Hints", hints)):
        if found:
            _show_findings(here, look, title, found)


def _show_findings(here: PageContext, look: Preview, title: str, found: Sequence[Check]) -> None:
    together, titles, prepares = folded(found), titles_of(look), may_here(here, "publish")
    linked = prepares and look.kept.state == "draft"
    st.markdown(
        f"**{title}** ({len(together)})\n\n" + "\n".join(f"- {_line(look, e, titles, linked)}" for e in together)
    )
    long = [each for each in together if len(named(each, titles)) > MOST_NAMED]
    if long:
        with st.expander("Name every action", key=_key(look, found, "all")):
            st.markdown("\n".join(f"- {_said(each, titles, len(each.slugs))}" for each in long))
    if prepares:
        _show_ways(here, look, found)


def titles_of(look: Preview) -> dict[str, str]:
    """What every action is called inside, by its slug; one that is in the plan no longer, as residents read it."""
    gone = {each.slug: next(iter(each.words.values())).title for each in look.edition.gone if each.words}
    return gone | {slug_of(code): title for code, title, _, _ in look.every}


def named(each: Finding, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The actions of a finding, copies of one action in several departments once, with how many they are."""
    count = Counter(titles.get(slug, slug) for slug in each.slugs if slug)
    return tuple(f"“{title}”" + (f" ({many} departments)" if many > 1 else "") for title, many in count.items())


def _said(each: Finding, titles: Mapping[str, str], most: int = MOST_NAMED) -> str:
    sentence = finding(each.check.code, each.check.part, each.value)
    whole = PARTS.get(each.check.part, "") if each.slugs == ("",) and "{part}" not in CHECKS[each.check.code] else ""
    where = ", ".join(part for part in (LANGUAGE_NAMES.get(each.check.language or "", ""), whole) if part)
    return plain(places_sentence(named(each, titles), where, sentence, most))


def _line(look: Preview, each: Finding, titles: Mapping[str, str], linked: bool) -> str:
    said = _said(each, titles)
    return f"{said} [Mend it](#{anchor_of(look.kept)})" if linked and mended_in(each.check) == "contents" else said


def _key(look: Preview, found: Sequence[Check], name: str) -> str:
    return f"mend:{look.kept.id}:{'stops' if found[0].stops else 'hints'}:{name}"


def _show_ways(here: PageContext, look: Preview, found: Sequence[Check]) -> None:
    """From findings that are mended elsewhere: to the words of each action, to the classes, to other pages."""
    places = {mended_in(each) for each in found}
    if "words" in places:
        show_words_to_mend(here, words_to_mend(look, found), _key(look, found, "words"))
    if "classes" in places:
        place = _key(look, found, "classes")
        st.button("Open the classes", key=f"{place}:open", on_click=_open_classes, args=(place,))
        show_answer(place)
    with st.container(horizontal=True):
        if "roadmap" in places:
            link_to("roadmap", "Mend it in the roadmap", icon=":material/arrow_forward:")
        if "residents" in places:
            link_to("residents", "Mend it on Residents", icon=":material/arrow_forward:")


def words_to_mend(look: Preview, found: Sequence[Check]) -> tuple[tuple[str, Language], ...]:
    """The texts that findings name, as code and language, and those of chosen actions that were left out for want of
    words."""
    codes = {slug_of(code): code for code, _, _, _ in look.every}
    places: list[tuple[str, Language]] = [
        (codes[each.slug], each.language or "en") for each in found if mended_in(each) == "words" and each.slug in codes
    ]
    if any(each.code == "no_words" for each in found):
        chosen, language = choices_of(look.kept), look.edition.languages[0]
        places += [
            (code, language) for slug, code in codes.items() if chosen.has(code) and look.edition.action(slug) is None
        ]
    return tuple(dict.fromkeys(places))


def _open_classes(place: str) -> None:
    mine = told()
    st.session_state[CLASSES_BOX] = True
    answer(mine, place, lambda: "“Who may get to see what” is open above the editions.")
