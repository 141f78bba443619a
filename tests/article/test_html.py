"""HTML pages: the text, and what the page itself states."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kg.article.front_matter import Metadata
from kg.article.html import read_html
from kg.errors import InputError

PROSE = [
    "A fisherman rowed over the line in the fog on Monday morning and asked the guards for asylum, the ministry said.",
    "Officials in the capital gave no name, and the ministry said only that it was looking into the matter with care.",
    "Two more boats were seen in the harbour that evening, but neither of them had anybody on board when it was found.",
]


def page(head: str = "", before: str = "", attributes: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
    return (
        f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>"
        "<nav><a href='/'>Home</a><a href='/asia'>Asia</a></nav>"
        f"<article><h1>Fisherman rows over the line</h1>{before}{body}</article>"
        "<footer><a href='/about'>About us</a></footer></body></html>"
    )


def ld(value: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def test_the_text_is_the_article_alone() -> None:
    metadata, text = read_html(page(), "x.html")
    assert [paragraph in text for paragraph in PROSE] == [True, True, True]
    assert "About us" not in text
    assert "Asia" not in text
    assert metadata == Metadata(title="Fisherman rows over the line")


def test_what_the_page_states() -> None:
    head = (
        "<meta property='og:title' content='A title'><meta property='og:site_name' content='The  Example'>"
        "<link rel='canonical' href='https://example.org/a'><meta name='date' content='2024-05-03'>"
    )
    assert read_html(page(head, attributes=" lang='en-GB'"), "x.html")[0] == Metadata(
        title="A title",
        publisher="The Example",
        url="https://example.org/a",
        published=date(2024, 5, 3),
        language="en-GB",
    )


def test_json_ld_goes_before_meta() -> None:
    described = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "No", "datePublished": "2020-01-01"},
            {
                "@type": ["NewsArticle"],
                "headline": "The real title",
                "datePublished": "2024-05-03T23:30:00+09:00",
                "publisher": {"@type": "Organization", "name": "The Example"},
            },
        ],
    }
    head = "<meta property='og:title' content='A title'><meta name='date' content='2024-05-09'>"
    metadata = read_html(page(head + ld(described)), "x.html")[0]
    assert (metadata.title, metadata.publisher, metadata.published) == (
        "The real title",
        "The Example",
        date(2024, 5, 3),
    )


@pytest.mark.parametrize(
    "stated",
    [
        "<time datetime='2024-05-03'>3 May</time>",
        "<time pubdate datetime='2024-05-03T10:00'>3 May</time><time datetime='2024-05-09'>9 May</time>",
        "<time itemprop='datePublished' datetime='2024-05-03'>3 May</time><time datetime='2024-05-09'>9 May</time>",
    ],
)
def test_time_elements(stated: str) -> None:
    assert read_html(page(before=stated), "x.html")[0].published == date(2024, 5, 3)


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "<p>3 May 2024</p>",
        "<time datetime='2024-05-03'>3 May</time><time datetime='2024-05-09'>9 May</time>",
        "<time>3 May 2024</time>",
        "<meta name='date' content='2024-02-30'>",
        "<meta name='date' content='3 May 2024'>",
        "<a href='/2024/05/03/boat.html'>boat</a>",
        "<script type='application/ld+json'>{broken</script>",
        "<meta property='article:modified_time' content='2024-05-03'>",
    ],
)
def test_no_date_is_guessed(stated: str) -> None:
    assert read_html(page(before=stated), "x.html")[0].published is None


@pytest.mark.parametrize(
    "source",
    ["<html></html>", "<!-- -->", "<p></p>"],
)
def test_a_page_without_an_article_is_refused(source: str) -> None:
    with pytest.raises(InputError, match=r"^x\.html: is HTML without an article"):
        read_html(source, "x.html")


def test_an_address_that_is_none_is_not_taken() -> None:
    head = "<link rel='canonical' href='javascript:alert(1)'>"
    assert read_html(page(head), "x.html")[0].url is None
