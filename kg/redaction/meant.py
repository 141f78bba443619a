"""Which entities of a linking a redaction means, by its id alone.

An id may be one that an entity has, one that was merged into another, or that of a mention: an entity's id is that of
its founding mention, so a redaction goes on holding where an older article founds the entity anew and moves its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.identity.resolve import Identity
from kg.ids import entity_iri
from kg.mapping.statements import ArticleStatements, Chain

__all__ = ["Meaning"]

_LOCAL = re.compile(r"([0-9a-f]{16})(?:-([0-9]+))?")


@dataclass(frozen=True)
class Meaning:
    """What ids mean in a linking.

    Attributes:
        articles: The articles.
        identity: Their linking.
    """

    articles: Sequence[ArticleStatements]
    identity: Identity

    def entities(self, iri: str) -> frozenset[str]:
        """The entities that an id leads to; none where it leads nowhere."""
        end = iri
        while end in self.identity.replaced:
            end = self.identity.replaced[end]
        if end in self._chains:
            return frozenset((end,))
        cls, _, local = end.rsplit("/id/", 1)[-1].partition("/")
        found = _LOCAL.fullmatch(local)
        if found is None:
            return frozenset()
        return frozenset(self._by_mention(cls, found[1], int(found[2] or 0)))

    def dependents(self, iri: str) -> frozenset[str]:
        """The persons whose id is made of an incident's, for nothing but the incident tells who they are."""
        ident = iri.rsplit("/", 1)[-1]
        if not iri.endswith(f"/id/incident/{ident}"):
            return frozenset()
        mark = re.compile(re.escape(entity_iri("person", ident)) + "-[0-9]+")
        return frozenset(other for other in self._chains if mark.fullmatch(other))

    def chains(self, iri: str) -> Sequence[Chain]:
        """The accounts of an entity."""
        return self._chains.get(iri, ())

    def former(self, iri: str) -> frozenset[str]:
        """The ids that lead to an entity, over any number of merges."""
        found = {iri}
        while True:
            more = {old for old, new in self.identity.replaced.items() if new in found} - found
            if not more:
                return frozenset(found - {iri})
            found |= more

    def _by_mention(self, cls: str, ident: str, number: int) -> Iterator[str]:
        for chain in self._mentions.get((cls, ident), ()):
            if chain.ordinal == number:
                yield self.identity.iris[chain]
        if cls == "person" and number:
            # An unnamed crosser: the number of one of the incident's persons.
            for chain in self._mentions.get(("incident", ident), ()):
                now = self.identity.iris[chain].rsplit("/", 1)[-1]
                person = entity_iri("person", f"{now}-{number}")
                if person in self._chains:
                    yield person

    @cached_property
    def _chains(self) -> Mapping[str, tuple[Chain, ...]]:
        return self.identity.members()

    @cached_property
    def _mentions(self) -> Mapping[tuple[str, str], Sequence[Chain]]:
        """The entities of articles by class and id of each of their mentions."""
        found: dict[tuple[str, str], list[Chain]] = {}
        for article in self.articles:
            for mention in article.facts.mentions:
                key = (mention.cls.lower(), article.mention_ids[mention.id])
                found.setdefault(key, []).extend(c for c in article.members(mention.id) if c in self.identity.iris)
        return found
