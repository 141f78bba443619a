from __future__ import annotations

import subprocess
import sys

import httpx

from kg.questions import questions
from server.app import create_app
from server.settings import Settings
from tests.server.serving import ROOT, environment


def test_importing_the_application_does_nothing() -> None:
    script = (
        "import sys, os, threading; before = threading.active_count(); import server.app, server.commands; "
        "assert threading.active_count() == before; assert not os.path.exists('.kg'); "
        "assert not any(type(v).__name__ == 'FastAPI' for v in vars(server.app).values())"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, env=environment(), cwd=ROOT.parent)


def test_two_applications_share_nothing() -> None:
    one, two = create_app(Settings(port=1)), create_app(Settings(port=2))
    assert one is not two
    assert one.framework.router is not two.framework.router


def test_an_unknown_address_is_a_problem(client: httpx.Client) -> None:
    answer = client.get("/nothing/here")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/problem/not-found")


def test_no_page_loads_scripts_from_elsewhere(client: httpx.Client) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_the_openapi_document_has_every_endpoint_and_page(client: httpx.Client) -> None:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    paths = answer.json()["paths"]
    asking = {"/sparql", "/store", "/graph/{path}", "/validate", "/search", "/opensearch.xml"}
    kept = {"/releases", "/releases/{id}", "/releases/{from}..{to}", "/changes", "/dumps/{id}/{name}", "/cite"}
    library = {path for path in paths if path.startswith("/queries")}
    assert library >= {f"/queries/{question.name}" for question in questions()}
    reading = {"/", "/health", "/.well-known/void"} | asking | kept | library
    assert set(paths) == reading | {"/update", "/articles", "/curation"}
    assert set(paths["/sparql"]) == {"get", "post"}
    idents = [operation["operationId"] for path in paths.values() for operation in path.values()]
    assert len(set(idents)) == len(idents)
