"""The titles and appositions of a name: the noun phrases that say what a person is, and the role in each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.naming import NamesRules

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Span

__all__ = ["Description", "descriptions_of"]

_STOPS = frozenset({",", ";", ":", "(", ")", "-", "--", "–", "—", ".", '"', "'s"})


class Description:
    """A phrase that says what a person is: the noun phrase, the role in it, the type of actor that the role makes."""

    def __init__(self, words: Span, role: Span, kind: str) -> None:
        self.words, self.role, self.kind = words, role, kind


def descriptions_of(name: Span, rules: NamesRules) -> Iterator[Description]:
    """The titles and appositions of a name."""
    doc, sent = name.doc, name.sent
    before = _role_at(doc, name.start, rules)
    if before is not None and before[0] - 1 > sent.start and doc[before[0] - 1].text == ",":
        # "A naval spokesman, Commander Ada Lind": the rank beside the name is no job.
        at = _role_near(doc, before[0] - 1, sent.start, rules)
        if at is not None:
            yield _described(doc, sent, at[:2], at[2], before[0] - 1, rules)
            return
    posted = _posted(doc, name.start, sent.start, rules) if before is None else None
    if before is not None:
        yield _described(doc, sent, before, name.start, name.start, rules)
    elif posted is not None:
        yield _described(doc, sent, posted[:2], posted[2], name.start, rules)
    elif name.start - 1 > sent.start and doc[name.start - 1].text == ",":
        at = _role_near(doc, name.start - 1, sent.start, rules)
        if at is not None and (name.end >= sent.end or doc[name.end].text in {",", ".", "'s", ";"}):
            yield _described(doc, sent, at[:2], at[2], name.start - 1, rules)
    if name.end + 1 < sent.end and doc[name.end].text == ",":
        end = _phrase_end(doc, name.end + 1, sent.end)
        for position in range(name.end + 2, end + 1):
            found = _role_at(doc, position, rules)
            if found is not None and _ends_role(doc, position, end) and _is_noun_phrase(doc, name.end + 1, found[0]):
                yield _described(doc, sent, found, position, end, rules)
                break


@cache
def _phrases(roles: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Each role's words with its type, the longest first, by their last word."""
    found = [(tuple(words.replace("-", " - ").split()), kind) for kind, named in roles for words in named]
    by_last: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for words, kind in sorted(found, key=lambda pair: -len(pair[0])):
        by_last[words[-1]] = (*by_last.get(words[-1], ()), (words, kind))
    return by_last


def _role_at(doc: Doc, end: int, rules: NamesRules) -> tuple[int, str] | None:
    """The role whose words end before a token: where it starts, and its type."""
    if not 0 < end <= len(doc):
        return None
    for words, kind in _phrases(tuple(rules.roles.items())).get(doc[end - 1].lower_, ()):
        start = end - len(words)
        if start >= 0 and tuple(token.lower_ for token in doc[start:end]) == words:
            return start, kind
    return None


def _posted(doc: Doc, end: int, start: int, rules: NamesRules) -> tuple[int, str, int] | None:
    """The role in "deputy ambassador in London" right before a name."""
    position = end - 1
    while position > max(start, end - 4) and doc[position].text[:1].isupper():
        position -= 1
    if position < end - 1 and doc[position].lower_ in {"in", "to", "at"}:
        found = _role_at(doc, position, rules)
        return (*found, position) if found is not None else None
    return None


def _role_near(doc: Doc, end: int, start: int, rules: NamesRules) -> tuple[int, str, int] | None:
    """The role in the noun phrase that ends before a comma ("the president of the South, ...")."""
    for position in range(end, max(start, end - 10), -1):
        found = _role_at(doc, position, rules)
        between = doc[position:end]
        if found is not None and (not len(between) or between[0].lower_ in rules.employs | {"to"}):
            return (*found, position) if not any(t.pos_ in {"VERB", "AUX"} for t in between) else None
    return None


def _phrase_end(doc: Doc, start: int, end: int) -> int:
    """The end of an apposition: at the next comma or finite verb, but a clause after "of" is kept."""
    for position in range(start, end):
        token = doc[position]
        if token.text in _STOPS - {"'s", "-"} or token.tag_ in {"VBD", "VBZ", "VBP", "MD", "WDT", "WP"}:
            return position
    return end


def _ends_role(doc: Doc, position: int, end: int) -> bool:
    """Whether the role is the head of its phrase, not the modifier of a later noun."""
    return position >= end or doc[position].pos_ in {"ADP", "PUNCT", "PART", "ADV", "SCONJ", "CCONJ", "NUM", "VERB"}


def _is_noun_phrase(doc: Doc, start: int, end: int) -> bool:
    """Whether nothing but modifiers stands between the comma and the role."""
    return all(
        token.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "ADV", "NUM", "PUNCT"} for token in doc[start:end]
    )


def _described(doc: Doc, sent: Span, role: tuple[int, str], role_end: int, end: int, rules: NamesRules) -> Description:
    start = role[0]
    while start > sent.start and (doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "PART", "NUM", "DET", "PRON"}):
        if doc[start - 1].text in _STOPS - {"'s", "-"}:
            break
        start -= 1
    first = role[0]
    while first > start and doc[first - 1].pos_ in {"ADJ", "NOUN", "PROPN"} and doc[first - 1].text != "'s":
        first -= 1
    return Description(doc[start:end], doc[first:role_end], role[1])
