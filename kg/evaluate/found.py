"""What the pipeline found, as the gold is compared with it: one unit is one entity of a text, or of all texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.consolidate.consolidate import Consolidated, Entity
from kg.evaluate.spots import Span
from kg.facts.model import Claim
from kg.ids import entity_iri
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, ArticleStatements, Chain, Ref, Statement, StatementValue

__all__ = ["Found", "Unit"]


@dataclass(frozen=True)
class Unit:
    """One entity as one text speaks of it (its chain), or as all texts do.

    `said` holds the values of admitted statements by predicate, `hedged` those of statements that are not admitted for
    their certainty alone. `mentions` are the words that name it, `spans` those and the evidence of what is said of it.
    `members` are its chains; a group of unnamed persons is one. `whole` is true of an entity of all texts.
    """

    id: str
    cls: str
    iri: str
    members: frozenset[Chain]
    names: tuple[str, ...] = ()
    concepts: frozenset[str] = frozenset()
    said: Mapping[str, tuple[StatementValue, ...]] = field(default_factory=dict)
    hedged: Mapping[str, tuple[StatementValue, ...]] = field(default_factory=dict)
    mentions: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()
    claims: tuple[Claim, ...] = field(default=(), repr=False)
    whole: bool = False

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands, for an order that does not depend on how it was found."""
        return (self.mentions[0][0] if self.mentions else 0, self.id)


class Found:
    """All that was found in some texts, and how it was linked.

    Args:
        articles: The articles that the pipeline kept; one that it left out as of another subject is not among them.
        consolidated: How they were linked.
        knowledge: The vocabularies.
    """

    def __init__(self, articles: Iterable[ArticleStatements], consolidated: Consolidated, knowledge: Knowledge) -> None:
        self.articles = {article.id: article for article in articles}
        self.consolidated = consolidated
        self.knowledge = knowledge
        self.iris = consolidated.identity.iris
        self._founded = self._founding()
        self.units = {article.id: self._units(article) for article in self.articles.values()}

    def unit_of(self, article: str, chain: str) -> Unit | None:
        """The unit of a chain of a text; None where it does not reach the default graph."""
        return next((u for u in self.units.get(article, ()) if u.id == chain), None)

    def names(self, chain: Chain) -> tuple[str, ...]:
        """The names of an entity of one text: as written, and the words of its mentions."""
        article = self.articles[chain.article]
        mentions = article.chains[chain.chain]
        written = [m.name for m in mentions if m.name]
        said = [
            str(c.value.value)
            for c in article.facts.claims
            if c.predicate == "cx:name" and article.mentions[c.subject].chain == chain.chain
        ]
        quotes = [m.quote for m in mentions] if mentions[0].cls not in {"Person", "Incident", "Statistic"} else []
        return tuple(dict.fromkeys([*written, *said, *quotes]))

    def concepts(self, chain: Chain) -> frozenset[str]:
        """The gazetteer entries of an entity of one text."""
        mentions = self.articles[chain.article].chains[chain.chain]
        return frozenset(m.concept for m in mentions if m.concept)

    def crossers(self, unit: Unit) -> list[Chain]:
        """The persons who crossed in an incident, each member of a group by itself."""
        values = unit.said.get("cx:crosser", ())
        return list(dict.fromkeys(value.chain for value in values if isinstance(value, Ref)))

    def crosser_units(self, unit: Unit) -> list[Unit]:
        """The units of those who crossed in an incident; of an incident of all texts, their flat values."""
        chains = self.crossers(unit)
        if unit.whole:
            iris = {self.iris[chain] for chain in chains}
            return [self.entity_unit(e) for e in self.consolidated.entities if e.iri in iris]
        made = (self.unit_of(chain.article, chain.chain) for chain in chains)
        return list({u.id: u for u in made if u is not None}.values())

    def entity_unit(self, entity: Entity) -> Unit:
        """An entity of the default graph with its flat values."""
        said: dict[str, tuple[StatementValue, ...]] = {}
        for value in entity.values:
            # Of a number every statement counts: one may give its bound.
            more = [s.value for s in value.group.statements] if value.predicate == "cx:value" else []
            said[value.predicate] = (*said.get(value.predicate, ()), value.group.value, *more)
        chains = [Chain(c.article, c.chain) for c in entity.chains]
        return Unit(
            entity.iri,
            entity.cls,
            entity.iri,
            frozenset(chains),
            tuple(dict.fromkeys(name for c in chains for name in self.names(c))),
            frozenset().union(*(self.concepts(c) for c in chains)),
            said,
            whole=True,
        )

    def admitted(self, statement: Statement) -> bool:
        """Whether a statement may reach the default graph."""
        article = self.articles[statement.article]
        cls = article.chains[statement.subject.chain][0].cls
        qualitative = cls == "Statistic" and _qualitative(article, statement.subject)
        return self.knowledge.admitted(statement.claim, cls, qualitative=qualitative)

    def _founding(self) -> set[tuple[str, str]]:
        """The chains that reach the default graph: something admitted is said of them, or names them."""
        found = set()
        for article in self.articles.values():
            for statement in article.statements:
                if self.admitted(statement):
                    found.add((article.id, statement.subject.chain))
                    if isinstance(statement.value, Ref):
                        found.add((article.id, statement.value.chain.chain))
        return found

    def _units(self, article: ArticleStatements) -> tuple[Unit, ...]:
        made = (self._unit(article, chain) for chain in article.chains if (article.id, chain) in self._founded)
        return tuple(sorted((u for u in made if u.cls != "Place"), key=lambda u: u.place))

    def _unit(self, article: ArticleStatements, chain: str) -> Unit:
        mentions = article.chains[chain]
        said: dict[str, list[StatementValue]] = {}
        hedged: dict[str, list[StatementValue]] = {}
        for statement in article.statements:
            if statement.subject.chain != chain or statement.subject.ordinal > 1:
                continue
            claim = statement.claim
            if self.admitted(statement):
                said.setdefault(statement.predicate, []).append(statement.value)
            elif not claim.negated and claim.certainty in {"probable", "possible"} and claim.tense != "future":
                hedged.setdefault(statement.predicate, []).append(statement.value)
        claims = tuple(c for c in article.facts.claims if article.mentions[c.subject].chain == chain)
        words = tuple((m.start, m.end) for m in mentions)
        first = article.members(mentions[0].id)[0]
        key = Chain(article.id, chain)
        return Unit(
            chain,
            mentions[0].cls,
            self.iris.get(first, entity_iri("chain", chain)),
            frozenset({key}),
            self.names(key),
            self.concepts(key),
            {p: tuple(v) for p, v in said.items()},
            {p: tuple(v) for p, v in hedged.items()},
            words,
            tuple(dict.fromkeys([*words, *((e.start, e.end) for c in claims for e in c.evidence)])),
            claims,
        )


def _qualitative(article: ArticleStatements, chain: Chain) -> bool:
    amounts = [s.value for s in article.statements if s.subject == chain and s.predicate == "cx:value"]
    kept = [a for a in amounts if isinstance(a, Amount)]
    return bool(kept) and all(a.qualitative is not None for a in kept)
