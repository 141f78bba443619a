from __future__ import annotations

from itertools import islice

from bench.texts import generated


def test_as_many_articles_as_asked_no_two_alike_and_the_same_again() -> None:
    # More than the fixture with the fewest fillings can give in its turn.
    made = list(generated(1500))
    assert len(set(made)) == 1500
    assert list(islice(generated(1500), 20)) == made[:20]
    assert list(generated(20, seed=2)) != made[:20]
