"""Where the words of a sentence stand in a border's geography: its sides, lines, waters, third countries and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kg.extract.border import Line, Sides
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence
from kg.extract.lexicon import Lexicon
from kg.extract.scanning import Scanner, small

if TYPE_CHECKING:
    from kg.extract.parsed import Span

__all__ = ["Geography", "Spot", "SpotKind"]

SpotKind = Literal["home", "destination", "line", "water", "third", "place", "other"]
Side = Literal["home", "destination"]
_KNOWN = "spots"


@dataclass(frozen=True)
class Spot:
    """Words that place something.

    `kind`: a side of the border, a line or water that is crossed, a third country, a place on a side, or any other
    country. `adjective` is true where the words describe ("North Korean") and do not name.
    """

    start: int
    end: int
    kind: SpotKind
    side: Side | None = None
    concept: str | None = None
    line: Line | None = None
    adjective: bool = False

    def within(self, words: Iterable[int]) -> bool:
        """Whether any of the words has one of these token indices."""
        return any(self.start <= i < self.end for i in words)


@dataclass(frozen=True)
class _Known:
    """The spots of the sentences of a parse, by their first token: found by one reader, known to the others."""

    lexicon: Lexicon
    spots: dict[int, tuple[Spot, ...]] = field(default_factory=dict)


class Geography:
    """Finds the spots of sentences.

    Args:
        lexicon: The gazetteer, and the border's rules.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.border = lexicon.border

    def spots(self, sentence: Sentence) -> tuple[Spot, ...]:
        """The spots of a sentence in the order of the text; longer words win over shorter ones."""
        span = sentence.span
        known: _Known | None = span.doc.user_data.get(_KNOWN)
        if known is None or known.lexicon is not self.lexicon:
            known = span.doc.user_data[_KNOWN] = _Known(self.lexicon)
        here = known.spots.get(span.start)
        if here is None:
            here = known.spots[span.start] = tuple(sorted(self._find(span), key=lambda spot: spot.start))
        return here

    def side_of(self, place: str) -> Side | None:
        """The side on which a place of the gazetteer lies."""
        names = (place, *self.lexicon.ancestors(place))
        sides = self.border.sides
        entry = self.lexicon.get(place)
        own = entry.values("side") + entry.values("within") if entry is not None else ()
        both = {*names, *own} & {sides.home.place, sides.destination.place}
        if len(both) == 1:
            return "home" if sides.home.place in both else "destination"
        return None

    def _find(self, span: Span) -> Iterator[Spot]:
        taken: set[int] = set()
        candidates = [*self._lines(span), *self._bare_lines(span), *self._matches(span), *self._sides(span)]
        # A label that holds a longer stretch of the text says more than one inside it.
        for spot in sorted(candidates, key=lambda spot: (spot.start - spot.end, spot.kind == "place")):
            if taken.isdisjoint(range(spot.start, spot.end)):
                taken.update(range(spot.start, spot.end))
                yield spot

    @property
    def _line_words(self) -> tuple[tuple[Scanner, Line, SpotKind], ...]:
        return _line_words(self.border.lines, self.border.waters)

    def _lines(self, span: Span) -> Iterator[Spot]:
        text = span.text
        lowered = small(text)
        for scanner, line, kind in self._line_words:
            for match in scanner.finditer(text, lowered):
                words = _tokens(span, match.start(), match.end())
                if words is not None:
                    yield Spot(words.start, words.end, kind, None, line.place, line)

    def _bare_lines(self, span: Span) -> Iterator[Spot]:
        """ "The line", where somebody goes over it: the line of this border that needs no name."""
        line = next((line for line in self.border.lines if line.place is None), None)
        for token in span if line is not None else ():
            if token.lower_ != "line" or [c.lower_ for c in token.lefts] != ["the"]:
                continue
            over = token.dep_ == "pobj" and token.head.lower_ in {"over", "across"}
            if over or (token.dep_ == "dobj" and token.head.lemma_ == "cross"):
                yield Spot(token.i, token.i + 1, "line", None, None, line)

    @property
    def _side_words(self) -> tuple[tuple[re.Pattern[str], Side, bool], ...]:
        return _side_words(self.border.sides)

    def _sides(self, span: Span) -> Iterator[Spot]:
        sides = self.border.sides
        text = span.text
        for pattern, side, adjective in self._side_words:
            for match in pattern.finditer(text):
                words = _tokens(span, match.start(), match.end())
                if words is not None:
                    # "a North Korean army captain": the body only describes.
                    body = words[-1].text.islower()
                    described = adjective or (body and words[-1].dep_ == "compound" and words[-1].head.i >= words.end)
                    place = sides.home.place if side == "home" else sides.destination.place
                    yield Spot(words.start, words.end, side, side, place, None, described)

    def _matches(self, span: Span) -> Iterator[Spot]:
        sides = {self.border.sides.home.place: "home", self.border.sides.destination.place: "destination"}
        lines = {line.place for line in (*self.border.lines, *self.border.waters)}
        for match in self.lexicon.match(span, ("place",)):
            for entry in match.named("place"):
                if entry.curie in sides or entry.curie in lines:
                    break
                side = self.side_of(entry.curie)
                kind: SpotKind = "third" if entry.curie in self.border.third_countries else "place"
                if kind == "place" and side is None:
                    kind = "third" if self._is_third(entry.curie) else "other"
                yield Spot(match.span.start, match.span.end, kind, side, entry.curie)
                break
            else:
                for entry in match.meant("demonym"):
                    if entry.curie not in sides:
                        yield Spot(match.span.start, match.span.end, "other", None, entry.curie, None, True)
                        break

    def _is_third(self, place: str) -> bool:
        return any(name in self.border.third_countries for name in self.lexicon.ancestors(place))


