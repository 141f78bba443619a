from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.mapping.terms import EDTF
from kg.namespaces import expand
from server.labels import Label, Labels
from server.views.term import shown

LABELS = Labels({"https://example.org/one": Label("one", "하나")})


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(expand(f"xsd:{name}")))


@pytest.mark.parametrize(
    ("literal", "words", "exact"),
    [
        (Literal("2025-10-19", datatype=EDTF), "19 October 2025", "2025-10-19"),
        (typed("2024", "gYear"), "2024", None),
        (typed("34000", "integer"), "34,000", None),
        (typed("0.5", "decimal"), "0.5", None),
        (typed("true", "boolean"), "yes", None),
        (typed("0", "boolean"), "no", None),
        (typed("PT20H", "dayTimeDuration"), "20 hours", "PT20H"),
        (typed("P1DT1H30M", "dayTimeDuration"), "1 day 1 hour 30 minutes", "P1DT1H30M"),
        (typed("P", "dayTimeDuration"), "P", "P"),
        (typed("-PT1H", "dayTimeDuration"), "-PT1H", "-PT1H"),
        (Literal("<b>2024-08</b>"), "<b>2024-08</b>", None),
    ],
)
def test_a_literal_for_people(literal: Literal, words: str, exact: str | None) -> None:
    view = shown(literal, LABELS)
    assert (view.label.text, view.exact, view.iri) == (words, exact, None)


def test_a_text_keeps_its_language() -> None:
    assert shown(Literal("하나", language="ko"), LABELS).language == "ko"


def test_an_iri_has_its_label_and_leads_to_itself() -> None:
    view = shown(NamedNode("https://example.org/one"), LABELS)
    assert view.label == Label("one", "하나")
    assert view.iri == "https://example.org/one"
    assert shown(NamedNode("javascript:x"), LABELS).label.text == "javascript:x"


@given(st.text(), st.sampled_from(["integer", "decimal", "boolean", "date", "dayTimeDuration", "string", "gYear"]))
def test_any_lexical_form_is_shown(text: str, name: str) -> None:
    view = shown(typed(text, name), LABELS)
    assert view.label.text or not text
