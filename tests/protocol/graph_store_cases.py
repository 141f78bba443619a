"""The cases of the W3C suites for the Graph Store HTTP Protocol, restated: graphs are read, and nothing is written."""

from __future__ import annotations

from urllib.parse import urlencode

from kg.namespaces import BASE
from tests.protocol.content import DECODED, ENCODED, PERSON
from tests.protocol.w3c_cases import Case, Exchange, Method

__all__ = ["GRAPH_STORE_CASES"]

_NAME = "<http://xmlns.com/foaf/0.1/name>"
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
