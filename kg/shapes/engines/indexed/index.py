"""A set of triples, found by subject and predicate or by predicate and object.

A single value stands for itself and several stand in a set: most subjects have one value of a property, and a million
sets of one would not fit in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["Index", "Triple"]

Triple = tuple[str, str, str]
_Values = dict[str, "str | set[str]"]


class Index:
    """The triples; nodes are the strings of `kg.shapes.engines.indexed.nodes`."""

    def __init__(self) -> None:
        self._by_subject: dict[str, _Values] = {}
        self._by_predicate: dict[str, _Values] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __contains__(self, triple: Triple) -> bool:
        return self.has(*triple)

    def add(self, triple: Triple) -> bool:
        """Add a triple; whether it is new."""
        subject, predicate, value = triple
        of = self._by_subject.get(subject)
        if of is None:
            of = self._by_subject[subject] = {}
        if not _put(of, predicate, value):
            return False
        by = self._by_predicate.get(predicate)
        if by is None:
            by = self._by_predicate[predicate] = {}
        _put(by, value, subject)
        self._size += 1
        return True

    def discard(self, triple: Triple) -> bool:
        """Take a triple out; whether it was there."""
        subject, predicate, value = triple
        if not self.has(subject, predicate, value):
            return False
        of, by = self._by_subject[subject], self._by_predicate[predicate]
        _take(of, predicate, value)
        _take(by, value, subject)
        if not of:
            del self._by_subject[subject]
        if not by:
            del self._by_predicate[predicate]
        self._size -= 1
        return True

    def has(self, subject: str, predicate: str, value: str) -> bool:
        """Whether a triple is there."""
        of = self._by_subject.get(subject)
        known = of.get(predicate) if of is not None else None
        return known is not None and (known == value if type(known) is str else value in known)

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        """The values of a property."""
        of = self._by_subject.get(subject)
        return _several(of.get(predicate)) if of is not None else ()

    def subjects(self, predicate: str, value: str) -> Iterable[str]:
        """The subjects that have a value."""
        by = self._by_predicate.get(predicate)
        return _several(by.get(value)) if by is not None else ()

    def count(self, subject: str, predicate: str) -> int:
        """How many values a property has."""
        of = self._by_subject.get(subject)
        known = of.get(predicate) if of is not None else None
        return 0 if known is None else 1 if type(known) is str else len(known)

    def subjects_with(self, predicate: str) -> set[str]:
        """All subjects of a property."""
        found: set[str] = set()
        for known in self._by_predicate.get(predicate, {}).values():
            found.update(_several(known))
        return found

    def objects_of(self, predicate: str) -> Iterable[str]:
        """All values of a property, each once."""
        return self._by_predicate.get(predicate, {}).keys()

    def predicates(self, subject: str) -> Iterable[str]:
        """The properties of a subject."""
        return self._by_subject.get(subject, {}).keys()

    def match(self, subject: str | None, predicate: str | None, value: str | None) -> Iterator[Triple]:
        """The triples of a pattern, in which nothing stands for anything."""
        if subject is not None:
            of = self._by_subject.get(subject, {})
            for p, known in of.items() if predicate is None else ((predicate, of.get(predicate)),):
                for o in _several(known):
                    if value is None or o == value:
                        yield subject, p, o
            return
        for p in self._by_predicate if predicate is None else (predicate,):
            by = self._by_predicate.get(p, {})
            for o, known in by.items() if value is None else ((value, by.get(value)),):
                for s in _several(known):
                    yield s, p, o


def _several(known: str | set[str] | None) -> Iterable[str]:
    if known is None:
        return ()
    return (known,) if type(known) is str else known


def _put(of: _Values, key: str, value: str) -> bool:
    known = of.get(key)
    if known is None:
        of[key] = value
    elif isinstance(known, str):
        if known == value:
            return False
        of[key] = {known, value}
    elif value in known:
        return False
    else:
        known.add(value)
    return True


def _take(of: _Values, key: str, value: str) -> None:
    known = of[key]
    if isinstance(known, str):
        del of[key]
        return
    known.discard(value)
    if len(known) == 1:
        of[key] = known.pop()
