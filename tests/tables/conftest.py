from __future__ import annotations

import pytest

from kg.release import Release
from tests.support.releases import released
from tests.support.stories import dated, recalled, statements, undated


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of three little reports, with claims, evidence and links."""
    home = tmp_path_factory.mktemp("tables") / "home"
    return released(home, statements(dated(), recalled(), undated())).require_current()
