"""What the parts of the page of versions share: the plan, its versions, who decides, what is ready for sign-off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st

from maturity.access.permissions import Verb, may
from maturity.operations.acceptance import Readiness, sign_off_readiness
from maturity.operations.governing_bodies import GoverningBody, bodies
from maturity.operations.plan_versions import Version, snapshot_of_plan, versions
from maturity.ui.clock import local
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.roadmap_shown import ShownPlan, current_plan
from maturity.words.messages import NO_PLAN, saved_at
from maturity.words.version_sentences import NOTHING_APPROVED, approval_sentence, in_force

SAID = "versions:said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The plan in force as it stands today, every version of it (the earliest first), the bodies, and how each action
    stands before sign-off."""

    here: PageContext
    shown: ShownPlan
    versions: tuple[Version, ...]
    bodies: tuple[GoverningBody, ...]
    ready: tuple[Readiness, ...]

    @property
    def organisation(self) -> str | None:
        """The organisation's name."""
        return self.here.organisation.name if self.here.organisation else None

    def may(self, verb: Verb) -> bool:
        """Whether the visitor may do this here."""
        mine: UUID | None = self.here.organisation.id if self.here.organisation else None
        return may(self.here.visitor, verb, None, mine)

    def changed_since(self, version: Version) -> bool:
        """Whether the plan stands otherwise now than in a version."""
        return self.shown.kept("as it stands", lambda: snapshot_of_plan(self.shown.plan)) != version.snapshot


def seen_versions(here: PageContext) -> Seen | None:
    """All of it, read once for the plan as it stands; None, and said so, without a plan."""
    shown = current_plan(here)
    if shown is None:
        st.info(NO_PLAN)
        return None
    ws, name = here.workspace, here.organisation.name if here.organisation else None
    return Seen(
        here=here,
        shown=shown,
        versions=every_version(shown),
        bodies=shown.kept("bodies", lambda: bodies(ws, here.visitor, name)),
        ready=shown.kept("ready", lambda: sign_off_readiness(ws, here.visitor, organisation=name)),
    )


def every_version(shown: ShownPlan) -> tuple[Version, ...]:
    """The organisation's versions, the earliest first."""
    here = shown.here
    name = here.organisation.name if here.organisation else None
    return shown.kept("versions", lambda: versions(here.workspace, here.visitor, name))


def local_date(version_or_step_at: object) -> date:
    """The day of a moment on the reader's own clock."""
    return local(version_or_step_at).date()  # type: ignore[arg-type]


def in_force_line(shown: ShownPlan) -> str:
    """Which version the plan is measured by and who approved it, in one line ready for Markdown."""
    version = shown.plan.approved
    if version is None:
        return NOTHING_APPROVED
    step = next(each for each in reversed(version.steps) if each.step == "approved")
    return plain(
        in_force(version.name, version.number, approval_sentence(step.body, step.made_by, local_date(step.made_at)))
    )


def titled(version: Version) -> str:
    """A version in a list to choose from: "3: Summer plan"."""
    return f"{version.number}: {version.name}"


def say(here: PageContext, words: str) -> None:
    """Keep what was saved until the page is drawn again."""
    st.session_state[SAID] = plain(f"{saved_at(local(here.workspace.clock()))}. {words}")
