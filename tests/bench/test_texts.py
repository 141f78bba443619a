from __future__ import annotations

from itertools import islice
from pathlib import Path

from bench.texts import generated, held, written


def test_as_many_articles_as_asked_no_two_alike_and_the_same_again() -> None:
    # More than the fixture with the fewest fillings can give in its turn.
    made = list(generated(1500))
    assert len(set(made)) == 1500
    assert list(islice(generated(1500), 20)) == made[:20]
    assert list(generated(20, seed=2)) != made[:20]


def test_no_two_texts_that_are_held_have_one_id(tmp_path: Path) -> None:
    ids = [article.article.id for _, article in written(held(), tmp_path)]
    assert len(set(ids)) == len(ids) > 80
