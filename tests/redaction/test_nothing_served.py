"""Redacted in a home of several releases under a running server: the name is in no byte that is sent or kept for it."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import httpx
import pyarrow.parquet as parquet
import pytest
import zstandard
from pyoxigraph import Store

from kg.namespaces import BASE, graph_iri
from kg.querying import open_release, rows
from kg.redaction.names import is_full, words_of
from kg.release import Home, Release, releases
from kg.release.dumps import dumps_of
from kg.release.snapshots import Snapshots
from kg.tokens import Tokens
from tests.browser.crawling import crawl
from tests.support.commands import SEEDS, kg
from tests.support.serving import Server

RI, LEE, PAPER = "person/ef655a71fad762b8", "person/847dc0baf506be26", "organization/abd5b9a9e6475fdc"
NOTES = graph_iri("annotation/desk")
#: Words of ours: who was seen where is made up.
WRITTEN = """---
published: 2031-05-09
---
A North Korean soldier crossed the Military Demarcation Line on Wednesday, the South Korean military said. He was taken
into custody by South Korean troops. The diplomat Ri Il Kyu had nothing to do with it.
"""
ENDINGS = ("ttl", "nt", "jsonld", "rdf", "nq", "trig")
ALL = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


#: What may stand between the parts of a name: marks, also as JSON, addresses and markup write them.
BETWEEN = rb"(?:[\W_]|%[0-9A-F]{2}|\\u[0-9a-f]{4}|&#?\w+;){0,3}"


@dataclass(frozen=True)
class Victim:
    """Who is redacted, and what the releases called them."""

    ident: str
    names: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[bytes]:
        orders = set()
        for parts in map(words_of, self.names):
            orders |= {parts, (*parts[1:], *parts[:1]), (*parts[-1:], *parts[:-1])}
        return re.compile(b"|".join(BETWEEN.join(p.encode() for p in parts) for parts in sorted(orders)), re.I)

    def named(self, content: bytes) -> bool:
        """Whether bytes name them, however these are written."""
        return self.pattern.search(content) is not None


@dataclass(frozen=True)
class Site:
    """A running server, its home, and the ids of the releases that there were at first."""

    url: str
    home: Path
    curation: Path
    old: tuple[str, ...]
    etags: dict[str, str]
    bearer: dict[str, str]
    victims: tuple[Victim, ...]
    client: httpx.Client

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(self.url + path, headers=headers)

    def reached(self, path: str, **headers: str) -> httpx.Response:
        """What is answered in the end."""
        return self.client.get(self.url + path, headers=headers, follow_redirects=True)


def text(value: object) -> str:
    return str(getattr(value, "value", value))


def victim(release: Release, ident: str) -> Victim:
    asked = f"""SELECT DISTINCT ?name {{ {{ <{BASE}id/{ident}> cx:name ?name }} UNION {{ GRAPH ?g {{
        ?c rdf:subject <{BASE}id/{ident}> ; rdf:predicate cx:name ; rdf:object ?name }} }} }}"""
    found = {text(name) for (name,) in rows(open_release(release), asked).rows}
    assert found
    return Victim(ident, frozenset(name for name in found if is_full(name) or not ident.startswith("person")))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("served")
    home, texts, curation = folder / "home", folder / "texts", folder / "curation"
    texts.mkdir()
    shutil.copytree(SEEDS / "curation", curation)
    # Those that name them; the third comes later, so that there are two releases.
    for wanted in (("002*", "004*"), ("001*",)):
        for path in (path for pattern in wanted for path in SEEDS.glob(pattern)):
            shutil.copy(path, texts)
        # What is registered or decided of digests that are not there does not anchor, which the exit code says.
        assert kg("build", texts, "--home", home, "--curation", curation).returncode in (0, 1)
    old = tuple(release.id for release in releases(Home(home)))
    assert len(old) == 2
    secret = Tokens(Home(home)).create("test", "curate")
    victims = tuple(victim(releases(Home(home))[0], ident) for ident in (RI, LEE, PAPER))
    with Server(home, "--limit", "client_seconds=100000") as server, httpx.Client(timeout=120) as client:
        bearer = {"Authorization": f"Bearer {secret}"}
        note = f"INSERT DATA {{ GRAPH <{NOTES}> {{ <urn:x-note:1> rdfs:seeAlso <{BASE}id/{RI}> ; "
        note += 'rdfs:comment "It rained. Lee Jae Myung was told. It snowed." } }'
        for address, kind, content in (
            ("/update", "application/sparql-update", note),
            ("/articles?keep=true", "text/markdown", WRITTEN),
        ):
            headers = bearer | {"Content-Type": kind}
            answer = client.post(server.url + address, content=content, headers=headers, timeout=600)
            assert answer.is_success, answer.text
        made = Site(server.url, home, curation, old, {}, bearer, victims, client)
        for address in (f"/id/{RI}.ttl", f"/sparql?query={quote(ALL)}", "/", "/store?default"):
            made.etags[address] = made.get(address, Accept="*/*").headers.get("ETag", "")
        yield made


def files(home: Path) -> Iterator[tuple[str, bytes]]:
    """What is kept for serving, and cached: every file, packed ones unpacked, stores by their quads."""
    for folder in ("releases", "snapshots", "cache"):
        for path in sorted(p for p in (home / folder).rglob("*") if p.is_file()):
            raw = path.read_bytes()
            for content in unpacked(raw):
                yield f"{path} unpacked", content
            if raw.startswith(b"SQLite format 3"):
                with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
                    yield f"{path} unpacked", "\n".join(database.iterdump()).encode()
    for store in sorted((home / "releases").glob("*/store")) + sorted((home / "snapshots").glob("*.*/store")):
        yield str(store), "\n".join(map(str, Store.read_only(str(store)))).encode()


def unpacked(content: bytes) -> Iterator[bytes]:
    """Bytes, and what is packed in them: gzip, Zstandard, the columns of Parquet."""
    yield content
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    if content.startswith(b"\x28\xb5\x2f\xfd"):
        yield zstandard.ZstdDecompressor().decompressobj().decompress(content)
    if content.startswith(b"PAR1"):
        yield repr(parquet.read_table(io.BytesIO(content)).to_pylist()).encode()


def addresses(site: Site) -> Iterator[str]:
    """What is asked beside what a crawl finds."""
    graphs = rows(open_release(served(site.home)), "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
    for pinned in ("", *site.old):
        end = f"&release={pinned}" if pinned else ""
        for form in ("csv",) if pinned else ("json", "csv", "tsv", "xml"):
            yield f"/sparql?query={quote(ALL)}&format={form}{end}"
        yield f"/sparql?query={quote('CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }')}{end}"
        yield f"/query?query={quote('SELECT ?n { ?p a cx:Person ; skos:prefLabel ?n }')}{end}"
        yield f"/store?default{end}"
        for word in ("diplomat", "soldier", "president", "Kyu", "Lee"):
            yield f"/search?q={word}{end}"
        mark = f"?release={pinned}" if pinned else ""
        for path in ("/", "/explore", "/conflicts", "/sources", "/.well-known/void"):
            yield path + mark
        for who in site.victims:
            yield f"/id/{who.ident}{mark}"
            yield from (f"/id/{who.ident}.{ending}{mark}" for ending in ENDINGS)
        for (graph,) in graphs if pinned != site.old[0] else ():
            yield f"/store?graph={quote(text(graph), safe='')}{end}"
    for (graph,) in graphs:
        yield "/graph/" + text(graph).removeprefix(f"{BASE}graph/")
    for release in releases(Home(site.home)):
        yield from (f"/dumps/{release.origin}/{quote(dump.name)}" for dump in dumps_of(release))
        yield from (f"/releases/{release.origin}", f"/cite?release={release.origin}")
    yield from ("/openapi.json", "/health", "/metrics", "/context.jsonld", "/dumps/", "/releases")


def served(home: Path) -> Release:
    return Snapshots(Home(home)).current() or Home(home).require_current()


def redact(site: Site, *idents: str) -> str:
    done = kg(
        "redact", *idents, "--reason", "At risk.", "--by", "a curator", "--home", site.home, "--curation", site.curation
    )
    assert done.returncode == 0, done.stderr
    assert not any(who.named(done.stdout.encode()) for who in site.victims)
    return done.stdout


def assert_kept_nowhere(site: Site, victims: tuple[Victim, ...]) -> None:
    kept = dict(files(site.home))
    assert len(kept) > 20
    assert [name for name, content in kept.items() if any(who.named(content) for who in victims)] == []


def test_who_is_redacted_is_gone_at_the_next_request(site: Site) -> None:
    who = site.victims[0]
    path = f"/id/{who.ident}.ttl"
    before = site.get(path)
    for each in site.victims:
        assert each.named(site.get(f"/id/{each.ident}.ttl").content), "the test can see it"
    assert any(who.named(content) for name, content in files(site.home) if "snapshots" in name)
    assert any(who.named(content) for name, content in files(site.home) if "cache" in name)
    redact(site, RI)
    after = site.get(path, **{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 410, after.text
    assert_kept_nowhere(site, (who,))
    assert site.victims[1].named(site.get(f"/id/{LEE}.ttl").content), "the others stand"


def test_who_is_redacted_is_in_no_byte(site: Site) -> None:
    redact(site, LEE, PAPER)
    sent = 0
    for path in addresses(site):
        accept = "text/html" if path.startswith(("/query", "/search", "/explore", "/releases", "/cite")) else "*/*"
        answer = site.reached(path, Accept=accept)
        assert answer.status_code in (200, 404, 410), (path, answer.text[:300])
        assert not any(who.named(content) for content in unpacked(answer.content) for who in site.victims), path
        sent += answer.status_code == 200
    assert sent > 100
    for who in site.victims:
        for release in ("", *site.old):
            path = f"/id/{who.ident}" + (f"?release={release}" if release else "")
            answer = site.reached(path, Accept="text/html")
            assert answer.status_code == 410, path
            assert "410" in answer.text or "withheld" in answer.text
    # It stays so after every address was asked, and a second run has nothing to do.
    assert_kept_nowhere(site, site.victims)
    assert "nothing to do" in redact(site, RI, LEE, PAPER)


def test_old_addresses_answer_from_what_took_their_place(site: Site) -> None:
    now = {release.origin: release.id for release in releases(Home(site.home))}
    assert now == {old: f"{old}+r2" for old in site.old}
    for old in site.old:
        answer = site.get(f"/sparql?query={quote('SELECT ?s { ?s a cx:Incident }')}&release={old}")
        assert answer.headers["Crossings-Supersedes"] == old
        assert answer.headers["Crossings-Release"] == f"{old}+r2"
        assert len(answer.json()["results"]["bindings"]) >= 3
        page = site.get(f"/?release={old}", Accept="text/html").text
        assert f"Release <code>{old}</code> was issued again as <code>{old}+r2</code>" in page
        for number in (1, 2):
            for mark in ("+", "%2B"):
                found = site.get(f"/store?default&release={old}{mark}r{number}")
                assert found.headers["Crossings-Release"] == f"{old}+r2"
        assert site.get(f"/store?default&release={old}%2Br3").status_code == 404
    for path, tag in site.etags.items():
        answer = site.get(path, Accept="*/*", **({"If-None-Match": tag} if tag else {}))
        assert answer.status_code in (200, 410), path


def test_what_was_written_is_served_still(site: Site) -> None:
    found = site.get(f"/store?graph={quote(NOTES, safe='')}", Accept="text/turtle")
    assert "It rained. It snowed." in found.text
    everything = site.get(f"/sparql?query={quote(ALL)}&format=csv").text
    assert "2031-05-09" in everything


def test_a_curator_goes_on_writing(site: Site) -> None:
    note = f'INSERT DATA {{ GRAPH <{NOTES}> {{ <urn:x-note:2> rdfs:comment "The wind turned." }} }}'
    headers = site.bearer | {"Content-Type": "application/sparql-update"}
    answer = site.client.post(f"{site.url}/update", content=note, headers=headers, timeout=600)
    assert answer.is_success, answer.text
    assert answer.headers["Crossings-Revision"] == f"{site.old[0]}+r2.3"
    found = site.get(f"/store?graph={quote(NOTES, safe='')}", Accept="text/turtle")
    assert "It rained. It snowed." in found.text
    assert "The wind turned." in found.text
    for who in site.victims:
        assert site.get(f"/id/{who.ident}.ttl").status_code == 410
    assert_kept_nowhere(site, site.victims)


def test_a_crawl_finds_none_of_them(site: Site) -> None:
    release = releases(Home(site.home))[0]
    assert release.manifest.reissue is not None
    assert release.manifest.reissue.withheld["entities"] >= 3
    seen: list[str] = []

    def look(answer: httpx.Response) -> None:
        seen.extend(f"{answer.url}" for who in site.victims if who.named(answer.content))

    # The choices of filters show of the same things some; the addresses above asked for all of them.
    crawled = crawl(f"{site.url}/", look=look, choices=False)
    assert len(crawled.pages) > 40
    assert seen == []


def test_a_build_withholds_the_same(site: Site) -> None:
    texts = site.home.parent / "texts"
    built = kg("build", texts, "--home", site.home, "--curation", site.curation)
    assert built.returncode in (0, 1), built.stderr
    held = open_release(Home(site.home).require_current())
    stones = {text(s) for (s,) in rows(held, "SELECT ?s { ?s a cx:Withheld }").rows}
    assert {f"{BASE}id/{ident}" for ident in (RI, LEE, PAPER)} <= stones
    # Without the redactions the build gives what was superseded, and that is refused.
    without = kg("build", texts, "--home", site.home, "--curation", "none", "--no-journal")
    assert without.returncode == 2 or Home(site.home).require_current().id not in site.old
