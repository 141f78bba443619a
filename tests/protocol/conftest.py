from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.protocol.content import BUFFER, Releases, make_releases
from tests.server.serving import Served, serving


@pytest.fixture(scope="session")
def protocol_releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return make_releases(tmp_path_factory.mktemp("protocol") / "home")


@pytest.fixture(scope="session")
def endpoint(protocol_releases: Releases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    # All tests are one client, whose budget would be used up on a machine that is busy.
    limits = ("client_seconds=100000", "workers=2", "spares=0", f"buffer={BUFFER}")
    options = [part for limit in limits for part in ("--limit", limit)]
    with serving(protocol_releases.home, tmp_path_factory.mktemp("protocol-log") / "errors", *options) as running:
        yield running
        assert running.process.poll() is None, running.complaints()
    assert running.complaints() == ""


@pytest.fixture(scope="session")
def http(endpoint: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=endpoint.url, timeout=120) as made:
        yield made
