from __future__ import annotations

import pytest

from kg import query_grammar
from kg.query_grammar import AGGREGATES, FUNCTIONS, KEYWORDS, sparql_grammar


def test_each_rule_is_named_and_reached() -> None:
    choices = sparql_grammar().choices
    reached = {"Query", "Update"}
    for productions in choices.values():
        reached |= {symbol for production in productions.values() for symbol in production}
    assert set(choices) <= reached
    assert {symbol for symbol in reached if symbol[0].isupper() and not symbol.isupper()} <= set(choices)


def test_the_functions_are_those_that_an_expression_can_begin_with() -> None:
    assert {"REGEX", "MD5", "COUNT", "BOUND"} <= FUNCTIONS <= sparql_grammar().begins("Expression")
    assert AGGREGATES <= FUNCTIONS < KEYWORDS
    assert "SELECT" not in FUNCTIONS


def test_a_grammar_in_which_one_token_does_not_choose_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_grammar, "_RULES", "Query ::= 'ASK' Iri | 'ASK' VAR\nIri ::= IRIREF | NAME")
    with pytest.raises(ValueError, match="Query is not LL"):
        sparql_grammar.__wrapped__()
