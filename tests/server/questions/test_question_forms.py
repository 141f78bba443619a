"""Which form of an answer a request asks for."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.formats import formats_for
from server.problems import Problem
from server.questions.forms import chosen_form, forms

_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_every_format_of_results_is_a_form() -> None:
    engines = {form.engine for form in forms() if form.made == "engine"}
    assert engines | {"csv"} == {format.name for format in formats_for("results")}
    assert len({form.name for form in forms()}) == len(forms())


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("application/sparql-results+json", "srj"),
        ("application/sparql-results+json;q=0.5, application/json", "json"),
        ("application/sparql-results+json, application/json;q=0.5", "srj"),
        ("text/csv, */*;q=0.1", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("application/xml", "xml"),
        ("text/turtle, application/rdf+xml;q=0.9, */*;q=0.1", "turtle"),
        ("application/ld+json", "jsonld"),
        ("application/json;q=0, */*", "csv"),
        ("text/html;q=0.2, image/png", "html"),
        (_BROWSER, "html"),
    ],
)
def test_the_form_that_a_client_likes_best(accept: str | None, name: str) -> None:
    assert chosen_form(accept, None, forms()).name == name


def test_a_name_goes_before_the_header() -> None:
    assert chosen_form(_BROWSER, "TSV", forms()).name == "tsv"


@pytest.mark.parametrize(
    ("accept", "name", "problem"),
    [("*/*", "pdf", "unknown-format"), ("image/png", None, "not-acceptable"), ("*/*;q=0", None, "not-acceptable")],
)
def test_what_there_is_not(accept: str, name: str | None, problem: str) -> None:
    with pytest.raises(Problem) as caught:
        chosen_form(accept, name, forms())
    assert caught.value.name == problem


@given(st.text(max_size=60))
def test_any_header_is_read(accept: str) -> None:
    with contextlib.suppress(Problem):
        assert chosen_form(accept, None, forms()) in forms()
