"""Words of a text as search compares them: case, accents, punctuation and possessives fold away, places stay known.

A word is a run of letters and digits of one kind of writing; the signs of Chinese, Japanese and Korean make words of
their own, and each of their signs can be searched by itself. A word that is made here holds nothing but letters and
digits, so no text of a stranger can be read as the syntax of the index.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Word", "is_cjk", "plain", "signs", "stem", "words"]

_CJK = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_APOSTROPHES = "'\u2018\u2019\u02bc\u02bb`\u00b4"
_WORD = re.compile(
    rf"[{_CJK}]+"
    rf"|(?:(?<![^\W_])[^\W\d_{_CJK}]\.){{2,}}"
    rf"|[^\W_{_CJK}]+(?:[{_APOSTROPHES}][^\W_{_CJK}]+)*"
)
_SIGN = re.compile(rf"[{_CJK}]")
_MARKS = re.compile(rf"[{_APOSTROPHES}.]")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s$")
#: A character with what combines with it: accents, and the vowels and finals of a Korean syllable in parts.
_CLUSTER = re.compile("[^\u0300-\u036f\u1160-\u11ff][\u0300-\u036f\u1160-\u11ff]*|.", re.DOTALL)


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the text: Unicode code points, from 0, the end not included."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text, in order.

    >>> [word.text for word in words("Seoul's J.C.S., P’yŏngyang; 리일규")]
    ['seoul', 'jcs', 'pyongyang', '리일규']
    """
    folded, places = _folded(text)
    found = []
    for match in _WORD.finditer(folded):
        start, end = match.span()
        whole = match[0]
        possessive = _POSSESSIVE.search(whole)
        if possessive is not None:
            end -= 2
            whole = whole[:-2]
        made = _MARKS.sub("", whole)
        if places is None:
            found.append(Word(made, start, end))
        else:
            found.append(Word(made, places[start][0], places[end - 1][1]))
    return found


def plain(text: str) -> str:
    """All words of a text behind one another: two texts of which this is equal say the same."""
    return " ".join(word.text for word in words(text))


def stem(word: str) -> str:
    """An English word without the ending of its plural; D. Harman, "How effective is suffixing?", JASIS 42 (1991).

    >>> stem("soldiers"), stem("entries"), stem("press"), stem("us")
    ('soldier', 'entry', 'press', 'us')
    """
    if len(word) < 4 or not word.endswith("s") or not word.isascii():
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else f"{word[:-3]}y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def is_cjk(word: str) -> bool:
    """Whether a word is written in Chinese, Japanese or Korean signs."""
    return _SIGN.match(word) is not None


def signs(text: str) -> list[Word]:
    """The Chinese, Japanese and Korean signs of a text, each a word.

    >>> [sign.text for sign in signs("KBS 뉴스")]
    ['뉴', '스']
    """
    folded, places = _folded(text)
    found = []
    for match in _SIGN.finditer(folded):
        start, end = match.span()
        found.append(Word(match[0], *((start, end) if places is None else places[start])))
    return found


def _folded(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """A text without case and accents, and for each of its characters where it was; nothing where that is the same."""
    if text.isascii():
        return text.lower(), None
    made: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        folded = _fold(match[0])
        made.append(folded)
        places += [match.span()] * len(folded)
    return "".join(made), places


def _fold(cluster: str) -> str:
    if len(cluster) == 1 and cluster.isascii():
        return cluster.lower()
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", cluster).casefold())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))
