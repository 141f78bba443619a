"""Small releases made by hand, with the names of the ontology, for the tests of releases, queries and the server.

Run as a script it publishes one release after another in an endless row, for the tests that kill it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand, graph_iri
from kg.release import Home, ReleaseContent, publish

ARTICLE = "ab" * 32
ARTICLE_GRAPH = graph_iri(f"article/{ARTICLE}")


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=node(f"xsd:{datatype}"))


def quads(incidents: int = 3) -> list[Quad]:
    """Incidents with a label and a date in the default graph, one claim with evidence each in the article's graph."""
    found = []
    article = NamedNode(ARTICLE_GRAPH)
    default = DefaultGraph()
    for number in range(incidents):
        incident, claim, evidence = (node(f"id:{kind}/{number:04d}") for kind in ("incident", "claim", "evidence"))
        day = f"2019-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        found += [
            Quad(incident, node("rdf:type"), node("cx:Incident"), default),
            Quad(incident, node("skos:prefLabel"), Literal(f"crossing “{number}”\nof a kind", language="en"), default),
            Quad(incident, node("cx:dateEarliest"), _typed(day, "date"), default),
            Quad(incident, node("cx:front"), node("front:eastern"), default),
            Quad(claim, node("rdf:type"), node("cx:Claim"), article),
            Quad(claim, node("rdf:subject"), incident, article),
            Quad(claim, node("rdf:predicate"), node("cx:front"), article),
            Quad(claim, node("rdf:object"), node("front:eastern"), article),
            Quad(claim, node("cx:evidence"), evidence, article),
            Quad(evidence, node("rdf:type"), node("cx:Evidence"), article),
            Quad(evidence, node("cx:start"), _typed(str(number * 40), "integer"), article),
        ]
    front = node("front:eastern")
    vocabulary = NamedNode(graph_iri("vocabulary"))
    found += [
        Quad(front, node("skos:prefLabel"), Literal("eastern front", language="en"), default),
        Quad(front, node("skos:prefLabel"), Literal("eastern front", language="en"), vocabulary),
        Quad(front, node("skos:definition"), Literal("the east of the border", language="en"), vocabulary),
    ]
    return found


def content(incidents: int = 3) -> ReleaseContent:
    return ReleaseContent(
        quads=quads(incidents),
        inputs={"texts": {"a.txt": "12" * 32}, "ontology": "34" * 32, "options": {"border": "korea"}},
        counts={"Incident": incidents, "conflicts": 0},
        validation_text="the graph conforms\n",
        validation_ttl="[] a <http://www.w3.org/ns/shacl#ValidationReport> .\n",
        quarantined=[{"claim": expand("id:claim/9999"), "reason": "has no evidence"}],
        notes=["made by hand"],
    )


if __name__ == "__main__":
    home = Home(Path(sys.argv[1]))
    number = int(sys.argv[2])
    while True:
        number += 1
        print(publish(home, content(number)).id, flush=True)
