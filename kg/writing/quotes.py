"""The quotes of a text that may not be kept: they are checked while it is at hand, for nobody can check them later."""

from __future__ import annotations

from kg.article.text import ArticleText
from kg.errors import CrossingsError
from kg.facts.model import Facts, Mention, Quantity, TimeExpression

__all__ = ["require_quotes"]


def require_quotes(facts: Facts, text: ArticleText) -> None:
    """Check every quote of a record in its text.

    Args:
        facts: The record.
        text: The text that it was read out of.

    Raises:
        CrossingsError: Other words stand there than the record says; an error of ours.
    """
    records: tuple[Mention | TimeExpression | Quantity, ...] = (*facts.mentions, *facts.times, *facts.quantities)
    stretches = [(found.start, found.end, found.quote) for found in records]
    stretches += [(found.start, found.end, found.quote) for claim in facts.claims for found in claim.evidence]
    stretches += [(a.start, a.end, a.text) for a in (claim.attribution for claim in facts.claims) if a is not None]
    for start, end, quote in stretches:
        if text.text[start:end] != quote:
            raise CrossingsError(f"{text.path}: the words at {start} are not those of the facts: report this text")
