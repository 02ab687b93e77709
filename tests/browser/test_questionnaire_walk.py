"""The whole questionnaire on a phone with a slow connection, by touch and by keyboard, over two reloads and a restart.

A framework of 12 questions, so that the walk takes minutes and not an hour; every answer that the page acknowledged
with "Saved" must be in the store at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.assessment.answers import Answer
from maturity.framework.model import Framework
from maturity.operations import answers, frameworks, reviewing, rounds, setup
from maturity.operations.workspace import open_workspace
from tests.assessment.test_files import PDF

from .axe import violations
from .conftest import PHONE, Server, settled, started, visit

LEVELS = ("Beginning", "Emerging", "Learning", "Developing", "Mastering")
TOPICS = {"Owners": 4, "Quality": 4, "Sharing": 4}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # about slow 3G
ZOOMED = (320, 256)  # what is left of 1280 by 1024 at 400%
TABS = 40


def framework() -> Framework:
    """Three topics of four questions, five levels each."""
    topics = [
        {
            "id": topic.lower(),
            "name": topic,
            "questions": [
                {
                    "id": f"{topic.lower()}-{number}",
                    "text": f"How far is {topic.lower()} number {number}?",
                    "descriptors": [f"It stands at {name.lower()}." for name in LEVELS],
                }
                for number in range(1, count + 1)
            ],
        }
        for topic, count in TOPICS.items()
    ]
    return Framework.model_validate(
        {
            "id": "walk",
            "version": "1",
            "name": "Walk",
            "licence": "CC0",
            "source": "these tests",
            "levels": [{"level": level, "name": name, "meaning": ""} for level, name in enumerate(LEVELS, 1)],
            "dimensions": [{"id": "all", "name": "Everything", "topics": topics}],
        }
    )


QUESTIONS = list(framework().questions)


def fill(folder: Path) -> None:
    """A town with a round that was answered and closed, and one that is open, in which Housing was sent back."""
    store = open_workspace(str(folder / "own.duckdb"))
    me = LOCAL_ADMINISTRATOR
    frameworks.import_framework(store, me, framework())
    setup.create_organisation(store, me, "Small Town", setup.departments_from_lines("Parks; 10\nHousing; 30"))
    first = rounds.open_round(store, me, rounds.create_round(store, me, "Spring", "walk"))
    for department in ("parks", "housing"):
        mine = answers.start(store, me, first, department)
        for code in QUESTIONS:
            answers.save_answer(store, me, first, mine, Answer(question=code, state="level", level=2))
        answers.send(store, me, first, mine)
    rounds.close_round(store, me, rounds.find_round(store, me, "Spring"))
    second = rounds.open_round(store, me, rounds.create_round(store, me, "Autumn", "walk"))
    mine = answers.start(store, me, second, "housing")
    answers.save_answer(store, me, second, mine, Answer(question=QUESTIONS[0], state="level", level=5))
    answers.send(store, me, second, mine)
    reviewing.flag_evidence(store, me, second, mine.id, QUESTIONS[0], "Nothing shows it.")
    reviewing.send_back(store, me, second, mine.id, "Give a link or the file.")
    store.close()


class Running:
    """A server that can be ended and started again on the same port with the same store."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stack = folder, ExitStack()
        self.server: Server = self.stack.enter_context(started(folder))

    def restart(self) -> None:
        """End it, and start another in its place."""
        self.stop()
        self.stack = ExitStack()
        self.server = self.stack.enter_context(started(self.folder, port=self.server.port))

    def stop(self) -> None:
        """End it."""
        self.stack.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    fill(tmp_path)
    made = Running(tmp_path)
    yield made
    made.stop()


def stored(folder: Path, department: str = "parks") -> dict[str, Answer]:
    """What the store holds, read after the server has let go of it."""
    store = open_workspace(str(folder / "own.duckdb"))
    try:
        round_ = rounds.find_round(store, LOCAL_ADMINISTRATOR, "Autumn")
        mine = next(each for each in answers.mine(store, LOCAL_ADMINISTRATOR, round_) if each.department == department)
        found = answers.my_answers(store, LOCAL_ADMINISTRATOR, mine)
        return {code: each.answer for code, each in found.items()}
    finally:
        store.close()


