"""The time expressions of an article, what the dependency parse attaches them to, and durations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.document import Document, Sentence
from kg.extract.time_context import BlockContext, is_resolvable
from kg.extract.time_grammar import read_times, slash_order
from kg.extract.time_words import alternatives, number_of, time_rules
from kg.facts.model import TimeExpression

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["duration_of", "find_times", "time_of", "times_of", "tokens_of"]

_DURATION = {"minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}
#: Edges over which a time belongs to the verb above as well: one clause, several verbs.
_SHARED = frozenset({"xcomp", "conj", "aux", "auxpass", "pcomp"})
_OCCURRENCE = frozenset({"occur", "happen", "take", "come", "be", "begin", "start", "follow"})
#: Nouns that a date is only the frame of: "on the morning of Aug. 20", "the end of July".
_FRAMES = frozenset({"morning", "afternoon", "evening", "night", "dawn", "beginning", "end", "start", "middle", "day"})


def find_times(builder: FactsBuilder) -> None:
    """Add every time expression of the parsed blocks to the builder, in the order of the text.

    A range ("between January and March") is two records of one span, the first with `to`; of "since mid-July" the inner
    date is a record of its own, which the outer one opens. Where nothing is known of the incident that a count starts
    from, the anchor is an incident without `ref`.
    """
    order = slash_order(builder.document.text)
    before: list[TimeExpression] = []
    for block, doc in builder.document.parses:
        context = BlockContext(builder, block.start, doc, before)
        for draft in read_times(doc.text, order):
            context.add(draft)
        before = context.here or before


def times_of(document: Document) -> tuple[TimeExpression, ...]:
    """The time expressions of a document alone, in the order of the text."""
    builder = FactsBuilder(document)
    find_times(builder)
    return tuple(sorted(builder.times.values(), key=lambda time: (time.start, -time.end)))


def tokens_of(document: Document, time: TimeExpression) -> Span | None:
    """The tokens of an expression, or None where its block was not parsed."""
    for block, doc in document.parses:
        if block.start <= time.start and time.end <= block.end:
            return doc.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
    return None


def time_of(builder: FactsBuilder, sentence: Sentence, head: Token) -> TimeExpression | None:
    """The time expression that the parse attaches to a verb or noun of its sentence.

    Looked for in the head's own phrase, then in the clause that shares its time: a chain of verbs, an event noun with
    "occurred", a participle. A date of the verb that reports the clause is never taken.

    Args:
        builder: Holds the expressions (`find_times`).
        sentence: The sentence of the head.
        head: The verb or noun that names what is to be dated.
    """
    held = list(_held(builder, sentence))
    node = head
    while True:
        mine = [time for time, governor in held if governor.i == node.i]
        if mine:
            return min(mine, key=lambda time: (not is_resolvable(time), time.modifier is not None, time.start))
        if node.head.i == node.i or not _shares(node):
            return None
        node = node.head


def _shares(node: Token) -> bool:
    """Whether a word without a time of its own has that of the word above it."""
    if node.pos_ in ("NOUN", "PROPN"):
        return node.dep_ in ("nsubj", "nsubjpass", "attr") and node.head.lemma_ in _OCCURRENCE
    participle = node.tag_ in ("VBG", "VBN") and not any(child.dep_ == "mark" for child in node.children)
    return node.dep_ in _SHARED or (node.dep_ == "advcl" and participle)


def _held(builder: FactsBuilder, sentence: Sentence) -> Iterator[tuple[TimeExpression, Token]]:
    """The expressions of a sentence with the word that each belongs to; of nested ones the outer."""
    inside = [time for time in builder.times.values() if sentence.start <= time.start and time.end <= sentence.end]
    ends = {time.to for time in inside}
    for time in inside:
        length = time.end - time.start
        nested = any(o.start <= time.start and time.end <= o.end and o.end - o.start > length for o in inside)
        span = None if nested or time.id in ends else tokens_of(builder.document, time)
        if span is not None:
            yield time, _governor(span)


def _governor(span: Span) -> Token:
    """The verb or noun that a time phrase modifies: up from its root over prepositions, adverbs and frame nouns."""
    node = span.root
    while node.head.i != node.i:
        outside = not span.start <= node.i < span.end
        if outside and node.pos_ not in ("ADP", "ADV", "SCONJ", "PART", "NUM") and node.lemma_ not in _FRAMES:
            break
        node = node.head
    # "On 8 May 2018 a man walked", parsed as one phrase: what opens a sentence dates its verb.
    after = span.doc[span.end] if span.end < len(span.doc) else None
    opened = node.dep_ in {"nsubj", "nsubjpass"} and span.end <= node.i and after is not None
    if opened and after is not None and after.pos_ in {"DET", "NUM"} and after.head.i == node.i:
        return node.head
    return node


def duration_of(words: Span) -> str | None:
    """The ISO 8601 duration that words give ("a 20-hour operation", "lasting two days"), or None.

    An age ("24-year-old") is none, nor is a count that dates something ("two days later").
    """
    rules = time_rules()
    unit = "|".join(_DURATION)
    not_date = r"(?![ -]olds?\b)(?! (?:ago|earlier|later|before|after)\b)(?: a (?P<per>day|week|month|year)\b)?"
    for match in re.finditer(rf"\b(\d+|{alternatives(rules.numbers)})[ -]({unit})s?\b{not_date}", words.text, re.I):
        number = number_of(match[1], rules)
        if number is not None and not match["per"]:  # "24 hours a day" says how constantly, not how long
            return _DURATION[match[2].lower()].format(number)
    return None
