"""Other places and organisations for those of a text, of one kind by the gazetteer, in each form that the text uses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.extract.entries import Entry
from kg.extract.lexicon import Lexicon

__all__ = ["entries_swapped"]

_KINDS = frozenset({"research-institute", "non-governmental", "school"})


def entries_swapped(text: str, turn: int) -> tuple[dict[str, str], dict[str, str]]:
    """What replaces what in the text, and which concept is which.

    An entry is swapped where another of its kind, absent from the text, has a form for each form that the text uses,
    and where no place within it is named.

    Args:
        text: The text.
        turn: Which of the replacements is made.
    """
    lexicon = Lexicon.load()
    named = {entry.curie: forms for entry in _entries() if (forms := _forms_in(entry, text))}
    holding = {
        whole
        for entry in lexicon.entries("place")
        if entry.curie in named or any(label in text for label in entry.words())
        for whole in (*entry.values("within"), *entry.broader)
    }
    words: dict[str, str] = {}
    concepts: dict[str, str] = {}
    for curie, forms in named.items():
        entry = lexicon.get(curie)
        if entry is None or curie in holding:
            continue
        group = [e for e in _groups()[_key(entry)] if e.curie not in named and e.curie not in concepts.values()]
        start = turn * 3 + sum(map(ord, curie))
        for other in sorted(group, key=lambda e: e.curie)[start % max(len(group), 1) :] + sorted(
            group, key=lambda e: e.curie
        ):
            paired = dict(_pairs(entry, other, forms))
            if len(paired) == len(forms):
                words |= paired
                concepts[curie] = other.curie
                break
    return words, concepts


@lru_cache(maxsize=1)
def _entries() -> tuple[Entry, ...]:
    lexicon = Lexicon.load()
    border = lexicon.border
    fixed = {line.place for line in (*border.lines, *border.waters)}
    fixed |= {"id:place/incheon"}  # the airport at which those who are flown in arrive
    fixed |= {border.sides.home.place, border.sides.destination.place} | _capitals(lexicon)
    labels = [
        (entry.curie, label)
        for kind in ("place", "route", "organization")
        for entry in lexicon.entries(kind)
        for label in entry.words()
    ]
    places = [
        e
        for e in lexicon.entries("place")
        if e.curie not in fixed
        and not e.values("homonymOf")
        and (e.values("side") or e.curie in border.third_countries)
        and not any(whose != e.curie and re.search(rf"\b{e.pref_label}\b", label) for whose, label in labels)
    ]
    bodies = [
        e
        for e in lexicon.entries("organization")
        if {kind.partition(":")[2] for kind in e.values("organizationKind")} & _KINDS
    ]
    return (*places, *bodies)


def _capitals(lexicon: Lexicon) -> set[str]:
    """Places that a definition calls a capital: they stand for governments."""
    return {e.curie for e in lexicon.entries("place") if "capital" in (e.value("definition") or "")}


@lru_cache(maxsize=1)
def _groups() -> dict[object, list[Entry]]:
    found: dict[object, list[Entry]] = defaultdict(list)
    for entry in _entries():
        found[_key(entry)].append(entry)
    return found


def _key(entry: Entry) -> object:
    lexicon = Lexicon.load()
    third = entry.curie in lexicon.border.third_countries
    governed = any(entry.curie in body.values("ofState") for body in lexicon.entries("organization"))
    within = () if entry.kind == "organization" else (entry.values("within"), entry.values("side"), third, governed)
    return entry.kind, entry.values("organizationKind"), entry.values("ofState"), entry.broader, within


def _labels(entry: Entry) -> Iterator[str]:
    yield from entry.words()
    yield from (label.text for label in entry.labels if label.kind == "demonym")


def _forms_in(entry: Entry, text: str) -> set[str]:
    return {label for label in _labels(entry) if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text)}


def _pairs(entry: Entry, other: Entry, forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = set(_labels(other))
    for form in forms:
        derived = form.replace(entry.pref_label, other.pref_label)
        alike = [label for label in _labels(other) if _shape(other, label) == _shape(entry, form)]
        if derived != form and derived in known:
            yield form, derived
        elif alike:
            yield form, alike[0]


def _shape(entry: Entry, label: str) -> object:
    kind = next((known.kind for known in entry.labels if known.text == label), "")
    return kind == "demonym", [word.isupper() or word[:1].isupper() + 2 for word in re.split(r"[\s-]", label)]
