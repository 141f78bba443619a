"""The Conflicts of a release, as a person reads them: each value with who says it, when, how firmly and in which words.

A claim that is less exact than a value ("in 2024" beside a day of it) stands with the value that it agrees with, as
consolidation grouped it; independent sources are counted by the same rule (`kg.consolidate.sources`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from pyoxigraph import NamedNode

from kg.conflict_sides import WEAKER, side
from kg.consolidate.properties import FUNCTIONAL
from kg.consolidate.rules import UNDECIDED
from kg.consolidate.sources import Sources
from kg.errors import UsageError
from kg.ids import normalise
from kg.namespaces import curie
from kg.querying import ReleaseStore, Value, rows

__all__ = ["Dispute", "Said", "Side", "disputes"]


class _Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What all records share: immutable, camelCase in JSON."""


class Said(_Record, frozen=True, kw_only=True):
    """One claim behind a value.

    Attributes:
        claim: The claim's IRI.
        article: The article's IRI.
        source: What to call the article: "our digest of PUBLISHER" where the words are ours.
        published: The day that the article states, or None.
        certainty: How firmly it is put, by the scheme of certainty.
        speaker: The words that name who says so, or None.
        quote: The words, or None where they are withheld.
        withheld: How many words are withheld; 0 where they are shown.
        start: First code point of the words in the article.
        end: One past the last.
        rule: The rule by which the value was worked out of several texts, or None.
    """

    claim: str
    article: str
    source: str
    published: str | None
    certainty: str
    speaker: str | None
    quote: str | None
    withheld: int
    start: int
    end: int
    rule: str | None


class Side(_Record, frozen=True, kw_only=True):
    """One of the values, with its claims and the least and greatest number of independent sources behind it."""

    value: str
    label: str
    preferred: bool
    independent_min: int
    independent_max: int
    claims: tuple[Said, ...]


class Dispute(_Record, frozen=True, kw_only=True):
    """One Conflict: the entity, the property, the rule that chose or `rule:undecided`, and the values."""

    conflict: str
    subject: str
    label: str
    property: str
    rule: str
    rule_label: str
    undecided: bool
    sides: tuple[Side, ...]


def disputes(held: ReleaseStore, property: str | None = None, *, undecided: bool = False) -> list[Dispute]:
    """The Conflicts of a release, the undecided ones first, then by the entity's label and the property.

    Args:
        held: The release.
        property: Only those on this property, by its prefixed name or without the prefix.
        undecided: Only those of which no rule chose a value.

    Raises:
        UsageError: No property of that name can be disputed.
    """
    wanted = _property(property)
    reader = _Reader(held)
    found = [d for d in reader.disputes() if wanted in (None, d.property) and (d.undecided or not undecided)]
    return sorted(found, key=lambda d: (not d.undecided, d.label, d.property, d.conflict))


def _property(name: str | None) -> str | None:
    if name is None:
        return None
    known = {p for properties in FUNCTIONAL.values() for p in properties}
    full = name if ":" in name else f"cx:{name}"
    if full not in known:
        raise UsageError(f"nothing can be disputed on '{name}': give one of {', '.join(sorted(known))}")
    return full


@dataclass(frozen=True)
class _Stated:
    """A claim with the term that it gives."""

    term: Value
    said: Said


