"""The questions of a library as a list tells of them: the same for who reads the files and for who asks a server."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.questions.question import Question

__all__ = ["ListedColumn", "ListedParameter", "ListedQuestion", "QuestionList", "listed_question"]


class ListedColumn(msgspec.Struct, frozen=True):
    """A column of an answer.

    Attributes:
        name: Its name.
        kind: What its values are, such as `integer`; `type` in JSON.
        meaning: What it stands for.
    """

    name: str
    kind: str = msgspec.field(name="type")
    meaning: str


class ListedParameter(msgspec.Struct, frozen=True):
    """A parameter of a question.

    Attributes:
        name: Its name.
        meaning: What it stands for.
        kind: The type of its values, such as `concept of front`; `type` in JSON.
        schema: The JSON Schema of a value, with its default.
    """

    name: str
    meaning: str
    kind: str = msgspec.field(name="type")
    schema: dict[str, Any]


class ListedQuestion(msgspec.Struct, frozen=True):
    """A question.

    Attributes:
        name: Its name.
        title: What is asked, in a few words.
        description: The same in sentences.
        tags: What it is about.
        view: How its answer is shown best.
        parameters: What can be narrowed down.
        columns: The columns of its answer, in their order.
        address: Where a server answers it; nothing where none is asked.
    """

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    view: str
    parameters: tuple[ListedParameter, ...]
    columns: tuple[ListedColumn, ...]
    address: str = ""


class QuestionList(msgspec.Struct, frozen=True):
    """The document that a server lists its questions in."""

    questions: list[ListedQuestion]


def listed_question(question: Question, address: str = "") -> ListedQuestion:
    """A question as a list tells of it.

    Args:
        question: The question.
        address: Where a server answers it.
    """
    return ListedQuestion(
        question.name,
        question.title,
        question.description,
        question.tags,
        question.view,
        tuple(ListedParameter(each.name, each.meaning, each.kind, each.schema()) for each in question.parameters),
        tuple(ListedColumn(each.name, each.kind, each.meaning) for each in question.columns),
        address,
    )