def tab_to(page: Any, what: str, back: bool = False) -> None:
    """Press Tab until the element that the browser has in focus is `what` (a test on `el`)."""
    for _ in range(TABS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(f"() => {{ const el = document.activeElement; return Boolean({what}); }}"):
            return
    pytest.fail(f"the keyboard does not reach {what}")


def is_button(name: str) -> str:
    return f"el.tagName === 'BUTTON' && el.innerText.trim().endsWith('{name}')"


def is_choice(code: str) -> str:
    return f"el.type === 'radio' && el.closest('.st-key-choices-{code}')"


def acknowledged(page: Any) -> None:
    """Wait for the page's word that the answer is stored."""
    page.get_by_text(re.compile(r"^.*Saved \d\d:\d\d")).first.wait_for()
    settled(page)


def question(page: Any, code: str) -> None:
    """Wait for a question to stand on the page."""
    page.get_by_role("heading", name=re.compile(f"^{QUESTIONS.index(code) + 1}\\.")).wait_for()
    settled(page)


def choose_by_touch(page: Any, code: str, level: int) -> None:
    page.get_by_text(f"It stands at {LEVELS[level - 1].lower()}.").tap()
    acknowledged(page)


def choose_and_see_it_after_a_reload(page: Any, code: str, level: int, tries: int = 5) -> None:
    """Choose until a reload, which reads from the store, shows the choice: the tap that was made without a connection
    may arrive late, and its "Saved" would then be taken for the one of this choice."""
    for _ in range(tries):
        choose_by_touch(page, code, level)
        page.wait_for_timeout(2 * SLOW["latency"])
        page.reload()
        question(page, code)
        if page.get_by_role("radio", name=re.compile(f"^{level} ")).is_checked():
            return
    pytest.fail(f"level {level} is not there after {tries} tries")


def choose_by_keyboard(page: Any, code: str, level: int) -> None:
    """Back into the choices by Shift and Tab, which stops at the last of them, and by the arrow key round to the first
    and down: each one passed is saved on the way."""
    tab_to(page, is_choice(code), back=True)
    for step in range(1, level + 1):
        page.keyboard.press("ArrowDown")
        chosen = page.get_by_role("radio", name=re.compile(f"^{step} ")).and_(page.locator(":checked"))
        chosen.wait_for(state="attached")
        page.wait_for_timeout(2 * SLOW["latency"])  # there and back: the word "Saved" may stand there from before
        acknowledged(page)


def on_by_touch(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).tap()


def on_by_keyboard(page: Any, name: str) -> None:
    tab_to(page, is_button(name))
    page.keyboard.press("Enter")


def test_the_whole_questionnaire_on_a_slow_phone(running: Running, phone: Any) -> None:
    page, given = phone, dict[str, int]()
    visit(page, f"{running.server.base}/questionnaire?department=parks")  # the front end is fetched once, at full speed
    network = page.context.new_cdp_session(page)  # it slows the WebSocket of the answers, too
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    page.get_by_label("Front line").tap(force=True)
    page.get_by_label("My team").tap(force=True)
    settled(page)
    on_by_touch(page, "Start")
    on_by_touch(page, "Answer the first question")
    topics = list(TOPICS)
    for number, code in enumerate(QUESTIONS):
        question(page, code)
        by_touch = number < len(QUESTIONS) // 2
        choose, on = (choose_by_touch, on_by_touch) if by_touch else (choose_by_keyboard, on_by_keyboard)
        level = number % len(LEVELS) + 1
        choose(page, code, level)
        given[code] = level
        page.get_by_text("Last time, in Spring: level 2, Emerging.").wait_for()
        if number in (2, 8):
            page.reload()
            question(page, code)
            assert page.get_by_role("radio", name=re.compile(f"^{level} ")).is_checked()
        if number == 5:
            running.restart()
            page.get_by_text(re.compile("Connection|Connecting", re.I)).first.wait_for(state="hidden")
            settled(page)
        on(page, "Next")
        if number % 4 == 3:
            page.get_by_role("heading", name="What stands in the way, and what would help").wait_for()
            settled(page)
            topic = number // 4 + 1
            on(page, f"Next: {topics[topic]}" if topic < len(topics) else "Check your answers")
    page.get_by_role("heading", name="Check your answers").wait_for()
    settled(page)
    page.get_by_text("12 of 12 questions answered.").wait_for()
    on_by_keyboard(page, "Send")
    page.get_by_role("heading", name="Your answers are sent").wait_for()
    page.get_by_text(re.compile("Reference PARKS-[0-9A-F]{6}")).wait_for()
    assert page.troubles == []
    running.stop()
    assert {code: answer.level for code, answer in stored(running.folder).items()} == given


def test_a_connection_lost_in_the_middle_of_an_answer_loses_no_saved_one(running: Running, phone: Any) -> None:
    page = phone
    visit(page, f"{running.server.base}/questionnaire?department=parks")
    on_by_touch(page, "Start")
    on_by_touch(page, "Answer the first question")
    question(page, QUESTIONS[0])
    choose_by_touch(page, QUESTIONS[0], 2)
    on_by_touch(page, "Next")
    question(page, QUESTIONS[1])
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {**SLOW, "offline": True})
    page.get_by_text("It stands at learning.").tap()
    page.wait_for_timeout(2_000)
    assert page.get_by_text(re.compile(r"Saved \d\d:\d\d")).count() == 0  # nothing is said to be saved that is not
    network.send("Network.emulateNetworkConditions", {**SLOW, "offline": False, "latency": 0})
    page.reload()
    question(page, QUESTIONS[1])
    choose_and_see_it_after_a_reload(page, QUESTIONS[1], 4)
    running.stop()
    assert {code: answer.level for code, answer in stored(running.folder).items()} == {QUESTIONS[0]: 2, QUESTIONS[1]: 4}


