"""A chart as a file: asked of the process beside the server, with dates and missing numbers in its rows."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest

from maturity.charts.drawing import specification
from maturity.charts.kpi_path import kpi_path_chart
from maturity.charts.texts import ChartTexts
from maturity.operations.picture_files import picture_file
from maturity.operations.solver import solver

TEXTS = ChartTexts(title="Trust rises", subtitle="In % of residents", description="40, then 44")


@pytest.fixture
def chart():
    rows = [
        ("Trust", "%", "reading", date(2026, 1, 1), 40.0, None, float("nan"), float("nan")),
        ("Trust", "%", "reading", date(2026, 3, 1), 44.0, None, float("nan"), float("nan")),
    ]
    frame = pd.DataFrame(rows, columns=["panel", "unit", "line", "on", "value", "figure", "low", "high"])
    return lambda mode: specification(kpi_path_chart(frame, mode=mode, texts=TEXTS, today=date(2026, 4, 1)))


@pytest.fixture(autouse=True)
def closed_afterwards():
    yield
    solver().close()


def test_each_mode_is_a_file_that_says_what_it_shows(chart):
    found = {mode: ElementTree.fromstring(picture_file(chart(mode))) for mode in ("print", "projector")}
    for root in found.values():
        assert [root[0].text, root[1].text] == ["Trust rises", "40, then 44"]
    sizes = {mode: min(_sizes(root)) for mode, root in found.items()}
    assert sizes["projector"] >= 16 and sizes["print"] >= 11


def _sizes(root):
    return [float(each.get("font-size").removesuffix("px")) for each in root.iter() if each.get("font-size")]
