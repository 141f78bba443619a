"""Counts without a noun: carried by a total, listed, compared with a figure told before, or in a row of a table."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.document import Sentence
from kg.extract.quantities import NumberPhrase
from kg.extract.statistic_rules import StatisticRules, any_of
from kg.extract.statistic_verbs import clause_verb, deed, is_arrival, stays_on
from kg.extract.statistic_words import (
    Figure,
    block_base,
    carries_total,
    make_figure,
    population_of,
    predicate_population,
)
from kg.extract.time_context import older_side

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["elliptical"]

#: Fewer are as likely to have come together as in a year.
_FEW = 10
_MOVED_TO = r"\b(?:{})(?:e?s|e?d|y|ies|ery)?\b[^;.:]{{0,40}}?,? to (?:just |only )?$"
_YOUNG = r"(?:still )?in their (?:twent|thirt|20s|30s)"
_TIMES = frozenset({"year", "month", "quarter", "half", "period", "decade"})
_OF_TOTAL = r"\b(?:{})s? of (?:just |only |some |a mere )?$"


def elliptical(
    phrase: NumberPhrase, sentence: Sentence, told: list[Figure], rules: StatisticRules, *, counting: bool = False
) -> Figure | None:
    """A number without a noun: carried by a total, or compared with a figure told before."""
    doc, root = sentence.span.doc, phrase.number.root
    before = doc.text[sentence.span.start_char : phrase.start - block_base(phrase)]
    here = [figure for figure in told if figure.sentence is sentence]
    verb = deed(clause_verb(root), rules)
    total = carries_total(verb, rules, told, counting=counting)
    first = root
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    coordinated = first.i != root.i and any(first in figure.phrase.number for figure in here)
    if older_side(before) and (here or total):
        return make_figure(phrase, sentence, verb, rules, older=True)
    if coordinated:
        return make_figure(phrase, sentence, verb, rules)
    own = next((c for c in root.children if c.dep_ in ("relcl", "acl") and is_arrival(c, rules)), None)
    if own is not None and phrase.value != "1":
        return _dressed(make_figure(phrase, sentence, own, rules))  # "eleven who made it on foot"
    if re.search(_OF_TOTAL.format(any_of(rules.totals)), before, re.IGNORECASE) and (here or total or counting or told):
        return make_figure(phrase, sentence, verb, rules)  # "the 2021 count of 63"
    if here and stays_on(_next_verb(phrase), rules):
        return make_figure(phrase, sentence, _next_verb(phrase), rules)  # "31 elected to remain"
    behind = doc[phrase.number.end] if phrase.number.end < sentence.span.end else root
    if behind.pos_ in ("VERB", "AUX") and first.dep_ in ("pobj", "nsubj", "nsubjpass") and (phrase.amount or 0) >= _FEW:
        came = deed(_next_verb(phrase), rules)
        if is_arrival(came, rules, bare=True) and (told or counting):
            return make_figure(phrase, sentence, came, rules)  # "upwards of a thousand turned up"
    if first.dep_ in ("nsubj", "pobj") and told and _is_rule(phrase):
        return replace(make_figure(phrase, sentence, verb, rules), rate=True)
    saw = [c for c in verb.children if c.dep_ == "nsubj" and c.lemma_.lower() in _TIMES]
    if first.dep_ == "dobj" and saw and verb.lemma_.lower() in ("see", "bring", "produce", "yield") and told:
        return make_figure(phrase, sentence, verb, rules)  # "the same period last year saw 99"
    arrives = is_arrival(verb, rules) or (bool(told) and verb.lemma_.lower() in rules.move | {"do"})
    if first.dep_ in ("nsubj", "nsubjpass") and (arrives or (told and verb.lemma_.lower() in rules.hold)):
        population = predicate_population(verb, rules) if not arrives else None
        if population is not None or (arrives and (told or (phrase.amount or 0) >= _FEW)):
            figure = make_figure(phrase, sentence, verb, rules, part=population is not None)
            figure.population = population or figure.population
            beside = any(other.sentence.block is sentence.block for other in told)
            figure.part = figure.part or (figure.population == "direct-crossers" and beside)
            return figure
        return None
    there = any(child.dep_ == "expl" for child in verb.children)
    if (there and told and first.dep_ in ("attr", "nsubj", "dobj")) or (
        (here or counting or _tells_count(sentence, phrase, rules)) and _dated_at_once(phrase, before)
    ):
        return make_figure(phrase, sentence, verb, rules)
    if here and _of_whom(before):
        stated = _be_after(phrase) or _next_verb(phrase)
        population = predicate_population(stated, rules) or _listed_population(phrase, rules)
        if population is not None:
            return make_figure(phrase, sentence, stated, rules, population=population, part=True)
    if re.search(r"\bnot $|\b(?:of|among) the(?: total(?: of)?)? $", before):
        return None  # a number told before, or ruled out
    row = _row(phrase, sentence, verb, told, rules) if first.dep_ in ("dobj", "nsubj") else None
    if row is not None and (told or counting):
        return row
    if counting and re.search(_MOVED_TO.format(any_of(rules.rise | rules.fall)), before, re.IGNORECASE):
        return make_figure(phrase, sentence, verb, rules)  # "a modest recovery, to 196"
    if _again(phrase, before) and (told or counting):
        return make_figure(phrase, sentence, verb, rules)  # "nearly three times the 67 recorded in 2022"
    being = _be_after(phrase)
    if being is not None and (told or _tells_count(sentence, phrase, rules)):
        population = predicate_population(being, rules)
        if population is None and re.match(_YOUNG, being.doc[being.i + 1 :].text):
            population = "young-people"
        if population is not None:
            return make_figure(phrase, sentence, being, rules, population=population, part=True)
    carried = first.dep_ in ("pobj", "attr", "acomp", "dobj", "npadvmod", "oprd", "nummod", "advmod", "dep")
    if carried and total and verb.lemma_.lower() in rules.reach | rules.hold and not _is_measure(phrase):
        return _like(make_figure(phrase, sentence, verb, rules), verb, told, rules)
    return None


def _row(
    phrase: NumberPhrase, sentence: Sentence, verb: Token, told: list[Figure], rules: StatisticRules
) -> Figure | None:
    """A bare number that an office lists, a place supplies or people give: "the ministry lists 21"."""
    lemma = verb.lemma_.lower()
    here = [figure for figure in told if figure.sentence is sentence]
    beside = [figure for figure in told if figure.sentence.block is sentence.block]
    if phrase.number.root.dep_ == "nsubj":
        if lemma in rules.state and beside and (phrase.amount or 0) >= _FEW:
            return replace(make_figure(phrase, sentence, verb, rules, part=True), measure=beside[-1].measure)
        return None
    if lemma in rules.supply and beside:
        return make_figure(phrase, sentence, verb, rules, part=True)
    if lemma not in rules.record:
        return None
    if here and here[-1].listed:
        return replace(here[-1], phrase=phrase, head=verb, period=None)
    topic = _topic(sentence)
    events = rules.events & topic
    if not events and not rules.crossers & topic:
        return None
    figure = replace(make_figure(phrase, sentence, verb, rules), listed=True)
    if events:
        figure.measure, figure.repeated = "crossings", True
        if topic & rules.direct:
            figure.population = "direct-crossers"
    return figure


def _topic(sentence: Sentence) -> set[str]:
    """The words of the subject, or of the heading phrase, of the sentence before one in its block."""
    doc, start = sentence.span.doc, sentence.span.start
    before = [sent for sent in doc.sents if sent.end <= start]
    if not before:
        return set()
    root = before[-1].root
    heads = [root] if root.pos_ in ("NOUN", "PROPN") else [c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")]
    return {token.lemma_.lower() for head in heads for token in head.subtree}


def _is_rule(phrase: NumberPhrase) -> bool:
    """'A thousand or more was the rule'."""
    after = phrase.number.doc[phrase.number.end : phrase.number.end + 7].text
    return (
        re.match(
            r"(?:or more |or so )?(?:was|were|had been|used to be) (?:the |not un)?(?:rule|norm|usual|common|typical)",
            after,
        )
        is not None
    )


def _like(figure: Figure, verb: Token, told: list[Figure], rules: StatisticRules) -> Figure:
    """A bare total counts what the figure before it counts: "30 have gone back ... the real number could be 100"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    total = next((c for c in verb.children if c.dep_ in ("nsubj", "dobj") and c.lemma_.lower() in rules.totals), None)
    of = total
    while of is not None and figure.population == "defectors":
        # "The number of members of the elite was ten": a total of some of those who came.
        of = next((t for c in of.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj"), None)
        population = population_of(of, rules) if of is not None else None
        if population is not None:
            figure.population, figure.part = population, True
            return figure
    if total is not None and total.dep_ == "dobj" and figure.population == "defectors":
        # "Desertion by soldiers is rare. The ministry puts the number at nine": the sentence before has said of whom.
        topic = _topic(figure.sentence)
        figure.population = next((p for p, words in rules.populations.items() if topic & words), "defectors")
    named = subject is None or any(child.dep_ in ("prep", "relcl", "acl", "compound") for child in subject.children)
    model = next((other for other in reversed(told) if other.measure in ("arrivals", "crossings")), None)
    if model is not None and not named and not model.part and figure.population == "defectors":
        figure.measure, figure.population = model.measure, model.population
    return figure


def _dressed(figure: Figure) -> Figure:
    """Those who came "in uniform" are soldiers."""
    if re.search(r"\bin (?:full )?uniform\b", figure.sentence.span.text):
        figure.population = "soldiers"
    return figure


def _next_verb(phrase: NumberPhrase) -> Token:
    """The first verb behind a number in its clause; the number's own last word where there is none."""
    doc, end = phrase.number.doc, phrase.number.end
    for token in doc[end:]:
        if token.text in ";:." or token.sent.start != phrase.number.sent.start:
            break
        if token.pos_ in ("VERB", "AUX"):
            return token
    return phrase.number.root


def _of_whom(before: str) -> bool:
    return re.search(r"\bof (?:whom|them|these|those|which),? (?:\w+ ){0,2}$", before, re.IGNORECASE) is not None


def _listed_population(phrase: NumberPhrase, rules: StatisticRules) -> str | None:
    """The population in "(72.0 per cent) are women" or right behind a number."""
    after = phrase.number.doc[phrase.number.end : phrase.number.end + 9]
    closed = next((i for i, token in enumerate(after) if token.text in ";.,"), len(after))
    return next((p for token in after[:closed] if (p := population_of(token, rules)) is not None), None)


def _again(phrase: NumberPhrase, before: str) -> bool:
    """ "The 67 recorded in 2022", "the 105 of a year earlier": a count told with "the" and what makes it one."""
    after = phrase.number.doc[phrase.number.end : phrase.number.end + 3].text
    verbs = r"(?:who|that|record|register|log|count|tall|report|arriv|enter|admit|seen|of (?:last|a|the|\d))"
    return re.search(r"\bthe $", before) is not None and re.match(verbs, after) is not None


def _tells_count(sentence: Sentence, phrase: NumberPhrase, rules: StatisticRules) -> bool:
    """Whether a noun for those who came stands before a number in its sentence."""
    return any(token.lemma_.lower() in rules.crossers for token in sentence.span if token.i < phrase.number.start)


def _dated_at_once(phrase: NumberPhrase, before: str) -> bool:
    """ "..., and 196 for the whole of last year": a number in a list, with a time right behind it."""
    doc, end = phrase.number.doc, phrase.number.end
    after = doc[end : end + 6].text.lower()
    listed = re.search(r"(?:[,:(]|\band|\bor|\bthen|\bto|\bjust|\bonly|\() ?$", before) is not None
    times = r"\d{4}|last|this|first|second|third|fourth|previous"
    row = (
        re.search(r"(?:^|[;,:] |\(|\band |\| ?)(?:in )?(?:19|20)\d\d(?:\)|:| [-\u2013\u2014:]|,)? $", before)
        is not None
    )
    if row or re.match(r"\((?:19|20)\d\d\)", after):
        return True  # a row of a table: "2023: 196", "229 (2020)"
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
