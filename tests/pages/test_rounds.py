"""Rounds and departments: created, opened, closed; the table of departments; files with and without bad rows."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.assessment.terms import RoundTerms
from maturity.operations import rounds, setup
from maturity.operations.errors import Refused
from maturity.ui.rounds_departments import departments_from_table, departments_table
from maturity.ui.rounds_files import MEGABYTES

from .conftest import open_page, seen_as
from .town import answered, founded, own_store

Start = Callable[..., AppTest]
ANSWERS = "department,question_id,answer\nParks,a,2\nHousing,a,High\n"


def tab(start: Start, name: str) -> AppTest:
    at = start()
    at.session_state["rounds_tab"] = name
    at = open_page(at, "rounds")
    assert not at.exception
    return at


def keep_tab(at: AppTest, name: str) -> AppTest:
    """AppTest forgets between runs which tab is open."""
    at.session_state["rounds_tab"] = name
    return at.run()


def words(at: AppTest) -> str:
    kinds = ("markdown", "info", "error", "success")
    return "\n".join(each.value for kind in kinds for each in at.main.get(kind)).replace("\\", "")


def press(at: AppTest, label: str, name: str) -> AppTest:
    next(each for each in at.button if each.label == label).click()
    return keep_tab(at, name)


def test_without_an_organisation_it_leads_home(start: Start) -> None:
    assert "Nothing is set up in this store yet" in words(open_page(start(), "rounds"))


def test_the_list_says_who_has_sent(start: Start) -> None:
    answered(founded(), "parks", 2)
    said = words(tab(start, "Rounds"))
    assert "**Open for answers**, from 2 March 2026 to 1 April 2036" in said
    assert "1 of 2 departments have sent. 1 person sent, 0 still answering." in said
    assert "Every department counts the same" in said


def stored(name: str = "Spring") -> rounds.Round:
    return rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, name)


def test_a_round_is_opened_closed_signed_off_and_reopened(start: Start) -> None:
    founded(opened=False)
    at = tab(start, "Rounds")
    assert "**:material/radio_button_checked: Draft** :material/arrow_forward: Open" in words(at)
    at = press(at, "Open Spring", "Rounds")
    assert stored().status == "open"
    said = words(at)
    assert ":material/check: Draft :material/arrow_forward: **:material/radio_button_checked: Open**" in said
    assert any("Nobody has sent answers yet" in each.value for each in at.warning)
    at = press(at, "Close the round", "Rounds")
    assert stored().status == "closed"
    at = press(at, "Reopen the round", "Rounds")
    assert "The reason for reopening the round is missing; enter it." in words(at) and stored().status == "closed"
    at = press(at, "Sign off the round", "Rounds")
    assert stored().status == "signed_off"
    assert "Signed off by Local administrator on" in words(at) and "Seal " in words(at)
    next(each for each in at.text_input if each.label.startswith("Why is it reopened")).set_value("Parks was away")
    at = press(at, "Reopen the round", "Rounds")
    assert (stored().status, stored().closes_on) == ("open", None)
    assert not at.exception


def test_the_terms_are_said_with_what_they_keep_and_lose(start: Start) -> None:
    founded()
    said = words(tab(start, "Rounds"))
    assert "- Named answers. The data team and the head of the department see who said what." in said
    assert "- At least 1 person, some of the front line, is wanted from each department." in said
    assert "- Heads of department see their result 5 working days before others do" in said
    assert "Small 1, full track, 6 questions, 2 topics" in said


def test_closing_warns_of_what_is_missing(start: Start) -> None:
    round_ = founded()
    answered(round_, "parks", 2)
    at = tab(start, "Rounds")
    assert [each.value for each in at.warning] == [
        "Housing has fewer than the 1 person wanted who sent answers\\.",
        "Nobody of the front line has sent answers in Parks\\.",
    ]


def test_a_draft_is_changed_and_an_open_round_in_its_days_and_wishes(start: Start) -> None:
    made = founded(opened=False)
    at = tab(start, "Rounds")
    at.session_state[f"change-{made.id}"] = True
    at = keep_tab(at, "Rounds")
    key = f"change_{made.id}_{made.row_version}"
    at.text_input(key=f"{key}_name").set_value("Summer")
    at.radio(key=f"{key}_anonymity").set_value("pseudonymous")
    at.multiselect(key=f"{key}_topics_small").set_value(["two"])
    at.multiselect(key=f"{key}_departments").set_value(["housing"])
    at = press(at, "Save the round", "Rounds")
    now = stored("Summer")
    assert "The round Summer is saved." in words(at)
    assert (now.terms.anonymity, now.terms.topics, list(now.names)) == ("pseudonymous", ("two",), ["housing"])
    at = press(at, "Open Summer", "Rounds")
    now = stored("Summer")
    at.session_state[f"change-{now.id}"] = True
    at = keep_tab(at, "Rounds")
    key = f"change_{now.id}_{now.row_version}"
    assert not [each for each in at.radio if each.key == f"{key}_anonymity"]
    at.number_input(key=f"{key}_least").set_value(4)
    at.checkbox(key=f"{key}_front_line").uncheck()
    press(at, "Save the round", "Rounds")
    assert (stored("Summer").terms.least_respondents, stored("Summer").terms.front_line) == (4, False)


def test_what_cannot_be_is_refused_in_words(start: Start) -> None:
    made = founded(opened=False)
    at = tab(start, "Rounds")
    at.session_state[f"change-{made.id}"] = True
    at = keep_tab(at, "Rounds")
    at.multiselect(key=f"change_{made.id}_{made.row_version}_departments").set_value([])
    at = press(at, "Save the round", "Rounds")
    assert "A round needs at least one department; add departments first." in words(at)


def test_a_new_round_with_fewer_departments_by_staff(start: Start) -> None:
    founded()
    at = tab(start, "New round")
    at.text_input(key="round_name").set_value("Autumn")
    at.multiselect(key="round_departments").set_value(["housing"])
    at.radio(key="round_weights").set_value("staff")
    at.radio(key="round_anonymity").set_value("anonymous")
    at.number_input(key="round_lead_days").set_value(0)
    at = press(at, "Create the round", "New round")
    made = rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "Autumn")
    assert (made.status, list(made.names), made.weights) == ("draft", ["housing"], "staff")
    assert made.terms == RoundTerms(anonymity="anonymous", lead_days=0)
    assert "is created" in words(at)
    at.text_input(key="round_name").set_value("Autumn")
    at = press(at, "Create the round", "New round")
    assert "exists already; choose another name" in words(at)


def test_the_partner_check_can_be_chosen(start: Start) -> None:
    founded()
    at = tab(start, "New round")
    assert any("Partner readiness" in option for option in at.selectbox(key="round_framework").options)
    at.selectbox(key="round_framework").set_value("partner-readiness")
    at.text_input(key="round_name").set_value("Partners")
    press(at, "Create the round", "New round")
    assert rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "Partners").framework.id == "partner-readiness"


def test_the_table_of_departments_goes_there_and_back(start: Start) -> None:
    founded()
    at = tab(start, "Departments")
    assert [each.label for each in at.main.button] == ["Save the departments"]
    mine = setup.organisation(own_store(), LOCAL_ADMINISTRATOR)
    assert mine is not None
    assert departments_from_table(departments_table(mine.departments)) == mine.departments


def test_rows_are_ordered_renamed_placed_and_added() -> None:
    table = departments_table(setup.departments_from_lines("Parks; 10\nHousing; 30"))
    table.loc[0, "Order"] = 90
    table.loc[1, "Department"] = "Homes"
    table.loc[0, "Part of"] = "Homes"
    table.at[1, "Tags"] = ["people"]
    new = pd.DataFrame([{"Department": "Legal advice", "Staff": None, "Tags": None}])
    made = departments_from_table(pd.concat([table, new], ignore_index=True))
    assert [(each.code, each.name, each.parent, each.staff) for each in made] == [
        ("housing", "Homes", None, 30),
        ("parks", "Parks", "housing", 10),
        ("legal-advice", "Legal advice", None, None),
    ]
    assert made[0].tags == {"people"}


def test_a_row_that_cannot_be_is_refused_in_words() -> None:
    table = departments_table(setup.departments_from_lines("Parks\nHousing"))
    table.loc[0, "Part of"] = "Gone"
    with pytest.raises(Refused, match="'Parks' is part of 'Gone', which is not in the table"):
        departments_from_table(table)
    table.loc[0, ["Department", "Part of"]] = ["Housing", None]
    with pytest.raises(Refused, match="stands twice"):
        departments_from_table(table)


def upload(at: AppTest, key: str, name: str, text: str, kind: str = "text/csv") -> None:
    at.file_uploader(key=key).set_value((name, text.encode(), kind))


def test_answers_are_imported_into_a_new_round(start: Start) -> None:
    founded()
    at = tab(start, "Import answers")
    upload(at, "answers_file", "answers.csv", ANSWERS)
    at.selectbox(key="answers_framework").set_value("small")
    at.text_input(key="answers_round_name").set_value("From a file")
    at = keep_tab(at, "Import answers")
    at = press(at, "Import the answers", "Import answers")
    assert "2 answers of 2 respondents in 2 departments imported into From a file." in words(at)
    assert rounds.find_round(own_store(), LOCAL_ADMINISTRATOR, "From a file").status == "closed"


def test_bad_rows_are_named_and_can_be_left_out(start: Start) -> None:
    founded()
    at = tab(start, "Import answers")
    upload(at, "answers_file", "answers.csv", ANSWERS + "Parks,zzz,2\nParks,b,9\n")
    at.selectbox(key="answers_framework").set_value("small")
    at.text_input(key="answers_round_name").set_value("From a file")
    at = press(keep_tab(at, "Import answers"), "Import the answers", "Import answers")
    said = words(at)
    assert "2 rows are bad and nothing was written" in said
    assert len([line for line in said.splitlines() if line.startswith("- line")]) == 2
    assert [each.name for each in rounds.rounds(own_store(), LOCAL_ADMINISTRATOR)] == ["Spring"]
    at.checkbox(key="answers_skip").check()
    at = press(keep_tab(at, "Import answers"), "Import the answers", "Import answers")
    assert "2 bad rows left out" in words(at)


def test_a_framework_file_is_checked_and_kept(start: Start) -> None:
    founded()
    at = tab(start, "Questionnaires")
    table = "question_id,dimension_id,indicator_id,max_points\nq1,Open,Licence,10\n"
    upload(at, "framework_file", "points.csv", table)
    at = press(keep_tab(at, "Questionnaires"), "Check the file", "Questionnaires")
    assert "nothing was kept yet" in words(at)
    upload(at, "framework_file", "broken.yaml", "id: x\n", "application/yaml")
    at = press(keep_tab(at, "Questionnaires"), "Check and keep it", "Questionnaires")
    assert at.main.error
    assert not at.exception


def test_a_facilitator_manages_rounds_and_cannot_keep_frameworks(start: Start) -> None:
    founded()
    at = start(view_as=seen_as("facilitator"))
    at.session_state["rounds_tab"] = "Questionnaires"
    at = open_page(at, "rounds")
    upload(at, "framework_file", "points.csv", "question_id,dimension_id,indicator_id,max_points\nq1,Open,Licence,10\n")
    at = keep_tab(at, "Questionnaires")
    assert next(each for each in at.button if each.label == "Check and keep it").disabled
    assert MEGABYTES == 10
