"""The files of releases over HTTP: whole, in ranges, known to the client, and never any other file."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import msgspec
import pytest

from kg.release import Home, Release, prune, publish, releases
from kg.release.dumps import dumps_of
from kg.release.manifest import Reissue, write_manifest
from kg.release.naming import dataset_iri
from kg.release.reissue import prepare, swap_in
from tests.release.content import content
from tests.server.serving import client_of


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Four releases: one that was pruned, one of an earlier version, an older one, the current one."""
    home = Home(tmp_path_factory.mktemp("dumps") / "home")
    publish(home, content(1))
    earlier = publish(home, content(2))
    publish(home, content(3))
    publish(home, content(4))
    assert len(prune(home, 3)) == 1
    parts = [part for part in earlier.manifest.parts if not part.path.startswith("dumps/")]
    write_manifest(earlier.path, msgspec.structs.replace(earlier.manifest, parts=parts))
    return home


@pytest.fixture(scope="module")
def files(several: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with client_of(several.path, tmp_path_factory.mktemp("log") / "errors") as client:
        yield client


@pytest.fixture
def release(several: Home) -> Release:
    return several.require_current()


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_every_dump_is_sent_as_it_is_with_its_checksum(files: httpx.Client, release: Release) -> None:
    for dump in dumps_of(release):
        answer = files.get(f"/dumps/{release.id}/{dump.name}")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == dump.sha256
        headers = answer.headers
        assert headers["content-type"] == dump.content_type
        assert headers["content-length"] == str(dump.size)
        assert headers["etag"] == f'"{dump.sha256}"'
        assert headers["cache-control"] == "public, no-cache"
        assert "content-encoding" not in headers
        assert headers["accept-ranges"] == "bytes"
        assert headers["crossings-release"] == release.id
        digest = base64.b64encode(bytes.fromhex(dump.sha256)).decode()
        assert headers["repr-digest"] == f"sha-256=:{digest}:"
        head = files.head(f"/dumps/{release.id}/{dump.name}")
        assert (head.status_code, head.content) == (200, b"")
        volatile = ("date",)
        assert {k: v for k, v in head.headers.items() if k not in volatile} == {
            k: v for k, v in headers.items() if k not in volatile
        }


def test_the_checksums_verify_what_is_downloaded(files: httpx.Client, release: Release) -> None:
    for line in files.get(f"/dumps/{release.id}/SHA256SUMS").text.splitlines():
        sha, name = line.split("  ")
        assert hashlib.sha256(files.get(f"/dumps/{release.id}/{name}").content).hexdigest() == sha


def test_parts_put_together_are_the_whole(files: httpx.Client, release: Release) -> None:
    address = f"/dumps/{release.id}/crossings.nq.gz"
    whole = files.get(address)
    size = len(whole.content)
    got = b""
    for start in range(0, size, 100):
        headers = {"Range": f"bytes={start}-{start + 99}", "If-Range": whole.headers["etag"]}
        part = files.get(address, headers=headers)
        assert part.status_code == 206
        assert part.headers["content-range"] == f"bytes {start}-{min(start + 99, size - 1)}/{size}"
        assert part.headers["content-length"] == str(len(part.content))
        got += part.content
    assert gzip.decompress(got) == gzip.decompress(whole.content)
    last = files.head(address, headers={"Range": "bytes=-10"})
    assert (last.status_code, last.headers["content-length"], last.content) == (206, "10", b"")


def test_a_range_outside_and_a_stale_validator(files: httpx.Client, release: Release) -> None:
    address = f"/dumps/{release.id}/void.ttl"
    size = files.head(address).headers["content-length"]
    outside = files.get(address, headers={"Range": f"bytes={size}-"})
    assert problem(outside) == (416, "range-not-satisfiable")
    assert outside.headers["content-range"] == f"bytes */{size}"
    stale = files.get(address, headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert (stale.status_code, stale.headers["content-length"]) == (200, size)


def test_who_has_it_is_told_so(files: httpx.Client, release: Release) -> None:
    address = f"/dumps/{release.id}/manifest.json"
    tag = files.get(address).headers["etag"]
    for method in ("GET", "HEAD"):
        known = files.request(method, address, headers={"If-None-Match": tag, "Range": "bytes=0-1"})
        assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)


def test_current_leads_to_the_id(files: httpx.Client, release: Release) -> None:
    answer = files.get("/dumps/current/void.ttl")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/dumps/{release.id}/void.ttl")
    assert answer.headers["cache-control"] == "no-cache"
    for address, there in (
        ("/dumps", "/releases"),
        ("/dumps/", "/releases"),
        ("/dumps/current", f"/releases/{release.id}"),
        (f"/dumps/{release.id}/", f"/releases/{release.id}"),
    ):
        seen = files.get(address)
        assert (seen.status_code, seen.headers["location"]) == (303, there)
    whole = files.get(f"/dumps/{release.manifest.digest}/void.ttl")
    assert (whole.status_code, whole.headers["location"]) == (307, f"/dumps/{release.id}/void.ttl")


def test_what_is_not_there_is_told(files: httpx.Client, several: Home) -> None:
    current, older, earlier = releases(several)
    unknown = files.get(f"/dumps/{current.id}/nothing.zip")
    assert problem(unknown) == (404, "not-found")
    assert "crossings.nq.gz" in unknown.json()["detail"]
    lacking = files.get(f"/dumps/{earlier.id}/default.nt.gz")
    assert problem(lacking) == (404, "not-found")
    assert f"release {earlier.id} has no dump 'default.nt.gz'" in lacking.json()["detail"]
    assert files.get(f"/dumps/{earlier.id}/crossings.nq.gz").status_code == 200
    assert files.get(f"/dumps/{older.id}/default.nt.gz").status_code == 200
    nobody = files.get("/dumps/0000000000000000/void.ttl")
    assert problem(nobody) == (404, "unknown-release")
    assert current.id in nobody.json()["detail"]
    (note,) = several.gone_path.iterdir()
    assert problem(files.get(f"/dumps/{note.name[:16]}/void.ttl")) == (410, "release-gone")
    refused = files.put(f"/dumps/{current.id}/void.ttl", content=b"x")
    assert problem(refused) == (405, "method-not-allowed")
    options = files.options(f"/dumps/{current.id}/void.ttl")
    assert options.status_code == 204
    assert "Range" in options.headers["access-control-allow-headers"]


#: Ways out of a folder, as they may be sent.
WAYS_OUT = (
    *("../manifest.json", "%2e%2e/manifest.json", "..%2fmanifest.json", "%2e%2e%2fmanifest.json", "..%5cmanifest.json"),
    *("./void.ttl", "data/crossings.nq.gz", "store/CURRENT", "dumps/default.nt.gz", "search.sqlite", "/etc/passwd"),
    *("%2fetc%2fpasswd", "void.ttl%00", "void.ttl/", "void.ttl/..", "../../../../etc/passwd"),
)


def raw_status(client: httpx.Client, target: str) -> tuple[int, bytes]:
    """The answer to a target that is sent as it stands, which no client library would do."""
    parts = urlsplit(str(client.base_url))
    assert parts.hostname is not None
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=30) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while chunk := connection.recv(65_536):
            answer += chunk
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    assert found is not None, answer
    return int(found[1]), answer


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_path_leaves_the_folder(files: httpx.Client, release: Release, way: str) -> None:
    status, answer = raw_status(files, f"/dumps/{release.id}/{way}")
    assert status == 404, answer[:300]
    assert b"root:" not in answer


