"""What the workbook says: names and columns of its sheets, and what its first sheet explains."""

from __future__ import annotations

README, SCORES, ANSWERS, GAPS = "Read me", "Scores", "Answers", "Gaps"
PLAN, CAPACITY, BUDGET, KPIS, RISKS = "Plan", "Capacity", "Budget", "KPIs", "Risks"
BEFORE_THE_PLAN = "before the plan"

COLUMNS: dict[str, tuple[tuple[str, int], ...]] = {
    SCORES: (
        ("Department", 28), ("Of", 12), ("Name", 32), ("Score", 9), ("Coverage", 10), ("Level", 8), ("Target", 9),
        ("Gap", 9), ("Before", 9), ("Change", 9), ("How it is rolled up", 24),
    ),
    GAPS: (
        ("Department", 28), ("Topic", 32), ("Score", 9), ("Target", 9), ("Gap", 9), ("Importance", 12),
        ("Priority", 10), ("Share of all", 12), ("Due", 13),
    ),
    PLAN: (
        ("Code", 22), ("Action", 44), ("Phase", 8), ("Department", 22), ("Owner", 22), ("Start", 12), ("Finish", 12),
        ("Days", 8), ("Approved start", 13), ("Approved finish", 13), ("Status", 12), ("Days late", 9), ("Done", 8),
        ("Person-days", 12), ("Cost", 12), ("Critical", 9), ("Signed off", 10), ("Requires", 18), ("Objective", 22),
        ("Deliverable", 34), ("Done when", 34), ("KPI", 28), ("What it closes", 40),
    ),
    CAPACITY: (
        ("Role", 26), ("Quarter", 9), ("Planned", 11), ("Available", 11), ("Used", 9), ("Over", 9),
    ),
    BUDGET: (("Phase", 26), ("Available", 14), ("Planned", 14), ("Left", 14), ("Used", 9)),
    KPIS: (
        ("Measure", 34), ("Of", 40), ("Unit", 18), ("Began at", 10), ("Target", 10), ("Now", 10), ("Before", 10),
        ("Read on", 13), ("On the path", 12), ("Way gone", 10), ("From the path", 13), ("How it stands", 52),
    ),
    RISKS: (
        ("Risk", 34), ("What may happen", 44), ("Likelihood", 11), ("Impact", 9), ("Weight", 9), ("Owner", 22),
        ("What we do about it", 40), ("State", 10), ("Holds up", 18),
    ),
}  # fmt: skip
"""The columns of each sheet with their widths in characters."""
ANSWER_COLUMNS = (
    ("Department", 28), ("Topic", 26), ("Question", 12), ("What is asked", 48), ("Value", 9), ("From", 14),
    ("Answers", 13), ("Evidence", 40),
)  # fmt: skip
TOGETHER_COLUMNS = (
    ("Topic", 26), ("Question", 12), ("What is asked", 60), ("Departments", 13), ("Mean value", 12),
)  # fmt: skip
LEVEL_SHARE = "Share at level {}"

NOTHING = {
    SCORES: "No scores yet: no round of the assessment has any.",
    ANSWERS: "No answers are in this workbook. Ask for the report with answers to have them here.",
    GAPS: "No gaps: no department stands below a target, or no target is set.",
    PLAN: "No actions yet: the plan is empty.",
    CAPACITY: "No person-days yet: neither planned nor available ones are known.",
    BUDGET: "No budget yet: nothing is set for any phase.",
    KPIS: "No KPIs yet: none is agreed.",
    RISKS: "No risks yet: none is written down.",
}
"""What stands on a sheet that has no rows."""
ABOUT_SHEETS = {
    SCORES: "Scores of the organisation and of each department, by topic, by dimension and of all.",
    ANSWERS: "Values by question. With fewer than 5 answers nothing is said of how many there are or how they spread.",
    GAPS: "Target less score, times importance, is priority; the largest stand first.",
    PLAN: "The actions with their days, owners by role, effort and cost. A blank cost is not priced, which is not 0.",
    CAPACITY: "Person-days planned and available, by role and quarter of 13 weeks.",
    BUDGET: "Money available and planned, by phase.",
    KPIS: "What is measured, where it began, where it is, where it has to be.",
    RISKS: "Likelihood times impact, 1 to 5 each, is the weight of a risk.",
}
FORMULAS = (
    "Gap, priority, shares, days, days late, sums and plain means are formulas: change a number and they follow. What "
    "is weighted is a number, as Waymark computed it, and says so."
)
PLACE = {"topic": "topic", "dimension": "dimension", "all": "all"}
MEAN_OF_TOPICS, MEAN_OF_DIMENSIONS = "mean of its topics", "mean of its dimensions"
MEAN_OF_DEPARTMENTS, WEIGHTED = "mean of departments", "weighted, as computed"
EVERYWHERE = "The organisation"
FEW = "fewer than 5"
NOT_SHOWN = "not shown"
YES = "yes"
DEMO = "Demo data. Nothing here is real."
ORGANISATION, AS_OF, PLAN_NAME, APPROVAL = "Organisation", "As of", "Plan", "Approval"
ROUND, FRAMEWORK, CURRENCY, HEADLINE = "Round", "Framework", "Currency", "In one sentence"
AT_A_GLANCE = {
    "actions": "Actions", "late": "Late actions", "done": "Done actions", "effort": "Person-days planned",
    "cost": "Cost of what is priced", "unpriced": "Actions without a price", "priority": "Priority of all gaps",
    "open": "Risks that are not closed",
}  # fmt: skip
SCORE_CHART = "Score and target of each topic, the organisation"
CAPACITY_CHART = "Person-days planned and available, by role and quarter"


def chart_said(topics: int) -> str:
    """The text alternative of the chart of scores."""
    shown = f"Bars for {topics} topics: the organisation's score beside its target, in levels."
    return f"{shown} The numbers are in columns C to G."


def capacity_said(rows: int) -> str:
    """The text alternative of the chart of capacity."""
    shown = f"Columns for {rows} roles in quarters: person-days planned beside those available."
    return f"{shown} The numbers are in columns A to D."
