from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from kg.jsonld import context_document
from kg.namespaces import BASE, expand
from kg.release import Home, ReleaseContent, publish
from server.linked_data import DOCUMENTS
from tests.release.content import quads
from tests.server.asking import problem_name
from tests.server.serving import client_of

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
XSD_DATE = NamedNode(expand("xsd:date"))


def answers(client: httpx.Client, query: str) -> list[str]:
    found = client.get("/sparql", params={"query": query, "format": "json"}).json()
    return [row["x"]["value"] for row in found["results"]["bindings"]]


@pytest.fixture
def incident(reader: httpx.Client) -> str:
    """The path of the incident that most articles report."""
    found = answers(reader, "SELECT ?x { ?x a cx:Incident ; cx:articleCount ?n } ORDER BY DESC(?n) ?x")
    return found[0].removeprefix(BASE.rstrip("/"))


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml, text/turtle;q=0.5", "rdf"),
        ("application/n-quads", "nq"),
        ("application/n-triples", "nt"),
        ("*/*", "ttl"),
        (None, "ttl"),
    ],
)
def test_a_thing_leads_to_the_document_that_is_liked_best(
    reader: httpx.Client, incident: str, accept: str | None, ending: str
) -> None:
    request = reader.build_request("GET", incident)
    if accept is None:
        del request.headers["accept"]
    else:
        request.headers["accept"] = accept
    answer = reader.send(request)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{incident}.{ending}"
    assert "Accept" in answer.headers["vary"]
    assert reader.get(answer.headers["location"]).status_code == 200


