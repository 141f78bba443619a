"""The titles and appositions of a name."""

from __future__ import annotations

import pytest

from kg.extract.descriptions import descriptions_of
from kg.extract.lexicon import Lexicon
from kg.extract.naming import names_rules_of
from tests.support.documents import document


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ministry spokesman Karl Lind spoke.", ["Ministry spokesman"]),
        ("Karl Lind, a senior analyst at the institute, spoke.", ["senior analyst"]),
        ("The president of the South, Karl Lind, spoke.", ["president"]),
        ("A naval spokesman, Commander Karl Lind, spoke.", ["naval spokesman"]),
        ("Karl Lind, analyst reports said, spoke.", []),
        ("Karl Lind spoke.", []),
    ],
)
def test_roles_of_a_name(text: str, roles: list[str]) -> None:
    (sentence,) = document(text).sentences
    at = sentence.span.text.index("Karl")
    name = sentence.span.doc.char_span(at, at + len("Karl Lind"))
    assert name is not None
    assert [d.role.text for d in descriptions_of(name, names_rules_of(Lexicon.load()))] == roles
