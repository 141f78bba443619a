from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.identity.cluster import cluster

ITEMS = list(range(8))
PAIRS = st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(lambda pair: pair[0] != pair[1])


@given(st.lists(st.tuples(st.floats(0, 9), PAIRS), max_size=20), st.sets(PAIRS.map(frozenset), max_size=8))
def test_groups_part_the_items_and_keep_apart_what_must_be(
    links: list[tuple[float, tuple[int, int]]], forbidden: set[frozenset[int]]
) -> None:
    groups = cluster(ITEMS, [(score, *pair) for score, pair in links], lambda x, y: frozenset((x, y)) in forbidden)
    assert sorted(item for group in groups for item in group) == ITEMS
    assert not any(frozenset((x, y)) in forbidden for group in groups for x in group for y in group)
    linked = {frozenset(pair) for _, pair in links}
    for group in groups:
        assert len(group) == 1 or all(any(frozenset((x, y)) in linked for y in group) for x in group)


def test_the_stronger_link_wins() -> None:
    groups = cluster("abc", [(1.0, "a", "b"), (2.0, "b", "c")], lambda x, y: {x, y} == {"a", "c"})
    assert groups == [("a",), ("b", "c")]
