"""Which graphs a SPARQL update may change, told from its text: SPARQL 1.1 Update, section 3.

rdflib reads the update and gives its algebra; nothing is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import URIRef, Variable
from rdflib.plugins.sparql.algebra import translateUpdate
from rdflib.plugins.sparql.parser import parseUpdate

from kg.errors import QueryError

__all__ = ["ANY", "changed_graphs"]

#: What stands for graphs that only the data tell: a variable, NAMED, ALL.
ANY = "?"


def changed_graphs(update: str, known: Mapping[str, str], base: str) -> set[str | None]:
    """The graphs that an update may change: their IRIs, None for the default graph, `ANY` where the text does not tell.

    Args:
        update: The text of an update that the engine takes.
        known: The prefixes that it need not declare.
        base: What relative IRIs are resolved against.

    Raises:
        QueryError: rdflib cannot read it.

    >>> sorted(changed_graphs("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } } ; CLEAR GRAPH <a:h>", {}, "a:"))
    ['a:g', 'a:h']
    """
    try:
        algebra = translateUpdate(parseUpdate(update), base, dict(known)).algebra
    except Exception as error:  # pyparsing and rdflib raise of many kinds
        raise QueryError(
            f"which graphs the update changes cannot be told ({error}): write it with fewer forms"
        ) from error
    return {graph for operation in algebra for graph in _of(operation)}


def _of(operation: Any) -> Iterator[str | None]:
    name = operation.name
    if name in ("InsertData", "DeleteData", "DeleteWhere"):
        yield from _of_quads(operation, None)
    elif name == "Modify":
        default = str(operation.withClause) if operation.withClause is not None else None
        for part in (operation.delete, operation.insert):
            if part is not None:
                yield from _of_quads(part, default)
    elif name in ("Clear", "Drop", "Create"):
        yield _named(operation.graphiri)
    elif name in ("Add", "Move", "Copy"):
        source, target = operation.graph
        yield _named(target)
        if name == "Move":
            yield _named(source)
    else:  # LOAD, which is refused elsewhere
        yield ANY


def _of_quads(part: Any, default: str | None) -> Iterator[str | None]:
    if part.triples:
        yield default
    quads: Mapping[Any, Iterable[Any]] = part.quads or {}
    for graph, triples in quads.items():
        if triples:
            yield ANY if isinstance(graph, Variable) else str(graph)


def _named(node: Any) -> str | None:
    if isinstance(node, URIRef):
        return str(node)
    return None if str(node).upper() == "DEFAULT" else ANY
