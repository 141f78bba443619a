from __future__ import annotations

import pytest

from server.mcp.origins import Origins
from server.problems import Problem
from server.settings import Settings

LOCAL = Settings()
PROXIED = Settings(proxies="10.0.0.1")
PUBLIC = Settings(host="0.0.0.0")
NAMED = Settings(host="0.0.0.0", mcp_hosts="Graph.example, other.example")


@pytest.mark.parametrize(
    ("settings", "host", "origin"),
    [
        (LOCAL, "localhost:8000", None),
        (LOCAL, "127.0.0.1", "http://localhost:3000"),
        (LOCAL, "[::1]:8000", "http://[::1]"),
        (PROXIED, "graph.example", None),
        (PUBLIC, "anything.example", None),
        (PUBLIC, None, "http://127.0.0.1:6274"),
        (NAMED, "graph.example:443", "https://other.example"),
        (NAMED, "GRAPH.EXAMPLE", None),
    ],
)
def test_who_is_allowed_may_ask(settings: Settings, host: str | None, origin: str | None) -> None:
    Origins.of(settings).check(host, origin)


@pytest.mark.parametrize(
    ("settings", "host", "origin", "name"),
    [
        (LOCAL, "evil.example", None, "host-refused"),
        (LOCAL, "localhost.evil.example:8000", None, "host-refused"),
        (LOCAL, None, None, "host-refused"),
        (LOCAL, "[", None, "host-refused"),
        (LOCAL, "localhost:8000", "http://evil.example", "origin-refused"),
        (LOCAL, "localhost:8000", "null", "origin-refused"),
        (LOCAL, "localhost:8000", "", "origin-refused"),
        (LOCAL, "localhost:8000", "http://localhost@evil.example", "origin-refused"),
        (PUBLIC, "evil.example", "http://evil.example", "origin-refused"),
        (PROXIED, "graph.example", "https://graph.example", "origin-refused"),
        (NAMED, "evil.example", None, "host-refused"),
    ],
)
def test_who_is_not_is_refused(settings: Settings, host: str | None, origin: str | None, name: str) -> None:
    with pytest.raises(Problem, match="KG_MCP_HOSTS") as caught:
        Origins.of(settings).check(host, origin)
    assert caught.value.name == name
