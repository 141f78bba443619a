from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from tests.server.pages.test_entity import page, path_of, words


@pytest.fixture
def article(reader: httpx.Client) -> str:
    return path_of(reader, "SELECT ?x { GRAPH ?g { ?x a cx:Article ; dcterms:issued ?day } } ORDER BY ?x")


def test_it_says_what_was_read(reader: httpx.Client, article: str) -> None:
    text = page(reader, article)
    read = text.partition('id="read"')[2].partition("<h2")[0]
    assert re.search(r'href="/id/incident/[0-9a-f]+"', read)
    assert "claims" in words(read)


def test_the_text_of_a_publisher_is_not_shown(reader: httpx.Client, article: str) -> None:
    assert "belongs to its publisher" in words(page(reader, article))


def test_each_anchor_that_leads_there_is_there(reader: httpx.Client, article: str) -> None:
    text = page(reader, article)
    wanted = set(re.findall(r'href="#(e-[0-9a-f]+)"', unescape(text)))
    there = set(re.findall(r'id="(e-[0-9a-f]+)"', text))
    assert wanted
    assert wanted <= there
