"""Front matter and sidecars."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.article.front_matter import KEYS, Metadata, read_sidecar, sidecar_path, split
from kg.errors import InputError
from kg.facts.model import CitedSource

SHA = "ab" * 32
ALL = f"""\
id: {SHA}
kind: digest
title: "Boats: a report"
publisher: The Example
url: https://example.org/boats?y=2024
published: 2024-05-03
language: en-GB
rights: All ours.
sources:
  - {{name: AFP, role: wire, organization: "id:organization/afp"}}
  - {{name: NPR, published: 2024-05-02}}
"""


def test_all_keys() -> None:
    metadata, body = split(f"---\n{ALL}---\nThe text.\n", "x.md")
    assert body == "The text.\n"
    assert metadata == Metadata(
        id=SHA,
        kind="digest",
        title="Boats: a report",
        publisher="The Example",
        url="https://example.org/boats?y=2024",
        published=date(2024, 5, 3),
        language="en-GB",
        rights="All ours.",
        sources=(
            CitedSource(name="AFP", role="wire", organization="id:organization/afp"),
            CitedSource(name="NPR", published="2024-05-02"),
        ),
    )
    assert set(KEYS) == set(Metadata.__dataclass_fields__)


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: bool(text.strip())))
def test_the_text_is_everything_after_the_closing_line(body: str) -> None:
    assert split(f"---\ntitle: x\n---\n{body}", "x.md") == (Metadata(title="x"), body)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_blanks_after_the_marks(end: str) -> None:
    text = end.join(["--- ", "title: x", "---  ", "", "One.", "---", "Two."])
    assert split(text, "x.md") == (Metadata(title="x"), end.join(["", "One.", "---", "Two."]))


def test_without_front_matter_all_is_text() -> None:
    for text in ("Text.\n---\nmore", "----\nText", " ---\ntitle: x\n---\n"):
        assert split(text, "x.md") == (Metadata(), text)
    assert split("---\n---\nText", "x.md") == (Metadata(), "Text")


@pytest.mark.parametrize(
    ("yaml", "reason"),
    [
        ("title: x\nauthor: y", "line 3: unknown key 'author'"),
        ("title: x\n\npublished: 2024-02-30", "line 4: 'published' is no day of the calendar"),
        ("kind: story", "line 2: 'kind' is 'story' and must be 'article' or 'digest'"),
        ("kind: digest", "line 2: a digest needs 'id'"),
        ("id: abc", "line 2: 'id' must be a sha256"),
        ("url: javascript:alert(1)", "line 2: 'url' is 'javascript:alert(1)' and must be an address"),
        ("language: English language", "line 2: 'language' is"),
        ("sources: AFP", "line 2: 'sources' must be a list"),
        ("sources:\n  - AFP", "line 3: expected keys and values"),
        ("sources:\n  - {role: wire}", "line 3: 'name' is missing"),
        ("sources:\n  - {name: AFP, role: copy}", "line 3: 'role' is 'copy' and must be 'wire' or 'source'"),
        ("sources:\n  - {name: AFP, organization: afp}", "line 3: 'organization' is 'afp' and must be a prefixed name"),
        ("sources:\n  - {name: AFP, organization: 'nope:afp'}", "line 3: 'organization' is 'nope:afp'"),
        ("title: [", "broken YAML"),
    ],
)
def test_what_is_refused_names_the_line_of_the_file(yaml: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        split(f"---\n{yaml}\n---\nText.", "x.md")
    assert reason in caught.value.reason


def test_front_matter_must_be_closed_and_have_a_text_behind_it() -> None:
    with pytest.raises(InputError, match="line 1: the front matter is not closed"):
        split("---\ntitle: x\n\nText.", "x.md")
    with pytest.raises(InputError, match="nothing but front matter"):
        split("---\ntitle: x\n---\n\n", "x.md")


def test_a_sidecar(tmp_path: Path) -> None:
    sidecar = sidecar_path(tmp_path / "report.v2.txt")
    assert sidecar == tmp_path / "report.v2.meta.yaml"
    sidecar.write_text(ALL, encoding="utf-8")
    assert read_sidecar(sidecar).publisher == "The Example"
    sidecar.write_text("title: x\nauthor: y\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"report\.v2\.meta\.yaml: line 2: unknown key 'author'"):
        read_sidecar(sidecar)
