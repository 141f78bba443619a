"""The anchors and links of a page, and what should not be in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Links(HTMLParser):
    """The anchors and links of a page, and what should not be there."""

    text: str
    ids: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    forbidden: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._href: str | None = None
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a":
                self._href = value or ""
                self.hrefs.append(self._href)
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")
        if tag in ("style", "iframe", "object", "embed", "b"):
            self.forbidden.append(tag)
        if tag == "script" and not dict(attrs).get("src") and dict(attrs).get("type") != "application/ld+json":
            self.forbidden.append(tag)
        if tag in ("h1", "main", "nav"):
            self.headings.append(tag)

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self.words[self._href] = self.words.get(self._href, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None
