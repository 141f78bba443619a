"""Quotes are found again where they stand, with the true words of the text, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.llm.anchoring import Places

TEXT = "He said he was “going\nhome”.  The man’s boat\u00a0sank: 34,000 saw it, 2.5 km off. The man's boat, 34 of them."
WHOLE = Places(TEXT, [(0, len(TEXT))])


def words(quote: str, **where: object) -> str | None:
    found = WHOLE.find(quote, **where)  # type: ignore[arg-type]
    return TEXT[slice(*found)] if found is not None else None


def test_exact_words_are_found_as_they_stand() -> None:
    assert words("he was") == "he was"
    assert words("  he was \n") == "he was", "white space around a quote is the model's"


def test_white_space_and_quotation_marks_do_not_count() -> None:
    assert words('was "going home".') == "was “going\nhome”."
    assert words("was 'going home'") == "was “going\nhome"
    assert words("boat sank") == "boat\u00a0sank"


def test_the_words_of_the_text_win_over_those_of_the_model() -> None:
    assert words("The man's boat sank") == "The man’s boat\u00a0sank"
    assert words("The mans boat sank") is None, "an apostrophe inside a word is a letter of it"


def test_other_words_are_not_made_to_fit() -> None:
    for wrong in ("she said he", "he was going away", "HE SAID", "", "  ", '"', "…"):
        assert words(wrong) is None, wrong


def test_parts_of_words_and_numbers_are_not_found() -> None:
    assert words("oat") is None
    assert words("34") == "34"
    assert WHOLE.find("34") == (TEXT.index("34 of"), TEXT.index("34 of") + 2), "not the beginning of 34,000"
    assert words("000") is None
    assert words("5 km") is None
    assert words("2.5 km") == "2.5 km"


def test_of_several_places_the_nearest_is_taken() -> None:
    text = "a dog, a cat, a dog, a cat"
    places = Places(text, [(0, len(text))])
    assert places.find("a dog") == (0, 5)
    assert places.find("a dog", near=12) == (14, 19)
    assert places.find("a dog", near=3) == (0, 5)
    assert places.find("a dog", near=25, within=(0, 13)) == (0, 5)
    assert places.find("a dog", within=(1, 13)) is None
    assert places.all("a cat") == [(7, 12), (21, 26)]


def test_words_that_run_over_two_stretches_are_not_found() -> None:
    text = "one two\n\nthree four"
    places = Places(text, [(0, 7), (9, 19)])
    assert places.find("two three") is None
    assert places.find("three four") == (9, 19)
    assert Places(text, [(0, 7)]).find("three") is None


@given(st.text(alphabet="ab1 \n.,'\"\u2019\u201c", min_size=1, max_size=60), st.data())
def test_what_is_found_is_the_quote_but_for_spaces_and_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = data.draw(st.sampled_from([text[start:end], " ".join(text[start:end].split())]))
    found = Places(text, [(0, len(text))]).find(quote)

    def bare(some: str) -> str:
        return "".join(sign for sign in some if sign.isalnum() or sign in ".,")

    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
        assert bare(text[slice(*found)]) == bare(quote)
    else:
        inside = text[start:end].strip()
        before, after = text[:start].rstrip() if text[:start] else "", text[end:]
        whole_words = not (before[-1:].isalnum() or after[:1].isalnum() or before[-1:] in ".," or after[:1] in ".,")
        assert not (inside and whole_words and bare(inside) and inside[0].isalnum() and inside[-1].isalnum())


@given(st.text(alphabet="abc \n", min_size=1, max_size=40), st.text(alphabet="abc \n", max_size=8))
def test_every_place_lies_in_its_stretches(text: str, quote: str) -> None:
    half = len(text) // 2
    places = Places(text, [(0, half), (half, len(text))])
    for start, end in places.all(quote):
        assert start < end
        assert end <= half or start >= half
        assert "".join(text[start:end].split()) == "".join(quote.split())
