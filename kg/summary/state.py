"""The state of an exploration: what is chosen, in which order and form it is shown; all of it stands in an address.

A value of a facet is a short name in the address (`front=central-west`, `source=5ef3...`, `year=2024`), `none` where
nothing is stated, and a whole IRI where it is none of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.namespaces import PREFIXES

__all__ = ["FACET_NAMES", "NONE", "SORTS", "VIEWS", "State", "iri_of", "name_of", "read_state"]

#: The value of a facet for what states nothing.
NONE: Final = "none"

#: The facets, in the order in which they are shown.
FACET_NAMES: Final = ("year", "type", "front", "route", "actor", "status", "source")

#: The orders, by name, with what they are called. The first is the usual one.
SORTS: Final[dict[str, str]] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "articles": "most reported first",
    "persons": "most persons first",
    "label": "by name",
}

#: The forms in which a result is shown. The first is the usual one.
VIEWS: Final = ("table", "map", "timeline", "chart")

_BASES: Final[dict[str, str]] = {
    "type": PREFIXES["itype"],
    "front": PREFIXES["front"],
    "route": PREFIXES["id"] + "route/",
    "actor": PREFIXES["actor"],
    "status": PREFIXES["status"],
    "source": PREFIXES["id"] + "article/",
}
#: What an address may hold at most: values of all facets together, characters of one value, words to search, pages.
_VALUES, _LENGTH, _WORDS, _PAGES = 100, 500, 10, 100_000


@dataclass(frozen=True)
class State:
    """What is shown.

    Args:
        chosen: The values of each facet that has any, in the order of the address; several of one facet mean any of
            them, several facets mean all of them.
        q: Words, each of which stands in a label of the incident, of its places or of who crossed.
        sort: One of `SORTS`.
        view: One of `VIEWS`.
        page: The page of rows, from 1.
    """

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    q: str = ""
    sort: str = "newest"
    view: str = "table"
    page: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """The words to search, in small letters."""
        return tuple(dict.fromkeys(self.q.lower().split()))

    def values(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        return self.chosen.get(facet, ())

    @property
    def choices(self) -> Iterator[tuple[str, str]]:
        """Every chosen value with its facet, in the order in which facets are shown."""
        return ((facet, value) for facet in FACET_NAMES for value in self.values(facet))

    def toggled(self, facet: str, value: str) -> State:
        """The state with a value chosen, or no longer; it begins at the first page."""
        held = self.values(facet)
        kept = tuple(other for other in held if other != value) if value in held else (*held, value)
        chosen = {name: kept if name == facet else self.values(name) for name in FACET_NAMES}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, page=1)

    def only(self, facet: str, value: str) -> State:
        """The state with one value of a facet, instead of those that are chosen of it, as a table."""
        chosen = {name: (value,) if name == facet else self.values(name) for name in FACET_NAMES}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, view="table", page=1)

    @property
    def cleared(self) -> State:
        """The state with nothing chosen and nothing searched."""
        return replace(self, chosen={}, q="", page=1)

    def but(self, *, q: str | None = None, sort: str | None = None, view: str | None = None, page: int = 1) -> State:
        """The state with something else of it; unless said otherwise it begins at the first page."""
        return replace(
            self,
            q=self.q if q is None else q,
            sort=self.sort if sort is None else sort,
            view=self.view if view is None else view,
            page=page,
        )

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the address, what is usual left out; one state has one list of them."""
        usual = State()
        rest = [("q", self.q), ("sort", self.sort), ("view", self.view), ("page", str(self.page))]
        unusual = [(name, value) for name, value in rest if value != str(getattr(usual, name))]
        return [*self.choices, *unusual]

    @property
    def address(self) -> str:
        """The parameters as they stand behind the question mark of an address."""
        return urlencode(self.parameters)


def read_state(parameters: Iterable[tuple[str, str]]) -> State:
    """Read a state from the parameters of an address; those that it does not know are left to others.

    Args:
        parameters: Names and values, in their order; a name may come several times.

    Raises:
        UsageError: A value is none that its parameter takes.
    """
    chosen: dict[str, list[str]] = {}
    single: dict[str, str] = {}
    for name, given in parameters:
        value = given.strip()
        if len(value) > _LENGTH:
            raise UsageError(f"the parameter {name} is longer than {_LENGTH} characters: give a shorter one")
        if name in FACET_NAMES:
            if value and value not in chosen.setdefault(name, []):
                chosen[name].append(_year(value) if name == "year" else value)
        elif value:
            single[name] = value
    if sum(map(len, chosen.values())) > _VALUES:
        raise UsageError(f"more than {_VALUES} values of facets are chosen: choose fewer")
    state = State(
        chosen={name: tuple(dict.fromkeys(chosen[name])) for name in FACET_NAMES if chosen.get(name)},
        q=" ".join(single.get("q", "").split()),
        sort=_one_of("sort", single.get("sort", "newest"), tuple(SORTS)),
        view=_one_of("view", single.get("view", "table"), VIEWS),
        page=_page(single.get("page", "1")),
    )
    if len(state.words) > _WORDS:
        raise UsageError(f"the parameter q has more than {_WORDS} words: give fewer")
    return state


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UsageError(f"the parameter {name} is '{value}': give one of {', '.join(known)}")
    return value


def _year(value: str) -> str:
    if value != NONE and not (value.isascii() and value.isdigit() and 1 <= len(value) <= 4):
        raise UsageError(f"the parameter year is '{value}': give a year such as 2024, or {NONE}")
    return value if value == NONE else str(int(value))


def _page(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 6 and 1 <= int(value) <= _PAGES):
        raise UsageError(f"the parameter page is '{value}': give a number from 1 to {_PAGES}")
    return int(value)


def iri_of(facet: str, name: str) -> str:
    """The IRI that a short name of a facet's value stands for; a name that makes none is escaped.

    >>> iri_of("front", "eastern"), iri_of("front", "eastern b>")
    ('https://w3id.org/crossings/vocabulary/front#eastern', 'https://w3id.org/crossings/vocabulary/front#eastern%20b%3E')
    """
    base = _BASES[facet]
    iri = name if "://" in name else base + name
    try:
        NamedNode(iri)
    except ValueError:
        return base + quote(name, safe="")
    return iri


def name_of(facet: str, iri: str) -> str:
    """The short name of a facet's value: what `iri_of` makes the IRI of.

    >>> name_of("front", "https://w3id.org/crossings/vocabulary/front#eastern")
    'eastern'
    """
    base = _BASES[facet]
    name = iri.removeprefix(base)
    return name if name and name != NONE and "://" not in name else iri
