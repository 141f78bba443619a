"""From redactions to what they withhold: the entities, their claims, and the words of the articles that speak of them.

The articles are linked as they are, for who is withheld may be what tells two accounts to be one. What is withheld then
is left out of all that is said: values are chosen and counted without it, and the graph is written without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from kg.identity.decided import Decisions
from kg.identity.resolve import Identity
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements, Chain, Plain, Ref, Statement
from kg.namespaces import curie
from kg.redaction.meant import Meaning
from kg.redaction.names import Names, is_full
from kg.redaction.speaking import Speaking, joined
from kg.redaction.withheld import NOTHING, Tombstone, Withheld

__all__ = ["withhold"]

Span = tuple[int, int]


def withhold(
    decisions: Decisions,
    articles: Sequence[ArticleStatements],
    derived: Sequence[Statement],
    identity: Identity,
    knowledge: Knowledge,
) -> Withheld:
    """Work out what redactions withhold.

    Args:
        decisions: The redactions, and the ids that are registered for articles outside of this build.
        articles: The articles as they were read.
        derived: The statements that rules or corrections made.
        identity: The linking.
        knowledge: The lexicon of the border.
    """
    if not decisions.redactions:
        return NOTHING
    meaning = Meaning(articles, identity)
    stones: dict[str, Tombstone] = {}
    problems: list[str] = []
    found: set[str] = set()
    for redaction in decisions.redactions:
        if knowledge.entry(curie(redaction.iri)) is not None:
            problems.append(
                f"{redaction.where}: {redaction.id} is an entry of the gazetteer, which is released whole: "
                "take it out of the gazetteer"
            )
            continue
        meant = meaning.entities(redaction.iri)
        if not meant and redaction.iri not in decisions.elsewhere:
            problems.append(
                f"{redaction.where}: no entity of this build has the id {redaction.id}, so nothing would be withheld "
                "by it: correct the id or remove the entry"
            )
        for iri in sorted(meant):
            meant |= meaning.dependents(iri)
        found |= meant
        former = {old for iri in meant for old in meaning.former(iri)}
        for iri in sorted({redaction.iri} | meant | former):
            stones.setdefault(iri, Tombstone(iri, redaction.on, redaction.reason))
    chains = frozenset(chain for iri in found for chain in meaning.chains(iri))
    scan = _Scan(articles, chains)
    names = Names(scan.full)
    for redaction in decisions.redactions:
        if redaction.reason is not None and names.name(redaction.reason):
            problems.append(f"{redaction.where}: the reason is published, and it names who is withheld: say it without")
    every = [*(s for a in articles for s in a.statements), *derived]
    claims = _claims(every, chains, names)
    said: dict[str, list[Statement]] = {}
    for statement in every:
        if statement.id in claims:
            said.setdefault(statement.article, []).append(statement)
    hidden = {a.id: spans for a in articles if (spans := scan.hidden(a, names, said.get(a.id, ())))}
    ordered = tuple(stones[iri] for iri in sorted(stones))
    return Withheld(ordered, len(found), chains, claims, hidden, names, tuple(problems))


def _claims(statements: Sequence[Statement], chains: AbstractSet[Chain], names: Names) -> frozenset[str]:
    """The claims about the entities, with one of them as value, whose words name one, or derived from such a claim."""
    found = {
        s.id
        for s in statements
        if s.subject in chains
        or (isinstance(s.value, Ref) and s.value.chain in chains)
        or (isinstance(s.value, Plain) and isinstance(s.value.value, str) and names.name(s.value.value))
    }
    while True:
        more = {s.id for s in statements if s.id not in found and not found.isdisjoint(s.derived_from)}
        if not more:
            return frozenset(found)
        found |= more


class _Scan:
    """Looks through articles for words that speak of entities.

    Args:
        articles: The articles.
        chains: The entities' accounts.
    """

    def __init__(self, articles: Iterable[ArticleStatements], chains: AbstractSet[Chain]) -> None:
        self._chains = chains
        #: What each article calls a person among them.
        self._called: dict[str, set[str]] = {}
        self._persons: set[str] = set()
        self.full: set[str] = set()
        by_id = {article.id: article for article in articles}
        for chain in sorted(chains):
            article = by_id[chain.article]
            called = set(_names(article, chain))
            person = article.chains[chain.chain][0].cls == "Person"
            if person:
                self._called.setdefault(article.id, set()).update(called)
                self._persons |= called
            # One word is a surname to many; an organisation goes by it in every text.
            self.full |= {name for name in called if is_full(name) or not person}

    def hidden(self, article: ArticleStatements, names: Names, claims: Iterable[Statement]) -> tuple[Span, ...]:
        """The stretches of an article that speak of the entities."""
        spans = [(m.start, m.end) for m in article.facts.mentions if not self._chains.isdisjoint(article.members(m.id))]
        spans += [(e.start, e.end) for s in claims for e in s.claim.evidence]
        spans += self._attributed(article)
        if article.text is None:
            return joined([*spans, *self._quoted(article, names)])
        blocks = [(block.start, block.end) for block in article.facts.blocks]
        others = [
            (m.start, m.end)
            for m in article.facts.mentions
            if m.name is not None and self._chains.isdisjoint(article.members(m.id))
        ]
        speaking = Speaking(names, frozenset(self._called.get(article.id, ())), frozenset(self._persons))
        return speaking.hidden(article.text, blocks, spans, others)

    def _attributed(self, article: ArticleStatements) -> Iterator[Span]:
        """The words that name one of them as the speaker of another's claim."""
        for claim in article.facts.claims:
            said = claim.attribution
            if said is None or said.mention is None:
                continue
            if not self._chains.isdisjoint(article.members(said.mention)):
                yield said.start, said.end

    def _quoted(self, article: ArticleStatements, names: Names) -> Iterator[Span]:
        """Words that name one of them, of a record that comes without its text."""
        for claim in article.facts.claims:
            yield from ((e.start, e.end) for e in claim.evidence if names.name(e.quote))
        yield from ((m.start, m.end) for m in article.facts.mentions if names.name(m.quote))


def _names(article: ArticleStatements, chain: Chain) -> Iterator[str]:
    """What an article calls an entity by name."""
    yield from (m.name for m in article.chains[chain.chain] if m.name)
    for statement in article.said(chain):
        if statement.predicate == "cx:name" and isinstance(statement.value, Plain):
            yield str(statement.value.value)
