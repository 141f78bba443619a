"""Results of the W3C suites without their formats: read from files, answers and the engine, and compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.query_tokens import tokenize
from tests.protocol.evaluation_suite import EvaluationCase, triples_in
from tests.protocol.result_comparison import Row, Term, same_graph, same_rows

__all__ = ["Result", "by_value", "expected_of", "is_expected", "result_of", "result_of_engine"]

_RESULTS = {".srx": QueryResultsFormat.XML, ".srj": QueryResultsFormat.JSON, ".tsv": QueryResultsFormat.TSV}


@dataclass(frozen=True)
class Result:
    """An answer without its format: a boolean, solutions, or triples."""

    boolean: bool | None = None
    rows: tuple[Row, ...] | None = None
    triples: tuple[Triple, ...] | None = None


def expected_of(root: Path, case: EvaluationCase) -> Result:
    """What the answer of a case must be."""
    path = root / case.result
    if path.suffix == ".csv":
        return _result_of_csv(path.read_text("utf-8"))
    if path.suffix in _RESULTS:
        return _result_of(path.read_bytes(), _RESULTS[path.suffix])
    triples = tuple(triples_in(root, case.result))
    return _result_set(triples) or Result(triples=triples)


def result_of(content: bytes, content_type: str) -> Result:
    """The result that an answer is, read by its Content-Type."""
    media_type = content_type.partition(";")[0]
    if media_type == "text/csv":
        return _result_of_csv(content.decode())
    results, rdf = QueryResultsFormat.from_media_type(media_type), RdfFormat.from_media_type(media_type)
    if results is not None:
        return _result_of(content, results)
    assert rdf is not None, content_type
    return Result(triples=tuple(quad.triple for quad in parse(content, format=rdf)))


def result_of_engine(found: QueryBoolean | QuerySolutions | QueryTriples, *, as_csv: bool) -> Result:
    """The result of the engine itself; as CSV if it is compared with one, where values are text."""
    if isinstance(found, QueryTriples):
        return Result(triples=tuple(found))
    format = QueryResultsFormat.CSV if as_csv else QueryResultsFormat.JSON
    written = found.serialize(format=format)
    assert written is not None  # no output was given
    return _result_of_csv(written.decode()) if as_csv else _result_of(written, format)


def _result_of(content: bytes, format: QueryResultsFormat) -> Result:
    found = parse_query_results(content, format)
    if isinstance(found, QueryBoolean):
        return Result(boolean=bool(found))
    names = [variable.value for variable in found.variables]
    rows = ({n: term for n, term in zip(names, row, strict=True) if term is not None} for row in found)
    return Result(rows=tuple(rows))


def _result_of_csv(text: str) -> Result:
    """The result of a SELECT as CSV, in which all that is no blank node is text, and what is not bound is empty."""
    names, *rows = csv.reader(io.StringIO(text, newline=""))

    def term(cell: str) -> BlankNode | Literal:
        return BlankNode(cell[2:]) if cell.startswith("_:") else Literal(cell)

    return Result(rows=tuple({n: term(cell) for n, cell in zip(names, row, strict=True) if cell} for row in rows))


def _result_set(triples: Iterable[Triple]) -> Result | None:
    """A result that is written as RDF, with the vocabulary that the suites have for it."""
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    boolean = next(store.quads_for_pattern(None, NamedNode(rs + "boolean"), None), None)
    if boolean is not None:
        assert isinstance(boolean.object, Literal)
        return Result(boolean=boolean.object.value in ("true", "1"))
    if next(store.quads_for_pattern(None, None, NamedNode(rs + "ResultSet")), None) is None:
        return None

    def one(subject: BlankNode | NamedNode, name: str) -> NamedNode | BlankNode | Literal | Triple | None:
        quad = next(store.quads_for_pattern(subject, NamedNode(rs + name), None), None)
        return quad.object if quad is not None else None

    rows: list[tuple[int, Row]] = []
    for quad in store.quads_for_pattern(None, NamedNode(rs + "solution"), None):
        assert isinstance(quad.object, BlankNode | NamedNode)
        index = one(quad.object, "index")
        row = {}
        for binding in store.quads_for_pattern(quad.object, NamedNode(rs + "binding"), None):
            assert isinstance(binding.object, BlankNode | NamedNode)
            name, value = one(binding.object, "variable"), one(binding.object, "value")
            assert isinstance(name, Literal)
            assert value is not None
            row[name.value] = value
        rows.append((int(index.value) if isinstance(index, Literal) else 0, row))
    return Result(rows=tuple(row for _index, row in sorted(rows, key=lambda entry: entry[0])))


def is_expected(root: Path, case: EvaluationCase, found: Result, expected: Result) -> bool:
    """Whether a result is what a case expects."""
    if expected.boolean is not None:
        return found.boolean is expected.boolean
    if expected.triples is not None:
        return found.triples is not None and same_graph(found.triples, expected.triples)
    assert expected.rows is not None
    ordered = _is_ordered((root / case.query).read_text("utf-8"))
    return found.rows is not None and same_rows(found.rows, expected.rows, ordered=ordered, lax=case.lax)


def by_value(result: Result) -> Result:
    """A result whose literals are written as the engine writes them: what differs in spelling alone becomes equal."""
    if result.rows is not None:
        return Result(rows=tuple({name: _rewritten(term) for name, term in row.items()} for row in result.rows))
    if result.triples is not None:
        return Result(triples=tuple(Triple(s, p, _rewritten(o)) for s, p, o in result.triples))
    return result


def _rewritten(term: Term) -> Term:
    if not isinstance(term, Literal):
        return term
    node = NamedNode("urn:any")
    store = Store()
    store.add(Quad(node, node, term))
    (quad,) = store.quads_for_pattern(node, None, None, None)
    return quad.object


def _is_ordered(query: str) -> bool:
    """Whether the solutions of a query have an order: ORDER BY outside all brackets."""
    depth = 0
    for token in tokenize(query):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.is_word("ORDER"):
            return True
    return False
