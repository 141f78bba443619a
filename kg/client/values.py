"""What terms of the graph are in Python, and which term a Python value is.

| term | Python |
|---|---|
| IRI | `IRI`, a `str` |
| `xsd:string` | `str` |
| a text with a language | `Text`, a `str` with `lang` |
| `xsd:integer` and the types derived from it | `int` |
| `xsd:decimal` | `decimal.Decimal` |
| `xsd:double`, `xsd:float` | `float` |
| `xsd:boolean` | `bool` |
| `xsd:date` without a zone | `datetime.date` |
| `xsd:dateTime` | `datetime.datetime` |
| any other literal, and one whose text its type does not have | `Typed`, a `str` with `datatype` |
| blank node, triple | as pyoxigraph has them |
| unbound | None |
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.client.given import given_text
from kg.errors import UsageError
from kg.namespaces import PREFIXES, curie, expand

__all__ = ["IRI", "Term", "Text", "Typed", "Value", "term_of", "value_of"]

#: A term of the graph, or nothing.
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple | None

_XSD = PREFIXES["xsd"]
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_REAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?")
#: Python refuses to read longer numbers.
_DIGITS = 4_000


class IRI(str):
    """An IRI: a string that knows that it is one.

    Args:
        value: The IRI in full.
        label: What the graph calls it, where that was asked for.

    >>> front = IRI("https://w3id.org/crossings/vocabulary/front#eastern")
    >>> front.local, front.curie
    ('eastern', 'front:eastern')
    >>> front == "https://w3id.org/crossings/vocabulary/front#eastern"
    True
    """

    __slots__ = ("label",)
    label: str | None

    def __new__(cls, value: str, label: str | None = None) -> IRI:
        """Make one of a string."""
        made = super().__new__(cls, value)
        made.label = label
        return made

    @classmethod
    def of(cls, name: str) -> IRI:
        """The IRI of a prefixed name of the project, or of an IRI in full.

        Raises:
            UsageError: It is no text, or has no prefix of the project.

        >>> IRI.of("front:eastern")
        IRI('https://w3id.org/crossings/vocabulary/front#eastern')
        """
        try:
            return cls(expand(given_text("the name", name)))
        except KeyError as error:
            raise UsageError(f"'{name:.60}' has no prefix of the project: give the IRI in full") from error

    def __reduce__(self) -> tuple[type[IRI], tuple[str, str | None]]:
        return (IRI, (str(self), self.label))

    @property
    def local(self) -> str:
        """The part behind the last `#`, else behind the last `/`, else behind the last `:`."""
        for mark in "#/:":
            before, found, local = self.rpartition(mark)
            if found and local and before:
                return local
        return str(self)

    @property
    def curie(self) -> str:
        """The prefixed name, or the IRI itself where no prefix of the project fits."""
        return curie(str(self))

    def __repr__(self) -> str:
        return f"IRI({str(self)!r})"


class Text(str):
    """A text in a language.

    Args:
        value: The text.
        lang: Its language tag.

    >>> Text("eastern front", "en").lang
    'en'
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, value: str, lang: str) -> Text:
        """Make one of a string."""
        made = super().__new__(cls, value)
        made.lang = lang
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        return (Text, (str(self), self.lang))


class Typed(str):
    """The lexical form of a literal whose type Python has no value for: a date of EDTF, a geometry, a duration.

    Args:
        value: The lexical form.
        datatype: The type.

    >>> Typed("2025-07~", IRI("http://id.loc.gov/datatypes/edtf/EDTF")).datatype.local
    'EDTF'
    """

    __slots__ = ("datatype",)
    datatype: IRI

    def __new__(cls, value: str, datatype: str) -> Typed:
        """Make one of a string."""
        made = super().__new__(cls, value)
        made.datatype = IRI(datatype)
        return made

    def __reduce__(self) -> tuple[type[Typed], tuple[str, str]]:
        return (Typed, (str(self), str(self.datatype)))


