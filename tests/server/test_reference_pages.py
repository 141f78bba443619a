"""`/ontology`, `/vocabulary`, `/shapes` and `/context.jsonld`, of a real server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from kg.formats import formats_for
from kg.namespaces import BASE, CX, SCHEMES, expand, graph_iri
from kg.reference.said import Said, read_triples
from kg.release import Home, publish
from kg.resources import ontology_dir, shape_files, vocabulary_files
from tests.release.content import content
from tests.server.serving import Served, serving
from tests.support.lexicon import lexicon_quads

DOCUMENTS = ["/ontology", "/vocabulary", "/shapes", "/vocabulary/front", "/vocabulary/korea-gazetteer"]
PAGES = ["/ontology", "/vocabulary", "/shapes", *(f"/vocabulary/{name}" for name in sorted(SCHEMES.values()))]
PAGES.append("/vocabulary/korea-gazetteer")
HTML = {"Accept": "text/html"}
MARKUP = "<script>alert(1)</script><b onclick=alert(1)>\"'&"


@dataclass
class Links(HTMLParser):
    """The anchors and links of a page, and what should not be there."""

    text: str
    ids: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    forbidden: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._href: str | None = None
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a":
                self._href = value or ""
                self.hrefs.append(self._href)
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")
        if tag in ("style", "iframe", "object", "embed", "b"):
            self.forbidden.append(tag)
        if tag == "script" and not dict(attrs).get("src") and dict(attrs).get("type") != "application/ld+json":
            self.forbidden.append(tag)
        if tag in ("h1", "main", "nav"):
            self.headings.append(tag)

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self.words[self._href] = self.words.get(self._href, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None


@pytest.fixture(scope="module")
def informed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a release that holds the ontology, the vocabularies and the gazetteer."""
    folder = tmp_path_factory.mktemp("informed")
    made = content(3)
    publish(Home(folder / "home"), replace(made, quads=[*made.quads, *lexicon_quads()]))
    with serving(folder / "home", folder / "errors") as running:
        yield running
    assert running.complaints() == ""


@pytest.fixture(scope="module")
def asking(informed: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=informed.url, timeout=60) as made:
        yield made


@pytest.fixture(scope="module")
def pages(asking: httpx.Client) -> dict[str, Links]:
    found = {}
    for path in PAGES:
        answer = asking.get(path, headers=HTML)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        found[path] = Links(answer.text)
    return found


def parsed(answer: httpx.Response, format: RdfFormat) -> set[Triple]:
    content = answer.content
    if format == RdfFormat.JSON_LD and isinstance(document := answer.json(), dict):
        # The engine loads nothing: its context is put where its address stands.
        assert urlsplit(document["@context"]).path == "/context.jsonld"
        context = json.loads((ontology_dir() / "context.jsonld").read_text("utf-8"))["@context"]
        content = json.dumps({**document, "@context": context}).encode()
    return {Triple(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(content, format=format)}


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
    with (
        serving(tmp_path / "home", tmp_path / "errors") as running,
        httpx.Client(base_url=running.url, timeout=60) as client,
    ):
        for path in ("/ontology", "/vocabulary", "/vocabulary/front"):
            answer = client.get(path, headers=HTML)
            assert answer.status_code == 200, answer.text
            links = Links(answer.text)
            assert links.forbidden == []
            assert [href for href in links.hrefs if not href.startswith(("/", "#", "https://", "http://"))] == []
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
            assert len(links.ids) == len(set(links.ids))
        held = parsed(client.get("/ontology.nt"), RdfFormat.N_TRIPLES)
        assert any(getattr(triple.object, "value", "") == MARKUP for triple in held)
    assert running.complaints() == ""
