"""A scanner finds what the pattern finds in any case, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import quantities, time_grammar
from kg.extract.scanning import Scanner, small
from kg.resources import seeds_dir
from tests.support.substitution import fixtures

TEXTS = [path.read_text("utf-8") for path in sorted(seeds_dir().glob("*.md"))]
TEXTS += [legend.rendering.text for fixture in fixtures() for legend in fixture.legends()]
WORDS = st.sampled_from(
    ["on ", "Monday", "MAY ", "may", " 3", "rd", ", 2024", "two", " Weeks ", "ago", "İ", "ß", ".", "-"]
)


def spans(found: object) -> list[tuple[tuple[int, int], str, dict[str, str | None]]]:
    return [(match.span(), match[0], match.groupdict()) for match in found]  # type: ignore[attr-defined]


def scanners() -> list[Scanner]:
    return [*(scanner for scanner, _ in time_grammar._grammar()), *quantities._patterns()]


def test_grammars_find_the_same_as_without_the_shortcut() -> None:
    found = 0
    for scanner in scanners():
        for text in (*TEXTS, *(text.upper() for text in TEXTS[:5])):
            expected = spans(scanner.exact.finditer(text))
            assert spans(scanner.finditer(text, small(text))) == expected, scanner.exact.pattern
            found += len(expected)
    assert found > 500


@given(st.lists(WORDS).map("".join))
def test_any_text_is_scanned_alike(text: str) -> None:
    for scanner in scanners():
        assert spans(scanner.finditer(text, small(text))) == spans(scanner.exact.finditer(text))


@given(st.text())
def test_small_letters_keep_their_places(text: str) -> None:
    lowered = small(text)
    assert len(lowered) == len(text)
    assert lowered == text.lower() or any(len(one.lower()) != 1 for one in text) or "Σ" in text


def test_a_text_without_a_needed_word_is_not_searched() -> None:
    scanner = Scanner(r"\w+ fled", ["FLED"])
    assert [m[0] for m in scanner.finditer("He Fled", "he fled")] == ["He Fled"]
    assert list(scanner.finditer("He Fled", "he left")) == []


def test_an_escape_of_a_capital_letter_is_refused() -> None:
    for pattern in (r"\S+", r"a\B", r"\\\D"):
        with pytest.raises(ValueError, match="capital letter"):
            Scanner(pattern)
    assert Scanner(r"\\S").exact.flags & re.IGNORECASE
