"""An article as it was read: what is known of it, its text, and the text's blocks."""

from __future__ import annotations

from dataclasses import dataclass

from kg.article.passages import Passages
from kg.facts.model import Article, Block

__all__ = ["ArticleText"]


@dataclass(frozen=True)
class ArticleText:
    """One article, ready to be extracted from.

    Attributes:
        path: The file it was read from, as the user named it.
        article: What is known of the article.
        text: The decoded body without byte order mark and front matter, line ends untouched;
            of HTML the extracted text.
        blocks: The text's blocks, in order, not overlapping.
        passages: Of a digest, which passages of the original its sentences digest.
    """

    path: str
    article: Article
    text: str
    blocks: tuple[Block, ...]
    passages: Passages | None = None
