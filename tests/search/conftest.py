from __future__ import annotations

import pytest

from kg.release import Home, Release
from kg.search.search import SearchIndex
from tests.support.seeds_home import copied_seeds


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the seeds."""
    return Home(copied_seeds(tmp_path_factory)).require_current()


@pytest.fixture(scope="session")
def index(seeds: Release) -> SearchIndex:
    """What the seeds are found by."""
    return SearchIndex(seeds.search_path)
