"""The cases of the W3C suite for the SPARQL 1.1 Protocol, restated: queries are answered, updates are refused."""

from __future__ import annotations

from urllib.parse import urlencode

from kg.namespaces import BASE
from tests.protocol.content import document
from tests.protocol.w3c_cases import Case, Exchange

__all__ = ["PROTOCOL_CASES", "REFUSED_UPDATES"]

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


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
