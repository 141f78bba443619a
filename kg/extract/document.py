"""A parsed article: sentences with dependency parses whose tokens know their place in the text.

Each block is parsed on its own, so that datelines, bullets and headlines do not bleed into the prose beside them. What
disturbs the parser (hard line wraps, no-break spaces, curly quotes) is replaced one code point for one, so that offsets
survive: `text[start:end]` is always what the reader of the article sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.parsed import Doc, Span, Token
from kg.facts.model import Article, Block, Evidence

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Document", "Sentence", "offsets", "parse"]

#: One code point for one: the parser was trained on plain quotes and single spaces.
_PLAIN = str.maketrans(
    {"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'}
)

#: Blocks whose words are no statements of the article.
SILENT = frozenset({"boilerplate", "related", "byline", "dateline"})


def offsets(words: Span | Token | Iterable[Token]) -> tuple[int, int]:
    """Where tokens stand in the article's text: half-open code points, from the first to the last."""
    if isinstance(words, Token):
        start = words.doc.base + words.idx
        return start, start + len(words.text)
    if isinstance(words, Span):
        return words.doc.base + words.start_char, words.doc.base + words.end_char
    tokens = sorted(words, key=lambda token: token.i)
    return offsets(tokens[0])[0], offsets(tokens[-1])[1]


@dataclass(frozen=True)
class Sentence:
    """One sentence of one block; `index` counts over the whole article."""

    index: int
    block: Block
    span: Span

    @cached_property
    def start(self) -> int:
        """The first code point of the sentence in the text."""
        return offsets(self.span)[0]

    @cached_property
    def end(self) -> int:
        """One past the last code point of the sentence in the text."""
        return offsets(self.span)[1]


@dataclass(frozen=True)
class Document:
    """An article's text with its blocks and parses."""

    article: Article
    text: str
    blocks: tuple[Block, ...]
    parses: tuple[tuple[Block, Doc], ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in the order of the text, of every block that was parsed."""
        found: list[Sentence] = []
        for block, doc in self.parses:
            for span in doc.sents:
                if not span.text.isspace():
                    found.append(Sentence(len(found), block, span))
        return tuple(found)

    def sentence_of(self, token: Token) -> Sentence:
        """The sentence in which a token stands."""
        return next(s for s in self.sentences if s.span.doc is token.doc and s.span.start <= token.i < s.span.end)

    def quote(self, start: int, end: int) -> str:
        """The words of the text between two offsets."""
        return self.text[start:end]

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for the words between two offsets, with the block in which they stand."""
        block = next((b.id for b in self.blocks if b.start <= start and end <= b.end), None)
        return Evidence(start=start, end=end, quote=self.text[start:end], block=block)


def parse(article: Article, text: str, blocks: tuple[Block, ...], nlp: Language) -> Document:
    """Parse every block that can hold statements.

    Args:
        article: What is known of the article.
        text: The text that the offsets of `blocks` count over.
        blocks: The blocks, in the order of the text, not overlapping.
        nlp: A spaCy pipeline with a tagger, a dependency parser and named entities.
    """
    spoken = [block for block in blocks if block.kind not in SILENT]
    docs = nlp.pipe(text[block.start : block.end].translate(_PLAIN) for block in spoken)
    parses = tuple((block, Doc(doc, block.start)) for block, doc in zip(spoken, docs, strict=True))
    return Document(article, text, blocks, parses)
