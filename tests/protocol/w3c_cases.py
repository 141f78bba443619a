"""The cases of the W3C suites for the SPARQL 1.1 Protocol, the Graph Store Protocol and the service description.

Restated for a service that only reads: each row has the name of the W3C test that it stands for, the requests, and what
is expected. Where the suite asks graphs that it writes first, the rows ask graphs of the release; where it writes, they
expect a refusal. An unknown graph is a problem of its own here, so `data0` is a graph of the release too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from kg.namespaces import BASE
from tests.protocol.content import DECODED, ENCODED, PERSON, document

__all__ = ["GRAPH_STORE_CASES", "PROTOCOL_CASES", "REFUSED_UPDATES", "Case", "Exchange"]

Method = Literal["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request, and what its answer must be.

    Args:
        method: The method.
        target: Path and query, as they are sent.
        content_type: The type of the body.
        accept: The formats asked for; absent, anything.
        body: The body.
        status: The expected status.
        problem: The kind of problem, where one is expected.
        boolean: The answer of an ASK.
        rows: The answer of a SELECT: one text a value.
        triples: The lines of the answer as N-Triples, in order; any number of them where it is None.
        writes: Whether it would change a graph.
    """

    method: Method = "GET"
    target: str
    content_type: str | None = None
    accept: str | None = None
    body: bytes | None = None
    status: int = 200
    problem: str | None = None
    boolean: bool | None = None
    rows: tuple[dict[str, str], ...] | None = None
    triples: tuple[str, ...] | None = None
    writes: bool = False


@dataclass(frozen=True)
class Case:
    """A W3C test by its name, restated as exchanges."""

    name: str
    exchanges: tuple[Exchange, ...] = field(repr=False)


FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NAME = "<http://xmlns.com/foaf/0.1/name>"


def _sparql(*parameters: tuple[str, str]) -> str:
    return f"/sparql?{urlencode(parameters)}" if parameters else "/sparql"


def _default(*numbers: int) -> list[tuple[str, str]]:
    return [("default-graph-uri", document(number)) for number in numbers]


def _named(*numbers: int) -> list[tuple[str, str]]:
    return [("named-graph-uri", document(number)) for number in numbers]


def _typed(number: int) -> str:
    return f"<{document(number)}> a ?type"


_BOTH = f"ASK {{ {_typed(1)} . {_typed(2)} }}"
_IN_GRAPHS = f"GRAPH ?one {{ {_typed(1)} }} GRAPH ?two {{ {_typed(2)} }}"


def _direct(query: str, *parameters: tuple[str, str], **expected: object) -> Exchange:
    return Exchange(
        method="POST",
        target=_sparql(*parameters),
        content_type=QUERY,
        body=query.encode(),
        **expected,  # type: ignore[arg-type]  # the fields of an exchange
    )


def _get(query: str, *parameters: tuple[str, str], **expected: object) -> Exchange:
    return Exchange(target=_sparql(("query", query), *parameters), **expected)  # type: ignore[arg-type]  # as above


def _refused(target: str, content_type: str | None, body: str | bytes, status: int, problem: str) -> Exchange:
    content = body if isinstance(body, bytes) else body.encode()
    return Exchange(
        method="POST", target=target, content_type=content_type, body=content, status=status, problem=problem
    )


