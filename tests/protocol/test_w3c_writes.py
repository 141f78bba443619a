"""The W3C suites of SPARQL Update, the protocol and the Graph Store Protocol, against a plain store over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode

import httpx
import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.release import Home
from kg.tokens import Tokens
from tests.protocol.http_manifests import HttpCase, HttpRequest, http_cases
from tests.protocol.result_comparison import same_graph
from tests.protocol.update_suite import UpdateCase, UpdateSyntaxCase, update_cases, update_syntax_cases
from tests.server.serving import serving
from tests.support.w3c import w3c_sparql

ROOT = w3c_sparql()
_WITHOUT = "the W3C suites are not there: set CROSSINGS_SHARED to the folder that holds them"
_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
_ALL = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_FAMILIES = {"StatusCode2xx": range(200, 300), "StatusCode3xx": range(300, 400), "StatusCode4xx": range(400, 500)}
_STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}

#: Updates of the syntax suite that are well-formed and refused: nothing is fetched from anywhere.
_LOADS = "LOAD"


def _cases() -> list[UpdateCase]:
    return update_cases(ROOT) if ROOT is not None else []


def _syntax() -> list[UpdateSyntaxCase]:
    return update_syntax_cases(ROOT) if ROOT is not None else []


def _http(*names: str) -> list[HttpCase]:
    if ROOT is None:
        return []
    return [case for name in names for case in http_cases(ROOT / "sparql11" / name)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("plain")
    home = folder / "home"
    secret = Tokens(Home(home)).create("suite", "admin")
    limits = ("client_seconds=100000", "workers=2", "spares=0")
    options = [part for limit in limits for part in ("--limit", limit)]
    with serving(home, folder / "errors", "--empty", "--no-shapes", *options) as running:
        headers = {"Authorization": f"Bearer {secret}"}
        with httpx.Client(base_url=running.url, headers=headers, timeout=120) as client:
            yield client
        assert running.process.poll() is None, running.complaints()
    assert "ERROR" not in running.complaints()


def _updated(store: httpx.Client, update: str) -> httpx.Response:
    return store.post("/update", content=update.encode(), headers={"Content-Type": _UPDATE})


def _held(store: httpx.Client) -> Dataset:
    answer = store.get("/sparql", params={"query": _ALL}, headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 200, answer.text
    rows = parse_query_results(answer.content, QueryResultsFormat.JSON)
    assert isinstance(rows, QuerySolutions)
    return _canonical(
        Quad(row["s"], row["p"], row["o"], row["g"]) if row["g"] is not None else Quad(row["s"], row["p"], row["o"])
        for row in rows
    )


def _canonical(quads: Iterator[Quad] | set[Quad]) -> Dataset:
    made = Dataset(quads)
    made.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return made


@pytest.mark.skipif(ROOT is None, reason=_WITHOUT)
def test_suites_are_whole() -> None:
    assert (len(_cases()), len(_syntax())) == (94, 55)
    assert len(_http("protocol/manifest.ttl")) == 34
    assert len(_http("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl")) == 14


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.name)
def test_update_evaluation(case: UpdateCase, store: httpx.Client) -> None:
    assert _updated(store, "DROP ALL").status_code == 204
    for name, path in case.before:
        target = "/store?default" if name is None else f"/store?graph={quote(name, safe='')}"
        content = f"@base <{path.as_uri()}> .\n".encode() + path.read_bytes()
        put = store.put(target, content=content, headers={"Content-Type": "text/turtle"})
        assert put.status_code in (201, 204), put.text
    answer = _updated(store, case.update.read_text("utf-8"))
    assert answer.status_code == 204, answer.text
    assert _held(store) == _canonical(case.expected())


@pytest.mark.parametrize("case", _syntax(), ids=lambda case: case.name)
def test_update_syntax(case: UpdateSyntaxCase, store: httpx.Client) -> None:
    text = case.update.read_text("utf-8")
    answer = _updated(store, text)
    if case.good and _LOADS in text.upper().split() and "SILENT" not in text.upper():
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "update-refused")
    elif case.good:
        # An operation on a graph that is not there, or is there already, may fail: it is read all the same.
        told = answer.json()["detail"] if answer.status_code != 204 else ""
        assert answer.status_code == 204 or told.startswith("the update cannot be applied"), answer.text
    else:
        assert answer.status_code == 400
        assert answer.json()["type"].rpartition("/")[2] == "malformed-update", answer.text


@pytest.mark.parametrize("case", _http("protocol/manifest.ttl"), ids=lambda case: case.name)
def test_protocol(case: HttpCase, store: httpx.Client) -> None:
    # The suite has these at their addresses; here they are put under them.
    for number in range(4):
        graph = f"http://kasei.us/2009/09/sparql/data/data{number}.rdf"
        content = f"<{graph}> a <http://xmlns.com/foaf/0.1/Document> ." if number else ""
        put = store.put("/store", params={"graph": graph}, content=content, headers={"Content-Type": "text/turtle"})
        assert put.status_code in (201, 204)
    _played(case, store)


@pytest.mark.parametrize(
    "case",
    _http("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl"),
    ids=lambda case: case.name,
)
def test_graph_store_protocol(case: HttpCase, store: httpx.Client) -> None:
    assert _updated(store, "DROP ALL").status_code == 204
    _played(case, store)


def _played(case: HttpCase, store: httpx.Client) -> None:
    known: dict[str, str] = {}
    for number, request in enumerate(case.requests, start=1):
        target = _target(request)
        for name, value in known.items():
            target = target.replace(name, quote(value, safe=""))
        answer = store.request(
            request.method, target, content=request.body, headers={**request.headers, "Host": case.host}
        )
        where = (
            f"request {number} of {case.name}: {request.method} {target} -> {answer.status_code} {answer.text[:300]}"
        )
        assert any(_is(answer.status_code, status) for status in request.statuses), where
        if request.boolean is not None:
            assert answer.json()["boolean"] == request.boolean, where
        if request.graph is not None and request.method != "HEAD":
            assert same_graph(_triples(answer.text, target), _triples(request.graph, target)), where
        if request.location is not None:
            known[request.location] = answer.headers["location"]


def _target(request: HttpRequest) -> str:
    """The address of ours that stands for that of the suite: updates and queries have one each here."""
    path, _, query = request.target.partition("?")
    if path.startswith("/gsp"):
        return f"/store{path.removeprefix('/gsp')}" + (f"?{query}" if query else "")
    kind = request.headers.get("content-type", "").partition(";")[0]
    form = request.body.decode("utf-8", "replace") if kind in (_FORM, "") else ""
    names = {name for part in (query, form) for name, _value in parse_qsl(part, keep_blank_values=True)}
    updates = kind == _UPDATE or bool(names & {"update", "using-graph-uri", "using-named-graph-uri"})
    address = "/update" if updates else "/sparql"
    return f"{address}?{query}" if query else address


def _is(status: int, stated: str) -> bool:
    return status in _FAMILIES[stated] if stated in _FAMILIES else status == _STATUSES[stated]


def _triples(text: str, target: str) -> list[Triple]:
    base = f"http://www.example{target}"
    quads = parse(text.encode(), format=RdfFormat.TURTLE, base_iri=base)
    return [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


def test_form_with_graphs_of_the_request(store: httpx.Client) -> None:
    one, two = "http://g.example/1", "http://g.example/2"
    data = f"GRAPH <{one}> {{ <a:a> <a:b> 1 }} GRAPH <{two}> {{ <a:c> <a:b> 1 }}"
    assert _updated(store, f"DROP ALL; INSERT DATA {{ {data} }}").status_code == 204
    body = urlencode(
        [("update", "INSERT { <a:found> <a:is> ?s } WHERE { ?s <a:b> 1 }"), ("using-graph-uri", one)]
    ).encode()
    assert store.post("/update", content=body, headers={"Content-Type": _FORM}).status_code == 204
    found = store.get("/store?default", headers={"Accept": "application/n-triples"}).text
    assert found == "<a:found> <a:is> <a:a> .\n"


def test_multipart(store: httpx.Client) -> None:
    graph = "http://g.example/parts"
    files = {
        "one": ("one.ttl", "<a:a> <a:b> 'é'.".encode(), "text/turtle"),
        "two": ("two.nt", b"<a:a> <a:b> <a:c> .", "application/n-triples"),
    }
    assert store.post("/store", params={"graph": graph}, files=files).status_code == 201
    found = store.get("/store", params={"graph": graph}, headers={"Accept": "application/n-triples"}).text
    assert sorted(found.splitlines()) == ['<a:a> <a:b> "é" .', "<a:a> <a:b> <a:c> ."]
    assert NamedNode(graph).value == graph
