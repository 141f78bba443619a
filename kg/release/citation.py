"""How a release is cited, and an answer that was had from it: as a sentence, BibTeX, CSL-JSON, or plain JSON."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kg.query_text import QueryText
from kg.release.naming import ABOUT, AUTHORS, LICENSE, TITLE, dataset_iri
from kg.release.release import Release

__all__ = ["AskedQuery", "Citation"]

#: What TeX would take for something else.
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: "\\" + mark for mark in "&%$#_{}"},
}


@dataclass(frozen=True)
class AskedQuery:
    """A query whose answer is cited.

    Attributes:
        text: The query.
        permalink: An address at which it is asked again, of the same release.
        question: The name of the question of the library that it is, if it is one.
        parameters: What was given to that question.
        title: What it asks, in words.
        address: Where the question stands with these parameters and this release, if it is one. It is short enough for
            a list of references; the permalink holds the whole query, and so asks the same even of software whose
            question has been reworded since.
    """

    text: str
    permalink: str
    question: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    address: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def volatile(self) -> bool:
        """Whether the same release may answer it otherwise the next time: it uses the clock, chance or new names."""
        return QueryText(self.text).volatile


@dataclass(frozen=True)
class Citation:
    """A citation. It holds no day of access: a release never changes.

    Attributes:
        release: What is cited; of a snapshot the revision is named as well.
        asked: The query whose answer is cited, if it is not the release itself.
    """

    release: Release
    asked: AskedQuery | None = None

    @property
    def key(self) -> str:
        """What a list of references calls it: the release and, of a query, how its hash begins."""
        named = f"crossings-{self.release.revision}".replace("+", "-").replace(".", "-")
        return f"{named}-{self.asked.sha256[:8]}" if self.asked is not None else named

    @property
    def title(self) -> str:
        """The title of what is cited."""
        whole = f"{TITLE}: {ABOUT}"
        if self.asked is None:
            return whole
        return f"{self.asked.title or 'Answer to a query'}. {whole}"

    @property
    def version(self) -> str:
        """The release, and its revision where it was written to."""
        written = self.release.revision != self.release.id
        return f"Release {self.release.id}" + (f", revision {self.release.revision}" if written else "")

    @property
    def address(self) -> str:
        """Where it is had: the name of the release, or the address of the question, or the permalink of the query."""
        if self.asked is None:
            return dataset_iri(self.release.id)
        return self.asked.address or self.asked.permalink

    @property
    def text(self) -> str:
        """One sentence for a list of references."""
        made = self.release.manifest.created[:10]
        asked = f" Query with the SHA-256 {self.asked.sha256}." if self.asked is not None else ""
        said = "".join(f" {caveat}." for caveat in self.caveats)
        return f"{AUTHORS} ({made[:4]}). {self.title}. {self.version}, made {made}.{asked}{said} {self.address}"

    @property
    def caveats(self) -> list[str]:
        """Why whoever asks the cited query again may get another answer, a sentence each, without its full stop."""
        if self.asked is None:
            return []
        volatile = "The query uses the clock, chance or new names, so its answer may be another one each time"
        return [*([self.pins] if self.pins else ()), *([volatile] if self.asked.volatile else ())]

    @property
    def pins(self) -> str:
        """What a permalink leaves out, where the release was written to since: snapshots are kept for a while only."""
        if self.release.revision == self.release.id:
            return ""
        return f"The address asks release {self.release.id}, without what was written to it since"

    @property
    def bibtex(self) -> str:
        """An entry of BibTeX; of the type `misc`, which every style knows."""
        year, month, _day = self.release.manifest.created[:10].split("-")
        fields = {
            "author": f"{{{_tex(AUTHORS)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "year": year,
            "month": str(int(month)),
            "version": _tex(self.version),
            "note": _tex(self._note),
            "url": self.address,
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self.key},\n{lines}\n}}\n"

    @property
    def csl(self) -> list[dict[str, Any]]:
        """The same as data for CSL processors (CSL-JSON, version 1.0)."""
        made = [int(part) for part in self.release.manifest.created[:10].split("-")]
        return [
            {
                "id": self.key,
                "type": "dataset",
                "title": self.title,
                "author": [{"literal": AUTHORS}],
                "issued": {"date-parts": [made]},
                "publisher": AUTHORS,
                "version": self.version,
                "note": self._note,
                "URL": self.address,
            }
        ]

    @property
    def document(self) -> dict[str, Any]:
        """All of it as one record, with what is needed to ask again."""
        manifest = self.release.manifest
        found: dict[str, Any] = {
            "text": self.text,
            "bibtex": self.bibtex,
            "csl": self.csl,
            "release": manifest.id,
            "digest": manifest.digest,
            "revision": self.release.revision,
            "created": manifest.created,
            "dataset": dataset_iri(manifest.id),
            "license": LICENSE,
        }
        if self.asked is not None:
            found["query"] = {
                "text": self.asked.text,
                "sha256": self.asked.sha256,
                "permalink": self.asked.permalink,
                "address": self.asked.address,
                "pinned": self.release.id,
                "withoutWrites": bool(self.pins),
                "volatile": self.asked.volatile,
                "question": self.asked.question,
                "parameters": dict(self.asked.parameters),
            }
        return found

    @property
    def _note(self) -> str:
        digest = f"SHA-256 of the data {self.release.manifest.digest}"
        if self.asked is None:
            return digest
        return ". ".join([f"{digest}, of the query {self.asked.sha256}", *self.caveats])


def _tex(text: str) -> str:
    r"""A text that TeX prints as it is.

    >>> _tex("100% of a_b")
    '100\\% of a\\_b'
    """
    return re.sub(r"[\\~^&%$#_{}]", lambda found: _TEX[found[0]], " ".join(text.split()))
