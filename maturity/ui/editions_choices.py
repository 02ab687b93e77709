"""What is in a draft of an edition: fields, actions, languages, texts and the day of the next update."""

from __future__ import annotations

import streamlit as st

from maturity.access.visibility import FIELDS
from maturity.operations import editions as made
from maturity.operations.editions import EditionChoices, Preview
from maturity.operations.public_settings import LICENCES
from maturity.roadmap.editions import LANGUAGES
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.help import plain
from maturity.words.edition_sentences import FIELD_NAMES, LANGUAGE_NAMES


def show_choices(here: PageContext, look: Preview, said: str) -> None:
    """The form; nothing is chosen beforehand."""
    kept, chosen = look.kept, made.choices_of(look.kept)
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
        st.form_submit_button("Save what is in it", on_click=_save, args=(here, look, key, said))


def _save(here: PageContext, look: Preview, key: str, said: str) -> None:
    state = st.session_state
    wanted, phases = set(state.get(f"{key}:actions") or ()), set(state.get(f"{key}:phases") or ())
    actions = tuple(code for code, _, phase, _ in look.every if code in wanted or phase in phases)
    texts = {
        part: {each: text for each in LANGUAGES if (text := (state.get(f"{key}:{part}:{each}") or "").strip())}
        for part in ("title", "lead")
    }
    with keeping_refusals():
        choices = EditionChoices(
            everything=bool(state.get(f"{key}:everything")), actions=actions,
            fields=tuple(state.get(f"{key}:fields") or ()), languages=tuple(state.get(f"{key}:languages") or ()),
            title=texts["title"], lead=texts["lead"], contact=state.get(f"{key}:contact") or "",
            licence=state.get(f"{key}:licence") or "", next_update_on=state.get(f"{key}:next"),
        )  # fmt: skip
        done = made.change_edition(here.workspace, here.visitor, look.kept.id, look.kept.row_version, choices)
        state[said] = f"What is in {plain(done.name)} is saved."
