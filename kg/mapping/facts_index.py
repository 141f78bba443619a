"""What a record of facts holds, by local id, with the global ids: worked out once, whatever is made of the claims."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from kg.facts.model import Facts, Mention, Quantity, TimeExpression
from kg.ids import claim_ids, mention_ids

__all__ = ["FactsIndex"]


class FactsIndex:
    """The parts of one article's facts.

    Args:
        facts: The facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def mention_ids(self) -> dict[str, str]:
        """Global mention ids by local id."""
        return mention_ids(self._facts.article.id, self._facts.mentions)

    @cached_property
    def claim_ids(self) -> dict[str, str]:
        """Global claim ids by local id."""
        return claim_ids(self._facts, self.mention_ids)

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """Mentions by local id."""
        return {mention.id: mention for mention in self._facts.mentions}

    @cached_property
    def times(self) -> dict[str, TimeExpression]:
        """Time expressions by local id."""
        return {time.id: time for time in self._facts.times}

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """Quantities by local id."""
        return {quantity.id: quantity for quantity in reversed(self._facts.quantities)}

    @cached_property
    def chains(self) -> dict[str, tuple[Mention, ...]]:
        """The mentions of each chain, in the order of the text."""
        found: dict[str, list[Mention]] = {}
        for mention in self._facts.mentions:
            found.setdefault(mention.chain, []).append(mention)
        return {chain: tuple(sorted(ms, key=lambda m: (m.start, m.end))) for chain, ms in found.items()}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many entities each chain stands for: one, or the persons of a group."""
        return {chain: max(m.count for m in mentions) for chain, mentions in self.chains.items()}

    def block_kind(self, start: int, end: int) -> str | None:
        """The kind of the block that a stretch of the text lies in, or None where it lies in none, or in several.

        Args:
            start: Its first code point.
            end: The code point behind it.
        """
        # Blocks stand in the order of the text and do not overlap (`kg.facts.checks`).
        blocks = self._facts.blocks
        at = bisect_right(blocks, start, key=lambda block: block.start) - 1
        return blocks[at].kind if at >= 0 and end <= blocks[at].end else None
