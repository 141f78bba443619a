from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import httpx

from kg.release import Home
from server.limits import Limits
from server.workers.isolation import PROTECTIONS
from tests.server.serving import Served, serving


class Page(HTMLParser):
    """What a page loads, where its form goes, and the text of its query field."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str | None] = []
        self.form: dict[str, str | None] = {}
        self.query = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        loads = found.get("rel") != "search" and found.get("type") != "application/ld+json"
        if tag in ("script", "link", "img", "iframe", "style") and loads:
            self.loads.append(found.get("src") or found.get("href"))
        if tag == "form":
            self.form = found
        if tag == "textarea":
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.query += data


def test_the_home_page_loads_only_what_is_ours(client: httpx.Client, home: Path, served: Served) -> None:
    answer = client.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert Home(home).require_current().id in answer.text
    assert f"{served.url}/sparql" in answer.text
    assert '<dt>incidents</dt><dd><a href="/explore">3</a></dd>' in answer.text
    loads = Page(answer.text).loads
    assert "data:," in loads
    ours = [address for address in loads if address != "data:,"]
    assert ours
    for address in ours:
        assert str(address).startswith("/static/")
        loaded = client.get(str(address))
        assert loaded.status_code == 200
        assert "immutable" in loaded.headers["cache-control"]
    assert client.head("/").status_code == 200


def test_the_form_of_a_plain_store_is_answered(tmp_path: Path) -> None:
    with serving(tmp_path / "home", tmp_path / "errors", "--empty") as running:
        page = Page(httpx.get(running.url, timeout=30).text)
        assert page.form == {"action": "/sparql", "method": "post"}
        data = {"query": page.query, "format": ""}
        answer = httpx.post(f"{running.url}{page.form['action']}", data=data, timeout=30)
    assert answer.json()["results"]["bindings"] == []


def test_health_tells_the_release(client: httpx.Client, home: Path) -> None:
    current = Home(home).require_current()
    answer = client.get("/health")
    assert answer.status_code == 200
    limits = Limits()
    assert answer.json() == {
        "status": "ok",
        "release": current.id,
        "revision": current.id,
        "quads": current.manifest.quads,
        "workers": limits.workers + limits.spares,
        "protections": dict.fromkeys(PROTECTIONS, True),
    }


def test_every_page_says_in_json_ld_of_what_it_is_a_page(reader: httpx.Client) -> None:
    release = reader.get("/health").json()["release"]
    for path in ("/explore", "/query", "/conflicts", "/sources", "/search", "/ontology", "/vocabulary", "/shapes"):
        page = reader.get(path, headers={"Accept": "text/html"})
        assert page.status_code == 200, path
        found = json.loads(page.text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
        assert found["@id"] == f"id:release/{release}", path
        assert "dcat:Dataset" in found["@type"], path
