from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.assign import assign

WEIGHTS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=14)


def best(weights: dict[tuple[int, int], int]) -> int:
    """The greatest total, by trying every way."""
    rows = sorted({row for row, _ in weights})
    columns = [*sorted({column for _, column in weights}), *([-1] * len(rows))]
    ways = (zip(rows, chosen, strict=True) for chosen in set(permutations(columns, len(rows))))
    return max((sum(weights.get(pair, 0) for pair in way) for way in ways), default=0)


@given(WEIGHTS)
def test_the_total_is_the_greatest_and_no_one_is_in_two_pairs(weights: dict[tuple[int, int], int]) -> None:
    found = assign(weights)
    assert len(set(found.values())) == len(found)
    assert all(pair in weights for pair in found.items())
    assert sum(weights[pair] for pair in found.items()) == best(weights)


@given(WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_the_weights_does_not_matter(weights: dict[tuple[int, int], int], random: object) -> None:
    shuffled = list(weights.items())
    getattr(random, "shuffle")(shuffled)  # noqa: B009 - the type of hypothesis's random is its own
    assert assign(dict(shuffled)) == assign(weights)


def test_one_good_pair_outweighs_two_bad_ones() -> None:
    assert assign({(0, 0): 9, (0, 1): 4, (1, 0): 4}) == {0: 0}
    assert assign({(0, 0): 7, (0, 1): 4, (1, 0): 4}) == {0: 1, 1: 0}


def test_more_rows_than_columns_leave_rows_alone() -> None:
    assert assign({(0, 0): 1, (1, 0): 3, (2, 0): 2}) == {1: 0}
    assert assign({}) == {}
