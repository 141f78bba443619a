"""Follows every internal link from the home page on, as a polite reader does: few at once, each address once.

Every page is visited. A link that robots are asked not to follow is followed, but not from one such page to the next,
where the choices of a filter never end. Of the data documents and queries, to which every page of a thing leads in the
same way, some of each kind are visited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
from lxml import html

__all__ = ["Crawl", "Visit", "crawl"]

#: Addresses that are asked for at the same time.
_AT_ONCE = 4
_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
#: Attributes that lead somewhere or load something.
_LINKS = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"))
_LOADS = ("script", "img")
#: How many addresses of one kind are visited where they are no pages of their own.
_SOME = 6
#: Where a query stands in the address, and which kind of thing it asks about.
_ASKING = ("/query", "/sparql")
_ABOUT = re.compile(r"\bid[:/](\w+)/")


@dataclass
class Visit:
    """What one address was answered.

    Attributes:
        status: The last status, behind redirections.
        seconds: Until the last byte.
        size: Bytes on the wire of the body, compressed.
        page: Whether it is a page.
        fragments: The names that a fragment may have.
        links: Where it leads, with fragments.
        choices: Those of them that robots are asked not to follow.
        loads: What a browser loads with it.
        redirected: The statuses on the way.
    """

    status: int
    seconds: float
    size: int
    page: bool = False
    fragments: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    redirected: tuple[int, ...] = ()


@dataclass
class Crawl:
    """What was found: visits by address without fragment, and for each address a page that leads there."""

    visits: dict[str, Visit] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, Visit]:
        """The visits of pages."""
        return {address: visit for address, visit in self.visits.items() if visit.page}

    def dead_fragments(self) -> Iterator[str]:
        """Links to a place that its page does not have."""
        for page, visit in self.pages.items():
            for link in visit.links:
                address, fragment = urldefrag(link)
                target = self.visits.get(address)
                if fragment and target is not None and target.page and fragment not in target.fragments:
                    yield f"{page} leads to {link}"


def crawl(
    start: str,
    headers: dict[str, str] | None = None,
    look: Callable[[httpx.Response], None] = lambda answer: None,
    *,
    choices: bool = True,
) -> Crawl:
    """Follow links until there are no more.

    Args:
        start: The address to begin at; what is on another host is not followed.
        headers: Further headers of every request.
        look: Is shown every answer, in any thread.
        choices: Whether links that robots are asked not to follow are followed.
    """
    found = Crawl(found_on={start: "the beginning"})
    limits = httpx.Limits(max_connections=_AT_ONCE)
    with (
        httpx.Client(headers=_BROWSER | (headers or {}), follow_redirects=True, timeout=60, limits=limits) as client,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        wave, seen = [start], Counter[str]()
        chosen: set[str] = set()
        while wave:
            for address, visit in zip(wave, pool.map(lambda a: _visit(client, a, look), wave), strict=True):
                found.visits[address] = visit
                for link in (*visit.links, *visit.loads):
                    target = urldefrag(link)[0]
                    again = address in chosen and urlsplit(target).path == urlsplit(address).path
                    if again or target in found.found_on or (link in visit.choices and not choices):
                        continue
                    if _wanted(target, seen):
                        found.found_on[target] = address
                        if link in visit.choices:
                            chosen.add(target)
            wave = [address for address in found.found_on if address not in found.visits]
    return found


def _wanted(address: str, seen: Counter[str]) -> bool:
    """Whether to visit an address; it is counted among those of its kind."""
    parts = urlsplit(address)
    place = "/".join(parts.path.split("/")[:3])
    ending = parts.path.rpartition(".")[2] if place.startswith("/id/") and "." in parts.path else ""
    if not ending and parts.path not in _ASKING:
        return True
    about = _ABOUT.search(unquote(parts.query))
    kind = f"{place} {ending} {about[1] if about else ''}"
    seen[kind] += 1
    return seen[kind] <= _SOME


def _visit(client: httpx.Client, address: str, look: Callable[[httpx.Response], None]) -> Visit:
    answer = client.get(address)
    look(answer)
    way = tuple(step.status_code for step in answer.history)
    seconds = answer.elapsed.total_seconds() + sum(step.elapsed.total_seconds() for step in answer.history)
    visit = Visit(answer.status_code, seconds, answer.num_bytes_downloaded, redirected=way)
    if answer.headers.get("content-type", "").startswith("text/html"):
        _read(visit, answer)
    return visit


def _read(visit: Visit, answer: httpx.Response) -> None:
    document = html.fromstring(answer.content)
    links: list[str] = []
    loads: list[str] = []
    choices: list[str] = []
    for element, attribute in _LINKS:
        for found in document.iter(element):
            if found.get(attribute) is None:
                continue
            if element == "form" and found.get("method", "get").lower() != "get":
                continue
            if element == "link" and found.get("rel") == "canonical":
                continue
            address = urljoin(str(answer.url), found.get(attribute))
            if urlsplit(address).netloc == urlsplit(str(answer.url)).netloc:
                sheet = element == "link" and found.get("rel") == "stylesheet"
                (loads if sheet or element in _LOADS else links).append(address)
                if "nofollow" in found.get("rel", ""):
                    choices.append(address)
    visit.page = True
    visit.fragments = frozenset(str(found.get("id")) for found in document.iter() if found.get("id") is not None)
    visit.links, visit.loads, visit.choices = (tuple(dict.fromkeys(some)) for some in (links, loads, choices))
