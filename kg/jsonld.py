"""JSON-LD in the words of `ontology/context.jsonld`: each property by its term, as short as the context allows.

The context is a table, and this reads it as one: a term with a type takes the values of that type, and everything else
is written out under the prefixed name of the property (JSON-LD 1.1, sections 4.2 and 4.6). A processor that expands the
outcome gets the same quads back; the tests have one do so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.resources import ontology_dir

__all__ = ["as_node", "compact", "context_document", "dumps"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class _ConfusedError(ValueError):
    """An IRI would be read as a prefixed name."""


@dataclass(frozen=True)
class _Term:
    """What the context says of a term."""

    name: str
    type: str | None
    language: str | None
    container: str | None
    vocab: str | None
    overridden: frozenset[str]


class _Context:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self.prefixes: dict[str, str] = {}
        self.terms: dict[str, _Term] = {}
        self.names = {name for name in document if not name.startswith("@")}
        self.classes: dict[str, str] = {}
        for name, said in document.items():
            if isinstance(said, str) and "://" in said:
                self.prefixes[name] = said
        for name, said in document.items():
            if name.startswith("@") or name in self.prefixes:
                continue
            if isinstance(said, str):
                self.classes[self._full(said)] = name
                continue
            scoped = said.get("@context", {})
            type = said.get("@type")
            self.terms[self._full(said["@id"])] = _Term(
                name,
                type if type is None or type.startswith("@") else self._full(type),
                said.get("@language"),
                said.get("@container"),
                scoped.get("@vocab"),
                frozenset(key for key in scoped if not key.startswith("@")),
            )

    def _full(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local

    @lru_cache(maxsize=8192)  # noqa: B019  (there is one context)
    def short(self, iri: str) -> str:
        """An IRI as a prefixed name, where there is a prefix, else in full.

        Raises:
            _ConfusedError: In full, it would be read as a prefixed name.
        """
        best = max(
            (prefix for prefix, space in self.prefixes.items() if iri.startswith(space) and not _odd(iri, space)),
            key=lambda prefix: len(self.prefixes[prefix]),
            default=None,
        )
        if best is not None:
            return f"{best}:{iri[len(self.prefixes[best]) :]}"
        scheme, _, rest = iri.partition(":")
        if scheme in self.names and not rest.startswith("//"):
            raise _ConfusedError(iri)
        return iri


def _odd(iri: str, space: str) -> bool:
    """Whether what follows the namespace would make the prefixed name look like an IRI with an authority."""
    return iri[len(space) :].startswith("//")


@cache
def _context() -> _Context:
    return _Context(context_document()["@context"])


@cache
def context_document() -> dict[str, Any]:
    """`context.jsonld` as it is shipped."""
    document: dict[str, Any] = json.loads((ontology_dir() / "context.jsonld").read_text("utf-8"))
    return document


def as_node(iri: str, triples: Iterable[Triple | Quad], context: str) -> dict[str, Any] | None:
    """One node with what is said of it.

    Args:
        iri: The node; triples about others are left out.
        triples: What is said.
        context: The address of the context.

    Returns:
        The document, or None where an IRI cannot be written with the context.
    """
    about = [t for t in triples if isinstance(t.subject, NamedNode) and t.subject.value == iri]
    try:
        return {"@context": context, **_node(NamedNode(iri), about)}
    except _ConfusedError:
        return None


def compact(quads: Iterable[Quad], context: str, first: str | None = None) -> dict[str, Any]:
    """Quads as one document, the default graph first.

    Args:
        quads: The quads.
        context: The address of the context.
        first: The node that stands first in each graph.

    Raises:
        ValueError: An IRI cannot be written with the context, or there is a blank node or a quoted triple.
    """
    graphs: dict[str, dict[NamedNode, list[Quad]]] = {"": {}}
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            raise ValueError(f"{quad.subject} is no IRI")
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        graphs.setdefault(graph, {}).setdefault(quad.subject, []).append(quad)
    written: dict[str, list[dict[str, Any]]] = {}
    for graph, nodes in sorted(graphs.items()):
        ordered = sorted(nodes, key=lambda node: (node.value != first, node.value))
        written[graph] = [_node(node, nodes[node]) for node in ordered]
    whole: list[dict[str, Any]] = written.pop("")
    whole += [{"@id": _context().short(graph), "@graph": nodes} for graph, nodes in written.items()]
    return {"@context": context, "@graph": whole}


def dumps(quads: Iterable[Quad], context: str, first: str | None = None) -> bytes:
    """The same as bytes; where the context cannot carry an IRI, in expanded form, as the engine writes it."""
    held = list(quads)
    try:
        return json.dumps(compact(held, context, first), ensure_ascii=False, indent=1).encode()
    except ValueError:
        return serialize(held, format=RdfFormat.JSON_LD) or b""


def _node(node: NamedNode, said: Iterable[Triple | Quad]) -> dict[str, Any]:
    context = _context()
    found: dict[str, Any] = {"@id": context.short(node.value)}
    for triple in sorted(said, key=lambda t: (t.predicate.value != _TYPE, t.predicate.value, str(t.object))):
        predicate, value = triple.predicate.value, triple.object
        if predicate == _TYPE and isinstance(value, NamedNode):
            _add(found, "@type", context.classes.get(value.value) or context.short(value.value))
            continue
        term = context.terms.get(predicate)
        if term is not None and term.container == "@language":
            if isinstance(value, Literal) and value.language:
                _add(found.setdefault(term.name, {}), value.language, value.value)
                continue
            term = None
        coerced = _coerced(term, value) if term is not None else None
        if term is not None and coerced is not None:
            _add(found, term.name, coerced, always=term.container == "@set")
        else:
            _add(found, context.short(predicate), _expanded(value))
    return found


def _add(into: dict[str, Any], key: str, value: Any, *, always: bool = False) -> None:
    if key not in into:
        into[key] = [value] if always else value
    elif isinstance(into[key], list):
        into[key].append(value)
    else:
        into[key] = [into[key], value]


def _coerced(term: _Term, value: NamedNode | BlankNode | Literal | Triple) -> Any | None:
    """A value as its term writes it, or None where the term cannot."""
    context = _context()
    if term.type in ("@id", "@vocab"):
        if not isinstance(value, NamedNode):
            return None
        if term.vocab is not None and value.value.startswith(term.vocab):
            name = value.value[len(term.vocab) :]
            # A name that the context has for something else would be read as that.
            if name and ":" not in name and (name not in context.names or name in term.overridden):
                return name
        return context.short(value.value)
    if term.type is not None:
        return value.value if isinstance(value, Literal) and value.datatype.value == term.type else None
    if term.language is not None:
        return value.value if isinstance(value, Literal) and value.language == term.language else None
    return _expanded(value)


def _expanded(value: NamedNode | BlankNode | Literal | Triple) -> Any:
    context = _context()
    if isinstance(value, NamedNode):
        return {"@id": context.short(value.value)}
    if not isinstance(value, Literal):
        raise ValueError(f"{value} is neither an IRI nor a literal")
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == _STRING:
        return value.value
    return {"@value": value.value, "@type": context.short(value.datatype.value)}
