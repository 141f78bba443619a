"""What the finders of names share: their rule pack, the states of a border, and a name that was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import msgspec

from kg.extract.document import offsets
from kg.extract.lexicon import Entry, Lexicon, Match
from kg.extract.parsed import Doc, Span, Token
from kg.extract.rules import Pack, general_pack
from kg.facts.model import EntityClass

__all__ = [
    "KINDS",
    "Body",
    "Found",
    "NamesRules",
    "States",
    "is_capitalised",
    "is_title_case",
    "names_rules",
    "names_rules_of",
    "plain",
]

_TITLES = "title case"
#: The kinds of lexicon entries that names are found by.
KINDS = ("organization", "place", "route")


class Body(Pack, frozen=True):
    """Common nouns for a body of a state: its kind of organisation (absent: one of many in it), its words."""

    kind: str | None
    words: tuple[str, ...]
    anaphoric: bool = False


class NamesRules(Pack, frozen=True):
    """The pack `names.yaml`."""

    bodies: tuple[Body, ...]
    own: frozenset[str]
    named_before: frozenset[str]
    between: frozenset[str]
    generic: frozenset[str]
    speakers: frozenset[str]
    stative: frozenset[str]
    governing: frozenset[str]
    addressing: frozenset[str]
    heads: frozenset[str]
    fronted: frozenset[str]
    introducing: frozenset[str]
    called: tuple[str, ...]
    houses: frozenset[str]
    panels: frozenset[str]
    services: frozenset[str]
    links: frozenset[str]
    strangers: frozenset[str]
    no_organisation: frozenset[str]
    roles: dict[str, tuple[str, ...]]
    no_title: frozenset[str]
    no_job: frozenset[str]
    employs: frozenset[str]
    missions: frozenset[str]
    leads: frozenset[str]
    gendered: dict[str, frozenset[str]]
    pronouns: dict[str, frozenset[str]]
    surnamed: tuple[str, ...]
    honorifics: frozenset[str]
    no_person: frozenset[str]
    crossing_verbs: frozenset[str]
    crossing_nouns: frozenset[str]
    through: frozenset[str]
    beside: frozenset[str]
    land_words: tuple[str, ...]
    sea_words: tuple[str, ...]
    border_words: frozenset[str]
    leaving_verbs: frozenset[str]
    third_country: tuple[str, ...]
    travel_verbs: frozenset[str]
    found_verbs: frozenset[str]
    travellers: frozenset[str]
    no_travellers: frozenset[str]
    underfoot: frozenset[str]
    sides: frozenset[str]
    barriers: frozenset[str]
    short_of: frozenset[str]
    way_nouns: frozenset[str]
    staying_verbs: frozenset[str]


@cache
def names_rules() -> NamesRules:
    """The pack `names.yaml`, read once a process."""
    rules: NamesRules = general_pack("names", NamesRules)
    return rules


def names_rules_of(lexicon: Lexicon) -> NamesRules:
    """The pack `names.yaml` with what is particular to the names of a border."""
    general, own = names_rules(), lexicon.border.names
    return msgspec.structs.replace(
        general,
        heads=general.heads | own.organisation_heads,
        no_organisation=general.no_organisation | own.no_organisation,
        no_person=general.no_person | own.no_person,
    )


@dataclass
class Found:
    """A name in the text.

    `span` is what the mention covers, `name` the part of it that is the proper name, `key` what links the mentions of
    one entity: the gazetteer entry, else the name without case, spaces and hyphens.
    """

    cls: EntityClass
    span: Span
    key: str
    name: Span | None = None
    concept: str | None = None
    state: str | None = None
    kinds: tuple[str, ...] = field(default=())

    @property
    def start(self) -> int:
        """The first code point in the text."""
        return offsets(self.span)[0]

    @property
    def end(self) -> int:
        """One past the last code point in the text."""
        return offsets(self.span)[1]


def plain(words: str) -> str:
    """A name for comparison: small letters and digits alone, without a leading article."""
    return "".join(c for c in words.lower().removeprefix("the ") if c.isalnum())


def is_capitalised(token: Token) -> bool:
    """Whether a token begins with a capital letter."""
    return token.text[:1].isupper()


def is_title_case(words: Sequence[Token] | Span) -> bool:
    """Whether words are written as a headline: no full stop, and capitals on most words of four letters or more."""
    if isinstance(words, Span):
        known: dict[tuple[int, int], bool] = words.doc.user_data.setdefault(_TITLES, {})
        place = (words.start, words.end)
        if place not in known:
            known[place] = _is_title_case(list(words))
        return known[place]
    return _is_title_case(words)


def _is_title_case(words: Sequence[Token]) -> bool:
    long = [token for token in words if token.is_alpha and len(token) > 3]
    ended = any(token.text in {".", "?", "!"} for token in words[-2:])
    return not ended and len(long) >= 3 and sum(is_capitalised(token) for token in long) > 0.7 * len(long)


class States:
    """The states that the organisations of a gazetteer belong to, and the bodies of each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @cached_property
    def names(self) -> frozenset[str]:
        """The places that are states: those that some organisation is of."""
        return frozenset(state for entry in self.lexicon.entries("organization") for state in entry.values("ofState"))

    def of(self, match: Match) -> str | None:
        """The state that words name, as a noun, an adjective or through its capital."""
        for entry in (*match.named("place"), *match.meant("demonym")):
            if entry.curie in self.names:
                return entry.curie
        for entry in match.meant("metonym"):
            state = self.of_entry(entry)
            if state is not None:
                return state
        return None

    def of_entry(self, entry: Entry) -> str | None:
        """The state of an entry: an organisation's own, or a place that is one."""
        if entry.curie in self.names:
            return entry.curie
        return entry.value("ofState")

    def is_kind(self, entry: Entry, kind: str) -> bool:
        """Whether an organisation is of a kind or of a narrower one."""
        return any(own == kind or kind in self.lexicon.ancestors(own) for own in entry.values("organizationKind"))

    def body(self, state: str, noun: str, kind: str | None) -> Entry | None:
        """The body of a state that a common noun means: as the border's rules say, else the topmost one of its kind."""
        ruled = self.lexicon.border.body(noun, state)
        if ruled is not None:
            return self.lexicon.get(ruled)
        exact = [e for e in self._bodies(state) if kind is not None and kind in e.values("organizationKind")]
        names = {entry.curie for entry in exact}
        top = [entry for entry in exact if names.isdisjoint(entry.broader)]
        return top[0] if len(top) == 1 else None

    def government(self, match: Match) -> Entry | None:
        """The government that words stand for by metonymy: a capital, or the state's own name."""
        for entry in match.meant("metonym"):
            if entry.kind == "organization":
                return entry
        for entry in match.named("place"):
            if entry.curie in self.names:
                return self.body(entry.curie, "government", "orgkind:government")
        return None

    def before(self, doc: Doc, start: int, matches: Iterable[Match], between: frozenset[str]) -> Match | None:
        """The state that stands before a token as a possessive or an adjective, with at most two words between."""
        for match in matches:
            gap = doc[match.span.end : start] if match.span.end <= start else None
            if gap is None or len(gap) > 3 or self.of(match) is None:
                continue
            words = [token for token in gap if token.tag_ != "POS" and token.text != "'s"]
            owned = len(words) < len(gap) or bool(match.meant("demonym")) or _is_adjective(match)
            if owned and all(word.lower_ in between for word in words):
                return match
        return None

    def _bodies(self, state: str) -> list[Entry]:
        return [e for e in self.lexicon.entries("organization") if state in e.values("ofState")]


def _is_adjective(match: Match) -> bool:
    """A state's short name before a noun ("ROK troops", "U.S. forces")."""
    return match.span.root.dep_ in {"compound", "nmod", "amod", "poss"} or match.span.text.isupper()
