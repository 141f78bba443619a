"""The digests in ``seeds/``: each sentence is anchored in its original, and none of them is the original's.

A digest ``seeds/NNN-slug.md`` has a sidecar ``seeds/NNN-slug.passages.yaml``. It lists every sentence, heading
and list item of the digest's text with the passages of the original that it restates. All offsets are Unicode
code points, 0-based and half-open; a digest's text is everything after the line ending of its closing ``---``.

The originals are not part of the project. The tests that need them look in the directory that the environment
variable ``CROSSINGS_SHARED`` names, else in ``../shared`` beside the repository, and are skipped without it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
SEEDS = REPOSITORY / "seeds"
SHARED = Path(os.environ.get("CROSSINGS_SHARED") or REPOSITORY.parent / "shared")

NUMBERS = ("000", "001", "002", "003", "004")

#: Dates of publication that an original states. The others state none, so their digests must not have one.
STATED_DATES = {"000": datetime.date(2025, 10, 20), "002": datetime.date(2025, 10, 19)}

#: Gold rows of class Article that the front matter carries, with the key that does.
IN_FRONT_MATTER = {"002.03": "publisher"}

#: A run of this many words shared with any original is a copy.
COPIED_RUN = 8

MARKER = re.compile(r"^(?:#{1,6}|-) ", re.MULTILINE)


@dataclass(frozen=True)
class Sentence:
    start: int
    end: int
    passages: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Digest:
    number: str
    front_matter: dict[str, Any]
    text: str
    article: str
    digest_sha256: str
    sentences: tuple[Sentence, ...]


def read(number: str) -> Digest:
    """The digest of this number and its sidecar, line ends untouched."""
    (path,) = SEEDS.glob(f"{number}-*.md")
    content = path.read_bytes().decode("utf-8")
    match = re.match(r"---\r?\n(.*?\n)---\r?\n", content, re.DOTALL)
    assert match, f"{path.name} has no front matter"
    sidecar = yaml.safe_load(path.with_suffix(".passages.yaml").read_text("utf-8"))
    assert set(sidecar) == {"article", "digest_sha256", "sentences"}, "the sidecar holds offsets and hashes only"
    sentences = []
    for row in sidecar["sentences"]:
        assert set(row) == {"start", "end", "passages"}, f"unknown keys in {row}"
        sentences.append(Sentence(row["start"], row["end"], tuple((start, end) for start, end in row["passages"])))
    return Digest(
        number,
        yaml.safe_load(match[1]),
        content[match.end() :],
        sidecar["article"],
        sidecar["digest_sha256"],
        tuple(sentences),
    )


@pytest.fixture(params=NUMBERS)
def digest(request: pytest.FixtureRequest) -> Digest:
    return read(request.param)


@pytest.fixture(scope="module")
def originals() -> dict[str, str]:
    """The text of each original by the sha256 of its bytes."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip(f"the original articles are not in {SHARED}; set CROSSINGS_SHARED to the directory that has them")
    contents = [path.read_bytes() for path in sorted((SHARED / "seeds").glob("*.txt"))]
    return {hashlib.sha256(content).hexdigest(): content.decode("utf-8") for content in contents}


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    path = SHARED / "gold" / "facts.json"
    if not path.is_file():
        pytest.skip(f"the gold facts are not at {path}; set CROSSINGS_SHARED to the directory that has them")
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return rows


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def test_every_digest_has_a_sidecar_and_every_sidecar_a_digest() -> None:
    digests = sorted(path.name.removesuffix(".md") for path in SEEDS.glob("[0-9]*.md"))
    sidecars = sorted(path.name.removesuffix(".passages.yaml") for path in SEEDS.glob("*.passages.yaml"))
    assert digests == sidecars
    assert [name[:3] for name in digests] == list(NUMBERS)


def test_front_matter_says_what_the_text_is(digest: Digest) -> None:
    front_matter = digest.front_matter
    required = {"id", "kind", "language", "rights"}
    assert required <= set(front_matter) <= required | {"title", "publisher", "published", "sources"}
    assert front_matter["kind"] == "digest"
    assert front_matter["language"] == "en"
    assert front_matter["id"] == digest.article


def test_published_only_where_the_original_states_it(digest: Digest) -> None:
    assert digest.front_matter.get("published") == STATED_DATES.get(digest.number)


def test_digest_sha256_is_that_of_the_text(digest: Digest) -> None:
    assert hashlib.sha256(digest.text.encode("utf-8")).hexdigest() == digest.digest_sha256


def test_sentences_are_sorted_disjoint_and_inside_the_text(digest: Digest) -> None:
    previous = 0
    for sentence in digest.sentences:
        assert previous <= sentence.start < sentence.end <= len(digest.text), sentence
        quote = digest.text[sentence.start : sentence.end]
        assert quote == quote.strip(), f"white space at the edge of {quote!r}"
        previous = sentence.end


def test_sentences_cover_the_text(digest: Digest) -> None:
    covered: set[int] = set()
    for sentence in digest.sentences:
        covered.update(range(sentence.start, sentence.end))
    for marker in MARKER.finditer(digest.text):
        covered.update(range(marker.start(), marker.end()))
    left = [i for i, character in enumerate(digest.text) if not character.isspace() and i not in covered]
    assert not left, f"no sentence holds offset {left[0]}: {digest.text[left[0] : left[0] + 40]!r}"


def test_every_sentence_has_passages_sorted_and_disjoint(digest: Digest) -> None:
    for sentence in digest.sentences:
        assert sentence.passages, f"no passage: {digest.text[sentence.start : sentence.end]!r}"
        previous = 0
        for start, end in sentence.passages:
            assert previous <= start < end, sentence
            previous = end


def test_id_is_the_sha256_of_an_original(digest: Digest, originals: dict[str, str]) -> None:
    assert digest.article in originals


def test_passages_lie_inside_the_original(digest: Digest, originals: dict[str, str]) -> None:
    original = originals[digest.article]
    for sentence in digest.sentences:
        for start, end in sentence.passages:
            assert end <= len(original), sentence
            assert original[start:end] == original[start:end].strip(), f"white space at the edge of {start}-{end}"


def test_title_and_publisher_stand_in_the_original(digest: Digest, originals: dict[str, str]) -> None:
    original = originals[digest.article]
    for key in ("title", "publisher"):
        assert digest.front_matter.get(key, "") in original


def test_every_gold_fact_is_restated(digest: Digest, gold: list[dict[str, Any]]) -> None:
    passages = [passage for sentence in digest.sentences for passage in sentence.passages]
    rows = [row for row in gold if row["article"] == digest.number and row["status"] != "B"]
    assert rows
    lost = []
    for row in rows:
        if row["id"] in IN_FRONT_MATTER:
            assert row["cls"] == "Article"
            assert digest.front_matter.get(IN_FRONT_MATTER[row["id"]]), f"{row['id']} is not in the front matter"
        elif not any(start < row["end"] and row["start"] < end for start, end in passages):
            lost.append(f"{row['id']} {row['prop']}: {row['value']}")
    assert not lost, f"no sentence restates {'; '.join(lost)}"


def test_no_run_of_words_is_copied(digest: Digest, originals: dict[str, str]) -> None:
    """A title in the front matter is bibliographic data and may be the original's."""
    others = [str(value) for key, value in digest.front_matter.items() if key != "title"]
    for text in (digest.text, *others):
        for original in originals.values():
            copied = runs(text, COPIED_RUN) & runs(original, COPIED_RUN)
            assert not copied, f"copied: {sorted(' '.join(run) for run in copied)}"
