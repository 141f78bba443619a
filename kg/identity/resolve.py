"""Which chains of which articles are one entity, and the canonical id of each.

Gazetteer entries are themselves; named persons and organisations are known by their names; incidents are compared and
clustered; unnamed persons are known by their incident, so that four unnamed crossers are four persons and two unnamed
soldiers of two incidents are never one; statistics are known by what they measure. Human judgements always win; a
program's counts only where the comparison is silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.dates import DateInterval
from kg.identity.cluster import cluster
from kg.identity.comparisons import Comparisons
from kg.identity.decided import Decisions
from kg.identity.profiles import IncidentProfile, StatisticProfile, incident_profile, name_key, statistic_profile
from kg.identity.score import UNCERTAIN, Hierarchy
from kg.ids import entity_iri
from kg.mapping.statements import ArticleStatements, Chain, Plain
from kg.namespaces import expand

__all__ = ["Decisions", "Identity", "identify"]

#: Two exact cumulative numbers are one statistic only if equal; an approximate one covers what lies within 2 %.
_APPROXIMATE = 50


@dataclass(frozen=True)
class Identity:
    """The canonical IRI of every chain, ids merged away, the accounts of incidents, and how they compare."""

    iris: Mapping[Chain, str]
    replaced: Mapping[str, str]
    profiles: Mapping[Chain, IncidentProfile]
    comparisons: Comparisons = field(repr=False, compare=False)

    def members(self) -> dict[str, tuple[Chain, ...]]:
        """The chains of each entity, by its IRI."""
        found: dict[str, list[Chain]] = {}
        for chain, iri in self.iris.items():
            found.setdefault(iri, []).append(chain)
        return {iri: tuple(chains) for iri, chains in sorted(found.items())}


def identify(
    articles: Sequence[ArticleStatements],
    hierarchy: Hierarchy,
    decisions: Decisions | None = None,
    dates: Mapping[Chain, DateInterval] | None = None,
) -> Identity:
    """Give every chain of every article a canonical IRI.

    Args:
        articles: All articles of the build; their order does not matter.
        hierarchy: Broader and narrower concepts.
        decisions: What people decided.
        dates: Dates of incidents and periods of statistics that the linking so far made known.
    """
    return _Resolver(articles, hierarchy, decisions or Decisions(), dict(dates or {})).run()


class _Resolver:
    def __init__(
        self,
        articles: Sequence[ArticleStatements],
        hierarchy: Hierarchy,
        decisions: Decisions,
        dates: dict[Chain, DateInterval],
    ) -> None:
        self.articles = sorted(articles, key=_founding_order)
        self.by_id = {article.id: article for article in self.articles}
        self.hierarchy = hierarchy
        self.decisions = decisions
        self.dates = dates
        self.iris: dict[Chain, str] = {}
        self.profiles: dict[Chain, IncidentProfile] = {}
        self.replaced: dict[str, str] = {}
        self.given: set[str] = set()
        self.comparisons = Comparisons((), hierarchy)
        self.concepts = {a.id: _chain_concepts(a) for a in self.articles}
        self.of_class: dict[str, list[Chain]] = {}
        for article in self.articles:
            for mentions in article.chains.values():
                self.of_class.setdefault(mentions[0].cls, []).extend(article.members(mentions[0].id))

    def run(self) -> Identity:
        for article in self.articles:
            for chain, concept in self.concepts[article.id].items():
                self.iris[Chain(article.id, chain)] = expand(concept)
        incidents = self._incidents()
        self._named("Organization")
        self._named("Route")
        self._named("Place")
        self._named("Person")
        self._unnamed(incidents)
        self._statistics()
        self._left_by_merges()
        return Identity(dict(sorted(self.iris.items())), self.replaced, self.profiles, self.comparisons)

    def _left_by_merges(self) -> None:
        """Ids that earlier merges left go on leading to what took their place, as far as that is here."""
        here = set(self.iris.values()) | self.replaced.keys()
        for old in self.decisions.replaced:
            new, seen = old, {old}
            while new in self.decisions.replaced and self.decisions.replaced[new] not in seen:
                new = self.decisions.replaced[new]
                seen.add(new)
            if new in here and old not in here:
                self.replaced[old] = new

    def _chains(self, cls: str) -> list[Chain]:
        """The chains of a class that have no IRI yet, in founding order."""
        return [chain for chain in self.of_class.get(cls, ()) if chain not in self.iris]

    def _give(self, cls: str, members: Sequence[Chain]) -> str:
        """One IRI to all members: the registered one, else that of the founding mention."""
        known = sorted({self.decisions.registered[m] for m in members if m in self.decisions.registered} - self.given)
        self.given.update(known)
        iri = known[0] if known else entity_iri(cls, self._mention(members[0]))
        for merged in known[1:]:
            self.replaced[merged] = iri
        for member in members:
            self.iris[member] = iri
        return iri

    def _mention(self, chain: Chain) -> str:
        article = self.by_id[chain.article]
        first = article.chains[chain.chain][0]
        ident = article.mention_ids[first.id]
        return f"{ident}-{chain.ordinal}" if chain.ordinal else ident

    def _apart(self, one: Chain, other: Chain) -> bool:
        return self.decisions.apart(frozenset((one, other)))

    def _decided(self, chains: Sequence[Chain]) -> list[tuple[float, Chain, Chain]]:
        """Links that people decided; they come before any other."""
        among = set(chains)
        pairs = (tuple(sorted(pair)) for pair in self.decisions.same if pair <= among)
        return [(float("inf"), pair[0], pair[1]) for pair in pairs if len(pair) == 2]

    def _incidents(self) -> list[tuple[str, list[IncidentProfile]]]:
        chains = self._chains("Incident")
        for chain in chains:
            article = self.by_id[chain.article]
            self.profiles[chain] = incident_profile(article, chain, self.concepts[chain.article], self.dates)
        self.comparisons = comparisons = Comparisons(list(self.profiles.values()), self.hierarchy)
        links = self._decided(chains)
        judged = {frozenset(link[1:]) for link in links}
        # What scores less is neither joined nor left open.
        for score, one, other in comparisons.above(UNCERTAIN):
            if frozenset((one, other)) in judged:
                continue
            comparison = comparisons.compare(one, other)
            if comparison.same:
                links.append((score, one, other))
            elif comparison.uncertain and frozenset((one, other)) in self.decisions.suggested:
                # Below zero: all that the rules join is joined before what only a program suggests.
                links.append((score - comparison.threshold, one, other))

        def apart(one: Chain, other: Chain) -> bool:
            if self._apart(one, other):
                return True
            if frozenset((one, other)) in judged:
                return False
            # Within an article the reader of the text decided already.
            return one.article == other.article or comparisons.compare(one, other).veto is not None

        groups = cluster(chains, links, apart)
        return [(self._give("Incident", members), [self.profiles[m] for m in members]) for members in groups]

    def _named(self, cls: str) -> None:
        """Entities that are known by a proper name; two articles that use one name mean one entity."""
        chains = self._chains(cls)
        keys = {chain: self._name_key(chain, cls) for chain in chains}
        named = [c for c in chains if keys[c] or cls != "Person"]
        links = self._decided(named)
        first: dict[str, Chain] = {}
        for chain in named:
            key = keys[chain]
            if key:
                links.append((1.0, first.setdefault(key, chain), chain))
        for members in cluster(named, [link for link in links if link[1] != link[2]], self._apart):
            self._give(cls, members)

    def _name_key(self, chain: Chain, cls: str) -> str | None:
        """The key of the longest name; a person's surname alone is no name to know them by in another article."""
        article = self.by_id[chain.article]
        mentions = article.chains[chain.chain]
        names = [m.name for m in mentions if m.name]
        names += [
            str(s.value.value) for s in article.said(chain) if s.predicate == "cx:name" and isinstance(s.value, Plain)
        ]
        if cls == "Person":
            full = [n for n in names if len(n.replace("-", " ").split()) > 1]
            surname = min(names, key=len, default=None)
            return name_key(max(full, key=len)) if full else (f"{chain.article}/{surname}" if surname else None)
        longest = max(names, key=len, default=mentions[0].quote)
        return name_key(longest)

    def _unnamed(self, incidents: Sequence[tuple[str, Sequence[IncidentProfile]]]) -> None:
        """Unnamed crossers take the places of their incident; a place that a name holds is that person's."""
        for incident, accounts in incidents:
            ident = incident.rsplit("/", 1)[-1]
            named = sorted({self.iris[c] for a in accounts for c in a.crossers if c in self.iris})
            for account in accounts:
                taken = {self.iris[c] for c in account.crossers if c in self.iris}
                free = [iri for iri in named if iri not in taken]
                fresh = 0
                for crosser in account.crossers:
                    if crosser in self.iris:
                        continue
                    fresh += 1
                    self.iris[crosser] = free.pop(0) if free else entity_iri("Person", f"{ident}-{fresh}")
        for chain in self._chains("Person"):
            self.iris[chain] = entity_iri("Person", self._mention(chain))

    def _statistics(self) -> None:
        chains = self._chains("Statistic")
        profiles: dict[Chain, StatisticProfile] = {}
        for chain in chains:
            made = statistic_profile(self.by_id[chain.article], chain, self.concepts[chain.article], self.dates)
            if made is not None:
                profiles[chain] = made
        links = self._decided(chains)
        by_key: dict[tuple[str, ...], list[Chain]] = {}
        for chain, profile in profiles.items():
            if profile.key is not None:
                by_key.setdefault(profile.key, []).append(chain)
        for alike in by_key.values():
            for one, other in combinations(alike, 2):
                if one.article != other.article and _one_number(profiles[one], profiles[other]):
                    links.append((1.0, one, other))

        def apart(one: Chain, other: Chain) -> bool:
            if one.article == other.article or self._apart(one, other):
                return True
            return one in profiles and other in profiles and not _one_number(profiles[one], profiles[other])

        for members in cluster(chains, links, apart):
            self._give("Statistic", members)


