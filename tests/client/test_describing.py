"""One entity with all that is said of it: the same by both ways."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

import kg
from kg.client import IRI, Answer, Entity
from kg.errors import NotFoundError, WithheldError
from kg.namespaces import expand


@pytest.mark.parametrize("id", ["1", "id:incident/1", expand("id:incident/1"), "old", "older"])
def test_an_incident_has_all_that_is_said_of_it(graph: kg.Graph, id: str) -> None:
    found = graph.incident(id)
    assert (found.iri, found.iri.label, found.kind) == (expand("id:incident/1"), "first crossing", "Incident")
    assert found["dateEarliest"] == datetime.date(2024, 8, 20)
    assert found["personCount"] == 1
    assert found["reviewed"] is False
    assert found["rdf:type"] == expand("cx:Incident")
    front = found["front"]
    assert isinstance(front, IRI)
    assert (front.label, front.local) == ("eastern front", "eastern")
    (claim,) = found.claims_on("cx:front")
    assert claim.value == front
    assert (claim.certainty, claim.specificity, claim.tense, claim.negated) == ("reported", "specific", "past", False)
    assert (claim.speaker, claim.speakers) == ("the ministry", (expand("id:organization/ministry"),))
    assert [(each.quote, each.withheld, each.start, each.end) for each in claim.evidence] == [
        ("over the eastern front", 0, 12, 34),
        (None, 7, 90, 130),
    ]
    assert claim.quote == "over the eastern front"
    assert (claim.article.title, claim.article.published) == ("A <b>soldier</b> came", datetime.date(2024, 8, 21))
    assert str(claim.article) == "our digest of The Paper"
    (dispute,) = found.disagreements
    assert (dispute.property.local, dispute.preferred, dispute.rule) == ("defectionStatus", None, "undecided")
    assert dispute.others == (expand("status:confirmed"), expand("status:unconfirmed"))
    assert dispute.claims == (expand("id:claim/1"),)
    assert dispute.reviewed


def test_what_is_shown_in_a_notebook_is_escaped(graph: kg.Graph) -> None:
    found = graph.query("SELECT ?t ?x ?u { GRAPH ?g { ?a dcterms:title ?t } BIND (<javascript:alert> AS ?x) "
                        "BIND ('<script>' AS ?u) }")  # fmt: skip
    page = found._repr_html_()
    assert "A &lt;b&gt;soldier&lt;/b&gt; came" in page
    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert "<b>soldier" not in graph.article("a")._repr_html_()


def test_both_ways_describe_and_list_alike(local: kg.Graph, remote: kg.Graph) -> None:
    described: list[Callable[[kg.Graph], Entity]] = [
        lambda graph: graph.incident("1"),
        lambda graph: graph.person("1-1"),
        lambda graph: graph.organization("ministry"),
        lambda graph: graph.route("dmz"),
        lambda graph: graph.statistic("1"),
        lambda graph: graph.place("goseong"),
        lambda graph: graph.article("a"),
    ]
    for describe in described:
        assert describe(local) == describe(remote)
        assert describe(local).properties
    listed: list[Callable[[kg.Graph], Answer]] = [
        kg.Graph.incidents,
        kg.Graph.persons,
        kg.Graph.organizations,
        kg.Graph.routes,
        kg.Graph.statistics,
        kg.Graph.places,
        kg.Graph.articles,
    ]
    for rows in listed:
        assert rows(local) == rows(remote)
        assert len(rows(local)) >= 1
    assert local.incidents().column("label") == ["first crossing", "second crossing"]
    for form in ("text", "bibtex", "csl"):
        assert local.cite(form) == remote.cite(form)
        assert local.id in local.cite(form)
    assert local.search("second") == remote.search("second")
    assert local.search("goseong", kind="Place", limit=1) == remote.search("goseong", kind="Place", limit=1)


def test_what_is_not_there_is_said(graph: kg.Graph) -> None:
    with pytest.raises(NotFoundError, match=r"called <https://w3id\.org/crossings/id/incident/99>"):
        graph.incident("99")
    with pytest.raises(NotFoundError, match="is no id of the class Incident"):
        graph.incident(expand("id:person/1-1"))
    with pytest.raises(NotFoundError, match="is no id of the class Article"):
        graph.article("a> ?x . <b")
    with pytest.raises(WithheldError, match="withheld since 2025-11-01, to protect people: asked for by") as told:
        graph.person("hidden")
    assert (told.value.on, told.value.reason) == ("2025-11-01", "asked for by the family")


def test_the_claims_of_an_article_are_as_many_as_its_row_says(graph: kg.Graph) -> None:
    # The article of the tiny release has a mention as well, which stands in it as a claim does and claims nothing.
    (row,) = graph.articles()
    claims = graph.article(str(row.article)).claims
    assert (len(claims), [str(claim.subject) for claim in claims]) == (row.claims, [expand("id:incident/1")])
