from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pyarrow.ipc
import pytest
from pyarrow import parquet
from pyoxigraph import RdfFormat, parse

from kg.formats import formats_for
from kg.namespaces import expand
from server.settings import Settings
from tests.release.content import ARTICLE_GRAPH

COUNT = "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"
LABELS = "SELECT ?i ?l { ?i a cx:Incident ; skos:prefLabel ?l } ORDER BY ?i"
TRIPLES = "CONSTRUCT { ?i a cx:Incident } WHERE { ?i a cx:Incident }"


def counted(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.json()["results"]["bindings"][0]["n"]["value"])


def problem(answer: httpx.Response, status: int, name: str) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, object] = answer.json()
    assert document["status"] == status
    assert document["type"] == f"https://w3id.org/crossings/problem/{name}"
    assert document["title"]
    assert document["detail"]
    return document


def test_a_query_by_get(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": COUNT})
    assert counted(answer) == "3"
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "crossings-hint" not in answer.headers


def test_a_query_by_post_as_form_and_as_itself(client: httpx.Client) -> None:
    assert counted(client.post("/sparql", data={"query": COUNT})) == "3"
    for content_type in ("application/sparql-query", "Application/SPARQL-Query; charset=utf-8"):
        assert counted(client.post("/sparql", content=COUNT, headers={"Content-Type": content_type})) == "3"


def test_a_query_beyond_ascii_comes_through(client: httpx.Client) -> None:
    query = "SELECT ?ü { ?ü skos:prefLabel ?l FILTER(CONTAINS(?l, '“1”')) }"
    for answer in (
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"}),
    ):
        assert [row["ü"]["value"] for row in answer.json()["results"]["bindings"]] == [expand("id:incident/0001")]


def test_head_answers_without_a_body(client: httpx.Client) -> None:
    answer = client.head("/sparql", params={"query": COUNT})
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-length"] == client.get("/sparql", params={"query": COUNT}).headers["content-length"]


def test_ask_and_describe(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?i a cx:Incident }"}).json()["boolean"] is True
    answer = client.get("/sparql", params={"query": f"DESCRIBE <{expand('id:incident/0001')}>"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert len(list(parse(answer.content, format=RdfFormat.TURTLE))) == 4


def test_every_format_of_results_carries_the_same_rows(client: httpx.Client) -> None:
    ids = [expand(f"id:incident/{number:04d}") for number in range(3)]
    for format in formats_for("results"):
        answer = client.get("/sparql", params={"query": LABELS}, headers={"Accept": format.media_type})
        assert answer.headers["content-type"] == format.content_type
        if format.name == "json":
            found = [row["i"]["value"] for row in json.loads(answer.content)["results"]["bindings"]]
        elif format.name == "xml":
            tree = ElementTree.fromstring(answer.content)
            found = [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}uri")]
        elif format.name == "csv":
            found = [row[0] for row in csv.reader(io.StringIO(answer.text))][1:]
        elif format.name == "parquet":
            found = parquet.read_table(io.BytesIO(answer.content)).column("i").to_pylist()
        elif format.name == "arrow":
            found = pyarrow.ipc.open_stream(answer.content).read_all().column("i").to_pylist()
        else:
            found = [line.split("\t")[0].strip("<>") for line in answer.text.splitlines()[1:]]
        assert found == ids, format.name


def test_every_format_of_triples_carries_the_same_triples(client: httpx.Client) -> None:
    for format in formats_for("graph"):
        answer = client.get("/sparql", params={"query": TRIPLES}, headers={"Accept": format.media_type})
        assert answer.headers["content-type"] == format.content_type
        assert isinstance(format.engine, RdfFormat)
        assert len({quad.subject for quad in parse(answer.content, format=format.engine)}) == 3, format.name


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (COUNT, "text/csv;q=0.5, application/xml", "application/sparql-results+xml"),
        (COUNT, "text/csv, */*;q=0.1", "text/csv; charset=utf-8"),
        (COUNT, "application/json", "application/sparql-results+json"),
        (TRIPLES, "application/json", "application/ld+json"),
        (TRIPLES, "text/html, */*;q=0.5", "text/turtle; charset=utf-8"),
    ],
)
def test_the_accept_header_is_followed(client: httpx.Client, query: str, accept: str, content_type: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)


def test_several_accept_headers_are_one_list(client: httpx.Client) -> None:
    headers = [("Accept", "image/png"), ("Accept", "text/csv")]
    assert (
        client.get("/sparql", params={"query": COUNT}, headers=headers).headers["content-type"].startswith("text/csv")
    )


@pytest.mark.parametrize(("query", "accept"), [(COUNT, "text/turtle"), (TRIPLES, "text/csv"), (COUNT, "*/*;q=0")])
def test_what_cannot_be_given_is_406_and_lists_what_can(client: httpx.Client, query: str, accept: str) -> None:
    document = problem(
        client.get("/sparql", params={"query": query}, headers={"Accept": accept}), 406, "not-acceptable"
    )
    assert document["available"] == [
        format.media_type for format in formats_for("graph" if query == TRIPLES else "results")
    ]


def test_a_format_by_name_wins_over_the_header(client: httpx.Client) -> None:
    headers = {"Accept": "application/json"}
    answer = client.get("/sparql", params={"query": COUNT, "format": "csv"}, headers=headers)
    assert answer.text == "n\r\n3\r\n"
    assert client.post("/sparql", data={"query": COUNT, "format": ""}, headers=headers).json()
    document = problem(client.get("/sparql", params={"query": COUNT, "format": "pdf"}), 400, "unknown-format")
    assert "csv" in str(document["detail"])


def test_graphs_are_named_by_parameters(client: httpx.Client) -> None:
    claims = "SELECT (COUNT(*) AS ?n) { ?c a cx:Claim }"
    assert counted(client.get("/sparql", params={"query": claims})) == "0"
    assert counted(client.get("/sparql", params={"query": claims, "default-graph-uri": ARTICLE_GRAPH})) == "3"
    every = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    vocabulary = {"query": every, "named-graph-uri": expand("graph:vocabulary")}
    assert counted(client.post("/sparql", data=vocabulary)) == "2"
    # With a query as the body, the graphs stand in the address (SPARQL 1.1 Protocol, section 2.1.3).
    answer = client.post(
        f"/sparql?default-graph-uri={quote(ARTICLE_GRAPH)}",
        content=claims,
        headers={"Content-Type": "application/sparql-query"},
    )
    assert counted(answer) == "3"


def test_several_default_graphs_are_merged_as_a_set(client: httpx.Client) -> None:
    every = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": [expand("graph:vocabulary")] * 2}
    assert counted(client.get("/sparql", params=every)) == "2"
    every["default-graph-uri"].append(ARTICLE_GRAPH)  # type: ignore[attr-defined]  # the parameters are a list
    assert counted(client.get("/sparql", params=every)) == str(2 + 3 * 7)


def test_graphs_that_are_unknown_are_problems(client: httpx.Client) -> None:
    unknown = {"query": COUNT, "default-graph-uri": "http://nowhere.example/"}
    document = problem(client.get("/sparql", params=unknown), 400, "unknown-graph")
    assert "http://nowhere.example/" in str(document["detail"])
    query = "SELECT * FROM <http://nowhere.example/> { ?s ?p ?o }"
    problem(client.get("/sparql", params={"query": query}), 400, "unknown-graph")


def test_a_hint_is_a_header_and_leaves_the_answer_as_it_is(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?c { ?c a cx:Claim }"})
    assert answer.json() == {"head": {"vars": ["c"]}, "results": {"bindings": []}}
    assert answer.headers["crossings-hint"].startswith("cx:Claim is not used in the default graph")


def test_a_syntax_error_has_its_line_and_column(client: httpx.Client) -> None:
    document = problem(client.get("/sparql", params={"query": "SELECT *\n{ ?s zz:p ?o }"}), 400, "malformed-query")
    assert (document["line"], document["column"]) == (2, 6)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "service-refused"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "update-refused"),
        ("SELECT * { ?s ?p ?o FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }", "nesting-refused"),
        ("SELECT * { ?s ?p ?o FILTER(<http://f.example/>(?o)) }", "malformed-query"),
        ("", "malformed-query"),
    ],
)
def test_what_is_refused_is_a_problem_of_its_own(client: httpx.Client, query: str, name: str) -> None:
    problem(client.post("/sparql", data={"query": query}), 400, name)


