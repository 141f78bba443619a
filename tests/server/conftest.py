from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.release import Home, publish
from tests.release.content import content
from tests.server.serving import Served, client_of, serving
from tests.support.listed_articles import home_of
from tests.support.releases import released
from tests.support.stories import dated, recalled, statements, undated


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "home"
    publish(Home(path), content(3))
    return path


@pytest.fixture(scope="session")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose graph has some thousand quads, enough for a query to run away in."""
    path = tmp_path_factory.mktemp("larger") / "home"
    publish(Home(path), content(300))
    return path


@pytest.fixture(scope="session")
def served(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(home, tmp_path_factory.mktemp("log") / "errors") as running:
        yield running
        assert running.process.poll() is None, running.complaints()
    assert running.complaints() == ""


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30) as made:
        yield made


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose release was made of three little reports, with claims, evidence and links."""
    path = tmp_path_factory.mktemp("told") / "home"
    released(path, statements(dated(), recalled(), undated()))
    return path


@pytest.fixture(scope="session")
def storyteller(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(told, tmp_path_factory.mktemp("log") / "errors") as running:
        yield running
        assert running.process.poll() is None, running.complaints()
    assert running.complaints() == ""


@pytest.fixture
def reader(storyteller: Served) -> Iterator[httpx.Client]:
    """Looks at the pages and documents of the three reports."""
    with httpx.Client(base_url=storyteller.url, timeout=60) as made:
        yield made


@pytest.fixture(scope="session")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return home_of(tmp_path_factory.mktemp("listed") / "home")


@pytest.fixture(scope="session")
def pages(listed: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with client_of(listed.path, tmp_path_factory.mktemp("log") / "errors") as client:
        yield client
