"""HTML to the article's text, and what the page states about it.

The text is found by trafilatura. Its metadata are not used: it guesses a date where the page states none, up to the
day of reading, and takes a host name for a publisher. Only what the page states in its metadata, in JSON-LD
(schema.org) or in `time` elements is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

from kg.article.front_matter import LANGUAGE, URL, Metadata
from kg.errors import InputError

__all__ = ["read_html"]

_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?![\d-])")
_DATE_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "publishdate",
    "publish-date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "date",
)
_TITLE_META = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_SITE_META = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher")
_ARTICLE_TYPE = re.compile(r"\w*Article|BlogPosting|Report(?:age)?\w*")


def read_html(source: str, path: object) -> tuple[Metadata, str]:
    """The metadata and the text of an HTML page.

    Args:
        source: The page.
        path: The file, for the message.

    Raises:
        InputError: No article in it.
    """
    import trafilatura  # takes half a second to import, and most inputs are no HTML

    text = trafilatura.extract(source, include_comments=False, include_tables=False, with_metadata=False)
    if not text or not text.strip():
        raise InputError(path, "is HTML without an article: give the page of one article, or its text as .txt")
    page = _Page()
    page.feed(source)
    page.close()
    return page.metadata(), text


class _Page(HTMLParser):
    """Collects what a page states about itself: `meta`, `link`, `time` and `h1` elements, and JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language: str | None = None
        self.meta: dict[str, str] = {}
        self.canonical: list[str] = []
        self.marked_days: list[str] = []
        self.article_days: list[str] = []
        self.days: list[str] = []
        self.headings: list[str] = []
        self.scripts: list[str] = []
        self._articles_open = 0
        self._collecting: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the statements that stand in an element's attributes."""
        given = {name: " ".join((value or "").split()) for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang") or self.language
        elif tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop")
            if name and given.get("content"):
                self.meta.setdefault(name.lower(), given["content"])
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.canonical.append(given.get("href", ""))
        elif tag == "article":
            self._articles_open += 1
        elif tag == "h1" or (tag == "script" and given.get("type", "").lower() == "application/ld+json"):
            self._collecting = []
        stated = given.get("datetime")
        if stated and (given.get("itemprop") == "datePublished" or "pubdate" in given):
            self.marked_days.append(stated)
        elif tag == "time" and stated:
            (self.article_days if self._articles_open else self.days).append(stated)

    def handle_endtag(self, tag: str) -> None:
        """Close what `handle_starttag` opened."""
        if tag == "article":
            self._articles_open = max(0, self._articles_open - 1)
        elif tag in ("h1", "script") and self._collecting is not None:
            words = "".join(self._collecting)
            if words.strip():
                (self.headings if tag == "h1" else self.scripts).append(words)
            self._collecting = None

    def handle_data(self, data: str) -> None:
        """Take the words of a heading or a script."""
        if self._collecting is not None:
            self._collecting.append(data)

    def metadata(self) -> Metadata:
        """What the page states; JSON-LD goes before `meta`, and that before what the page shows."""
        described = [article for script in self.scripts for article in _described(script)]
        owners = [owner for one in described for owner in _as_list(one.get("publisher")) if isinstance(owner, dict)]
        titles = [*_strings(described, "headline"), *self._named(_TITLE_META), *self.headings]
        publishers = [*_strings(owners, "name"), *self._named(_SITE_META)]
        addresses = [*self.canonical, *self._named(("og:url",))]
        language = self.language
        return Metadata(
            title=next((" ".join(words.split()) for words in titles), None),
            publisher=next(iter(publishers), None),
            url=next((address for address in addresses if URL.fullmatch(address)), None),
            published=self._published(described),
            language=language if language and LANGUAGE.fullmatch(language) else None,
        )

    def _named(self, keys: Iterable[str]) -> list[str]:
        return [self.meta[key] for key in keys if key in self.meta]

    def _published(self, described: list[dict[str, Any]]) -> date | None:
        """The day that the page states; `time` elements without a mark count only where all name one day."""
        ranks = (
            _strings(described, "datePublished"),
            self._named(_DATE_META)[:1],
            self.marked_days[:1],
            self.article_days or self.days,
        )
        for rank in ranks:
            days = {day for words in rank if (day := _day(words))}
            if len(days) == 1:
                return days.pop()
        return None


def _described(script: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script that describe an article."""
    try:
        queue: list[object] = [json.loads(script)]
    except (ValueError, RecursionError):
        # Broken JSON-LD is common on the web and states nothing; the page's other statements still count.
        return
    while queue:
        current = queue.pop(0)
        if isinstance(current, list):
            queue.extend(current)
        elif isinstance(current, dict):
            types = [kind for kind in _as_list(current.get("@type")) if isinstance(kind, str)]
            if any(_ARTICLE_TYPE.fullmatch(kind.rpartition("/")[2]) for kind in types):
                yield current
            queue.extend(current[key] for key in ("@graph", "mainEntity") if key in current)


def _strings(objects: Iterable[dict[str, Any]], key: str) -> list[str]:
    found = [one[key] for one in objects if isinstance(one.get(key), str)]
    return [" ".join(words.split()) for words in found if words.strip()]


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _day(words: str) -> date | None:
    match = _ISO_DAY.match(words.strip())
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        # A day that the calendar does not have states nothing.
        return None