def test_a_control_character_that_xml_cannot_carry_is_no_document(client: httpx.Client) -> None:
    query = {"query": "SELECT ('\\u0001' AS ?x) {}"}
    problem(client.get("/sparql", params=query, headers={"Accept": "application/xml"}), 400, "unwritable")


def test_requests_that_hold_no_query_are_problems(client: httpx.Client) -> None:
    problem(client.post("/sparql", data={"format": "json"}), 400, "no-query")
    problem(client.get("/sparql", params={"query": [COUNT, COUNT]}), 400, "no-query")
    problem(client.post("/sparql", data={"update": "CLEAR ALL"}), 400, "update-refused")
    problem(client.get("/sparql?query=%FF"), 400, "malformed-request")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    problem(client.post("/sparql", content=b"query=\xff", headers=form), 400, "malformed-request")
    problem(
        client.post("/sparql", content=b"\xff", headers={"Content-Type": "application/sparql-query"}),
        400,
        "malformed-request",
    )


def test_a_body_of_another_type_or_too_long_is_refused(client: httpx.Client) -> None:
    for content_type in ("text/plain", "application/json", ""):
        answer = client.post("/sparql", content=COUNT, headers={"Content-Type": content_type})
        problem(answer, 415, "unsupported-media-type")
        assert answer.headers["accept-post"] == "application/sparql-query, application/x-www-form-urlencoded"
    update = {"Content-Type": "application/sparql-update"}
    problem(client.post("/sparql", content="CLEAR ALL", headers=update), 400, "update-refused")
    long = COUNT + " " * Settings().limits.request_bytes
    direct = {"Content-Type": "application/sparql-query"}
    problem(client.post("/sparql", content=long, headers=direct), 413, "too-large")


def test_other_methods_are_405_with_those_that_go(client: httpx.Client) -> None:
    answer = client.put("/sparql", content="x")
    problem(answer, 405, "method-not-allowed")
    assert {name.strip() for name in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}
