"""The news agencies and other news organisations of a gazetteer, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph

from kg.errors import UsageError
from kg.namespaces import CX, PREFIXES, curie
from kg.resources import border_dir

__all__ = ["Agencies", "Named", "load_agencies"]

_SKOS = PREFIXES["skos"]
_KIND = CX + "organizationKind"
_LABELS = (_SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "hiddenLabel")


@dataclass(frozen=True)
class Named:
    """A news organisation's name in a text: where it stands, its words, and its entry in the gazetteer."""

    start: int
    end: int
    name: str
    organization: str


class Agencies:
    """Names of news organisations.

    Args:
        names: Name and prefixed name of the gazetteer entry, for example `("AFP", "id:organization/afp")`.
    """

    def __init__(self, names: Iterable[tuple[str, str]] = ()) -> None:
        self._entries = {" ".join(name.split()): entry for name, entry in names if name.strip()}
        self._folded = {name.casefold(): entry for name, entry in sorted(self._entries.items(), reverse=True)}

    @cached_property
    def names(self) -> frozenset[str]:
        """All names, in lower case."""
        return frozenset(self._folded)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self._entries, key=lambda name: (-len(name), name))
        # Case counts: "AP" is an agency and "ap" is not, and some agencies are named by a common word.
        words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None

    def entry(self, name: str) -> str | None:
        """The gazetteer entry of a name, whatever its case, with or without an article before it."""
        plain = " ".join(name.split()).casefold()
        return self._folded.get(plain) or self._folded.get(plain.removeprefix("the "))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Named]:
        """The names in a stretch of a text, in its order."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            name = " ".join(match.group().split())
            yield Named(match.start(), match.end(), name, self._entries[name])


@lru_cache(maxsize=4)
def load_agencies(border: str = "korea") -> Agencies:
    """The news organisations of a border's gazetteer: those whose `cx:organizationKind` is a kind of news.

    Args:
        border: The name of a shipped border, or the path of a folder that holds `gazetteer.ttl`.

    Raises:
        UsageError: No such border, or its gazetteer is not Turtle.
    """
    path = border_dir(border) / "gazetteer.ttl"
    kinds: set[str] = set()
    labels: list[tuple[str, str]] = []
    try:
        for triple in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
            if not isinstance(triple.subject, pyoxigraph.NamedNode):
                continue
            if triple.predicate.value == _KIND and isinstance(triple.object, pyoxigraph.NamedNode):
                if re.search(r"[#/:]news-[a-z]+$", triple.object.value):
                    kinds.add(triple.subject.value)
            elif (
                triple.predicate.value in _LABELS
                and isinstance(triple.object, pyoxigraph.Literal)
                and (triple.object.language or "en").startswith("en")
            ):
                labels.append((triple.object.value, triple.subject.value))
    except (SyntaxError, OSError) as error:
        raise UsageError(f"{path} cannot be read as Turtle: {error}; repair it") from error
    return Agencies(sorted((name, curie(iri)) for name, iri in labels if iri in kinds))
