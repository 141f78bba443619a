"""Counts of people who came over: by the noun that the number counts, or by the total that carries a bare number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.document import Sentence
from kg.extract.quantities import NumberPhrase
from kg.extract.statistic_rules import StatisticRules
from kg.extract.statistic_verbs import clause_verb, deed, goes_back, is_arrival, is_let_in, lives_there, stays_on
from kg.extract.statistic_words import (
    THEM,
    Figure,
    carries_total,
    carrying_noun,
    is_person,
    make_figure,
    population_of,
)

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["counted"]

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
    verb = deed(clause_verb(top), rules)
    if top.dep_ == "dobj" and top.head.i == phrase.number.end and top.head.tag_ in ("VBD", "VBN"):
        # A participle before the noun ("30 resettled North Koreans have gone back") is not what they did.
        after = next((t for t in sentence.span if t.i > top.i and t.pos_ == "VERB"), None)
        verb = deed(after, rules) if after is not None else verb
    own = _own_clause(phrase, noun, rules)
    own_clause = own is not None
    population = population_of(noun, rules)
    if lemma in rules.groups and own_clause and verb.lemma_.lower() in rules.record and not _is_one(phrase):
        # "counted just two boats that came over": so many crossings, each of several persons
        figure = make_figure(phrase, sentence, own if own is not None else verb, rules)
        figure.measure, figure.repeated = "crossings", True
        return figure
    if lemma in rules.events or (lemma in THEM and part and not told):
        return _events(phrase, noun, verb, sentence, told, rules)
    if part and noun.like_num and noun.i >= phrase.number.end:
        lemma = "them"  # "164 of the 196 were women"
    if lemma in THEM or (part and lemma in rules.totals and lemma not in rules.crossers):
        if _is_one(phrase) and verb.lemma_ != "be":
            return None  # "one of them made headlines": that is one person's story
        if not told or not (_may_carry(verb, rules) or stays_on(verb, rules) or goes_back(verb, rules)):
            return None
        return _described(make_figure(phrase, sentence, verb, rules, part=True), rules)
    if population is not None and (here or (told and verb.lemma_ in rules.hold | rules.arrive)) and not own_clause:
        beside = top.dep_ in ("appos", "conj", "attr", "nsubj", "pobj", "ROOT", "dep", "npadvmod", "dobj")
        if beside and (_may_carry(verb, rules) or bool(here)) and not _own_event(noun, verb, rules):
            return make_figure(phrase, sentence, verb, rules, population=population, part=True)
    crosser, person = lemma in rules.crossers, is_person(noun, rules)
    found = verb.lemma_.lower() in rules.find and any(
        t.lemma_.lower() in rules.totals for t in sentence.span[:-1] if t.i < verb.i
    )
    if person and top.dep_ == "dobj" and told and (found or verb.lemma_.lower() in rules.supply):
        return make_figure(phrase, sentence, verb, rules, part=not found)
    if not (crosser or person or lemma in rules.marks):
        return None
    if _is_one(phrase):
        return None  # "one soldier", "one of 15": no count
    if any(other.measure == "crossings" for other in here) and verb.lemma_.lower() == "involve":
        return make_figure(phrase, sentence, verb, rules)  # "nine such cases, involving 31 people"
    if (goes_back(verb, rules) or stays_on(verb, rules)) and top.dep_ in ("nsubj", "nsubjpass", "dobj", "conj"):
        return _gone_back(make_figure(phrase, sentence, verb, rules), verb, rules)
    said = top.dep_ in ("nsubj", "nsubjpass", "ROOT", "attr", "dobj", "pobj", "appos", "conj", "dep", "npadvmod")
    arrives = is_arrival(verb, rules, bare=True) and top.dep_ in ("nsubj", "conj", "ROOT", "nsubjpass")
    arrives = arrives or is_let_in(top, verb, rules)
    settled = said and lives_there(verb)
    stays = crosser and verb.lemma_.lower() in rules.presence | rules.hold and said
    if verb.lemma_.lower() == "include" and not carries_total(verb, rules, told):
        return None
    recorded = crosser and verb.lemma_.lower() in rules.record and top.dep_ in ("dobj", "nsubjpass")
    if lemma in rules.marks and carries_total(verb, rules, told):
        return make_figure(phrase, sentence, verb, rules)
    fragment = crosser and verb.pos_ not in ("VERB", "AUX")
    of_total = top.i != noun.i and top.lemma_.lower() in rules.totals
    if not (arrives or own_clause or stays or recorded or fragment or of_total or settled):
        return None
    definite = any(child.dep_ == "det" and child.lower_ in ("the", "these", "those") for child in noun.children)
    dated = own is not None and (phrase.amount or 0) >= _FEW and _tells_period(own)
    if definite and not part and not dated and (phrase.amount or 0) < _DEFINITE_UP_TO and phrase.qualitative is None:
        return None
    figure = make_figure(phrase, sentence, own if own is not None else verb, rules, part=part)
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


def _events(
    phrase: NumberPhrase, noun: Token, verb: Token, sentence: Sentence, told: list[Figure], rules: StatisticRules
) -> Figure | None:
    """The figure of a number of crossings, each counted once: "nine such cases", "counts 12 of them"."""
    here = [figure for figure in told if figure.sentence is sentence]
    if _is_one(phrase):
        return None
    kind: set[str] = set()
    lemma, counts = noun.lemma_.lower(), verb.lemma_.lower() in rules.record | {"be", "occur", "happen"}
    if lemma in THEM:
        # The sentence before has told what is counted: "Escapes by sea are rare. The ministry counts nine of them."
        before = [t for t in sentence.span.doc[: sentence.span.start] if t.dep_ in ("nsubj", "nsubjpass")]
        of_crossing = bool(before) and before[-1].lemma_.lower() in rules.events | rules.crossers and counts
    else:
        kind = {token.lemma_.lower() for token in noun.subtree}
        such = bool(kind & {"such", "separate", "similar", "like"})
        deeds = {"defection", "crossing", "escape", "arrival", "entry"}
        named = lemma in ("crossing", "escape") or bool(kind & deeds)
        of_crossing = (such and (counts or bool(here))) or (named and counts)
    if not of_crossing:
        return None
    figure = make_figure(phrase, sentence, verb, rules)
    figure.measure, figure.repeated = "crossings", True
    if kind & rules.direct:
        figure.population = "direct-crossers"
    return figure


def _gone_back(figure: Figure, verb: Token, rules: StatisticRules) -> Figure:
    """A count of those who went back, or who chose to stay: crossings, of returnees where they did go."""
    if goes_back(verb, rules):
        figure.measure, figure.population = "crossings", "returnees"
    return figure


def _own_clause(phrase: NumberPhrase, noun: Token, rules: StatisticRules) -> Token | None:
    """The verb of coming over that describes those who are counted: "who entered", "one of 1,894 people to arrive"."""
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and is_arrival(child, rules):
            return child
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("of", "among") else None
    for child in above.children if above is not None else ():
        # "She was one of 1,894 people to arrive": the parse hangs the clause on "one".
        if child.dep_ in ("relcl", "acl", "advcl", "xcomp") and child.i > noun.i and is_arrival(child, rules):
            near = not any(t.text in ",;:" for t in noun.doc[noun.i + 1 : child.i])
            if near and phrase.number.end <= noun.i + 1:
                return child
    return None


def _tells_period(verb: Token) -> bool:
    """Whether a clause names a month or a longer time: "in the first nine months", "last year"."""
    words = " ".join(t.lower_ for t in verb.subtree)
    return re.search(r"\b(?:19|20)\d\d\b|\b(?:year|quarter|half|months|decade|period)\b", words) is not None


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
