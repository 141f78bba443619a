"""Ratios and trends of people who come over: "almost tripled", "three times the number", "dropped significantly"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.quantities import NumberPhrase, read_number
from kg.extract.statistic_periods import times_in
from kg.extract.statistic_rules import StatisticRules
from kg.extract.statistic_verbs import clause_verb
from kg.extract.statistic_words import Figure
from kg.facts.model import Qualifier

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["date_movement", "movements"]

_NEARLY: dict[str, Qualifier] = {
    "almost": "nearly",
    "nearly": "nearly",
    "about": "approximately",
    "roughly": "approximately",
    "more": "more-than",
}
#: How far behind "times" the count stands that it multiplies: "times the 67".
_BESIDE = 6
_BREAK = re.compile(r"[;:\u2014]\s*|,\s|\.\s")
_MULTIPLE = re.compile(
    r"times (?:the (?:number|figure|total|amount|count|tally|\d[\d,]*)|as many|as high|more|higher|that of|what)\b"
)


def movements(builder: FactsBuilder, sentence: Sentence, rules: StatisticRules, on_topic: bool) -> list[Figure]:
    """Ratios ("almost tripled") and trends without a number ("had dropped significantly")."""
    found = []
    for token in sentence.span if on_topic else ():
        lemma = token.lemma_.lower()
        multiple = rules.multiply.get(lemma) if token.pos_ == "VERB" else rules.folds.get(token.lower_)
        if token.lower_ == "times" and _MULTIPLE.match(token.doc[token.i :].text):
            multiple = next((read_number(c.text) for c in token.children if c.dep_ == "nummod"), None) or (
                read_number(token.head.text) if token.dep_ == "quantmod" else read_number(token.doc[token.i - 1].text)
            )
            if multiple is not None and token.i > sentence.span.start and not _of_another(token, rules):
                found.append(_times(builder, sentence, token, multiple))
            continue
        falls = token.pos_ == "VERB" and lemma in rules.rise | rules.fall
        if not (multiple or falls):
            continue
        verb = token if token.pos_ == "VERB" else clause_verb(token)
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or subject.lemma_.lower() not in rules.totals | rules.crossers:
            continue
        about = {word.lemma_.lower() for word in subject.subtree}
        if not about & (rules.crossers | {"defect", "flee", "escape"}):
            continue
        degree = [child for child in verb.children if child.lower_ in rules.degree]
        near = [child for child in verb.children if child.lower_ in _NEARLY and child.i == token.i - 1]
        words = [token, *near] if multiple else [verb, *degree]
        span = token.doc[min(word.i for word in words) : max(word.i for word in words) + 1]
        start, end = offsets(span)
        if multiple:
            qualifier: Qualifier = _NEARLY[near[0].lower_] if near else "exact"
            phrase = NumberPhrase(start, end, span, value=str(multiple), qualifier=qualifier, unit="unit:UNITLESS")
        elif degree:
            phrase = NumberPhrase(start, end, span, qualitative=builder.document.quote(start, end))
        else:
            continue
        found.append(Figure(phrase, sentence, verb, measure="ratio" if multiple else "trend"))
    return found


def _of_another(times: Token, rules: StatisticRules) -> bool:
    """Whether the words compare something that is no count of people: "the suicide rate is three times as high"."""
    subject = None
    node: Token = clause_verb(times)
    while subject is None:
        subject = next((child for child in node.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if node.head.i == node.i or node.dep_ not in ("xcomp", "acomp", "conj", "advcl"):
            break
        node = node.head
    if subject is None or subject.pos_ != "NOUN":
        return False
    words = {token.lemma_.lower() for token in subject.subtree}
    counts = rules.totals | rules.crossers | rules.people | rules.events | rules.arrive | {"year", "month", "half"}
    return (
        not words & counts and re.match(r"times (?:as high|higher|that of|what)", times.doc[times.i :].text) is not None
    )


def _times(builder: FactsBuilder, sentence: Sentence, token: Token, multiple: str) -> Figure:
    """The ratio of "nearly three times the number"."""
    first = token.i - 1
    before = token.doc[first - 1] if first > sentence.span.start else None
    nearly = before is not None and before.lower_ in _NEARLY
    span = token.doc[first - 1 if nearly else first : token.i + 1]
    start, end = offsets(span)
    qualifier: Qualifier = _NEARLY[before.lower_] if before is not None and nearly else "exact"
    phrase = NumberPhrase(start, end, span, value=multiple, qualifier=qualifier, unit="unit:UNITLESS")
    return Figure(phrase, sentence, clause_verb(token), measure="ratio")


def date_movement(builder: FactsBuilder, move: Figure, figures: list[Figure], told: list[Figure]) -> bool:
    """Give a ratio or trend its period; false for a trend that a number in its clause already tells."""
    verb, start, end = move.head, move.phrase.start, move.phrase.end
    if move.measure == "trend" and any(clause_verb(figure.phrase.number.root).i == verb.i for figure in figures):
        return False
    base = next((figure for figure in figures if 0 <= figure.phrase.start - end <= _BESIDE), None)
    if move.measure == "ratio" and base is not None:
        # "Nearly three times the 67 recorded in 2022": the count before it is what is so large, not the one it names.
        model = next((figure for figure in reversed(told) if not figure.older and not figure.part), None)
        move.period = model.period if model is not None else None
        return True
    newer = next((figure for figure in figures if figure.phrase.start > start and not figure.older), None)
    before = next((figure for figure in reversed(figures) if figure.phrase.end <= start and not figure.older), None)
    if move.measure == "ratio" and (newer or before):
        beside = before if before is not None and move.head.i == before.head.i else newer or before
        move.period = beside.period if beside is not None else None
        return True
    held = times_in(builder, move.sentence)
    after = next((time for time in held if time.start >= end), None)
    if after is not None and not _BREAK.search(builder.document.quote(end, after.start)) and after.start - end < 40:
        move.period = after
    elif held and held[0].start - move.sentence.start < 10 and held[0].end <= start:
        move.period = held[0]
    return True
