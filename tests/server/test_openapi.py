"""The OpenAPI document says what may be asked and answered; schemathesis asks it all, and worse, and compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kg.formats import formats_for
from kg.questions import questions
from server.problems import PROBLEMS
from tests.server.asking import limited
from tests.server.serving import Served, serving

CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def server(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    options = limited("time=2s", "client-seconds=99999", "workers=3", "spares=1")
    with serving(home, tmp_path_factory.mktemp("openapi") / "errors", *options) as running:
        yield running
        assert httpx.get(f"{running.url}/health", timeout=60).json()["status"] == "ok"
    assert running.complaints() == ""


@pytest.fixture(scope="module")
def document(server: Served) -> dict[str, Any]:
    answer = httpx.get(f"{server.url}/openapi.json", timeout=60)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture(scope="module")
def described(server: Served) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{server.url}/openapi.json", wait_for_schema=60)


OPERATIONS = [
    "GET /",
    "GET /health",
    "GET /search",
    "GET /opensearch.xml",
    "GET /releases",
    "GET /releases/{id}",
    "GET /releases/{from}..{to}",
    "GET /changes",
    "GET /dumps/{id}/{name}",
    "GET /cite",
    "GET /queries",
    *(f"GET /queries/{found.name}" for found in questions()),
    "GET /.well-known/void",
    "GET /sparql",
    "POST /sparql",
    "GET /store",
    "GET /graph/{path}",
    "POST /validate",
    # Here nobody has a token: what writes has to say so, whatever comes with it.
    "POST /update",
    "POST /articles",
    "POST /curation",
    *(f"{method} {path}" for path in ("/store", "/graph/{path}") for method in ("PUT", "POST", "DELETE")),
]


#: Where nothing is described that could be asked, nothing can be asked otherwise.
ASKED = [(name, GenerationMode.POSITIVE) for name in OPERATIONS] + [
    (name, GenerationMode.NEGATIVE)
    for name in OPERATIONS
    if name not in ("GET /", "GET /health", "GET /opensearch.xml", "GET /dumps/{id}/{name}")
]


@pytest.mark.parametrize(("name", "mode"), ASKED, ids=lambda value: str(getattr(value, "value", value)))
def test_whatever_is_asked_is_answered_as_described(described: BaseSchema, name: str, mode: GenerationMode) -> None:
    method, path = name.split(" ")
    operation = described[path][method]

    # The questions are many and of one kind.
    examples = 8 if path.startswith("/queries/") else 25

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(timeout=60)
        # That a query takes too long, or that all workers are taken, is said with a status of its own.
        assert answer.status_code < 500 or answer.status_code in (503, 504), answer.text
        case.validate_response(answer, checks=CHECKS)

    ask()


def operations(document: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": found for path, ways in document["paths"].items() for method, found in ways.items()
    }


def test_every_address_is_described_once(document: dict[str, Any]) -> None:
    found = operations(document)
    assert set(found) == set(OPERATIONS)
    assert len({operation["operationId"] for operation in found.values()}) == len(found)


def test_every_problem_and_format_is_described(document: dict[str, Any]) -> None:
    asked = operations(document)["GET /sparql"]["responses"]
    assert {str(kind.status) for kind in PROBLEMS.values()} <= set(asked)
    formats = {format.media_type for kind in ("results", "graph") for format in formats_for(kind)}
    assert formats <= set(asked["200"]["content"])
