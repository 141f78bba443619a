"""Finding what a pattern says in any case, without the price of `re.IGNORECASE`.

Python's engine compares letter by letter where case does not count, and has no fast way to the next place where a
match can begin. So the text is put into small letters once, the pattern likewise, and each place that is found is read
again in the text as it stands. Words of which every match must hold one spare most texts the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["Scanner", "small"]


def small(text: str) -> str:
    """A text in small letters, code point for code point: a letter whose small form is longer stays as it is.

    >>> small("On Monday, İzmir")
    'on monday, İzmir'
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(one if len(one.lower()) != 1 else one.lower() for one in text)


class Scanner:
    """A regular expression that is matched in any case.

    Args:
        pattern: The expression, without escapes of capital letters (`\\S`, `\\B`): their small forms mean the opposite.
        needs: Groups of words: every match holds one of each group, in any case.
    """

    def __init__(self, pattern: str, *needs: Iterable[str]) -> None:
        if re.search(r"(?<!\\)(?:\\\\)*\\[A-Z]", pattern):
            raise ValueError(f"a pattern with an escape of a capital letter cannot be scanned for: {pattern}")
        self.exact = re.compile(pattern, re.IGNORECASE)
        self._quick = re.compile(pattern.lower().replace("(?p<", "(?P<"))
        self._needs = tuple(tuple(dict.fromkeys(small(word) for word in group)) for group in needs)

    def finditer(self, text: str, lowered: str) -> Iterator[re.Match[str]]:
        """The matches in a text, as `re.Pattern.finditer` gives them.

        Args:
            text: The text.
            lowered: `small(text)`, which several scanners share.
        """
        for group in self._needs:
            for word in group:
                if word in lowered:
                    break
            else:
                return
        for found in self._quick.finditer(lowered):
            match = self.exact.match(text, found.start())
            if match is not None:
                yield match
