"""What is in a draft of an edition: fields, actions, languages, texts and the day of the next update."""

from __future__ import annotations

import streamlit as st

from maturity.access.visibility import FIELDS
from maturity.operations.edition_drafting import EditionChoices, change_edition
from maturity.operations.editions import Preview, choices_of
from maturity.operations.errors import Changed
from maturity.operations.public_settings import LICENCES
from maturity.roadmap.editions import LANGUAGES, KeptEdition
from maturity.ui.context import PageContext
from maturity.ui.editions_seen import answer, show_answer, told
from maturity.ui.help import plain
from maturity.words.edition_sentences import FIELD_NAMES, LANGUAGE_NAMES


def show_choices(here: PageContext, look: Preview) -> None:
    """The form; nothing is chosen beforehand. What somebody else's save kept out is there again."""
    kept = look.kept
    chosen = told().unsaved.get(kept.id) or choices_of(kept)
    key = f"choices:{kept.id}:{kept.row_version}"
    titles = {code: f"{phase}. {title}{f' ({place})' if place else ''}" for code, title, phase, place in look.every}
    with st.form(key, border=False):
        st.multiselect(
            "Fields that residents see", list(FIELDS), default=list(chosen.fields), key=f"{key}:fields",
            format_func=lambda each: FIELD_NAMES[each],
        )  # fmt: skip
        st.checkbox("Every action of the plan", value=chosen.everything, key=f"{key}:everything")
        phases = sorted({phase for _, _, phase, _ in look.every})
        st.multiselect("Every action of these phases", phases, key=f"{key}:phases")
        st.multiselect(
            "Single actions", list(titles), default=[each for each in chosen.actions if each in titles],
            key=f"{key}:actions", format_func=lambda each: titles[each],
        )  # fmt: skip
        st.multiselect(
            "Languages", list(LANGUAGES), default=list(chosen.languages), key=f"{key}:languages",
            format_func=lambda each: LANGUAGE_NAMES[each],
        )  # fmt: skip
        for language in LANGUAGES:
            st.text_input(
                f"Title in {LANGUAGE_NAMES[language]}, empty for the usual one", value=chosen.title.get(language, ""),
                max_chars=120, key=f"{key}:title:{language}",
            )  # fmt: skip
            st.text_area(
                f"Introduction in {LANGUAGE_NAMES[language]}", value=chosen.lead.get(language, ""),
                max_chars=1_000, height=80, key=f"{key}:lead:{language}",
            )  # fmt: skip
        st.text_input("Where people are heard (mail or web)", value=chosen.contact, key=f"{key}:contact")
        licences = list(LICENCES)
        st.selectbox(
            "Licence", licences, index=licences.index(chosen.licence), key=f"{key}:licence",
            format_func=lambda each: LICENCES[each],
        )  # fmt: skip
        st.date_input("Next update due on", value=chosen.next_update_on, key=f"{key}:next", format="DD/MM/YYYY")
        st.form_submit_button("Save what is in it", on_click=_save, args=(here, look, key))
    show_answer(key_of(kept))


def key_of(kept: KeptEdition) -> str:
    """The place of the form of a draft, whatever was saved in it meanwhile."""
    return f"choices:{kept.id}"


def _chosen(look: Preview, key: str) -> EditionChoices:
    state = st.session_state
    wanted, phases = set(state.get(f"{key}:actions") or ()), set(state.get(f"{key}:phases") or ())
    texts = {
        part: {each: text for each in LANGUAGES if (text := (state.get(f"{key}:{part}:{each}") or "").strip())}
        for part in ("title", "lead")
    }
    return EditionChoices(
        everything=bool(state.get(f"{key}:everything")),
        actions=tuple(code for code, _, phase, _ in look.every if code in wanted or phase in phases),
        fields=tuple(state.get(f"{key}:fields") or ()), languages=tuple(state.get(f"{key}:languages") or ()),
        title=texts["title"], lead=texts["lead"], contact=state.get(f"{key}:contact") or "",
        licence=state.get(f"{key}:licence") or "", next_update_on=state.get(f"{key}:next"),
    )  # fmt: skip


def _save(here: PageContext, look: Preview, key: str) -> None:
    mine, kept, choices = told(), look.kept, _chosen(look, key)

    def deed() -> str:
        try:
            done = change_edition(here.workspace, here.visitor, kept.id, kept.row_version, choices)
        except Changed:
            mine.unsaved[kept.id] = choices
            raise
        mine.unsaved.pop(kept.id, None)
        return f"What is in {plain(done.name)} is saved."

    answer(mine, key_of(kept), deed, once=key)
