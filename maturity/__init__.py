"""Waymark: departments assess their data maturity, the gaps become a phased roadmap of actions."""

__version__ = "0.1.0"
