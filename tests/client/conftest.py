from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from tests.server.asking import limited
from tests.server.serving import serving
from tests.support.client_home import made_home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the tiny release."""
    path = tmp_path_factory.mktemp("client") / "home"
    made_home(path)
    return path


@pytest.fixture(scope="session")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of it."""
    errors = tmp_path_factory.mktemp("served") / "errors"
    with serving(home, errors, *limited("client-seconds=9999")) as running:
        yield running.url
    assert running.complaints() == ""


@pytest.fixture(scope="session")
def local(home: Path) -> kg.Graph:
    return kg.open(home)


@pytest.fixture(scope="session")
def remote(address: str) -> Iterator[kg.Graph]:
    with kg.open(address) as graph:
        yield graph


@pytest.fixture(params=["local", "remote"])
def graph(request: pytest.FixtureRequest) -> kg.Graph:
    """Both ways to the same release, one after the other."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, kg.Graph)
    return found
