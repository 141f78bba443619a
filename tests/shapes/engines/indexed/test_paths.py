"""Paths lead where rdflib's do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.paths import Unsupported, pairs, predicates_of

NODES = [f"n:{name}" for name in "abcd"]
STEPS = [URIRef("p:p"), URIRef("p:q")]
PATHS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(STEPS),
    lambda inner: st.one_of(
        st.builds(InvPath, inner),
        st.builds(SequencePath, inner, inner),
        st.builds(AlternativePath, inner, inner),
        st.builds(MulPath, inner, st.sampled_from("*+?")),
    ),
    max_leaves=4,
)


@given(
    triples=st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(STEPS), st.sampled_from(NODES)), max_size=8),
    path=PATHS,
    start=st.sampled_from(NODES),
)
def test_the_ends_are_those_of_rdflib(triples: set[tuple[str, URIRef, str]], path: Any, start: str) -> None:
    index, graph = Index(), Graph()
    for s, p, o in triples:
        index.add((s, str(p), o))
        graph.add((URIRef(s), p, URIRef(o)))
    ends = {str(end) for end in graph.objects(URIRef(start), path)}
    assert {end for _, end in pairs(index, path, start, None)} == ends
    for end in NODES:
        assert any(True for _ in pairs(index, path, start, end)) is (end in ends)
    assert predicates_of(path) <= {str(step) for step in STEPS}


def test_a_path_of_another_kind_is_left() -> None:
    with pytest.raises(Unsupported, match="the path"):
        predicates_of(NegatedPath(STEPS[0]))
    with pytest.raises(Unsupported, match="the path"):
        list(pairs(Index(), NegatedPath(STEPS[0]), "n:a", None))
