"""Clients of the JavaScript world, as they are: fetch-sparql-endpoint and Comunica."""

from __future__ import annotations

import pytest

from tests.clients.javascript import Node
from tests.clients.questions import ASK, BROKEN, CONSTRUCT, INCIDENTS, LABELS, SELECT, TYPE, WRONG

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CLIENTS = ("fetcher", "comunica")


@pytest.mark.parametrize("client", CLIENTS)
def test_select(node: Node, endpoint: str, client: str) -> None:
    found = node.ask(client, endpoint, SELECT)
    assert [row["i"] for row in found] == INCIDENTS
    assert [row["l"] for row in found] == LABELS


@pytest.mark.parametrize("client", CLIENTS)
def test_ask(node: Node, endpoint: str, client: str) -> None:
    assert node.ask(client, endpoint, ASK) is True
    assert node.ask(client, endpoint, "ASK { <urn:nobody> ?p ?o }") is False


@pytest.mark.parametrize("client", CLIENTS)
def test_construct(node: Node, endpoint: str, client: str) -> None:
    found = node.ask(client, endpoint, CONSTRUCT)
    assert sorted(map(tuple, found)) == [(incident, RDF_TYPE, TYPE) for incident in INCIDENTS]


def test_the_fetcher_gets_as_well_as_posts(node: Node, endpoint: str) -> None:
    assert [row["i"] for row in node.ask("fetcher", endpoint, SELECT, "GET")] == INCIDENTS


def test_comunica_aggregates_and_filters(node: Node, endpoint: str) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ ?i a <{TYPE}> ; ?p ?l FILTER(CONTAINS(STR(?l), '“3”')) }}"
    assert node.ask("comunica", endpoint, query) == [{"n": "1"}]


@pytest.mark.parametrize("client", CLIENTS)
def test_an_error_of_the_server_is_an_error(node: Node, endpoint: str, client: str) -> None:
    # Comunica reads the query itself; what it cannot know is that a graph is none of this release.
    told = node.told(client, endpoint, WRONG)
    assert told["error"]
    unknown = "SELECT * FROM <urn:unknown> { ?s ?p ?o }"
    if client == "fetcher":
        assert "400" in node.told(client, endpoint, unknown)["error"]


def test_a_broken_answer_is_an_error(node: Node, endpoint: str) -> None:
    assert "found" not in node.told("fetcher", endpoint, BROKEN)
