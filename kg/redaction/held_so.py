"""What the default graph may still hold when claims have gone: no value without a claim, nothing without a report.

What a build would work out anew is kept only where what is left says it by itself. Where the claims that are left would
have to be weighed against each other once more, the value goes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.extract.entries import BROADER
from kg.mapping.quads import node
from kg.mapping.terms import boolean, integer, text
from kg.namespaces import expand
from kg.redaction.relabel import label
from kg.redaction.triples import DEFAULT, Triples, words

__all__ = ["HeldSo"]

_TRUE, _FALSE = str(boolean(True)), str(boolean(False))
_CLASSES = tuple(f"cx:{name}" for name in ("Incident", "Person", "Organization", "Route", "Statistic"))
#: Properties whose values are the parts of one value: where one goes, what is left must be of one claim.
_DATE = ("cx:dateEDTF", "cx:dateEarliest", "cx:dateLatest", "cx:datePrecision")
_PERIOD = ("cx:period", "cx:periodStart", "cx:periodEnd")
_AMOUNT = ("cx:value", "cx:lowerBound", "cx:upperBound", "cx:unit", "cx:valueQualifier", "cx:qualitativeValue")
_VALUES = tuple(tuple(node(name) for name in names) for names in (_DATE, _PERIOD, _AMOUNT))
#: What a claim says that is no value of its subject.
_ABOUT = frozenset(map(node, ("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "cx:inArticle", "cx:evidence")))
_BROADER = frozenset(f"<{name}>" for name in BROADER)
_UNDECIDED = node("rule:undecided")

Value = tuple[str, str]


@dataclass
class _Support:
    """What admissible claims say of one entity."""

    by_claim: dict[str, set[Value]] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)

    @property
    def values(self) -> set[Value]:
        return {value for values in self.by_claim.values() for value in values}


class HeldSo:
    """The default graph of a release: made before claims go, asked to settle when they have gone.

    Args:
        held: The release; it is changed.
        lexicon: The graphs of the lexicon, which stay as they are.
    """

    def __init__(self, held: Triples, lexicon: Triples) -> None:
        self._held = held
        self._lexicon = lexicon
        self._classes = {
            entity: name for name in _CLASSES for entity in held.pointing(node(name), "rdf:type") if entity in held
        }
        self._before = {entity: self._support(entity) for entity in self._classes}
        self._conflicts = {c: set(held.values(c, "prov:wasDerivedFrom")) for c in held.pointing(*_typed("cx:Conflict"))}
        self._labels = {entity: words(held.one(entity, "skos:prefLabel", DEFAULT)) for entity in self._classes}

    def settle(self) -> None:
        """Leave out what rested on the claims that have gone, and what rested on that."""
        fresh = sorted(e for e in self._classes if e in self._held)
        changed: set[str] = set()
        while fresh:
            changed |= {entity for entity in fresh if self._settled(entity)}
            gone = [e for e in fresh if e in self._held and not self._held.values(e, "cx:reportedIn")]
            for entity in gone:
                self.leave_out(entity)
            fresh = sorted(e for e in self._classes if e in self._held) if gone else []
        for conflict in sorted(self._conflicts):
            self._weighed(conflict)
        self._named(changed)
        self._used()

    def leave_out(self, entity: str) -> None:
        """Hold nothing of an entity to be so; what articles claim of it stays theirs."""
        held = self._held
        for conflict in held.pointing(entity, "cx:onSubject"):
            held.forget(conflict)
        held.forget(entity, DEFAULT)
        for graph in held.graphs_of(entity):
            held.forget(entity, graph)
        for other in held.pointing(entity):
            for graph, predicate, value in held.said(other, DEFAULT):
                if value == entity:
                    held.drop(graph, other, predicate, value)

    def _support(self, entity: str) -> _Support:
        found, held = _Support(), self._held
        for claim in held.pointing(entity, "rdf:subject"):
            if self._admissible(claim, entity):
                said = held.said(claim)
                values = {(p, v) for _, p, v in said if p not in _ABOUT}
                values.add((held.one(claim, "rdf:predicate"), held.one(claim, "rdf:object")))
                found.by_claim[claim] = values
                found.articles.update(held.values(claim, "cx:inArticle"))
        for claim in held.pointing(entity, "rdf:object"):
            if self._admissible(claim, held.one(claim, "rdf:subject")):
                found.articles.update(held.values(claim, "cx:inArticle"))
        return found

    def _admissible(self, claim: str, subject: str) -> bool:
        """Whether a claim may found what is held to be so: the table of the ontology, as the shape reads it."""
        held = self._held
        if held.one(claim, "cx:negated") != _FALSE or held.pointing(claim, "cx:corrects"):
            return False
        if _FALSE in self._lexicon.values(held.one(claim, "rdf:object"), "cx:admitted"):
            return False
        if not all(self._admits(held.one(claim, name)) for name in ("cx:certainty", "cx:tense")):
            return False
        specificity = held.one(claim, "cx:specificity")
        founds = node(self._classes.get(subject, "cx:Incident")) in self._lexicon.values(specificity, "cx:foundsClass")
        asserted = held.one(claim, "cx:certainty") == node("certainty:asserted")
        return self._admits(specificity) or (founds and asserted)

    def _admits(self, concept: str) -> bool:
        return _TRUE in self._lexicon.values(concept, "cx:admitted")

    def _settled(self, entity: str) -> bool:
        """Take the values out that nothing says any more; whether there were any."""
        held, before, now = self._held, self._before[entity], self._support(entity)
        if before == now:
            return False
        lost = before.values - now.values
        gone = {(p, v) for _, p, v in held.said(entity, DEFAULT) if (p, v) in lost}
        for parts in _VALUES:
            left = {(p, v) for _, p, v in held.said(entity, DEFAULT) if p in parts and (p, v) not in gone}
            if any(p in parts for p, _ in gone) and not any(left <= values for values in now.by_claim.values()):
                gone |= left
            main = {(p, v) for p, v in left if p == parts[0]}
            if any(p == parts[0] for p, _ in gone) and not main and parts is not _VALUES[2]:
                gone |= left
        for predicate, value in gone:
            held.drop(DEFAULT, entity, predicate, value)
        self._reported(entity, before.articles - now.articles)
        self._before[entity] = now
        return bool(gone)

    def _reported(self, entity: str, lost: set[str]) -> None:
        """Name the articles that still report an entity, and count them."""
        held = self._held
        for article in lost:
            held.drop(DEFAULT, entity, node("cx:reportedIn"), article)
        articles = len(held.values(entity, "cx:reportedIn", DEFAULT))
        if not lost or not articles or not held.values(entity, "cx:articleCount", DEFAULT):
            return
        most = int(words(held.one(entity, "cx:independentSourceMax", DEFAULT)) or articles)
        held.set(DEFAULT, entity, "cx:articleCount", str(integer(articles)))
        # Which of those that are left share a source was not released.
        held.set(DEFAULT, entity, "cx:independentSourceMin", str(integer(1)))
        held.set(DEFAULT, entity, "cx:independentSourceMax", str(integer(max(1, min(most, articles)))))

    def _weighed(self, conflict: str) -> None:
        """Keep of a Conflict the values that are still claimed; one value alone is no Conflict."""
        held = self._held
        claims = held.values(conflict, "prov:wasDerivedFrom")
        if conflict not in held or set(claims) == self._conflicts[conflict]:
            return
        subject = held.one(conflict, "cx:onSubject")
        said = {value for _, value in self._support(subject).values}
        for name in ("cx:preferredValue", "cx:otherValue"):
            for value in held.values(conflict, name):
                if value not in said:
                    held.drop(DEFAULT, conflict, node(name), value)
        preferred = held.values(conflict, "cx:preferredValue")
        values = {*preferred, *held.values(conflict, "cx:otherValue")}
        if len(values) < 2 or len(claims) < 2:
            held.forget(conflict)
        elif not preferred:
            held.set(DEFAULT, conflict, "cx:resolutionRule", _UNDECIDED)
            for value in held.values(subject, held.one(conflict, "cx:onProperty")[1:-1], DEFAULT):
                held.drop(DEFAULT, subject, held.one(conflict, "cx:onProperty"), value)

    def _named(self, changed: set[str]) -> None:
        """Give what has changed the label that its values still give, wherever that label stands."""
        held = self._held
        renamed: dict[str, str] = {}
        # An unnamed crosser is called by the incident.
        order = sorted(changed, key=lambda e: (self._classes[e] == "cx:Person", e))
        for entity in order:
            if entity not in held or not held.values(entity, "cx:reportedIn", DEFAULT):
                continue
            old = self._labels[entity]
            fresh = label(held, self._lexicon, entity, self._classes[entity], old)
            if old and fresh != old:
                renamed[old] = fresh
                held.set(DEFAULT, entity, "skos:prefLabel", str(text(fresh, "en")))
        for old, fresh in renamed.items():
            for kind in ("cx:Conflict", "cx:Person"):
                for other in held.pointing(node(kind), "rdf:type"):
                    known = words(held.one(other, "skos:prefLabel", DEFAULT))
                    if known.endswith((f" of {old}", f"({old})")):
                        held.set(DEFAULT, other, "skos:prefLabel", str(text(known.replace(old, fresh), "en")))

    def _used(self) -> None:
        """Leave out the entries of the lexicon that nothing uses any more."""
        held, lexicon = self._held, self._lexicon
        entries = [s for s in held.subjects(DEFAULT) if s in lexicon]
        copies: dict[str, set[Value]] = defaultdict(set)
        place = (node("rdf:type"), node("cx:Place"))
        for entry in entries:
            copies[entry] = {(p, v) for _, p, v in lexicon.said(entry)} | {place}
        used: set[str] = set()
        for subject in held.subjects(DEFAULT):
            for _, predicate, value in held.said(subject, DEFAULT):
                if (predicate, value) not in copies.get(subject, ()):
                    used |= {subject, predicate, value}
        fresh = [entry for entry in entries if entry in used]
        while fresh:
            reached = {v for entry in fresh for p, v in copies[entry] if p in _BROADER and v in copies} - used
            used |= reached
            fresh = sorted(reached)
        for entry in entries:
            if entry not in used:
                held.forget(entry, DEFAULT)


def _typed(name: str) -> tuple[str, str]:
    return f"<{expand(name)}>", "rdf:type"
