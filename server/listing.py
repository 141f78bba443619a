"""A long list in pages: which of them an address asks for, and the addresses of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["PageLink", "Paging", "page_number"]

#: How many pages around the one that is shown are linked, beside the first and the last.
_AROUND = 2


@dataclass(frozen=True)
class PageLink:
    """A page of a list: its number, its address unless it is the one that is shown, or an ellipsis."""

    text: str
    address: str | None = None
    current: bool = False


@dataclass(frozen=True)
class Paging:
    """The pages of a list.

    Attributes:
        total: How many items there are.
        size: How many stand on a page.
        number: The page that is shown, from 1.
    """

    total: int
    size: int
    number: int

    @classmethod
    def of(cls, asked: str | None, total: int, size: int) -> Paging:
        """The page that a parameter asks for; one that is none is the first, and one that is too great the last.

        >>> Paging.of("3", 45, 20), Paging.of("-1", 45, 20).number, Paging.of("99999999999999999999", 45, 20).number
        (Paging(total=45, size=20, number=3), 1, 3)
        """
        last = max(1, -(-total // size))
        return cls(total, size, min(page_number(asked), last))

    @property
    def last(self) -> int:
        """The number of pages."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many items stand on the pages before."""
        return (self.number - 1) * self.size

    @property
    def first_item(self) -> int:
        """The number of the first item of the page, from 1; 0 of none."""
        return self.offset + 1 if self.total else 0

    @property
    def last_item(self) -> int:
        """The number of the last item of the page."""
        return min(self.offset + self.size, self.total)

    def links(self, address: Callable[[int], str]) -> list[PageLink]:
        """What to show: pages around this one, the first and the last, and an ellipsis for those between.

        >>> [link.text for link in Paging(200, 10, 9).links(str)]
        ['1', '…', '7', '8', '9', '10', '11', '…', '20']
        """
        near = set(range(self.number - _AROUND, self.number + _AROUND + 1)) | {1, self.last}
        found: list[PageLink] = []
        before = 0
        for number in sorted(n for n in near if 1 <= n <= self.last):
            if number > before + 1:
                found.append(PageLink("…"))
            here = number == self.number
            found.append(PageLink(str(number), None if here else address(number), here))
            before = number
        return found


def page_number(asked: str | None) -> int:
    """The number of a page as an address gives it; 1 for anything else.

    >>> page_number("2"), page_number("two"), page_number(None), page_number("٣")
    (2, 1, 1, 1)
    """
    if asked is None or not asked.isascii() or not asked.isdigit():
        return 1
    return max(1, int(asked[:9]))
