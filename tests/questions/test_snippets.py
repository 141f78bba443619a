"""Programs that ask a question: whatever stands in a parameter stays one text of them."""

from __future__ import annotations

import ast
import shlex

from hypothesis import given
from hypothesis import strategies as st

from kg.questions import question
from kg.questions.snippets import lines, snippets

_ADDRESS = "http://localhost:8000/queries/routes"
_ROUTES = question("routes")
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40)


@given(_TEXTS)
def test_python_and_curl_carry_any_text(text: str) -> None:
    python, r, curl = (snippet.text for snippet in snippets(_ROUTES, _ADDRESS, {"route": text}))
    call = next(node for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Call))
    assert ast.literal_eval(call.args[0]) == _ADDRESS
    assert {word.arg: ast.literal_eval(word.value) for word in call.keywords}["params"] == {"route": text}
    words = shlex.split(curl)
    assert words[:3] == ["curl", "--get", _ADDRESS]
    assert words[-1] == f"route={text}"
    assert r.count("\n") == snippets(_ROUTES, _ADDRESS, {"route": "dmz"})[1].text.count("\n")


@given(_TEXTS)
def test_the_lines_of_a_page_are_lines(text: str) -> None:
    made = lines("routes", _ADDRESS, {"route": text})
    assert shlex.split(made[0]) == ["kg", "ask", "routes", "--route", text]
    assert shlex.split(made[1])[-1] == f"route={text}"
    assert len(ast.parse(made[2]).body) == 1


def test_r_has_each_column_as_what_it_is() -> None:
    r = snippets(question("incident"), _ADDRESS, {})[1].text
    for column, kind in (("incident", "character"), ("negated", "logical"), ("start", "numeric")):
        assert f'"{column}" = "{kind}"' in r
