"""An index holds a set of triples, whatever is put in and taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.shapes.engines.indexed.index import Index

NAMES = st.sampled_from("abcd")
TRIPLES = st.tuples(NAMES, NAMES, NAMES)
PATTERNS = st.tuples(*[st.none() | NAMES] * 3)


@given(st.lists(st.tuples(st.booleans(), TRIPLES), max_size=40), PATTERNS)
def test_it_answers_as_a_set_does(
    steps: list[tuple[bool, tuple[str, str, str]]], pattern: tuple[str | None, str | None, str | None]
) -> None:
    index, expected = Index(), set[tuple[str, str, str]]()
    for comes, triple in steps:
        assert (index.add(triple) if comes else index.discard(triple)) is ((triple in expected) is not comes)
        (expected.add if comes else expected.discard)(triple)
    assert len(index) == len(expected)
    found = list(index.match(*pattern))
    assert len(found) == len(set(found))
    assert set(found) == {t for t in expected if all(a in (None, b) for a, b in zip(pattern, t, strict=True))}
    for s, p, o in expected:
        assert index.has(s, p, o)
        assert set(index.objects(s, p)) == {c for a, b, c in expected if (a, b) == (s, p)}
        assert set(index.subjects(p, o)) == {a for a, b, c in expected if (b, c) == (p, o)}
        assert index.count(s, p) == len(list(index.objects(s, p)))
        assert set(index.predicates(s)) == {b for a, b, _ in expected if a == s}
        assert index.subjects_with(p) == {a for a, b, _ in expected if b == p}
        assert set(index.objects_of(p)) == {c for _, b, c in expected if b == p}
