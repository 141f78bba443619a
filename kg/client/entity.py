"""One entity with all that is said of it: what is held to be so, who claims what in which words, what is disputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from kg.client.html import table_html
from kg.client.text import shown
from kg.client.values import IRI, Value

__all__ = ["Claim", "Disagreement", "Entity", "Evidence", "Source"]


@dataclass(frozen=True)
class Source:
    """An article.

    Attributes:
        iri: Its IRI.
        title: What it is called, or None.
        publisher: Who published it, or None.
        published: The day that it states, as the graph has it, or None.
        digest: Whether what the graph holds of it is our digest: its quotes are then our words, not the publisher's.
    """

    iri: IRI
    title: str | None = None
    publisher: str | None = None
    published: Value = None
    digest: bool = False

    def __str__(self) -> str:
        publisher = self.publisher or "an article"
        return f"our digest of {publisher}" if self.digest else publisher


@dataclass(frozen=True)
class Evidence:
    """The words that a claim rests on.

    Attributes:
        iri: The IRI of the evidence.
        quote: The words, or None where they are withheld.
        withheld: How many words are withheld.
        start: The first Unicode code point of them in the article's text, from 0.
        end: One past the last.
    """

    iri: IRI
    quote: str | None
    withheld: int
    start: int
    end: int


@dataclass(frozen=True)
class Claim:
    """What an article says of an entity.

    Attributes:
        iri: Its IRI.
        subject: What it is about.
        predicate: The property that it is on.
        value: What it says.
        raw: The words for the value, where they are released.
        certainty: How firmly: asserted, reported, probable, possible, denied.
        specificity: specific or general.
        tense: past, present or future.
        negated: Whether the sentence denies it.
        speaker: The words that name who says so, or None: then the article does.
        speakers: Who these are.
        rule: The rule by which it was worked out of several articles, or None.
        article: The article.
        evidence: The words, in their order.
    """

    iri: IRI
    subject: IRI
    predicate: IRI
    value: Value
    raw: str | None
    certainty: str
    specificity: str
    tense: str
    negated: bool
    speaker: str | None
    speakers: tuple[IRI, ...]
    rule: str | None
    article: Source
    evidence: tuple[Evidence, ...]

    @property
    def quote(self) -> str | None:
        """The first of the words that it rests on which are released."""
        return next((each.quote for each in self.evidence if each.quote is not None), None)


@dataclass(frozen=True)
class Disagreement:
    """A property on which the sources disagree.

    Attributes:
        iri: The IRI of the Conflict.
        property: The property.
        preferred: The value that a rule chose; None where none did, and then no value is held to be so.
        others: The other values.
        rule: The name of the rule.
        reviewed: Whether a person has looked at it.
        claims: The IRIs of the claims.
    """

    iri: IRI
    property: IRI
    preferred: Value
    others: tuple[Value, ...]
    rule: str
    reviewed: bool
    claims: tuple[IRI, ...]


@dataclass(frozen=True)
class Entity:
    """An incident, a person, an organization, a route, a statistic, a place or an article.

    Attributes:
        iri: Its IRI.
        kind: Its class: `Incident`, `Person` and so on.
        label: What the graph calls it; an article its title, or the beginning of its id (`kg.article.naming`).
        properties: The values that are held to be so, by property: the name alone for those of the ontology, with a
            prefix for others (`geo:asWKT`). Their IRIs have labels.
        claims: What the articles say of it; of an article, what it says.
        disagreements: On what they disagree.

    >>> incident = release.incident("1")
    >>> incident.label, incident["front"].label, incident["dateEarliest"]
    ('first crossing', 'eastern front', datetime.date(2024, 8, 20))
    >>> for claim in incident.claims:
    ...     print(claim.predicate.local, claim.certainty, claim.speaker, repr(claim.quote), claim.article)
    front reported the ministry 'over the eastern front' our digest of The Paper
    """

    iri: IRI
    kind: str
    label: str
    properties: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    def __getitem__(self, name: str) -> Value:
        """The value of a property, or None where it has none; of several, the first in their order as text.

        >>> release.incident("1")["custodian"] is None
        True
        """
        return next(iter(self.properties.get(name, ())), None)

    def claims_on(self, name: str) -> tuple[Claim, ...]:
        """The claims on one property.

        Args:
            name: The property, as in `properties`.

        >>> len(release.incident("1").claims_on("front")), len(release.incident("1").claims_on("place"))
        (1, 0)
        """
        return tuple(claim for claim in self.claims if name in (claim.predicate.local, claim.predicate.curie))

    def __repr__(self) -> str:
        return f"Entity({self.kind} {self.iri.curie}: {self.label!r}, {len(self.claims)} claims)"

    def _repr_html_(self) -> str:
        values = [(name, value) for name, found in self.properties.items() for value in found]
        claims = [
            (claim.predicate, claim.value, claim.certainty, claim.speaker, claim.quote, str(claim.article))
            for claim in self.claims
        ]
        disputed = [
            (each.property, shown(each.preferred), "; ".join(map(shown, each.others)), each.rule)
            for each in self.disagreements
        ]
        parts = [f"<p><b>{escape(self.label)}</b> ({escape(self.kind)})</p>", table_html(("property", "value"), values)]
        if claims:
            parts.append(table_html(("claim on", "value", "certainty", "speaker", "quote", "article"), claims))
        if disputed:
            parts.append(table_html(("disagreement on", "held to be so", "others", "rule"), disputed))
        return "".join(parts)
