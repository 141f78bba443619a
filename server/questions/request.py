"""A question as an address asks it: its name, the terms of its parameters, and in which form the answer is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import UsageError
from kg.questions import Parameter, ParameterError, Question, question, questions, unknown_question
from kg.questions.parameters import ANY, written
from kg.questions.values import Term
from server.problems import Problem
from server.questions.forms import Form, chosen_form, forms
from server.sparql import parameters_of, seconds_of
from server.templating import address

__all__ = ["TAKEN", "QuestionRequest", "invalid", "question_called", "read_request", "shown"]

#: What the address of every question takes, beside the parameters of the question.
TAKEN = ("format", "release", "timeout")


@dataclass(frozen=True)
class QuestionRequest:
    """What somebody asks.

    Attributes:
        question: The question.
        given: The text of each parameter that was given, as it was given.
        terms: The terms of those that the question takes; None leaves one free.
        refused: What is wrong, by the name of the parameter.
        form: The form of the answer.
        release: The release that is named, or None.
        seconds: How long the client wants to wait, at most, or None.
    """

    question: Question
    given: dict[str, str]
    terms: dict[str, Term | None]
    refused: dict[str, Problem]
    form: Form
    release: str | None = None
    seconds: float | None = None
    asked: dict[str, Term | None] = field(init=False)
    """The term of every parameter, given or default; None asks for everything."""

    def __post_init__(self) -> None:
        asked = {known.name: self.terms.get(known.name, known.default) for known in self.question.parameters}
        object.__setattr__(self, "asked", asked)

    @property
    def query(self) -> str:
        """The query with its terms.

        Raises:
            Problem: A parameter is not what it should be.
        """
        for problem in self.refused.values():
            raise problem
        return self.question.bound(self.terms)

    @property
    def values(self) -> dict[str, str]:
        """The parameters that were given, each in the one form that its term has."""
        return {
            name: ANY if term is None else shown(self.question.parameter(name), term)
            for name, term in self.terms.items()
        }

    @property
    def effective(self) -> dict[str, str | None]:
        """What every parameter was asked as, given or default; None asks for everything."""
        return {
            known.name: None if (term := self.asked[known.name]) is None else shown(known, term)
            for known in self.question.parameters
        }

    def address(self, *, format: str | None = None, release: str | None = None) -> str:
        """The local address that asks the same.

        Args:
            format: The form that it names.
            release: The release that it names.
        """
        return address(f"/queries/{self.question.name}", **self.values, format=format, release=release)


def shown(parameter: Parameter, term: Term) -> str:
    """A term as a person writes it for a parameter: an entity by its id alone."""
    text = written(term)
    return text.rpartition("/")[2] if parameter.kind.startswith("entity ") else text


def invalid(name: str, detail: str, expected: str) -> Problem:
    """The problem of a parameter that is not what it should be."""
    return Problem("invalid-parameter", detail, {"parameter": name[:100], "expected": expected})


def question_called(name: str) -> Question:
    """The question of a name.

    Raises:
        Problem: There is none; names that are like it are given.
    """
    try:
        return question(name)
    except UsageError as error:
        told = unknown_question(name, [known.name for known in questions()], "/queries lists those there are")
        raise Problem("not-found", told.message, {"near": told.near}) from error


def read_request(path: str, parameters: bytes, accept: str | None) -> QuestionRequest:
    """Read a request.

    A parameter without a text counts as not given, since a form sends all its controls.

    Args:
        path: The path, which ends in the name of the question.
        parameters: Those of the address, as they were sent.
        accept: The Accept header.

    Raises:
        Problem: There is no such question or form, or the parameters cannot be read; a parameter of the question that
            is wrong is in `refused`.
    """
    found = question_called(path.removeprefix("/queries/"))
    given: dict[str, str] = {}
    refused: dict[str, Problem] = {}
    for name, value in parameters_of(parameters, "the address"):
        if name in given:
            refused[name] = invalid(name, f"the parameter {name[:60]} is given more than once", "one value")
        given[name] = value
    taken = {name: given.pop(name, "") for name in TAKEN}
    for name in [name for name in TAKEN if name in refused]:
        raise refused[name]
    terms: dict[str, Term | None] = {}
    for name, value in given.items():
        if name in refused:
            continue
        try:
            known = found.parameter(name)
        except ParameterError as error:
            names = [each.name for each in found.parameters]
            refused[name] = invalid(name, str(error), f"one of {', '.join((*names, *TAKEN))}")
            continue
        if value:
            try:
                terms[name] = known.asked(value)
            except ParameterError as error:
                refused[name] = invalid(name, str(error), known.words)
    form = chosen_form(accept, taken["format"] or None, forms())
    seconds = seconds_of([taken["timeout"]])
    return QuestionRequest(found, given, terms, refused, form, taken["release"] or None, seconds)
