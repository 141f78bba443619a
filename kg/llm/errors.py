"""What can go wrong between here and a language model; no message holds the key or a word of an answer.

The tree, below that of `kg.errors`::

    UsageError                       exit code 2
    └── EndpointError                2  the endpoint cannot be used at all: address, key or model
    GraphError                       exit code 1
    └── AnswerError                  1  one article got no answer that can be used; the others may
        └── BudgetError              1  the answer might cost more tokens than are left
"""

from __future__ import annotations

from kg.errors import GraphError, UsageError

__all__ = ["AnswerError", "BudgetError", "EndpointError"]


class EndpointError(UsageError):
    """The endpoint cannot be used as it is set; no other article would fare better."""


class AnswerError(GraphError):
    """One article got no answer that can be used.

    Args:
        message: The reason, as one sentence.
        silent: Whether the endpoint gave no answer at all (too slow, too busy), so that it may be down.
        tokens: What the try has spent; None where it may have spent all that it could.
    """

    def __init__(self, message: str, *, silent: bool = False, tokens: int | None = 0) -> None:
        self.silent = silent
        self.tokens = tokens
        super().__init__(message)


class BudgetError(AnswerError):
    """The tokens that are left may not suffice for the article."""
