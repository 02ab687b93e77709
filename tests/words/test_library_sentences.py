"""What the action library says, word for word."""

from maturity.planning.catalogue import Estimate
from maturity.planning.learning import Learned
from maturity.words.library_sentences import learned_reason, learned_sentence, price, route_name, spread


def three(low, likely, high):
    return Estimate(low=low, likely=likely, high=high)


def test_spreads_and_prices():
    assert spread(three(21, 30, 45), "person-days") == "30 person-days (21 to 45)"
    assert spread(three(1.5, 1.5, 1.5)) == "1.5"
    assert price(None, "EUR") == "not priced"
    assert price(three(0, 0, 0), "EUR") == "none"
    assert price(three(7000, 10000, 15000), "EUR") == "EUR 10,000 (7,000 to 15,000)"
    assert price(three(5, 5, 5), "EUR") == "EUR 5"
    assert route_name("buy") == "Buy, from a supplier"


def test_what_done_actions_took():
    found = Learned(same=2, kin=0, took_weeks=9, estimated_weeks=6, ratio=1.5**0.4)
    assert learned_sentence(found, "Ada", 6) == (
        "Took 9 weeks where 6 were estimated (2 actions); the estimate would be 7."
    )
    assert learned_sentence(found, "Ada", 7) == (
        "Took 9 weeks where 6 were estimated (2 actions); the estimate of 7 weeks allows for that."
    )
    assert learned_reason(found, "Ada") == (
        "Took 9 weeks where 6 were estimated (2 actions); the estimate would be 7 weeks."
    )
    others = Learned(same=0, kin=5, took_weeks=0, estimated_weeks=6, ratio=1.2)
    assert learned_sentence(others, "the data team", 6) == (
        "5 other actions led by the data team took longer or shorter than estimated; the estimate would be 7."
    )
