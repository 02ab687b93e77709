"""People and money on the plan page: entered line by line, pasted, by two at once, read by everybody."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plans
from maturity.operations.resource_lines import add_line, edit_line, remove_line, set_terms
from maturity.operations.resources import resources, set_days
from maturity.operations.rounds import create_round, open_round
from maturity.planning.request import Capacity
from maturity.planning.spending import CapacityChange, Commitment, MissingSkill, Source, Terms

from .conftest import seen_as
from .test_plan import plan_page, planned, press, said, tables, town  # noqa: F401  (fixtures)

GRANT = Source(name="Coast fund", kind="grant", amounts=(20_000.0, 0.0, 10_000.0, 0.0), note="until phase 3")
HIRE = CapacityChange(role="data-team", first=3, last=12, days=55.0, reason="A new data engineer")


@pytest.fixture
def means(plan_page, town):  # noqa: F811
    """`means(*boxes)`: a visit to people and money with these boxes open, before there is a plan."""

    def begin(*boxes: str) -> AppTest:
        at = plan_page(part="means")
        for box in boxes:
            at.session_state[box] = True
        return at.run()

    return begin


def there_is(town):  # noqa: F811
    workspace, round_ = town
    return resources(workspace, ADMIN, round_)


def field(at: AppTest, kind: str, name: str):
    """The input of a form by its name: the key that ends with it."""
    found = [each for each in (*at.number_input, *at.text_input, *at.text_area, *at.selectbox, *at.checkbox)
             if each.key and each.key.startswith(f"plan:means:{kind}:") and each.key.endswith(f":{name}")]  # fmt: skip
    assert len(found) == 1, (name, [each.key for each in found])
    return found[0]


def test_without_anything_entered_the_defaults_are_explained(means, town):  # noqa: F811
    at = means()
    assert not at.exception and not at.error
    for words in ("defaults for an organisation of 550 employees", "EUR 200 a year", "EUR 330,000 in three years",
                  "Default budget", "All sums are in EUR at prices of 2026", "No missing skills"):  # fmt: skip
        assert words in said(at).replace("\\", ""), words


def test_a_source_is_entered_changed_and_removed_and_the_default_comes_back(means, town):  # noqa: F811
    at = means("plan:means:source:box")
    field(at, "source", "name").set_value("Coast fund")
    field(at, "source", "kind").set_value("grant")
    field(at, "source", "amount:0").set_value(20_000.0)
    press(at, "Save this")
    assert not at.exception
    now = there_is(town)
    assert now.budgets == (20_000.0, 0.0, 0.0, 0.0) and not now.budget_is_default
    assert "Saved. It counts" in said(at) and "Coast fund" in "".join(tables(at))
    (line,) = now.lines
    at.selectbox(key="plan:means:source:which").set_value(str(line.id)).run()
    assert field(at, "source", "amount:0").value == 20_000.0
    field(at, "source", "amount:1").set_value(5_000.0)
    field(at, "source", "amount:0").set_value(None)  # emptied: as it was
    press(at, "Save this")
    assert there_is(town).budgets == (20_000.0, 5_000.0, 0.0, 0.0)
    at.selectbox(key="plan:means:source:which").set_value(str(line.id)).run()
    press(at, "Remove it")
    assert not at.exception
    assert there_is(town).budget_is_default and "Removed Coast fund" in said(at)


def test_all_sources_go_at_once(means, town):  # noqa: F811
    workspace, round_ = town
    add_line(workspace, ADMIN, round_, GRANT)
    add_line(workspace, ADMIN, round_, Source(name="City budget", kind="own", amounts=(1.0, 2.0, 3.0, 4.0)))
    at = means("plan:means:source:box")
    at.button(key="plan:means:source:default").click().run()
    assert not at.exception
    assert there_is(town).budget_is_default and there_is(town).lines == ()


@pytest.mark.parametrize(
    ("amount", "words"),
    [(-5.0, "not -5"), (1e10, "not 10,000,000,000")],
)
def test_amounts_that_cannot_be_meant_get_one_sentence_and_stay_typed(means, town, amount, words):  # noqa: F811
    at = means("plan:means:source:box")
    field(at, "source", "name").set_value("Coast fund")
    field(at, "source", "amount:0").set_value(amount)
    press(at, "Save this")
    assert not at.exception
    (error,) = at.error
    assert words in error.value
    assert field(at, "source", "name").value == "Coast fund"
    assert there_is(town).lines == ()


def test_a_partner_gives_money_and_days(means, town):  # noqa: F811
    at = means("plan:means:commitment:box")
    field(at, "commitment", "partner").set_value("The region")
    press(at, "Save this")
    assert "neither money nor person-days" in said(at)
    field(at, "commitment", "amount:1").set_value(1_000.0)
    field(at, "commitment", "days").set_value("10; 10; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0")
    press(at, "Save this")
    assert "of which role is missing" in said(at)
    field(at, "commitment", "role").set_value("data-team")
    press(at, "Save this")
    assert not at.exception
    (line,) = there_is(town).lines
    assert line.line == Commitment(
        partner="The region", amounts=(0.0, 1_000.0, 0.0, 0.0), role="data-team", days=(10.0, 10.0) + (0.0,) * 10
    )
    assert any("+20 person-days from The region, in quarters 1 and 2" in each for each in tables(at))


def test_a_new_hire_and_holidays_change_the_days(means, town):  # noqa: F811
    at = means("plan:means:change:box")
    field(at, "change", "reason").set_value("A new data engineer")
    field(at, "change", "role").set_value("data-team")
    field(at, "change", "first").set_value(3)
    field(at, "change", "days").set_value(55.0)
    press(at, "Save this")
    assert not at.exception
    team = next(each for each in there_is(town).capacities if each.role == "data-team")
    assert team.days[2] - team.days[1] == 55.0
    assert any("+55 person-days a quarter from quarter 3 on: A new data engineer" in each for each in tables(at))
    field(at, "change", "reason").set_value("Holidays")
    field(at, "change", "first").set_value(5)
    field(at, "change", "last").set_value(4)
    field(at, "change", "days").set_value(-10.0)
    press(at, "Save this")
    assert "the last comes after the first" in said(at)


def test_a_missing_skill_is_entered_and_limits_nothing(means, town):  # noqa: F811
    before = there_is(town).capacities
    at = means("plan:means:skill:box")
    field(at, "skill", "skill").set_value("Linking")
    field(at, "skill", "role").set_value("data-team")
    press(at, "Save this")
    assert not at.exception
    assert "Linking: " in said(at).replace("\\", "")
    assert there_is(town).capacities == before


def test_actions_that_need_a_missing_skill_are_named(plan_page, planned):  # noqa: F811
    skill = MissingSkill(skill="Linking", role="data-team", way="hire", there_from=12)
    add_line(planned, ADMIN, "2026", skill)
    at = plan_page(part="means")
    assert not at.exception
    assert "this role before that: “" in said(at).replace("\\", "")


def test_terms_are_set_and_the_money_says_so(means, town):  # noqa: F811
    at = means("plan:means:terms")
    field(at, "terms", "currency").set_value("gbp")
    field(at, "terms", "year").set_value(2027)
    field(at, "terms", "money").set_value(10.0)
    field(at, "terms", "carry").set_value(False)
    press(at, "Save the terms")
    assert not at.exception
    now = there_is(town)
    assert now.terms == Terms(currency="GBP", price_year=2027, money_contingency=0.1, carry_over=False)
    assert now.budgets == (49_500.0, 49_500.0, 99_000.0, 99_000.0)
    text = said(at).replace("\\", "")
    for words in ("Kept back, 10%", "A plan may use", "All sums are in GBP at prices of 2027", "nothing is converted"):
        assert words in text, words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("currency", "X1", "three letters"), ("year", 1800, "price year"), ("money", 95.0, "0 to 90"),
     ("days", -3.0, "0 to 90"), ("discount", -1.0, "discount")],
)  # fmt: skip
def test_terms_that_cannot_be_meant_are_refused(means, town, name, value, words):  # noqa: F811
    at = means("plan:means:terms")
    field(at, "terms", name).set_value(value)
    press(at, "Save the terms")
    assert not at.exception
    assert words in at.error[0].value
    assert there_is(town).terms == Terms()


def test_days_of_one_role_are_saved_and_the_others_stay_defaults(means, town):  # noqa: F811
    at = means("plan:means:days")
    next(each for each in at.number_input if each.label.startswith("1, from")).set_value(7.0)
    press(at, "Save these days")
    assert not at.exception
    found = there_is(town)
    assert found.capacities[0].days[:2] == (7.0, 40.0)
    assert found.budget_is_default
    assert "a default until you save" in said(at.selectbox(key="plan:means:role").set_value("data-team").run())


def test_a_row_of_a_spreadsheet_is_taken_for_all_departments(means, town):  # noqa: F811
    at = means("plan:means:days")
    at.selectbox(key="plan:means:role").set_value("department").run()
    pasted = next(each for each in at.text_area if each.key.endswith(":pasted"))
    pasted.set_value("\t".join(str(number) for number in range(12)))
    press(at, "Save these days")
    assert not at.exception
    own = there_is(town).own_days
    assert [each.department for each in own] == ["parks", "roads", "housing"]
    assert all(each.days == tuple(range(12)) for each in own)
    press(at, "Back to the default days")
    assert there_is(town).capacity_is_default


@pytest.mark.parametrize(
    ("pasted", "words"),
    [("\t".join(["5"] * 13), "13 numbers, not 12"), ("many", "'many' in place 1 is no number"), ("nan", "no number"),
     ("1e400", "no number"), ("-4", "not -4"), ("\t".join(["1"] * 11 + [""]), "Number 12 is empty"),
     ("1e12", "not 1,000,000,000,000")],
)  # fmt: skip
def test_hostile_pastes_get_one_sentence_and_what_was_there_stays(means, town, pasted, words):  # noqa: F811
    at = means("plan:means:days")
    next(each for each in at.text_area if each.key.endswith(":pasted")).set_value(pasted)
    press(at, "Save these days")
    assert not at.exception
    (error,) = at.error
    assert words in error.value.replace("\\", "")
    assert there_is(town).capacity_is_default


def test_of_two_people_the_second_is_told_and_loses_nothing(means, town):  # noqa: F811
    workspace, round_ = town
    line = add_line(workspace, ADMIN, round_, GRANT)
    at = means("plan:means:source:box")
    at.selectbox(key="plan:means:source:which").set_value(str(line.id)).run()
    edit_line(workspace, ADMIN, round_, line, Source(name="Coast fund", kind="grant", amounts=(1.0, 1.0, 1.0, 1.0)))
    field(at, "source", "amount:0").set_value(7_000.0)
    press(at, "Save this")
    assert not at.exception
    assert "has changed 'Coast fund' meanwhile" in said(at).replace("\\", "")
    assert field(at, "source", "amount:0").value == 7_000.0
    assert there_is(town).budgets == (1.0, 1.0, 1.0, 1.0)
    press(at, "Save this")
    assert there_is(town).budgets == (7_000.0, 0.0, 10_000.0, 0.0)


def test_a_line_that_another_removed_can_be_saved_as_a_new_one(means, town):  # noqa: F811
    workspace, round_ = town
    line = add_line(workspace, ADMIN, round_, HIRE)
    at = means("plan:means:change:box")
    at.selectbox(key="plan:means:change:which").set_value(str(line.id)).run()
    remove_line(workspace, ADMIN, round_, line)
    field(at, "change", "days").set_value(40.0)
    press(at, "Save this")
    assert not at.exception
    assert "was removed meanwhile" in said(at)
    assert field(at, "change", "days").value == 40.0
    press(at, "Save this")
    (now,) = there_is(town).lines
    assert now.line.days == 40.0 and now.id != line.id


def test_days_and_terms_that_another_set_meanwhile_are_not_overwritten_unseen(means, town):  # noqa: F811
    workspace, round_ = town
    at = means("plan:means:days", "plan:means:terms")
    theirs = Capacity(role="data-team", days=(3.0,) * 12)
    set_days(workspace, ADMIN, round_, [theirs])
    set_terms(workspace, ADMIN, round_, Terms(discount=0.03), 0)
    next(each for each in at.number_input if each.label.startswith("1, from")).set_value(7.0)
    press(at, "Save these days")
    assert "has set person-days meanwhile" in said(at)
    assert there_is(town).own_days == (theirs,)
    press(at, "Save these days")
    assert len(there_is(town).own_days) == 2 and theirs in there_is(town).own_days
    press(at, "Save the terms")
    assert "has set the terms meanwhile" in said(at)
    assert there_is(town).terms == Terms(discount=0.03)


@pytest.mark.parametrize("role", ["leader", "department_lead", "reviewer"])
def test_others_read_what_there_is_and_change_nothing(plan_page, planned, role):  # noqa: F811
    for line in (GRANT, HIRE, MissingSkill(skill="Linking", role="data-team", way="buy", there_from=3)):
        add_line(planned, ADMIN, "2026", line)
    at = plan_page(seen_as(role, "parks" if role == "department_lead" else None), part="means")
    assert not at.exception and not at.error
    assert "Coast fund" in "".join(tables(at)) and "Linking: " in said(at).replace("\\", "")
    assert not at.text_input and not at.text_area and not at.number_input and not at.main.selectbox and not at.checkbox
    assert not [each for each in at.main.button if each.label != "Download as CSV"]


def test_names_that_look_like_code_stay_texts(plan_page, planned):  # noqa: F811
    add_line(planned, ADMIN, "2026", Source(name="<img src=x>", kind="own", amounts=(1.0, 0.0, 0.0, 0.0)))
    add_line(planned, ADMIN, "2026", MissingSkill(skill="**bold**", role="data-team", way="buy", there_from=1))
    at = plan_page(part="means")
    assert not any("<img" in each for each in tables(at))
    assert "**bold**" not in said(at)


def test_the_plan_says_what_is_once_and_what_is_running_and_what_lapses(plan_page, planned):  # noqa: F811
    at = plan_page(part="means")
    text = said(at)
    for words in ("Of it once", "Of it running", "can be spent in the next", "Once is what an action costs"):
        assert words in text, words
    set_terms(planned, ADMIN, "2026", Terms(carry_over=False), 0)
    assert "lapses" in said(at.run())
    assert not plans.plan_request(planned, ADMIN).carry_over


def test_the_workload_stands_beside_the_days_with_the_calendar(plan_page, planned):  # noqa: F811
    everybody = [each.role for each in resources(planned, ADMIN, "2026").capacities if each.department is None]
    for role in dict.fromkeys(everybody):
        change = CapacityChange(role=role, first=1, last=12, days=-1_000.0, reason="Gone")
        add_line(planned, ADMIN, "2026", change)
    at = plan_page(part="means")
    assert not at.exception
    assert "More is planned than these can give" in said(at)


def test_a_new_round_takes_over_what_the_earlier_one_had(means, town):  # noqa: F811
    workspace, round_ = town
    add_line(workspace, ADMIN, round_, GRANT)
    new = open_round(workspace, ADMIN, create_round(workspace, ADMIN, "2027", "city-data-maturity"))
    at = means()
    press(at, "Take over what was entered for 2026")
    assert not at.exception
    assert "Taken over from 2026" in said(at)
    assert [each.line for each in resources(workspace, ADMIN, new).lines] == [GRANT]
    assert not [each for each in at.button if each.label.startswith("Take over")]