@lru_cache(maxsize=4)
def _line_words(lines: tuple[Line, ...], waters: tuple[Line, ...]) -> tuple[tuple[Scanner, Line, SpotKind], ...]:
    """The words of each line and water, for finding them in any case."""
    found: list[tuple[Scanner, Line, SpotKind]] = []
    tables: tuple[tuple[tuple[Line, ...], SpotKind], ...] = ((lines, "line"), (waters, "water"))
    for table, kind in tables:
        for line in table:
            words = "|".join(sorted(map(re.escape, line.words), key=len, reverse=True))
            found.append((Scanner(rf"(?<![\w-])(?:{words})(?![\w])", line.words), line, kind))
    return tuple(found)


@lru_cache(maxsize=4)
def _side_words(sides: Sides) -> tuple[tuple[re.Pattern[str], Side, bool], ...]:
    """Patterns of the words for each side, and whether they describe rather than name."""
    found: list[tuple[re.Pattern[str], Side, bool]] = []
    nouns = "|".join(sorted(map(re.escape, crossing_rules().side_nouns), key=len, reverse=True))
    tables: tuple[tuple[Side, tuple[str, ...], tuple[str, ...]], ...] = (
        ("home", sides.home.words, sides.home.adjectives),
        ("destination", sides.destination.words, sides.destination.adjectives),
    )
    for side, words, adjectives in tables:
        plain = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        described = "|".join(sorted(map(re.escape, adjectives), key=len, reverse=True))
        # "the southern side": a point of the compass is also written small before the noun for a stretch of land.
        small_words = "|".join(re.escape(word.lower()) for word in adjectives if " " not in word) or described
        land = rf"(?<![\w-])(?:the )?(?:{described}|{small_words}) (?:{nouns})(?!\w)"
        found.append((re.compile(land), side, False))
        found.append((re.compile(rf"(?<![\w-])(?:{plain})(?!\w)(?!-| [A-Z])"), side, False))
        found.append((re.compile(rf"(?<![\w-])(?:{described})s?(?!\w)"), side, True))
    return tuple(found)


def _tokens(span: Span, start: int, end: int) -> Span | None:
    return span.doc.char_span(span.start_char + start, span.start_char + end, alignment_mode="expand")
