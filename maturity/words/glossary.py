"""The glossary: one word per thing, one plain sentence per word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word, what it means here, and where it helps an example."""

    word: str
    meaning: str
    example: str = ""

    @property
    def anchor(self) -> str:
        """The word as it stands in an address, which is how Streamlit names a heading: `critical-path`."""
        return "-".join(self.word.lower().split())

    @property
    def heading(self) -> str:
        """The word as a heading: "Critical path"."""
        return self.word[0].upper() + self.word[1:]


def _entry(word: str, meaning: str, example: str = "") -> Entry:
    return Entry(word=word, meaning=meaning, example=example)


ASSESSING = (
    _entry(
        "framework",
        "A questionnaire with its levels and scoring rules; a round keeps to one version of it.",
    ),
    _entry("dimension", "A group of topics, the widest division of a framework.", "Direction and responsibility"),
    _entry("topic", "A field of work that gets one score, made from its questions.", "Data quality"),
    _entry("question", "One thing that is asked, answered by choosing a level or one of several options."),
    _entry("level", "A step of the scale, from 1 upwards; each has a name and says what can be shown there."),
    _entry("descriptor", "What one level looks like in one question; choose the highest of which every part holds."),
    _entry("guidance", "A hint beside a question that says what to think of before choosing."),
    _entry("round", "One assessment by everybody within a time; later rounds show what has changed.", "Spring 2026"),
    _entry("department", "A part of the organisation that is assessed as one; departments can stand inside a group."),
    _entry("respondent", "A person who answers for a department."),
    _entry(
        "personal link", "An address by which one person, and nobody else, comes in without an account until a day."
    ),
    _entry("deputy", "A person who leads a department for its head until a day that the head has chosen."),
    _entry("answer", "What one respondent says to one question: a level or option, don't know, or not applicable."),
    _entry(
        "evidence", "A note, a link or a file that shows that an answer holds.", "The approved policy, with its date"
    ),
    _entry("fresh evidence", "Evidence that is not older than the round's terms allow; older evidence is aged."),
    _entry("strength of evidence", "Said, written down, in use, or checked by others: what the respondent chose."),
    _entry("confidence", "How sure a respondent is of an answer, from 1 (a guess) to 5 (certain)."),
    _entry("score", "The weighted mean of what was answered, on the scale of the levels."),
    _entry("coverage", "How much of what applies was answered with a level or an option."),
    _entry("agreement", "How close together the respondents of a department chose, from -1 to 1."),
    _entry("consensus", "The level a department agreed on after discussion; the answers are kept beside it."),
    _entry(
        "review",
        "A value that a reviewer recorded after looking at the evidence; consensus goes before it.",
    ),
    _entry("flag", "A reviewer's mark on evidence that does not hold, with the reason; it changes no score."),
    _entry("self-score", "What a department's own answers say by themselves, before consensus and review."),
    _entry("optimism", "How far self-scores lie above what a review or a consensus found; it corrects nothing."),
    _entry("early sight", "The working days in which only the head of a department, and who runs it, see its result."),
    _entry("reply", "What the head of a department says to its result; it is shown wherever the result is."),
    _entry("role family", "Leader, manager or front line: what a respondent says of the own role.", "Front line"),
    _entry("partnership", "An organisation that others belong to, whose people see the results that members give it."),
    _entry("erasure", "Taking a person's name and texts out of the store for good; what they chose still counts."),
    _entry("trend", "How a score has changed from one round to the next."),
)
IN_THE_ROOM = (
    _entry("workshop", "A meeting that votes blind on one question at a time, sees where people differ, and agrees."),
    _entry("facilitator", "Whoever plans a workshop and leads the room from one question to the next."),
    _entry("participant", "A person who votes in a workshop, known by a number, or by name where the round has names."),
    _entry("join code", "The 6 letters and digits by which people in the room come into a workshop.", "DWANGX"),
    _entry("agenda", "The questions that a workshop goes over, in their order."),
    _entry("warm-up", "The worked examples that a workshop begins with, so that a level means the same to everybody."),
    _entry("worked example", "A made-up department, a question about it, and the right level with the reason for it."),
    _entry("vote", "The level that a participant chooses on a question before anybody sees what the others chose."),
    _entry("ballot", "One round of voting on a question: the first, or one of at most two more after talking."),
    _entry("reveal", "The step that closes a ballot and shows how many chose each level, never who."),
    _entry("minority view", "What those who did not share a consensus want to have kept beside it."),
    _entry("parking lot", "What a workshop leaves for later, written down so that it is not lost."),
)
PLANNING = (
    _entry("target", "A level with a date, for one topic of one department.", "Level 3 by 31 March 2027"),
    _entry("gap", "How far a score is below its target, in levels."),
    _entry("importance", "How much a topic matters here, from 1 to 5, set by a named person with a reason."),
    _entry("objective", "One of the organisation's own goals, which actions serve."),
    _entry("catalogue action", "A template in the library: what it raises, what it needs first, what it may cost."),
    _entry("action", "One planned piece of work with an owner, dates and progress."),
    _entry("phase", "One of four windows of the plan in which actions start.", "Foundations: the first 6 months"),
    _entry("milestone", "A day on which something has to be true, and what that proves."),
    _entry("deliverable", "What an action leaves behind that others can look at.", "A signed mandate letter"),
    _entry("owner", "The person who makes sure an action gets done, or the role until there is one."),
    _entry("RACI", "Who is responsible, accountable, consulted and informed; exactly one is accountable."),
    _entry("KPI", "A measure that shows whether an action has worked.", "Data sets with a named owner, in %"),
    _entry("reading", "The value of a KPI on a day; a withdrawn one is kept and not counted."),
    _entry(
        "leading and lagging", "A leading KPI shows early whether the work takes, a lagging one what it has changed."
    ),
    _entry("path", "The straight line from a KPI's baseline to its target; a KPI is behind where it lags this."),
    _entry("effort", "The person-days that an action takes, by role; an estimate until somebody has checked it."),
    _entry("capacity", "The person-days that a role can give in a quarter of 13 weeks."),
    _entry("dependency", "A link between two actions: one has to finish before the other starts."),
    _entry("critical path", "The chain of actions that sets the end date."),
    _entry("slack", "How many days an action can slip before the end of the whole plan moves."),
    _entry("plan", "A choice of actions with dates that keeps to dependencies, capacity and budget."),
)
DELIVERING = (
    _entry(
        "plan version", "The plan as it was put before people at one time, with a number and a name; it never changes."
    ),
    _entry("governing body", "People who decide on plans together, such as a data governance council."),
    _entry("quorum", "How many members of a body have to be there for its decision to count."),
    _entry("baseline", "The plan as it was agreed on a date; being late is measured against it."),
    _entry("progress", "How much of an action is done, in per cent, as its owner reported it."),
    _entry("status", "Not started, on track, late or done: one rule decides it everywhere."),
    _entry("confidence in delivery", "How sure an owner is that an action will finish on time, from 1 to 5."),
    _entry("risk", "Something that may happen and would harm the plan."),
    _entry("likelihood", "How likely a risk is, from 1, very unlikely, to 5, almost certain."),
    _entry("impact", "How much longer a risk would make what is left of its actions, from 1, slight, to 5, severe."),
    _entry(
        "leadership decision", "A question to leaders: options with costs, what waits for it, what was decided and why."
    ),
    _entry("quarterly review", "A look at the plan every quarter: what is done, what is late, what to change."),
    _entry("promise", "One thing that is promised at a quarterly review for the next 90 days: what, who, by when."),
    _entry("minutes", "What is written down of a review: who was there, what changed, what was decided, what follows."),
    _entry(
        "weeknote",
        "A short note on what was good, what is next and what is hard, drafted from reports, edited by people.",
    ),
    _entry("seal", "A hash over all that made a signed-off round's scores, by which every later change is found."),
    _entry("sign-off", "A named person's approval of a round or a plan, with the date."),
    _entry("edition", "One publication of the public roadmap; earlier ones stay readable."),
)
GLOSSARY: tuple[Entry, ...] = (*ASSESSING, *IN_THE_ROOM, *PLANNING, *DELIVERING)


def find(search: str) -> tuple[Entry, ...]:
    """The entries by alphabet whose word, meaning or example has every word of the search; all for an empty one."""
    wanted = search.lower().split()
    found = [e for e in GLOSSARY if all(part in f"{e.word} {e.meaning} {e.example}".lower() for part in wanted)]
    return tuple(sorted(found, key=lambda entry: entry.word.lower()))
