"""Where we are: rounds, answers, scores, agreement, trends."""
