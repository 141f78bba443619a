"""Shares and changes in percent, and shares in words that say which way people take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.document import Sentence
from kg.extract.quantities import NumberPhrase
from kg.extract.statistic_rules import StatisticRules
from kg.extract.statistic_verbs import clause_verb, is_arrival
from kg.extract.statistic_words import (
    THEM,
    Figure,
    block_base,
    carries_total,
    carrying_noun,
    is_person,
    make_figure,
    population_of,
    predicate_population,
)

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["difference", "percentage", "qualitative_share"]

_CHANGE_BEFORE = (
    r"(?<!make )(?<!made )(?<!makes )(?<!making )\b(?:{words})(?:e|es|ed|en|s|d)?"
    r"(?: (?:by|of|some|another|a further|year-on-year|on-year|on year))* ?$"
)
_MOVED = (
    r"\b(?:(?:increase|rise|drop|fall|decline|decrease|reduction|gain|jump) of|by|down"
    r"|(?<!picked )(?<!turned )(?<!showed )up)"
    r" (?:just |only |a mere )?$"
)
_CHANGE_AFTER = r"^ (?:(?:point|points|year-on-year|on-year|annual|yearly|sharp|steep) )*(?:{words})\b"


def percentage(
    phrase: NumberPhrase, sentence: Sentence, told: list[Figure], rules: StatisticRules, *, counting: bool = False
) -> Figure | None:
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
    change = _change(before, after, rules)
    if change is not None:
        pointed = bool(told) and re.search(r"\b(?:the|that|this) $", before, re.I) is not None
        if not (here or pointed or carries_total(verb, rules, told)):
            return None
        figure = make_figure(phrase, sentence, verb, rules)
        figure.measure = change
        return figure
    named = _named_share(before, verb, rules) if told else None
    if named is not None:
        figure = make_figure(phrase, sentence, verb, rules, population=named, part=True)
        figure.measure = "share"
        return figure
    if (
        here
        and re.search(r"(?:, or|\(|\bor|,) (?:about |some )?$|\($", before)
        and not re.match(r" (?:of|were|are)\b", after)
    ):
        figure = make_figure(phrase, sentence, here[-1].head, rules, population=here[-1].population, part=True)
        figure.measure = "share"
        return figure
    listed = _listed(root, sentence, after, rules)
    if listed is not None and told:
        figure = make_figure(phrase, sentence, here[-1].head if here else verb, rules, population=listed, part=True)
        figure.measure = "share"
        return figure
    whole = _whole_noun(root)
    if whole is None and root.dep_ == "nummod" and root.head.lemma_.lower() in rules.crossers:
        whole = root.head  # "nine in ten defectors"
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.tag_ == "WP" and verb.dep_ == "relcl":
        subject = verb.head  # "women, who made up 72 percent of all arrivals"
    population = (population_of(subject, rules) if subject is not None else None) or predicate_population(verb, rules)
    lemma = whole.lemma_.lower() if whole is not None else ""
    of_crossers = lemma in rules.crossers or ((lemma in rules.totals or lemma in THEM) and bool(told))
    if whole is not None and not of_crossers and is_person(whole, rules):
        of_crossers = any(c.dep_ in ("relcl", "acl") and c.lemma_.lower() in rules.arrive for c in whole.children)
    if counting and whole is not None and lemma in THEM:
        # "72 percent of all those who have come": the words say themselves of whom.
        of_crossers = of_crossers or any(c.dep_ == "relcl" and is_arrival(c, rules, bare=True) for c in whole.children)
    held = population is not None and (bool(told) or of_crossers) and verb.lemma_.lower() in rules.hold
    known = bool(told) or (lemma in rules.crossers and verb.lemma_.lower() in rules.move)
    tells = verb.lemma_.lower() in rules.arrive or (known and verb.lemma_.lower() in rules.move | rules.hold)
    if not (held or (of_crossers and (population is not None or tells))):
        return None
    figure = make_figure(phrase, sentence, verb, rules, part=True)
    figure.measure, figure.population = "share", population or _of_age(subject) or "defectors"
    figure.of_told = lemma in rules.totals | THEM
    return figure


def _named_share(before: str, verb: Token, rules: StatisticRules) -> str | None:
    """The population whose share a clause gives: "puts the female share at 87 percent", "the share of women was"."""
    for token in verb.subtree:
        if token.lemma_.lower() not in ("share", "proportion", "percentage", "portion") or token.text not in before:
            continue
        if token.dep_ not in ("dobj", "nsubj", "nsubjpass"):
            continue
        words = (token, *(t for c in token.children if c.lower_ == "of" for t in c.children))
        found = next((p for word in words if (p := population_of(word, rules)) is not None), None)
        if found is not None:
            return found
    return None


def _of_age(subject: Token | None) -> str | None:
    """Whether the words of a subject give the age of young people: "people in their twenties and thirties"."""
    words = " ".join(token.text for token in subject.subtree) if subject is not None else ""
    return "young-people" if re.search(r"\bin their (?:twenties|thirties|20s|30s)\b", words, re.I) else None


def _change(before: str, after: str, rules: StatisticRules) -> str | None:
    """The measure that words beside a number make it: "increase", "decrease" or none."""
    change = None
    for name, words in (("increase", rules.rise), ("decrease", rules.fall)):
        pattern = "|".join(sorted((re.escape(w.removesuffix("e")) for w in words), key=len, reverse=True))
        irregular = {"increase": "|rose|grew|risen|grown", "decrease": "|fell|fallen|shrank|sank|dropped"}[name]
        forms = pattern + irregular
        if re.search(_CHANGE_AFTER.format(words=f"(?:{forms})(?:e|s|d|ed)?"), after, re.I) or re.search(
            _CHANGE_BEFORE.format(words=f"(?:{forms})"), before, re.I
        ):
            change = name
    return change


def difference(phrase: NumberPhrase, sentence: Sentence, told: list[Figure], rules: StatisticRules) -> Figure | None:
    """The figure of a change in persons: "four more than in 2021", "a drop of 12 from the year before"."""
    text, base = sentence.span.doc.text, block_base(phrase)
    before = text[sentence.span.start_char : phrase.start - base]
    after = text[phrase.end - base : sentence.span.end_char]
    compared = re.match(
        r" (?:[a-z]+ )?(?:more|fewer|less|higher|lower|up|down)(?: [a-z]+)?(?: than| on| from)\b", after
    )
    noun = r" ?(?:[a-z]+s? )?(?:from|on|over|compared|against|year|in|,|\.|$)"
    moved = re.search(_MOVED, before, re.I) is not None and re.match(noun, after) is not None
    change = _change(before, after, rules) if compared or moved else None
    verb = clause_verb(phrase.number.root)
    if change is None or not (told or carries_total(verb, rules, told)):
        return None
    figure = make_figure(phrase, sentence, verb, rules)
    figure.measure = change
    return figure


def _listed(root: Token, sentence: Sentence, after: str, rules: StatisticRules) -> str | None:
    """The population of "72 percent of them women", "88 percent were female"."""
    match = re.match(
        r" (?:of (?:them|whom|those|these|the total|the arrivals|all arrivals)\b,? ?)?(?:were|are|being|is)? ?", after
    )
    if match is None or not match[0].strip():
        return None
    start = root.idx + len(root)
    named = [t for t in sentence.span if t.idx >= start + match.end() - 1 and not t.is_space][:3]
    return next((p for token in named if (p := population_of(token, rules)) is not None), None)


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
