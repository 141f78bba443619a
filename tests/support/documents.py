"""Texts of the tests as parsed documents, and what expressions mean in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from kg.dates import DateInterval, evaluate, parse_edtf
from kg.extract import nlp
from kg.extract.builder import FactsBuilder
from kg.extract.document import Document, parse
from kg.extract.modality import Modality, assess
from kg.facts.model import Article, Block, BlockKind, TimeExpression

__all__ = ["document", "meaning", "meant", "shared"]


def document(*paragraphs: str, published: str | None = None, kinds: Sequence[BlockKind] = ()) -> Document:
    """A document of paragraphs, or of blocks of the kinds given, parsed with the packaged model."""
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = kinds[number] if number < len(kinds) else "paragraph"
        blocks.append(Block(id=f"b{number + 1}", kind=kind, start=start, end=start + len(paragraph)))
        start += len(paragraph) + 2
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(id=digest, text_sha256=digest, length=len(text), published=published)
    return parse(article, text, tuple(blocks), nlp.load())


def meant(text: str, word: str) -> Modality:
    """The modality of the first token that is a word, in a text of one paragraph."""
    for sentence in document(text).sentences:
        for token in sentence.span:
            if token.text == word:
                return assess(sentence, token)
    raise AssertionError(f"no '{word}' in '{text}'")


def meaning(builder: FactsBuilder, time: TimeExpression | None, published: str | None = None) -> str | None:
    """The EDTF text of an expression against the article's own date, or another one."""
    stated = published or builder.document.article.published
    reference = parse_edtf(stated) if stated else None

    def lookup(ident: str) -> DateInterval | None:
        return evaluate(builder.times[ident], reference, lookup) if ident in builder.times else None

    found = evaluate(time, reference, lookup) if time is not None else None
    return found.edtf if found is not None else None


def shared() -> Path:
    """The folder of the shared originals and gold facts; it may be absent."""
    return Path(os.environ.get("CROSSINGS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
