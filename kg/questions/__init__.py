"""The question library: one file of `queries/` a question, read, and bound to what somebody asks of it."""

from __future__ import annotations

from kg.questions.header import RESERVED, question_of
from kg.questions.library import question, questions, unknown_question
from kg.questions.parameters import Column, Parameter, ParameterError
from kg.questions.question import VIEWS, Question

__all__ = [
    "RESERVED",
    "VIEWS",
    "Column",
    "Parameter",
    "ParameterError",
    "Question",
    "question",
    "question_of",
    "questions",
    "unknown_question",
]
