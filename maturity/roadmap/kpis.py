"""KPIs as measured: readings over time beside the straight path from a baseline to a dated target.

What is not given is said and never guessed: without a target or a first value there is no path, and nothing is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from maturity.planning.catalogue import Frequency, KpiKind
from maturity.planning.targets import add_months

Measures = Literal["action", "objective"]
Direction = Literal["up", "down"]
StandCode = Literal["reached", "ahead", "on_path", "behind", "no_reading", "no_path"]
Unsaid = Literal["reading", "baseline", "target", "due", "dates", "direction", "frequency"]
Trend = Literal["better", "worse", "same"]
BAND = 0.05
"""So much of the whole way beside the path still counts as on it."""
MONTHS: Mapping[Frequency, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of a KPI on a day. `code` is an action's code or an objective's id; a withdrawn one keeps its row."""

    id: str
    measures: Measures
    code: str
    on: date
    value: float
    note: str = ""
    made_by: str = ""
    made_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A straight line from the `first` value on `begins` to the `target` on `ends`, level before and after."""

    begins: date
    first: float
    ends: date
    target: float

    def at(self, day: date) -> float:
        """The value that the path has on a day."""
        if day >= self.ends:
            return self.target
        if day <= self.begins:
            return self.first
        share = (day - self.begins).days / (self.ends - self.begins).days
        return self.first + (self.target - self.first) * share


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A KPI of an action, or the measure of an objective, with the readings that count, the earliest first. `begins` is
    the day of its baseline, `ends` the day its target is due. `family` is shared by department copies of an action.
    Which `direction` is better is not known of an objective without a baseline."""

    measures: Measures
    code: str
    title: str
    name: str
    unit: str
    kind: KpiKind
    direction: Direction | None
    baseline: float | None
    target: float | None
    begins: date
    ends: date | None
    family: str
    action_id: str | None = None
    department: str | None = None
    objective: str | None = None
    frequency: Frequency | None = None
    source: str = ""
    readings: tuple[Reading, ...] = ()

    @property
    def last(self) -> Reading | None:
        """The newest reading."""
        return self.readings[-1] if self.readings else None

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return -1 if self.direction == "down" else 1

    @property
    def missing(self) -> tuple[Unsaid, ...]:
        """What is not given, or does not fit together, as codes of `maturity.words`."""
        wrong_way = (
            self.baseline is not None and self.target is not None and (self.target - self.baseline) * self.sign < 0
        )
        found: dict[Unsaid, bool] = {
            "reading": not self.readings,
            "baseline": self.baseline is None,
            "target": self.target is None,
            "due": self.ends is None,
            "dates": self.baseline is not None and self.ends is not None and self.ends < self.begins,
            "direction": wrong_way,
            "frequency": self.measures == "action" and self.frequency is None,
        }
        return tuple(code for code, lacks in found.items() if lacks)

    @property
    def path(self) -> Path | None:
        """The way to the target: from the baseline, or without one from the first reading. One that had reached its
        target at the first reading is to stay there."""
        if self.target is None or self.ends is None or self.direction is None:
            return None
        if {"dates", "direction"} & set(self.missing):
            return None
        if self.baseline is not None:
            return Path(begins=self.begins, first=self.baseline, ends=self.ends, target=self.target)
        if not self.readings:
            return None
        first = self.readings[0]
        start = self.target if (first.value - self.target) * self.sign > 0 else first.value
        return Path(begins=first.on, first=start, ends=self.ends, target=self.target)

    @property
    def way_done(self) -> float | None:
        """The share of the way from its first value to the target that the last reading stands at: below 0 where it
        went the wrong way, above 1 beyond the target; None without a path, a reading or a way to go."""
        path = self.path
        if path is None or self.last is None or path.first == path.target:
            return None
        return (self.last.value - path.first) / (path.target - path.first)

    @property
    def trend(self) -> Trend | None:
        """How the last reading moved from the one before it; None with fewer than two."""
        if len(self.readings) < 2 or self.direction is None:
            return None
        change = (self.readings[-1].value - self.readings[-2].value) * self.sign
        return "better" if change > 0 else "worse" if change < 0 else "same"

    @property
    def next_due(self) -> date | None:
        """When the next reading is due: one period after the last one, without any after its beginning, and the last
        on the day of the target. None where no frequency is given, or it has been read on that day or later."""
        since = self.last.on if self.last else self.begins
        if self.frequency is None or (self.last and self.ends and since >= self.ends):
            return None
        day = since + timedelta(weeks=1) if self.frequency == "weekly" else add_months(since, MONTHS[self.frequency])
        return min(day, max(self.ends, since)) if self.ends else day


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a KPI stands: its last reading against its path on the day of that reading. `expected` is the path's value
    then and `expected_now` today, `by` how far it is ahead (above 0) or behind (below 0) in its unit, whichever way is
    better; `age` the reading's days. All None where there is none."""

    of: Measured
    code: StandCode
    expected: float | None = None
    expected_now: float | None = None
    by: float | None = None
    age: int | None = None


def standing(kpi: Measured, today: date) -> Standing:
    """Reached, ahead, on its path or behind, or why that cannot be said. A KPI that runs on its path is never behind:
    a reading is held against the path on its own day, however old it is."""
    last, path = kpi.last, kpi.path
    now = path.at(today) if path else None
    if last is None:
        return Standing(of=kpi, code="no_reading", expected_now=now)
    age = (today - last.on).days
    expected = path.at(last.on) if path else None
    by = (last.value - expected) * kpi.sign if expected is not None else None
    code = _code(kpi, last.value, path, by)
    return Standing(of=kpi, code=code, expected=expected, expected_now=now, by=by, age=age)


def _code(kpi: Measured, value: float, path: Path | None, by: float | None) -> StandCode:
    known = kpi.direction is not None and "direction" not in kpi.missing
    if kpi.target is not None and known and reached(value, kpi.target, kpi.sign):
        return "reached"
    if path is None or by is None:
        return "no_path"
    band = BAND * abs(path.target - path.first) + _trifle(path.target)
    return "ahead" if by > band else "behind" if by < -band else "on_path"


def reached(value: float, target: float, sign: int) -> bool:
    """Whether a value has come to the target, but for what numbers lose in reckoning."""
    return (value - target) * sign >= -_trifle(target)


def _trifle(number: float) -> float:
    return 1e-9 * max(1.0, abs(number))


def due(kpi: Measured, today: date) -> int | None:
    """For how many days a reading has been due, 0 on its day; None where none is."""
    day = kpi.next_due
    return (today - day).days if day and day <= today else None
