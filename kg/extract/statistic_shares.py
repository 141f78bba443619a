"""Shares and changes in percent, and shares in words that say which way people take."""

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
    is_person,
    make_figure,
    population_of,
    predicate_population,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["percentage", "qualitative_share"]

_CHANGE_BEFORE = (
    r"(?<!make )(?<!made )(?<!makes )(?<!making )\b(?:{words})(?:e|es|ed|en|s|d)?"
    r"(?: (?:by|of|some|another|a further|year-on-year|on-year|on year))* ?$"
)
_CHANGE_AFTER = r"^ (?:(?:point|points|year-on-year|on-year|annual|yearly|sharp|steep) )*(?:{words})\b"


def percentage(phrase: NumberPhrase, sentence: Sentence, told: list[Figure], rules: StatisticRules) -> Figure | None:
    """The figure of a percentage: a change of the count told, or the share of a population in it."""
    text = sentence.span.doc.text
    base = block_base(phrase)
    before = text[sentence.span.start_char : phrase.start - base]
    after = text[phrase.end - base : sentence.span.end_char]
    root = next(
        (token for token in phrase.number.doc if token.idx + len(token) >= phrase.end - base), phrase.number.root
    )
    verb = clause_verb(root)
    here = [figure for figure in told if figure.sentence is sentence]
    change = None
    for name, words in (("increase", rules.rise), ("decrease", rules.fall)):
        pattern = "|".join(sorted((re.escape(w.removesuffix("e")) for w in words), key=len, reverse=True))
        irregular = {"increase": "|rose|grew|risen|grown", "decrease": "|fell|fallen|shrank|sank|dropped"}[name]
        forms = pattern + irregular
        if re.search(_CHANGE_AFTER.format(words=f"(?:{forms})(?:e|s|d|ed)?"), after, re.I) or re.search(
            _CHANGE_BEFORE.format(words=f"(?:{forms})"), before, re.I
        ):
            change = name
    if change is not None:
        if not (here or carries_total(verb, rules, told)):
            return None
        figure = make_figure(phrase, sentence, verb, rules)
        figure.measure = change
        return figure
    if here and here[-1].part and re.search(r"(?:, or|\(|,) (?:about |some )?$|\($", before):
        figure = make_figure(phrase, sentence, here[-1].head, rules, population=here[-1].population, part=True)
        figure.measure = "share"
        return figure
    whole = _whole_noun(root)
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    population = (population_of(subject, rules) if subject is not None else None) or predicate_population(verb, rules)
    lemma = whole.lemma_.lower() if whole is not None else ""
    of_crossers = lemma in rules.crossers or ((lemma in rules.totals or lemma in THEM) and bool(told))
    if whole is not None and not of_crossers and is_person(whole, rules):
        of_crossers = any(c.dep_ in ("relcl", "acl") and c.lemma_.lower() in rules.arrive for c in whole.children)
    held = population is not None and bool(told) and verb.lemma_.lower() in rules.hold
    if not (held or (of_crossers and (population is not None or verb.lemma_.lower() in rules.arrive))):
        return None
    figure = make_figure(phrase, sentence, verb, rules, part=True)
    figure.measure, figure.population = "share", population or "defectors"
    return figure


def _whole_noun(root: Token) -> Token | None:
    for child in root.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "among"):
            return next((token for token in child.children if token.dep_ == "pobj"), None)
    return None


def qualitative_share(phrase: NumberPhrase, sentence: Sentence, rules: StatisticRules) -> Figure | None:
    """'Most defectors flee via China': a share without a number, of the way that people take."""
    noun, root = phrase.noun, phrase.number.root
    if noun is None:
        return None
    persons = (token for holder in (noun, root) for token in holder.subtree)
    person = any(token.lemma_.lower() in rules.crossers | THEM or is_person(token, rules) for token in persons)
    bare = noun.i == root.i and noun.dep_ == "nsubj"  # "the vast majority take ...", of those told before
    verb = clause_verb(carrying_noun(root if root.dep_ in ("nsubj", "nsubjpass") else noun))
    way = _way(phrase, sentence, rules)
    journey = any(token.lemma_.lower() in ("journey", "route", "trek", "trip") for token in verb.subtree)
    placed = any(
        token.ent_type_ in ("GPE", "LOC") for token in sentence.span[phrase.number.end - sentence.span.start :]
    )
    travels = verb.lemma_.lower() in rules.arrive | rules.move | {"do", "be"}
    if verb.pos_ not in ("VERB", "AUX"):
        travels = any(token.lemma_.lower() in rules.arrive for token in verb.subtree)
    if not (person or bare) or not ((way is not None and travels) or (journey and placed)):
        return None
    figure = make_figure(phrase, sentence, verb, rules, part=True)
    figure.measure, figure.route = "share", way
    return figure


def _way(phrase: NumberPhrase, sentence: Sentence, rules: StatisticRules) -> Token | None:
    """The preposition behind a share that leads to a place on the way."""
    doc = sentence.span.doc
    for token in doc[phrase.number.end : sentence.span.end]:
        led = any(doc[token.i : token.i + len(words.split())].text.lower() == words for words in rules.routes)
        placed = (t.ent_type_ in ("GPE", "LOC", "NORP") or t.lemma_.lower() == "country" for t in token.subtree)
        if led and any(placed):
            return token
    return None
