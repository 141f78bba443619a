"""A digest's sidecar: which sentence digests which passages."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.article.passages import Passages, Sentence, passages_path, read_passages
from kg.errors import InputError

TEXT = "\nOne boat. Two men. Three days.\n"
ID = "cd" * 32
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
GOOD = f"""\
article: {ID}
digest_sha256: {SHA}
sentences:
  - {{start: 1, end: 10, passages: [[100, 120]]}}
  - {{start: 11, end: 19, passages: [[40, 60], [100, 110]]}}
  - {{start: 20, end: 31, passages: []}}
"""


def read(tmp_path: Path, source: str) -> Passages:
    path = passages_path(tmp_path / "x.md")
    path.write_text(source, encoding="utf-8")
    return read_passages(path, TEXT, ID)


def test_stretches_correspond_in_both_directions(tmp_path: Path) -> None:
    passages = read(tmp_path, GOOD)
    assert passages.article == ID
    assert passages.to_original(1, 10) == ((100, 120),)
    assert passages.to_original(5, 12) == ((40, 60), (100, 110), (100, 120))
    assert passages.to_original(10, 11) == passages.to_original(20, 31) == ()
    assert passages.to_digest(100, 110) == ((1, 10), (11, 19))
    assert passages.to_digest(110, 120) == ((1, 10),)
    assert passages.to_digest(60, 100) == ()


SPANS = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(st.tuples(SPANS, st.lists(SPANS, max_size=3)), max_size=6), SPANS)
def test_what_a_stretch_leads_to_leads_back_to_it(
    rows: list[tuple[tuple[int, int], list[tuple[int, int]]]], stretch: tuple[int, int]
) -> None:
    passages = Passages(ID, tuple(Sentence(*span, tuple(spans)) for span, spans in rows))
    for start, end in passages.to_original(*stretch):
        assert any(a < stretch[1] and stretch[0] < b for a, b in passages.to_digest(start, end))
    for start, end in passages.to_digest(*stretch):
        assert any(a < stretch[1] and stretch[0] < b for a, b in passages.to_original(start, end))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (SHA, "ef" * 32, "line 2: the sidecar is stale"),
        (ID, "ef" * 32, "line 1: 'article' is not the id of the digest"),
        ("start: 11", "start: 9", "line 5: 9 to 19 is no stretch of the digest after 10"),
        ("end: 31", "end: 33", "line 6: 20 to 33 is no stretch of the digest after 19 and up to 32"),
        ("end: 10", "end: 1", "line 4: 1 to 1 is no stretch"),
        ("[40, 60]", "[60, 40]", "line 5: a passage of 'passages' is not [start, end]"),
        ("[40, 60]", "[40]", "line 5: a passage of 'passages' is not [start, end]"),
        ("[40, 60]", "40", "line 5: 'passages' must be a list"),
        ("[40, 60]", "[x, 60]", "line 5: 'passages' is a str and must be a whole number"),
        ("sentences:", "rows:", "line 3: unknown key 'rows'"),
        (", passages: []", "", "line 6: 'passages' is missing"),
    ],
)
def test_a_sidecar_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert reason in caught.value.reason
    assert caught.value.path.endswith("x.passages.yaml")
