"""Statements: the claims of one article with their values worked out as far as that article alone allows.

A date expression is evaluated against the article's *stated* date, else against the one stated date of its cited
source, else left unresolved; nothing here knows of another article (`kg.consolidate.derive` does). A group of unnamed
persons ("four North Koreans") becomes that many persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from kg.dates import DateInterval, evaluate
from kg.facts.model import Claim, Facts, Mention, TimeExpression, Value
from kg.ids import digest, entity_iri
from kg.knowledge import Knowledge
from kg.mapping.facts_index import FactsIndex

__all__ = [
    "Amount",
    "ArticleStatements",
    "Chain",
    "Concept",
    "Correspondence",
    "Plain",
    "Ref",
    "Statement",
    "StatementValue",
    "When",
]


class Chain(NamedTuple):
    """One entity of one article: the article's id, the chain's local id, and which person of a group (0: no group)."""

    article: str
    chain: str
    ordinal: int = 0


@dataclass(frozen=True)
class Ref:
    """Another entity of the article."""

    chain: Chain


@dataclass(frozen=True)
class Concept:
    """A concept of a vocabulary or an entry of the gazetteer, as a prefixed name."""

    name: str


@dataclass(frozen=True)
class Plain:
    """A string, integer, boolean or duration; `kind` is the kind of `kg.facts.model.Value`."""

    kind: str
    value: str | int | bool


@dataclass(frozen=True)
class Amount:
    """A quantity; numbers are exact decimals, `unit` a prefixed name."""

    unit: str
    qualifier: str = "exact"
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    qualitative: str | None = None


@dataclass(frozen=True)
class When:
    """A date: its expression, and the interval where that is known."""

    expression: TimeExpression
    interval: DateInterval | None


StatementValue = Ref | Concept | Plain | Amount | When


@dataclass(frozen=True)
class Statement:
    """A claim of an article whose value is worked out.

    `id` is the claim's id. `resolved_against` is the IRI of the article or cited source whose date a relative
    expression was evaluated against, or of the article where it counts from a date that the text itself states. A
    derived statement names its `rule` and the ids of the claims it was `derived_from`.
    """

    id: str
    subject: Chain
    predicate: str
    value: StatementValue
    claim: Claim
    resolved_against: str | None = None
    rule: str | None = None
    derived_from: tuple[str, ...] = ()

    @property
    def article(self) -> str:
        """The id of the article that makes the claim."""
        return self.subject.article

    def derived(self, value: StatementValue, rule: str, sources: tuple[str, ...]) -> Statement:
        """A statement of its own that says the same with a value that several articles together allow."""
        return replace(self, id=digest(self.id, rule), value=value, rule=rule, derived_from=sources)


class Correspondence(Protocol):
    """Which stretches of an original a stretch of its digest corresponds to."""

    def to_original(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The stretches of the original, in code points."""
        ...


