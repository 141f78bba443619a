"""SERVICE of hosts that the operator allows: called through the gateway, and nobody else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import tests.server.no_namespace as no_namespace
from kg.namespaces import expand
from tests.server.asking import eventually, limited, metric, problem_name
from tests.server.endpoint import Endpoint
from tests.server.listener import SilentListener
from tests.server.serving import Served, command, environment, serving

SEEN = [expand("id:incident/0001"), expand("id:incident/0002"), expand("id:incident/9999")]


@pytest.fixture(scope="module")
def unnamed() -> Iterator[SilentListener]:
    with SilentListener() as listener:
        yield listener


@pytest.fixture(scope="module")
def by_name() -> Iterator[SilentListener]:
    """A listener whose host is named, but not its address, which is private."""
    with SilentListener() as listener:
        yield listener


@pytest.fixture(scope="module")
def endpoint(unnamed: SilentListener) -> Iterator[Endpoint]:
    with Endpoint(SEEN, unnamed.url) as made:
        yield made


@pytest.fixture(scope="module")
def server(
    home: Path, tmp_path_factory: pytest.TempPathFactory, endpoint: Endpoint, by_name: SilentListener
) -> Iterator[Served]:
    hosts = f"127.0.0.1:{endpoint.port}, localhost:{by_name.port}, nobody.invalid"
    options = limited("time=3s", "bytes=3MB", "workers=3", "spares=0", "client-seconds=9999")
    errors = tmp_path_factory.mktemp("services") / "errors"
    with serving(home, errors, *options, variables={"KG_SERVICE_HOSTS": hosts}) as running:
        if not httpx.get(f"{running.url}/health", timeout=60).json()["protections"]["network-namespace"]:
            pytest.skip("this system gives no process a network namespace, without which no SERVICE is allowed")
        yield running


@pytest.fixture
def asking(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def ask(client: httpx.Client, query: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query})


def joined(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return sorted(row["i"]["value"] for row in answer.json()["results"]["bindings"])


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <THERE> { ?i <urn:note> ?note }",
        "SERVICE SILENT <THERE> { ?i <urn:note> ?note }",
        "{ SELECT * { SERVICE <THERE> { ?i <urn:note> ?note } } }",
        "service<THERE>{ ?i <urn:note> ?note }",
    ],
)
def test_the_solutions_of_an_allowed_endpoint_are_joined(asking: httpx.Client, endpoint: Endpoint, call: str) -> None:
    before = len(endpoint.asked)
    query = f"SELECT ?i ?note {{ ?i a cx:Incident . {call.replace('THERE', endpoint.url())} }}"
    answer = ask(asking, query)
    assert joined(answer) == SEEN[:2]
    assert {row["note"]["value"] for row in answer.json()["results"]["bindings"]} == {"seen"}
    assert len(endpoint.asked) > before
    path, body = endpoint.asked[-1]
    assert path.startswith("/sparql")
    assert "urn:note" in path + body


def test_a_prefixed_name_and_a_base_name_an_endpoint_too(asking: httpx.Client, endpoint: Endpoint) -> None:
    for prologue, name in (
        (f"PREFIX e: <{endpoint.url('/')}>", "e:sparql"),
        (f"BASE <{endpoint.url('/')}>", "<sparql>"),
    ):
        query = f"{prologue} SELECT ?i {{ ?i a cx:Incident . SERVICE {name} {{ ?i <urn:note> ?note }} }}"
        assert joined(ask(asking, query)) == SEEN[:2]


def test_the_service_is_described_as_federated(asking: httpx.Client, client: httpx.Client) -> None:
    feature = "BasicFederatedQuery"
    assert feature in asking.get("/sparql", headers={"Accept": "application/n-triples"}).text
    assert feature not in client.get("/sparql", headers={"Accept": "application/n-triples"}).text


def test_workers_keep_their_namespace(asking: httpx.Client) -> None:
    protections = asking.get("/health").json()["protections"]
    assert protections["network-namespace"]
    assert protections["memory-limit"]
    assert protections["no-file-writes"]
    # They must make sockets to reach the gateway, inside their namespace.
    assert not protections["no-sockets"]


REFUSED = {
    "an unnamed host": "http://127.0.0.1:{unnamed}/sparql",
    "an unnamed port of a named host": "http://localhost:{unnamed}/",
    "the named host without its port": "http://127.0.0.1/",
    "the named address under another spelling": "http://127.1:{port}/sparql",
    "the named address as a number": "http://2130706433:{port}/sparql",
    "the named address in IPv6": "http://[::ffff:127.0.0.1]:{port}/sparql",
    "a user before the host": "http://a@127.0.0.1:{port}/sparql",
    "another scheme": "ftp://127.0.0.1:{port}/sparql",
    "a file": "file:///etc/hostname",
    "a named host behind another": "http://127.0.0.1:{port}@127.0.0.1:{unnamed}/",
    "a named host in the path": "http://127.0.0.1:{unnamed}/127.0.0.1:{port}/",
    "a backslash": "http://127.0.0.1:{unnamed}\\u005C@127.0.0.1:{port}/",
    "a line end": "http://127.0.0.1:{port}\\u000A/sparql",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_named_is_refused_whatever_silent_says(
    asking: httpx.Client, endpoint: Endpoint, unnamed: SilentListener, name: str
) -> None:
    there = REFUSED[name].format(port=endpoint.port, unnamed=unnamed.port)
    before = len(endpoint.asked)
    for silent in ("", "SILENT "):
        answer = ask(asking, f"SELECT * {{ SERVICE {silent}<{there}> {{ ?i ?p ?o }} }}")
        assert answer.status_code == 400, answer.text
        assert problem_name(answer) in ("service-refused", "malformed-query")
    assert len(endpoint.asked) == before
    assert unnamed.callers() == []


def test_a_variable_names_no_endpoint(asking: httpx.Client, endpoint: Endpoint) -> None:
    before = len(endpoint.asked)
    query = f"SELECT * {{ VALUES ?e {{ <{endpoint.url()}> }} SERVICE ?e {{ ?i ?p ?o }} }}"
    assert problem_name(ask(asking, query)) == "service-refused"
    assert len(endpoint.asked) == before


FAILING = {
    "a host of a private address that is not named itself": "http://localhost:{by_name}/sparql",
    "a host that is not known": "http://nobody.invalid/sparql",
    "a redirect": "http://127.0.0.1:{port}/redirect",
    "an error": "http://127.0.0.1:{port}/error",
    "what is no result": "http://127.0.0.1:{port}/garbage",
    "an endless answer": "http://127.0.0.1:{port}/endless",
}


@pytest.mark.parametrize("name", FAILING)
def test_a_call_that_fails_is_told_unless_it_is_silent(
    asking: httpx.Client, endpoint: Endpoint, unnamed: SilentListener, by_name: SilentListener, name: str
) -> None:
    there = FAILING[name].format(port=endpoint.port, by_name=by_name.port)
    query = "SELECT ?i { ?i a cx:Incident . SERVICE SILENT<THERE> { ?i <urn:note> ?note } }".replace("THERE", there)
    answer = ask(asking, query.replace("SILENT", " "))
    assert (answer.status_code, problem_name(answer)) == (502, "service-failed"), answer.text
    # A SERVICE that fails silently gives one solution without a binding, which joins with all (section 2.3.1).
    assert len(joined(ask(asking, query.replace("SILENT", "SILENT ")))) == 3
    assert unnamed.callers() == []
    assert by_name.callers() == []


def test_a_slow_endpoint_takes_no_longer_than_the_query_may(
    server: Served, asking: httpx.Client, endpoint: Endpoint
) -> None:
    for silent in ("", "SILENT "):
        answer = ask(asking, f"SELECT * {{ SERVICE {silent}<{endpoint.url('/slow')}> {{ ?i ?p ?o }} }}")
        assert (answer.status_code, problem_name(answer)) == (504, "timeout"), answer.text
    assert eventually(lambda: metric(server.url, "crossings_workers") == 3)
    assert joined(ask(asking, f"SELECT ?i {{ SERVICE <{endpoint.url()}> {{ ?i <urn:note> ?note }} }}")) == SEEN


def test_without_a_namespace_no_service_can_be_allowed(home: Path, tmp_path: Path) -> None:
    given = [sys.executable, no_namespace.__file__, *command(home, "--port", "0")]
    hosts = {"KG_SERVICE_HOSTS": "query.example.org"}
    done = subprocess.run(
        given, capture_output=True, text=True, env={**environment(), **hosts}, timeout=120, check=False
    )
    assert done.returncode == 2
    assert (
        "kg: a worker could not start: SERVICE hosts are allowed, but this system gives workers no network namespace"
        in done.stderr
    )
    assert done.stderr.count("\n") == 1
