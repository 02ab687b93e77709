"""Leadership summary: where we stand, what is late, and which decisions are needed, on one screen."""

from maturity.ui.context import require
from maturity.ui.summary import show_summary

visitor = require("read_summary")

show_summary()
