from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from kg.release import Home, publish
from tests.release.content import content
from tests.server.serving import Served, serving
from tests.support.lexicon import lexicon_quads


@pytest.fixture(scope="session")
def informed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a release that holds the ontology, the vocabularies and the gazetteer."""
    folder = tmp_path_factory.mktemp("informed")
    made = content(3)
    publish(Home(folder / "home"), replace(made, quads=[*made.quads, *lexicon_quads()]))
    with serving(folder / "home", folder / "errors") as running:
        yield running
    assert running.complaints() == ""


@pytest.fixture(scope="session")
def asking(informed: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=informed.url, timeout=60) as made:
        yield made
