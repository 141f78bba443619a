"""The rules that choose among values that disagree: the same for every incident, tried in the order of the vocabulary.

Each rule looks at the groups and prefers one of them, or is silent. The first that prefers decides, and the Conflict
carries its id; where all are silent the Conflict has no preferred value and the graph no flat one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.consolidate.sources import Sources
from kg.consolidate.values import Group
from kg.mapping.statements import ArticleStatements, Statement, When

__all__ = ["UNDECIDED", "Chooser"]

UNDECIDED = "rule:undecided"
#: Blocks whose words were cut short by an editor and stand for a fuller sentence elsewhere.
_SHORT = frozenset({"headline", "heading", "caption", "bullet"})


class Chooser:
    """Applies the rules.

    Args:
        articles: All articles of the build, by id, for the kind of block a quote stands in.
        sources: Which articles are independent of each other.
        curated: Ids of claims that a person decided for.
    """

    def __init__(
        self, articles: dict[str, ArticleStatements], sources: Sources, curated: frozenset[str] = frozenset()
    ) -> None:
        self._blocks = {a.id: {b.id: b.kind for b in a.facts.blocks} for a in articles.values()}
        self._sources = sources
        self._curated = curated
        self.rules: tuple[tuple[str, Callable[[Sequence[Group]], Group | None]], ...] = (
            ("rule:curated", self._only(lambda s: s.id in self._curated)),
            ("rule:quoted-official", self._only(_quoted_official)),
            ("rule:attributed-agency", self._only(lambda s: bool(s.claim.attribution and s.claim.attribution.mention))),
            ("rule:body-over-headline", self._only(self._in_body)),
            ("rule:absolute-over-relative", self._only(_absolute)),
            ("rule:more-independent-sources", self._most_sources),
        )

    def choose(self, groups: Sequence[Group]) -> tuple[Group | None, str]:
        """The preferred group, or None, and the id of the rule that decided."""
        for rule, prefer in self.rules:
            group = prefer(groups)
            if group is not None:
                return group, rule
        return None, UNDECIDED

    @staticmethod
    def _only(test: Callable[[Statement], bool]) -> Callable[[Sequence[Group]], Group | None]:
        """A rule that prefers the one group of which some statement passes a test."""

        def prefer(groups: Sequence[Group]) -> Group | None:
            passing = [g for g in groups if any(test(s) for s in g.statements)]
            return passing[0] if len(passing) == 1 else None

        return prefer

    def _in_body(self, statement: Statement) -> bool:
        blocks = self._blocks[statement.article]
        return any(e.block is None or blocks.get(e.block) not in _SHORT for e in statement.claim.evidence)

    def _most_sources(self, groups: Sequence[Group]) -> Group | None:
        counts = [self._sources.of({s.article for s in g.statements}) for g in groups]
        for number, count in enumerate(counts):
            # Surely more: the least that stands behind this value exceeds the most behind any other.
            if all(count.minimum > other.maximum for n, other in enumerate(counts) if n != number):
                return groups[number]
        return None


def _quoted_official(statement: Statement) -> bool:
    attribution = statement.claim.attribution
    return attribution is not None and attribution.quoted and attribution.official


def _absolute(statement: Statement) -> bool:
    return isinstance(statement.value, When) and statement.value.expression.anchor is None
