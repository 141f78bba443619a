"""Queries on a release: open it read-only, evaluate, serialise, and explain an error or an empty answer.

A result of pyoxigraph that is used in another thread aborts the process. So every function here evaluates and
serialises in the thread that calls it and hands out bytes or plain rows, never a result.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from kg.errors import CrossingsError, GraphError, QueryError, UsageError
from kg.formats import Format, Kind, finished, formats_for, serialize_rdf
from kg.namespaces import PREFIXES, curie, expand
from kg.query_text import QueryText, RefusedError
from kg.release.release import Release

__all__ = ["MAX_NESTING", "Answer", "Dataset", "ReleaseStore", "Rows", "open_release", "rows", "run"]

#: How deep brackets of a query may be nested.
MAX_NESTING = 200

Results = QuerySolutions | QueryBoolean | QueryTriples
Value = NamedNode | BlankNode | Literal | Triple | None
_T = TypeVar("_T")


@dataclass(frozen=True)
class ReleaseStore:
    """A release and its store, open for reading; many threads may ask it at once."""

    release: Release
    store: Store
    only_in: Callable[[str], str | None]
    """A named graph that uses an IRI as predicate or class, where the default graph does not; what is asked again is
    remembered, as a release never changes."""


@dataclass(frozen=True)
class Dataset:
    """The graphs that a query is asked of, as `default-graph-uri` and `named-graph-uri` give them.

    If either is given, it takes the place of the query's own FROM clauses (SPARQL 1.1 Protocol, section 2.1.4).
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether any graph is named."""
        return bool(self.default or self.named)


@dataclass(frozen=True)
class Answer:
    """A serialised answer; `hint` is a sentence for who asked, where nothing was found and we know why."""

    body: bytes
    format: Format
    hint: str | None = None


@dataclass(frozen=True)
class Rows:
    """An answer as rows: of a SELECT its solutions, of an ASK one value, of a CONSTRUCT or DESCRIBE its triples."""

    kind: Kind
    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    hint: str | None = None


def open_release(release: Release | Path) -> ReleaseStore:
    """Open a release for reading.

    Args:
        release: The release, or its directory.

    Raises:
        GraphError: Its store cannot be opened.
    """
    release = release if isinstance(release, Release) else Release(release)
    try:
        store = Store.read_only(str(release.store_path))
    except OSError as error:
        raise GraphError(f"{release.store_path} cannot be opened ({error}): build the release again") from error
    return ReleaseStore(release, store, lru_cache(maxsize=4096)(partial(_only_in, store)))


def run(
    held: ReleaseStore, query: str | QueryText, format: Format | None = None, dataset: Dataset | None = None
) -> Answer:
    """Evaluate a query and serialise its answer.

    Args:
        held: The open release.
        query: SPARQL 1.1; the prefixes of the project need no declaration.
        format: The format of the answer; absent, the preferred one of its kind.
        dataset: The graphs to ask, if not those of the query or of the release.

    Raises:
        QueryError: It is not SPARQL (with line and column), or asks what is refused (`RefusedError`).
        UsageError: The format is for another kind of answer, or cannot carry this one.
        CrossingsError: The store failed.
    """
    text = query if isinstance(query, QueryText) else QueryText(query)

    def answer(results: Results) -> bytes:
        nonlocal format
        kind: Kind = "graph" if isinstance(results, QueryTriples) else "results"
        format = format or formats_for(kind)[0]
        if kind not in format.kinds:
            names = ", ".join(known.name for known in formats_for(kind))
            raise UsageError(f"{format.title} cannot hold the answer of this query: give one of {names}")
        return _serialized(results, format)

    body = _evaluate(held, text, dataset or Dataset(), answer)
    assert format is not None  # set by `answer`
    return Answer(body, format, _hint(held, text, dataset or Dataset()))


def rows(held: ReleaseStore, query: str | QueryText, dataset: Dataset | None = None) -> Rows:
    """Evaluate a query and hand out its answer as rows of terms.

    Raises:
        QueryError: As `run` does.
        CrossingsError: The store failed.
    """
    text = query if isinstance(query, QueryText) else QueryText(query)

    def table(results: Results) -> tuple[Kind, tuple[str, ...], tuple[tuple[Value, ...], ...]]:
        if isinstance(results, QueryBoolean):
            return "results", ("answer",), ((Literal(bool(results)),),)
        if isinstance(results, QueryTriples):
            found = tuple((triple.subject, triple.predicate, triple.object) for triple in results)
            return "graph", ("subject", "predicate", "object"), found
        return "results", tuple(variable.value for variable in results.variables), tuple(map(tuple, results))

    kind, variables, found = _evaluate(held, text, dataset or Dataset(), table)
    return Rows(kind, variables, found, _hint(held, text, dataset or Dataset()))


def _serialized(results: Results, format: Format) -> bytes:
    if isinstance(results, QueryTriples):
        if format.prefixes:
            return serialize_rdf(results, format)
        assert isinstance(format.engine, RdfFormat)
        written = results.serialize(format=format.engine)
    else:
        assert isinstance(format.engine, QueryResultsFormat)
        written = results.serialize(format=format.engine)
    assert written is not None  # no output was given
    return finished(written, format)


def _evaluate(held: ReleaseStore, text: QueryText, dataset: Dataset, use: Callable[[Results], _T]) -> _T:
    """Check the text, evaluate it, and use the result at once, in this thread."""
    text.refuse_updates()
    text.refuse_service()
    text.refuse_nesting(MAX_NESTING)
    _check_graphs(held, text, dataset)
    default: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(iri) for iri in dataset.default]
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in dataset.named]
    # The engine reads every prefix that it is given; most queries use three of fifty.
    used = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in text.text}
    try:
        return use(
            held.store.query(
                text.text,
                prefixes=used,
                default_graph=default if dataset.given else None,
                named_graphs=named if dataset.given else None,
            )
        )
    except SyntaxError as error:
        raise _explained(text, str(error)) from error
    except RuntimeError as error:  # an evaluation that cannot go on, such as a function that is not there
        raise QueryError(f"the query cannot be evaluated: {error}") from error
    except (OSError, ValueError) as error:
        raise CrossingsError(f"the store failed to answer: {error}") from error


def _check_graphs(held: ReleaseStore, text: QueryText, dataset: Dataset) -> None:
    """Refuse graphs that the release does not hold, and several default graphs, whose merge the engine gets wrong."""
    if dataset.given:
        default, named = dataset.default, dataset.named
    else:
        default, named = (
            tuple(iri for token in tokens if (iri := text.iri_of(token)) is not None) for tokens in text.dataset
        )
    if len(set(default)) > 1:
        raise RefusedError(
            "several-default-graphs",
            f"the query names {len(set(default))} default graphs: name one, or use GRAPH ?g {{ ... }} to ask several",
        )
    for iri in (*default, *named):
        try:
            known = held.store.contains_named_graph(NamedNode(iri))
        except ValueError as error:
            raise RefusedError("unknown-graph", f"the graph '{iri}' is no absolute IRI") from error
        if not known:
            raise RefusedError(
                "unknown-graph",
                f"the release has no graph <{iri}>: SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} lists its graphs",
            )


_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Za-z]+(?: [^\[\]\"]+)+")
_NEAR = 30


def _explained(text: QueryText, engine_text: str) -> QueryError:
    """A syntax error of the engine, in words.

    The engine tells the furthest place that it looked at; what is wrong stands there or before.
    """
    unknown = text.undeclared_prefix()
    if unknown is not None:
        line, column = text.place(unknown.start)
        prefix = unknown.text.partition(":")[0]
        meant = difflib.get_close_matches(prefix, text.prefixes, n=1, cutoff=0.5)
        advice = f"did you mean {meant[0]}: ?" if meant else f"declare it with PREFIX {prefix}: <...>"
        return QueryError(f"line {line}, column {column}: the prefix {prefix}: is not declared; {advice}", line, column)
    found = _PLACE.fullmatch(engine_text)
    if found is None:
        return QueryError(f"the query is not SPARQL: {engine_text}")
    line, column = int(found[1]), int(found[2])
    sentences = [part for part in found[3].removeprefix("one of ").split(", ") if _SENTENCE.fullmatch(part)]
    if sentences:
        return QueryError(f"line {line}, column {column}: {'; '.join(sentences)}", line, column)
    lines = text.text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    at = f"'{rest[:_NEAR]}'" if rest else "the end of the line" if line < len(lines) else "the end of the query"
    return QueryError(f"line {line}, column {column}: this is not SPARQL, at {at} or before it", line, column)


def _hint(held: ReleaseStore, text: QueryText, dataset: Dataset) -> str | None:
    """A sentence where a query found nothing because what it asks for stands only in named graphs."""
    if dataset.given or text.uses("GRAPH", "FROM"):
        return None
    elsewhere = [(iri, graph) for iri in sorted(text.terms()) if (graph := held.only_in(iri)) is not None]
    if not elsewhere or not _evaluate(held, text, dataset, _is_nothing):
        return None
    names = sorted(curie(iri) for iri, _graph in elsewhere)
    subject = f"{', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f"{names[0]} is"
    return (
        f"{subject} not used in the default graph, but in named graphs such as <{elsewhere[0][1]}>: "
        "put those patterns inside GRAPH ?g { ... }"
    )


def _only_in(store: Store, iri: str) -> str | None:
    """A named graph that uses an IRI as predicate or class, where the default graph does not."""
    try:
        term = NamedNode(iri)
    except ValueError:
        return None  # the engine will say where the ill-formed IRI stands
    rdf_type = NamedNode(expand("rdf:type"))
    found = None
    for predicate, value in ((term, None), (rdf_type, term)):
        if next(store.quads_for_pattern(None, predicate, value, DefaultGraph()), None) is not None:
            return None
        quad = next(store.quads_for_pattern(None, predicate, value, None), None)
        if found is None and quad is not None and isinstance(quad.graph_name, NamedNode):
            found = quad.graph_name.value
    return found


def _is_nothing(results: Results) -> bool:
    """Whether an answer says that there is nothing: no row, no triple, false, or one row of zeros."""
    if isinstance(results, QueryBoolean):
        return not results
    first: Sequence[Value] | None = next(map(tuple, results), None) if isinstance(results, QuerySolutions) else None
    if isinstance(results, QueryTriples):
        return next(results, None) is None
    if first is None:
        return True
    zeros = all(
        value is None or (isinstance(value, Literal) and value.value in ("0", "0.0", "false")) for value in first
    )
    return zeros and next(results, None) is None
