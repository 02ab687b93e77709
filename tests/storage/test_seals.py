"""What is sealed, read back from each engine: the same values, of the same kinds, and so the same seal."""

from __future__ import annotations

from dataclasses import replace

from maturity.assessment.answers import Answer, DecidedValue
from maturity.assessment.seal import Sealed, seal
from maturity.storage import seals, terms
from maturity.storage.answers import save_answer
from maturity.storage.decided import save_decided_value
from maturity.storage.engine import Tx
from maturity.storage.respondents import respondent_of, submit
from maturity.storage.rounds import round_of, set_status

from .conftest import City


def test_what_is_sealed_is_the_same_on_each_engine(city: City) -> None:
    sent, begun = city.respondent(label="Ann"), city.respondent(label="Bob")

    def say(tx: Tx) -> None:
        for who, level in ((sent, 3), (begun, 1)):
            save_answer(
                tx, who, Answer(question="q1", state="level", level=level, comment="mine"), actor="a", now=city.now
            )
        save_answer(tx, sent, Answer(question="q2", state="points", points=2.5), actor="a", now=city.now)
        submit(tx, sent, city.now, respondent_of(tx, sent).row_version)
        value = DecidedValue(department="works", question="q3", source="review", level=2, reason="because")
        save_decided_value(tx, city.round, value, decided_by="rev", now=city.now)
        terms.save_terms(tx, city.round, replace(terms.terms_of(tx, city.round), topics=("t1",)))

    city.store.write(say)
    with city.store.reading() as tx:
        found = seals.sealed(tx, city.round)
    assert found == Sealed(
        framework=found.framework,
        track="full",
        topics=("t1",),
        weights={"parks": 1.0, "works": 2.0},
        answers=[
            (str(sent), "parks", "q1", "level", 3, None, None),
            (str(sent), "parks", "q2", "points", None, None, 2.5),
        ],
        decided=[("works", "q3", "review", 2, None)],
    )
    assert len(found.framework) == 64
    assert type(found.answers[0][4]) is int and type(found.answers[1][6]) is float


def test_a_seal_is_kept_found_broken_and_dropped(city: City) -> None:
    def sign(tx: Tx) -> None:
        set_status(tx, city.round, "signed_off", round_of(tx, city.round).row_version)
        made = seal(seals.sealed(tx, city.round))
        seals.keep_seal(tx, seals.KeptSeal(round_id=city.round, sha256=made, signed_by="ann", signed_at=city.now))

    def broken() -> list[str]:
        with city.store.reading() as tx:
            return seals.broken_seals(tx)

    city.store.write(sign)
    assert broken() == []
    with city.store.reading() as tx:
        kept = seals.seal_of(tx, city.round)
    assert kept is not None and (kept.signed_by, kept.signed_at) == ("ann", city.now)
    city.store.write(lambda tx: tx.run("UPDATE round_department SET weight = 5"))
    assert broken() == [
        "round '2026' was changed after it was signed off: its answers, values, weights or framework are others now"
    ]
    city.store.write(seals.drop_seal, city.round)
    assert broken() == ["round '2026' is signed off but bears no seal: reopen it and sign it off again"]
