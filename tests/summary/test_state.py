from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.summary.state import FACET_NAMES, NONE, State, iri_of, name_of, read_state

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(lambda text: text.strip())


def read(address: str) -> State:
    return read_state(parse_qsl(address, keep_blank_values=True))


def test_an_empty_address_is_the_usual_state() -> None:
    assert read("") == State() == read("q=&sort=&front=&release=abc")
    assert State().address == ""


@given(
    st.dictionaries(st.sampled_from(FACET_NAMES[1:]), st.lists(texts, min_size=1, max_size=3), max_size=4),
    st.lists(st.sampled_from(["1999", "2024", NONE]), max_size=3),
    st.lists(texts, max_size=3),
    st.integers(1, 99),
)
def test_an_address_gives_the_state_it_was_made_of(
    chosen: dict[str, list[str]], years: list[str], words: list[str], page: int
) -> None:
    pairs = [(name, value) for name, values in chosen.items() for value in values] + [("year", year) for year in years]
    state = read_state([*pairs, ("q", " ".join(words)), ("page", str(page)), ("view", "map")])
    assert read(state.address) == state
    assert set(state.choices) == {(name, value.strip()) for name, value in pairs}


def test_choosing_again_removes_and_begins_at_the_first_page() -> None:
    state = read("front=eastern&front=central&year=2024&page=3&sort=label")
    assert state.toggled("front", "eastern").address == "year=2024&front=central&sort=label"
    assert state.toggled("actor", "soldier").values("actor") == ("soldier",)
    assert state.toggled("year", "2024").values("year") == ()
    assert state.but(view="map").address == "year=2024&front=eastern&front=central&sort=label&view=map"
    assert state.but(page=4).page == 4


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("year=abc", "year"),
        ("year=20245", "year"),
        ("year=²", "year"),
        ("sort=up", "newest, oldest"),
        ("view=globe", "table, map"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=9999999", "page"),
        ("q=" + "+".join("abcdefghijkl"), "10 words"),
        ("front=" + "x" * 501, "front"),
        ("&".join(f"front={number}" for number in range(101)), "100"),
    ],
)
def test_a_value_that_is_none_is_refused_by_its_name(address: str, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        read(address)


@given(st.sampled_from(FACET_NAMES[1:]), texts)
def test_any_value_makes_an_iri(facet: str, name: str) -> None:
    assert NamedNode(iri_of(facet, name)).value == iri_of(facet, name)


def test_foreign_and_odd_iris_keep_their_whole_name() -> None:
    for iri in ("http://a.example/x", iri_of("front", "eastern"), iri_of("front", "none")):
        assert iri_of("front", name_of("front", iri)) == iri
    assert name_of("front", iri_of("front", NONE)) != NONE
