"""What a result's shape is called and what it says: for reports that group by it.

A shape with an IRI is called by it. One without, as property shapes mostly are, is called by the shape that holds it
and its path, so that the name stays the same from run to run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Triple
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kg.namespaces import BASE, PREFIXES, curie
from kg.shapes.report import GENID, Result

__all__ = ["Rule", "Rules"]

#: Of several ways to reach a shape without an IRI, the first of these that leads to it names it.
_HOLDING = (SH.property, SH.node, SH.qualifiedValueShape)
_LISTING = (SH["and"], SH["or"], SH.xone)
_ONE = (
    (SH.inversePath, "^", ""),
    (SH.zeroOrMorePath, "", "*"),
    (SH.oneOrMorePath, "", "+"),
    (SH.zeroOrOnePath, "", "?"),
)
#: A name is not built over more levels than this: a cycle of shapes has no end.
_DEEPEST = 8


@dataclass(frozen=True)
class Rule:
    """A shape, for people.

    Args:
        id: Its name, with a prefix where one is declared.
        iri: Its IRI; None for a shape without one.
        title: What it wants, in one line.
        text: More about it, or nothing.
        path: The path that it is about, or nothing.
    """

    id: str
    iri: str | None
    title: str
    text: str = ""
    path: str = ""


class Rules:
    """The rules that the results of one shapes graph are about."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._known: dict[str, Rule] = {}
        spaces = {**{str(n): p for p, n in shapes.namespaces()}, **{n: p for p, n in PREFIXES.items()}}
        self._spaces = sorted(spaces.items(), key=lambda item: -len(item[0]))

    def of(self, result: Result) -> Rule:
        """The rule that a result breaks."""
        name = result.shape
        if name not in self._known:
            self._known[name] = self._rule(name)
        return self._known[name]

    def short(self, iri: str) -> str:
        """An IRI with a prefix of the shapes or of this project, where one fits; a blank node as its label."""
        if iri.startswith(GENID):
            return f"_:{iri.removeprefix(GENID)}"
        if iri.startswith(BASE):
            return curie(iri)
        for space, prefix in self._spaces:
            local = iri[len(space) :]
            if prefix and iri.startswith(space) and local and not set(local) & set("/#?"):
                return f"{prefix}:{local}"
        return iri

    def path_of(self, result: Result) -> str:
        """The path that a result is about, in the manner of a SPARQL path; nothing for a node shape."""
        return self.short(result.path) if result.path else self.of(result).path

    def path_triples(self, shape: str) -> list[Triple]:
        """The triples of a shape's path where that is more than a property, its blank nodes named (see `GENID`).

        Args:
            shape: The shape, as a result names it.
        """
        node = BNode(shape.removeprefix(GENID)) if shape.startswith(GENID) else URIRef(shape)
        queue = [path for path in self._shapes.objects(node, SH.path) if isinstance(path, BNode)]
        found: list[Triple] = []
        seen: set[Node] = set()
        while queue:
            path = queue.pop(0)
            if path in seen:
                continue
            seen.add(path)
            for predicate, value in sorted(self._shapes.predicate_objects(path), key=str):
                found.append(Triple(_named(path), NamedNode(str(predicate)), _named(value)))
                queue += [value] if isinstance(value, BNode) else []
        return found

    def _rule(self, name: str) -> Rule:
        node = BNode(name.removeprefix(GENID)) if name.startswith(GENID) else URIRef(name)
        messages = self._texts(node, SH.message, SH.description, RDFS.comment)
        for constraint in self._shapes.objects(node, SH.sparql):
            messages += self._texts(constraint, SH.message)
        names = self._texts(node, SH.name, RDFS.label)
        path = self._shapes.value(node, SH.path)
        title = next(iter([*names, *messages]), "")
        return Rule(
            id=self._name(node),
            iri=None if isinstance(node, BNode) else name,
            title=title or f"{self._name(node)} must hold.",
            text=next((text for text in messages if text != title), ""),
            path=self._path(path) if path is not None else "",
        )

    def _texts(self, node: Node, *predicates: URIRef) -> list[str]:
        found: list[str] = []
        for predicate in predicates:
            texts = [o for o in self._shapes.objects(node, predicate) if isinstance(o, Literal)]
            # English first: the reports are in English.
            texts.sort(key=lambda text: (not (text.language or "en").startswith("en"), str(text)))
            found += [" ".join(str(text).split()) for text in texts]
        return found

    def _name(self, node: Node, depth: int = 0) -> str:
        if not isinstance(node, BNode):
            return self.short(str(node))
        path = self._shapes.value(node, SH.path)
        own = self._path(path) if path is not None else "shape"
        holder = self._holders.get(node)
        if holder is None or depth > _DEEPEST:
            return f"_:{node}"
        above = f"{self._name(holder, depth + 1)}/{own}"
        alike = sorted((n for n, h in self._holders.items() if h == holder and self._own(n) == own), key=_order)
        return above if len(alike) == 1 else f"{above}[{alike.index(node) + 1}]"

    def _own(self, node: Node) -> str:
        path = self._shapes.value(node, SH.path)
        return self._path(path) if path is not None else "shape"

    @cached_property
    def _holders(self) -> dict[BNode, Node]:
        """The shape that holds a shape without an IRI."""
        found: dict[BNode, Node] = {}
        for predicate in _HOLDING:
            for holder, held in sorted(self._shapes.subject_objects(predicate), key=lambda pair: _order(pair[0])):
                if isinstance(held, BNode):
                    found.setdefault(held, holder)
        for predicate in _LISTING:
            for holder, items in sorted(self._shapes.subject_objects(predicate), key=lambda pair: _order(pair[0])):
                for held in Collection(self._shapes, items):
                    if isinstance(held, BNode):
                        found.setdefault(held, holder)
        for holder, held in sorted(self._shapes.subject_objects(SH["not"]), key=lambda pair: _order(pair[0])):
            if isinstance(held, BNode):
                found.setdefault(held, holder)
        return found

    def _path(self, path: Node, depth: int = 0) -> str:
        """A path as SPARQL writes it (SHACL, section 2.3.1)."""
        if isinstance(path, URIRef) or depth > _DEEPEST:
            return self.short(str(path))
        for predicate, before, behind in _ONE:
            inner = self._shapes.value(path, predicate)
            if inner is not None:
                return f"{before}{self._grouped(inner, depth)}{behind}"
        either = self._shapes.value(path, SH.alternativePath)
        if either is not None:
            return "|".join(self._grouped(item, depth) for item in Collection(self._shapes, either))
        if (path, RDF.first, None) in self._shapes:
            return "/".join(self._grouped(item, depth) for item in Collection(self._shapes, path))
        return self.short(str(path))

    def _grouped(self, path: Node, depth: int) -> str:
        text = self._path(path, depth + 1)
        return f"({text})" if any(mark in text for mark in "/|") and isinstance(path, BNode) else text


def _named(node: Node) -> NamedNode:
    return NamedNode(GENID + str(node) if isinstance(node, BNode) else str(node))


def _order(node: Node) -> tuple[int, str]:
    """Sorts blank nodes in the order in which they were read: b2 before b10."""
    return len(str(node)), str(node)
