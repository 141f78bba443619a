"""What a graph has to be found by: its things with their names, and the words of its articles, read from the store.

A thing is an entity of the default graph, an article, a concept of a vocabulary or an entry of the gazetteer. Each is
read by itself, and so are the words of one article, so that after a write only what it touched is read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.article.naming import article_name
from kg.namespaces import expand, graph_iri
from kg.search.dates import day_of, time_in_words

__all__ = [
    "ARTICLES",
    "CLASSES",
    "Lead",
    "Name",
    "Passage",
    "Thing",
    "article_of",
    "articles",
    "describes_article",
    "passages",
    "thing",
    "things",
]

#: The classes of things, in the order in which pages show them.
CLASSES = ("Incident", "Person", "Organization", "Route", "Statistic", "Place", "Article", "Concept")
#: How the names of the graphs of articles begin.
ARTICLES = graph_iri("article/")

_Graph = NamedNode | DefaultGraph
_DEFAULT = DefaultGraph()
_VOCABULARY = NamedNode(graph_iri("vocabulary"))
_GAZETTEER = NamedNode(graph_iri("gazetteer"))
_TYPED = {NamedNode(expand(f"cx:{name}")): name for name in CLASSES[:6]}
_DIGEST = NamedNode(expand("cx:Digest"))
_ARTICLE_TYPES = (NamedNode(expand("cx:Article")), _DIGEST)


def _node(name: str) -> NamedNode:
    return NamedNode(expand(name))


_TYPE, _CONCEPT, _ENTRY, _ENTRY_CLASS = map(_node, ("rdf:type", "skos:Concept", "cx:GazetteerEntry", "cx:entryClass"))
_PREF, _REPORTED = _node("skos:prefLabel"), _node("cx:reportedIn")
_TITLE, _PUBLISHER, _ISSUED = map(_node, ("dcterms:title", "dcterms:publisher", "dcterms:issued"))
_EXACT, _SELECTOR, _EVIDENCE = map(_node, ("oa:exact", "oa:hasSelector", "cx:evidence"))
_MENTIONS, _SUBJECT = _node("cx:mentions"), _node("rdf:subject")
_NAMES = (
    ("label", _PREF),
    ("name", _node("cx:name")),
    ("alias", _node("skos:altLabel")),
    ("hidden", _node("skos:hiddenLabel")),
)
#: The first and last possible day of what happened, or of what is counted.
_DAYS = tuple(
    (_node(first), _node(last))
    for first, last in (("cx:dateEarliest", "cx:dateLatest"), ("cx:periodStart", "cx:periodEnd"))
)
#: Triples that say of a lexicon entry where it belongs: they are no use of it.
_BELONGING = frozenset(
    _node(f"skos:{name}") for name in ("broader", "inScheme", "topConceptOf", "related", "hasTopConcept", "narrower")
) | {_node("cx:within"), _node("cx:side"), _node("cx:entryClass")}


@dataclass(frozen=True)
class Thing:
    """Something that a search leads to.

    Attributes:
        iri: Its IRI.
        cls: One of `CLASSES`.
        held: Whether the default graph speaks of it, or it is an article; else a lexicon only lists it.
        entity: Whether it is of a class of its own and not a word of a vocabulary.
        label: What it is called, in English where it can be.
        language: The language of the label, or nothing.
        korean: Its Korean label, or nothing.
        note: Of an article its publisher, whether it is a digest, and its date; of a concept its scheme.
        uses: How many articles report it; of an article, how many things it reports; of a lexicon entry, how many
            triples of the default graph point to it.
    """

    iri: str
    cls: str
    held: bool
    entity: bool
    label: str
    language: str
    korean: str
    note: str
    uses: int


@dataclass(frozen=True, order=True)
class Name:
    """A text that names a thing; its kind is label, name, alias, hidden, publisher or date.

    A date is that of an incident or a statistic in words. The language may be nothing.
    """

    kind: str
    text: str
    language: str


@dataclass(frozen=True, order=True)
class Lead:
    """What words lead to: a thing, and the claim about it that rests on them; a mention of it has none."""

    thing: str
    claim: str


@dataclass(frozen=True)
class Passage:
    """Released words of an article.

    Attributes:
        evidence: Their IRI.
        text: The words.
        leads: What they lead to, sorted.
    """

    evidence: str
    text: str
    leads: tuple[Lead, ...]


def things(store: Store) -> Iterator[str]:
    """The IRIs of what may be a thing, each once, sorted."""
    found: set[str] = set()
    for cls in _TYPED:
        found.update(_subjects(store, cls, _DEFAULT))
    for graph in (_DEFAULT, _VOCABULARY, _GAZETTEER):
        found.update(_subjects(store, _CONCEPT, graph))
    for article in articles(store):
        found.update(article_of(store, article))
    yield from sorted(found)


def articles(store: Store) -> list[str]:
    """The IRIs of the graphs of articles, sorted."""
    return sorted(
        graph.value
        for graph in store.named_graphs()
        if isinstance(graph, NamedNode) and graph.value.startswith(ARTICLES)
    )


def article_of(store: Store, graph: str) -> list[str]:
    """The IRIs of the articles that a graph describes: one, unless it was made by hand."""
    return sorted({iri for cls in _ARTICLE_TYPES for iri in _subjects(store, cls, NamedNode(graph))})


def describes_article(quad: Quad) -> bool:
    """Whether a quad says of an article that it is one, or what it is called."""
    if quad.predicate == _TYPE:
        return quad.object in _ARTICLE_TYPES
    return quad.predicate in (_TITLE, _PUBLISHER, _ISSUED)


def _subjects(store: Store, cls: NamedNode, graph: _Graph) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, _TYPE, cls, graph):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def thing(store: Store, iri: str) -> tuple[Thing, list[Name]] | None:
    """A thing and its names, or None where the IRI is none: what has no type or no label is merged or withheld."""
    node = NamedNode(iri)
    types = set(_objects(store, node, _TYPE, _DEFAULT))
    cls = next((name for known, name in _TYPED.items() if known in types), None)
    if cls is None:
        article = _article(store, node)
        if article is not None:
            return article
    lexicon = next(
        (graph for graph in (_GAZETTEER, _VOCABULARY) if _CONCEPT in _objects(store, node, _TYPE, graph)), None
    )
    if cls is None and lexicon is None:
        return None
    graphs: list[_Graph] = [_DEFAULT] if lexicon is None else [_DEFAULT, lexicon]
    names = sorted({name for graph in graphs for name in (*_names(store, node, graph), *_dates(store, node, graph))})
    label = _label(names)
    if label is None:
        return None
    uses = sum(1 for _ in store.quads_for_pattern(node, _REPORTED, None, _DEFAULT)) or sum(
        1 for quad in store.quads_for_pattern(None, None, node, _DEFAULT) if quad.predicate not in _BELONGING
    )
    described = Thing(
        iri=iri,
        cls=cls or _entry_class(store, node) or "Concept",
        held=cls is not None or bool(types),
        entity=cls is not None,
        label=label.text,
        language=label.language,
        korean=next((name.text for name in names if name.kind == "label" and name.language == "ko"), ""),
        note=_scheme(iri) if cls is None else "",
        uses=uses,
    )
    return described, names


def _scheme(iri: str) -> str:
    """The scheme of a concept in words, from its IRI."""
    before, mark, _ = iri.rpartition("#")
    return before.rpartition("/")[2].replace("-", " ") if mark else ""


def _entry_class(store: Store, node: NamedNode) -> str | None:
    found = (quad.object for quad in store.quads_for_pattern(node, _ENTRY_CLASS, None, _GAZETTEER))
    return min((_TYPED[cls] for cls in found if isinstance(cls, NamedNode) and cls in _TYPED), default=None)


def _names(store: Store, node: NamedNode, graph: _Graph) -> Iterator[Name]:
    for kind, predicate in _NAMES:
        for value in _objects(store, node, predicate, graph):
            if isinstance(value, Literal) and value.value.strip():
                yield Name(kind, value.value, value.language or "")


def _dates(store: Store, node: NamedNode, graph: _Graph) -> Iterator[Name]:
    for first, last in _DAYS:
        ends = [
            day
            for predicate in (first, last)
            for value in _objects(store, node, predicate, graph)
            if (day := day_of(value.value if isinstance(value, Literal) else "")) is not None
        ]
        words = time_in_words(*ends) if len(ends) == 2 else ""
        if words:
            yield Name("date", words, "en")


def _label(names: list[Name]) -> Name | None:
    """What to call a thing: its English label, else one without a language, else any."""
    labels = [name for name in names if name.kind == "label"]
    return min(labels, key=lambda n: (("en", "").index(n.language) if n.language in {"en", ""} else 2, n), default=None)


def _objects(store: Store, node: NamedNode, predicate: NamedNode, graph: _Graph) -> list[object]:
    return [quad.object for quad in store.quads_for_pattern(node, predicate, None, graph)]


def _article(store: Store, node: NamedNode) -> tuple[Thing, list[Name]] | None:
    described = {quad.graph_name for cls in _ARTICLE_TYPES for quad in store.quads_for_pattern(node, _TYPE, cls)}
    graph = min((name for name in described if isinstance(name, NamedNode)), key=str, default=None)
    if graph is None:
        return None
    titles = [value for value in _objects(store, node, _TITLE, graph) if isinstance(value, Literal)]
    publishers = sorted(v.value for v in _objects(store, node, _PUBLISHER, graph) if isinstance(v, Literal))
    issued = sorted(v.value for v in _objects(store, node, _ISSUED, graph) if isinstance(v, Literal))
    names = [Name("label", title.value, title.language or "") for title in titles]
    names += [Name("publisher", publisher, "") for publisher in publishers]
    label = _label(names) or Name("label", article_name(node.value), "en")
    if _DIGEST in _objects(store, node, _TYPE, graph):
        # Its words are ours, and are never shown as the publisher's.
        by = [f"our digest of {' and '.join(publishers)}" if publishers else "our digest"]
    else:
        by = publishers
    return (
        Thing(
            iri=node.value,
            cls="Article",
            held=True,
            entity=False,
            label=label.text,
            language=label.language,
            korean="",
            note=", ".join([*by, *issued]),
            uses=sum(1 for _ in store.quads_for_pattern(None, _REPORTED, node, _DEFAULT)),
        ),
        sorted(names),
    )


def passages(store: Store, graph: str) -> list[Passage]:
    """The released words in the graph of an article that lead anywhere, sorted by the IRIs of their evidence."""
    name = NamedNode(graph)
    exact = {selector: said.value for selector, said in _pairs(store, _EXACT, name) if isinstance(said, Literal)}
    quotes = {evidence: exact[selector] for evidence, selector in _pairs(store, _SELECTOR, name) if selector in exact}
    about: dict[object, set[Lead]] = {}
    for mention, thing in _pairs(store, _MENTIONS, name):
        if isinstance(thing, NamedNode):
            about.setdefault(mention, set()).add(Lead(thing.value, ""))
    for claim, thing in _pairs(store, _SUBJECT, name):
        if isinstance(thing, NamedNode) and isinstance(claim, NamedNode):
            about.setdefault(claim, set()).add(Lead(thing.value, claim.value))
    leads: dict[object, set[Lead]] = {}
    for resting, evidence in _pairs(store, _EVIDENCE, name):
        if evidence in quotes and resting in about:
            leads.setdefault(evidence, set()).update(about[resting])
    found = [
        Passage(evidence.value, quotes[evidence], tuple(sorted(held)))
        for evidence, held in leads.items()
        if isinstance(evidence, NamedNode)
    ]
    return sorted(found, key=lambda passage: passage.evidence)


def _pairs(store: Store, predicate: NamedNode, graph: NamedNode) -> Iterator[tuple[object, object]]:
    """Subject and object of each triple of a predicate in a graph."""
    return ((quad.subject, quad.object) for quad in store.quads_for_pattern(None, predicate, None, graph))
