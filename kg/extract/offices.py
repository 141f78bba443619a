"""Since when a person holds an office."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.route_claims import feature_rules
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["find_offices"]


def find_offices(builder: FactsBuilder, sentence: Sentence) -> None:
    """ "Who took office in June": since when a person holds an office."""
    for token in sentence.span:
        phrase = _taking_office(token)
        person = _holder(builder, sentence, token) if phrase is not None else None
        if phrase is None or person is None:
            continue
        last = phrase[-1]
        start, end = offsets(phrase)
        limit = offsets(sentence.span.doc[min(last.i + 6, sentence.span.end - 1)])[1]
        time = builder.time_within(end, limit)
        if time is None:
            continue
        value = Value(kind="time", value=time.id)
        evidence = builder.document.evidence(start, time.end)
        builder.claim(person, "cx:inOfficeSince", value, evidence, raw=time.quote, tense="past")


def _taking_office(token: Token) -> list[Token] | None:
    """The tokens of a phrase for coming into office, with this verb."""
    phrases, words = _office_phrases(feature_rules().taking_office)
    if token.lemma_ not in words and token.lower_ not in words:
        return None
    for verb, rest in phrases:
        if verb == "be":
            if token.lower_ == rest.split()[0] and any(child.dep_ == "auxpass" for child in token.children):
                following = [token.nbor(i) for i in range(len(rest.split())) if token.i + i < len(token.doc)]
                if [t.lower_ for t in following] == rest.split():
                    return following
        elif token.lemma_ == verb and token.i + 1 < len(token.doc) and token.nbor().lower_ == rest:
            return [token, token.nbor()]
    return None


@cache
def _office_phrases(phrases: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Each phrase as its verb and what follows it; and the words one of which stands where a phrase can begin."""
    parts = tuple((verb, rest) for verb, _, rest in (phrase.partition(" ") for phrase in phrases))
    return parts, frozenset(rest.split()[0] if verb == "be" else verb for verb, rest in parts)


def _holder(builder: FactsBuilder, sentence: Sentence, verb: Token) -> Mention | None:
    """The person who comes into office: the subject, the noun of the relative clause, the subject above."""
    people = sorted(
        (m for m in builder.mentions.values() if m.cls == "Person" and sentence.start <= m.start < sentence.end),
        key=lambda mention: mention.start,
    )
    node = verb
    while True:
        for child in node.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                here = _mention_at(people, child)
                if here is not None:
                    return here
        if node.dep_ == "relcl" and (here := _mention_at(people, node.head)) is not None:
            return here
        if node.head == node:
            break
        node = node.head
    earlier = [m for m in people if m.start < offsets(verb)[0]]
    return earlier[-1] if earlier else (people[0] if len(people) == 1 else None)


def _mention_at(people: list[Mention], token: Token) -> Mention | None:
    for word in (token, *token.children):
        start, end = offsets(word)
        for person in people:
            if person.start < end and start < person.end:
                return person
    return None
