"""Queries on a release: open it read-only, evaluate, serialise, and explain an error or an empty answer.

A result of pyoxigraph that is used in another thread aborts the process. So every function here evaluates and
serialises in the thread that calls it and hands out bytes or plain rows, never a result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kg.answer_output import AnswerOutput
from kg.errors import CrossingsError, GraphError, QueryError, UsageError
from kg.formats import Format, Kind, TableFormat, formats_for, serialize_rdf
from kg.namespaces import curie
from kg.query_dataset import MAX_MERGED_QUADS, Dataset, scope_of
from kg.query_head import declared_columns
from kg.query_hints import absent, only_in
from kg.query_text import QueryText, RefusedError
from kg.release.release import Release
from kg.xml_limits import named_predicates

__all__ = [
    "MAX_NESTING",
    "Answer",
    "Dataset",
    "QueryLimits",
    "ReleaseStore",
    "Rows",
    "check_query",
    "open_release",
    "rows",
    "run",
    "write_answer",
    "write_triples",
]

#: How deep brackets of a query may be nested.
MAX_NESTING = 200
#: What may be the prefix of a name; the project's are plain letters and hyphens.
_PREFIX = re.compile(r"([A-Za-z][A-Za-z0-9-]*):")
#: What the engine says of an answer to SERVICE that is none.
_NO_RESULTS = "Parser error"

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


@dataclass(frozen=True, kw_only=True)
class QueryLimits:
    """What a query may ask and its answer may hold.

    Args:
        nesting: How deep its brackets may be nested.
        merged_quads: How many quads are copied at most where several default graphs are merged.
        rows: How many solutions or triples the answer may have; absent, any number.
        bytes: How long the answer may be; absent, of any length.
        absent_graphs: Whether a graph that is not there may be named as one of the dataset, and is empty.
        service: Whether the endpoint of an IRI may be called by SERVICE; absent, none may.
        gateway: The IRI to call instead of the endpoint's.
    """

    nesting: int = MAX_NESTING
    merged_quads: int = MAX_MERGED_QUADS
    rows: int | None = None
    bytes: int | None = None
    absent_graphs: bool = False
    service: Callable[[str], bool] | None = None
    gateway: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Answer:
    """A serialised answer; `hint` is a sentence for who asked, where nothing was found and we know why."""

    body: bytes
    format: Format
    hint: str | None = None


@dataclass(frozen=True)
class Rows:
    """An answer as rows: of a SELECT its solutions, of an ASK one value, of a CONSTRUCT or DESCRIBE its triples.

    Attributes:
        kind: What was asked.
        variables: The columns.
        rows: The terms.
        hint: A sentence for who asked, where nothing was found and we know why.
        declared: What the head of the query declares columns to hold, by name.
    """

    kind: Kind
    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    hint: str | None = None
    declared: Mapping[str, str] = field(default_factory=dict)


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
    return ReleaseStore(release, store, lru_cache(maxsize=4096)(partial(only_in, store)))


def run(
    held: ReleaseStore, query: str | QueryText, format: Format | None = None, dataset: Dataset | None = None
) -> Answer:
    """Evaluate a query and serialise its answer.

    Args:
        held: The open release.
        query: SPARQL 1.1; the prefixes of the project need no declaration, and its base is that of relative IRIs.
        format: The format of the answer; absent, the preferred one of its kind.
        dataset: The graphs to ask, if not those of the query or of the release.

    Raises:
        QueryError: It is not SPARQL (with line and column), or asks what is refused (`RefusedError`).
        UsageError: The format is for another kind of answer, or cannot carry this one.
        CrossingsError: The store failed.
    """
    text = query if isinstance(query, QueryText) else QueryText(query)
    written: list[bytes] = []
    chosen: list[Format] = []

    def choose(kind: Kind) -> Format:
        if format is not None and kind not in format.kinds:
            names = ", ".join(known.name for known in formats_for(kind))
            raise UsageError(f"{format.title} cannot hold the answer of this query: give one of {names}")
        chosen.append(format or formats_for(kind)[0])
        return chosen[0]

    hint = write_answer(held, text, choose, written.append, dataset or Dataset())
    return Answer(b"".join(written), chosen[0], hint)


def write_answer(
    held: ReleaseStore,
    text: QueryText,
    choose: Callable[[Kind], Format],
    write: Callable[[bytes], object],
    dataset: Dataset,
    limits: QueryLimits = QueryLimits(),
) -> str | None:
    """Evaluate a query and write its answer chunk by chunk.

    Args:
        held: The open release.
        text: The query.
        choose: Gives the format for the kind of the answer; called once, before anything is written.
        write: Takes the bytes of the answer in order.
        dataset: The graphs to ask, if not those of the query or of the release.
        limits: What the query may ask and the answer may hold.

    Returns:
        A sentence for who asked, where nothing was found and we know why.

    Raises:
        QueryError: As `run` does; where a limit is passed (`RefusedError`), part of the answer may be written already.
        UsageError: What `choose` raises, or the format cannot carry the answer.
        CrossingsError: The store failed.
    """

    def serialized(results: Results) -> AnswerOutput:
        format = choose("graph" if isinstance(results, QueryTriples) else "results")
        output = AnswerOutput(format, write, limits.rows, limits.bytes)
        _serialize(results, format, output, text)
        return output

    output = _evaluate(held, text, dataset, limits, serialized)
    return _hint(held, text, dataset, limits) if output.may_be_nothing else None


def check_query(held: ReleaseStore, text: QueryText, limits: QueryLimits = QueryLimits()) -> None:
    """Find out that a query can be asked, without its answer: that of a SELECT is never begun.

    Args:
        held: The open release.
        text: The query.
        limits: What it may ask.

    Raises:
        QueryError: As `run` does.
        CrossingsError: The store failed.
    """
    _evaluate(held, text, Dataset(), limits, lambda results: None)


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

    limits = QueryLimits()
    kind, variables, found = _evaluate(held, text, dataset or Dataset(), limits, table)
    hint = _hint(held, text, dataset or Dataset(), limits) if len(found) <= 1 else None
    return Rows(kind, variables, found, hint, declared_columns(text.text))


def _serialize(results: Results, format: Format, output: AnswerOutput, text: QueryText) -> None:
    if isinstance(results, QueryTriples):
        write_triples(results, format, output)
    elif isinstance(format.engine, TableFormat):
        from kg.columnar.write import write_columns  # few answers need what takes this long to import

        write_columns(results, format.engine, output, declared_columns(text.text))
    else:
        assert isinstance(format.engine, QueryResultsFormat)
        results.serialize(output=output.stream, format=format.engine)


def write_triples(triples: Iterable[Triple], format: Format, output: AnswerOutput) -> None:
    """Write triples into an output, counting them.

    Raises:
        RefusedError: They are more than the output takes.
        UnwritableError: The format cannot carry them.
    """
    assert isinstance(format.engine, RdfFormat)
    if format.prefixes:  # which of them are used is known at the end
        output.write(serialize_rdf(_counted(triples, output), format))
    else:
        counted = _counted(triples, output)
        carried = named_predicates(counted) if format.engine == RdfFormat.RDF_XML else counted
        serialize(carried, output=output.stream, format=format.engine)


def _counted(triples: Iterable[Triple], output: AnswerOutput) -> Iterator[Triple]:
    for triple in triples:
        output.count()
        yield triple


def _evaluate(
    held: ReleaseStore, text: QueryText, dataset: Dataset, limits: QueryLimits, use: Callable[[Results], _T]
) -> _T:
    """Check the text, evaluate it, and use the result at once, in this thread."""
    text.refuse_updates()
    called = text.refuse_service(limits.service)
    text.refuse_nesting(limits.nesting)
    scope = scope_of(held.store, text, dataset, limits.merged_quads, absent=limits.absent_graphs)
    # The engine reads every prefix that it is given; most queries use three of fifty.
    used = {prefix: text.known[prefix] for prefix in set(_PREFIX.findall(text.text)) if prefix in text.known}
    sent = text.text
    if called and limits.gateway is not None:
        sent = text.with_iris({token: limits.gateway(text.iri_of(token) or "") for token in called})
    try:
        found = scope.store.query(
            sent, base_iri=text.base, prefixes=used, default_graph=scope.default, named_graphs=scope.named
        )
        return use(found)
    except SyntaxError as error:
        # The grammar is loaded when a query is refused first: a command that asks a good one does not pay for it.
        from kg.query_explained import explained

        raise explained(text, str(error)) from error
    except (OSError, RuntimeError) as error:
        if called and (isinstance(error, OSError) or str(error).startswith(_NO_RESULTS)):
            # The gateway's reason is the body of its answer, behind what the engine says of the gateway's address.
            reason = str(error).rpartition("with payload:\n")[2]
            raise RefusedError("service-failed", f"the call of SERVICE failed: {reason}") from error
        if isinstance(error, OSError):
            raise CrossingsError(f"the store failed to answer: {error}") from error
        # An evaluation that cannot go on, such as a function that is not there.
        raise QueryError(f"the query cannot be evaluated: {error}") from error
    except ValueError as error:
        raise CrossingsError(f"the store failed to answer: {error}") from error


def _hint(held: ReleaseStore, text: QueryText, dataset: Dataset, limits: QueryLimits) -> str | None:
    """A sentence where a query found nothing because what it asks for is not there, or stands only in named graphs."""
    terms = sorted(text.terms())
    missing = None if text.uses("SERVICE") else absent(held.store, terms)
    elsewhere = []
    if missing is None and not dataset.given and not text.uses("GRAPH", "FROM"):
        elsewhere = [(iri, graph) for iri in terms if (graph := held.only_in(iri)) is not None]
    if (missing is None and not elsewhere) or not _evaluate(held, text, dataset, limits, _is_nothing):
        return None
    if missing is not None:
        return missing
    names = sorted(curie(iri) for iri, _graph in elsewhere)
    subject = f"{', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f"{names[0]} is"
    return (
        f"{subject} not used in the default graph, but in named graphs such as <{elsewhere[0][1]}>: "
        "put those patterns inside GRAPH ?g { ... }"
    )


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
