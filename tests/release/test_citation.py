from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mapping.quads import Quads
from kg.release import Home, Release, publish
from kg.release.citation import AskedQuery, Citation, _tex
from kg.release.naming import AUTHORS
from kg.release.snapshots import Snapshots
from tests.release.content import content, quads

LINK = "http://a.example/query?query=ASK+%7B%7D&release=0"


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return publish(Home(tmp_path), content(2))


def test_a_release_is_cited_by_its_id_and_its_day(release: Release) -> None:
    cited = Citation(release)
    made = release.manifest.created[:10]
    assert cited.text.startswith(f"{AUTHORS} ({made[:4]}). Crossings: ")
    assert cited.text.endswith(f"Release {release.id}, made {made}. https://w3id.org/crossings/id/release/{release.id}")
    assert cited.csl[0]["issued"] == {"date-parts": [[int(part) for part in made.split("-")]]}
    assert cited.csl[0]["id"] == cited.key == f"crossings-{release.id}"
    assert "query" not in cited.document


def test_a_query_is_cited_by_its_hash_and_permalink(release: Release) -> None:
    text = "SELECT * { ?s ?p 'ä' }"
    cited = Citation(release, AskedQuery(text, LINK, "by-year", {"since": "2000"}, "How many_%"))
    sha = hashlib.sha256(text.encode()).hexdigest()
    assert cited.text.endswith(f"Query with the SHA-256 {sha}. {LINK}")
    assert cited.key.endswith(sha[:8])
    assert f"url = {{{LINK}}}" in cited.bibtex
    assert r"title = {{How many\_\%. Crossings: " in cited.bibtex
    assert cited.csl[0]["URL"] == LINK
    told = cited.document["query"]
    assert told == {
        "text": text,
        "sha256": sha,
        "permalink": LINK,
        "address": None,
        "pinned": release.id,
        "withoutWrites": False,
        "volatile": False,
        "question": "by-year",
        "parameters": {"since": "2000"},
    }


def test_a_question_is_cited_by_its_own_address(release: Release) -> None:
    short = "https://example.org/queries/by-year?release=1"
    cited = Citation(release, AskedQuery("SELECT * {}", LINK, "by-year", {}, "By year", short))
    assert cited.text.endswith(f" {short}")
    assert (f"url = {{{short}}}" in cited.bibtex, cited.csl[0]["URL"]) == (True, short)
    assert (cited.document["query"]["address"], cited.document["query"]["permalink"]) == (short, LINK)


def test_a_query_that_may_answer_otherwise_is_told_in_every_form(release: Release) -> None:
    said = "The query uses the clock, chance or new names, so its answer may be another one each time"
    for text, volatile in (("SELECT (NOW() AS ?x) {}", True), ("SELECT (1 AS ?x) {} # NOW()", False)):
        cited = Citation(release, AskedQuery(text, LINK))
        assert cited.text.endswith(f". {said}. {LINK}") is volatile
        assert (said in cited.bibtex, said in cited.csl[0]["note"]) == (volatile, volatile)
        assert cited.document["query"]["volatile"] is volatile


def test_a_permalink_says_that_it_does_not_have_what_was_written(tmp_path: Path) -> None:
    home = Home(tmp_path)
    release = publish(home, content(2))
    snapshots = Snapshots(home)
    with snapshots.writing():
        written = snapshots.publish_quads(Quads.of(quads(3)), release, 1)
    cited = Citation(written, AskedQuery("ASK {}", LINK))
    said = f"The address asks release {release.id}, without what was written to it since"
    assert cited.text.endswith(f"{said}. {LINK}")
    assert f"Release {release.id}, revision {release.id}.1, made" in cited.text
    assert said in cited.bibtex
    assert said in cited.csl[0]["note"]
    told = cited.document["query"]
    assert (told["pinned"], told["withoutWrites"]) == (release.id, True)
    assert said not in Citation(written).text, "without a query the address is the name of the release"


@given(st.text(max_size=40))
def test_what_tex_is_given_never_opens_or_closes_a_group(text: str) -> None:
    plain = re.sub(r"\\text[a-z]+\{\}", "", _tex(text))
    assert not re.search(r"(?<!\\)[{}%$#&_]", plain)
    assert not re.search(r"\\(?![{}%$#&_])", plain)
