"""News organisations outside of the prose: an article's stated sources, its publisher, agencies in its other blocks.

Datelines, bylines and lists of links are not parsed, for they are no statements; whoever is named there as a source is
mentioned all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.builder import FactsBuilder
from kg.extract.lexicon import Lexicon
from kg.extract.naming import plain
from kg.facts.model import Value

__all__ = ["find_publications"]

_BLOCKS = frozenset({"dateline", "byline", "related"})
_NEWS = frozenset({"orgkind:news-agency", "orgkind:news-organization"})


def find_publications(builder: FactsBuilder, lexicon: Lexicon) -> None:
    """Add mentions of the news organisations that an article names as its sources, with `cx:name` claims."""
    for start, end, concept in sorted(_found(builder, lexicon), key=lambda found: (found[0], -found[1])):
        if builder.mention_within("Organization", start, end) is not None:
            continue
        words = builder.document.quote(start, end)
        same = (
            m.chain
            for m in builder.mentions.values()
            if m.cls == "Organization"
            and ((concept and m.concept == concept) or (not concept and plain(m.name or "") == plain(words)))
        )
        mention = builder.mention("Organization", start, end, chain=next(same, None), name=words, concept=concept)
        evidence = builder.document.evidence(start, end)
        builder.claim(mention, "cx:name", Value(kind="text", value=words), evidence, tense="present")


def _found(builder: FactsBuilder, lexicon: Lexicon) -> Iterator[tuple[int, int, str | None]]:
    document = builder.document
    article, text = document.article, document.text
    for source in article.sources:
        concept = source.organization or lexicon.concept("organization", source.name)
        if source.start is not None and source.end is not None and text[source.start : source.end] == source.name:
            yield source.start, source.end, concept
        else:
            yield from ((start, end, concept) for start, end in _occurrences(source.name, text, 0, len(text)))
    if article.publisher:
        concept = lexicon.concept("organization", article.publisher)
        for start, end in _occurrences(article.publisher, text, 0, len(text)):
            yield start, end, concept
    for block in document.blocks:
        if block.kind in _BLOCKS:
            for entry in lexicon.entries("organization"):
                if _NEWS.intersection(entry.values("organizationKind")):
                    for words in entry.words():
                        for start, end in _occurrences(words, text, block.start, block.end):
                            yield start, end, entry.curie


def _occurrences(name: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a name stands as words of their own, written as it is."""
    if text.find(name, start, end) < 0:
        return
    for found in re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").finditer(text, start, end):
        yield found.span()
