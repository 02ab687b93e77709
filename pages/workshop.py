"""Workshops: planned with an agenda, held in a room full of phones, and what came of them."""

from maturity.ui.context import require
from maturity.ui.workshop import show_workshops

visitor = require("run_workshop")

show_workshops()
