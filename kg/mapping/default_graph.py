"""The default graph: what is held to be so, with its Conflicts and those lexicon entries that it uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.consolidate.consolidate import Conflict, Consolidated, Entity, FlatValue
from kg.ids import digest, entity_iri
from kg.knowledge import Knowledge
from kg.mapping.article_graph import claim_iri
from kg.mapping.labels import labels
from kg.mapping.quads import GraphWriter, Quads, node
from kg.mapping.statements import Amount, Chain
from kg.mapping.terms import boolean, integer, text
from kg.mapping.values import amounts, main, parts
from kg.namespaces import curie

__all__ = ["conflict_iri", "default_graph"]


def conflict_iri(subject: str, predicate: str) -> str:
    """The IRI of the Conflict on one property of one entity."""
    return entity_iri("conflict", digest(subject, predicate))


def default_graph(consolidated: Consolidated, knowledge: Knowledge, lexicon: Mapping[str, Iterable[str]]) -> Quads:
    """Write the default graph.

    Args:
        consolidated: The entities and their values.
        knowledge: The lexicon, for labels.
        lexicon: The triples of every vocabulary and gazetteer entry, as texts, by the text of its node.
    """
    writer = _Writer(consolidated, knowledge)
    for entity in consolidated.entities:
        writer.entity(entity)
    withheld = consolidated.withheld.iris
    for merged, iri in sorted(consolidated.identity.replaced.items()):
        if merged in withheld:
            continue
        writer.out.add(merged, "dcterms:isReplacedBy", iri)
    writer.lexicon(lexicon)
    return writer.out.quads


class _Writer:
    def __init__(self, consolidated: Consolidated, knowledge: Knowledge) -> None:
        self.out = GraphWriter()
        self.iris = consolidated.identity.iris
        self.entities = {e.iri: e for e in consolidated.entities}
        self.labels = labels(self.entities, knowledge)
        self.knowledge = knowledge

    def resolve(self, chain: Chain) -> str:
        return self.iris[chain]

    def entity(self, entity: Entity) -> None:
        self.out.add(entity.iri, "rdf:type", f"cx:{entity.cls}")
        if self.knowledge.entry(curie(entity.iri)) is None:
            self.out.add(entity.iri, "skos:prefLabel", text(self.labels[entity.iri], "en"))
        for value in entity.values:
            self.value(entity.iri, value)
        for conflict in entity.conflicts:
            self.conflict(conflict)
        for article in entity.articles:
            self.out.add(entity.iri, "cx:reportedIn", entity_iri("article", article))
        if entity.cls in {"Incident", "Statistic"}:
            self.out.describe(
                entity.iri,
                [
                    ("cx:articleCount", integer(len(entity.articles))),
                    ("cx:independentSourceMin", integer(entity.sources.minimum)),
                    ("cx:independentSourceMax", integer(entity.sources.maximum)),
                    ("cx:reviewed", boolean(False)),
                ],
            )

    def value(self, subject: str, value: FlatValue) -> None:
        said = value.group.value
        if isinstance(said, Amount) and value.predicate == "cx:value":
            self.out.describe(subject, amounts(value.group.statements))
            return
        if isinstance(said, Amount) and said.value is None:
            # "More than 4 km wide" gives a width no number; its bound alone would not say what it bounds.
            return
        stated = main(value.predicate, said, self.resolve, value.group.statements[0].claim.raw)
        if stated is not None:
            self.out.add(subject, *stated)
        if not isinstance(said, Amount):
            self.out.describe(subject, parts(value.predicate, said))

    def conflict(self, conflict: Conflict) -> None:
        node = conflict_iri(conflict.subject, conflict.predicate)
        self.out.describe(
            node,
            [
                ("rdf:type", "cx:Conflict"),
                ("cx:onSubject", conflict.subject),
                ("cx:onProperty", conflict.predicate),
                ("cx:resolutionRule", conflict.rule),
                ("cx:reviewed", boolean(False)),
                ("skos:prefLabel", text(f"{curie(conflict.predicate)[3:]} of {self.labels[conflict.subject]}", "en")),
            ],
        )
        for group in conflict.groups:
            name = "cx:preferredValue" if group is conflict.preferred else "cx:otherValue"
            stated = main(conflict.predicate, group.value, self.resolve, group.statements[0].claim.raw)
            if stated is not None:
                self.out.add(node, name, stated[1])
            for statement in group.statements:
                self.out.add(node, "prov:wasDerivedFrom", claim_iri(statement.id))

    def lexicon(self, lexicon: Mapping[str, Iterable[str]]) -> None:
        """Copy the entries that the graph uses, and what is broader than they are."""
        # A text may look like a node only where it is one: literals begin with a quotation mark.
        used = {term for triple in self.out.triples for term in triple.split(" ", 2)[::2]}
        for entry in sorted(term for term in used if term in lexicon):
            name = curie(entry[1:-1])
            for broader in (name, *self.knowledge.ancestors(name)):
                self.out.triples.update(lexicon.get(node(broader), ()))
                if self._is_place(broader):
                    self.out.add(broader, "rdf:type", "cx:Place")

    def _is_place(self, name: str) -> bool:
        entry = self.knowledge.entry(name)
        return entry is not None and entry.kind == "place"
