"""The questionnaire: start, topics, one question after another, check, send. The address says where one is."""

from maturity.ui import questionnaire as building
from maturity.ui import questionnaire_check as check
from maturity.ui import questionnaire_start as start
from maturity.ui import questionnaire_topics as topics
from maturity.ui.context import page_context, require

visitor = require("answer")

here = page_context()
building.arrived()
round_ = building.chosen_round(here)
sitting = building.sitting_of(here, round_) if round_ else None
if round_ is None:
    start.show_no_round(here)
elif sitting is None:
    start.show_start(here, round_)
else:
    step, where = building.place(sitting)
    if step == "question":
        topics.show_one(sitting, where)
    elif step == "topic":
        topics.show_whole(sitting, where)
    elif step == "end":
        topics.show_end(sitting, where)
    elif step == "check":
        check.show_check(sitting)
    elif step == "sent":
        check.show_sent(sitting)
    else:
        topics.show_topics(sitting)
