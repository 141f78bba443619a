"""Organisations that no gazetteer knows: capitalised words around an organisational noun or before an abbreviation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.document import Sentence
from kg.extract.lexicon import Match
from kg.extract.naming import Found, NamesRules, is_capitalised, is_title_case, plain

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Span, Token

__all__ = ["proper_names"]


def proper_names(sentence: Sentence, matches: list[Match], rules: NamesRules) -> Iterator[Found]:
    """Organisations that no gazetteer knows, by their capitals and their noun, in the order of the text.

    Args:
        sentence: The sentence; one that is written as a headline gives none.
        matches: The gazetteer's labels in it.
        rules: The organisational nouns.
    """
    if is_title_case(sentence.span) or sentence.block.kind in {"headline", "heading"}:
        return
    doc = sentence.span.doc
    named = [match.span for match in matches if not match.meant("demonym")]
    places = {i for match in matches if match.named("place") for i in range(match.span.start, match.span.end)}
    labelled = {i for span in named for i in range(span.start, span.end)}
    for run in (_cut(run, rules) for run in _runs(sentence.span, rules)):
        words = [token.lower_ for token in run]
        capitals = [token for token in run if is_capitalised(token) or _is_ordinal(token)]
        headed = run[-1].lower_ in rules.heads or any(
            word in rules.fronted and i + 1 < len(words) and words[i + 1] in {"of", "for", "on"}
            for i, word in enumerate(words)
        )
        short = _abbreviation(doc, run.end)
        spelt = short is not None and short == "".join(t.text[0] for t in capitals)
        if len(capitals) < 2 or not (headed or spelt) or " ".join(words) in rules.no_organisation:
            continue
        begun = len(run) > 2 and all(t.i in labelled and t.i not in places for t in capitals[:-1])
        if {t.i for t in run} & labelled and all(t.i in labelled for t in capitals[:-1]) and not begun:
            continue
        yield Found("Organization", run, plain(run.text), name=run)
    yield from _introduced(sentence.span, labelled, rules)
    yield from _panels(sentence.span, rules)
    yield from _short(sentence.span, labelled)
    yield from _services(sentence.span, labelled, rules)


def _cut(run: Span, rules: NamesRules) -> Span:
    """A run without the place that an "in" adds to a whole name ("Red Cross Society in the North")."""
    for i in range(2, len(run)):
        if run[i].lower_ == "in" and run[i - 1].lower_ in rules.heads:
            return run[:i]
    return run


@cache
def _last_words(phrases: frozenset[str]) -> frozenset[str]:
    """The last words of phrases: of "think tank" the tank."""
    return frozenset(phrase.split()[-1] for phrase in phrases)


def _introduced(words: Span, labelled: set[int], rules: NamesRules) -> Iterator[Found]:
    """Names after the noun for what bears them: "a charity called Open Gate", "the newspaper Morning Post"."""
    doc = words.doc
    last = _last_words(rules.introducing)
    for token in words:
        if token.lower_ not in last:
            continue
        start = token.i + 1
        if (
            token.lower_ not in rules.introducing
            and doc[max(token.i - 1, 0) : start].text.lower() not in rules.introducing
        ):
            continue
        if token.tag_ == "NNS" or is_capitalised(token):
            continue
        for phrase in rules.called:
            length = len(phrase.split())
            if doc[start : start + length].text.lower() == phrase:
                start += length
                break
        end = start
        while end < words.end and is_capitalised(doc[end]) and doc[end].is_alpha:
            if doc[end].lower_ in rules.strangers:
                break
            end += 1
            if end + 1 < words.end and doc[end].lower_ in {"of", "for"} and is_capitalised(doc[end + 1]):
                end += 1
        run = doc[start:end]
        person = start == token.i + 1 and any(t.ent_type_ == "PERSON" for t in run)
        if len(run) and not all(t.i in labelled for t in run) and not person:
            yield Found("Organization", run, plain(run.text), name=run)


def _short(words: Span, labelled: set[int]) -> Iterator[Found]:
    """Outlets and bodies known by letters or by a word with a capital inside: "told ABC", "a job at MetroHealth"."""
    doc = words.doc
    for token in words:
        if token.i in labelled or token.ent_type_ != "ORG" or token.i == words.start or not token.is_alpha:
            continue
        if (token.i and doc[token.i - 1].ent_type_ == "ORG") or (
            token.i + 1 < len(doc) and token.nbor().ent_type_ == "ORG"
        ):
            continue
        inside = len(token) > 5 and any(c.isupper() for c in token.text[1:]) and any(c.islower() for c in token.text)
        letters = token.is_upper and 2 < len(token) < 6
        if (inside and doc[token.i - 1].pos_ == "ADP") or (letters and _reports(token)):
            name = doc[token.i : token.i + 1]
            yield Found("Organization", name, plain(token.text), name=name)


def _reports(token: Token) -> bool:
    """Whether an abbreviation says something or is told it."""
    saying = {"tell", "report", "say", "quote", "cite", "interview"}
    node = token
    while (
        node.dep_ in {"conj", "appos", "poss", "dobj", "nsubj", "pobj", "dative", "agent", "prep"} and node.head != node
    ):
        node = node.head
        if node.lemma_ in saying:
            return True
    return False


def _panels(words: Span, rules: NamesRules) -> Iterator[Found]:
    """Committees of a parliament, which texts write small ("the parliamentary intelligence committee")."""
    for token in words:
        if token.lower_ not in rules.panels:
            continue
        start = token.i
        while start > words.start and token.doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN"}:
            start -= 1
        run = token.doc[start : token.i + 1]
        if any(word.lower_ in rules.houses for word in run):
            yield Found("Organization", run, plain(run.text), name=run)


def _services(words: Span, labelled: set[int], rules: NamesRules) -> Iterator[Found]:
    """A service that has nothing but its capital for a name: "identified by the Army"."""
    doc = words.doc
    for token in words:
        if token.i == words.start or token.i in labelled or doc[token.i - 1].lower_ != "the":
            continue
        for length in (2, 1):
            run = doc[token.i : min(token.i + length, words.end)]
            if run.text.lower() in rules.services and is_capitalised(token) and not is_capitalised(_after(run)):
                yield Found("Organization", run, plain(run.text), name=run)
                break


def _after(run: Span) -> Token:
    """The token after a run, or its last where the text ends."""
    return run.doc[min(run.end, len(run.doc) - 1)]


def _runs(words: Span, rules: NamesRules) -> Iterator[Span]:
    """Runs of capitalised words, small words inside them allowed, without strangers at either end."""
    doc, start = words.doc, words.start
    while start < words.end:
        if not (is_capitalised(doc[start]) or _is_ordinal(doc[start])) or doc[start].lower_ in rules.strangers:
            start += 1
            continue
        end = start + 1
        while end < words.end:
            if is_capitalised(doc[end]) and doc[end].is_alpha and doc[end].lower_ not in rules.strangers:
                end += 1
            elif _is_link(doc, end, words.end, rules):
                end += 2 if is_capitalised(doc[end + 1]) else 3
            else:
                break
        yield doc[start:end]
        start = end


def _is_link(doc: Doc, position: int, end: int, rules: NamesRules) -> bool:
    """Whether a small word joins what stands before it to more of the same name ("Institute for Policy")."""
    if doc[position].lower_ not in rules.links or position + 1 >= end:
        return False
    fronted = doc[position - 1].lower_ in rules.fronted
    after = doc[position + 1]
    if doc[position].lower_ in {"and", "&"}:
        long = any(doc[i].lower_ in rules.fronted for i in range(max(position - 6, 0), position))
        return is_capitalised(after) and (doc[position].ent_type_ == "ORG" or (long and after.pos_ == "PROPN"))
    if not fronted:
        return False
    return is_capitalised(after) or (after.lower_ == "the" and position + 2 < end and is_capitalised(doc[position + 2]))


def _is_ordinal(token: Token) -> bool:
    return token.text[:1].isdigit() and token.text[-2:] in {"st", "nd", "rd", "th"}


def _abbreviation(doc: Doc, end: int) -> str | None:
    """The abbreviation in brackets after a name."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        short = doc[end + 1].text
        return short if short.isupper() and 2 <= len(short) <= 7 else None
    return None
