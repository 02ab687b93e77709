"""The process that computes for long: `python -m maturity.operations.worker`.

It reads one question a line from its standard input and writes what it finds, one JSON document a line, to its
standard output. It has no store and no secrets, so it may be killed at any moment. When its input ends it ends at
once, in the middle of a question too: then the server is gone. See `solver`, which talks to it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from queue import SimpleQueue
from typing import Any, TextIO

from maturity.operations import report_making
from maturity.planning.calm import plan_of
from maturity.planning.conflicts import conflicts_document, conflicts_of
from maturity.planning.documents import read_request
from maturity.planning.engine import make_plan
from maturity.planning.explained import answer_about
from maturity.planning.forecast_outcomes import forecast
from maturity.planning.forecast_request import read_forecast_request
from maturity.planning.guided import Guided, Stage
from maturity.planning.premortem import premortem, read_trouble
from maturity.planning.request import PlanningError
from maturity.planning.scenarios import outcomes, read_wish, write_outcome

Document = Mapping[str, Any]
Tell = Callable[[Document], None]
"""Says how far a question has come."""

LESS_URGENT = 5
"""How much the process gives way to the server, which answers people."""

log = logging.getLogger(__name__)


def make_a_plan(body: Document, tell: Tell) -> Document:
    """`request` answered by a plan; on the way each better plan that is known, as `plan`, with the stage reached."""

    def on_stage(stage: Stage) -> bool:
        tell({"done": stage.done, "plan": plan_of(stage.solution).as_document()})
        return True

    return make_plan(read_request(body["request"]), engine=Guided(on_stage=on_stage)).as_document()


def forecast_a_plan(body: Document, _tell: Tell) -> Document:
    """`request`, as `forecast_request` writes it, answered by dates, chances and levels."""
    return forecast(read_forecast_request(body["request"]))


def suppose_trouble(body: Document, _tell: Tell) -> Document:
    """The same `request` with a `trouble` beside it, answered by what falls."""
    request = read_forecast_request(body["request"])
    return premortem(request, read_trouble(body["trouble"], request))


def explain_a_plan(body: Document, tell: Tell) -> Document:
    """What `about` asks of a plan: see `planning.explained`."""
    return answer_about(body)


def compare_scenarios(body: Document, tell: Tell) -> Document:
    """`request` and `wishes` answered by an outcome each, the plan as it is first; all there are so far on the way."""
    found: list[Document] = []
    wishes = [read_wish(each) for each in body["wishes"]]
    for each in outcomes(read_request(body["request"]), wishes, lambda asked: make_plan(asked, engine=Guided())):
        found.append(write_outcome(each))
        tell({"outcomes": found, "of": len(wishes) + 1})
    return {"outcomes": found}


def find_conflicts(body: Document, _tell: Tell) -> Document:
    """The conflicts between the decisions of a `request`, and what to give up: see `planning.conflicts`."""
    return conflicts_document(conflicts_of(read_request(body["request"])))


def draw_a_picture(body: Document, _tell: Tell) -> Document:
    """The chart of a `specification` as `svg`, with its title: see `report_making`."""
    return report_making.draw_one(body["specification"])


def make_reports(body: Document, tell: Tell) -> Document:
    """Reports as files, base64 in JSON: see `report_making`."""
    return report_making.make(body, tell)


KINDS: Mapping[str, Callable[[Document, Tell], Document]] = {
    "plan": make_a_plan,
    "forecast": forecast_a_plan,
    "premortem": suppose_trouble,
    "explain": explain_a_plan,
    "scenarios": compare_scenarios,
    "conflicts": find_conflicts,
    "picture": draw_a_picture,
    "report": make_reports,
}
"""What can be asked, by name: a document in, a document out, and word of how far it has come."""


def answer(line: str, out: TextIO) -> None:
    """Answers one question: any number of `stage`, then one of `result`, `refused` (it cannot be meant) or `failed`."""
    asked = json.loads(line)

    def say(**said: Any) -> None:
        out.write(json.dumps({"number": asked["number"], **said}) + "\n")
        out.flush()

    try:
        say(result=KINDS[asked["kind"]](asked["body"], lambda stage: say(stage=stage)))
    except PlanningError as error:
        say(refused=str(error))
    except Exception as error:  # one question that goes wrong must not take the others with it
        log.exception("a question of kind %r went wrong", asked["kind"])
        say(failed=f"{type(error).__name__}: {error}")


def main() -> None:
    """Answer until the input ends, which it does when the server does, however that ends."""
    logging.basicConfig(level=logging.WARNING)
    os.nice(LESS_URGENT)
    asked: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    # What a solver's own code prints must not come between the lines of the answers.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while True:
        answer(asked.get(), out)


def _listen(asked: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
