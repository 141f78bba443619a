from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.problems import Problem
from server.replies import CORS, POLICY, entity_tag, matches, prefers_html, problem_response, raw

TAGS = st.text(st.sampled_from("abc123"), min_size=1, max_size=6).map(lambda text: f'"{text}"')


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (None, False),
        ("*/*", False),
        ("text/html", True),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("application/json, text/html;q=0.9", False),
        ("text/html;q=0", False),
        ("text/*", False),
        ("text/html, text/turtle", True),
        ("text/turtle, text/html;q=0.99", False),
    ],
)
def test_a_page_is_for_who_names_it_first(accept: str | None, html: bool) -> None:
    assert prefers_html(accept) is html


MARKUP = "<script>alert('x')</script> & \"more\" é"


def test_a_problem_is_json_or_a_page_that_runs_nothing() -> None:
    problem = Problem("malformed-query", MARKUP, {"line": 3, "column": 4, "snippet": f"{MARKUP}\n   ^"}, {"X-A": "b"})
    answer = problem_response(problem)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    document = json.loads(bytes(answer.body))
    assert (document["detail"], document["line"], document["column"]) == (MARKUP, 3, 4)
    page = problem_response(problem, "text/html")
    assert page.headers["content-security-policy"] == POLICY
    text = bytes(page.body).decode()
    # No script but our own, which is loaded from a file.
    assert all(tag.startswith(' type="module" src="/static/') for tag in text.split("<script")[1:])
    assert "&lt;script&gt;" in text
    for one in (answer, page):
        assert one.headers["x-a"] == "b"
        assert one.headers["cache-control"] == "no-store"
        assert one.headers["x-content-type-options"] == "nosniff"
        assert one.headers["vary"] == "Accept, Accept-Encoding"
        assert all(one.headers[name] == value for name, value in CORS.items())


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_tags_are_the_same_for_the_same_parts_and_no_others(one: list[str], other: list[str]) -> None:
    assert (entity_tag(*one) == entity_tag(*other)) == (one == other)
    assert entity_tag(*one).startswith('"')
    assert entity_tag(*one).isascii()


@given(st.lists(st.tuples(st.sampled_from(["", "W/"]), TAGS), max_size=5), TAGS, st.sampled_from([",", ", ", " ,"]))
def test_a_header_names_its_tags_and_no_others(listed: list[tuple[str, str]], tag: str, comma: str) -> None:
    header = comma.join(weak + one for weak, one in listed)
    assert matches(header, tag) == any(one == tag for _weak, one in listed)
    assert matches(f"{header}{comma}*", tag)
    assert not matches(None, tag)


def test_headers_are_bytes_in_small_letters() -> None:
    assert raw({"ETag": '"é"', "Vary": "Accept"}) == [(b"etag", b'"\xe9"'), (b"vary", b"Accept")]
