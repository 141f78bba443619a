"""The text cut into blocks: what is headline, dateline, paragraph, caption, list, links, or belongs to the page alone.

Every cue is one of the language or of news pages at large. A block has no white space at its ends, blocks do not
overlap, and every word of the text but the marks of headings and lists stands in one.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.article import chrome, datelines
from kg.article.lines import Unit, units
from kg.article.written_dates import find_dates
from kg.facts.model import Block, BlockKind

__all__ = ["cut"]

_HEADLINE_LENGTH, _HEADLINE_WORDS = 160, 25
_HEADING_LENGTH, _HEADING_WORDS = 90, 14
_CAPTION_LENGTH = 160
_STANDFIRST_LENGTH = 400
_STOPS = re.compile(r"[.,;\u2026][\"'\u201d\u2019)\]]*$")
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+[\"'\u201c\u2018(]?[A-Z]")
_WORD = re.compile(r"[^\W\d_]{4,}")
_QUOTED = re.compile(r"[\"\u201c\u2018'].*[\"\u201d\u2019']")


def cut(text: str, agencies: Collection[str] = ()) -> tuple[Block, ...]:
    """The blocks of a text, in its order.

    Args:
        text: The text; Markdown is read as such wherever it stands.
        agencies: Names of news agencies in lower case, which may be the credit of a picture.
    """
    blocks: list[tuple[BlockKind, int, int]] = []
    found = units(text)
    for unit, kind in zip(found, _Kinds(text, found, agencies).all(), strict=True):
        words = text[unit.start : unit.end]
        head = datelines.prefix(words) if kind == "paragraph" else None
        if head is None:
            blocks.append((kind, unit.start, unit.end))
            continue
        rest = unit.start + head.length
        blocks.append(("dateline", unit.start, rest))
        rest += len(text[rest : unit.end]) - len(text[rest : unit.end].lstrip())
        blocks.append(("paragraph", rest, unit.end))
    return tuple(Block(id=f"b{n}", kind=kind, start=start, end=end) for n, (kind, start, end) in enumerate(blocks, 1))


class _Kinds:
    """Gives every unit of a text its kind: first by its own words, then by what stands around it."""

    def __init__(self, text: str, found: list[Unit], agencies: Collection[str]) -> None:
        self.units = found
        self.words = [text[unit.start : unit.end] for unit in found]
        self.agencies = agencies
        self.kinds: list[BlockKind | None] = [None] * len(found)

    def all(self) -> list[BlockKind]:
        """The kind of each unit."""
        self._by_words()
        self._link_lists()
        self._headlines()
        self._captions_under_the_date()
        for index, kind in enumerate(self.kinds):
            if kind is None:
                self.kinds[index] = "heading" if self._is_heading(index) else "paragraph"
        return [kind or "paragraph" for kind in self.kinds]

    def _prose(self, index: int) -> bool:
        """Whether a unit reads like a paragraph: a sentence with its end, or longer than a headline."""
        if self.units[index].level or self.units[index].bullet or self.kinds[index] not in (None, "paragraph"):
            return False
        words = self.words[index]
        return len(words) > _HEADLINE_LENGTH or (
            len(words.split()) >= 8 and bool(re.search(r"[.!?][\"'\u201d\u2019)\]]*$", words))
        )

    def _by_words(self) -> None:
        prose = [index for index in range(len(self.units)) if self._prose(index)]
        first = prose[0] if prose else len(self.units)
        last = prose[-1] if prose else -1
        # Under the headline a paragraph or two may open the page before the line with paper and date.
        opened = sum(len(self.words[index]) <= _STANDFIRST_LENGTH for index in prose[:2])
        head = prose[opened] if len(prose) > opened + 2 else first
        # Several days, each on a line of its own, are the headings of a chronicle and not a publication date.
        lone = {
            written.day
            for index, line in enumerate(self.words)
            if datelines.is_date_line(line, index > 0) and not datelines.is_labelled(line)
            for written in find_dates(line)
        }
        for index, (unit, line) in enumerate(zip(self.units, self.words, strict=True)):
            if chrome.is_link_heading(line) or chrome.is_link_line(line):
                self.kinds[index] = "related"
            elif datelines.is_date_line(line, index > 0) and (
                datelines.is_labelled(line) or (index < head and len(lone) == 1)
            ):
                self.kinds[index] = "dateline"
            elif chrome.is_boilerplate(line):
                self.kinds[index] = "boilerplate"
            elif chrome.is_byline(line):
                self.kinds[index] = "byline"
            elif unit.level:
                continue
            elif chrome.is_caption(line, self.agencies, last=index >= last):
                self.kinds[index] = "caption"
            elif unit.bullet:
                self.kinds[index] = "bullet"

    def _link_lists(self) -> None:
        """What stands under "Sources:" or "Related posts" is links, up to the next prose and the heading over it."""
        listing = False
        for index, line in enumerate(self.words):
            kind = self.kinds[index]
            if kind == "related" and chrome.is_link_heading(line):
                listing = True
            elif listing and kind == "bullet":
                self.kinds[index] = "related"
            elif listing and kind is None and not self.units[index].level and self._is_short(index):
                after = index + 1
                listing = not (after < len(self.units) and self._prose(after))
                self.kinds[index] = "related" if listing else None
            elif kind not in ("boilerplate", "related", "dateline"):
                listing = False

    def _is_short(
        self, index: int, length: int = _HEADLINE_LENGTH, most: int = _HEADLINE_WORDS, ended: bool = False
    ) -> bool:
        """Whether a unit is as short as a headline, without a sentence's end last nor, unless `ended`, inside."""
        line = self.words[index]
        return (
            len(line) <= length
            and len(line.split()) <= most
            and not _STOPS.search(line)
            and not line[0].islower()
            and (ended or not _SENTENCE_END.search(line))
        )

    def _headlines(self) -> None:
        """The headline is the short line at the top; others there are headlines if they repeat it (a page's title)."""
        headline: set[str] | None = None
        for index, kind in enumerate(self.kinds):
            if kind in ("boilerplate", "dateline", "byline", "related"):
                continue
            level = self.units[index].level
            if kind is not None or level > 1 or not (level or self._is_short(index, ended=headline is None)):
                break
            line = self.words[index]
            words = {word.lower() for word in _WORD.findall(line)}
            if headline is None and not level and self._is_section_name(index):
                self.kinds[index] = "boilerplate"
                continue
            if headline is None:
                if not level and chrome.is_section_label(line):
                    break
                headline = words
                self.kinds[index] = "headline"
            elif 2 * len(words & headline) >= min(len(words), len(headline)) > 0:
                self.kinds[index] = "headline"
            else:
                break
        if headline is None:
            for index, unit in enumerate(self.units):
                if unit.level == 1 and self.kinds[index] is None:
                    self.kinds[index] = "headline"
                    break

    def _is_section_name(self, index: int) -> bool:
        """Whether a unit at the top is a word of the page's menu ("World") with the headline still to come."""
        if len(self.words[index].split()) > 2 or not self.words[index][-1].isalnum():
            return False
        for after in range(index + 1, len(self.units)):
            if self.kinds[after] is None:
                count = len(self.words[after].split())
                if count > 2 or self._prose(after):
                    return count >= 4 and self._is_short(after)
        return False

    def _captions_under_the_date(self) -> None:
        """Single sentences between the date line and the first heading stand under the picture that opens the page."""
        dated = [index for index, kind in enumerate(self.kinds) if kind == "dateline"]
        if not dated:
            return
        run: list[int] = []
        for index in range(dated[0] + 1, len(self.units)):
            if self.kinds[index] in ("boilerplate", "dateline", "byline", "headline", "caption"):
                continue
            if self.kinds[index] is None and self._is_heading(index):
                for inside in run:
                    self.kinds[inside] = "caption"
                return
            line = self.words[index]
            if self.kinds[index] is not None or len(line) > _CAPTION_LENGTH or _SENTENCE_END.search(line):
                return
            if datelines.prefix(line):
                return
            run.append(index)

    def _is_heading(self, index: int) -> bool:
        if self.units[index].level:
            return True
        line = self.words[index]
        if _QUOTED.fullmatch(line) or not self._is_short(index, _HEADING_LENGTH, _HEADING_WORDS):
            return False
        # A heading stands over something; what stands over nothing but the page's foot is a line of the text.
        return any(kind in (None, "bullet", "caption", "paragraph") for kind in self.kinds[index + 1 :])
