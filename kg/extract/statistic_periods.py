"""The period of a statistic: the time beside it, the one before it in its clause, or the one that it carries on.

"236 in 2024 ... In 2023 the number had been 196", "up from 67 in 2022", "12 in the second quarter and stood at 48 and
34 in the third and fourth". A date of the report ("said on Tuesday") and the older side of a comparison ("more than the
year before") are never the period of the newer figure.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.dates import evaluate, parse_edtf
from kg.extract.builder import FactsBuilder
from kg.extract.document import offsets
from kg.extract.statistic_words import RATE, Figure
from kg.extract.statistic_years import join_days, series_on
from kg.extract.time_context import older_side
from kg.facts.model import TimeExpression
from kg.intervals import DateInterval

if TYPE_CHECKING:
    from kg.extract.document import Sentence

_CHANGES = ("increase", "decrease")
#: So many do not come in one year: such a count without a date goes on from nothing.
_MANY = 1000
_BRACKET = re.compile(r" ?\([^()]{1,80}\)")
_COMPARING = (
    r"\b(?:than|against|versus|compared|while|when|after|before|said|as|lowest|highest|fewest|smallest|largest"
    r"|most since|record|began|(?:up|down|rise|rose|increase|drop|decrease|decline|fell|jump) from)\b"
)

__all__ = ["agree", "date_figures", "same_period", "times_in"]


def times_in(builder: FactsBuilder, sentence: Sentence) -> list[TimeExpression]:
    """The expressions of a sentence that may be a period: no single days, no ends of ranges, no insides of others."""
    inside = [time for time in builder.times.values() if sentence.start <= time.start and time.end <= sentence.end]
    ends = {time.to for time in inside}
    kept = []
    for time in inside:
        length = time.end - time.start
        nested = any(o.start <= time.start and time.end <= o.end and o.end - o.start > length for o in inside)
        if time.id not in ends and not nested and not _is_moment(builder, time):
            kept.append(time)
    return sorted(kept, key=lambda time: time.start)


def _is_moment(builder: FactsBuilder, time: TimeExpression) -> bool:
    """A day, or words like "recently" that are no period."""
    if _is_span(builder, time):
        return False
    if time.weekday is not None or time.day is not None or (time.unit == "day" and time.modifier != "since"):
        return True
    if time.anchor is not None and time.anchor.kind == "expression" and time.unit is None:
        inner = builder.times.get(time.anchor.ref or "")
        return time.modifier == "after" or (
            inner is not None and time.modifier != "since" and _is_moment(builder, inner)
        )
    if time.edtf is not None:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", time.edtf) is not None and time.modifier != "since"
    return time.anchor is None and time.modifier is None


def _is_span(builder: FactsBuilder, time: TimeExpression) -> bool:
    """Whether a range leads from a day of one month to a day of another: "between January 1 and June 30"."""
    end = builder.times.get(time.to or "")
    if end is None:
        return False
    months = [(re.match(r"\d{4}-(\d\d)", t.edtf or "") or ["", str(t.month or "")])[1] for t in (time, end)]
    return all(months) and int(months[0]) != int(months[1])


def date_figures(builder: FactsBuilder, figures: list[Figure], told: list[Figure]) -> None:
    """Give the figures of one sentence their periods.

    Args:
        builder: Holds the time expressions.
        figures: The figures of the sentence, in the order of the text.
        told: The figures of the sentences before it, in this block.
    """
    if not figures:
        return
    sentence = figures[0].sentence
    join_days(builder, sentence.start, sentence.end)
    times = times_in(builder, sentence)
    text, base = sentence.span.doc.text, offsets(sentence.span)[0] - sentence.span.start_char
    _pair_lists(figures, times, text, base)
    series_on(builder, figures, told, text, base)
    for position, figure in enumerate(figures):
        if figure.period is None:
            figure.period = _when(figure, times, text, base)
            figure.older = figure.older or figure.period is not None
        if figure.rate:
            continue
        if figure.period is None:
            figure.period = _inside(figure, times, text, base)
        if figure.period is None:
            figure.period = _right(figures, position, times, text, base) or _left(figures, position, times, text, base)
        if figure.period is None:
            _carry(figure, figures[:position], told)
    for position, figure in enumerate(figures):
        if figure.measure in _CHANGES and figure.period is None:
            after = (other for other in figures[position + 1 :] if not other.older and other.measure not in _CHANGES)
            newer = next(after, None)
            figure.period = newer.period if newer is not None else None


def _pair_lists(figures: list[Figure], times: list[TimeExpression], text: str, base: int) -> None:
    """ "48 and 34 in the third and fourth": the first time to the first number, and so on."""
    for count in range(len(figures), 1, -1):
        for start in range(len(figures) - count + 1):
            group = figures[start : start + count]
            gaps = [text[a.phrase.end - base : b.phrase.start - base] for a, b in pairwise(group)]
            if not all(re.fullmatch(r",? (?:and )?(?:[a-z]+ )?|, ", gap) for gap in gaps):
                continue
            after = [time for time in times if time.start >= group[-1].phrase.end][:count]
            if len(after) < count or not re.fullmatch(
                r"[ \w]{0,40}(?:in |during |for )(?:the )?", text[group[-1].phrase.end - base : after[0].start - base]
            ):
                continue
            gaps = [text[a.end - base : b.start - base] for a, b in pairwise(after)]
            if all(re.fullmatch(r",? (?:and )?(?:in )?(?:the )?|, ", gap) for gap in gaps):
                for figure, time in zip(group, after, strict=True):
                    figure.period = figure.period or time


def _when(figure: Figure, times: list[TimeExpression], text: str, base: int) -> TimeExpression | None:
    """The time that a clause with "when" takes up: "... in the first half of 2013, when the figure stood at 717"."""
    for time in reversed(times):
        if time.end <= figure.phrase.start:
            between = text[time.end - base : figure.phrase.start - base]
            taken_up = r",? (?:when|in which|during which|in which (?:time|period|year))\b[^,;]*$"
            return time if re.match(taken_up, between) else None
    return None


def _inside(figure: Figure, times: list[TimeExpression], text: str, base: int) -> TimeExpression | None:
    """The time in the noun phrase of a number: "the 2021 count of 63", "last year's total of 196"."""
    for time in times:
        between = text[time.end - base : figure.phrase.start - base] if time.end <= figure.phrase.start else ";"
        if re.fullmatch(r"(?:'s)?(?: [a-z-]+){1,3} of (?:just |only )?", between):
            return time
    return None


def _right(
    figures: list[Figure], position: int, times: list[TimeExpression], text: str, base: int
) -> TimeExpression | None:
    """The time that follows a number in its stretch: no other number, clause mark or comparison between them."""
    figure = figures[position]
    for time in times:
        if time.start < figure.phrase.end:
            continue
        # What a bracket adds ("196 persons (32 men, 164 women) entered in 2023") does not part a number from its time.
        asides = [match.span() for match in _BRACKET.finditer(text, figure.phrase.end - base, time.start - base)]
        between = _BRACKET.sub("", text[figure.phrase.end - base : time.start - base])
        if re.search(r"\bat (?:the )?$", between):
            continue  # "reached 1,036 at the end of September" says when it was counted, not since when
        comparing = re.search(_COMPARING, between) is not None
        if figure.measure in _CHANGES and re.search(r"\b(?:on|over|from) (?:the )?$", between):
            return None  # "an increase of 11 percent on the year before"
        others = any(
            figure.phrase.end <= other.phrase.start < time.start
            and not any(start < other.phrase.start - base < end for start, end in asides)
            for other in figures
        )
        marked = re.search(r"[;:\u2014]|, (?!or |and |the |mostly |mainly )", between) is not None
        if others or comparing or ((marked or len(between) > 90) and not _is_of_verb(time, figure, base)):
            return None
        return time
    return None


def _is_of_verb(time: TimeExpression, figure: Figure, base: int) -> bool:
    """Whether a time belongs to the verb behind a number ("ten diplomats, envoys and students arrived in 2023")."""
    span = figure.sentence.span.doc.char_span(time.start - base, time.end - base, alignment_mode="expand")
    node = span.root if span is not None else None
    while node is not None and node.i != figure.head.i:
        if node.head.i == node.i or (
            node.pos_ not in ("NUM", "NOUN", "PROPN", "ADP", "ADJ") and node.i != figure.head.i
        ):
            return False
        node = node.head
    return node is not None and figure.head.i > figure.phrase.number.root.i


def _left(
    figures: list[Figure], position: int, times: list[TimeExpression], text: str, base: int
) -> TimeExpression | None:
    """The last time before a number in its part of the sentence that no other figure has taken."""
    figure = figures[position]
    for time in reversed(times):
        if time.end > figure.phrase.start:
            continue
        between = text[time.end - base : figure.phrase.start - base]
        before = text[figure.sentence.span.start_char : time.start - base]
        if re.search(r"\bat (?:the )?$", before):
            continue  # as on the right: when it was counted
        if figure.older or re.search(r";", between) or _is_aside(time, figure, text, base):
            return None
        counts = [other for other in figures[:position] if other.measure not in _CHANGES]
        others = [other for other in counts if other.phrase.start >= time.end]
        taken = any(other.period is time for other in counts if other.phrase.end <= time.start)
        if taken or older_side(before) or (others and figure.measure != "share" and not figure.part):
            return None
        return time
    return None


def _is_aside(time: TimeExpression, figure: Figure, text: str, base: int) -> bool:
    """Whether a time belongs to a clause of its own that ends before the number ("after an easing in 2023, ...")."""
    span = figure.sentence.span.doc.char_span(time.start - base, time.end - base, alignment_mode="expand")
    node = span.root if span is not None else figure.head
    while node.head.i != node.i and node.i != figure.head.i:
        # "the number of people who came this year": what a relative clause of the total dates is the total.
        of_total = node.dep_ in ("relcl", "acl") and figure.head in node.head.ancestors
        clause = node.dep_ in ("advcl", "pcomp", "relcl", "acl") and not of_total
        if clause and figure.phrase.number.root not in node.subtree:
            return True
        node = node.head
    return False


def _carry(figure: Figure, here: list[Figure], told: list[Figure]) -> None:
    """The period of the figure that this one is a part of or goes on from."""
    if figure.older:
        return
    goes_on = figure.phrase.noun is None and figure.measure == "arrivals" and (figure.phrase.amount or 0) < _MANY
    if here or figure.part or figure.measure in _CHANGES or goes_on:
        # Inside a sentence the nearest figure goes on; a new sentence goes on from the first of the last ones.
        indexes = sorted({other.sentence.index for other in told}, reverse=True)
        earlier = [other for index in indexes for other in told if other.sentence.index == index]
        usable = (o for o in (*reversed(here), *earlier) if not o.older and o.measure not in (*_CHANGES, RATE))
        model = next(usable, None)
        if model is not None:
            figure.period = model.period
    if figure.measure in _CHANGES and figure.period is None and here:
        figure.period = here[-1].period


def same_period(builder: FactsBuilder, one: TimeExpression | None, other: TimeExpression | None) -> bool:
    """Whether two periods are the same days, as far as the words and the article's own date tell."""
    if one is None or other is None:
        return one is other
    first, second = _days(builder, one), _days(builder, other)
    if first is not None and second is not None:
        return (first.earliest, first.latest) == (second.earliest, second.latest)
    names = ("edtf", "unit", "offset", "month", "quarter", "half", "modifier")
    return first is second and all(getattr(one, name) == getattr(other, name) for name in names)


def agree(builder: FactsBuilder, one: TimeExpression | None, other: TimeExpression | None) -> bool:
    """Whether two periods may be told of one count: the same, one inside the other, or one not told at all."""
    if one is None or other is None or same_period(builder, one, other):
        return True
    first, second = _days(builder, one), _days(builder, other)
    return first is not None and second is not None and (first.contains(second) or second.contains(first))


def _days(builder: FactsBuilder, time: TimeExpression) -> DateInterval | None:
    published = builder.document.article.published
    reference = parse_edtf(published) if published else None

    def lookup(ident: str) -> DateInterval | None:
        return evaluate(builder.times[ident], reference, lookup) if ident in builder.times else None

    return evaluate(time, reference, lookup)
