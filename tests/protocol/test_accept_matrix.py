"""Which format comes for which Accept headers, kind of answer and `?format=`: one row a case."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg.formats import formats_for
from tests.protocol.answers import boolean_of, format_of, problem_of, rows_of, triples_of

SELECT = "SELECT ?i { ?i a cx:Incident } ORDER BY ?i LIMIT 2"
ASK = "ASK { ?i a cx:Incident }"
CONSTRUCT = "CONSTRUCT { ?i a cx:Incident } WHERE { ?i a cx:Incident }"
DESCRIBE = "DESCRIBE <id/incident/0001>"

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
JSON, XML, CSV, TSV, PARQUET, ARROW = "json", "xml", "csv", "tsv", "parquet", "arrow"
TURTLE, NT, JSONLD, RDFXML, TRIG, NQ = "turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"
NONE = "none that is acceptable"

#: Accept headers, and what they bring for results.
RESULTS: list[tuple[tuple[str, ...], str]] = [
    ((), JSON),
    (("",), JSON),
    (("*/*",), JSON),
    (("application/sparql-results+json",), JSON),
    (("application/json",), JSON),
    (("application/sparql-results+xml",), XML),
    (("application/xml",), XML),
    (("text/xml",), XML),
    (("text/csv",), CSV),
    (("TEXT/Csv",), CSV),
    (("text/tab-separated-values",), TSV),
    (("text/*",), CSV),
    (("application/*",), JSON),
    (("application/*;q=0.2, text/*;q=0.4",), CSV),
    (("text/csv;q=0.5, application/sparql-results+xml;q=0.9",), XML),
    (("text/csv, */*;q=0.1",), CSV),
    (("text/csv;q=0.3, text/*;q=0.9",), TSV),
    (("text/csv;q=0.001, text/tab-separated-values;q=0.002",), TSV),
    (("text/csv , text/tab-separated-values",), CSV),
    (("application/sparql-results+json;q=0, */*",), XML),
    (("application/sparql-results+json;q=0, application/sparql-results+xml;q=0, */*",), CSV),
    (("text/*;q=0, */*;q=0.5",), JSON),
    (("*/*;q=0",), NONE),
    (("text/csv;q=0",), NONE),
    (("text/csv;q=0.0",), NONE),
    (("text/turtle",), NONE),
    (("text/turtle, */*;q=0.1",), JSON),
    (("image/png",), NONE),
    (("text/csv; charset=utf-8",), CSV),
    (('text/csv;charset="UTF-8"',), CSV),
    (("text/csv; charset=iso-8859-1",), NONE),
    (("text/csv; charset=iso-8859-1, text/tab-separated-values;q=0.2",), TSV),
    (("text/csv;q=2, text/tab-separated-values;q=0.1",), TSV),
    (("nonsense, text/csv",), CSV),
    (("image/png", "text/csv"), CSV),
    (("text/csv;q=0.2", "text/tab-separated-values;q=0.8", "application/json;q=0.5"), TSV),
    ((BROWSER,), XML),
    (("text/html, */*;q=0.5",), JSON),
    (("application/vnd.apache.parquet",), PARQUET),
    (("application/vnd.apache.arrow.stream",), ARROW),
    (("application/vnd.apache.arrow.stream, application/vnd.apache.parquet",), PARQUET),
    (("application/vnd.apache.parquet, */*;q=0.5",), PARQUET),
    (("application/vnd.apache.parquet;q=0.5, */*",), JSON),
    (("application/vnd.apache.parquet;q=0",), NONE),
    (("application/vnd.apache.arrow.file",), NONE),
    # No wildcard means a binary format, even where nothing else is left.
    (("application/sparql-results+json;q=0, application/sparql-results+xml;q=0, text/*;q=0, */*",), NONE),
]

#: Accept headers, and what they bring for graphs.
GRAPHS: list[tuple[tuple[str, ...], str]] = [
    ((), TURTLE),
    (("*/*",), TURTLE),
    (("text/turtle",), TURTLE),
    (("application/x-turtle",), TURTLE),
    (("text/*",), TURTLE),
    (("application/*",), NT),
    (("application/n-triples",), NT),
    (("application/ld+json",), JSONLD),
    (('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"',), JSONLD),
    (("application/json",), JSONLD),
    (("application/rdf+xml",), RDFXML),
    (("application/xml",), RDFXML),
    (("text/xml",), RDFXML),
    (("application/trig",), TRIG),
    (("application/n-quads",), NQ),
    (("text/turtle;q=0, */*",), NT),
    (("application/rdf+xml;q=0.5, text/turtle;q=0.4",), RDFXML),
    (("application/n-triples, text/turtle",), TURTLE),
    (("text/turtle;q=0.1, application/*;q=0.2, application/n-triples;q=0",), JSONLD),
    (("text/turtle;charset=utf-8",), TURTLE),
    (("text/turtle;charset=utf-16, application/n-triples;q=0.1",), NT),
    (("application/sparql-results+json",), NONE),
    (("text/csv", "application/n-quads;q=0.1"), NQ),
    (("text/html, */*;q=0.5",), TURTLE),
    (("*/*;q=0",), NONE),
]

#: Values of `format`, with an Accept header that wants something else, and what they bring; None is no such format.
NAMED: list[tuple[str, str, str | None, str | None]] = [
    (SELECT, "csv", "application/json", CSV),
    (SELECT, "CSV", "*/*;q=0", CSV),
    (SELECT, "text/csv", "application/json", CSV),
    (SELECT, "srx", None, XML),
    (SELECT, "", "text/csv", CSV),
    (SELECT, "parquet", "text/csv", PARQUET),
    (SELECT, "Arrow", BROWSER, ARROW),
    (SELECT, "application/vnd.apache.parquet", None, PARQUET),
    (CONSTRUCT, "parquet", "text/turtle", None),
    (SELECT, "turtle", "text/csv", None),
    (SELECT, "html", BROWSER, None),
    (CONSTRUCT, "nt", "text/turtle", NT),
    (CONSTRUCT, "json", None, JSONLD),
    (CONSTRUCT, "xml", "text/turtle", RDFXML),
    (CONSTRUCT, "ttl", "application/rdf+xml", TURTLE),
    (CONSTRUCT, "", "application/trig", TRIG),
    (CONSTRUCT, "csv", "text/turtle", None),
]


def _ask(http: httpx.Client, accepted: tuple[str, ...], **parameters: str) -> httpx.Response:
    request = http.build_request("GET", "/sparql", params=parameters)
    del request.headers["accept"]
    request.headers = httpx.Headers([*request.headers.multi_items(), *(("accept", one) for one in accepted)])
    return http.send(request)


def _check_results(answer: httpx.Response, query: str) -> None:
    """The body is what the Content-Type says."""
    format = format_of(answer)
    if query == ASK:
        assert answer.text == "true" if format in (CSV, TSV) else boolean_of(answer)
    elif format == CSV:
        assert [len(row) for row in csv.reader(io.StringIO(answer.text))] == [1, 1, 1]
    else:
        assert len(rows_of(answer)) == 2


@pytest.mark.parametrize("query", [SELECT, ASK])
@pytest.mark.parametrize(("accepted", "format"), RESULTS)
def test_results_come_in_the_format_that_is_liked_best(
    http: httpx.Client, query: str, accepted: tuple[str, ...], format: str
) -> None:
    answer = _ask(http, accepted, query=query)
    if format == NONE:
        available = problem_of(answer, 406, "not-acceptable")["available"]
        assert available == [known.media_type for known in formats_for("results")]
    else:
        assert (answer.status_code, format_of(answer)) == (200, format)
        _check_results(answer, query)
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(("accepted", "format"), GRAPHS)
def test_graphs_come_in_the_format_that_is_liked_best(
    http: httpx.Client, query: str, accepted: tuple[str, ...], format: str
) -> None:
    answer = _ask(http, accepted, query=query)
    if format == NONE:
        available = problem_of(answer, 406, "not-acceptable")["available"]
        assert available == [known.media_type for known in formats_for("graph")]
    else:
        assert (answer.status_code, format_of(answer)) == (200, format)
        assert len(triples_of(answer)) == (40 if query == CONSTRUCT else 4)
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(("query", "name", "accept", "format"), NAMED)
def test_a_format_by_name_goes_before_every_header(
    http: httpx.Client, query: str, name: str, accept: str | None, format: str | None
) -> None:
    accepted = (accept,) if accept is not None else ()
    answer = _ask(http, accepted, query=query, format=name)
    if format is not None:
        assert (answer.status_code, format_of(answer)) == (200, format)
    elif accept == BROWSER:
        assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    else:
        assert name in problem_of(answer, 400, "unknown-format")["detail"]


@pytest.mark.parametrize(
    ("accepted", "parameters", "content_type"),
    [
        ((), {}, "text/turtle; charset=utf-8"),
        (("*/*",), {}, "text/turtle; charset=utf-8"),
        ((BROWSER,), {}, "text/html; charset=utf-8"),
        (("text/html",), {}, "text/html; charset=utf-8"),
        (("text/html;q=0.5, text/turtle",), {}, "text/turtle; charset=utf-8"),
        (("text/html;q=0, */*",), {}, "text/turtle; charset=utf-8"),
        (("application/json",), {}, "application/ld+json"),
        ((BROWSER,), {"format": "nt"}, "application/n-triples"),
        (("text/csv",), {}, "application/problem+json"),
    ],
)
def test_a_browser_gets_a_page_where_others_get_the_description(
    http: httpx.Client, accepted: tuple[str, ...], parameters: dict[str, str], content_type: str
) -> None:
    answer = _ask(http, accepted, **parameters)
    assert answer.headers["content-type"] == content_type
    assert answer.status_code == (406 if content_type == "application/problem+json" else 200)
    if content_type.startswith("text/html"):
        assert 'name="query"' in answer.text


@pytest.mark.parametrize("target", ["/store?default", "/graph/person/1.ttl", "/.well-known/void"])
@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_graphs_and_the_dataset_are_written_in_every_format(http: httpx.Client, target: str, format: object) -> None:
    (known,) = (one for one in formats_for("graph") if one is format)
    answer = http.get(target, headers={"Accept": known.media_type})
    assert (answer.status_code, answer.headers["content-type"]) == (200, known.content_type)
    assert isinstance(known.engine, RdfFormat)
    plain = http.get(target, params={**httpx.QueryParams(target.partition("?")[2]), "format": "nt"})
    assert {quad.triple for quad in parse(answer.content, format=known.engine)} == {
        quad.triple for quad in parse(plain.content, format=RdfFormat.N_TRIPLES)
    }
    assert http.get(target, headers={"Accept": "text/csv"}).status_code == 406
