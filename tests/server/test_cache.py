from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.cache import AnswerCache, KeptAnswer


def answer(size: int) -> KeptAnswer:
    return KeptAnswer(((b"content-type", b"text/csv"),), b"x" * size, b'"tag"')


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4000)), max_size=60), st.integers(0, 12_000))
def test_it_never_holds_more_than_it_may_and_knows_what_it_holds(steps: list[tuple[int, int]], size: int) -> None:
    cache = AnswerCache(size, 3000)
    for key, length in steps:
        cache.keep(key, answer(length))
        found = [cache.get(known) for known in range(10)]
        held = [one for one in found if one is not None]
        assert cache.used == sum(one.size for one in held) <= size
        assert len(cache) == len(held)
        assert all(len(one.body) <= 3000 for one in held)


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    cache = AnswerCache(answer(0).size * 3, 3000)
    for key in "abc":
        cache.keep(key, answer(0))
    assert cache.get("a") is not None
    cache.keep("d", answer(0))
    assert [key for key in "abcd" if cache.get(key) is not None] == ["a", "c", "d"]


def test_what_is_kept_again_takes_the_place_of_what_was() -> None:
    cache = AnswerCache(100_000, 3000)
    cache.keep("a", answer(1000))
    cache.keep("a", answer(10))
    found = cache.get("a")
    assert found is not None
    assert (len(found.body), len(cache), cache.used) == (10, 1, found.size)


def test_a_cache_of_no_size_keeps_nothing() -> None:
    cache = AnswerCache(0, 3000)
    cache.keep("a", answer(0))
    assert cache.get("a") is None


def test_nothing_is_left_of_what_is_cleared() -> None:
    cache = AnswerCache(answer(0).size * 3, 3000)
    cache.keep("a", answer(0))
    cache.clear()
    assert (cache.get("a"), len(cache), cache.used) == (None, 0, 0)
    cache.keep("a", answer(0))
    assert cache.get("a") is not None
