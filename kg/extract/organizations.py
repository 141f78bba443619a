"""Organisations named in a text.

Four ways lead to one: a label of the gazetteer; a state with a common noun for one of its bodies ("South Korean
troops", "Seoul's spy agency"); a capital or a state that acts ("Pyongyang rejected"); and, for those that no gazetteer
knows, a capitalised run of words around an organisational noun, or before its own abbreviation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.attribution import find_attribution, is_quoted
from kg.extract.document import Sentence, offsets
from kg.extract.lexicon import Entry, Lexicon, Match
from kg.extract.metonyms import Metonyms
from kg.extract.naming import KINDS, Found, NamesRules, States, is_capitalised, is_title_case, names_rules_of, plain
from kg.extract.proper_names import proper_names

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Span, Token

__all__ = ["OrganizationFinder"]


class OrganizationFinder:
    """Finds the organisations of an article, sentence by sentence in the order of the text.

    Args:
        lexicon: The labels to know organisations by.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.states = States(lexicon)
        self.rules: NamesRules = names_rules_of(lexicon)
        self.metonyms = Metonyms(lexicon, self.states, self.rules)
        self.found: list[Found] = []

    def find(self, sentence: Sentence, matches: list[Match]) -> list[Found]:
        """The organisations of one sentence; `matches` are the gazetteer's labels in it."""
        doc = sentence.span.doc
        here: list[Found] = []
        taken: set[int] = set()

        def keep(found: Found | None) -> None:
            if found is not None and taken.isdisjoint(range(found.span.start, found.span.end)):
                taken.update(range(found.span.start, found.span.end))
                here.append(found)

        for match in matches:
            if match.named("organization") and not self._goes_on(doc, match):
                keep(self._labelled(doc, match, matches))
        for match in matches:
            if match.span.start not in taken and self.states.of(match) is not None:
                keep(self._body(doc, match))
        for found in proper_names(sentence, matches, self.rules):
            keep(self._known_service(found))
        labelled = {i for match in matches for i in range(match.span.start, match.span.end)}
        for token in sentence.span:
            if token.i not in taken | labelled and token.lower_ in self.rules.named_before:
                keep(self._named_before(sentence, token, here))
        if sentence.block.kind not in {"headline", "heading"} and not is_title_case(sentence.span):
            for match in matches:
                if match.span.start not in taken:
                    entry = self.metonyms.government(match)
                    keep(self._known(entry, match.span, match.span) if entry is not None else None)
        here.sort(key=lambda found: found.span.start)
        self.found += here
        return here

    def _labelled(self, doc: Doc, match: Match, matches: list[Match]) -> Found | None:
        """A label of the gazetteer, with the state whose body it is."""
        entries = match.named("organization")
        start, end = match.span.start, match.span.end
        if self._describes(doc, end) or doc[end - 1].lower_ in self.rules.generic or _is_of_two(doc, start):
            return None
        owner = self.states.before(doc, start, [m for m in matches if m is not match], self.rules.between)
        state = self.states.of(owner) if owner is not None else self._state_after(doc, end, matches)
        fitting = [e for e in entries if state is None or e.value("ofState") in (state, None)]
        foreign = _foreign_before(doc, start) if owner is None else None
        first = owner.span.start if owner is not None else foreign.start if foreign is not None else start
        if foreign is not None and any(e.value("ofState") for e in entries):
            fitting = []
        if not fitting:
            span = doc[first:end]
            return Found("Organization", span, plain(span.text), name=span, state=state)
        entry = self._preferred(fitting)
        return self._known(entry, doc[first if owner is not None else start : end], doc[start:end])

    def _goes_on(self, doc: Doc, match: Match) -> bool:
        """Whether a label is only the beginning of a longer proper name ("Red Cross" in "Red Cross Society")."""
        following = doc[match.span.end] if match.span.end < len(doc) else None
        proper = len(match.span) > 1 and is_capitalised(match.span[-1])
        return proper and following is not None and is_capitalised(following) and following.lower_ in self.rules.heads

    def _preferred(self, entries: Sequence[Entry]) -> Entry:
        """Of several bodies with one name, the one named before in this text, else one of the border's near side."""
        spoken = [found.concept for found in reversed(self.found)]
        known = [entry for name in spoken for entry in entries if entry.curie == name]
        border = self.lexicon.border
        near = (border.sides.home if border.default_side == "home" else border.sides.destination).place
        default = [entry for entry in entries if entry.value("ofState") == near]
        return (known or default or list(entries))[0]

    def _state_after(self, doc: Doc, end: int, matches: list[Match]) -> str | None:
        """The state in "the defense ministry in Seoul", "the military of North Korea"."""
        for match in matches:
            gap = doc[end : match.span.start] if match.span.start >= end else None
            if gap is None or not 1 <= len(gap) <= 3:
                continue
            words = [token.lower_ for token in gap if token.lower_ != "the" and token.lower_ not in self.rules.speakers]
            if words in (["in"], ["of"]):
                return self.states.of(match)
        return None

    def _known(self, entry: Entry, span: Span, name: Span) -> Found:
        return Found(
            "Organization",
            span,
            entry.curie,
            name=name,
            concept=entry.curie,
            state=entry.value("ofState"),
            kinds=entry.values("organizationKind"),
        )

    def _body(self, doc: Doc, match: Match) -> Found | None:
        """A state and a common noun for one of its bodies."""
        state = self.states.of(match)
        position = match.span.end
        owned = position < len(doc) and doc[position].text in {"'s", "'"}
        if not owned and not match.meant("demonym") and not (match.span.text.isupper() or _modifies(match.span)):
            return None
        position += owned
        for skip in range(3):
            if position + skip >= len(doc):
                return None
            for kind, length in self._bodies_at(doc, position + skip):
                end = position + skip + length
                if self._describes(doc, end) or _is_some(doc, match.span.start):
                    return None
                span = doc[match.span.start : end]
                entry = self.states.body(state or "", doc[position + skip : end].text, kind)
                if entry is not None:
                    return self._known(entry, span, span)
                return Found(
                    "Organization",
                    span,
                    f"{state} {kind or plain(span[-1].text)}",
                    name=span,
                    state=state,
                    kinds=(kind,) if kind else (),
                )
            if doc[position + skip].lower_ not in self.rules.between:
                return None
        return None

    def _known_service(self, found: Found) -> Found:
        """A service that has nothing but its capital for a name is the one that was named with its state before."""
        if found.span.text.isupper():
            stood = (e for e in reversed(self.found) if e.name is not None and _shortens(found.span.text, e))
            known = next(stood, None)
            return found if known is None else Found("Organization", found.span, known.key, found.name, known.concept)
        if found.span.text.lower() not in self.rules.services:
            return found
        for earlier in reversed(self.found):
            if earlier.name is not None and earlier.name.text.lower().endswith(f" {found.span.text.lower()}"):
                return Found("Organization", found.span, earlier.key, found.name, earlier.concept, earlier.state)
        return found

    def _bodies_at(self, doc: Doc, start: int) -> Iterator[tuple[str | None, int]]:
        """The kinds whose words stand at a token, with their length, longest first."""
        found = []
        for body in self.rules.bodies:
            for words in body.words:
                parts = words.replace("'s", " 's").split()
                if [token.lower_ for token in doc[start : start + len(parts)]] == parts:
                    found.append((body.kind, len(parts)))
        yield from sorted(found, key=lambda pair: -pair[1])

    def _describes(self, doc: Doc, end: int) -> bool:
        """Whether a noun for a body only describes the noun after it ("military activity")."""
        last, following = doc[end - 1], doc[end] if end < len(doc) else None
        if following is None or following.pos_ not in {"NOUN", "PROPN"} or following.sent != last.sent:
            return False
        if is_capitalised(last) and not last.is_upper and (last.lower_ in self.rules.heads or _is_name(doc, end)):
            return False
        if last.dep_ not in {"compound", "amod", "nmod"} and last.head != following:
            return False
        return following.lower_ not in self.rules.speakers and not is_capitalised(following)

    def _named_before(self, sentence: Sentence, noun: Token, here: list[Found]) -> Found | None:
        """ "Our military" in a quotation; "the ministry" for the one that was named before."""
        doc = noun.doc
        if noun.i == 0 or self._describes(doc, noun.i + 1) or noun.tag_ == "NNS":
            return None
        kinds = [kind for kind, _ in self._bodies_at(doc, noun.i)]
        article = doc[noun.i - 1]
        span = doc[noun.i - 1 : noun.i + 1]
        if article.lower_ in self.rules.own:
            state = self._state_of_speaker(sentence, noun, here)
            entry = self.states.body(state, noun.text, kinds[0]) if state is not None and kinds else None
            return self._known(entry, span, span) if entry is not None else None
        if article.lower_ in {"a", "an"} and noun.dep_ == "compound":
            return self._default(doc, noun, kinds)
        if article.lower_ != "the":
            return None
        for earlier in reversed([*self.found, *here]):
            if earlier.span.doc is doc and earlier.span.start >= noun.i:
                continue
            if self._answers_to(earlier, noun.lower_, kinds):
                found = doc[noun.i : noun.i + 1]
                return Found("Organization", found, earlier.key, concept=earlier.concept, state=earlier.state)
        return self._default(doc, noun, kinds)

    def _default(self, doc: Doc, noun: Token, kinds: list[str | None]) -> Found | None:
        """A service that each state has one of ("the coastguard"), of the side whose bodies need no adjective."""
        border = self.lexicon.border
        side = border.sides.home if border.default_side == "home" else border.sides.destination
        alone = {body.kind for body in self.rules.bodies if body.anaphoric}
        for kind, length in self._bodies_at(doc, noun.i):
            entry = self.states.body(side.place, doc[noun.i : noun.i + length].text, kind) if kind in alone else None
            if entry is not None:
                span = doc[noun.i : noun.i + length]
                return self._known(entry, span, span)
        return None

    def _answers_to(self, earlier: Found, noun: str, kinds: list[str | None]) -> bool:
        if earlier.name is None:
            return False
        if earlier.name[-1].lower_ == noun or (noun == "ministry" and earlier.name[0].lower_ == noun):
            return True
        return any(kind in earlier.kinds for kind in kinds)

    def _state_of_speaker(self, sentence: Sentence, noun: Token, here: list[Found]) -> str | None:
        said = find_attribution(sentence, noun)
        if said is not None:
            for found in [*here, *reversed(self.found)]:
                if found.state is not None and found.start < said.end and said.start < found.end:
                    return found.state
            base = offsets(noun.doc[0])[0] - noun.doc[0].idx
            words = noun.doc.char_span(said.start - base, said.end - base, alignment_mode="expand")
            for match in self.lexicon.match(words, KINDS) if words is not None else ():
                state = self.states.of(match)
                if state is not None:
                    return state
        if is_quoted(noun):
            return next((found.state for found in reversed([*self.found, *here]) if found.state is not None), None)
        return None


