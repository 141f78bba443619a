"""The dataset of a query: which graphs it is asked of, and the RDF merge of several default graphs.

`FROM` and the protocol's parameters name graphs of the release; nothing is ever fetched. The engine reads several
default graphs as a bag, in which a triple of two graphs counts twice; the specification has an RDF merge, a set (SPARQL
1.1 Query, section 13.2.1). So they are copied into memory first, up to a limit, and refused above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from kg.query_text import QueryText, RefusedError

__all__ = ["MAX_MERGED_QUADS", "Dataset", "Scope", "scope_of"]

#: How many quads of several default graphs, and of the named graphs beside them, are copied at most.
MAX_MERGED_QUADS = 250_000


@dataclass(frozen=True)
class Dataset:
    """The graphs that a query is asked of, as `default-graph-uri` and `named-graph-uri` give them.

    If either is given, it takes the place of the query's own FROM clauses (SPARQL 1.1 Protocol, section 2.1.4).
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether any graph is named."""
        return bool(self.default or self.named)


@dataclass(frozen=True)
class Scope:
    """What to ask: a store, and the graphs of it as the engine takes them; None leaves them to the query."""

    store: Store
    default: list[NamedNode | BlankNode | DefaultGraph] | None = None
    named: list[NamedNode | BlankNode] | None = None


def scope_of(
    store: Store, text: QueryText, dataset: Dataset, max_merged_quads: int = MAX_MERGED_QUADS, *, absent: bool = False
) -> Scope:
    """Find the graphs of a query, all of which the store must hold.

    Args:
        store: The store of the release.
        text: The query.
        dataset: The graphs of the request, which go before those of the query.
        max_merged_quads: How many quads are copied at most where several default graphs are merged.
        absent: Whether a graph that the store has not is an empty one.

    Raises:
        RefusedError: The store has no such graph, or the merge is larger than the limit.
    """
    asked = dataset
    if not asked.given:
        default, named = (
            tuple(iri for token in tokens if (iri := text.iri_of(token)) is not None) for tokens in text.dataset
        )
        asked = Dataset(default, named)
    nodes = {iri: _known(store, iri, absent) for iri in (*asked.default, *asked.named)}
    defaults = list(dict.fromkeys(asked.default))
    if len(defaults) > 1:
        return _merged(store, [nodes[iri] for iri in defaults], [nodes[iri] for iri in asked.named], max_merged_quads)
    if not dataset.given and len(asked.default) == len(defaults):
        return Scope(store)
    # A graph that FROM names twice is a bag to the engine as well.
    return Scope(store, [nodes[iri] for iri in defaults], [nodes[iri] for iri in asked.named])


def _known(store: Store, iri: str, absent: bool) -> NamedNode:
    try:
        node = NamedNode(iri)
    except ValueError as error:
        raise RefusedError("unknown-graph", f"the graph '{iri}' is no absolute IRI") from error
    if not absent and not store.contains_named_graph(node):
        raise RefusedError(
            "unknown-graph",
            f"the release has no graph <{iri}>: SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} lists its graphs",
        )
    return node


def _merged(store: Store, default: Sequence[NamedNode], named: Sequence[NamedNode], limit: int) -> Scope:
    copied = Store()
    quads = _copies(store, default, named)
    copied.extend(islice(quads, limit))
    if next(quads, None) is not None:
        raise RefusedError(
            "merge",
            f"the query merges {len(default)} default graphs of more than {limit} quads together: name fewer of them, "
            "or use GRAPH ?g { ... } to ask several",
        )
    for graph in named:
        copied.add_graph(graph)
    return Scope(copied, [DefaultGraph()], list(named))


def _copies(store: Store, default: Sequence[NamedNode], named: Sequence[NamedNode]) -> Iterator[Quad]:
    for graph in default:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield Quad(quad.subject, quad.predicate, quad.object)
    for graph in named:
        yield from store.quads_for_pattern(None, None, None, graph)
