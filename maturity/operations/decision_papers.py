"""The record of a decision on paper, for the page that shows it: what goes in was read with its permission there."""

from maturity.publishing.decision_record import decision_record

__all__ = ["decision_record"]
