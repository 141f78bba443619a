"""Compiles the constraints of SHACL core and SHACL-SPARQL that are checked here.

Where a constraint looks at a value alone and it is not plain what is right (datatypes, lengths, ranges), pyshacl's own
component is asked, once for each value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from kg.shapes.engines.indexed.checks import KEPT, LOGIC, below, combination, each
from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import is_blank, is_literal, node_of_rdflib, rdflib_of
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.queries import sparql
from kg.shapes.engines.indexed.shapes import (
    TYPE,
    Check,
    Compiled,
    Voice,
    is_instance,
    one_number,
    path_of,
    targets_of,
)
from kg.shapes.report import Result

__all__ = ["Compiler"]

#: Parameters that constrain nothing.
_SILENT = {
    SH.path, SH.message, SH.severity, SH.deactivated, SH.name, SH.description, SH.order, SH.group, SH.defaultValue,
    SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.flags, SH.ignoredProperties,
}  # fmt: skip
#: Constraints on a value alone, which pyshacl's component decides.
_ASKED = {
    SH.datatype, SH.minLength, SH.maxLength, SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive,
    SH.languageIn,
}  # fmt: skip
_RESOURCE = "http://www.w3.org/2000/01/rdf-schema#Resource"
_KINDS: dict[Node, tuple[bool, bool, bool]] = {
    SH.IRI: (True, False, False),
    SH.BlankNode: (False, True, False),
    SH.Literal: (False, False, True),
    SH.BlankNodeOrIRI: (True, True, False),
    SH.BlankNodeOrLiteral: (False, True, True),
    SH.IRIOrLiteral: (True, False, True),
}


class Compiler:
    """Compiles the shapes of a graph."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._asked = ShapesGraph(shapes)
        _ = self._asked.shapes  # pyshacl finds its shapes when they are asked for
        self._executor = Validator(DataGraph.from_rdflib(Graph()), shacl_graph=shapes).make_executor()
        self._open: set[Node] = set()

    def shape(self, node: Node, *, speaks: bool = True) -> Compiled:
        """Compile a shape.

        Args:
            node: The shape.
            speaks: Whether its results are reported, and not only whether there are any.

        Raises:
            Unsupported: It holds what is left to pyshacl.
        """
        if node in self._open:
            raise Unsupported(f"the shape {node}, which refers to itself")
        self._open.add(node)
        try:
            made = Compiled(node, targets_of(self._shapes, node), path_of(self._shapes, node))
            if Literal(True) not in self._shapes.objects(node, SH.deactivated):
                self._constrain(made, speaks)
        finally:
            self._open.discard(node)
        return made

    def _constrain(self, made: Compiled, speaks: bool) -> None:
        shapes, node = self._shapes, made.node
        names = {name for name in shapes.predicates(node) if str(name).startswith(str(SH))} - _SILENT
        voice = Voice.of(shapes, node)
        if speaks and names - {SH.property} and not voice.messages:
            raise Unsupported(f"the shape {node}, which states no message")
        if not voice.messages:
            voice = Voice(voice.shape, voice.path, voice.severity, ("",))
        for name in sorted(names, key=str):
            if name in _ASKED:
                made.checks.append(self._value_alone(node, voice, name))
            elif name in _COMPILERS:
                made.checks.extend(_COMPILERS[name](self, node, voice, speaks))  # type: ignore[index]
            else:
                raise Unsupported(f"the parameter {name}")

    def _value_alone(self, node: Node, voice: Voice, name: Node) -> Check:
        kind = CONSTRAINT_PARAMETERS_MAP[name]
        component = kind(self._asked.lookup_shape_from_node(node))
        label, nothing = str(kind.shacl_constraint_component), Graph()

        @lru_cache(maxsize=KEPT)
        def breaks(value: str) -> bool:
            term = rdflib_of(value)
            return bool(component.evaluate(self._executor, nothing, {term: {term}}, [])[1])

        return each(voice, label, breaks)

    def least(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:minCount`."""
        limit = one_number(self._shapes, node, SH.minCount)

        def too_few(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
            if len(values) < limit:
                out.append(voice.result(str(SH.MinCountConstraintComponent), focus))

        return [too_few]

    def most(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:maxCount`."""
        limit = one_number(self._shapes, node, SH.maxCount)

        def too_many(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
            if len(values) > limit:
                out.append(voice.result(str(SH.MaxCountConstraintComponent), focus))

        return [too_many]

    def kind(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:nodeKind`."""
        kinds = list(self._shapes.objects(node, SH.nodeKind))
        if len(kinds) != 1 or kinds[0] not in _KINDS:
            raise Unsupported(f"the node kind of {node}")
        iri, blank, literal = _KINDS[kinds[0]]

        def breaks(value: str) -> bool:
            return not (literal if is_literal(value) else blank if is_blank(value) else iri)

        return [each(voice, str(SH.NodeKindConstraintComponent), breaks)]

    def pattern(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:pattern` without flags."""
        patterns = list(self._shapes.objects(node, SH.pattern))
        if len(patterns) != 1 or (node, SH.flags, None) in self._shapes:
            raise Unsupported(f"the patterns of {node}")
        search = re.compile(str(patterns[0])).search

        def breaks(value: str) -> bool:
            if is_literal(value):
                return search(str(rdflib_of(value)) if value[-1] != '"' else value[1:-1]) is None
            return is_blank(value) or search(value) is None

        return [each(voice, str(SH.PatternConstraintComponent), breaks)]

    def among(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:in`."""
        lists = list(self._shapes.objects(node, SH["in"]))
        if len(lists) != 1:
            raise Unsupported(f"the lists of {node}")
        allowed = {node_of_rdflib(member) for member in Collection(self._shapes, lists[0])}
        return [each(voice, str(SH.InConstraintComponent), lambda value: value not in allowed)]

    def has_value(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:hasValue`."""
        wanted = [node_of_rdflib(value) for value in self._shapes.objects(node, SH.hasValue)]

        def missing(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
            for one in wanted:
                if one not in values:
                    out.append(voice.result(str(SH.HasValueConstraintComponent), focus))

        return [missing]

    def cls(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:class`."""
        classes = [node_of_rdflib(cls) for cls in self._shapes.objects(node, SH["class"])]

        def other(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
            for value in values:
                for one in classes:
                    if is_literal(value) or not is_instance(g, value, one):
                        out.append(voice.result(str(SH.ClassConstraintComponent), focus, value))

        return [other]

    def closed(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:closed`."""
        shapes = self._shapes
        if shapes.value(node, SH.closed) != Literal(True):
            return []
        known = {str(p) for listed in shapes.objects(node, SH.ignoredProperties) for p in Collection(shapes, listed)}
        for inner in shapes.objects(node, SH.property):
            known |= {str(path) for path in shapes.objects(inner, SH.path) if isinstance(path, URIRef)}

        def stray(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
            for value in values:
                for name in g.predicates(value):
                    if name not in known:
                        for found in g.objects(value, name):
                            if name != TYPE or found != _RESOURCE:
                                made = voice.result(str(SH.ClosedConstraintComponent), focus, found, path=name)
                                out.append(made)

        return [stray]

    def order(self, name: URIRef, component: URIRef, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:lessThan`, `sh:lessThanOrEquals`."""
        others = [str(other) for other in self._shapes.objects(node, name)]
        strict = name == SH.lessThan

        def wrong(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
            for other in others:
                compared = list(g.objects(focus, other))
                for value in values:
                    if any(not below(value, limit, strict) for limit in compared):
                        out.append(voice.result(str(component), focus, value))

        return [wrong]

    def properties(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:property`."""
        inner = [self.shape(one, speaks=speaks) for one in self._shapes.objects(node, SH.property)]
        if any(one.path is None for one in inner):
            raise Unsupported(f"a property shape of {node} without a path")

        def deeper(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
            for value in values:
                for one in inner:
                    one.run(g, value, out)

        return [deeper]

    def combined(self, name: URIRef, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:node`, `sh:not`, `sh:and`, `sh:or`, `sh:xone`."""
        label, holds = LOGIC[name]
        checks: list[Check] = []
        for stated in self._shapes.objects(node, name):
            members = [stated] if name in (SH.node, SH["not"]) else list(Collection(self._shapes, stated))
            if not members:
                raise Unsupported(f"an empty list of shapes at {node}")
            inner = [self.shape(one, speaks=False) for one in members]
            checks.append(combination(voice, str(label), inner, holds))
        return checks

    def query(self, node: Node, voice: Voice, speaks: bool) -> list[Check]:
        """Compile `sh:sparql`."""
        asked = self._asked.lookup_shape_from_node(node)
        return [sparql(self._shapes, asked, one, voice) for one in self._shapes.objects(node, SH.sparql)]


_Compile = Callable[[Compiler, Node, Voice, bool], "list[Check]"]


def _logic(name: URIRef) -> _Compile:
    return lambda self, node, voice, speaks: self.combined(name, node, voice, speaks)


def _order(name: URIRef, component: URIRef) -> _Compile:
    return lambda self, node, voice, speaks: self.order(name, component, node, voice, speaks)


_COMPILERS: dict[URIRef, _Compile] = {
    SH.minCount: Compiler.least,
    SH.maxCount: Compiler.most,
    SH.nodeKind: Compiler.kind,
    SH.pattern: Compiler.pattern,
    SH["in"]: Compiler.among,
    SH.hasValue: Compiler.has_value,
    SH["class"]: Compiler.cls,
    SH.closed: Compiler.closed,
    SH.lessThan: _order(SH.lessThan, SH.LessThanConstraintComponent),
    SH.lessThanOrEquals: _order(SH.lessThanOrEquals, SH.LessThanOrEqualsConstraintComponent),
    SH.property: Compiler.properties,
    SH.sparql: Compiler.query,
    **{name: _logic(name) for name in LOGIC},
}
