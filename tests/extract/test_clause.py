"""The tokens of a clause."""

from __future__ import annotations

import pytest

from kg.extract.clause import below, clause
from tests.support.clauses import Clauses


@pytest.mark.parametrize(
    ("text", "word", "inside", "outside"),
    [
        ("He crossed the line when guards slept.", "crossed", {"line"}, {"slept", "guards"}),
        ("He crossed the line, wading a river.", "crossed", {"line", "wading", "river"}, set()),
        ("On Sunday he managed to cross the line.", "cross", {"line", "Sunday"}, {"he"}),
        ("He crossed the line that divides them.", "crossed", {"line"}, {"divides", "them"}),
    ],
)
def test_a_clause_holds_no_other(text: str, word: str, inside: set[str], outside: set[str]) -> None:
    span = Clauses(text).builder.document.sentences[0].span
    verb = next(token for token in span if token.text == word)
    found = {verb.doc[i].text for i in clause(verb)}
    assert inside <= found
    assert not outside & found


def test_below_is_the_token_and_its_own() -> None:
    span = Clauses("The defection of a man who slept was news.").builder.document.sentences[0].span
    noun = next(token for token in span if token.text == "defection")
    assert {noun.doc[i].text for i in below(noun)} == {"The", "defection", "of", "a", "man"}
