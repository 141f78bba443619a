"""What a search answers, as records that JSON can hold."""

from __future__ import annotations

import msgspec

from kg.search.question import Question

__all__ = ["Answer", "Hit", "Matched", "Quote", "Snippet", "snippet"]

#: How long a snippet is at most, and how much of it stands before the first mark, in code points.
_LONGEST, _BEFORE = 240, 60


class Snippet(msgspec.Struct, frozen=True, kw_only=True):
    """A text, or the part of it around what was found.

    Attributes:
        text: The part; nothing is added to it.
        start: Where it begins in the whole text, in Unicode code points.
        length: How long the whole text is.
        marks: What was found in it: pairs of offsets into the part, the end not included, sorted.
    """

    text: str
    start: int
    length: int
    marks: list[tuple[int, int]]

    @property
    def whole(self) -> bool:
        """Whether the part is all of the text."""
        return len(self.text) == self.length


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """How a thing was found.

    Attributes:
        how: The name of the way, of `kg.search.ranking.FOUND`.
        kind: What was found: label, name, alias, hidden, publisher, date, mention or quote.
        language: The language of a label; of all else nothing.
        snippet: The text.
    """

    how: str
    kind: str
    language: str
    snippet: Snippet


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words of an article that a claim about the thing rests on.

    Attributes:
        snippet: The words.
        evidence: Their IRI.
        claim: The claim that rests on them.
        article: The article; nothing where its graph describes none.
        title: What the article is called.
        note: Its publisher, whether it is our digest, and its date, as far as they are stated.
    """

    snippet: Snippet
    evidence: str
    claim: str
    article: str
    title: str
    note: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that was found.

    Attributes:
        iri: Its IRI.
        cls: Its class, one of `kg.search.documents.CLASSES`; JSON calls it `class`.
        standing: entity, article, used (a lexicon entry of which the graph speaks) or listed (of which it does not).
        label: What it is called.
        language: The language of that.
        korean: Its Korean label, or nothing.
        note: Of an article its publisher, whether it is our digest, and its date; of a concept its scheme.
        uses: How many articles report it, or how often it is used.
        matched: How it was found.
        quotes: The quotes about it that have all words, three at most.
    """

    iri: str
    cls: str = msgspec.field(name="class")
    standing: str
    label: str
    language: str
    korean: str
    note: str
    uses: int
    matched: Matched
    quotes: list[Quote]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of hits.

    Attributes:
        query: What was asked for.
        words: The words that were looked for: nothing where there is none in it.
        cls: The class that was asked for, or nothing; JSON calls it `class`.
        total: How many things were found, of that class.
        offset: How many hits stand before the first of this page.
        limit: How many a page has at most.
        classes: How many things of each class were found, the asked one or not.
        hits: The hits, the best first.
    """

    query: str
    words: list[str]
    cls: str | None = msgspec.field(name="class")
    total: int
    offset: int
    limit: int
    classes: dict[str, int]
    hits: list[Hit]


def snippet(text: str, question: Question) -> Snippet:
    """A text, cut around the first thing that was found in it where it is long."""
    marks = question.marks(text)
    if len(text) <= _LONGEST:
        return Snippet(text=text, start=0, length=len(text), marks=marks)
    first = marks[0][0] if marks else 0
    start = max(0, min(first - _BEFORE, len(text) - _LONGEST))
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = start + _LONGEST
    if end < len(text):
        end = max(text.rfind(" ", start + _LONGEST // 2, end), start + _LONGEST // 2)
    part = text[start:end]
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start]
    return Snippet(text=part, start=start, length=len(text), marks=inside)
