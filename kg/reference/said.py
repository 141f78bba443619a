"""What triples say of their subjects: texts by language, IRIs and values, in an order that does not change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from kg.errors import UsageError
from kg.namespaces import expand

__all__ = ["Said", "local_name", "read_triples"]


class Said:
    """An index of triples by subject and predicate; predicates may be prefixed names.

    Args:
        triples: All that is known. Blank nodes are left out as subjects and kept as values of nothing.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        self.triples: tuple[Triple, ...] = tuple(triples)
        for triple in self.triples:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, (NamedNode, Literal)):
                of_subject = self._said.setdefault(triple.subject.value, {})
                of_subject.setdefault(triple.predicate.value, []).append(triple.object)

    def subjects(self, *classes: str, within: str = "") -> list[str]:
        """The IRIs of what is of one of some classes, sorted; of all subjects, where no class is given.

        Args:
            classes: Prefixed names or IRIs.
            within: What the IRIs must begin with.
        """
        wanted = {expand(name) for name in classes}
        return sorted(
            iri
            for iri in self._said
            if iri.startswith(within) and (not wanted or wanted & set(self.iris(iri, "rdf:type")))
        )

    def values(self, iri: str, *predicates: str) -> list[NamedNode | Literal]:
        """The objects of some predicates, in the order of the predicates, then sorted."""
        said = self._said.get(iri, {})
        return [value for name in predicates for value in sorted(said.get(expand(name), ()), key=str)]

    def iris(self, iri: str, *predicates: str) -> tuple[str, ...]:
        """The objects that are IRIs, each once."""
        found = (value.value for value in self.values(iri, *predicates) if isinstance(value, NamedNode))
        return tuple(dict.fromkeys(found))

    def one(self, iri: str, *predicates: str) -> str:
        """The first object that is an IRI, or nothing."""
        return next(iter(self.iris(iri, *predicates)), "")

    def texts(self, iri: str, *predicates: str, language: str = "en") -> tuple[str, ...]:
        """The literals in a language, and for English those without one."""
        taken = (language, None) if language == "en" else (language,)
        literals = [value for value in self.values(iri, *predicates) if isinstance(value, Literal)]
        return tuple(dict.fromkeys(value.value for value in literals if value.language in taken))

    def text(self, iri: str, *predicates: str, language: str = "en") -> str:
        """The first of those literals, or nothing."""
        return next(iter(self.texts(iri, *predicates, language=language)), "")

    def flag(self, iri: str, predicate: str) -> bool | None:
        """A truth value, or None where there is none."""
        return {"true": True, "1": True, "false": False, "0": False}.get(self.text(iri, predicate))

    def number(self, iri: str, predicate: str) -> int | None:
        """A whole number, or None where there is none."""
        written = self.text(iri, predicate)
        return int(written) if written.isascii() and written.isdigit() else None

    def is_a(self, iri: str, *classes: str) -> bool:
        """Whether a subject is of one of some classes."""
        return bool({expand(name) for name in classes} & set(self.iris(iri, "rdf:type")))


def local_name(iri: str) -> str:
    """The part of an IRI that names a term inside its document: what stands after `#`, else its last two steps.

    >>> local_name("https://w3id.org/crossings/ontology#Incident")
    'Incident'
    >>> local_name("https://w3id.org/crossings/id/place/mdl")
    'place/mdl'
    """
    _before, mark, fragment = iri.partition("#")
    return fragment if mark else "/".join(iri.rstrip("/").split("/")[-2:])


def read_triples(paths: Sequence[Path]) -> list[Triple]:
    """The triples of Turtle files; the blank nodes of one file stay apart from those of another.

    Raises:
        UsageError: A file is not Turtle.
    """
    found: list[Triple] = []
    for number, path in enumerate(paths):
        try:
            quads = list(pyoxigraph.parse(path.read_bytes(), format=RdfFormat.TURTLE))
        except (SyntaxError, OSError) as error:
            raise UsageError(f"{path} cannot be read as Turtle: {error}; repair it") from error
        names: dict[BlankNode, BlankNode] = {}

        def named(node: BlankNode, names: dict[BlankNode, BlankNode] = names, number: int = number) -> BlankNode:
            return names.setdefault(node, BlankNode(f"f{number}b{len(names)}"))

        for quad in quads:
            subject = named(quad.subject) if isinstance(quad.subject, BlankNode) else quad.subject
            value = named(quad.object) if isinstance(quad.object, BlankNode) else quad.object
            found.append(Triple(subject, quad.predicate, value))
    return found
