"""The glossary is whole, and its numbers are those of the code."""

from __future__ import annotations

import re

from maturity.assessment.agreement import FEWEST_SHOWN
from maturity.assessment.interval import FEWEST_RESPONDENTS, SHARE
from maturity.planning.request import PHASE_NAMES, QUARTER_WEEKS
from maturity.planning.targets import IMPORTANCE_STEPS, USUAL_IMPORTANCE
from maturity.roadmap.status import GRACE_DAYS
from maturity.words import messages
from maturity.words.glossary import GLOSSARY, find
from maturity.words.numbers import NUMBER_KINDS, NUMBERS, explain

WORDS = """framework, dimension, topic, question, level, descriptor, guidance, round, department, respondent, answer,
evidence, fresh evidence, strength of evidence, confidence, score, coverage, agreement, consensus, review, flag,
self-score, optimism, early sight, reply, role family, personal link, deputy, trend, target, gap, importance, objective,
catalogue action, action, phase, milestone, deliverable, owner, RACI, KPI, reading, leading and lagging, path,
effort, capacity, dependency, critical path,
slack, plan, plan version, governing body, quorum, baseline, progress, status, confidence in delivery, risk, likelihood,
impact, leadership decision,
quarterly review, seal, sign-off,
edition, partnership, erasure, workshop, facilitator, participant, join code, agenda, warm-up, worked example, vote,
ballot, reveal, minority view, parking lot,
promise, minutes, weeknote"""
AVOIDED = {"survey", "item", "entity", "task", "grade", "rating", "metric", "user", "statement", "initiative"}


def test_every_word_of_the_design_is_there_once_and_no_other():
    words = [" ".join(word.split()) for word in WORDS.split(",")]
    assert sorted(entry.word for entry in GLOSSARY) == sorted(words)


def test_every_meaning_is_one_sentence_in_the_words_of_the_house():
    for entry in GLOSSARY:
        assert entry.meaning[0].isupper() and entry.meaning.endswith("."), entry.word
        assert entry.meaning.count(". ") == 0, entry.word
        assert not AVOIDED & set(re.findall(r"[a-z]+", entry.meaning.lower())), entry.word


def test_anchors_are_unique_and_fit_an_address():
    anchors = [entry.anchor for entry in GLOSSARY]
    assert len(anchors) == len(set(anchors))
    assert all(re.fullmatch(r"[a-z0-9-]+", anchor) for anchor in anchors)
    critical_path = find("chain of actions")[0]
    assert (critical_path.anchor, critical_path.heading) == ("critical-path", "Critical path")


def test_every_number_is_explained_in_at_most_three_sentences():
    assert tuple(NUMBERS) == NUMBER_KINDS
    for kind in NUMBER_KINDS:
        assert 20 < len(explain(kind)) < 300, kind
        assert len(re.findall(r"\.(?= |$)", explain(kind))) <= 3, kind


def test_explanations_name_the_numbers_that_the_code_uses():
    assert str(messages.FEWEST_SHOWN) == str(FEWEST_SHOWN)
    assert f"from {FEWEST_RESPONDENTS} people up" in explain("interval")
    assert NUMBERS["interval"].name == f"{SHARE:.0%} interval"
    assert explain("late").count(f"more than {GRACE_DAYS} days") + explain("late").count(f"More than {GRACE_DAYS}") == 2
    assert f"to {max(IMPORTANCE_STEPS)}" in explain("importance")
    assert f"; {USUAL_IMPORTANCE} until then" in explain("importance")
    by_word = {entry.word: entry for entry in GLOSSARY}
    assert f"{QUARTER_WEEKS} weeks" in by_word["capacity"].meaning
    assert by_word["phase"].example.startswith(PHASE_NAMES[0])


def test_a_search_finds_all_its_words_in_any_case_and_nothing_else():
    assert [entry.word for entry in find("CHAIN of")] == ["critical path"]
    assert "RACI" in [entry.word for entry in find("accountable")]
    assert find("no such thing at all") == ()
    assert [entry.word for entry in find("  ")] == sorted((e.word for e in GLOSSARY), key=str.lower)
