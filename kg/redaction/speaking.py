"""Which sentences of a text speak of who is withheld: one rule for texts that are read and texts that were released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.redaction.names import Names, parts_of
from kg.redaction.sentences import sentences, touched

__all__ = ["Speaking", "joined"]

Span = tuple[int, int]


@dataclass(frozen=True)
class Speaking:
    """Finds such sentences in one text.

    Attributes:
        names: The names that are enough to know somebody by.
        called: What this text calls the persons among them.
        persons: What any text calls them: that counts once this text has one of the names.
    """

    names: Names
    called: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()

    def hidden(
        self, text: str, blocks: Iterable[Span], spans: Iterable[Span], others: Sequence[Span] = ()
    ) -> tuple[Span, ...]:
        """The sentences that speak of them, as half-open spans of code points, in order.

        Args:
            text: The text.
            blocks: Its paragraphs, headings and so on.
            spans: Where it is known to speak of them.
            others: Where it names somebody else: a part of a name that stands there is theirs.
        """
        found = [*spans, *self.named(text, others)]
        return touched(sentences(text, blocks), found) if found else ()

    def named(self, text: str, others: Sequence[Span] = ()) -> Iterator[Span]:
        """Where a text names them, by a name or by a part of the name of a person that it speaks of.

        What the parts of an organisation's name are, others are called as well.

        Args:
            text: The text.
            others: Where it names somebody else.
        """
        full = self.names.found(text)
        yield from full
        called = self.called | (self.persons if full else frozenset())
        for start, end in Names(part for name in called for part in parts_of(name)).found(text):
            if text[start].islower() or any(a <= start and end <= b for a, b in others):
                continue
            yield start, end


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches, apart and in order.

    >>> joined([(4, 9), (0, 5), (9, 10)])
    ((0, 9), (9, 10))
    """
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
