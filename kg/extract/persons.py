"""Named persons: full names in the order of the border's people or in Western order, and the surnames that repeat them.

A name whose surname comes first is known by the border's list of surnames and by the romanised syllables after it; any
other needs the parser's PERSON and a sign that a person is meant: a title, a role beside it, or that he says or does
something. Whoever is introduced by a surname alone ("known only by the surname Oh") has that for a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kg.extract.border import Names
from kg.extract.document import Sentence
from kg.extract.lexicon import Lexicon
from kg.extract.naming import Found, NamesRules, is_capitalised, is_title_case, names_rules_of, plain

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Span, Token

__all__ = ["PersonFinder"]

#: "Ada Lind, 31, of ..."
_AGE = re.compile(r",? ?(?:\(?[1-9]\d\b[,).]|aged [1-9]\d)")
_SILENT = frozenset({"headline", "heading", "caption", "byline"})
_NO_SURNAME = frozenset({"ADP", "DET", "PRON", "PART", "CCONJ", "SCONJ", "AUX", "ADV"})
_NO_GIVEN_NAME = frozenset({"AUX", "DET", "PRON", "ADP"})
_NAMED_PLACE = frozenset({"nsubj", "nsubjpass", "pobj", "poss", "dobj", "appos", "conj", "compound", "ROOT"})


class PersonFinder:
    """Finds the named persons of an article, sentence by sentence in the order of the text.

    Args:
        lexicon: The border's surnames and order of names.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.names = lexicon.border.names
        self.rules: NamesRules = names_rules_of(lexicon)
        self.people: list[Found] = []
        self._surnames: dict[str, str] = {}
        self._named: Counter[str] = Counter()

    def find(self, sentence: Sentence, taken: set[int]) -> list[Found]:
        """The persons named in one sentence.

        Args:
            sentence: The sentence.
            taken: Tokens that are part of an organisation, a place or a route; no name of a person holds one.
        """
        if sentence.block.kind in _SILENT or is_title_case(sentence.span):
            return []
        used = set(taken)
        here: list[Found] = []
        found = (self._surname_first, self._western, self._titled, self._surname_alone)
        for span in (span for find in found for span in find(sentence)):
            if used.isdisjoint(range(span.start, span.end)) and not self._rejected(span):
                used.update(range(span.start, span.end))
                here.append(self._person(span))
        self.people += sorted(here, key=lambda found: found.span.start)
        for token in sentence.span:
            if token.i not in used:
                again = self._again(token)
                if again is not None:
                    here.append(again)
        return sorted(here, key=lambda found: found.span.start)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _pattern(self.names)

    def _surname_first(self, sentence: Sentence) -> Iterator[Span]:
        if not self.names.surname_first:
            return
        words = sentence.span
        for found in self._pattern.finditer(words.text):
            span = words.doc.char_span(words.start_char + found.start(), words.start_char + found.end())
            if span is None or span.text.isupper():
                continue
            if "-" not in span.text and (
                span[0].pos_ in _NO_SURNAME or any(token.pos_ in _NO_GIVEN_NAME for token in span[1:])
            ):
                continue
            no_surname = self._roles | self.rules.honorifics | self.rules.strangers
            if found["surname"] is None and span[0].lower_ in no_surname and not _is_capital_inside(span):
                continue
            yield span

    def _western(self, sentence: Sentence) -> Iterator[Span]:
        for span in sentence.span.ents:
            if span.label_ != "PERSON":
                continue
            while len(span) and (span[-1].tag_ == "POS" or span[-1].is_punct):
                span = span[:-1]
            while len(span) > 1 and (self._is_title(span[0]) or span[0].is_punct):
                span = span[1:]
            words = [token for token in span if not token.is_punct]
            if len(words) < 2 or not all(_is_part(token) for token in words):
                continue
            if span.text.isupper() or any(t.lower_ in self.rules.heads or t.pos_ == "DET" for t in words):
                continue
            if self._is_shown(span):
                yield span

    def _titled(self, sentence: Sentence) -> Iterator[Span]:
        """Capitalised words after a title or a rank: "Col. Ada Lind", whatever the parser takes them for."""
        doc, end = sentence.span.doc, sentence.span.end
        for token in sentence.span:
            if not is_capitalised(token) or not self._has_title(doc, token.i):
                continue
            last = token.i
            while (
                last < end and _is_part(doc[last]) and doc[last].lower_ not in self.rules.heads | self.rules.strangers
            ):
                last += 1
                if last + 1 < end and doc[last].text == "-" and doc[last + 1].text[:1].isupper():
                    last += 1
            words = [t for t in doc[token.i : last] if t.is_alpha]
            if 2 <= len(words) <= 4 and all(t.pos_ == "PROPN" for t in words):
                yield doc[token.i : last]

    def _has_title(self, doc: Doc, start: int) -> bool:
        """Whether a title or a rank stands right before a token, also where its full stop ended the sentence."""
        before = start - 1
        if before > 0 and doc[before].text == "." and len(doc[before - 1]) < 6:
            before -= 1
        return before >= 0 and is_capitalised(doc[before]) and self._is_title(doc[before])

    def _is_title(self, token: Token) -> bool:
        word = token.lower_.rstrip(".")
        known = self.rules.honorifics
        return word in known or f"{word}." in known or (word in self._roles and token.text[:1].isupper())

    def _is_shown(self, span: Span) -> bool:
        """Whether the words around a name show that it is a person's: a role beside it, his age, or a deed."""
        doc, root = span.doc, span.root
        if self._has_title(doc, span.start) or _AGE.match(doc[span.end : span.end + 4].text):
            return True
        before = doc[max(span.start - 2, span.sent.start) : span.start]
        after = doc[span.end : min(span.end + 8, span.sent.end)]
        roles = self._roles
        if any(token.lower_ in roles or token.lower_ in self.rules.honorifics for token in before):
            return True
        if len(after) > 1 and after[0].text == "," and any(token.lower_ in roles for token in after[1:]):
            return True
        if root.dep_ == "appos" and root.head.lower_ in roles:
            return True
        verb = root.head
        return (root.dep_ == "nsubj" and verb.pos_ == "VERB") or (root.dep_ == "pobj" and verb.dep_ == "agent")

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(words.split()[-1] for roles in self.rules.roles.values() for words in roles)

    def _surname_alone(self, sentence: Sentence) -> Iterator[Span]:
        """Persons who are introduced by one name: "surnamed Oh", "by the family name of Oh", "Mr. Oh"."""
        doc = sentence.span.doc
        for token in sentence.span:
            if not is_capitalised(token) or not token.is_alpha or token.i == sentence.span.start:
                continue
            left = doc[max(token.i - 4, sentence.span.start) : token.i]
            words = [t.lower_ for t in left if t.lower_ not in {",", "of", "is", "was", '"', "the"}]
            if not words:
                continue
            introduced = any(" ".join(words).endswith(phrase) for phrase in self.rules.surnamed)
            titled = left[-1].lower_ in self.rules.honorifics or (
                left[-1].lower_ in self._roles and is_capitalised(left[-1]) and token.pos_ == "PROPN"
            )
            if (introduced or titled) and self._is_surname(token):
                yield doc[token.i : token.i + 1]

    def _is_surname(self, token: Token) -> bool:
        return token.text in self.names.surnames or token.ent_type_ == "PERSON"

    def _rejected(self, span: Span) -> bool:
        """Photo credits and bylines, and pairs of words that only look like a name."""
        if span.text.lower() in self.rules.no_person:
            return True
        doc = span.doc
        before = doc[span.start - 1] if span.start else None
        after = doc[span.end] if span.end < len(doc) else None
        if before is not None and before.text in {"(", "["} and after is not None and after.text in {")", "]", "/"}:
            return True
        if before is not None and before.lower_ == "by":
            opening = doc[span.sent.start : span.start]
            return len(opening) <= 3 and not any(token.pos_ in {"AUX"} for token in opening)
        return False

    def _person(self, span: Span) -> Found:
        key = plain(span.text)
        words = [token.text for token in span if not token.is_punct]
        first = self.names.surname_first and (words[0] in self.names.surnames or self._pattern.fullmatch(span.text))
        surname = words[0] if first else words[-1]
        if len(words) == 1:
            key = self._surnames.get(words[0], key)
        elif self._is_alias(span) and surname in self._surnames:
            key = self._surnames[surname]
        self._named[key] += 1
        # Whoever was spoken of more often is meant by the surname alone; not "his mother, Ann Roe", who shares it.
        kin = span.root.dep_ == "appos" and any(c.tag_ == "PRP$" for c in span.root.head.children)
        shares = kin and surname in self._surnames
        if self._named[key] >= self._named[self._surnames.get(surname, key)] and not shares:
            self._surnames[surname] = key
        return Found("Person", span, key, name=span)

    def _is_alias(self, span: Span) -> bool:
        """Whether a name is said to be another one of somebody named before ("then known as ...")."""
        before = span.doc[max(span.start - 3, span.sent.start) : span.start].text.lower()
        return before.endswith(("known as", "born", "formerly", "formerly called", "real name", "alias"))

    def _again(self, token: Token) -> Found | None:
        """A surname that stands alone for the person of that name who was named last."""
        key = self._surnames.get(token.text)
        if key is None or (token.pos_ != "PROPN" and token.dep_ not in _NAMED_PLACE):
            return None
        doc = token.doc
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is not None and is_capitalised(following) and following.pos_ == "PROPN":
            return None
        start = token.i
        while start > 1 and _is_joined(doc[start - 1]) and is_capitalised(doc[start - 2]):
            start -= 2  # the last half of "Lind-Moon"
        before = doc[start - 1] if start else None
        titled = before is not None and before.lower_ in self._roles | self.rules.honorifics
        if before is not None and is_capitalised(before) and before.pos_ == "PROPN" and not titled:
            return None
        self._named[key] += 1
        return Found("Person", doc[start : token.i + 1], key)