@dataclass(frozen=True)
class ArticleStatements:
    """One article's facts with global ids, its reference date and its statements."""

    facts: Facts
    text: str | None = None
    passages: Correspondence | None = None
    statements: tuple[Statement, ...] = field(default=())
    knowledge: Knowledge | None = field(default=None, repr=False, compare=False)
    #: Shared by all that is worked out of the same facts.
    index: FactsIndex | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        facts: Facts,
        text: str | None = None,
        passages: Correspondence | None = None,
        knowledge: Knowledge | None = None,
    ) -> ArticleStatements:
        """Work out every claim of an article.

        Args:
            facts: The article's facts.
            text: The article's text, where it is at hand (a hand-written facts file may come without).
            passages: For a digest, which passages of the original its sentences digest.
            knowledge: The vocabularies, for what is admitted; absent, those that are shipped.
        """
        return cls(facts, text, passages, knowledge=knowledge, index=FactsIndex(facts)).without(frozenset())

    def without(self, claims: frozenset[str]) -> ArticleStatements:
        """The article worked out anew without some claims, by their ids: what was counted from them is open again."""
        found, counted = self._evaluated({})
        first = replace(self, statements=tuple(s for s in found if s.id not in claims))
        if not counted:
            return first
        # What counts from an incident of the same article needs that incident's own date, worked out just now.
        then, _ = self._evaluated(first.incident_dates())
        return replace(self, statements=tuple(s for s in then if s.id not in claims))

    @property
    def id(self) -> str:
        """The article's id."""
        return self.facts.article.id

    @property
    def iri(self) -> str:
        """The article's IRI."""
        return entity_iri("article", self.id)

    @cached_property
    def _index(self) -> FactsIndex:
        return self.index or FactsIndex(self.facts)

    @property
    def mention_ids(self) -> dict[str, str]:
        """Global mention ids by local id."""
        return self._index.mention_ids

    @property
    def claim_ids(self) -> dict[str, str]:
        """Global claim ids by local id."""
        return self._index.claim_ids

    @property
    def mentions(self) -> dict[str, Mention]:
        """Mentions by local id."""
        return self._index.mentions

    @property
    def times(self) -> dict[str, TimeExpression]:
        """Time expressions by local id."""
        return self._index.times

    @property
    def chains(self) -> dict[str, tuple[Mention, ...]]:
        """The mentions of each chain, in the order of the text."""
        return self._index.chains

    def block_kind(self, start: int, end: int) -> str | None:
        """The kind of the block that a stretch of the text lies in, or None."""
        return self._index.block_kind(start, end)

    @cached_property
    def _said(self) -> dict[Chain, tuple[Statement, ...]]:
        found: dict[Chain, list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(statement.subject, []).append(statement)
        return {subject: tuple(statements) for subject, statements in found.items()}

    def said(self, chain: Chain) -> tuple[Statement, ...]:
        """The statements about an entity, in the order of all."""
        return self._said.get(chain, ())

    def members(self, mention: str) -> tuple[Chain, ...]:
        """The entities that a mention stands for: one, or the persons of a group."""
        chain = self.mentions[mention].chain
        count = self._index.counts[chain]
        if count == 1:
            return (Chain(self.id, chain),)
        return tuple(Chain(self.id, chain, ordinal) for ordinal in range(1, count + 1))

    @cached_property
    def reference(self) -> tuple[DateInterval, str] | None:
        """The day that relative dates count from, and the IRI of what states it: the article, else its dated source."""
        article = self.facts.article
        if article.published:
            return _day(article.published), self.iri
        dated = [(n, s.published) for n, s in enumerate(article.sources) if s.published]
        if len(dated) == 1 and dated[0][1] is not None:
            return _day(dated[0][1]), self.source_iri(dated[0][0])
        return None

    def original(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The stretches of the original text that a stretch of this text corresponds to; none where that is unknown."""
        if self.facts.article.kind == "article":
            return ((start, end),)
        return tuple((a, b) for a, b in self.passages.to_original(start, end)) if self.passages else ()

    def source_iri(self, index: int) -> str:
        """The IRI of a cited source, by its place in the article's list."""
        return entity_iri("source", f"{self.id[:16]}-{index + 1}")

    def evaluate(
        self, time: str, reference: DateInterval | None, known: Callable[[str], DateInterval | None] = lambda _: None
    ) -> DateInterval | None:
        """The interval of a time expression of this article.

        Args:
            time: The expression's local id.
            reference: The interval in which the article was written, where known.
            known: The interval of an incident mention that an expression may count from.
        """

        def lookup(ref: str) -> DateInterval | None:
            return evaluate(self.times[ref], reference, lookup) if ref in self.times else known(ref)

        return evaluate(self.times[time], reference, lookup)

    def incident_dates(self) -> dict[str, DateInterval]:
        """The interval of each incident chain that admitted claims of this article date, by chain."""
        knowledge = self.knowledge or Knowledge.load()
        found: dict[str, DateInterval] = {}
        for statement in self.statements:
            if statement.predicate == "cx:dateEDTF" and isinstance(statement.value, When):
                interval = statement.value.interval
                if interval is not None and knowledge.admitted(statement.claim, "Incident"):
                    before = found.get(statement.subject.chain)
                    found[statement.subject.chain] = (before.intersect(interval) or before) if before else interval
        return found

    def _evaluated(self, incidents: dict[str, DateInterval]) -> tuple[list[Statement], bool]:
        """All statements, and whether some date of them counts from an incident of the article."""
        index = self._index
        claim_ids, mentions, times = index.claim_ids, index.mentions, index.times
        day = self.reference[0] if self.reference else None
        found: list[Statement] = []
        counted = False

        def known(mention: str) -> DateInterval | None:
            nonlocal counted
            counted = True
            return incidents.get(mentions[mention].chain) if mention in mentions else None

        for claim in self.facts.claims:
            against = None
            values: tuple[StatementValue, ...]
            if claim.value.kind == "time":
                expression = times[str(claim.value.value)]
                interval = self.evaluate(expression.id, day, known)
                values = (When(expression, interval),)
                if self.reference and _is_relative(expression, times):
                    against = self.reference[1]
                elif expression.anchor is not None and interval is not None:
                    # Counted from a date or an incident that the text itself dates ("two weeks later").
                    against = self.iri
            else:
                values = tuple(self._values(claim.value))
            subjects = self.members(claim.subject)
            ident = claim_ids[claim.id]
            several = len(subjects) * len(values) > 1
            for number, (subject, value) in enumerate((s, v) for s in subjects for v in values):
                own = digest(ident, str(number)) if several else ident
                found.append(Statement(own, subject, claim.predicate, value, claim, against))
        return found, counted

    def _values(self, value: Value) -> Iterator[StatementValue]:
        if value.kind == "mention":
            mention = self.mentions[str(value.value)]
            if mention.cls == "Place" and mention.concept:
                yield Concept(mention.concept)
            else:
                yield from (Ref(chain) for chain in self.members(mention.id))
        elif value.kind == "concept":
            yield Concept(str(value.value))
        elif value.kind == "quantity":
            q = self._index.quantities[str(value.value)]
            number, lower, upper = (Decimal(n) if n is not None else None for n in (q.value, q.lower, q.upper))
            yield Amount(q.unit, q.qualifier, number, lower, upper, q.qualitative)
        else:
            yield Plain(value.kind, value.value)


def _day(iso: str) -> DateInterval:
    day = date.fromisoformat(iso)
    return DateInterval(day, day, "day")


def _is_relative(expression: TimeExpression, times: dict[str, TimeExpression]) -> bool:
    """Whether the value depends on the article's own date, directly or through another expression."""
    anchor = expression.anchor
    if anchor is None:
        return False
    if anchor.kind == "expression" and anchor.ref in times:
        return expression.modifier == "after" or _is_relative(times[anchor.ref], times)
    return anchor.kind == "publication"