@pytest.mark.parametrize("ident", ["..", "%2e%2e", ".", "*", ".building-1", "releases", "~", "%00"])
def test_no_id_is_a_path(files: httpx.Client, ident: str) -> None:
    status, answer = raw_status(files, f"/dumps/{ident}/manifest.json")
    assert status == 404, answer[:300]


def test_what_was_asked_is_logged_and_counted(files: httpx.Client, release: Release) -> None:
    files.get(f"/dumps/{release.id}/void.ttl")
    metrics = files.get("/metrics").text
    assert re.search(r'crossings_requests_total\{endpoint="dumps",method="GET",outcome="ok"\} [1-9]', metrics)


def test_a_release_that_took_anothers_place_is_served_for_both(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    other, made = publish(home, content(1)), publish(home, content(4))
    told = Reissue(supersedes=made.id, digest=made.manifest.digest, on="2031-06-01", withheld={"entities": 1})
    with home.lock():
        swap_in(home, [prepare(home, made, content(3), told)])
    name = f"{made.id}+r1"
    with client_of(home.path, tmp_path / "errors") as client:
        for sent in (name, name.replace("+", "%2B")):
            assert client.get(f"/dumps/{sent}/void.ttl").status_code == 200
            assert client.get(f"/releases/{sent}").status_code == 200
        quoted = quote(name)
        for before in (made.id, "current"):
            assert client.get(f"/dumps/{before}/void.ttl").headers["location"] == f"/dumps/{quoted}/void.ttl"
            assert client.get(f"/releases/{before}").headers["location"] == f"/releases/{quoted}"
        listed = client.get("/releases?format=json").json()
        assert listed["current"] == name
        assert {one["id"] for one in listed["releases"]} == {name, other.id}
        compared = client.get("/changes", params={"from": other.id, "to": name, "format": "json"})
        assert compared.headers["location"] == f"/releases/{other.id}..{quoted}?format=json"
        assert client.get(compared.headers["location"]).json()["after"] == name
        lines = gzip.decompress(client.get(f"/dumps/{name}/crossings.nq.gz").content).decode()
        assert "incident/0002" in lines
        assert "incident/0003" not in lines
        # The id is that of what was built first: what is said of the hash has to hold for this one too.
        digest = hashlib.sha256(f"crossings-release-1\n{lines}".encode()).hexdigest()
        document = client.get(f"/releases/{name}?format=json").json()
        (told,) = (dump["title"] for dump in document["dumps"] if dump["name"] == "crossings.nq.gz")
        assert "what the digest of the release (manifest.json) is the hash of" in told
        assert client.get(f"/dumps/{name}/manifest.json").json()["digest"] == document["release"]["digest"] == digest
        assert not name.startswith(digest[:16])
        words = client.get(f"/releases/{name}", headers={"Accept": "text/html"}).text
        assert f"{digest}</code>, the SHA-256 of its sorted quads." in words
        assert "is no hash of these data" in words
        assert f"replaces> <{dataset_iri(made.id)}>" in client.get("/releases?format=ntriples").text
        cited = client.get("/cite", params={"release": name, "format": "json"}).json()
        assert (cited["release"], cited["bibtex"].splitlines()[0]) == (name, f"@misc{{crossings-{made.id}-r1,")
