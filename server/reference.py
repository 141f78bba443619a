"""What a release says of its own terms, ready to be shown; kept for the releases that were asked for last."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pyoxigraph import NamedNode, Triple

from kg.namespaces import BASE, CX
from kg.reference.diagram import Figure, claim_joins, drawn, entity_joins
from kg.reference.said import Said, read_triples
from kg.reference.schemes import Scheme, read_schemes
from kg.reference.shapes import without_claim
from kg.reference.terms import Ontology, read_ontology
from kg.reference.usage import Usage, count_queries, examples_query, read_counts, read_examples
from kg.resources import shape_files, vocabulary_files
from server.kept import Kept
from server.page_queries import PageQueries

__all__ = ["Reference", "References", "shape_triples"]

_TERMS = """CONSTRUCT { ?s ?p ?o } WHERE {
  { GRAPH graph:vocabulary { ?s ?p ?o } } UNION { GRAPH graph:gazetteer { ?s ?p ?o } }
}"""
#: For how many revisions the reference is kept; each takes some megabytes.
_KEPT = 3


@dataclass(frozen=True)
class Reference:
    """What there is to show of one revision of a release.

    Args:
        ontology: The ontology.
        schemes: The vocabularies and the gazetteer, by name.
        said: All triples of them.
        released: Whether the release holds them; else they are those of the server's own version.
    """

    ontology: Ontology
    schemes: dict[str, Scheme]
    said: Said
    released: bool

    @cached_property
    def entities(self) -> Figure | None:
        """The drawing of the five classes."""
        return drawn(self.ontology, entity_joins(self.ontology), [cls.iri for cls in self.ontology.main])

    @cached_property
    def claims(self) -> Figure | None:
        """The drawing of what a claim rests on."""
        joins = claim_joins(self.ontology)
        return drawn(self.ontology, joins, [CX + "Claim"] if joins else [])

    def triples(self, document: str) -> list[Triple]:
        """The triples of a document: `ontology`, `vocabulary`, or `vocabulary/NAME` of a scheme.

        A document of terms with hash IRIs holds all that is said of its terms, whichever file says it.
        """
        iri = BASE + document
        entries = set(self.schemes[document.partition("/")[2]].concepts) if "/" in document else set()
        within = f"{iri}/" if document == "vocabulary" else f"{iri}#"

        def belongs(subject: str) -> bool:
            return subject == iri or subject.startswith(within) or subject in entries or _alignment(document, subject)

        found = [t for t in self.said.triples if isinstance(t.subject, NamedNode) and belongs(t.subject.value)]
        return sorted(found, key=_order)


def _alignment(document: str, subject: str) -> bool:
    return document == "ontology" and subject.startswith(CX.replace("#", "/"))


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    kind = triple.predicate.value.endswith("#type")
    return (str(triple.subject), not kind, triple.predicate.value, str(triple.object))


@lru_cache(maxsize=1)
def shape_triples() -> tuple[Triple, ...]:
    """The triples of all shape files, in their order."""
    return tuple(dict.fromkeys(read_triples(shape_files())))


class References:
    """Makes the reference of a release once, and keeps it; how often terms are used is asked when a page shows it."""

    def __init__(self) -> None:
        self._references = Kept[Reference](_KEPT)
        self._usages = Kept[Usage](_KEPT)

    async def of(self, queries: PageQueries) -> Reference:
        """The reference of a release.

        Raises:
            Problem: The release cannot be asked.
        """
        return await self._references.of(queries.release.revision, lambda: _read(queries))

    async def usage(self, queries: PageQueries) -> Usage:
        """How often a release uses its terms.

        Raises:
            Problem: The release cannot be asked.
        """
        reference = await self.of(queries)
        return await self._usages.of(queries.release.revision, lambda: _counted(queries, reference))


async def _read(queries: PageQueries) -> Reference:
    quads = await queries.quads(_TERMS)
    triples: Sequence[Triple] = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    ontology, schemes, said = await asyncio.to_thread(_understood, triples)
    released = bool(ontology.classes)
    if not released:
        ontology, schemes, said = await asyncio.to_thread(_shipped)
    return Reference(ontology, schemes, said, released)


async def _counted(queries: PageQueries, reference: Reference) -> Usage:
    ontology = reference.ontology
    asked = count_queries(ontology, reference.schemes)
    counted = read_counts([(where, await queries.rows(query)) for where, query in asked])
    examples = read_examples(await queries.rows(examples_query(counted, ontology)))
    return Usage(counted.counts, counted.samples, examples)


def _understood(triples: Sequence[Triple]) -> tuple[Ontology, dict[str, Scheme], Said]:
    said = Said(triples)
    return read_ontology(said, without_claim()), read_schemes(said), said


@lru_cache(maxsize=1)
def _shipped() -> tuple[Ontology, dict[str, Scheme], Said]:
    return _understood(read_triples(vocabulary_files()))
