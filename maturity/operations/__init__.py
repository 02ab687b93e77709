"""The front office: every change and every guarded read."""
