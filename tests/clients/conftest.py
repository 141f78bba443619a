from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.release import Home, publish
from tests.clients.javascript import Node, installed
from tests.release.content import content
from tests.server.asking import limited
from tests.server.serving import serving


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the endpoint of a small release."""
    folder = tmp_path_factory.mktemp("clients")
    publish(Home(folder / "home"), content(5))
    options = limited("rows=20000", "buffer=50kB", "fast=1ms", "client-seconds=9999")
    with serving(folder / "home", folder / "errors", *options) as running:
        yield f"{running.url}/sparql"
    assert running.complaints() == ""


@pytest.fixture(scope="session")
def node() -> Node:
    return installed()