#: The query side of the protocol suite.
PROTOCOL_CASES: tuple[Case, ...] = (
    Case(
        "query_post_form",
        (
            Exchange(
                method="POST", target=_sparql(*_default(0)), content_type=FORM, body=b"query=ASK+%7B%7D", boolean=True
            ),
        ),
    ),
    Case(
        "query_dataset_default_graphs_get",
        (_get(_BOTH, *_default(1, 2), boolean=True), _get(_BOTH, *_default(1, 3), boolean=False)),
    ),
    Case(
        "query_dataset_default_graphs_post",
        (_direct(_BOTH, *_default(1, 2), boolean=True), _direct(_BOTH, *_default(2), boolean=False)),
    ),
    Case(
        "query_dataset_named_graphs_post",
        (
            _direct(f"ASK {{ {_IN_GRAPHS} }}", *_named(1, 2), boolean=True),
            _direct(f"ASK {{ {_IN_GRAPHS} }}", *_named(1, 3), boolean=False),
        ),
    ),
    Case(
        "query_dataset_named_graphs_get",
        (
            _get(f"ASK {{ {_IN_GRAPHS} }}", *_named(1, 2), boolean=True),
            _get("ASK { ?s ?p ?o }", *_named(1, 2), boolean=False),
        ),
    ),
    Case(
        "query_dataset_full",
        (
            _direct(f"ASK {{ {_typed(3)} {_IN_GRAPHS} }}", *_default(3), *_named(1, 2), boolean=True),
            _direct(f"ASK {{ {_typed(1)} {_IN_GRAPHS} }}", *_default(3), *_named(1, 2), boolean=False),
        ),
    ),
    Case(
        "query_multiple_dataset",
        (
            _direct(f"ASK FROM <{document(3)}> {{ {_IN_GRAPHS} }}", *_named(1, 2), boolean=True),
            _direct(f"ASK FROM <{document(3)}> {{ {_typed(3)} }}", *_named(1, 2), boolean=False),
        ),
    ),
    Case("query_get", (_get("ASK {}", *_default(0), boolean=True),)),
    Case("query_content_type_select", (_direct("SELECT (1 AS ?value) {}", *_default(0), rows=({"value": "1"},)),)),
    Case("query_content_type_ask", (_direct("ASK {}", *_default(0), boolean=True),)),
    Case(
        "query_content_type_describe",
        (
            _direct("DESCRIBE <http://example.org/>", *_default(0), triples=()),
            _direct(
                f"DESCRIBE <{document(0)}>",
                *_default(0),
                triples=(f"<{document(0)}> {_TYPE} <http://xmlns.com/foaf/0.1/Document> .",),
            ),
        ),
    ),
    Case(
        "query_content_type_construct",
        (
            _direct(
                "CONSTRUCT { <s> <p> 1 } WHERE {}",
                *_default(0),
                triples=(f'<{BASE}s> <{BASE}p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',),
            ),
        ),
    ),
    Case("query_post_direct", (_direct("ASK {}", boolean=True),)),
    Case(
        "bad_query_method",
        (
            Exchange(
                method="PUT",
                target=_sparql(("query", "ASK {}"), *_default(0)),
                content_type=FORM,
                body=b"",
                status=405,
                problem="method-not-allowed",
            ),
        ),
    ),
    Case(
        "bad_multiple_queries",
        (
            Exchange(target=_sparql(("query", "ASK {}"), ("query", "SELECT * {}")), status=400, problem="no-query"),
            _refused(_sparql(), FORM, urlencode([("query", "ASK {}")] * 2), 400, "no-query"),
            _refused(_sparql(("query", "ASK {}")), QUERY, "ASK {}", 400, "no-query"),
        ),
    ),
    Case("bad_query_wrong_media_type", (_refused(_sparql(), "text/plain", "ASK {}", 415, "unsupported-media-type"),)),
    Case(
        "bad_query_missing_form_type",
        (_refused(_sparql(), None, "query=ASK%20%7B%7D", 415, "unsupported-media-type"),),
    ),
    Case("bad_query_missing_direct_type", (_refused(_sparql(), None, "ASK {}", 415, "unsupported-media-type"),)),
    Case(
        "bad_query_non_utf8",
        (
            _refused(_sparql(), f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16"), 415, "unsupported-media-type"),
            _refused(_sparql(), QUERY, "ASK {}".encode("utf-16"), 400, "malformed-request"),
        ),
    ),
    Case("bad_query_syntax", (_get("ASK {", status=400, problem="malformed-query"),)),
)

_CLEAR = b"update=CLEAR+ALL"
_ADD = b"INSERT DATA { GRAPH <http://data.example/new> { <http://data.example/new> a <http://data.example/New> } }"


def _update(*parameters: tuple[str, str]) -> tuple[Exchange, ...]:
    return (_refused(_sparql(*parameters), UPDATE, _ADD, 400, "update-refused"),)


#: The update side: a release never changes, so every update is refused, well-formed or not.
REFUSED_UPDATES: tuple[Case, ...] = (
    Case("update_dataset_default_graph", _update(("using-graph-uri", document(1)))),
    Case("update_dataset_default_graphs", _update(*[("using-graph-uri", document(n)) for n in (1, 2)])),
    Case("update_dataset_named_graphs", _update(*[("using-named-graph-uri", document(n)) for n in (1, 2)])),
    Case(
        "update_dataset_full",
        _update(("using-graph-uri", document(1)), *[("using-named-graph-uri", document(n)) for n in (2, 3)]),
    ),
    Case("update_post_form", (_refused(_sparql(), FORM, _CLEAR, 400, "update-refused"),)),
    Case("update_post_direct", _update()),
    Case(
        "update_base_uri",
        (_refused(_sparql(), UPDATE, "INSERT DATA { GRAPH <g> { <s> <p> <o> } }", 400, "update-refused"),),
    ),
    Case("bad_update_get", (Exchange(target=_sparql(("update", "CLEAR ALL")), status=400, problem="update-refused"),)),
    Case(
        "bad_multiple_updates",
        (_refused(_sparql(), FORM, "update=CLEAR+NAMED&update=CLEAR+DEFAULT", 400, "update-refused"),),
    ),
    Case(
        "bad_update_wrong_media_type",
        (_refused(_sparql(), "text/plain", "CLEAR NAMED", 415, "unsupported-media-type"),),
    ),
    Case(
        "bad_update_missing_form_type",
        (_refused(_sparql(), None, "update=CLEAR%20NAMED", 415, "unsupported-media-type"),),
    ),
    Case(
        "bad_update_non_utf8",
        (_refused(_sparql(), f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16"), 400, "update-refused"),),
    ),
    Case("bad_update_syntax", (_refused(_sparql(), FORM, "update=CLEAR+XYZ", 400, "update-refused"),)),
    Case(
        "bad_update_dataset_conflict",
        (
            _refused(
                _sparql(("using-named-graph-uri", "http://data.example/people")),
                UPDATE,
                "WITH <http://data.example/addresses> DELETE { ?s ?p 'a' } INSERT { ?s ?p 'b' } WHERE { ?s ?p 'a' }",
                400,
                "update-refused",
            ),
        ),
    ),
)

_PATH = PERSON.removeprefix(BASE.rstrip("/"))
_TURTLE = "text/turtle; charset=utf-8"


def _about(graph: str) -> tuple[str, ...]:
    return (f'<{graph}> {_NAME} "whom {graph} is about" .',)


def _store(graph: str) -> str:
    return f"/store?{urlencode({'graph': graph})}"


def _read(target: str, graph: str) -> Exchange:
    return Exchange(target=target, accept="text/turtle", triples=_about(graph))


def _gone(target: str, method: Method = "GET") -> Exchange:
    return Exchange(method=method, target=target, status=404, problem="graph-not-found")


def _write(
    method: Method, target: str, content_type: str | None = _TURTLE, body: bytes = b"<a:a> <a:b> 1 ."
) -> Exchange:
    return Exchange(
        method=method,
        target=target,
        content_type=content_type,
        body=None if method == "DELETE" else body,
        status=405,
        problem="method-not-allowed",
        writes=True,
    )


def _put_get(target: str, graph: str) -> tuple[Exchange, ...]:
    return (_write("PUT", target), _read(target, graph)) * 2


def _delete(target: str) -> tuple[Exchange, ...]:
    return (_write("PUT", target), _write("DELETE", target), _gone(target), _write("DELETE", target))


_PARTS = (
    b"--part\r\nContent-Disposition: form-data; name=a; filename=a.ttl\r\nContent-Type: text/turtle\r\n\r\n"
    b"<a:a> <a:b> 1 .\r\n--part--\r\n"
)


def _post_get(target: str, graph: str) -> tuple[Exchange, ...]:
    read = _read(target, graph)
    return (_write("POST", target), read, _write("POST", target, "multipart/form-data; boundary=part", _PARTS), read)


def _head(target: str, graph: str) -> tuple[Exchange, ...]:
    head = Exchange(method="HEAD", target=target, accept=_TURTLE)
    return (_write("PUT", target), head, _read(target, graph))


_MISSING = "http://data.example/person/4.ttl"

#: The Graph Store Protocol suite, graphs named directly and indirectly: what reads is answered, what writes is 405.
GRAPH_STORE_CASES: tuple[Case, ...] = (
    Case("put_get_repeat_direct", _put_get(_PATH, PERSON)),
    Case("put_delete_get_delete_direct", _delete("/graph/person/2.ttl")),
    Case("post_get_post_get_direct", _post_get(_PATH, PERSON)),
    Case("head_existing_direct", _head(_PATH, PERSON)),
    Case("put_get_repeat_indirect", _put_get(_store(DECODED), DECODED)),
    Case(
        "put_get_default",
        (
            _write("PUT", "/store?default"),
            Exchange(target="/store?default", accept="text/turtle"),
            Exchange(target="/store?default=", accept="application/rdf+xml"),
        ),
    ),
    Case("put_delete_get_delete_indirect", _delete(_store("http://data.example/person/2.ttl"))),
    Case("post_get_post_get_indirect", _post_get(_store(DECODED), DECODED)),
    Case(
        "post_get_new_graph",
        (_write("POST", "/store"), Exchange(target="/store", status=400, problem="malformed-request")),
    ),
    Case("head_existing_indirect", _head(_store(DECODED), DECODED)),
    Case("head_non_existing_indirect", (_gone(_store(_MISSING), "HEAD"), _gone(_store(_MISSING)))),
    Case(
        "put_get_uri_pct_encoded_indirect",
        (_write("PUT", _store(DECODED)), _read(f"/store?graph={DECODED}", DECODED), _read(_store(DECODED), DECODED)),
    ),
    Case(
        "put_get_uri_pct_encoded_twice",
        (
            _write("PUT", "/store?graph=http://data.example/person/%31.ttl"),
            _write("PUT", "/store?graph=http://data.example/person/%2531.ttl"),
            _read("/store?graph=http://data.example/person/%31.ttl", DECODED),
            _read("/store?graph=http://data.example/person/%2531.ttl", ENCODED),
        ),
    ),
    # The older suite of the same protocol, `http-rdf-update`, one exchange a test.
    Case("put__initial_state", (_write("PUT", _PATH),)),
    Case("get_of_put__initial_state", (_read(_store(PERSON), PERSON),)),
    Case("put__graph_already_in_store", (_write("PUT", _PATH),)),
    Case("get_of_put__graph_already_in_store", (_read(_PATH, PERSON),)),
    Case("put__default_graph", (_write("PUT", "/store?default"),)),
    Case("get_of_put__default_graph", (Exchange(target="/store?default", accept="text/turtle"),)),
    Case("delete__existing_graph", (_write("DELETE", _PATH),)),
    Case("get_of_delete__existing_graph", (_gone("/graph/person/2.ttl"),)),
    Case("delete__nonexistent_graph", (_write("DELETE", "/graph/person/2.ttl"),)),
    Case("post__existing_graph", (_write("POST", _PATH),)),
    Case("get_of_post__existing_graph", (_read(_PATH, PERSON),)),
    Case("post__multipart_formdata", (_write("POST", _PATH, "multipart/form-data; boundary=part", _PARTS),)),
    Case("get_of_post__multipart_formdata", (_read(_PATH, PERSON),)),
    Case("post__create__new_graph", (_write("POST", "/store"),)),
    Case("get_of_post__create__new_graph", (_gone("/graph/made/by/nobody"),)),
    Case("get_of_post__after_noop", (_write("POST", _PATH, body=b""), _read(_PATH, PERSON))),
    Case("head_on_an_existing_graph", (Exchange(method="HEAD", target=_PATH),)),
    Case("head_on_a_nonexisting_graph", (_gone("/graph/person/4.ttl", "HEAD"),)),
)
