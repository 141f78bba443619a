"""Whether an article speaks of a border at all.

Numbers of refugees and ways through third countries are told of other borders in the same words. They are read only
where a name ties the article to this one: a side, a place or body of a side, a line or a water of the border.
"""

from __future__ import annotations

import re

from kg.extract.border import BorderRules
from kg.extract.document import Document
from kg.extract.lexicon import Entry, Lexicon

__all__ = ["speaks_of"]


def speaks_of(document: Document, lexicon: Lexicon) -> bool:
    """Whether any name in the parsed blocks of an article ties it to the border of a lexicon.

    Args:
        document: The parsed article.
        lexicon: The border's names.
    """
    border = lexicon.border
    if any(_peoples(border).search(doc.text) for _, doc in document.parses):
        return True
    sides = frozenset({border.sides.home.place, border.sides.destination.place})
    own = sides | {line.place for line in (*border.lines, *border.waters) if line.place is not None}
    return any(
        entry.curie in own or bool(sides & _sides_of(entry))
        for sentence in document.sentences
        for match in lexicon.match(sentence.span, ("organization", "place"))
        for entry in match.entries
    )


def _peoples(border: BorderRules) -> re.Pattern[str]:
    """The peoples of the two sides, whom no label names: the plural of an adjective ("North Koreans")."""
    adjectives = (*border.sides.home.adjectives, *border.sides.destination.adjectives)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, adjectives))})s(?!\w)")


def _sides_of(entry: Entry) -> frozenset[str]:
    return frozenset((*entry.values("side"), *entry.values("ofState")))
