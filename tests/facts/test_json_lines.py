"""Lines of JSON Pointers."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kg.facts.json_lines import line_of, pointer

SOURCE = """{
  "a": [
    1,
    {"b/c": "x\\n\\"]",
     "d~": true}
  ],

  "e": {
  }, "f": []
}
"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def test_every_value_has_its_line() -> None:
    lines = {"": 1, "/a": 2, "/a/0": 3, "/a/1": 4, "/a/1/b~1c": 4, "/a/1/d~0": 5, "/e": 8, "/f": 9}
    assert {where: line_of(SOURCE, where) for where in lines} == lines


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    assert line_of(SOURCE, "/a/1/z") == 4
    assert line_of(SOURCE, "/a/9") == 2
    assert line_of(SOURCE, "/z/z") == 1


def test_pointers_are_escaped() -> None:
    assert pointer() == ""
    assert pointer("a/b", 0, "~") == "/a~1b/0/~0"


@given(JSON)
def test_with_one_value_a_line_every_value_stands_where_the_printer_put_it(value: object) -> None:
    source = json.dumps(value, indent=1)
    lines = source.split("\n")
    queue: list[tuple[tuple[str | int, ...], object]] = [((), value)]
    while queue:
        path, inner = queue.pop()
        written = json.dumps(inner, indent=1).split("\n")[0]
        assert written in lines[line_of(source, pointer(*path)) - 1]
        if isinstance(inner, dict):
            queue.extend(((*path, key), one) for key, one in inner.items())
        elif isinstance(inner, list):
            queue.extend(((*path, index), one) for index, one in enumerate(inner))


@given(st.text(st.sampled_from('{}[],:"\\\\ax1\n ')), st.sampled_from(["", "/a", "/0/a", "/x/1/1"]))
def test_malformed_json_has_lines_up_to_where_it_is_malformed(source: str, wanted: str) -> None:
    assert 1 <= line_of(source, wanted) <= source.count("\n") + 1


def test_deep_nesting_takes_no_longer_than_its_length() -> None:
    assert line_of("[" * 200_000, "/0/0") == 1
    assert line_of("\n[" * 1000, "/0/0") == 4
