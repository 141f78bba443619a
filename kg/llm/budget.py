"""How many tokens a run may spend, and how many it has."""

from __future__ import annotations

from kg.llm.errors import BudgetError

__all__ = ["Budget", "estimate"]

#: An English token is about four bytes of UTF-8; three are counted, so that a prompt is rarely longer than estimated.
_BYTES = 3


def estimate(body: bytes) -> int:
    """The tokens of a request's body, rather too many than too few.

    >>> estimate(b"a soldier crossed the border")
    10
    """
    return -(-len(body) // _BYTES)


class Budget:
    """The tokens of one run.

    Args:
        limit: How many may be spent.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0

    def require(self, tokens: int) -> None:
        """Make sure that so many tokens are left, before they are spent.

        Raises:
            BudgetError: They are not.
        """
        if self.spent + tokens > self.limit:
            raise BudgetError(
                f"the answer may take {tokens:,} tokens and {max(0, self.limit - self.spent):,} of the budget of "
                f"{self.limit:,} are left: raise --llm-budget and build again, what was answered is kept"
            )

    def spend(self, tokens: int) -> None:
        """Count what was spent, as the endpoint reports it or, where it does not, as it was estimated."""
        self.spent += tokens
