"""What to do: targets, gaps, the action catalogue, selection, schedule, explanation."""
