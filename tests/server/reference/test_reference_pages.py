"""`/ontology`, `/vocabulary` and `/shapes` as pages, of a real server."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph, URIRef

from kg.namespaces import BASE, CX, SCHEMES, expand, graph_iri
from kg.reference.said import Said, read_triples
from kg.release import Home, publish
from kg.resources import ontology_dir, shape_files
from tests.release.content import content
from tests.server.reference.links import Links
from tests.server.serving import client_of
from tests.support.lexicon import lexicon_quads

PAGES = ["/ontology", "/vocabulary", "/shapes", *(f"/vocabulary/{name}" for name in sorted(SCHEMES.values()))]
PAGES.append("/vocabulary/korea-gazetteer")
HTML = {"Accept": "text/html"}
MARKUP = "<script>alert(1)</script><b onclick=alert(1)>\"'&"


@pytest.fixture(scope="module")
def pages(asking: httpx.Client) -> dict[str, Links]:
    found = {}
    for path in PAGES:
        answer = asking.get(path, headers=HTML)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        found[path] = Links(answer.text)
    return found


def test_every_term_of_the_ontology_has_an_entry(pages: dict[str, Links]) -> None:
    graph = Graph().parse(ontology_dir() / "ontology.ttl")
    names = {str(s).removeprefix(CX) for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(CX)}
    assert len(names) > 130
    assert names - set(pages["/ontology"].ids) == set()
    for name in names:
        assert CX + name in pages["/ontology"].text or f"cx:{name}" in pages["/ontology"].text


def test_every_concept_has_an_entry(pages: dict[str, Links]) -> None:
    checked = 0
    for path in sorted((ontology_dir() / "vocabulary").glob("*.ttl")):
        for iri in Said(read_triples([path])).subjects("skos:Concept"):
            assert iri.partition("#")[2] in pages[f"/vocabulary/{path.stem}"].ids, iri
            checked += 1
    assert checked > 150


def test_every_shape_and_every_node_of_the_shapes_has_an_entry(pages: dict[str, Links]) -> None:
    said = Said(read_triples(shape_files()))
    names = {iri.partition("#")[2] for iri in said.subjects(within=f"{BASE}shapes#")}
    assert len(names) > 100
    assert names - set(pages["/shapes"].ids) == set()


def test_every_link_to_an_anchor_leads_to_one(pages: dict[str, Links]) -> None:
    checked = 0
    for path, links in pages.items():
        assert len(links.ids) == len(set(links.ids)), path
        for href in links.hrefs:
            where, mark, anchor = href.partition("#")
            if mark and (where or path) in pages:
                assert anchor in pages[where or path].ids, f"{path} -> {href}"
                checked += 1
            elif where.startswith(("/ontology", "/vocabulary", "/shapes")) and "." not in where:
                assert where in pages, f"{path} -> {href}"
    assert checked > 1000


def test_pages_have_one_heading_landmarks_and_nothing_inline(pages: dict[str, Links]) -> None:
    for path, links in pages.items():
        assert links.forbidden == [], path
        assert links.headings.count("h1") == 1
        assert links.headings.count("main") == 1


def test_pages_are_not_heavy(asking: httpx.Client) -> None:
    for path in ("/ontology.html", "/vocabulary/korea-gazetteer.html", "/shapes.html"):
        with asking.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert sum(len(chunk) for chunk in answer.iter_raw()) < 60_000, path


def test_the_release_is_named(asking: httpx.Client, pages: dict[str, Links]) -> None:
    release = asking.get("/ontology", headers=HTML).headers["crossings-release"]
    for path in ("/ontology", "/vocabulary", "/vocabulary/front"):
        assert re.search(rf"As release\s+<code>{release}</code> holds", pages[path].text), path


def test_a_release_without_an_ontology_is_shown_that_of_the_software(client: httpx.Client) -> None:
    page = client.get("/ontology", headers=HTML).text
    assert "holds no ontology" in page
    assert 'id="Incident"' in page
    assert client.get("/vocabulary/front.ttl").status_code == 200


def test_counts_are_what_their_queries_list(asking: httpx.Client, pages: dict[str, Links]) -> None:
    checked = 0
    for path in ("/ontology", "/vocabulary/front", "/vocabulary/actor-type"):
        for href, words in pages[path].words.items():
            if not href.startswith("/query?"):
                continue
            found = re.match(r"([\d,]+) (?:values?|claims?|statements?|entit|entries|entry)", words)
            assert found is not None, words
            (query,) = parse_qs(urlsplit(href).query)["query"]
            answer = asking.get("/sparql", params={"query": query}, headers={"Accept": "application/json"})
            assert len(answer.json()["results"]["bindings"]) == int(found[1].replace(",", "")), query
            checked += 1
    assert checked > 20


def test_an_example_is_a_statement_of_the_release(asking: httpx.Client, pages: dict[str, Links]) -> None:
    examples = re.findall(r'<pre class="turtle" tabindex="0">(.+?)</pre>', pages["/ontology"].text, re.S)
    assert len(examples) > 15
    shown = [example for example in examples if " cx:front " in example]
    assert shown == ["id:incident\\/0000 cx:front front:eastern ."] or shown[0].startswith("id:incident\\/000")
    asked = f"ASK {{ {shown[0].removesuffix(' .')} }}"
    assert asking.get("/sparql", params={"query": asked}, headers={"Accept": "application/json"}).json()["boolean"]


def test_the_drawing_has_a_title_and_links_to_entries(pages: dict[str, Links]) -> None:
    drawing = re.search(r"<svg.*?</svg>", pages["/ontology"].text, re.S)
    assert drawing is not None
    assert 'aria-labelledby="_drawn-entities"' in drawing[0]
    assert 'id="_drawn-claims"' in pages["/ontology"].text
    links = Links(drawing[0])
    assert {"#Incident", "#Person", "#Organization", "#Route", "#Statistic", "#crosser"} <= set(links.hrefs)


def hostile() -> list[Quad]:
    graph = NamedNode(graph_iri("vocabulary"))
    evil = NamedNode(CX + "evil'&onload=alert(1)")
    found = [quad for quad in lexicon_quads() if not _labels(quad)]
    for name in ("cx:Incident", "cx:crosser", "cx:front", "cx:Claim"):
        found.append(
            Quad(NamedNode(expand(name)), NamedNode(expand("rdfs:label")), Literal(MARKUP, language="en"), graph)
        )
        found.append(
            Quad(NamedNode(expand(name)), NamedNode(expand("rdfs:comment")), Literal(MARKUP, language="en"), graph)
        )
    for name in ("front:eastern", "https://w3id.org/crossings/vocabulary/front"):
        for predicate in ("skos:prefLabel", "skos:definition", "skos:altLabel", "skos:scopeNote", "skos:example"):
            found.append(
                Quad(NamedNode(expand(name)), NamedNode(expand(predicate)), Literal(MARKUP, language="en"), graph)
            )
    links = (
        ("rdfs:seeAlso", "javascript:alert(1)"),
        ("rdfs:domain", "javascript:alert(2)"),
        ("rdf:type", expand("rdf:Property")),
    )
    found += [Quad(evil, NamedNode(expand(p)), NamedNode(o), graph) for p, o in links]
    found.append(
        Quad(
            NamedNode(expand("cx:Incident")),
            NamedNode(expand("rdfs:subClassOf")),
            NamedNode("javascript:alert(3)"),
            graph,
        )
    )
    head = NamedNode(BASE + "ontology")
    found.append(Quad(head, NamedNode(expand("dcterms:license")), NamedNode("javascript:alert(4)"), graph))
    found.append(Quad(head, NamedNode(expand("rdfs:label")), Literal(MARKUP), graph))
    return found


def _labels(quad: Quad) -> bool:
    replaced = ("rdfs:label", "rdfs:comment", "skos:prefLabel", "dcterms:license")
    return quad.predicate.value in {expand(name) for name in replaced}


def test_labels_and_iris_of_strangers_do_no_harm(tmp_path: Path) -> None:
    made = content(3)
    label = Quad(NamedNode(expand("id:incident/0000")), NamedNode(expand("skos:prefLabel")), Literal(MARKUP), None)
    publish(Home(tmp_path / "home"), replace(made, quads=[*made.quads, *hostile(), label]))
    with client_of(tmp_path / "home", tmp_path / "errors") as client:
        for path in ("/ontology", "/vocabulary", "/vocabulary/front"):
            answer = client.get(path, headers=HTML)
            assert answer.status_code == 200, answer.text
            links = Links(answer.text)
            assert links.forbidden == []
            assert [href for href in links.hrefs if not href.startswith(("/", "#", "https://", "http://"))] == []
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
            assert len(links.ids) == len(set(links.ids))
        held = parse(client.get("/ontology.nt").content, format=RdfFormat.N_TRIPLES)
        assert any(getattr(triple.object, "value", "") == MARKUP for triple in held)
