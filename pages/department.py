"""My department: who has answered, how it stands and who sees that when, where people differ, and the head's reply."""

from maturity.ui.context import require
from maturity.ui.department import show_department

visitor = require("read_differences")

show_department()
