"""What a page says while a plan is made beside the server, and where that did not go as it should."""

from __future__ import annotations

from math import floor

from maturity.words.messages import counted

STOPPED = "Stopped. Nothing was kept."
LOOKS_FOR_BETTER = "Better ones are being looked for."
TAKEN = "This is the best plan that was known when you stopped; a better one may exist."
NOT_INSTALLED = (
    "No bound was found, because the solver is not installed: ask whoever looks after Waymark to install everything "
    "that requirements.txt lists, then make the plan again."
)
NO_BOUND = (
    "No bound was found, because the solver failed: the plan keeps all limits, but better ones were not looked for. "
    "Whoever looks after Waymark finds the reason in the server's log."
)


def waits_for(before: int) -> str:
    """How long one waits, by the number of questions that are answered first; "" for none."""
    if before <= 0:
        return ""
    if before == 1:
        return "Another request is being worked on; yours is next."
    return f"{before} other requests come before yours."


def plan_so_far(actions: int, phases: int, cost: str, better: float) -> str:
    """A plan that is known while better ones are looked for; `better` is by how much it is worth more than the first
    one, as a share of that, rounded down."""
    more = floor(better * 100 + 1e-9)
    kind = f"A plan that closes {more}% more than the first" if more > 0 else "A first plan"
    return f"{kind}: **{counted(actions, 'action')}** in {counted(phases, 'phase')}, {cost}."


def made_without(said: str) -> str:
    """Why a plan was made without the solver, and what to do; `said` is what became of the solver, for the curious."""
    return (
        f"The solver gave no answer ({said}), so this is a first plan made without it: it keeps all limits, but better "
        "ones were not looked for. Make it again; if that does not help, the server's log says why."
    )


def went_down(said: str) -> str:
    """The same where a better plan had been found before the solver gave up."""
    return (
        f"The solver stopped before it was done ({said}); this is the best plan it had found. Make it again; if that "
        "does not help, the server's log says why."
    )


def saved_meanwhile(by: str, name: str) -> str:
    """Somebody else was faster."""
    return f"{by} saved the plan “{name}” since this one was made. Make yours again from it before you save it."
