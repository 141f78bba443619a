from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.mapping.quads import Quads
from kg.namespaces import graph_iri
from kg.release.quads import canonical_lines, sorted_lines
from kg.replay import Written, graph_and_triple
from kg.writing.annotations import annotation_write

GRAPH = NamedNode(graph_iri("annotation/desk"))
NONE = Quads({})
words = st.text(st.characters(exclude_categories=["Cs"]))
literals = st.one_of(
    st.builds(Literal, words),
    st.builds(lambda value, tag: Literal(value, language=tag), words, st.sampled_from(["en", "ko-kr"])),
    st.builds(lambda value: Literal(value, datatype=NamedNode("https://example.org/a#type")), words),
)
quads = st.builds(
    lambda value: Quad(NamedNode("https://example.org/\u00e9"), NamedNode("urn:p"), value, GRAPH), literals
)


@given(st.lists(quads, min_size=1, max_size=5))
def test_any_quad_is_recorded_as_a_release_holds_it(given_quads: list[Quad]) -> None:
    text = serialize(given_quads, format=RdfFormat.N_QUADS)
    assert text is not None
    write = annotation_write(text.decode().removesuffix("\n").split("\n"), (), NONE)
    assert write is not None
    canonical = [line.decode() for line in sorted_lines(given_quads)]
    assert sorted(write.added) == canonical
    written = Written().then(write, 1, "x")
    assert [line.decode() for line in canonical_lines(written.annotations)] == canonical
    assert set(written.annotations) == set(given_quads)
    back = annotation_write((), write.added, written.annotations)
    assert back is not None
    assert written.then(back, 2, "y").annotations == NONE


@given(st.lists(quads, max_size=6), st.lists(quads, max_size=6), st.lists(quads, max_size=6))
def test_a_write_removes_and_then_adds(held: list[Quad], added: list[Quad], removed: list[Quad]) -> None:
    def lines(of: list[Quad]) -> list[str]:
        return [line.decode() for line in sorted_lines(of)]

    first = annotation_write(lines(held), (), NONE)
    before = Written().then(first, 1, "x") if first is not None else Written()
    write = annotation_write(lines(added), lines(removed), before.annotations)
    after = before.then(write, 2, "y") if write is not None else before
    assert set(after.annotations) == (set(held) - set(removed)) | set(added)
    if write is not None:
        assert not {
            line for line in write.added if graph_and_triple(line)[1] in before.annotations.graphs.get(str(GRAPH), ())
        }
        assert set(write.removed) <= set(before.annotations.lines())
