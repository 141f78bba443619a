from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand
from server.describing import Description
from server.labels import Label, Labels
from server.views.article import Paragraph, article_page_view, marked
from server.views.evidence import ArticleView, ClaimView, Words
from server.views.term import TermView

ARTICLE = expand("id:article/aa")


def claim(*stretches: tuple[str, int, int]) -> ClaimView:
    """A claim whose evidence has these names and places."""
    words = tuple(
        Words(f"{ARTICLE}/{name}", "quote", 0, start, end, "", "", f"{ARTICLE}#e-{name}")
        for name, start, end in stretches
    )
    article = ArticleView(ARTICLE, "a title", None, None, False, False)
    value = Literal("v")
    view = TermView(Label("v"))
    return ClaimView("c", "s", "p", view, value, None, Label("asserted"), True, (), None, (), None, article, words)


def text_of(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return ["".join(piece.text for piece in paragraph.pieces) for paragraph in paragraphs]


TEXTS = st.text(alphabet="ab리 \n", min_size=1, max_size=60)


@st.composite
def texts_with_stretches(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    return text, [(start, end) for start, end in draw(st.lists(places, max_size=6)) if start < end]


@given(texts_with_stretches())
def test_marking_keeps_the_text_and_marks_what_is_covered(drawn: tuple[str, list[tuple[int, int]]]) -> None:
    text, places = drawn
    found = marked(text, [claim(*((f"e{n}", start, end) for n, (start, end) in enumerate(places)))])
    kept = [block for block in text.split("\n\n") if block.strip()]
    assert text_of(found) == kept
    expected = []
    at = 0
    for block in text.split("\n\n"):
        if block.strip():
            expected += [any(start <= n < end for start, end in places) for n in range(at, at + len(block))]
        at += len(block) + 2
    assert [piece.marked for p in found for piece in p.pieces for _ in piece.text] == expected


@given(texts_with_stretches())
def test_every_evidence_has_one_anchor_where_it_begins(drawn: tuple[str, list[tuple[int, int]]]) -> None:
    text, places = drawn
    found = marked(text, [claim((f"e{n}", start, end)) for n, (start, end) in enumerate(places)])
    anchors = [name for p in found for piece in p.pieces for name in piece.anchors]
    # What lies wholly between paragraphs is not shown at all.
    shown = [n for n, (start, end) in enumerate(places) if text[start:end].strip()]
    assert sorted(anchors) == sorted(set(anchors))
    assert {f"e{n}" for n in shown} <= set(anchors)


def test_a_stretch_that_is_not_in_the_text_is_left_out() -> None:
    [paragraph] = marked("some words", [claim(("a", -1, -1), ("b", 3, 999), ("c", 5, 5))])
    assert [(piece.text, piece.marked, piece.anchors) for piece in paragraph.pieces] == [("some words", False, ())]


def test_overlapping_stretches_begin_each_in_a_piece_of_its_own() -> None:
    [paragraph] = marked("one two three", [claim(("a", 0, 7), ("b", 4, 13))])
    assert [(piece.text, piece.marked, piece.anchors) for piece in paragraph.pieces] == [
        ("one ", True, ("a",)),
        ("two three", True, ("b",)),
    ]


def described(*quads: tuple[str, str, str | Literal]) -> Description:
    def node(value: str | Literal) -> NamedNode | Literal:
        return value if isinstance(value, Literal) else NamedNode(value if "://" in value else expand(value))

    graph = DefaultGraph()
    return Description(ARTICLE, [Quad(NamedNode(expand(s)), NamedNode(expand(p)), node(o), graph) for s, p, o in quads])


def test_the_page_of_an_article_says_what_it_is_and_what_it_cites() -> None:
    view = article_page_view(
        described(
            ("id:article/aa", "dcterms:title", Literal("a title")),
            ("id:article/aa", "dcterms:rights", Literal("theirs")),
            ("id:article/aa", "schema:url", Literal("javascript:x")),
            ("id:article/aa", "cx:textLength", Literal("12", datatype=NamedNode(expand("xsd:integer")))),
            ("id:article/aa", "cx:citedSource", "id:source/one"),
            ("id:source/one", "skos:prefLabel", Literal("A Wire")),
            ("id:source/one", "cx:sourceRole", Literal("wire")),
        ),
        Labels({}),
    )
    assert (view.article.title, view.rights, view.url, view.length) == ("a title", "theirs", "javascript:x", 12)
    assert [(cited.name, cited.role) for cited in view.cited] == [("A Wire", "wire")]
    assert view.text is None
    assert view.groups == ()
    assert view.evidence == []


def test_claims_are_grouped_by_what_they_are_about_incidents_first() -> None:
    held = {expand(f"{scheme}") for scheme in ("certainty:asserted", "tense:past", "specificity:specific")}
    quads: list[tuple[str, str, str | Literal]] = []
    for number, subject in enumerate(("id:person/p", "id:incident/i", "id:person/p")):
        claimed = f"id:claim/{number}"
        quads += [
            (claimed, "rdf:subject", subject),
            (claimed, "rdf:predicate", "cx:remark" if number == 2 else "cx:front"),
            (claimed, "rdf:object", "front:eastern"),
            (claimed, "cx:inArticle", "id:article/aa"),
            (claimed, "cx:certainty", "certainty:asserted"),
            (claimed, "cx:tense", "tense:past"),
            (claimed, "cx:specificity", "specificity:specific"),
        ]
    view = article_page_view(described(*quads), Labels({}, held))
    assert [group.iri for group in view.groups] == [expand("id:incident/i"), expand("id:person/p")]
    # A remark is no fact, however firmly it is made.
    assert [(len(group.held), len(group.unheld)) for group in view.groups] == [(1, 0), (1, 1)]