#: What a cell of an answer is.
Value: TypeAlias = IRI | Text | Typed | str | int | Decimal | float | bool | datetime.date | BlankNode | Triple | None


def value_of(term: Term) -> Value:
    """The Python value of a term.

    >>> value_of(Literal("2025-07-03", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")))
    datetime.date(2025, 7, 3)
    """
    if isinstance(term, NamedNode):
        return IRI(term.value)
    if not isinstance(term, Literal):
        return term
    if term.language is not None:
        return Text(term.value, term.language)
    datatype, text = term.datatype.value, term.value
    if datatype == f"{_XSD}string":
        return text
    read = _READERS.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    value = read(text) if read is not None else None
    return Typed(text, datatype) if value is None else value


def term_of(value: object) -> NamedNode | Literal:
    """The term that a Python value is.

    Args:
        value: A value of the table above, or a term of pyoxigraph; a plain `str` is a text and never an IRI.

    Raises:
        UsageError: It is none that a query can be given.

    >>> str(term_of(IRI("https://w3id.org/crossings/vocabulary/front#eastern")))
    '<https://w3id.org/crossings/vocabulary/front#eastern>'
    >>> str(term_of('a "text"'))
    '"a \\\\"text\\\\""'
    """
    if isinstance(value, (NamedNode, Literal)):
        return value
    try:
        found = _written(value)
    except ValueError as error:
        raise UsageError(f"{value!r:.80} can be no term of a query ({error}): give another value") from error
    if found is None:
        kind = type(value).__name__
        raise UsageError(f"a {kind} can be no term of a query: give a number, date, text, IRI or truth value")
    return found


def _written(value: object) -> NamedNode | Literal | None:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return _typed("boolean", "true" if value else "false")
    if isinstance(value, int):
        return _typed("integer", str(int(value)))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("it is not finite")
        return _typed("decimal", format(value, "f"))
    if isinstance(value, float):
        real = float(value)  # of a subclass, such as that of numpy, the number alone
        if math.isfinite(real):
            return _typed("double", repr(real))
        return _typed("double", "NaN" if math.isnan(real) else "INF" if real > 0 else "-INF")
    if isinstance(value, datetime.datetime):
        zone = value.utcoffset()
        if zone is not None and zone % datetime.timedelta(minutes=1):
            raise ValueError("its zone has seconds")
        return _typed("dateTime", value.isoformat())
    if isinstance(value, datetime.date):
        return _typed("date", value.isoformat())
    return None


def _text(value: str) -> NamedNode | Literal:
    value.encode()  # a lone surrogate is no character: UnicodeEncodeError is a ValueError
    if isinstance(value, IRI):
        return NamedNode(str(value))
    if isinstance(value, Text):
        return Literal(str(value), language=value.lang)
    if isinstance(value, Typed):
        return Literal(str(value), datatype=NamedNode(str(value.datatype)))
    return Literal(str(value))


def _typed(datatype: str, lexical: str) -> Literal:
    return Literal(lexical, datatype=NamedNode(_XSD + datatype))


def _integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) and len(text) <= _DIGITS else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _real(text: str) -> float | None:
    return float(text) if _REAL.fullmatch(text) else None


def _boolean(text: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(text)


def _date(text: str) -> datetime.date | None:
    return _or_none(datetime.date.fromisoformat, text) if _DATE.fullmatch(text) else None


def _stamp(text: str) -> datetime.datetime | None:
    return _or_none(datetime.datetime.fromisoformat, text) if _STAMP.fullmatch(text) else None


def _or_none(read: Callable[[str], datetime.date], text: str) -> Any:
    try:
        return read(text)
    except ValueError:  # no such day, or none that Python can hold: it stays text
        return None


_READERS: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"), _integer),
    **dict.fromkeys(("nonPositiveInteger", "negativeInteger"), _integer),
    **dict.fromkeys(("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"), _integer),
    "decimal": _decimal,
    "double": _real,
    "float": _real,
    "boolean": _boolean,
    "date": _date,
    "dateTime": _stamp,
}
