"""The notice says what holds: the contact, the times, each way of holding a round."""

from __future__ import annotations

from dataclasses import replace

from maturity.assessment.terms import ANONYMITY
from maturity.words.messages import FEWEST_SHOWN
from maturity.words.privacy import NO_CONTACT, WAYS, PrivacyFacts, erasure_request, privacy_notice

FACTS = PrivacyFacts(
    organisation="Town", contact="privacy@town.example", retention_months=18, expired_days=30, session_hours=12
)


def said(facts: PrivacyFacts) -> str:
    sections = privacy_notice(facts)
    return "\n".join(text for each in sections for text in (each.heading, *each.sentences, *each.lines))


def test_the_notice_holds_what_the_organisation_has_set():
    text = said(FACTS)
    for fact in ("Town runs this assessment", "privacy@town.example", "18 months", "30 days", "12 hours"):
        assert fact in text, fact
    assert f"fewer than {FEWEST_SHOWN} people" in text
    assert NO_CONTACT not in text


def test_without_a_contact_it_says_whom_to_ask():
    assert NO_CONTACT in said(replace(FACTS, contact=""))


def test_every_way_of_holding_a_round_is_explained():
    assert tuple(WAYS) == ANONYMITY


def test_every_section_says_something_in_whole_sentences():
    for each in privacy_notice(FACTS):
        assert each.sentences or each.lines, each.heading
        assert all(text.endswith(".") for text in (*each.sentences, *each.lines)), each.heading


def test_the_request_can_be_sent_as_it_is():
    text = erasure_request("Ann Able", "Town", "0198")
    assert text.startswith("Subject: ") and "my name is Ann Able" in text and "My reference is 0198." in text
