"""The W3C suites of SPARQL 1.0 and 1.1 query evaluation, read from their manifests, and releases of their datasets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.query_text import QueryText
from kg.release import Home, Release
from kg.release.manifest import Manifest, write_manifest

__all__ = [
    "EvaluationCase",
    "SyntaxCase",
    "evaluation_cases",
    "make_release",
    "quads_of",
    "store_of",
    "syntax_cases",
    "triples_in",
]

#: Where the files are said to be: relative IRIs in data, queries and results mean files beside them.
_BASE = "https://w3c.example/"
_PREFIXES = {
    "mf": "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "qt": "http://www.w3.org/2001/sw/DataAccess/tests/test-query#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]+)>", re.IGNORECASE)
_RDF = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES, ".n3": RdfFormat.TURTLE}


@dataclass(frozen=True)
class EvaluationCase:
    """One test of a suite.

    Args:
        name: Suite, folder and test, such as `sparql11/bind/bind01`.
        query: The file of the query, relative to the folder of the suites, as are all files here.
        default: The files of the default graph.
        named: The files of the named graphs, each of which is named by its IRI.
        result: The file of the expected result.
        lax: Whether solutions may come fewer times than expected.
        regime: Whether the result holds under an entailment regime.
        federated: Whether it calls other endpoints, or tries to.
    """

    name: str
    query: str
    default: tuple[str, ...] = field(repr=False)
    named: tuple[str, ...] = field(repr=False)
    result: str = field(repr=False)
    lax: bool = field(repr=False)
    regime: bool = field(repr=False)
    federated: bool = field(repr=False)

    @property
    def digest(self) -> str:
        """A hash of which graphs the dataset has."""
        return hashlib.sha256(repr((self.default, self.named)).encode()).hexdigest()

    def text(self, root: Path) -> str:
        """The query, with the base that its file gives it."""
        return f"BASE <{_BASE}{self.query}>\n{(root / self.query).read_text('utf-8')}"


def evaluation_cases(root: Path) -> list[EvaluationCase]:
    """All cases of the suites, those of one dataset together.

    Args:
        root: The folder with `sparql10` and `sparql11`.
    """
    found = []
    for manifest in sorted([*root.glob("sparql10/*/*manifest.ttl"), *root.glob("sparql11/*/manifest.ttl")]):
        folder = manifest.parent.relative_to(root).as_posix()
        store = Store()
        store.load(path=str(manifest), format=RdfFormat.TURTLE, base_iri=f"{_BASE}{folder}/{manifest.name}")
        tests = _column(
            store, "SELECT ?x { ?x a ?type FILTER(?type IN (mf:QueryEvaluationTest, mf:CSVResultFormatTest)) }"
        )
        found += [_case(root, store, folder, test) for test in tests]
    return sorted(found, key=lambda case: (case.digest, case.name))


@dataclass(frozen=True)
class SyntaxCase:
    """One test of what is SPARQL: its name, the file of the query, and whether it is well-formed."""

    name: str
    query: str
    good: bool


def syntax_cases(root: Path) -> list[SyntaxCase]:
    """All cases of the suites that ask whether a query is well-formed."""
    found = []
    for manifest in sorted(root.glob("sparql1[01]/*/manifest.ttl")):
        folder = manifest.parent.relative_to(root).as_posix()
        store = Store()
        store.load(path=str(manifest), format=RdfFormat.TURTLE, base_iri=f"{_BASE}{folder}/{manifest.name}")
        for good, kinds in ((True, "Positive"), (False, "Negative")):
            types = f"FILTER(?type IN (mf:{kinds}SyntaxTest, mf:{kinds}SyntaxTest11))"
            for test in _column(store, f"SELECT ?x {{ ?x a ?type {types} }}"):
                (query,) = _column(store, f"SELECT ?x {{ <{test}> mf:action ?x }}")
                name = f"{folder}/{test.rpartition('#')[2]}"
                found.append(SyntaxCase(name, query.removeprefix(_BASE), good))
    return found


def _column(store: Store, query: str) -> list[str]:
    rows = store.query(query, prefixes=_PREFIXES)
    return [row["x"].value for row in rows]  # type: ignore[union-attr]  # a SELECT has rows


def _case(root: Path, store: Store, folder: str, test: str) -> EvaluationCase:
    def files(path: str) -> tuple[str, ...]:
        values = _column(store, f"SELECT ?x {{ <{test}> {path} ?x }}")
        return tuple(sorted(value.removeprefix(_BASE) for value in values))

    def holds(pattern: str) -> bool:
        return bool(store.query(f"ASK {{ <{test}> {pattern} }}", prefixes=_PREFIXES))

    (query,), (result,) = files("mf:action/qt:query"), files("mf:result")
    # A query that names its dataset is asked of a store that has those graphs by their names.
    asked = tuple(f"{folder}/{name}" for name in _FROM.findall((root / query).read_text("utf-8")))
    return EvaluationCase(
        name=f"{folder}/{test.rpartition('#')[2]}",
        query=query,
        default=files("mf:action/qt:data"),
        named=tuple(sorted({*files("mf:action/qt:graphData"), *asked})),
        result=result,
        lax=holds("mf:resultCardinality mf:LaxCardinality"),
        regime=holds("mf:action/sd:entailmentRegime ?x"),
        federated=QueryText((root / query).read_text("utf-8")).uses("SERVICE"),
    )


def triples_in(root: Path, name: str) -> Iterator[Triple]:
    """The triples of a file of a suite; its blank nodes are those of no other file."""
    path = root / name
    for quad in parse(path=str(path), format=_RDF[path.suffix], base_iri=_BASE + name, rename_blank_nodes=True):
        yield Triple(quad.subject, quad.predicate, quad.object)


def quads_of(root: Path, case: EvaluationCase) -> Iterator[Quad]:
    """The dataset of a case."""
    for name in case.default:
        yield from (Quad(*triple) for triple in triples_in(root, name))
    for name in case.named:
        graph = NamedNode(_BASE + name)
        yield from (Quad(s, p, o, graph) for s, p, o in triples_in(root, name))


def store_of(root: Path, case: EvaluationCase, path: Path | None = None) -> Store:
    """The dataset of a case in a store, in memory where no path is given."""
    store = Store(str(path)) if path is not None else Store()
    store.extend(quads_of(root, case))
    for name in case.named:  # also one that is empty
        store.add_graph(NamedNode(_BASE + name))
    return store


def make_release(home: Home, root: Path, case: EvaluationCase) -> Release:
    """Put the dataset of a case into a home as a release that has a store and a manifest, and nothing else.

    `publish` would add `graph/meta`, which `GRAPH ?g` would find, and refuse blank nodes.
    """
    release = Release(home.releases_path / case.digest[:16])
    release.path.mkdir(parents=True)
    store = store_of(root, case, release.store_path)
    store.flush()
    count = len(store)
    del store  # closes it
    manifest = Manifest(
        id=release.path.name, digest=case.digest, created="2000-01-01T00:00:00+00:00", software="a test", quads=count
    )
    write_manifest(release.path, manifest)
    return release
