from __future__ import annotations

import pytest

from kg.release import Home, Release
from kg.search.search import SearchIndex
from tests.support.commands import SEEDS, kg


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the seeds."""
    home = tmp_path_factory.mktemp("search") / "home"
    built = kg("build", SEEDS, "--home", home)
    assert built.returncode == 0, built.stdout + built.stderr
    return Home(home).require_current()


@pytest.fixture(scope="session")
def index(seeds: Release) -> SearchIndex:
    """What the seeds are found by."""
    return SearchIndex(seeds.search_path)
