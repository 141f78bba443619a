"""`/ontology`, `/vocabulary`, `/shapes` and `/context.jsonld` as data, of a real server."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import httpx
import pyoxigraph
import pytest
from pyoxigraph import RdfFormat, Triple
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.formats import formats_for
from kg.namespaces import BASE
from kg.reference.said import Said, read_triples
from kg.resources import ontology_dir, shape_files, vocabulary_files

DOCUMENTS = ["/ontology", "/vocabulary", "/shapes", "/vocabulary/front", "/vocabulary/korea-gazetteer"]
HTML = {"Accept": "text/html"}


def parsed(answer: httpx.Response, format: RdfFormat) -> set[Triple]:
    content = answer.content
    if format == RdfFormat.JSON_LD and isinstance(document := answer.json(), dict):
        # The engine loads nothing: its context is put where its address stands.
        assert urlsplit(document["@context"]).path == "/context.jsonld"
        context = json.loads((ontology_dir() / "context.jsonld").read_text("utf-8"))["@context"]
        content = json.dumps({**document, "@context": context}).encode()
    return {Triple(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(content, format=format)}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_form_holds_the_same_triples(asking: httpx.Client, path: str) -> None:
    expected = Graph().parse(data=asking.get(f"{path}.nt").content, format="nt")
    assert len(expected) > 50
    for format in formats_for("graph"):
        answer = asking.get(f"{path}.{format.extension}")
        assert answer.status_code == 200, format.name
        assert answer.headers["content-type"] == format.content_type
        assert isinstance(format.engine, RdfFormat)
        triples = pyoxigraph.serialize(parsed(answer, format.engine), format=RdfFormat.N_TRIPLES)
        assert triples is not None
        assert isomorphic(Graph().parse(data=triples, format="nt"), expected), format.name


def test_the_ontology_is_complete(asking: httpx.Client) -> None:
    files = [ontology_dir() / "ontology.ttl", ontology_dir() / "alignment.ttl"]
    assert parsed(asking.get("/ontology.nt"), RdfFormat.N_TRIPLES) == set(read_triples(files))


def test_the_vocabularies_are_complete(asking: httpx.Client) -> None:
    every = parsed(asking.get("/vocabulary.nt"), RdfFormat.N_TRIPLES)
    for path in sorted((ontology_dir() / "vocabulary").glob("*.ttl")):
        held = parsed(asking.get(f"/vocabulary/{path.stem}.nt"), RdfFormat.N_TRIPLES)
        assert set(read_triples([path])) <= held, path.stem
        assert held <= every


def test_the_shapes_are_complete(asking: httpx.Client) -> None:
    files = Graph()
    for path in shape_files():
        files.parse(path)
    assert isomorphic(Graph().parse(data=asking.get("/shapes.ttl").content, format="turtle"), files)


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize(
    ("accept", "kind", "ending"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", "html"),
        ("text/turtle", "text/turtle; charset=utf-8", "ttl"),
        ("application/ld+json", "application/ld+json", "jsonld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.5", "application/rdf+xml", "rdf"),
        ("text/html;q=0.3, application/pdf", "text/html; charset=utf-8", "html"),
        ("*/*", "text/turtle; charset=utf-8", "ttl"),
        ("application/n-quads", "application/n-quads", "nq"),
    ],
)
def test_the_form_is_negotiated(asking: httpx.Client, path: str, accept: str, kind: str, ending: str) -> None:
    answer = asking.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-location"] == f"{path}.{ending}"
    assert "Accept" in answer.headers["vary"]
    links = answer.headers["link"]
    for format in formats_for("graph"):
        link = f'<{path}.{format.extension}>; rel="alternate"; type="{format.media_type}"'
        assert (link in links) == (format.extension != ending)
    assert 'rel="describedby"' in links
    assert f'<{BASE}{path[1:]}>; rel="canonical"' in links
    assert answer.headers["access-control-allow-origin"] == "*"
    named = asking.get(answer.headers["content-location"])
    assert named.text == answer.text
    assert "content-location" not in named.headers


def test_a_format_may_be_named(asking: httpx.Client) -> None:
    assert asking.get("/ontology?format=nt", headers=HTML).headers["content-location"] == "/ontology.nt"
    assert asking.get("/ontology?format=html").headers["content-location"] == "/ontology.html"
    assert asking.get("/ontology?format=odt").json()["status"] == 400


def test_a_release_may_be_pinned(asking: httpx.Client) -> None:
    release = asking.get("/ontology").headers["crossings-release"]
    answer = asking.get(f"/vocabulary/front?release={release}", headers=HTML)
    assert answer.headers["content-location"] == f"/vocabulary/front.html?release={release}"
    assert f"release={release}" in answer.text
    assert asking.get("/ontology?release=ffffffff").status_code == 404


@pytest.mark.parametrize("path", ["/ontology", "/ontology.ttl", "/vocabulary/front", "/shapes.html", "/context.jsonld"])
def test_head_options_and_not_modified(asking: httpx.Client, path: str) -> None:
    whole = asking.get(path)
    tag = whole.headers["etag"]
    again = asking.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    head = asking.head(path)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    options = asking.options(path)
    assert options.status_code == 204
    assert "GET" in options.headers["access-control-allow-methods"]
    assert options.headers["access-control-allow-origin"] == "*"
    refused = asking.post(path)
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]


def test_forms_have_entity_tags_of_their_own(asking: httpx.Client) -> None:
    tags = {asking.get("/ontology", headers={"Accept": kind}).headers["etag"] for kind in ("text/html", "text/turtle")}
    assert len(tags) == 2


@pytest.mark.parametrize("path", DOCUMENTS)
def test_what_no_form_satisfies_is_a_problem(asking: httpx.Client, path: str) -> None:
    answer = asking.get(path, headers={"Accept": "application/pdf"})
    assert answer.status_code == 406
    problem = answer.json()
    assert problem["type"].endswith("/not-acceptable")
    assert {"text/html", "text/turtle"} <= set(problem["available"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ontology/Incidnt", "did you mean /ontology#Incident?"),
        ("/ontology/Incident", "https://w3id.org/crossings/ontology#Incident"),
        ("/ontology/9.9.9", "which has version 0.1.0"),
        ("/ontology.pdf", "/ontology.ttl"),
        ("/vocabulary/frnt", "did you mean /vocabulary/front?"),
        ("/vocabulary/front.pdf", "/vocabulary/front.ttl"),
        ("/vocabulary/front/9.9.9", "no vocabulary"),
        ("/vocabulary/", "/vocabulary for those there are"),
        ("/shapes/ClaimHasEvidence", "/shapes#ClaimHasEvidence"),
        ("/shapes.pdf", "/shapes.ttl"),
    ],
)
def test_what_is_not_there_is_a_problem_that_helps(asking: httpx.Client, path: str, words: str) -> None:
    answer = asking.get(path)
    assert answer.status_code == 404
    assert words in answer.json()["detail"]
    page = asking.get(path, headers=HTML)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/ontology/0.1.0", "/ontology"),
        ("/ontology/alignment", "/ontology"),
        ("/ontology/alignment/0.1.0", "/ontology"),
        ("/vocabulary/front/0.1.0", "/vocabulary/front"),
        ("/shapes/0.1.0", "/shapes"),
    ],
)
def test_version_iris_lead_to_their_document(asking: httpx.Client, path: str, leads_to: str) -> None:
    answer = asking.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)


def test_every_version_iri_leads_somewhere(asking: httpx.Client) -> None:
    said = Said([*read_triples(vocabulary_files()), *read_triples(shape_files())])
    iris = {said.one(iri, "owl:versionIRI") for iri in said.subjects("owl:Ontology")} | set(
        said.subjects("owl:Ontology")
    )
    assert len(iris) > 40
    for iri in sorted(iris):
        answer = asking.get("/" + iri.removeprefix(BASE), follow_redirects=True, headers={"Accept": "text/turtle"})
        assert answer.status_code == 200, iri


def test_json_ld_is_in_the_words_of_the_context(asking: httpx.Client) -> None:
    document = asking.get("/vocabulary/front.jsonld").json()
    eastern = next(node for node in document["@graph"] if node["@id"].endswith("#eastern"))
    assert eastern["label"] == {"en": "eastern front", "ko": "동부전선"}


def test_the_context_is_json_ld(asking: httpx.Client) -> None:
    answer = asking.get("/context.jsonld", headers={"Accept": "application/ld+json, application/json;q=0.9"})
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.json() == json.loads((ontology_dir() / "context.jsonld").read_text("utf-8"))
    assert answer.headers["access-control-allow-origin"] == "*"
