"""The demo's year: what is needed to tell how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from maturity.demo.delivery_file import DemoDelivery
from maturity.demo.files import DemoCity, ProgressRemarks

NewId = Callable[[datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What is needed to tell how a year went."""

    city: DemoCity
    remarks: ProgressRemarks
    told: DemoDelivery
    starts: date
    made: datetime
    today: date
    objectives: Mapping[str, str]
    """Objective ids by topic."""
    people: Mapping[str, str]
    """Ids of the people who come in here, by name."""
    chance: np.random.Generator
    new_id: NewId
