"""What the public site of 400 actions in two languages takes, beside the bare rendering of one of its pages.

`python -m benchmarks.public_site [--actions 400]`. All is counted in seconds of the processor, because others may be
at work on the machine, and shown as a multiple of one page of an action, rendered by Jinja alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from maturity.publishing.site import frame
from maturity.publishing.site.facts import PublishedEdition, SiteFacts
from maturity.publishing.site.languages import words_of
from maturity.publishing.site.render import SiteFiles
from maturity.roadmap.editions import (
    ApprovedVersion,
    Edition,
    Move,
    PublicAction,
    PublicWords,
    Said,
    edition_hash,
    edition_text,
)

STARTS = date(2026, 1, 5)
RUNS = 5
MOST_TIMES = 3.0
"""What the whole site may take at most, as a multiple of its files at the price of one bare page each."""


def made_up(count: int) -> SiteFacts:
    """Two editions of so many actions, every third of which has moved."""
    first, later = (_edition(number, count) for number in (1, 2))
    links, before = [], ""
    for each in (first, later):
        text = edition_text(each.model_copy(update={"previous": before}))
        links.append(
            PublishedEdition(
                number=each.number, text=text, sha256=edition_hash(text), previous=before,
                published_on=each.published_on,
            )
        )  # fmt: skip
        before = links[-1].sha256
    return SiteFacts(organisation="Region", editions=tuple(links), today=STARTS + timedelta(days=200), served=True)


def _edition(number: int, count: int) -> Edition:
    version = ApprovedVersion(number=1, name="Plan", sha256="0" * 64, approved_by="Council", approved_on=STARTS)
    return Edition(
        organisation="Region", number=number, published_on=STARTS + timedelta(days=90 * number), version=version,
        plan_starts=STARTS, languages=("en", "es"), contact="data@region.example", fields=("said",),
        actions=tuple(_action(place, number == 2 and place % 3 == 0) for place in range(count)),
    )  # fmt: skip


def _action(place: int, moved: bool) -> PublicAction:
    words = PublicWords(
        title=f"Put data set {place} in order", plain="We mend what is wrong. " * 8, outcome="Less ado."
    )
    finish = STARTS + timedelta(days=300 + 30 * moved)
    move = Move(what="finish", was=STARTS, now=finish, number=1, why="It needed more time.", approved_by="Council")
    return PublicAction(
        slug=f"a{place}", words={"en": words, "es": words}, phase=1 + place % 4, horizon="now", precision="month",
        owner_role="Chief Data Officer", department=f"Department {place % 200}", start=STARTS, finish=finish,
        first_finish=finish, status="on_track", percent_done=40.0, moves=(move,) if moved else (),
    )  # fmt: skip


def seconds(work: Callable[[], Any], runs: int = RUNS) -> float:
    """The middle of several runs, in seconds of the processor."""
    found = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return sorted(found)[runs // 2]


class Listening:
    """Stands in for the templates once, and keeps what they are given."""

    values: Mapping[str, Any]

    def get_template(self, name: str) -> Listening:
        """Itself, whatever the name."""
        return self

    def render(self, **values: Any) -> str:
        """Nothing; the values are kept."""
        self.values = values
        return ""


def bare_page(facts: SiteFacts) -> Callable[[], Any]:
    """The rendering of one action's page by Jinja alone, with all its values at hand."""
    listening = Listening()
    with patch.object(frame, "environment", lambda words: listening):
        assert SiteFiles(facts)["en/actions/a1.html"] == b""
    template = frame.environment(words_of("en")).get_template("action.html")
    return lambda: template.render(**listening.values)


def after_a_comment(facts: SiteFacts) -> Callable[[], Any]:
    """A site whose every file was made, and then a comment about one action: what has to be made before all of it is
    there again."""
    before = SiteFiles(facts)
    assert all(before.values())
    said = Said(slug="a1", language="en", text="Start with the buses.", kind="planned", answer="We will.")
    told = replace(facts, live_said=(said,))
    return lambda: dict(SiteFiles(told, before=before))


def main() -> None:
    """Prints what the whole site, one page of it and a comment take, and whether the whole is below what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=400)
    facts = made_up(parser.parse_args().actions)
    dict(SiteFiles(facts))  # templates, catalogues and editions are read once
    one = seconds(bare_page(facts), 101)
    whole, count = seconds(lambda: dict(SiteFiles(facts))), len(SiteFiles(facts))
    first = seconds(lambda: SiteFiles(facts)["en/actions/a1.html"])
    comment = seconds(after_a_comment(facts))
    for name, took in (
        ("the whole site", whole),
        ("one page of it, first asked for", first),
        ("after a comment", comment),
    ):
        print(f"{name:32} {took:7.3f} s {took / one:8.1f} times a bare page")
    times = whole / (one * count)
    print(
        f"{count} files at {times:.2f} bare pages each, of {MOST_TIMES}: {'met' if times <= MOST_TIMES else 'not met'}"
    )


if __name__ == "__main__":
    main()
