"""What we ask: the questionnaire as data, read from files that people can review."""
