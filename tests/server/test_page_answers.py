from __future__ import annotations

import httpx


def test_a_page_is_sent_again_only_when_it_changed(client: httpx.Client) -> None:
    first = client.get("/", headers={"Accept-Encoding": "identity"})
    tag = first.headers["etag"]
    again = client.get("/", headers={"Accept-Encoding": "identity", "If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert client.get("/", headers={"Accept-Encoding": "identity", "If-None-Match": '"other"'}).text == first.text


def test_each_coding_has_a_tag_of_its_own(client: httpx.Client) -> None:
    found = {}
    for coding in ("identity", "gzip", "zstd"):
        answer = client.get("/", headers={"Accept-Encoding": coding})
        assert answer.headers.get("content-encoding", "identity") == coding
        assert "Accept-Encoding" in answer.headers["vary"]
        found[answer.headers["etag"]] = answer.text
    assert len(found) == 3
    assert len(set(found.values())) == 1


def test_a_kept_page_is_counted_as_such(client: httpx.Client) -> None:
    for _ in range(2):
        client.get("/", headers={"Accept": "text/html"})
    assert 'crossings_requests_total{endpoint="pages",method="GET",outcome="cached"}' in client.get("/metrics").text


def test_the_same_address_under_two_hosts_is_two_pages(client: httpx.Client) -> None:
    one = client.get("/", headers={"Host": "one.example"})
    other = client.get("/", headers={"Host": "other.example"})
    assert "http://one.example/sparql" in one.text
    assert "http://other.example/sparql" in other.text


def test_an_unknown_file_is_a_problem(client: httpx.Client) -> None:
    answer = client.get("/static/site.000000000000.css")
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/not-found")
