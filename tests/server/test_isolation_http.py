"""No query and no request makes the server call anybody: a listener stays silent whatever is asked."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Store

import tests.server.no_namespace as no_namespace
from kg.errors import QueryError
from kg.querying import open_release, run
from kg.release import Home
from tests.server.asking import problem_name
from tests.server.listener import SilentListener
from tests.server.serving import Served, serving

#: Queries that call THERE, or would if the lexer took them for something else. `HOST` is its beginning, up to `/`.
CALLS = {
    "plain": "SELECT * { SERVICE <THERE> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <THERE> { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { { SELECT * { SERVICE <THERE> { ?s ?p ?o } } } } } }",
    "in OPTIONAL": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE SILENT <THERE> { ?s ?p ?o } } }",
    "in EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <THERE> { ?s ?p ?o } } }",
    "in NOT EXISTS": "ASK { ?s ?p ?o FILTER(1 = 1 && NOT EXISTS { SERVICE SILENT <THERE> { ?s ?p ?o } }) }",
    "in MINUS": "SELECT * { ?s ?p ?o MINUS { SERVICE <THERE> { ?s ?p ?o } } }",
    "in UNION": "SELECT * { { ?s ?p ?o } UNION { SERVICE <THERE> { ?s ?p ?o } } }",
    "in GRAPH": "SELECT * { GRAPH ?g { SERVICE <THERE> { ?s ?p ?o } } }",
    "in SERVICE": "SELECT * { SERVICE SILENT <urn:x> { SERVICE <THERE> { ?s ?p ?o } } }",
    "in an aggregate's filter": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING (EXISTS { SERVICE <THERE> { ?a ?b ?c } })",
    "in ORDER BY": "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <THERE> { ?a ?b ?c } })",
    "in BIND": "SELECT * { BIND(EXISTS { SERVICE <THERE> { ?a ?b ?c } } AS ?x) }",
    "of ASK": "ASK { SERVICE <THERE> { ?s ?p ?o } }",
    "of CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <THERE> { ?s ?p ?o } }",
    "of DESCRIBE": "DESCRIBE ?s WHERE { SERVICE <THERE> { ?s ?p ?o } }",
    "by a variable": "SELECT * { BIND(<THERE> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "by a variable of VALUES": "SELECT * { VALUES ?e { <THERE> } SERVICE ?e { ?s ?p ?o } }",
    "by a variable that is made": "SELECT * { BIND(IRI(CONCAT('HOST', 'x')) AS ?e) SERVICE SILENT ?e { ?s ?p ?o } }",
    "by a variable with a dollar": "SELECT * { VALUES $e { <THERE> } SERVICE $e { ?s ?p ?o } }",
    "by a prefixed name": "PREFIX e: <HOST> SELECT * { SERVICE e:sparql { ?s ?p ?o } }",
    "by an empty prefix, glued": "PREFIX : <HOST> SELECT * { SERVICE:sparql{ ?s ?p ?o } }",
    "by a name with an escape": "PREFIX e: <HOST> SELECT * { SERVICE e:spar\\u0071l { ?s ?p ?o } }",
    "by a relative IRI": "BASE <HOST> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "by an escaped IRI": "SELECT * { SERVICE <\\u0068ttp:\\U0000002F/HOSTPORT/> { ?s ?p ?o } }",
    "in small letters": "select * { service <THERE> { ?s ?p ?o } }",
    "in mixed letters": "SELECT * { SeRvIcE sIlEnT <THERE> { ?s ?p ?o } }",
    "with an escape": "SELECT * { S\\u0045RVICE <THERE> { ?s ?p ?o } }",
    "all escaped": "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <THERE> { ?s ?p ?o } }",
    "glued to its IRI": "SELECT * {SERVICE<THERE>{?s ?p ?o}}",
    "glued to SILENT": "SELECT * { SERVICESILENT<THERE>{?s ?p ?o} }",
    "glued to a number": "SELECT * { ?s ?p 1SERVICE<THERE>{?s ?p ?o} }",
    "glued to a decimal": "SELECT * { ?s ?p 1.5SERVICE<THERE>{?s ?p ?o} }",
    "glued to true": "SELECT * { ?s ?p trueSERVICE<THERE>{?s ?p ?o} }",
    "glued to a string": "SELECT * { ?s ?p 'x'SERVICE<THERE>{?s ?p ?o} }",
    "glued to a language": "SELECT * { ?s ?p 'x'@en.SERVICE<THERE>{?s ?p ?o} }",
    "glued to a variable": "SELECT * { ?s ?p ?o.SERVICE<THERE>{?s ?p ?o} }",
    "glued to a name": "PREFIX e: <urn:> SELECT * { ?s ?p e:SERVICE <THERE>{?s ?p ?o} }",
    "glued to a blank node": "SELECT * { ?s ?p _:x.SERVICE<THERE>{?s ?p ?o} }",
    "behind a comment": "SELECT * { # nothing here }\r SERVICE <THERE> { ?s ?p ?o } }",
    "with a comment inside": "SELECT * { SERVICE # <urn:harmless>\n <THERE> # {\n { ?s ?p ?o } }",
    "behind what looks like a comment": "SELECT * { ?s ?p ?o FILTER(?s<?o#>\n) SERVICE <THERE> { ?s ?p ?o } }",
    "behind what looks like a string": "SELECT * { ?s <urn:'> ?o . SERVICE <THERE> { ?s <urn:'> ?o } }",
    "behind odd space": "SELECT * {\tSERVICE\n\r\t<THERE>\f{ ?s ?p ?o } }",
    "with an address as a number": "SELECT * { SERVICE <http://2130706433:PORT/> { ?s ?p ?o } }",
    "with an address of IPv6": "SELECT * { SERVICE <http://[::ffff:127.0.0.1]:PORT/> { ?s ?p ?o } }",
    "with a name": "SELECT * { SERVICE <http://localhost:PORT/> { ?s ?p ?o } }",
    "with a user": "SELECT * { SERVICE <http://w3id.org@127.0.0.1:PORT/> { ?s ?p ?o } }",
}
LOADS = [
    "LOAD <THERE>",
    "LOAD SILENT <THERE> INTO GRAPH <urn:g>",
    "load<THERE>",
    "PREFIX e: <HOST> LOAD e:x",
    "BASE <HOST> LOAD <x>",
    "# a comment\nLOAD <THERE>",
    "LOAD <file:///etc/hostname>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <THERE> { ?s ?p ?o } }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> } ; LOAD <THERE>",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
]
FROMS = [
    "SELECT * FROM <THERE> { ?s ?p ?o }",
    "SELECT * FROM NAMED <THERE> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX e: <HOST> SELECT * FROM e:x { ?s ?p ?o }",
    "BASE <HOST> ASK FROM <x> {}",
    "CONSTRUCT { ?s ?p ?o } FROM <file:///etc/hostname> WHERE { ?s ?p ?o }",
    "SELECT * FROM <file:///etc/passwd> FROM <THERE> { ?s ?p ?o }",
]


@pytest.fixture(scope="module")
def listener() -> Iterator[SilentListener]:
    with SilentListener() as made:
        yield made
        assert made.callers() == []


@pytest.fixture
def silent(listener: SilentListener) -> Iterator[SilentListener]:
    yield listener
    assert listener.callers() == []


def at(query: str, listener: SilentListener) -> str:
    host = f"127.0.0.1:{listener.port}"
    for name, value in (
        ("HOSTPORT", host),
        ("THERE", listener.url),
        ("HOST", f"http://{host}/"),
        ("PORT", str(listener.port)),
    ):
        query = query.replace(name, value)
    return query


def ask(client: httpx.Client, query: str, way: str) -> httpx.Response:
    if way == "get":
        return client.get("/sparql", params={"query": query})
    if way == "form":
        return client.post("/sparql", data={"query": query})
    return client.request(way, "/sparql", content=query, headers={"Content-Type": "application/sparql-query"})


@pytest.mark.parametrize("name", CALLS)
def test_a_call_of_a_service_is_refused_and_not_made(client: httpx.Client, silent: SilentListener, name: str) -> None:
    for way in ("get", "form", "POST", "QUERY"):
        answer = ask(client, at(CALLS[name], silent), way)
        assert answer.status_code == 400, answer.text
        assert problem_name(answer) in ("service-refused", "malformed-query")


def test_most_calls_are_refused_for_what_they_are(client: httpx.Client, listener: SilentListener) -> None:
    # Few are no SPARQL to begin with; most must be known for what they are, else the table proves nothing.
    names = [problem_name(ask(client, at(query, listener), "form")) for query in CALLS.values()]
    assert names.count("service-refused") >= len(CALLS) - 3


def test_the_lexer_alone_makes_no_call(home: Path, silent: SilentListener) -> None:
    # In this process, which has a network: what the lexer lets through would be heard.
    held = open_release(Home(home).require_current())
    for query in CALLS.values():
        with pytest.raises(QueryError):
            run(held, at(query, silent))


def test_the_engine_would_make_the_call(listener: SilentListener) -> None:
    with pytest.raises((OSError, RuntimeError)):
        list(Store().query(at(CALLS["plain"], listener)))  # type: ignore[arg-type]  # a SELECT has solutions
    assert listener.callers() != []


@pytest.mark.parametrize("query", LOADS)
def test_an_update_is_refused_and_loads_nothing(client: httpx.Client, silent: SilentListener, query: str) -> None:
    update = at(query, silent)
    for way in ("get", "form", "POST", "QUERY"):
        answer = ask(client, update, way)
        assert (answer.status_code, problem_name(answer)) == (400, "update-refused"), answer.text
    direct = client.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"})
    for answer in (direct, client.post("/sparql", data={"update": update}), client.get("/sparql?update=" + update[:4])):
        assert (answer.status_code, problem_name(answer)) == (400, "update-refused"), answer.text


@pytest.mark.parametrize("query", FROMS)
def test_graphs_of_a_query_are_never_fetched(client: httpx.Client, silent: SilentListener, query: str) -> None:
    answer = ask(client, at(query, silent), "form")
    assert (answer.status_code, problem_name(answer)) == (400, "unknown-graph"), answer.text


@pytest.mark.parametrize("iri", ["THERE", "file:///etc/hostname", "HOSTgraph.ttl", "ftp://HOSTPORT/x"])
def test_graphs_of_a_request_are_never_fetched(client: httpx.Client, silent: SilentListener, iri: str) -> None:
    graph = at(iri, silent)
    for name in ("default-graph-uri", "named-graph-uri"):
        parameters = {"query": "SELECT * { ?s ?p ?o }", name: graph}
        for answer in (client.get("/sparql", params=parameters), client.post("/sparql", data=parameters)):
            assert (answer.status_code, problem_name(answer)) == (400, "unknown-graph"), answer.text
    for name in ("using-graph-uri", "using-named-graph-uri"):
        answer = client.post("/sparql", data={"query": "ASK {}", name: graph})
        assert (answer.status_code, problem_name(answer)) == (400, "update-refused"), answer.text
    assert problem_name(client.get("/store", params={"graph": graph})) == "graph-not-found"
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = client.request(method, "/store", params={"graph": graph}, content="<urn:a> <urn:b> <urn:c> .")
        assert (answer.status_code, problem_name(answer)) == (405, "method-not-allowed")


def test_functions_and_terms_that_name_an_address_call_nobody(client: httpx.Client, silent: SilentListener) -> None:
    for query in (
        "SELECT (IRI('THERE') AS ?x) (STR(<THERE>) AS ?y) { VALUES ?z { <THERE> } }",
        "DESCRIBE <THERE>",
        "SELECT * { <THERE> ?p ?o }",
        "ASK { GRAPH <THERE> { ?s ?p ?o } }",
        "SELECT (STRDT('x', <THERE>) AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(?o = 'SERVICE <THERE> { ?s ?p ?o }') } # SERVICE <THERE> {}",
    ):
        assert ask(client, at(query, silent), "form").status_code == 200
    assert problem_name(ask(client, at("SELECT (<THERE>(1) AS ?x) {}", silent), "form")) == "malformed-query"


def test_the_server_is_no_proxy(served: Served, silent: SilentListener) -> None:
    port = int(served.url.rpartition(":")[2])
    for head in (
        "GET THERE HTTP/1.1\r\nHost: HOSTPORT",
        "CONNECT HOSTPORT HTTP/1.1\r\nHost: HOSTPORT",
        "GET /sparql HTTP/1.1\r\nHost: HOSTPORT\r\nX-Forwarded-Host: HOSTPORT\r\nForwarded: for=HOSTPORT",
        "GET //HOSTPORT/ HTTP/1.1\r\nHost: x",
        "GET /graph/THERE HTTP/1.1\r\nHost: x",
    ):
        with socket.create_connection(("127.0.0.1", port), 60) as connection:
            connection.sendall(at(head, silent).encode() + b"\r\nConnection: close\r\n\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 ")


@pytest.fixture(scope="module")
def unshared(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a system that gives its workers no namespace."""
    before = (sys.executable, no_namespace.__file__)
    options = ("--limit", "workers=2", "--limit", "spares=0")
    with serving(home, tmp_path_factory.mktemp("unshared") / "errors", *options, before=before) as running:
        yield running


def test_without_a_namespace_the_filter_stands_and_is_told(unshared: Served, silent: SilentListener) -> None:
    protections = httpx.get(f"{unshared.url}/health", timeout=60).json()["protections"]
    assert not protections.pop("network-namespace")
    assert all(protections.values()), protections
    with httpx.Client(base_url=unshared.url, timeout=60) as client:
        assert problem_name(ask(client, at(CALLS["plain"], silent), "form")) == "service-refused"
        assert ask(client, "ASK {}", "form").json() == {"head": {}, "boolean": True}
