"""Who says so: speakers of clauses and of quotations."""

from __future__ import annotations

import pytest

from kg.extract.attribution import attribution_mention, find_attribution, is_official
from kg.extract.builder import FactsBuilder
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.facts.model import Attribution
from tests.support.documents import document


def speaker(word: str, *paragraphs: str) -> Attribution | None:
    """The speaker of the clause of a word."""
    for sentence in document(*paragraphs).sentences:
        for token in sentence.span:
            if token.text == word:
                return find_attribution(sentence, token)
    raise AssertionError(f"no '{word}'")


@pytest.mark.parametrize(
    ("text", "word", "expected", "quoted", "official"),
    [
        ("The army said that he crossed.", "crossed", "The army", False, True),
        ("He crossed at dawn, Seoul's military confirmed.", "crossed", "Seoul's military", False, True),
        (
            "According to the Joint Chiefs of Staff, cameras picked him up.",
            "picked",
            "the Joint Chiefs of Staff",
            False,
            True,
        ),
        ("An official told a news agency that the soldier swam.", "swam", "An official", False, True),
        ('The official said: "We held one man. He crossed on foot."', "crossed", "The official", True, True),
        ('"We took one man in. He crossed on foot," the official said.', "took", "the official", True, True),
        ("The military reported no unusual activity.", "activity", "The military", False, True),
        ("He crossed twice, a newspaper reported.", "crossed", "a newspaper", False, False),
    ],
)
def test_the_speaker_of_a_clause(text: str, word: str, expected: str, quoted: bool, official: bool) -> None:
    found = speaker(word, text)
    assert found is not None
    assert (found.text, found.quoted, found.official) == (expected, quoted, official)
    assert text[found.start : found.end] == expected


@pytest.mark.parametrize(
    ("text", "word"), [("The soldier crossed the line.", "crossed"), ("He said nothing and left.", "left")]
)
def test_where_the_article_speaks_there_is_no_speaker(text: str, word: str) -> None:
    assert speaker(word, text) is None


def test_a_statement_that_goes_on_belongs_to_who_gave_it_out() -> None:
    paragraphs = (
        'South Korea\'s Joint Chiefs of Staff (JCS) said: "We secured one man."',
        '"We followed him for an hour," the statement added.',
    )
    doc = document(*paragraphs)
    builder = FactsBuilder(doc)
    find_names(builder, Lexicon.load())
    sentence = doc.sentences[-1]
    verb = next(token for token in sentence.span if token.text == "followed")
    found = attribution_mention(builder, find_attribution(sentence, verb))
    assert found is not None
    assert found.mention is not None
    assert builder.mentions[found.mention].concept == "id:organization/rok-joint-chiefs-of-staff"
    assert found.quoted


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a defence ministry official", True),
        ("military sources", False),
        ("an analyst", False),
        ("the coast guard", True),
    ],
)
def test_official_speakers(words: str, expected: bool) -> None:
    assert is_official(words) is expected
