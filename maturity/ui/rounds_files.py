"""Files that come in: answers into a round, and frameworks."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from maturity.access.permissions import may
from maturity.framework.model import FrameworkError
from maturity.operations.errors import Refused
from maturity.operations.frameworks import framework_versions, import_framework, read_framework_file
from maturity.operations.imports import BadRows, import_answers
from maturity.operations.setup import Organisation
from maturity.ui import cached
from maturity.ui.context import REFUSALS, PageContext, sentence
from maturity.ui.help import plain
from maturity.words.messages import counted

MEGABYTES = 10
COLUMNS_SAID = (
    "The columns `department`, `question_id` and `answer` are needed; `respondent`, `points`, `comment`, `evidence` "
    "and `confidence` are optional. An answer is a level, its name, an option, “don't know” or “not applicable”."
)
NEW = "A new round"
MEND = ". Mend them or give --skip-bad-rows"


@contextmanager
def on_disk(file: UploadedFile) -> Iterator[Path]:
    """An uploaded file under its own name, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(file.name).name or "upload")
        path.write_bytes(file.getbuffer())
        yield path


@st.fragment
def show_answers_import(here: PageContext, organisation: Organisation) -> None:
    """A CSV of answers into a new or an existing round; every bad row is named before anything is written."""
    st.write(COLUMNS_SAID)
    file = st.file_uploader("Answers file (CSV)", type=["csv", "txt"], key="answers_file", max_upload_size=MEGABYTES)
    versions = framework_versions(here.workspace, here.visitor)
    labels = {each.code: f"{each.name} {each.version}" for each in versions}
    code = st.selectbox("Questionnaire", list(labels), key="answers_framework", format_func=labels.__getitem__)
    taking = [
        each.name for each in cached.every_round(here) if each.status in ("draft", "open") and each.framework.id == code
    ]
    chosen = st.selectbox("Into which round?", [NEW, *taking], key="answers_round")
    name = chosen
    if chosen == NEW:
        name = st.text_input("Name of the new round; it is closed afterwards", key="answers_round_name", max_chars=120)
    skip = st.checkbox("Leave bad rows out, and say how many there were", key="answers_skip")
    if st.button("Import the answers", type="primary", disabled=file is None) and file is not None:
        _import_answers(here, organisation, file, code, name, skip)


def _import_answers(
    here: PageContext, organisation: Organisation, file: UploadedFile, code: str, name: str, skip: bool
) -> None:
    bar = st.progress(0.0, text="Reading the file…")

    def tell(so_far: int, of: int) -> None:
        bar.progress(so_far / max(of, 1), text=f"{so_far:,} of {of:,} answers")

    try:
        if not name.strip():
            raise Refused("the new round needs a name; enter one, such as Spring 2027")
        with on_disk(file) as path:
            done = import_answers(
                here.workspace,
                here.visitor,
                path,
                framework=code,
                round_name=name.strip(),
                organisation=organisation.name,
                skip_bad_rows=skip,
                told=tell,
            )
    except BadRows as error:
        bar.empty()
        show_bad_rows(str(error))
        return
    except REFUSALS as error:
        bar.empty()
        st.error(sentence(error), icon=":material/block:")
        return
    left_out = f" {counted(done.left_out, 'bad row')} left out." if done.left_out else ""
    st.session_state["_said"] = (
        f"{counted(done.answers, 'answer')} of {counted(done.respondents, 'respondent')} in "
        f"{counted(done.departments, 'department')} imported into {done.round}.{left_out}"
    )
    st.rerun()


def show_bad_rows(words: str) -> None:
    """The refusal of a file with bad rows: the sentence first, then a line for each row."""
    head, *rows = re.split(r"[:;] (?=line \d+: |and \d+ more)", words.removesuffix(MEND))
    st.error(f"{plain(head)}. Mend the rows, or tick “Leave bad rows out”.", icon=":material/block:")
    st.markdown("\n".join(f"- {plain(row)}" for row in rows))


@st.fragment
def show_framework_import(here: PageContext) -> None:
    """A framework file: checked as a whole, then kept. A table (CSV) needs an id."""
    st.write(
        "A YAML file, or a table (CSV) with the columns `question_id`, `dimension_id`, `indicator_id` and `max_points`."
    )
    file = st.file_uploader(
        "Framework file", type=["yaml", "yml", "csv"], key="framework_file", max_upload_size=MEGABYTES
    )
    code = st.text_input("Id; empty takes the file's own", key="framework_code", max_chars=64)
    if file is None:
        return
    allowed = may(here.visitor, "administer")
    with st.container(horizontal=True):
        check = st.button("Check the file")
        keep = st.button("Check and keep it", type="primary", disabled=not allowed)
    if check or keep:
        _read_framework(here, file, code or "", keep)


def _read_framework(here: PageContext, file: UploadedFile, code: str, keep: bool) -> None:
    try:
        with on_disk(file) as path:
            framework = read_framework_file(path, code=code.strip() or None)
        if keep:
            import_framework(here.workspace, here.visitor, framework)
    except (FrameworkError, *REFUSALS) as error:
        st.error(plain(str(error)), icon=":material/block:")
        return
    questions = counted(len(framework.questions), "question")
    kept = "It is kept: choose it for a new round." if keep else "The file is sound; nothing was kept yet."
    st.success(f"{plain(framework.name)} {plain(framework.version)} with {questions}. {kept}")