def test_two_phones_with_the_same_link_hear_of_each_other(running: Running, open_browser: Any) -> None:
    one, two = open_browser(PHONE), open_browser(PHONE)
    visit(one, f"{running.server.base}/questionnaire?department=parks")
    one.get_by_role("button", name="Start", exact=True).tap()
    one.get_by_role("heading", name="Everything").wait_for()
    address = f"{running.server.base}/questionnaire?department=parks&q={QUESTIONS[0]}"
    visit(one, address)
    visit(two, address)
    choose_by_touch(one, QUESTIONS[0], 1)
    choose_by_touch(two, QUESTIONS[0], 4)
    two.get_by_text("This question was answered in another window just now: Level 1, Beginning.").wait_for()
    two.get_by_role("button", name="Use level 1, Beginning instead").tap()
    two.get_by_text("in another window").wait_for(state="hidden")
    settled(two)
    assert two.get_by_role("radio", name=re.compile("^1 ")).is_checked()
    running.stop()
    assert stored(running.folder)[QUESTIONS[0]].level == 1


def test_every_step_is_accessible_at_400_percent(running: Running, open_browser: Any, tmp_path: Path) -> None:
    page = open_browser(ZOOMED)
    base = f"{running.server.base}/questionnaire?department=parks"

    def look(where: str) -> None:
        settled(page)
        assert violations(page) == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED[0], where

    visit(page, base)
    look("start")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("heading", name="Everything").wait_for()
    page.get_by_text("About you").click()
    look("topics")
    visit(page, f"{base}&q={QUESTIONS[0]}")
    look("question")
    page.get_by_text("It stands at emerging.").click()
    acknowledged(page)
    page.get_by_text("Evidence, confidence and comment").click()
    page.get_by_label("Comment", exact=True).wait_for()
    page.locator('input[type="file"]').set_input_files(
        {"name": "policy.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_text(re.compile(r"policy\.pdf, 1 kB")).wait_for()
    look("evidence")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download 1").click()
    assert (waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()) == ("policy.pdf", PDF)
    program = {"name": "program.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(300)}
    page.locator('input[type="file"]').set_input_files(program)
    page.get_by_text("“program.pdf” is not what its name says").wait_for()
    look("a refused file")
    for where in ("&topic=owners&step=end", "&step=check"):
        visit(page, base + where)
        look(where)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="Your answers are sent").wait_for()
    look("sent")
    visit(page, base.replace("parks", "housing"))
    page.get_by_text("Give a link or the file.").wait_for()
    look("sent back")
    page.get_by_role("button", name="Look again at question 1").click()
    page.get_by_text("Nothing shows it.").wait_for()
    look("a question sent back")
    assert page.troubles == []