def _founding_order(article: ArticleStatements) -> tuple[str, str]:
    """Earliest stated date first, undated articles last, then by id."""
    return article.facts.article.published or "9999", article.id


def _chain_concepts(article: ArticleStatements) -> dict[str, str]:
    """The gazetteer entry of each chain that has one."""
    found = {}
    for chain, mentions in article.chains.items():
        concept = next((m.concept for m in mentions if m.concept), None)
        if concept:
            found[chain] = concept
    return found


def _one_number(one: StatisticProfile, other: StatisticProfile) -> bool:
    """Whether two cumulative numbers can be one count; other statistics of one key are one, and may disagree.

    A running total has no period of its own: 34,259 and 34,314 are two counts taken on two days, while "about 34,000"
    and "more than 34,000" both speak of either.
    """
    if one.measure != "measure:cumulative-arrivals":
        return True
    a, b = one.amount, other.amount
    if a.value is not None and b.value is not None:
        if a.qualifier == b.qualifier == "exact":
            return a.value == b.value
        return abs(a.value - b.value) * _APPROXIMATE <= max(a.value, b.value)
    if a.qualitative is not None or b.qualitative is not None:
        # "Tens of thousands" says nothing against any of the counts.
        return True
    for bounds, point in ((a, b), (b, a)):
        number = point.value if point.value is not None else (point.lower or point.upper)
        if number is None:
            continue
        if bounds.lower is not None and abs(number - bounds.lower) * _APPROXIMATE > bounds.lower:
            return False
        if bounds.upper is not None and number > bounds.upper:
            return False
    return True
