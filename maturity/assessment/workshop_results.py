"""What a workshop came to, as values: what was agreed on what ground, and how far people agreed before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.assessment.terms import Anonymity
from maturity.assessment.votes import Reveal
from maturity.assessment.workshop import Matter, Note, Outcome, Workshop
from maturity.framework.examples import WorkedExample
from maturity.framework.model import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfScores:
    """The answers that a department had sent on a question: how many people chose a level, and how many each level,
    their median and van der Eijk's A; the last three None below `fewest`."""

    people: int
    fewest: int
    counts: tuple[int, ...] | None
    median: float | None
    agreement: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterResult:
    """One line of the agenda afterwards. `department` is the department's name; `question` is None for a worked
    `example`; `asks` is what either asks; `before` is None for examples, and while the round is open; `votes` are the
    revealed ballots."""

    matter: Matter
    department: str | None
    question: Question | None
    example: WorkedExample | None
    asks: Question | None
    before: SelfScores | None
    votes: tuple[Reveal, ...]

    @property
    def outcome(self) -> Outcome | None:
        """What was agreed."""
        return self.matter.outcome

    @property
    def moved(self) -> float | None:
        """Levels from the median of the answers to the consensus; None where either is not there or not shown."""
        known = self.before.median if self.before else None
        return None if known is None or self.outcome is None else self.outcome.level - known

    @property
    def agreements(self) -> tuple[float | None, ...]:
        """Van der Eijk's A of the answers, then of each ballot; None where it is not shown."""
        return (self.before.agreement if self.before else None, *(each.agreement for each in self.votes))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopResults:
    """What a workshop came to. `attendance` counts people by role family in the families' order; `minutes` from its
    opening to its end, None before, and where that says nothing; `levels` names the levels, lowest first."""

    workshop: Workshop
    levels: tuple[str, ...]
    matters: tuple[MatterResult, ...]
    attendance: Mapping[str, int]
    notes: tuple[Note, ...]
    minutes: int | None
    answers_open: bool

    @property
    def agreed(self) -> tuple[MatterResult, ...]:
        """Questions with a consensus, in the agenda's order."""
        return tuple(each for each in self.matters if each.outcome)

    @property
    def left_open(self) -> tuple[MatterResult, ...]:
        """Questions that nothing was agreed on, parked ones and those that the room did not get to."""
        return tuple(each for each in self.matters if each.question and not each.outcome)

    @property
    def warm_up(self) -> tuple[MatterResult, ...]:
        """The worked examples that were voted on."""
        return tuple(each for each in self.matters if each.example and each.votes)

    @property
    def people(self) -> int:
        """How many took part."""
        return sum(self.attendance.values())

    def asked(self, result: MatterResult) -> str:
        """A matter by its question's words, with its department where the workshop is about several."""
        text = result.asks.text if result.asks else result.matter.question or "a worked example"
        several = self.workshop.department is None and result.department
        return f"{'Warm-up: ' if result.matter.example else ''}{text}{f' ({result.department})' if several else ''}"

    def level_name(self, level: int) -> str:
        """A level with its name: "3 Defined"."""
        return f"{level} {self.levels[level - 1]}" if level <= len(self.levels) else str(level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """Somebody's votes on a question, by ballot: a level, or None for "don't know"; a ballot is missing where they did
    not vote. `who` is a name or "Participant 3"."""

    who: str
    votes: Mapping[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesBeside:
    """The votes on a question beside its consensus. `ballots` are those held; `voters` is empty in an anonymous round;
    `hidden` are ballots with too few votes for anybody's to be shown."""

    anonymity: Anonymity
    ballots: tuple[int, ...]
    hidden: tuple[int, ...]
    voters: tuple[Voter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """One question: van der Eijk's A of the answers, of the first and of the last vote; None where it is not shown, or
    (`last`) where there was one vote only."""

    result: MatterResult
    answers: float | None
    first: float | None
    last: float | None

    @property
    def end(self) -> float | None:
        """The agreement of the last vote that was held."""
        return self.first if self.last is None else self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The mean agreement `then` and `now` over the `questions` that have both. `of` names what was then."""

    of: str
    questions: int
    then: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTrend:
    """The questions that were voted on, and means over those that have both numbers: from the answers to the last vote,
    from the first to the last vote, against earlier workshops (their last votes), and of the answers against those of
    earlier rounds. The newest of each stands first."""

    lines: tuple[AgreementLine, ...]
    from_answers: Compared | None
    from_first: Compared | None
    workshops: tuple[Compared, ...]
    rounds: tuple[Compared, ...]
