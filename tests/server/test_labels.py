from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.article.naming import ARTICLE, article_name
from kg.namespaces import expand
from server.labels import Label, Labels, labels_in

ONE, OTHER = "https://example.org/one", "https://example.org/other"


def said(iri: str, name: str, text: str, language: str | None = None) -> Quad:
    return Quad(NamedNode(iri), NamedNode(expand(name)), Literal(text, language=language), DefaultGraph())


def test_english_comes_first_then_no_language_then_any() -> None:
    quads = [
        said(ONE, "skos:prefLabel", "하나", "ko"),
        said(ONE, "skos:prefLabel", "one", "en"),
        said(OTHER, "skos:prefLabel", "anders", "de"),
        said(OTHER, "skos:prefLabel", "other"),
    ]
    found = labels_in(quads)
    assert found[ONE] == Label("one", "하나")
    assert found[OTHER] == Label("other")
    assert labels_in(quads[2:3])[OTHER] == Label("anders")


def test_a_region_does_not_make_another_language() -> None:
    assert labels_in(
        [said(ONE, "skos:prefLabel", "센터", "ko-KR"), said(ONE, "skos:prefLabel", "centre", "en-GB")]
    ) == {ONE: Label("centre", "센터")}


def test_titles_and_labels_count_and_nothing_else() -> None:
    assert labels_in([said(ONE, "dcterms:title", "a title")]) == {ONE: Label("a title")}
    assert labels_in([said(ONE, "rdfs:label", "a label")]) == {ONE: Label("a label")}
    assert labels_in([said(ONE, "skos:altLabel", "an alias"), said(ONE, "skos:hiddenLabel", "hidden")]) == {}


def test_what_has_no_label_is_called_by_its_name() -> None:
    labels = Labels({ONE: Label("one")})
    assert labels.of(ONE).text == "one"
    assert labels.of(expand("cx:independentSourceMin")).text == "independent source min"
    assert labels.of(expand("skos:broader")).text == "skos:broader"
    assert labels.of(OTHER).text == OTHER
    assert ONE in labels
    assert OTHER not in labels


def test_labels_are_joined_and_the_latter_count() -> None:
    joined = Labels({ONE: Label("one")}, ["urn:a"]).and_of({ONE: Label("eins"), OTHER: Label("other")})
    assert [joined.of(iri).text for iri in (ONE, OTHER)] == ["eins", "other"]
    assert joined.admitted == {"urn:a"}


def test_an_article_without_a_title_is_named_as_everywhere() -> None:
    iri = ARTICLE + "21fd148c" + "0" * 56
    assert Labels({}).of(iri).text == article_name(iri) == "Text 21fd148c, without a title"
