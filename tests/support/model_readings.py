"""What becomes of a scripted model's answer: read over a parsed text, without a server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from kg.extract.document import Document
from kg.extract.lexicon import Lexicon
from kg.facts.checks import problems
from kg.facts.model import Claim, Evidence, Extractor, Facts, Mention, Quantity, TimeExpression
from kg.llm.anchoring import Places
from kg.llm.reading import Reading, read
from kg.llm.wire import read_answer
from tests.support.documents import document
from tests.support.language_model import answer

__all__ = ["claims_of", "parsed", "reading", "reading_of", "said", "true_to_the_text"]

_EXTRACTOR = Extractor(name="llm", version="scripted")


def reading(
    text: str, entities: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]], published: str | None = None
) -> Reading:
    """What is read of a text of paragraphs that blank lines part, if the model answers so."""
    return reading_of(parsed(text, published), entities, claims)


def parsed(text: str, published: str | None = None) -> Document:
    """A text of paragraphs that blank lines part, as a whole record has it: its day is given by the metadata."""
    made = document(*text.split("\n\n"), published=published)
    by = "metadata" if published else None
    return replace(made, article=msgspec.structs.replace(made.article, published_by=by))


def reading_of(source: Document, entities: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]]) -> Reading:
    """What is read of a parsed text; that the record is whole and true to the text is checked at once."""
    places = Places(source.text, [(block.start, block.end) for block in source.blocks])
    made = read(source, [(places, read_answer(answer(entities, claims)))], Lexicon.load(), _EXTRACTOR)
    true_to_the_text(made.facts, source.text)
    return made


def true_to_the_text(facts: Facts, text: str) -> None:
    """Every record of the facts stands where it says, and the record agrees with itself."""
    assert list(problems(facts)) == []
    quoted: list[Mention | TimeExpression | Quantity | Evidence] = [*facts.mentions, *facts.times, *facts.quantities]
    quoted += [evidence for claim in facts.claims for evidence in claim.evidence]
    for record in quoted:
        assert text[record.start : record.end] == record.quote
    for claim in facts.claims:
        if claim.attribution is not None:
            assert text[claim.attribution.start : claim.attribution.end] == claim.attribution.text


def claims_of(facts: Facts, predicate: str) -> list[Claim]:
    """The claims with a predicate, in the order of the text."""
    return [claim for claim in facts.claims if claim.predicate == predicate]


def said(facts: Facts, predicate: str) -> Claim:
    """The one claim with a predicate."""
    (found,) = claims_of(facts, predicate)
    return found