def _is_joined(hyphen: Token) -> bool:
    """Whether a hyphen stands between two halves of a name, with no space on either side."""
    return hyphen.text == "-" and not hyphen.whitespace_ and not hyphen.nbor(-1).whitespace_


def _is_capital_inside(span: Span) -> bool:
    """Whether a small word is written with a capital amid a sentence: "a skipper named An Chol-su"."""
    return span[0].lower_ in {"an", "no", "so"} and span.start > span.sent.start and span[0].nbor(-1).is_alpha


@lru_cache(maxsize=4)
def _pattern(names: Names) -> re.Pattern[str]:
    """Names whose surname comes first, as far as their letters tell."""
    if names.given_name_syllables is None:
        return re.compile(r"(?!)")  # the surname stands last: no name is known by its syllables
    fewest, most = names.given_name_syllables
    surnames = "|".join(sorted(map(re.escape, names.surnames), key=len, reverse=True))
    syllable = names.given_syllable
    first = rf"(?=[A-Z])(?i:(?:{syllable}){{1,{most}}})"
    more = rf"(?:-(?i:{syllable})|\ (?=[A-Z])(?i:{syllable})(?!\w))"
    given = rf"(?P<given>{first}{more}{{{fewest - 1},{most - 1}}})"
    # Two hyphened syllables are a given name, whatever rare surname stands before them.
    other = rf"[A-Z][a-z]{{1,5}}\ (?=[A-Z])(?i:{syllable}-{syllable})"
    return re.compile(rf"(?<![\w-])(?:(?P<surname>{surnames})\ {given}|{other})(?![\w-])")


def _is_part(token: Token) -> bool:
    """Whether a token can be part of a person's name; what follows a hyphen may be small ("Yong-ho")."""
    hyphened = token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_
    return token.text.replace(".", "").isalpha() and (is_capitalised(token) or hyphened)
