"""What the page of the search shows: snippets in pieces, classes as links, and the way to further pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.search.answer import Answer, Hit, Snippet
from kg.search.documents import CLASSES
from server.links import local
from server.templating import address
from server.words import label_words

__all__ = ["ClassLink", "HitView", "SearchView", "pieces", "search_view"]

#: The classes in words, of many.
_MANY = dict(
    zip(
        CLASSES,
        (
            *("Incidents", "People", "Organisations", "Routes"),
            *("Statistics", "Places", "Articles", "Vocabulary"),
        ),
        strict=True,
    )
)
_ONE = {**{name: name for name in CLASSES}, "Organization": "Organisation", "Concept": "Vocabulary"}
#: What was found, in words that go before it.
_KINDS = {
    "label": "Called",
    "name": "Named",
    "alias": "Also called",
    "hidden": "Also written",
    "publisher": "Published by",
    "date": "Date",
    "mention": "Mentioned as",
    "quote": "",
}
#: How many links to pages stand on each side of the one that is shown.
_BESIDE = 3


@dataclass(frozen=True)
class ClassLink:
    """A class of things that were found: in words, how many, the address of it alone, whether it is shown."""

    words: str
    count: int
    address: str
    shown: bool


@dataclass(frozen=True)
class HitView:
    """A hit, ready to be shown.

    Attributes:
        hit: It.
        kind: Its class in words.
        address: Where it leads.
        label: Its label in pieces, those that were found marked.
        found: What else of it was found, in words that go before the snippet; nothing where the label says it.
    """

    hit: Hit
    kind: str
    address: str | None
    label: list[tuple[str, bool]]
    found: str | None


@dataclass(frozen=True)
class SearchView:
    """All that the page shows beside the answer itself."""

    classes: list[ClassLink]
    hits: list[HitView]
    pages: list[tuple[int, str | None]]
    first: int
    last: int
    choices: Mapping[str, str]


def search_view(answer: Answer, parameters: Mapping[str, str | None]) -> SearchView:
    """What the page of an answer shows.

    Args:
        answer: The answer.
        parameters: Those of the request that its links keep.
    """
    page = answer.offset // answer.limit + 1 if answer.limit else 1
    last = max(1, -(-answer.total // answer.limit)) if answer.limit else 1
    near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - page) <= _BESIDE]

    def at(**changed: str | None) -> str:
        return address("/search", **{**parameters, **changed})

    classes = [ClassLink("All", sum(answer.classes.values()), at(**{"class": None}), answer.cls is None)]
    classes += [
        ClassLink(_MANY[cls], count, at(**{"class": cls}), answer.cls == cls) for cls, count in answer.classes.items()
    ]
    return SearchView(
        classes=classes,
        hits=[_hit(hit, parameters.get("release")) for hit in answer.hits],
        pages=[(n, None if n == page else at(page=str(n) if n > 1 else None)) for n in near],
        first=answer.offset + 1,
        last=answer.offset + len(answer.hits),
        choices=_MANY,
    )


def _hit(hit: Hit, release: str | None) -> HitView:
    snippet = hit.matched.snippet
    words = label_words(hit.label)
    marked = snippet.whole and snippet.text == hit.label == words
    # A label whose dates are put in words has no marks, and needs no second line that repeats it.
    same = snippet.whole and snippet.text in (hit.label, hit.korean) and hit.matched.kind == "label"
    shown_as_quote = hit.matched.kind == "quote" and bool(hit.quotes)
    path = local(hit.iri)
    pinned = path is not None and release is not None and "#" not in path
    return HitView(
        hit=hit,
        kind=_ONE[hit.cls],
        address=address(path, release=release) if path is not None and pinned else path,
        label=pieces(snippet) if marked else [(words, False)],
        found=None if same or shown_as_quote else _KINDS[hit.matched.kind],
    )


def pieces(snippet: Snippet) -> list[tuple[str, bool]]:
    """A snippet in pieces, and whether each was found.

    >>> pieces(Snippet(text="Ri Il Kyu", start=0, length=9, marks=[(0, 2)]))
    [('Ri', True), (' Il Kyu', False)]
    """
    made: list[tuple[str, bool]] = []
    at = 0
    for start, end in snippet.marks:
        made += [(snippet.text[at:start], False), (snippet.text[start:end], True)]
        at = end
    return [(text, marked) for text, marked in [*made, (snippet.text[at:], False)] if text]
