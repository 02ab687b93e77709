"""The record of a decision on paper: everything is there, and nothing of what people wrote is markup."""

from __future__ import annotations

from maturity.publishing.decision_record import decision_record

HOSTILE = "<script>alert('x')</script> & more"


def test_everything_is_there_and_escaped():
    made = decision_record(
        f"Who? {HOSTILE}", HOSTILE, {"Decides": HOSTILE, "Reason": "so"}, [("Hire (chosen)", "1,000 EUR", HOSTILE)]
    )
    assert "<script" not in made
    assert made.count("&lt;script&gt;") == 5  # title twice, background, fact, effect
    assert "Hire (chosen)" in made and "1,000 EUR" in made and "Signature" in made
