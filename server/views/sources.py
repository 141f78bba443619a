"""What the page of sources shows: every article and digest with what was read from it, and who published them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.article.naming import article_name
from kg.consolidate.sources import Independence, Sources
from kg.ids import normalise
from kg.namespaces import expand
from server.article_sources import twins_of
from server.page_queries import PageQueries, Row, Term

__all__ = ["SORTS", "Cited", "Publisher", "Source", "Table", "read_table"]

_ARTICLES = """SELECT ?article ?kind ?title ?language ?publisher ?issued ?rights ?withheld WHERE {
  VALUES ?kind { cx:Article cx:Digest }
  GRAPH ?g {
    ?article a ?kind .
    OPTIONAL { ?article dcterms:title ?title }
    OPTIONAL { ?article dcterms:publisher ?publisher }
    OPTIONAL { ?article dcterms:issued ?issued }
    OPTIONAL { ?article dcterms:rights ?rights }
    OPTIONAL { ?article cx:stretchesWithheld ?withheld }
  }
}"""
_CITED = """SELECT ?article ?name ?role ?organization ?issued WHERE {
  GRAPH ?g {
    ?article cx:citedSource ?source . ?source skos:prefLabel ?name .
    OPTIONAL { ?source cx:sourceRole ?role }
    OPTIONAL { ?source cx:sourceOrganization ?organization }
    OPTIONAL { ?source dcterms:issued ?issued }
  }
}"""
_TWINS = """SELECT ?article ?other WHERE { GRAPH graph:curation { ?article cx:nearDuplicateOf ?other } }"""
_GAVE = """SELECT ?thing ?kind ?article WHERE {
  VALUES ?kind { cx:Incident cx:Statistic }
  ?thing a ?kind ; cx:reportedIn ?article .
}"""
_CLAIMS = """SELECT ?article (COUNT(?claim) AS ?n) WHERE {
  GRAPH ?g { ?claim a cx:Claim ; cx:inArticle ?article }
} GROUP BY ?article"""


@dataclass(frozen=True)
class Cited:
    """A publication that an article rests on: its name, "wire" or "source", its organisation, its day."""

    name: str
    role: str | None
    organization: str | None
    issued: str | None


@dataclass(frozen=True)
class Source:
    """An article or a digest.

    Attributes:
        iri: The article.
        title: Its title, or None.
        language: Of the title, where it is known.
        publisher: Who published the article, or the original of the digest.
        digest: Whether the words are ours.
        issued: The day that it states.
        rights: What is said of its rights.
        withheld: How many stretches of its text are withheld.
        cited: What it rests on.
        twins: Other texts of nearly the same words.
        incidents: How many incidents it tells of.
        statistics: How many statistics it gives.
        claims: How many claims were read from it.
        incidents_alone: How many of the incidents no other article tells of.
        statistics_alone: Likewise.
    """

    iri: str
    title: str | None = None
    language: str | None = None
    publisher: str | None = None
    digest: bool = False
    issued: str | None = None
    rights: str | None = None
    withheld: int = 0
    cited: tuple[Cited, ...] = ()
    twins: tuple[str, ...] = ()
    incidents: int = 0
    statistics: int = 0
    claims: int = 0
    incidents_alone: int = 0
    statistics_alone: int = 0

    @property
    def alone(self) -> int:
        """How many incidents and statistics rest on it alone."""
        return self.incidents_alone + self.statistics_alone

    @property
    def name(self) -> str:
        """What to call it."""
        return article_name(self.iri, self.title)

    @property
    def kind(self) -> str:
        """What it is, in words: a digest is named as one."""
        if not self.digest:
            return "article"
        return f"our digest of {self.publisher}" if self.publisher else "our digest of an article"


@dataclass(frozen=True)
class Publisher:
    """A publisher, or None for those whose publisher is not stated, with its texts and what they tell, each once.

    `alone` are the incidents and statistics that no other publisher's text tells.
    """

    name: str | None
    texts: int
    digests: int
    incidents: int
    statistics: int
    alone: int


#: How the list can be ordered: what it is ordered by, and whether the greatest comes first unless asked otherwise.
SORTS: dict[str, tuple[Callable[[Source], object], bool]] = {
    "date": (lambda s: s.issued or "", True),
    "title": (lambda s: normalise(s.title or ""), False),
    "publisher": (lambda s: normalise(s.publisher or ""), False),
    "incidents": (lambda s: s.incidents, True),
    "statistics": (lambda s: s.statistics, True),
    "claims": (lambda s: s.claims, True),
    "alone": (lambda s: s.alone, True),
}
#: What comes last, in whatever order.
_LACKS: dict[str, Callable[[Source], bool]] = {
    "date": lambda s: s.issued is None,
    "title": lambda s: s.title is None,
    "publisher": lambda s: s.publisher is None,
}


@dataclass(frozen=True)
class Table:
    """All sources of a release, by IRI, with the number of independent ones."""

    sources: Mapping[str, Source]
    independent: Independence
    publishers: tuple[Publisher, ...] = field(default=())

    def ordered(self, by: str, descending: bool) -> list[Source]:
        """All of them in an order, what lacks it last.

        Args:
            by: A key of `SORTS`.
            descending: Whether the greatest comes first.
        """
        key, _ = SORTS[by]
        lacks = _LACKS.get(by, lambda s: False)
        found = sorted(self.sources.values(), key=lambda s: (s.title or "", s.iri))
        found.sort(key=key, reverse=descending)  # type: ignore[arg-type]  # each key gives one comparable kind
        return sorted(found, key=lacks)

    def cited(self) -> list[tuple[Cited, int]]:
        """What the articles rest on, with how many do, the most frequent first; of a name the organisation is kept."""
        counts: Counter[tuple[str, str]] = Counter()
        shown: dict[tuple[str, str], Cited] = {}
        for source in self.sources.values():
            for key, cited in {(c.organization or normalise(c.name), c.role or ""): c for c in source.cited}.items():
                counts[key] += 1
                shown.setdefault(key, cited)
        return sorted(((shown[key], n) for key, n in counts.items()), key=lambda item: (-item[1], item[0].name))


async def read_table(queries: PageQueries) -> Table:
    """Read all sources of a release."""
    articles, cited, twins, gave, claims = await asyncio.gather(
        *(queries.rows(query) for query in (_ARTICLES, _CITED, _TWINS, _GAVE, _CLAIMS))
    )
    rests: dict[str, list[Cited]] = {}
    for row in cited:
        rests.setdefault(_text(row["article"]), []).append(
            Cited(_text(row["name"]), _maybe(row, "role"), _maybe(row, "organization"), _maybe(row, "issued"))
        )
    alike: dict[str, set[str]] = {}
    for row in twins:
        alike.setdefault(_text(row["article"]), set()).add(_text(row["other"]))
    told: dict[tuple[str, str], set[str]] = {}
    for row in gave:
        told.setdefault((_text(row["kind"]), _text(row["thing"])), set()).add(_text(row["article"]))
    numbers: dict[str, Counter[str]] = {}
    for (kind, _), by in told.items():
        name = "incidents" if kind == _INCIDENT else "statistics"
        for article in by:
            numbers.setdefault(article, Counter())[name] += 1
            numbers[article][f"{name}_alone"] += len(by) == 1
    for row in claims:
        if "article" in row:
            numbers.setdefault(_text(row["article"]), Counter())["claims"] += int(_text(row["n"]))
    found: dict[str, Source] = {}
    for row in articles:
        iri = _text(row["article"])
        if not isinstance(row["article"], NamedNode) or iri in found:
            continue
        found[iri] = Source(
            iri=iri,
            title=_maybe(row, "title"),
            language=getattr(row.get("title"), "language", None),
            publisher=_maybe(row, "publisher"),
            digest=_text(row["kind"]) == _DIGEST,
            issued=_maybe(row, "issued"),
            rights=_maybe(row, "rights"),
            withheld=int(_maybe(row, "withheld") or 0),
            cited=tuple(sorted(rests.get(iri, ()), key=lambda c: (c.role != "wire", c.name))),
            twins=tuple(sorted(alike.get(iri, ()))),
            **numbers.get(iri, Counter()),
        )
    return Table(found, _independent(found.values()), tuple(_publishers(found, told)))


_INCIDENT, _STATISTIC, _DIGEST = (expand(f"cx:{name}") for name in ("Incident", "Statistic", "Digest"))


def _independent(sources: Iterable[Source]) -> Independence:
    known = list(sources)
    named = {s.iri: frozenset(c.organization or normalise(c.name) for c in s.cited) for s in known}
    pairs = [(s.iri, other) for s in known for other in s.twins]
    return Sources.named(named, twins_of(pairs)).of(named)


def _publishers(sources: Mapping[str, Source], told: Mapping[tuple[str, str], set[str]]) -> Sequence[Publisher]:
    """Publishers with what their texts tell, each thing once."""
    by: dict[str | None, list[Source]] = {}
    for source in sources.values():
        by.setdefault(source.publisher, []).append(source)
    gave: Counter[tuple[str | None, str]] = Counter()
    alone: Counter[str | None] = Counter()
    for (kind, _), articles in told.items():
        names = {sources[article].publisher for article in articles if article in sources}
        gave.update((name, kind) for name in names)
        # Who states no publisher may be several, so nobody knows what such texts tell alone.
        alone.update(name for name in names if len(names) == 1 and (name is not None or len(articles) == 1))
    found = [
        Publisher(
            name,
            len(own),
            sum(s.digest for s in own),
            gave[name, _INCIDENT],
            gave[name, _STATISTIC],
            alone[name],
        )
        for name, own in by.items()
    ]
    return sorted(found, key=lambda p: (p.name is None, -p.texts, p.name or ""))


def _maybe(row: Row, name: str) -> str | None:
    return _text(row[name]) if name in row else None


def _text(term: Term) -> str:
    return str(getattr(term, "value", term))
