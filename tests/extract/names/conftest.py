"""Fixtures for the finders of names: a text of paragraphs, read with the packaged model and the Korean gazetteer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kg.extract import nlp
from kg.extract.builder import FactsBuilder
from kg.extract.document import parse
from kg.extract.features import find_features
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.times import find_times
from kg.facts.model import Article, Block, BlockKind, CitedSource


@dataclass(frozen=True)
class Found:
    """What was found in a text, for comparison: chains of quotes, and claims as tuples."""

    builder: FactsBuilder

    def concepts(self, cls: str) -> set[str | None]:
        """The gazetteer entries of a class, without `id:` and its folder; None for entities without one."""
        mentions = self.builder.mentions.values()
        return {m.concept and m.concept.rpartition("/")[2] for m in mentions if m.cls == cls}

    def chains(self, cls: str) -> list[list[str]]:
        """The quotes of each entity of a class, in the order of the text."""
        chains: dict[str, list[str]] = {}
        for mention in sorted(self.builder.mentions.values(), key=lambda m: m.start):
            if mention.cls == cls:
                chains.setdefault(mention.chain, []).append(mention.quote)
        return list(chains.values())

    def claims(self, predicate: str) -> set[tuple[str, object]]:
        """The claims of a predicate: the first quote of the subject's chain, and the value (the quote of a record)."""
        found: set[tuple[str, object]] = set()
        for claim in self.builder.claims.values():
            if claim.predicate == predicate:
                value = claim.value.value
                if claim.value.kind == "mention":
                    value = self.builder.mentions[str(value)].quote
                if claim.value.kind == "time":
                    value = self.builder.times[str(value)].quote
                if claim.value.kind == "quantity":
                    quantity = self.builder.quantities[str(value)]
                    value = f"{quantity.value} {quantity.unit}"
                chain = self.builder.mentions[claim.subject].chain
                found.add((self.builder.mentions[chain].quote, value))
        return found


Reader = Callable[..., Found]


@pytest.fixture(scope="session")
def korea() -> Lexicon:
    return Lexicon.load("korea")


@pytest.fixture(scope="session")
def read(korea: Lexicon) -> Reader:
    """Read paragraphs (or `(kind, text)` pairs) and find all names and features in them."""

    def reader(
        *parts: str | tuple[BlockKind, str],
        lexicon: Lexicon = korea,
        sources: tuple[CitedSource, ...] = (),
        publisher: str | None = None,
    ) -> Found:
        blocks: list[Block] = []
        text = ""
        for part in parts:
            whole: tuple[BlockKind, str] = ("paragraph", part) if isinstance(part, str) else part
            kind, words = whole
            text += "\n\n" if text else ""
            blocks.append(Block(id=f"b{len(blocks) + 1}", kind=kind, start=len(text), end=len(text) + len(words)))
            text += words
        digest = hashlib.sha256(text.encode()).hexdigest()
        article = Article(id=digest, text_sha256=digest, length=len(text), sources=sources, publisher=publisher)
        builder = FactsBuilder(parse(article, text, tuple(blocks), nlp.load()))
        find_times(builder)
        find_names(builder, lexicon)
        find_features(builder, lexicon)
        return Found(builder)

    return reader
