"""The page of the endpoints leaves nothing out that the application answers."""

from __future__ import annotations

import re

import pytest

from kg.docs.pages import docs_dir
from server.app import create_app
from server.endpoints_page import Endpoint, endpoints, page
from server.settings import Settings


@pytest.mark.parametrize("empty", [False, True])
def test_every_endpoint_is_there_and_is_explained(empty: bool) -> None:
    settings = Settings(empty=empty)
    found = endpoints(settings)
    assert set(create_app(settings).paths) <= {each.path for each in found}
    text = page().text
    for each in found:
        assert each.what, f"{each.method} {each.path} has no words: give it some in server/endpoints_page.py"
        assert f"| {each.method} | `{each.path}` |" in text


def test_what_is_described_for_machines_is_taken_from_there() -> None:
    found = {(each.method, each.path): each for each in endpoints(Settings())}
    asked = found["POST", "/sparql"]
    assert asked.parameters == ("default-graph-uri", "named-graph-uri", "format", "release", "timeout")
    assert asked.types[0] == "application/sparql-results+json"
    assert not asked.token
    assert found["POST", "/update"].token
    assert found["GET", "/metrics"] == Endpoint("GET", "/metrics", found["GET", "/metrics"].what, (), ("text/plain",))


def test_questions_are_one_row_and_a_route_is_not_told_twice() -> None:
    found = [(each.method, each.path) for each in endpoints(Settings())]
    assert [path for _, path in found if path.startswith("/queries/")] == ["/queries/{name}"]
    shapes = [(method, re.sub(r"{\w+}", "{}", path)) for method, path in found]
    assert len(shapes) == len(set(shapes))


def test_the_page_in_docs_is_this_one() -> None:
    assert (docs_dir() / "endpoints.md").read_text("utf-8") == page().text
