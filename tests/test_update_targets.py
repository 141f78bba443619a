"""The graphs that updates may change, and that nothing else changes when the engine applies them."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.update_targets import ANY, changed_graphs

BASE = "http://b.example/"


@pytest.mark.parametrize(
    ("update", "graphs"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", {None}),
        ("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }", {"a:g"}),
        ("DELETE DATA { GRAPH e:g { <a:a> <a:b> 1 } <a:a> <a:b> 2 }", {"http://e/g", None}),
        ("DELETE WHERE { GRAPH <g> { ?s ?p ?o } }", {BASE + "g"}),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", {ANY}),
        ("WITH <a:g> DELETE { ?s ?p ?o } INSERT { GRAPH <a:h> { ?s ?p 1 } } WHERE { ?s ?p ?o }", {"a:g", "a:h"}),
        ("INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }", {ANY}),
        ("INSERT { GRAPH <a:g> { ?s ?p 1 } } USING <a:h> WHERE { ?s ?p ?o }", {"a:g"}),
        ("CLEAR GRAPH <a:g> ; DROP DEFAULT ; CREATE GRAPH <a:h>", {"a:g", None, "a:h"}),
        ("CLEAR NAMED", {ANY}),
        ("DROP SILENT ALL", {ANY}),
        ("COPY <a:g> TO <a:h>", {"a:h"}),
        ("ADD DEFAULT TO <a:h>", {"a:h"}),
        ("MOVE <a:g> TO DEFAULT", {"a:g", None}),
        ("INSERT DATA { GRAPH <a:\\u0067> { <a:a> <a:b> 'GRAPH <a:x>' } }", {"a:g"}),
    ],
)
def test_changed_graphs(update: str, graphs: set[str | None]) -> None:
    assert changed_graphs(update, {"e": "http://e/"}, BASE) == graphs
    store = Store()
    for name in ("a:g", "a:h", "a:other", "http://e/g", BASE + "g", None):
        graph = NamedNode(name) if name is not None else DefaultGraph()
        store.add(Quad(NamedNode("a:a"), NamedNode("a:b"), Literal(str(name)), graph))
    before = set(store)
    if ANY not in graphs:
        if "CREATE" not in update:
            store.update(update, base_iri=BASE, prefixes={"e": "http://e/"})
        changed = {getattr(quad.graph_name, "value", "") or None for quad in before ^ set(store)}
        assert changed <= graphs


def test_what_cannot_be_read() -> None:
    with pytest.raises(QueryError, match="cannot be told"):
        changed_graphs("INSERT DATA { nonsense", {}, BASE)
