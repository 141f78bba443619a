"""Releases whose summary tables are held against SPARQL: of the seeds, of a generated corpus, and of odd quads."""

from __future__ import annotations

import pytest

from bench.endpoint.corpus import QUADS_AN_ARTICLE, Request, corpus
from bench.endpoint.telling import Teller
from kg.release import Home, Release, ReleaseContent, publish
from tests.summary.odd import odd_quads
from tests.support.seeds_home import copied_seeds

ARTICLES = 60


@pytest.fixture(scope="session")
def seeds_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return Home(copied_seeds(tmp_path_factory)).require_current()


@pytest.fixture(scope="session")
def corpus_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    request = Request(11_000 + ARTICLES * QUADS_AN_ARTICLE, seed=5)
    made = corpus(tmp_path_factory.mktemp("corpora"), request, Teller())
    return Home(made.path / "home").require_current()


@pytest.fixture(scope="session")
def odd_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    home = tmp_path_factory.mktemp("odd") / "home"
    return publish(Home(home), ReleaseContent(quads=odd_quads()))


@pytest.fixture(params=["seeds", "corpus", "odd"])
def release(request: pytest.FixtureRequest) -> Release:
    found = request.getfixturevalue(f"{request.param}_release")
    assert isinstance(found, Release)
    return found
