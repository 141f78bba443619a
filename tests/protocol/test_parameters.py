"""The parameters that are this server's own: `timeout`, which may only lower the limit, and `release`."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.protocol.answers import problem_of, rows_of
from tests.protocol.content import MANY, Releases
from tests.server.serving import client_of

COUNT = "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"
#: More rows to count than any machine gets through: each pattern multiplies them.
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?s{n} ?p{n} ?o{n} .' for n in range(9))} }}"
LIMIT = 1.5


@pytest.fixture(scope="module")
def brief(protocol_releases: Releases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server that ends queries soon."""
    limits = (f"time={LIMIT}s", "client_seconds=100000", "workers=2", "spares=1")
    options = [part for limit in limits for part in ("--limit", limit)]
    errors = tmp_path_factory.mktemp("brief") / "errors"
    with client_of(protocol_releases.home, errors, *options) as made:
        yield made


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("0.2", "0.2"), ("0.05", "0.05"), ("1e-1", "0.1"), ("100", "1.5"), ("1.5", "1.5"), ("", "1.5"), (None, "1.5")],
)
def test_a_client_may_lower_the_time_of_a_query_and_not_raise_it(
    brief: httpx.Client, given: str | None, seconds: str
) -> None:
    began = time.monotonic()
    parameters = {"query": ENDLESS} if given is None else {"query": ENDLESS, "timeout": given}
    answer = brief.get("/sparql", params=parameters)
    assert f"after {seconds} seconds" in problem_of(answer, 504, "timeout")["detail"]
    assert time.monotonic() - began >= float(seconds)


def test_the_time_is_taken_from_a_form_as_well(brief: httpx.Client) -> None:
    answer = brief.post("/sparql", data={"query": ENDLESS, "timeout": "0.1"})
    assert "after 0.1 seconds" in problem_of(answer, 504, "timeout")["detail"]
    assert rows_of(brief.get("/sparql", params={"query": COUNT, "timeout": "60"})) == [{"n": str(MANY)}]


@pytest.mark.parametrize("given", ["0", "-1", "soon", "nan", "inf", "1s", "1,5"])
@pytest.mark.parametrize("target", ["/sparql?query=ASK {}", "/store?default", "/graph/person/1.ttl"])
def test_a_time_that_is_none_is_a_problem(http: httpx.Client, target: str, given: str) -> None:
    sign = "&" if "?" in target else "?"
    answer = http.get(f"{target}{sign}timeout={given}")
    assert f"'{given}'" in problem_of(answer, 400, "malformed-request")["detail"]


def _incidents(http: httpx.Client, **parameters: str) -> tuple[str, str]:
    answer = http.get("/sparql", params={"query": COUNT, **parameters})
    (row,) = rows_of(answer)
    return row["n"], answer.headers["crossings-release"]


def test_an_older_release_is_asked_by_its_id(http: httpx.Client, protocol_releases: Releases) -> None:
    current, older = (str(MANY), protocol_releases.current), ("2", protocol_releases.older)
    # In turns: each answer is that of its release, be it from a worker or from memory.
    for _turn in range(2):
        assert _incidents(http) == current
        assert _incidents(http, release=protocol_releases.older) == older
        assert _incidents(http, release=protocol_releases.current) == current
    assert _incidents(http, release=protocol_releases.older[:9].upper()) == older
    assert _incidents(http, release="") == current
    posted = http.post("/sparql", data={"query": COUNT, "release": protocol_releases.older})
    assert (rows_of(posted), posted.headers["crossings-release"]) == ([{"n": "2"}], protocol_releases.older)


#: Where a release may be named.
TARGETS = ("/sparql?query=ASK {}", "/sparql?format=nt", "/store?default", "/graph/vocabulary", "/.well-known/void")


@pytest.mark.parametrize("target", TARGETS)
def test_every_address_answers_for_an_older_release(
    http: httpx.Client, protocol_releases: Releases, target: str
) -> None:
    sign = "&" if "?" in target else "?"
    answer = http.get(f"{target}{sign}release={protocol_releases.older}")
    assert answer.status_code == 200
    assert answer.headers["crossings-release"] == protocol_releases.older
    assert http.get(target).headers["crossings-release"] == protocol_releases.current


@pytest.mark.parametrize("target", TARGETS)
def test_a_release_that_was_pruned_is_gone_and_one_that_never_was_is_not_found(
    http: httpx.Client, protocol_releases: Releases, target: str
) -> None:
    sign = "&" if "?" in target else "?"
    gone = http.get(f"{target}{sign}release={protocol_releases.pruned}")
    assert protocol_releases.pruned in problem_of(gone, 410, "release-gone")["detail"]
    for unknown in ("0123456789abcdef", "..", "%2F", "latest"):
        problem_of(http.get(f"{target}{sign}release={unknown}"), 404, "unknown-release")
