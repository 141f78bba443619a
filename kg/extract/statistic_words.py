"""What the recognition of statistics reads off a parse: verbs of arrival, totals, persons, populations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.document import Sentence, offsets
from kg.extract.quantities import NumberPhrase
from kg.extract.statistic_rules import StatisticRules, any_of, statistic_rules
from kg.extract.statistic_verbs import clause_verb, is_arrival
from kg.facts.model import TimeExpression

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = [
    "RATE",
    "THEM",
    "Figure",
    "block_base",
    "carries_total",
    "carrying_noun",
    "is_person",
    "make_figure",
    "population_of",
    "predicate_population",
]

RATE = (
    r"\b(?:(?:a|per|each|every) (?:day|week|month|year|hour)\b(?! (?:ago|earlier|before|later|after|prior))"
    r"|annually|on average|an average of)"
)
#: Pronouns that stand for those who were counted before.
THEM = frozenset({"they", "them", "those", "these", "whom", "which", "who"})
#: "DCER puts it at 33,650": verbs of an estimate.
_PUT = frozenset({"put", "place", "set", "estimate", "give"})
_IT = frozenset({"it", "that", "this", "which", "figure"})


@dataclass
class Figure:
    """An accepted number and what it says.

    Attributes:
        phrase: The number.
        sentence: Where it stands.
        head: The word whose clause says how it is meant.
        measure: The local name of a concept of the measure scheme.
        population: The local name of a concept of the population scheme.
        period: The time that it is of.
        whole: The figure that it is a part of.
        part: Whether the words make it a part ("of them", "women").
        older: Whether it is the older side of a comparison ("up from 67").
        route: The preposition that leads to the way of a share.
        repeated: Whether it counts crossings one by one ("nine such cases"), and so is no single event.
        rate: Whether it is so many a year.
        of_told: Whether its words point back at the whole ("of that total").
        listed: Whether an office lists it without a noun, so that the next one may do so too.
        group: Whether it counts an age group or those of one place, which no population names.
        was: The words "up to September" that its period was made from.
    """

    phrase: NumberPhrase
    sentence: Sentence
    head: Token
    measure: str = "arrivals"
    population: str = "defectors"
    period: TimeExpression | None = None
    whole: Figure | None = None
    part: bool = False
    older: bool = False
    route: Token | None = None
    repeated: bool = False
    rate: bool = False
    of_told: bool = False
    listed: bool = False
    was: TimeExpression | None = None
    group: bool = False


def make_figure(
    phrase: NumberPhrase,
    sentence: Sentence,
    head: Token,
    rules: StatisticRules,
    *,
    population: str = "defectors",
    part: bool = False,
    older: bool = False,
) -> Figure:
    """A figure with its head; one that tells of a direct crossing is of those who crossed directly."""
    figure = Figure(phrase, sentence, head, population=population, part=part, older=older)
    words = {token.lemma_.lower() for token in head.subtree if clause_verb(token).i == head.i}
    if population == "defectors" and words & rules.direct and words & rules.direct_objects and is_arrival(head, rules):
        figure.population = "direct-crossers"
    return figure


def block_base(phrase: NumberPhrase) -> int:
    """What must be taken from an offset of the text to get one of the block."""
    return offsets(phrase.number)[0] - phrase.number.start_char


def carrying_noun(noun: Token) -> Token:
    """The noun that carries the verb: over "number of", "some of", coordination and apposition."""
    node = noun
    while node.head.i != node.i and (
        node.dep_ in ("conj", "nummod", "compound")
        or (node.dep_ == "pobj" and node.head.lower_ in ("of", "among") and node.head.head.pos_ not in ("VERB", "AUX"))
    ):
        node = node.head if node.dep_ != "pobj" else node.head.head
        if node.pos_ in ("VERB", "AUX"):
            break
    return node


def is_person(noun: Token, rules: StatisticRules) -> bool:
    """A noun for persons: a common one, or a people's name in the plural ("Syrians")."""
    if noun.lemma_.lower() in rules.people:
        return True
    return (
        noun.pos_ in ("PROPN", "NOUN")
        and noun.text[:1].isupper()
        and re.search(r"(?:ans|ians|ese|is)$", noun.text) is not None
    )


def carries_total(verb: Token, rules: StatisticRules, told: list[Figure], *, counting: bool = False) -> bool:
    """Whether a verb carries a total of crossers: its subject or object, or that of the verb it is joined to.

    Args:
        verb: The verb.
        rules: The words.
        told: The figures told shortly before.
        counting: Whether the article has told figures at all.
    """
    node = verb
    while True:
        for child in node.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "csubj"):
                if child.lemma_.lower() in _IT and (told or (counting and verb.lemma_.lower() in _PUT)):
                    return True
                if child.lemma_.lower() in rules.totals | rules.crossers:
                    words = {token.lemma_.lower() for token in child.subtree}
                    other = any(
                        token.dep_ == "pobj" and token.head.lower_ == "of" and not _is_counted(token, rules)
                        for token in child.subtree
                    )
                    came = any(is_arrival(token, rules) for token in child.subtree)
                    return bool(words & (rules.crossers | rules.arrive)) or (
                        not other and (came or bool(told) or counting or _in_domain(child.doc.text, rules))
                    )
        if any(child.dep_ in ("nsubj", "nsubjpass") for child in node.children):
            return False  # it has a subject of its own, and that is no total
        if node.dep_ not in ("conj", "advcl", "ccomp", "xcomp", "parataxis", "relcl") or node.head.i == node.i:
            return False
        node = clause_verb(node.head)
        if node.lemma_.lower() not in rules.reach | rules.arrive | rules.multiply.keys():
            return False


def _is_counted(noun: Token, rules: StatisticRules) -> bool:
    lemma = noun.lemma_.lower()
    if lemma in ("year", "quarter", "month", "half", "period"):
        return True  # "the totals of the next two years"
    return lemma in rules.crossers | rules.people | rules.totals or noun.pos_ == "NUM" or is_person(noun, rules)


def _in_domain(text: str, rules: StatisticRules) -> bool:
    return re.search(rf"\b(?:{any_of(rules.domain)})", text, re.IGNORECASE) is not None


def predicate_population(verb: Token, rules: StatisticRules) -> str | None:
    """The population that "were women" names."""
    for child in verb.children:
        if child.dep_ in ("attr", "acomp"):
            inner = (t for t in child.subtree if t.dep_ == "pobj" and t.head.lower_ in ("of", "as"))
            return next((p for token in (child, *inner) if (p := population_of(token, rules)) is not None), None)
    return None


def population_of(noun: Token, rules: StatisticRules | None = None) -> str | None:
    """The concept of the population scheme that a noun names, if it is narrower than defectors."""
    rules = rules or statistic_rules()
    lemmas = {noun.lemma_.lower()} | {c.lemma_.lower() for c in noun.children if c.dep_ in ("amod", "compound")}
    return next((name for name, words in rules.populations.items() if lemmas & words), None)
