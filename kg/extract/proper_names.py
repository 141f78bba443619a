"""Organisations that no gazetteer knows: capitalised words around an organisational noun or before an abbreviation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.document import Sentence
from kg.extract.lexicon import Match
from kg.extract.naming import Found, NamesRules, is_capitalised, is_title_case, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

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
    labelled = {i for span in named for i in range(span.start, span.end)}
    for run in _runs(sentence.span, rules):
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
        if {t.i for t in run} & labelled and all(t.i in labelled for t in capitals[:-1]):
            continue
        yield Found("Organization", run, plain(run.text), name=run)


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
