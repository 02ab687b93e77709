"""When, and how it goes: phases, plan versions, progress, status."""