def _is_name(doc: Doc, end: int) -> bool:
    """Whether a proper name stands before a token; it stays one before a noun ("United Nations sanctions")."""
    return (
        doc[end - 1].pos_ == "PROPN" and not doc[end - 1].is_sent_start and doc[end - 1].ent_type_ not in {"GPE", "LOC"}
    )


def _modifies(span: Span) -> bool:
    return span.root.dep_ in {"compound", "amod", "nmod"}


def _is_some(doc: Doc, start: int) -> bool:
    """Whether words stand for some of their kind, not for the body: after a number or "some", or of two states."""
    before = doc[start - 1] if start else None
    if _is_of_two(doc, start):
        return True
    return before is not None and (before.like_num or before.lower_ in {"some", "several", "many", "few", "most"})


def _shortens(short: str, known: Found) -> bool:
    """Whether letters stand for an organisation: those in brackets after its name, or the first of its words."""
    doc, end = known.span.doc, known.span.end
    if end + 1 < len(doc) and doc[end].text == "(" and doc[end + 1].text == short:
        return True
    return known.name is not None and short == "".join(token.text[0].upper() for token in known.name)


def _is_of_two(doc: Doc, start: int) -> bool:
    """Whether a body is named together with another country's ("American and South Korean guards")."""
    return (
        start > 1
        and doc[start - 1].lower_ == "and"
        and doc[start - 2].tag_ in {"JJ", "NNP"}
        and (doc[start - 2].ent_type_ == "NORP")
    )


def _foreign_before(doc: Doc, start: int) -> Span | None:
    """A country before a label that the gazetteer does not know as a state: "Russia's", "the Japanese"."""
    position = start - 1
    if position >= 0 and doc[position].text in {"'s", "'"}:
        position -= 1
    first = position
    while first >= 0 and doc[first].ent_type_ in {"GPE", "NORP"}:
        first -= 1
    return doc[first + 1 : start] if first < position else None