def test_nothing_acceptable_is_a_problem(reader: httpx.Client, incident: str) -> None:
    answer = reader.get(incident, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["available"]


def read(answer: httpx.Response, ending: str) -> set[Triple]:
    content = answer.content
    if ending == "jsonld":
        content = json.dumps({**answer.json(), **context_document()}).encode()
    engine = DOCUMENTS[ending].engine
    assert isinstance(engine, RdfFormat)
    found = pyoxigraph.parse(content, format=engine)
    return {Triple(quad.subject, quad.predicate, quad.object) for quad in found}


def test_all_documents_say_the_same(reader: httpx.Client, incident: str) -> None:
    said = {}
    for ending, format in DOCUMENTS.items():
        answer = reader.get(f"{incident}.{ending}")
        assert answer.headers["content-type"] == format.content_type
        assert answer.headers["access-control-allow-origin"] == "*"
        said[ending] = read(answer, ending)
    assert len(said) == 6
    for ending, triples in said.items():
        assert triples == said["nt"], ending


def test_a_description_is_useful_by_itself(reader: httpx.Client, incident: str) -> None:
    triples = read(reader.get(f"{incident}.nt"), "nt")
    thing = NamedNode(BASE + incident[1:])
    properties = {t.predicate.value for t in triples if t.subject == thing}
    assert expand("skos:prefLabel") in properties
    assert expand("cx:reportedIn") in properties
    claims = {t.subject for t in triples if t.predicate.value == expand("rdf:subject") and t.object == thing}
    assert len(claims) > 5
    quotes = [t.object for t in triples if t.predicate.value == expand("oa:exact")]
    assert Literal("Early on Tuesday") in quotes
    # What it points to has a label, and so have the articles that it is reported in.
    named = {t.subject for t in triples if t.predicate.value in (expand("skos:prefLabel"), expand("dcterms:title"))}
    pointed = {t.object for t in triples if t.subject == thing and t.predicate.value == expand("cx:crosser")}
    assert pointed <= named


def test_quads_name_the_graph_in_which_something_is_said(reader: httpx.Client, incident: str) -> None:
    found = list(pyoxigraph.parse(reader.get(f"{incident}.nq").content, format=RdfFormat.N_QUADS))
    graphs = {str(quad.graph_name) for quad in found}
    assert str(DefaultGraph()) in graphs
    assert sum("/graph/article/" in graph for graph in graphs) >= 2


def test_links_lead_to_the_other_documents(reader: httpx.Client, incident: str) -> None:
    links = reader.get(f"{incident}.ttl").links
    assert links["describes"]["url"] == incident
    assert links["license"]["url"].startswith("https://creativecommons.org/")
    assert reader.get(f"{incident}.html").headers["link"].count('rel="alternate"') == len(DOCUMENTS)


def test_json_ld_stands_in_the_page(reader: httpx.Client, incident: str) -> None:
    page = reader.get(f"{incident}.html").text
    _, _, rest = page.partition('<script type="application/ld+json">')
    found = json.loads(rest.partition("</script>")[0])
    assert found["@context"] == f"{str(reader.base_url).rstrip('/')}/context.jsonld"
    assert found["@id"] == "id:" + incident.removeprefix("/id/")
    assert found["@type"] == "Incident"


def test_what_no_release_has_is_told(reader: httpx.Client) -> None:
    answer = reader.get("/id/incident/nobody")
    assert answer.status_code == 404
    assert problem_name(answer) == "not-found"
    assert "nobody" in answer.json()["detail"]
    page = reader.get("/id/incident/nobody.html", headers={"Accept": BROWSER})
    assert page.status_code == 404
    assert "<h1>There is nothing at this address</h1>" in page.text


@pytest.mark.parametrize("name", ["a b", '"><script>', "a\\b", "{x}", "%00", "<", "ü/리", "." * 50, "x.ttl.ttl"])
def test_odd_names_are_no_more_than_unknown(reader: httpx.Client, name: str) -> None:
    answer = reader.get(f"/id/{quote(name)}", headers={"Accept": BROWSER})
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_options_and_head(reader: httpx.Client, incident: str) -> None:
    options = reader.options(incident)
    assert options.status_code == 204
    assert options.headers["access-control-allow-origin"] == "*"
    head = reader.head(f"{incident}.ttl")
    assert head.status_code == 200
    assert head.content == b""
    assert reader.post(incident).status_code == 405


def test_a_document_is_sent_again_only_when_it_changed(reader: httpx.Client, incident: str) -> None:
    first = reader.get(f"{incident}.ttl")
    assert reader.get(f"{incident}.ttl", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_a_page_may_be_pinned_to_a_release(reader: httpx.Client, incident: str) -> None:
    release = reader.get("/health").json()["release"]
    answer = reader.get(incident, params={"release": release}, headers={"Accept": BROWSER})
    assert answer.headers["location"] == f"{incident}.html?release={release}"
    assert "pinned" in reader.get(answer.headers["location"]).text
    assert reader.get(incident, params={"release": "0" * 16}).status_code == 404


def test_merged_and_withheld_names(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("moved") / "home"
    old, middle, gone = (NamedNode(expand(f"id:incident/{name}")) for name in ("old", "middle", "gone"))
    replaced = NamedNode(expand("dcterms:isReplacedBy"))
    default = DefaultGraph()
    more = [
        Quad(old, replaced, middle, default),
        Quad(middle, replaced, NamedNode(expand("id:incident/0001")), default),
        Quad(gone, NamedNode(expand("rdf:type")), NamedNode(expand("cx:Withheld")), default),
        Quad(gone, NamedNode(expand("cx:withheldOn")), Literal("2026-01-02", datatype=XSD_DATE), default),
        Quad(gone, NamedNode(expand("cx:withheldReason")), Literal("Relatives may be at risk."), default),
    ]
    publish(Home(home), ReleaseContent(quads=[*quads(2), *more]))
    # This one is current, never had the entity, and withholds nothing.
    publish(Home(home), ReleaseContent(quads=[*quads(2), *more[:2]]))
    with client_of(home, home.parent / "errors") as client:
        for name in ("old", "middle"):
            answer = client.get(f"/id/incident/{name}", headers={"Accept": BROWSER})
            assert answer.status_code == 301
            assert answer.headers["location"] == "/id/incident/0001"
            assert "found to be the same as" in answer.text
            assert answer.text.count("<h1>") == 1
            assert client.get(f"/id/incident/{name}.ttl").headers["location"] == "/id/incident/0001.ttl"
        for address in ("/id/incident/gone", "/id/incident/gone.html", "/id/incident/gone.nq"):
            answer = client.get(address)
            assert answer.status_code == 410
            assert problem_name(answer) == "withheld"
        page = client.get("/id/incident/gone", headers={"Accept": BROWSER})
        assert page.status_code == 410
        assert "Relatives may be at risk." in page.text