class _Reader:
    def __init__(self, held: ReleaseStore) -> None:
        self._held = held
        self._labels = self._read_labels()
        self._names, self._published, sources = self._read_articles()
        self._sources = Sources.named(sources, self._read_twins())
        self._weaker = self._read_weaker()

    def _ask(self, query: str) -> tuple[tuple[Value, ...], ...]:
        return rows(self._held, query).rows

    def disputes(self) -> Iterable[Dispute]:
        values: dict[str, list[Value]] = {}
        for conflict, value in self._ask("SELECT ?c ?v { ?c cx:preferredValue|cx:otherValue ?v }"):
            values.setdefault(_text(conflict), []).append(value)
        claims = self._read_claims()
        query = """SELECT ?c ?subject ?property ?rule ?preferred {
            ?c a cx:Conflict ; cx:onSubject ?subject ; cx:onProperty ?property ; cx:resolutionRule ?rule .
            OPTIONAL { ?c cx:preferredValue ?preferred } }"""
        for conflict, subject, on, rule, preferred in self._ask(query):
            mine = sorted(values.get(_text(conflict), []), key=lambda v: (v != preferred, _text(v)))
            yield Dispute(
                conflict=_text(conflict),
                subject=_text(subject),
                label=self._label(subject),
                property=curie(_text(on)),
                rule=curie(_text(rule)),
                rule_label=self._label(rule),
                undecided=curie(_text(rule)) == UNDECIDED,
                sides=tuple(self._sides(mine, preferred, claims.get(_text(conflict), []))),
            )

    def _sides(self, values: Sequence[Value], preferred: Value, claims: Sequence[_Stated]) -> Iterable[Side]:
        of: dict[str, list[Said]] = {_text(value): [] for value in values}
        for claim in claims:
            of[_text(side(claim.term, values, self._weaker))].append(claim.said)
        for value in values:
            said = sorted(of[_text(value)], key=lambda s: (s.published or "9999", s.article, s.start, s.claim))
            independent = self._sources.of({s.article.rsplit("/", 1)[-1] for s in said})
            yield Side(
                value=curie(_text(value)) if isinstance(value, NamedNode) else _text(value),
                label=self._label(value),
                preferred=value == preferred,
                independent_min=independent.minimum,
                independent_max=independent.maximum,
                claims=tuple(said),
            )

    def _read_claims(self) -> dict[str, list[_Stated]]:
        query = """SELECT ?c ?claim ?value ?article ?certainty ?speaker ?rule ?start ?end ?quote ?withheld {
            ?c a cx:Conflict ; prov:wasDerivedFrom ?claim .
            GRAPH ?g {
                ?claim rdf:object ?value ; cx:inArticle ?article ; cx:certainty ?certainty ; cx:evidence ?evidence .
                ?evidence oa:hasSelector ?position .
                ?position oa:start ?start ; oa:end ?end .
                OPTIONAL { ?claim cx:attributionText ?speaker }
                OPTIONAL { ?claim cx:derivationRule ?rule }
                OPTIONAL { ?evidence oa:hasSelector/oa:exact ?quote }
                OPTIONAL { ?evidence cx:quoteWithheld ?withheld } } }"""
        found: dict[str, dict[str, _Stated]] = {}
        for conflict, claim, value, article, certainty, speaker, rule, start, end, quote, withheld in sorted(
            self._ask(query), key=lambda row: int(_text(row[7]))
        ):
            said = Said(
                claim=_text(claim),
                article=_text(article),
                source=self._names[_text(article)],
                published=self._published.get(_text(article)),
                certainty=self._label(certainty),
                speaker=_text(speaker) if speaker is not None else None,
                quote=_text(quote) if quote is not None else None,
                withheld=int(_text(withheld)) if withheld is not None else 0,
                start=int(_text(start)),
                end=int(_text(end)),
                rule=curie(_text(rule)) if rule is not None else None,
            )
            # Of several pieces of evidence the first is shown.
            found.setdefault(_text(conflict), {}).setdefault(said.claim, _Stated(value, said))
        return {conflict: list(claims.values()) for conflict, claims in found.items()}

    def _read_articles(self) -> tuple[dict[str, str], dict[str, str], Mapping[str, frozenset[str]]]:
        query = """SELECT ?article ?kind ?title ?publisher ?issued ?source ?organization ?name { GRAPH ?g {
            ?article a ?kind FILTER (?kind IN (cx:Article, cx:Digest))
            OPTIONAL { ?article dcterms:title ?title }
            OPTIONAL { ?article dcterms:publisher ?publisher }
            OPTIONAL { ?article dcterms:issued ?issued }
            OPTIONAL { ?article cx:citedSource ?source . ?source skos:prefLabel ?name .
                       OPTIONAL { ?source cx:sourceOrganization ?organization } } } }"""
        names: dict[str, str] = {}
        published: dict[str, str] = {}
        sources: dict[str, set[str]] = {}
        for article, kind, title, publisher, issued, source, organization, name in self._ask(query):
            iri = _text(article)
            short = f"article {iri.rsplit('/', 1)[-1][:8]}"
            called = next((_text(v) for v in (publisher, title) if v is not None), short)
            names[iri] = f"our digest of {called}" if curie(_text(kind)) == "cx:Digest" else called
            if issued is not None:
                published[iri] = _text(issued)
            mine = sources.setdefault(iri.rsplit("/", 1)[-1], set())
            if source is not None:
                mine.add(_text(organization) if organization is not None else normalise(_text(name)))
        return names, published, {article: frozenset(named) for article, named in sources.items()}

    def _read_twins(self) -> list[tuple[str, ...]]:
        groups: dict[str, set[str]] = {}
        for one, other in self._ask("SELECT ?a ?b { GRAPH graph:curation { ?a cx:nearDuplicateOf ?b } }"):
            ends = {_text(v).rsplit("/", 1)[-1] for v in (one, other)}
            for end in ends:
                groups.setdefault(end, set()).update(ends)
        return sorted({tuple(sorted(group)) for group in groups.values()})

    def _read_weaker(self) -> dict[str, set[str]]:
        """For each concept those that give way to it."""
        found: dict[str, set[str]] = {}
        for strong, weak in self._ask(WEAKER):
            found.setdefault(_text(strong), set()).add(_text(weak))
        return found

    def _read_labels(self) -> dict[str, str]:
        found: dict[str, str] = {}
        query = """SELECT ?x ?label {
            { ?x skos:prefLabel ?label } UNION { GRAPH graph:vocabulary { ?x skos:prefLabel ?label } }
            FILTER (LANG(?label) = "en") } ORDER BY ?x ?label"""
        for node, label in self._ask(query):
            found.setdefault(_text(node), _text(label))
        return found

    def _label(self, value: Value) -> str:
        if isinstance(value, NamedNode):
            return self._labels.get(value.value, curie(value.value))
        return _text(value)


def _text(value: Value) -> str:
    """The characters of a term: of a literal its words, of a node its IRI."""
    return str(getattr(value, "value", value))
