"""What a question takes and what it gives: parameters and columns, as its header declares them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.namespaces import SCHEMES, curie
from kg.questions.values import Term, ValueKind

__all__ = ["ANY", "COLUMN_KINDS", "Column", "Parameter", "ParameterError", "written"]

#: What the values of a column are; of `any`, each may be something else.
COLUMN_KINDS = ("iri", "text", "integer", "decimal", "boolean", "date", "any")


#: The word that leaves a parameter with a default free, where its header allows that.
ANY = "any"


class ParameterError(UsageError):
    """A parameter that a question does not have, or a value that it does not take; `parameter` is its name."""

    def __init__(self, message: str, parameter: str) -> None:
        self.parameter = parameter
        super().__init__(message)


@dataclass(frozen=True)
class Column:
    """A column of the answer.

    Attributes:
        name: Its variable without the question mark.
        meaning: What it stands for.
        kind: What its values are, one of `COLUMN_KINDS`.
    """

    name: str
    meaning: str
    kind: str


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: Its variable without the question mark.
        meaning: What it stands for.
        value: The type of its values.
        default: The term that is asked for where none is given; None asks for everything.
        choices: The terms that it takes, where the header lists them.
        least: The least number that it takes, or None.
        most: The greatest, or None.
        takes_any: Whether the word `any` asks for everything in the place of the default.
    """

    name: str
    meaning: str
    value: ValueKind
    default: Term | None = None
    choices: tuple[Term, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    takes_any: bool = False

    @property
    def kind(self) -> str:
        """The name of its type."""
        return self.value.name

    @property
    def allowed(self) -> tuple[Term, ...]:
        """The terms that it takes, or none where they are no list."""
        return self.choices or self.value.known

    @property
    def bounds(self) -> str:
        """Between what its values lie, in words; nothing where they are not bounded."""
        bounds = [f"from {self.least}"] * (self.least is not None) + [f"to {self.most}"] * (self.most is not None)
        return " ".join(bounds)

    @property
    def words(self) -> str:
        """What a value must be, in words."""
        said = f"one of {', '.join(map(written, self.choices))}" if self.choices else self.value.words
        return f"{said} {self.bounds}".strip() + (f", or {ANY}" if self.takes_any else "")

    def asked(self, text: str) -> Term | None:
        """The term that is asked for where a text is given; None asks for everything.

        An empty text is as none, for a form sends all its controls: it asks for the default.

        Raises:
            ParameterError: It is none that the parameter takes.
        """
        if not text:
            return self.default
        return None if self.takes_any and text == ANY else self.term(text)

    def term(self, text: str) -> Term:
        """The term that a text stands for.

        Raises:
            ParameterError: It is none that the parameter takes; the message says what is.
        """
        try:
            term = self.value.read(text)
            if self.choices and term not in self.choices:
                raise ValueError(text)
            if self.least is not None and Decimal(term.value) < self.least:
                raise ValueError(text)
            if self.most is not None and Decimal(term.value) > self.most:
                raise ValueError(text)
        except ValueError as error:
            shown = text if len(text) <= 60 else f"{text[:57]}..."
            raise ParameterError(f"the parameter {self.name} is {shown!r}: give {self.words}", self.name) from error
        return term

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the text of a value, with its default."""
        schema = dict(self.value.schema)
        if self.choices:
            schema["enum"] = [_plain(term) for term in self.choices]
        # A bound of JSON Schema is one of numbers alone, which the text of a year is not.
        numeric = schema["type"] != "string"
        if self.least is not None and numeric:
            schema.pop("exclusiveMinimum")
            schema["minimum"] = _number(self.least)
        if self.most is not None and numeric:
            schema.pop("exclusiveMaximum")
            schema["maximum"] = _number(self.most)
        if self.takes_any:
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], ANY]
            else:
                schema = {"anyOf": [schema, {"const": ANY}]}
        if self.default is not None:
            schema["default"] = _plain(self.default) if self.kind != "year" else self.default.value.zfill(4)
        return schema


def written(term: Term) -> str:
    """A term as a person writes it: what `Parameter.term` reads as the same term.

    >>> written(NamedNode("https://w3id.org/crossings/vocabulary/front#eastern"))
    'eastern'
    """
    if isinstance(term, Literal):
        return term.value
    short = curie(term.value)
    prefix, _, local = short.partition(":")
    return local if prefix in SCHEMES else short


def _plain(term: Term) -> str | int | float | bool:
    if isinstance(term, NamedNode):
        return written(term)
    kind = term.datatype.value.rpartition("#")[2]
    if kind == "boolean":
        return term.value == "true"
    return _number(Decimal(term.value)) if kind in ("integer", "decimal") else term.value


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
