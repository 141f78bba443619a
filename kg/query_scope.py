"""What a text gets wrong although it follows the grammar: variables bound twice, or lost by grouping, and the like.

SPARQL 1.1 Query, sections 18.2.1 (variable scope), 10.1 (BIND), 11.4 (aggregate projection), 10.2 (VALUES) and 4.1.4
(blank node labels), and the notes of 19.8. The engine refuses these too, and tells neither the place nor the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.plural import plural
from kg.query_grammar import AGGREGATES
from kg.query_syntax import Leaf, Node

__all__ = ["misuse"]

#: The keywords of patterns whose rules have no nodes of their own.
_ENDING = frozenset({"OPTIONAL", "GRAPH", "SERVICE", "LATERAL", "UNION"})


def misuse(nodes: Sequence[Node]) -> tuple[Leaf, str] | None:
    """The first thing that a well-formed query may not ask, and why.

    Args:
        nodes: Its nodes, each behind those in it.

    Returns:
        The terminal that has to change, and a sentence about it.
    """
    bound: dict[int, set[str]] = defaultdict(set)
    found: list[tuple[Leaf, str]] = []
    labels: dict[str, list[tuple[Leaf, tuple[int, int]]]] = defaultdict(list)
    for node in nodes:
        if node.rule == "Group":
            found += _rebound(node, bound)
            for leaf, pattern in _labelled(node):
                labels[leaf.text].append((leaf, pattern))
        elif node.rule == "Prologue":
            found += _declared(node)
        elif node.rule == "Operation":
            found += _not_data(node)
        elif node.rule in ("SelectQuery", "SubSelect"):
            found += [*_selected(node, bound), *_ungrouped(node)]
            bound[id(node)] |= _projected(node, bound)
        elif node.rule == "DataBlock":
            found += _rows(node)
            bound[id(node)] |= {leaf.text[1:] for leaf in node.leaves("VAR")}
        elif node.rule in ("Filter", "Bind", "GroupClause"):
            found += [
                (leaf, f"{leaf.kind} is an aggregate: it stands in SELECT, HAVING or ORDER BY, not in {_keyword(node)}")
                for leaf in _aggregates(node)
            ]
    for uses in labels.values():
        first = min(uses, key=lambda use: use[0].start)
        found += [
            (leaf, f"the blank node {leaf.text} stands in two patterns: write a variable")
            for leaf, pattern in uses
            if pattern != first[1]
        ]
    return min(found, key=lambda one: one[0].start, default=None)


def _keyword(node: Node) -> str:
    return "GROUP BY" if node.rule == "GroupClause" else node.rule.upper()


def _rebound(group: Node, bound: dict[int, set[str]]) -> Iterator[tuple[Leaf, str]]:
    """What BIND binds again in a group; what the group binds is noted on the way."""
    here = bound[id(group)]
    for child in group.children:
        if isinstance(child, Leaf):
            here |= {child.text[1:]} if child.kind == "VAR" else set()
        elif child.rule == "Bind":
            target = child.leaves("VAR")[-1]
            if target.text[1:] in here:
                yield target, f"{target.text} is bound before this BIND: take another name, or compare with FILTER"
            here.add(target.text[1:])
        elif child.rule in ("Group", "SubSelect", "DataBlock"):
            here |= bound[id(child)]


def _labelled(group: Node) -> Iterator[tuple[Leaf, tuple[int, int]]]:
    """The blank nodes of a group with the basic graph pattern that each is in; what is no FILTER ends one."""
    pattern = 0
    for child in group.children:
        if isinstance(child, Leaf):
            pattern += child.kind in _ENDING
            if child.kind == "BLANK":
                yield child, (id(group), pattern)
        elif child.rule != "Filter":
            pattern += 1


def _declared(prologue: Node) -> Iterator[tuple[Leaf, str]]:
    for leaf in prologue.leaves("NAME"):
        prefix, _, local = leaf.text.partition(":")
        if local:
            yield leaf, f"PREFIX declares what ends with its colon: write {prefix}:"


def _not_data(operation: Node) -> Iterator[tuple[Leaf, str]]:
    """The variables in data, and the blank nodes in what is deleted (SPARQL 1.1 Update, sections 3.1.1 to 3.1.3)."""
    words: list[str] = []
    for child in operation.children:
        if isinstance(child, Leaf):
            words.append(child.kind)
        elif child.rule == "Quads":
            if words[-1] == "DATA":
                yield from ((leaf, f"{words[-2]} DATA takes no variables") for leaf in child.leaves("VAR"))
            if "DELETE" in words[-2:] and "INSERT" not in words[-1:]:
                yield from (
                    (leaf, "DELETE takes no blank nodes: write a variable, and bind it in WHERE")
                    for leaf in [*child.leaves("BLANK"), *child.leaves("ANON")]
                )


def _items(select: Node) -> Iterator[tuple[Node | None, Leaf]]:
    """What a SELECT clause lists: the expression, where there is one, and the variable."""
    expression: Node | None = None
    for child in select.nodes("SelectClause")[0].children:
        if isinstance(child, Node):
            expression = child
        elif child.kind == "VAR":
            yield expression, child
            expression = None


def _projected(select: Node, bound: dict[int, set[str]]) -> set[str]:
    if select.nodes("SelectClause")[0].leaves("*"):
        return {name for group in select.nodes("Group") for name in bound[id(group)]}
    return {leaf.text[1:] for _, leaf in _items(select)}


def _selected(select: Node, bound: dict[int, set[str]]) -> Iterator[tuple[Leaf, str]]:
    """What a SELECT clause lists twice, or names as the pattern does."""
    seen: set[str] = set()
    for group in select.nodes("Group") if not _grouped(select) else []:
        seen |= bound[id(group)]
    for keys in select.nodes("GroupClause"):
        seen |= {leaf.text[1:] for leaf in keys.leaves("VAR")}
    listed: set[str] = set()
    for expression, leaf in _items(select):
        name = leaf.text[1:]
        if name in listed:
            yield leaf, f"{leaf.text} is selected twice"
        elif expression is not None and name in seen:
            yield leaf, f"{leaf.text} is bound by the pattern: give the expression another name"
        listed.add(name)


def _grouped(select: Node) -> bool:
    if select.nodes("GroupClause"):
        return True
    clauses = select.nodes("SelectClause", "HavingClause", "OrderClause")
    return any(True for clause in clauses for _ in _aggregates(clause))


def _ungrouped(select: Node) -> Iterator[tuple[Leaf, str]]:
    """What a SELECT clause names that a group has no one value of."""
    if not _grouped(select):
        return
    clause = select.nodes("SelectClause")[0]
    for star in clause.leaves("*"):
        yield star, "SELECT * cannot stand with GROUP BY: name the variables"
    known = {leaf.text[1:] for keys in select.nodes("GroupClause") for leaf in keys.leaves("VAR")}
    defined: set[str] = set()
    for expression, leaf in _items(select):
        for used in [leaf] if expression is None else _outside_aggregates(expression):
            name = used.text[1:]
            if name in defined:
                yield used, f"{used.text} is defined in this SELECT: where it groups, repeat the expression"
            elif name not in known:
                advice = f"add it to GROUP BY, or take one value of each group, as SAMPLE({used.text}) does"
                yield used, f"{used.text} is selected from groups, and is no key of them: {advice}"
        if expression is not None:
            defined.add(leaf.text[1:])


def _outside_aggregates(node: Node) -> Iterator[Leaf]:
    """The variables that an expression needs the value of."""
    stack: list[Node | Leaf] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Node):
            stack += reversed(one.children if one.rule in ("Expression", "Bound") else [])
        elif one.kind == "VAR":
            yield one


def _aggregates(node: Node) -> Iterator[Leaf]:
    """The keywords of the aggregates in a clause, but for those of the queries in it."""
    stack: list[Node | Leaf] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Leaf):
            if one.kind in AGGREGATES:
                yield one
        elif one.rule not in ("Group", "SubSelect"):
            stack += reversed(one.children)


def _rows(block: Node) -> Iterator[tuple[Leaf, str]]:
    variables = block.leaves("VAR")
    seen: set[str] = set()
    for leaf in variables:
        if leaf.text[1:] in seen:
            yield leaf, f"{leaf.text} stands twice in VALUES"
        seen.add(leaf.text[1:])
    for row in block.nodes("Row"):
        count = len(row.nodes("Value"))
        if count != len(variables):
            first = row.children[0]
            assert isinstance(first, Leaf)  # a row begins with its bracket
            yield (
                first,
                f"this row of VALUES has {plural(count, 'value')}, and there are {plural(len(variables), 'variable')}",
            )
