"""Compiles shapes: targets, value nodes and constraints, with results as pyshacl words them.

A shape is compiled only where its results can be told exactly: each shape that reports states its message, and every
parameter is one of those below. Any other shape raises `Unsupported`, and pyshacl validates it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.term import Node

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import is_literal, node_of_rdflib, term_of
from kg.shapes.engines.indexed.paths import Unsupported, pairs, predicates_of
from kg.shapes.report import GENID, Result

__all__ = ["TARGETS", "Check", "Compiled", "Target", "Voice", "subclasses", "targets_of"]

_SEVERITIES: dict[Node | None, str] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
TYPE, SUBCLASS = str(RDF.type), str(RDFS.subClassOf)

#: The parameters that name focus nodes, and the kind of target that each makes.
TARGETS = {
    SH.targetNode: "node",
    SH.targetClass: "class",
    SH.targetSubjectsOf: "subjects",
    SH.targetObjectsOf: "objects",
}
#: Adds the results for a focus node and its value nodes.
Check = Callable[[Index, str, "list[str]", "list[Result]"], None]


@dataclass(frozen=True)
class Target:
    """How a shape names its focus nodes: `node`, `class`, `subjects` or `objects`, and the IRI or term."""

    kind: str
    of: str

    def nodes(self, index: Index) -> set[str]:
        """The focus nodes."""
        if self.kind == "node":
            return {self.of}
        if self.kind == "class":
            return {node for cls in subclasses(index, self.of) for node in index.subjects(TYPE, cls)}
        return index.subjects_with(self.of) if self.kind == "subjects" else set(index.objects_of(self.of))

    def names(self, index: Index, node: str) -> bool:
        """Whether a node is a focus node."""
        if self.kind == "node":
            return node == self.of
        if self.kind == "class":
            return is_instance(index, node, self.of)
        if self.kind == "subjects":
            return index.count(node, self.of) > 0
        return any(True for _ in index.subjects(self.of, node))


def subclasses(index: Index, cls: str) -> set[str]:
    """A class and all below it."""
    found, queue = {cls}, [cls]
    while queue:
        for below in index.subjects(SUBCLASS, queue.pop()):
            if below not in found:
                found.add(below)
                queue.append(below)
    return found


def is_instance(index: Index, node: str, cls: str) -> bool:
    """Whether a node is of a class or of one below it."""
    if index.has(node, TYPE, cls):
        return True
    return any(cls in _above(index, kind) for kind in index.objects(node, TYPE))


def _above(index: Index, cls: str) -> set[str]:
    found, queue = {cls}, [cls]
    while queue:
        for above in index.objects(queue.pop(), SUBCLASS):
            if above not in found:
                found.add(above)
                queue.append(above)
    return found


@dataclass(frozen=True)
class Voice:
    """What the results of a shape have in common."""

    shape: str
    path: str | None
    severity: str
    messages: tuple[str, ...]

    @classmethod
    def of(cls, shapes: Graph, node: Node) -> Voice:
        """The voice of a shape."""
        path = shapes.value(node, SH.path)
        named = node_of_rdflib(node)
        return cls(
            shape=named if isinstance(node, URIRef) else GENID + str(node),
            path=str(path) if isinstance(path, URIRef) else None,
            severity=_SEVERITIES.get(shapes.value(node, SH.severity), "violation"),
            messages=tuple(sorted(str(message) for message in shapes.objects(node, SH.message))),
        )

    def result(
        self,
        component: str,
        focus: str,
        value: str | None = None,
        *,
        path: str | None = None,
        message: str | None = None,
        constraint: str | None = None,
    ) -> Result:
        """One result."""
        return Result(
            focus=focus_text(focus),
            path=path or self.path,
            value=None if value is None else term_of(value),
            shape=self.shape,
            severity=self.severity,
            message=self.messages[0] if message is None else message,
            component=component,
            constraint=constraint,
        )


def focus_text(node: str) -> str:
    """A focus node as a result has it: an IRI, or a literal in N-Triples."""
    if is_literal(node):
        return str(term_of(node))
    return GENID + node[2:] if node[:2] == "_:" else node


@dataclass
class Compiled:
    """A shape ready to run.

    Attributes:
        node: The shape.
        targets: What it is about, where it has targets.
        path: The predicate of a property shape, or its path; nothing for a node shape.
        checks: Its constraints.
    """

    node: Node
    targets: tuple[Target, ...]
    path: str | Path | None
    checks: list[Check] = field(default_factory=list)

    def run(self, index: Index, focus: str, out: list[Result]) -> None:
        """Add the results for a focus node."""
        values = self.values(index, focus)
        for check in self.checks:
            check(index, focus, values, out)

    def conforms(self, index: Index, node: str) -> bool:
        """Whether a node gives no result."""
        out: list[Result] = []
        self.run(index, node, out)
        return not out

    def values(self, index: Index, focus: str) -> list[str]:
        """The value nodes of a focus node, each once."""
        if self.path is None:
            return [focus]
        if isinstance(self.path, str):
            return list(index.objects(focus, self.path))
        return list({end for _, end in pairs(index, self.path, focus, None)})

    def focus_nodes(self, index: Index) -> set[str]:
        """The nodes that its targets name."""
        return {node for target in self.targets for node in target.nodes(index)}


def targets_of(shapes: Graph, node: Node) -> tuple[Target, ...]:
    """The targets of a shape, an implicit class target among them (SHACL, section 2.1)."""
    found = [Target(kind, node_of_rdflib(of)) for name, kind in TARGETS.items() for of in shapes.objects(node, name)]
    classes = {RDFS.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    if any(kind in classes for kind in shapes.objects(node, RDF.type)):
        found.append(Target("class", node_of_rdflib(node)))
    return tuple(sorted(found, key=lambda target: (target.kind, target.of)))


def path_of(shapes: Graph, node: Node) -> str | Path | None:
    """The path of a property shape.

    Raises:
        Unsupported: It is no path of SHACL.
    """
    value = shapes.value(node, SH.path)
    if value is None:
        return None
    path = _path(shapes, value)
    predicates_of(path)
    return str(path) if isinstance(path, URIRef) else path


def _path(shapes: Graph, node: Node) -> URIRef | Path:
    if isinstance(node, URIRef):
        return node
    if (node, RDF.first, None) in shapes:
        return SequencePath(*_members(shapes, node))
    for name, made in _PATHS.items():
        inner = shapes.value(node, name)
        if inner is not None:
            return made(shapes, inner)
    raise Unsupported(f"the path {node}")


def _members(shapes: Graph, node: Node) -> Iterator[URIRef | Path]:
    members = list(Collection(shapes, node))
    if len(members) < 2:
        raise Unsupported("a path of fewer than two parts")
    for member in members:
        yield _path(shapes, member)


def _repeated(mark: str, shapes: Graph, node: Node) -> Path:
    return MulPath(_path(shapes, node), mark)  # type: ignore[arg-type]


_PATHS: dict[URIRef, Callable[[Graph, Node], Path]] = {
    SH.inversePath: lambda shapes, node: InvPath(_path(shapes, node)),
    SH.alternativePath: lambda shapes, node: AlternativePath(*_members(shapes, node)),
    SH.zeroOrMorePath: partial(_repeated, "*"),
    SH.oneOrMorePath: partial(_repeated, "+"),
    SH.zeroOrOnePath: partial(_repeated, "?"),
}


def one_number(shapes: Graph, node: Node, name: URIRef) -> int:
    """The whole number of a parameter.

    Raises:
        Unsupported: There are several, or it is no number.
    """
    values = list(shapes.objects(node, name))
    if len(values) != 1 or not isinstance(values[0], Literal) or not isinstance(values[0].value, int):
        raise Unsupported(f"the parameter {name} of {node}")
    return values[0].value
