"""What the head of a query declares of its columns: what a question says of them, and nothing from inside it."""

from __future__ import annotations

import pytest

from kg.query_head import declared_columns
from kg.questions import Question, questions


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_head_of_a_question_declares_its_columns(question: Question) -> None:
    assert declared_columns(question.bound({})) == {column.name: column.kind for column in question.columns}


def test_only_what_stands_before_the_query_declares() -> None:
    text = (
        "# column: a (integer): one\n#view: table\n\n# column: b (integer): two\nSELECT * {}\n# column: c (date): three"
    )
    assert declared_columns(text) == {"a": "integer"}
    assert declared_columns("SELECT * {} # column: a (integer): one") == {}
    assert declared_columns("") == {}
