"""Clients that researchers use from Python, as they are: nothing here knows of this server."""

from __future__ import annotations

import io
from typing import Any, cast
from urllib.error import HTTPError
from urllib.parse import quote

import pandas
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.namespaces import expand
from tests.clients.questions import ASK, BROKEN, CONSTRUCT, INCIDENTS, LABELS, SELECT, TYPE, WRONG


def wrapper(endpoint: str, query: str, format: str, method: str = "GET") -> SPARQLWrapper:
    made = SPARQLWrapper(endpoint)
    made.setQuery(query)
    made.setReturnFormat(format)
    made.setMethod(method)
    return made


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_selects(endpoint: str, method: str, way: str) -> None:
    client = wrapper(endpoint, SELECT, JSON, method)
    client.setRequestMethod(way)
    found = cast("dict[str, Any]", client.queryAndConvert())
    assert found["head"]["vars"] == ["i", "l", "nothing"]
    assert [row["i"]["value"] for row in found["results"]["bindings"]] == INCIDENTS
    assert [row["l"]["value"] for row in found["results"]["bindings"]] == LABELS


def test_sparqlwrapper_reads_the_other_formats(endpoint: str) -> None:
    document = cast("Any", wrapper(endpoint, SELECT, XML).queryAndConvert())
    assert len(document.getElementsByTagName("result")) == 5
    csv = cast("bytes", wrapper(endpoint, SELECT, CSV).queryAndConvert())
    assert csv.decode().startswith("i,l,nothing\r\n")
    tsv = cast("bytes", wrapper(endpoint, SELECT, TSV).queryAndConvert())
    assert tsv.decode().count("\n") == 6
    turtle = cast("bytes", wrapper(endpoint, CONSTRUCT, TURTLE).queryAndConvert())
    assert len(Graph().parse(data=turtle, format="turtle")) == 5
    asked = cast("dict[str, Any]", wrapper(endpoint, ASK, JSON).queryAndConvert())
    assert asked["boolean"] is True


def test_sparqlwrapper_knows_our_errors(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="this is not SPARQL"):
        wrapper(endpoint, WRONG, JSON).query()
    with pytest.raises(QueryBadFormed, match="service-refused"):
        wrapper(endpoint, "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format", ["xml", "json", "csv", "tsv"])
def test_the_store_of_rdflib_selects(endpoint: str, method: str, format: str) -> None:
    graph = Graph(SPARQLStore(endpoint, method=method, returnFormat=format))
    found = [cast("ResultRow", row) for row in graph.query(SELECT)]
    assert [str(row[0]) for row in found] == INCIDENTS
    texts = [str(row[1]) for row in found]
    assert texts == LABELS or format == "csv"  # its reader of CSV takes a line end in a field for the end of the row
    if format != "csv":
        assert all(isinstance(row[0], URIRef) and isinstance(row[1], Literal) for row in found)


def test_the_store_of_rdflib_looks_triples_up(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    incident, rdf_type = URIRef(INCIDENTS[2]), URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert (incident, rdf_type, URIRef(TYPE)) in graph
    assert {str(s) for s in graph.subjects(rdf_type, URIRef(TYPE))} == set(INCIDENTS)
    assert len(list(graph.predicate_objects(incident))) == 4
    assert bool(graph.query(ASK).askAnswer)
    made = graph.query(CONSTRUCT).graph
    assert made is not None
    assert len(made) == 5


def test_the_store_of_rdflib_reads_a_named_graph(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint), identifier=URIRef(expand("graph:vocabulary")))
    assert len(list(graph.triples((None, None, None)))) == 2


@pytest.mark.filterwarnings("error")
def test_pandas_reads_an_answer_by_its_address(endpoint: str) -> None:
    frame = pandas.read_csv(f"{endpoint}?format=csv&query={quote(SELECT)}")
    assert list(frame.columns) == ["i", "l", "nothing"]
    assert list(frame["i"]) == INCIDENTS
    assert list(frame["l"]) == LABELS
    assert frame["nothing"].isna().all()
    count = quote("SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }")
    numbers = pandas.read_csv(f"{endpoint}?format=csv&query={count}")
    assert int(numbers["n"][0]) == 5


def test_pandas_sees_an_error_and_a_broken_answer(endpoint: str) -> None:
    with pytest.raises(HTTPError, match="400"):
        pandas.read_csv(f"{endpoint}?format=csv&query={quote(WRONG)}")
    with pytest.raises(Exception, match=r"(?i)incomplete|broken|reset"):
        pandas.read_csv(f"{endpoint}?format=csv&query={quote(BROKEN)}")


def test_pandas_reads_what_it_was_given(endpoint: str) -> None:
    answer = cast("bytes", wrapper(endpoint, SELECT, CSV).queryAndConvert())
    assert pandas.read_csv(io.BytesIO(answer)).shape == (5, 3)
