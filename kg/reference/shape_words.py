"""What a shape looks at, what must hold and what mends it, in words (SHACL, sections 2.1 and 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import CX, PREFIXES, curie, expand
from kg.reference.said import Said

__all__ = ["RdfLists", "constraints_of", "remedy_of", "targets_of"]

_TARGETS = {
    "sh:targetClass": "every {}",
    "sh:targetNode": "{} itself",
    "sh:targetSubjectsOf": "whatever has {}",
    "sh:targetObjectsOf": "every value of {}",
}
_KINDS = {
    "sh:IRI": "an IRI",
    "sh:Literal": "a literal",
    "sh:BlankNode": "a blank node",
    "sh:BlankNodeOrIRI": "no literal",
    "sh:IRIOrLiteral": "no blank node",
}
_BOUNDS = {
    "sh:minInclusive": "is {} or more",
    "sh:maxInclusive": "is {} or less",
    "sh:minExclusive": "is more than {}",
    "sh:maxExclusive": "is less than {}",
    "sh:minLength": "is {} or more characters long",
    "sh:maxLength": "is {} or fewer characters long",
    "sh:pattern": "matches {}",
    "sh:lessThan": "is less than that of {}",
    "sh:lessThanOrEquals": "is not above that of {}",
    "sh:equals": "is that of {}",
    "sh:disjoint": "is not that of {}",
    "sh:datatype": "has the datatype {}",
    "sh:class": "is a {}",
}
_LOGIC = {"sh:xone": "exactly one of these holds", "sh:or": "one of these holds", "sh:and": "all of these hold"}
#: Where what a shape looks at is made, and so where it is mended, by the class that it targets.
_PLACES = {
    ("Claim", "Mention", "Evidence", "Article", "Digest"): "in the article's facts or text, and build again",
    ("IdentityJudgement", "Correction"): "in the curation, and build again",
    ("Incident", "Person", "Organization", "Route", "Statistic", "Place", "Conflict"): (
        "in the claims that the entity rests on, or by a correction in the curation, and build again"
    ),
}
_ELSEWHERE = "in what the graph is built from, and build again"


class RdfLists:
    """The RDF lists of triples.

    Args:
        triples: All that is known.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said = {(triple.subject, triple.predicate.value): triple.object for triple in triples}

    def items(self, iri: str, predicate: str) -> list[str]:
        """The items of the list that is the object of a predicate, as prefixed names or words; a cycle ends it."""
        node = self._said.get((NamedNode(iri), expand(predicate)))
        items: list[str] = []
        seen: set[object] = set()
        while isinstance(node, BlankNode) and node not in seen:
            seen.add(node)
            item = self._said.get((node, expand("rdf:first")))
            if isinstance(item, NamedNode | Literal):
                items.append(curie(item.value))
            node = self._said.get((node, expand("rdf:rest")))
        return items


def targets_of(shapes: Iterable[str], said: Said) -> tuple[tuple[str, str], ...]:
    """What shapes look at: each in words in which `{}` stands for a term, with the IRI of the term."""
    found = {(words, iri) for shape in shapes for name, words in _TARGETS.items() for iri in said.iris(shape, name)}
    return tuple(sorted(found))


def constraints_of(iri: str, said: Said, lists: RdfLists, *, within: bool = False) -> Iterator[str]:
    """What must hold, one clause a constraint; nothing for what a query says.

    Args:
        iri: The shape.
        said: The shapes.
        lists: Their lists.
        within: Whether the shape is one of several that another combines: those that it combines itself are named only.
    """
    whose = "each value" if said.one(iri, "sh:path") else "its IRI"
    least, most = said.number(iri, "sh:minCount"), said.number(iri, "sh:maxCount")
    if least is not None or most is not None:
        yield _counted(least or 0, most)
    kind = said.one(iri, "sh:nodeKind")
    if kind and whose != "its IRI":
        yield f"{whose} is {_KINDS.get(curie(kind), curie(kind))}"
    for name, words in _BOUNDS.items():
        for value in said.values(iri, name):
            yield f"{whose} {words.format(curie(value.value))}"
    for value in said.values(iri, "sh:hasValue"):
        yield f"{curie(value.value)} is among the values"
    allowed = lists.items(iri, "sh:in")
    if allowed:
        yield f"{whose} is one of {', '.join(allowed)}"
    if said.flag(iri, "sh:closed"):
        yield f"there is no property but {', '.join(lists.items(iri, 'sh:ignoredProperties'))}"
    if said.flag(iri, "sh:uniqueLang"):
        yield "there is one value a language at most"
    for name, words in _LOGIC.items():
        held = lists.items(iri, name)
        if held:
            yield f"{words}: {'; '.join(name if within else _combined(name, said, lists) for name in held)}"


def _combined(name: str, said: Said, lists: RdfLists) -> str:
    """A shape that another combines, in words where it has any."""
    iri = expand(name) if ":" in name and name.partition(":")[0] in PREFIXES else name
    words = " and ".join(constraints_of(iri, said, lists, within=True))
    path = said.one(iri, "sh:path")
    return f"of {curie(path)}, {words}" if words and path else words or name


def _counted(least: int, most: int | None) -> str:
    """How many values there may be.

    >>> _counted(1, 1), _counted(1, None), _counted(0, 1), _counted(0, 0)
    ('there is exactly one value', 'there is at least one value', 'there is one value at most', 'there is no value')
    """
    if most == 0:
        return "there is no value"
    if most is None:
        return f"there {'is' if least == 1 else 'are'} at least {_values(least)}"
    if least == most:
        return f"there {'is' if most == 1 else 'are'} exactly {_values(most)}"
    if least == 0:
        return f"there {'is' if most == 1 else 'are'} {_values(most)} at most"
    return f"there are {least} to {_values(most)}"


def _values(count: int) -> str:
    return "one value" if count == 1 else f"{count} values"


def remedy_of(iri: str, said: Said, targets: Iterable[tuple[str, str]]) -> str:
    """What mends what breaks a shape, and where; the shape's message says more of what."""
    least, most = said.number(iri, "sh:minCount"), said.number(iri, "sh:maxCount")
    if most == 0:
        what = "Remove the value"
    elif least and most:
        what = "State the value where it is missing, keep the right one where there are several,"
    elif least:
        what = "State the value"
    elif said.flag(iri, "sh:closed"):
        what = "Remove the property, or move what it says to where it belongs,"
    elif most is not None:
        what = "Keep the right value and remove the others"
    else:
        what = "Correct what the message names"
    names = {target.removeprefix(CX) for _words, target in targets}
    places = [place for classes, place in _PLACES.items() if names & set(classes)]
    return f"{what} {places[0] if len(places) == 1 else _ELSEWHERE}."
