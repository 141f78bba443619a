"""Counts of people who came over: by the noun that the number counts, or by the total that carries a bare number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.document import Sentence
from kg.extract.quantities import NumberPhrase
from kg.extract.statistic_rules import StatisticRules
from kg.extract.statistic_words import (
    THEM,
    Figure,
    block_base,
    carries_total,
    carrying_noun,
    clause_verb,
    is_arrival,
    is_person,
    make_figure,
    population_of,
    predicate_population,
)
from kg.extract.time_context import older_side

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["counted", "elliptical"]

#: Fewer are as likely to have come together as in a year.
_FEW = 10
#: Up to so many, "the 13 workers" points at persons told before.
_DEFINITE_UP_TO = 1000


def counted(
    phrase: NumberPhrase, noun: Token, sentence: Sentence, told: list[Figure], rules: StatisticRules
) -> Figure | None:
    """The figure of a number with a noun, or None where that noun is no person who came over."""
    lemma = noun.lemma_.lower()
    part = _partitive(phrase)
    here = [figure for figure in told if figure.sentence is sentence]
    top = carrying_noun(phrase.number.root if part else noun)
    verb = clause_verb(top)
    own_clause = any(child.dep_ in ("relcl", "acl") and is_arrival(child, rules) for child in noun.children)
    population = population_of(noun, rules)
    if lemma in THEM or (part and lemma in rules.totals and lemma not in rules.crossers):
        if not told or not _may_carry(verb, rules):
            return None
        return _described(make_figure(phrase, sentence, verb, rules, part=True), rules)
    if population is not None and (here or (told and verb.lemma_ in rules.hold | rules.arrive)) and not own_clause:
        beside = top.dep_ in ("appos", "conj", "attr", "nsubj", "pobj", "ROOT", "dep", "npadvmod", "dobj")
        if beside and (_may_carry(verb, rules) or bool(here)) and not _own_event(noun, verb, rules):
            return make_figure(phrase, sentence, verb, rules, population=population, part=True)
    crosser, person = lemma in rules.crossers, is_person(noun, rules)
    if not (crosser or person or lemma in rules.marks):
        return None
    if _is_one(phrase):
        return None  # "one soldier", "one of 15": no count
    said = top.dep_ in ("nsubj", "nsubjpass", "ROOT", "attr", "dobj", "pobj", "appos", "conj", "dep", "npadvmod")
    arrives = is_arrival(verb, rules) and top.dep_ in ("nsubj", "conj", "ROOT", "nsubjpass")
    stays = crosser and verb.lemma_.lower() in rules.presence | rules.hold and said
    if verb.lemma_.lower() == "include" and not carries_total(verb, rules, told):
        return None
    recorded = crosser and verb.lemma_.lower() in rules.record and top.dep_ in ("dobj", "nsubjpass")
    if lemma in rules.marks and carries_total(verb, rules, told):
        return make_figure(phrase, sentence, verb, rules)
    fragment = crosser and verb.pos_ not in ("VERB", "AUX")
    of_total = top.i != noun.i and top.lemma_.lower() in rules.totals
    if not (arrives or own_clause or stays or recorded or fragment or of_total):
        return None
    definite = any(child.dep_ == "det" and child.lower_ in ("the", "these", "those") for child in noun.children)
    if definite and not part and (phrase.amount or 0) < _DEFINITE_UP_TO and phrase.qualitative is None:
        return None
    figure = make_figure(phrase, sentence, _own_head(noun, rules) if own_clause else verb, rules, part=part)
    if population is not None and not part:
        figure.population = population
    return _described(figure, rules) if part else figure


def _described(figure: Figure, rules: StatisticRules) -> Figure | None:
    """A part of whom "were" says what they were: their population, or None where it is none of ours."""
    if figure.head.lemma_ != "be" or clause_verb(figure.phrase.number.root).i != figure.head.i:
        return figure
    after = [child for child in figure.head.children if child.i > figure.head.i]
    predicate = next((child for child in after if child.dep_ in ("attr", "acomp")), None)
    following = figure.head.doc[figure.head.i + 1 : figure.head.i + 2]
    if predicate is None and len(following) and following[0].pos_ == "NOUN":
        predicate = following[0]
    if predicate is None or figure.phrase.number.root.i in (predicate.i, *(t.i for t in predicate.subtree)):
        return figure
    population = population_of(predicate, rules)
    figure.population = population or figure.population
    return figure if population is not None else None


def _own_head(noun: Token, rules: StatisticRules) -> Token:
    return next(c for c in noun.children if c.dep_ in ("relcl", "acl") and is_arrival(c, rules))


def _own_event(noun: Token, verb: Token, rules: StatisticRules) -> bool:
    """Whether persons do or suffer something of their own that is no arrival ("12 women were arrested")."""
    return (
        noun.dep_ in ("nsubj", "nsubjpass")
        and verb.lemma_ not in rules.arrive | rules.move | rules.hold | rules.presence
    )


def _may_carry(verb: Token, rules: StatisticRules) -> bool:
    return (
        verb.pos_ not in ("VERB", "AUX")
        or verb.lemma_.lower() in rules.hold | rules.reach | rules.arrive | rules.move | rules.presence
    )


def _is_one(phrase: NumberPhrase) -> bool:
    return phrase.value == "1"


def _partitive(phrase: NumberPhrase) -> bool:
    """Whether "of" follows the number: "three of last year's arrivals"."""
    doc, end = phrase.number.doc, phrase.number.end
    return phrase.qualitative is None and end < len(doc) and doc[end].lower_ in ("of", "among")


def elliptical(phrase: NumberPhrase, sentence: Sentence, told: list[Figure], rules: StatisticRules) -> Figure | None:
    """A number without a noun: carried by a total, or compared with a figure told before."""
    doc, root = sentence.span.doc, phrase.number.root
    before = doc.text[sentence.span.start_char : phrase.start - block_base(phrase)]
    here = [figure for figure in told if figure.sentence is sentence]
    verb = clause_verb(root)
    total = carries_total(verb, rules, told)
    first = root
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    coordinated = first.i != root.i and any(first in figure.phrase.number for figure in here)
    if older_side(before) and (here or total):
        return make_figure(phrase, sentence, verb, rules, older=True)
    if coordinated:
        return make_figure(phrase, sentence, verb, rules)
    arrives = is_arrival(verb, rules) or (bool(told) and verb.lemma_.lower() in rules.move | {"do"})
    if first.dep_ in ("nsubj", "nsubjpass") and (arrives or (told and verb.lemma_.lower() in rules.hold)):
        population = predicate_population(verb, rules) if not arrives else None
        if population is not None or (arrives and (told or (phrase.amount or 0) >= _FEW)):
            figure = make_figure(phrase, sentence, verb, rules, part=population is not None)
            figure.population = population or figure.population
            return figure
        return None
    there = any(child.dep_ == "expl" for child in verb.children)
    if (there and told and first.dep_ in ("attr", "nsubj", "dobj")) or (
        (here or _tells_count(sentence, phrase, rules)) and _dated_at_once(phrase, before)
    ):
        return make_figure(phrase, sentence, verb, rules)
    stated = _be_after(phrase)
    if stated is not None and (told or _tells_count(sentence, phrase, rules)):
        population = predicate_population(stated, rules)
        if population is not None:
            return make_figure(phrase, sentence, stated, rules, population=population, part=True)
    carried = first.dep_ in ("pobj", "attr", "acomp", "dobj", "npadvmod", "oprd", "nummod", "advmod", "dep")
    if carried and total and verb.lemma_.lower() in rules.reach | rules.hold and not _is_measure(phrase):
        return make_figure(phrase, sentence, verb, rules)
    return None


def _tells_count(sentence: Sentence, phrase: NumberPhrase, rules: StatisticRules) -> bool:
    """Whether a noun for those who came stands before a number in its sentence."""
    return any(token.lemma_.lower() in rules.crossers for token in sentence.span if token.i < phrase.number.start)


def _dated_at_once(phrase: NumberPhrase, before: str) -> bool:
    """ "..., and 196 for the whole of last year": a number in a list, with a time right behind it."""
    doc, end = phrase.number.doc, phrase.number.end
    after = doc[end : end + 6].text.lower()
    listed = re.search(r"(?:[,:]|\band|\bor|\bthen|\bto|\bjust|\bonly) $", before) is not None
    times = r"\d{4}|last|this|first|second|third|fourth|previous"
    return listed and re.match(rf"(?:in|for|during|over) (?:the |all of |whole |of )*(?:{times})", after) is not None


def _be_after(phrase: NumberPhrase) -> Token | None:
    """The form of "be" right behind a number ("210 were women"), whatever the parse makes of the number."""
    doc, end = phrase.number.doc, phrase.number.end
    verb = next((token for token in doc[end : end + 3] if token.lemma_ == "be"), None)
    return verb if verb is not None and all(t.pos_ == "AUX" for t in doc[end : verb.i]) else None


def _is_measure(phrase: NumberPhrase) -> bool:
    """Whether a noun that is no person follows at once ("rose by 20 tons")."""
    doc, end = phrase.number.doc, phrase.number.end
    return end < len(doc) and doc[end].pos_ == "NOUN" and doc[end].head.i == phrase.number.root.i
