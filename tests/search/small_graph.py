"""A small graph of the model, as quads of which any part may be missing."""

from __future__ import annotations

import re

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand, graph_iri

__all__ = ["ARTICLES", "iri", "quads"]

ARTICLES = tuple(graph_iri(f"article/{letter * 64}") for letter in "ab")


def iri(name: str) -> NamedNode:
    """The node of a prefixed name."""
    return NamedNode(expand(name))


def _quad(subject: str, predicate: str, value: str | Literal, graph: str = "") -> Quad:
    named = NamedNode(graph) if graph else DefaultGraph()
    return Quad(iri(subject), iri(predicate), iri(value) if isinstance(value, str) else value, named)


def _said(text: str, language: str | None = "en") -> Literal:
    return Literal(text, language=language)


def quads() -> list[Quad]:
    """Two persons, an incident, a place of the gazetteer, a rank, and two articles that speak of them."""
    vocabulary, gazetteer = graph_iri("vocabulary"), graph_iri("gazetteer")
    found = [
        _quad("id:person/1", "rdf:type", "cx:Person"),
        _quad("id:person/1", "skos:prefLabel", _said("Pak Chol-su")),
        _quad("id:person/1", "cx:name", Literal("Pak")),
        _quad("id:person/1", "cx:rank", "rank:corporal"),
        _quad("id:person/2", "rdf:type", "cx:Person"),
        _quad("id:person/2", "skos:prefLabel", _said("Park Young Hee")),
        _quad("id:incident/1", "rdf:type", "cx:Incident"),
        _quad("id:incident/1", "skos:prefLabel", _said("land crossing, 2019, somewhere")),
        _quad("id:incident/1", "cx:crosser", "id:person/1"),
        _quad("id:incident/1", "cx:place", "id:place/river"),
        _quad("id:place/river", "rdf:type", "cx:Place"),
        _quad("id:place/river", "rdf:type", "skos:Concept"),
    ]
    for graph, entry in (
        (gazetteer, "id:place/river"),
        (gazetteer, "id:organization/post"),
        (vocabulary, "rank:corporal"),
    ):
        found.append(_quad(entry, "rdf:type", "skos:Concept", graph))
        found.append(_quad(entry, "skos:prefLabel", _said(f"{re.split('[:/]', entry)[-1]} station"), graph))
    found += [
        _quad("id:organization/post", "cx:entryClass", "cx:Organization", gazetteer),
        _quad("rank:corporal", "skos:prefLabel", _said("상등병", "ko"), vocabulary),
        _quad("rank:corporal", "skos:hiddenLabel", _said("Cpl."), vocabulary),
    ]
    for number, graph in enumerate(ARTICLES, 1):
        article, words, selector = (f"id:{kind}/{number}" for kind in ("article", "evidence", "selector"))
        found += [
            _quad(article, "rdf:type", "cx:Article", graph),
            _quad(article, "dcterms:title", _said(f"Report {number}"), graph),
            _quad(article, "dcterms:publisher", Literal("The Paper"), graph),
            _quad("id:incident/1", "cx:reportedIn", article),
            _quad(words, "oa:hasSelector", selector, graph),
            _quad(selector, "oa:exact", Literal(f"Mr. Pak crossed the river {number} times"), graph),
            _quad(f"id:mention/{number}", "cx:mentions", "id:person/1", graph),
            _quad(f"id:mention/{number}", "cx:evidence", words, graph),
            _quad(f"id:claim/{number}", "rdf:subject", f"id:person/{number}", graph),
            _quad(f"id:claim/{number}", "cx:evidence", words, graph),
        ]
    return found
