"""Reads the HTML of a page as a test wants it: what is linked, what stands in a place, what would run."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import httpx

__all__ = ["Node", "page", "parsed"]

_EMPTY = frozenset({"meta", "link", "input", "img", "br", "hr"})


class Node:
    """An element: its tag, attributes and children; text is a child too."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []

    def all(self, tag: str = "", **wanted: str) -> list[Node]:
        """All elements below with a tag and attributes; `cls` is one of the classes."""
        return [node for node in self._below() if _fits(node, tag, wanted)]

    def one(self, tag: str = "", **wanted: str) -> Node:
        """The only one."""
        (found,) = self.all(tag, **wanted)
        return found

    def _below(self) -> Iterator[Node]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child._below()

    @property
    def text(self) -> str:
        """The words, white space collapsed."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._words()


def _fits(node: Node, tag: str, wanted: dict[str, str]) -> bool:
    if tag and node.tag != tag:
        return False
    for name, value in wanted.items():
        if name == "cls":
            if value not in node.attributes.get("class", "").split():
                return False
        elif node.attributes.get(name.replace("_", "-")) != value:
            return False
    return True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(made)
        if tag not in _EMPTY:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag in {node.tag for node in self._open[1:]}:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parsed(text: str) -> Node:
    """The page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root


def page(client: httpx.Client, address: str) -> Node:
    """A page of a server, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return parsed(answer.text)
