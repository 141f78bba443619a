"""THE rule by which the terms of one variable become a typed Arrow column.

Where all terms that are bound are literals of one known datatype, and each of them can be held exactly, the column has
the type that `TYPES` gives that datatype. Numbers of several datatypes have the type of the least datatype that holds
them all: whole numbers and decimals are decimals, since XML Schema derives the one from the other, and beside doubles
all are doubles. Else the column is text: the IRI, the label of a blank node, or the lexical form, character by
character. What then differs from row to row (whether it is an IRI, the datatype, the language) stands in companion
columns, and what does not, in the metadata of the field. So nothing is lost but how a number was spelt, and which of
the numbers in a column was of a narrower datatype than others.

What the head of a query declares of a column (`kg.query_head`) goes before that, so that its type does not depend on
what was found: `DECLARED` has the types. Values that do not fit leave the column to the rule above.

Sources: XML Schema 1.1 part 2 (the lexical forms, the hierarchy of datatypes), SPARQL 1.1 Query (17.3, the promotion of
numbers), SPARQL 1.1 Query Results JSON Format (`uri`, `bnode`, `literal`).
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from kg.columnar.gather import Gathered

__all__ = ["DECLARED", "TYPES", "TypedColumn", "typed"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STAMP = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
_REAL = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|-?INF|NaN"
#: The digits that an Arrow decimal of 128 bits holds.
_DIGITS = 38
#: A number of at most fifteen digits comes back from a double as it went in (IEEE 754, binary64).
_FEW = r"-?([0-9]\.?){1,15}"


@dataclass(frozen=True)
class _Known:
    """A datatype that has a type of Arrow.

    Args:
        lexical: The lexical forms that are taken; Arrow itself takes more than XML Schema does.
        type: The type; absent, the values decide between several.
        words: What the type is called in the documentation.
    """

    lexical: str
    type: pa.DataType | None
    words: str


#: What each datatype becomes, if all the values of a column have it and none is beyond what the type can hold.
TYPES: dict[str, _Known] = {
    f"{_XSD}integer": _Known(r"-?[0-9]{1,19}", pa.int64(), "int64"),
    f"{_XSD}decimal": _Known(r"-?[0-9]+(\.[0-9]+)?", None, "decimal128(38, the most digits behind a point)"),
    f"{_XSD}double": _Known(_REAL, pa.float64(), "double"),
    f"{_XSD}float": _Known(_REAL, pa.float32(), "float"),
    f"{_XSD}boolean": _Known("true|false", pa.bool_(), "bool"),
    f"{_XSD}date": _Known(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", pa.date32(), "date32"),
    f"{_XSD}dateTime": _Known(
        _STAMP + r"(Z|[+-][0-9]{2}:[0-9]{2})?", None, "timestamp(us), with the zone if all values have the same one"
    ),
}


#: What a column becomes that is declared to be so, whatever is found: a decimal as in the tables of `kg.tables`, and
#: what may be anything is text.
DECLARED: dict[str, pa.DataType] = {
    "integer": pa.int64(),
    "decimal": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    **dict.fromkeys(("iri", "text", "any"), pa.string()),
}
#: The datatypes that are derived from xsd:integer (XML Schema 1.1 part 2, section 3.4).
_WHOLE = frozenset(
    f"{_XSD}{sign}{size}"
    for sign, sizes in (
        ("", ("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger")),
        ("", ("nonPositiveInteger", "negativeInteger")),
        ("unsigned", ("Long", "Int", "Short", "Byte")),
    )
    for size in sizes
)
_EXACT = _WHOLE | {f"{_XSD}decimal"}
_REALS = frozenset({f"{_XSD}double", f"{_XSD}float"})


@dataclass(frozen=True)
class TypedColumn:
    """A column in the type of its values.

    Attributes:
        values: The values, null where the variable is not bound.
        datatype: The datatype that holds them all; None where nothing is bound.
    """

    values: pa.ChunkedArray
    datatype: str | None


def typed(column: Gathered, declared: str | None = None) -> TypedColumn | None:
    """The values of a column in their type.

    Args:
        column: The terms of a variable.
        declared: What the head of the query declares that they are, such as `integer`.

    Returns:
        The column, or None where it must stay text.
    """
    datatypes = {kind.datatype for kind in column.kinds}
    named = {name for name in datatypes if name is not None}
    wanted = DECLARED.get(declared or "")
    if named != datatypes or wanted == pa.string():  # an IRI is of no datatype
        return None
    datatype = _common(named)
    if not named:
        return TypedColumn(pc.cast(column.text, wanted), None) if wanted is not None else None
    if datatype is None or (_REALS & named and not _few_digits(column)):
        return None
    if declared == "decimal" and named <= _EXACT | _REALS and _few_digits(column):
        values = _cast(column.text, f"{_XSD}double")
    else:
        values = _cast(column.text, datatype)
    return TypedColumn(values, datatype) if values is not None else None


def _common(datatypes: set[str]) -> str | None:
    """The datatype that holds the values of all of these, or None."""
    if len(datatypes) == 1:
        return next(iter(datatypes))
    for name, wide in (("integer", _WHOLE), ("decimal", _EXACT), ("double", _EXACT | _REALS)):
        if datatypes and datatypes <= wide:
            return _XSD + name
    return None


def _few_digits(column: Gathered) -> bool:
    """Whether a double holds all digits of those values that are none themselves."""
    exact = column.looked_up([kind.datatype if kind.datatype in _EXACT else None for kind in column.kinds])
    return _all_match(column.text.filter(pc.is_valid(exact)), _FEW)


def _cast(texts: pa.ChunkedArray, datatype: str) -> pa.ChunkedArray | None:
    """The values of lexical forms of one datatype, or None where its type cannot hold them."""
    known = TYPES.get(f"{_XSD}integer" if datatype in _WHOLE else datatype)
    if known is None or not _all_match(texts, known.lexical):
        return None
    type = known.type
    if datatype == f"{_XSD}decimal":
        type = _decimal(texts)
    elif datatype == f"{_XSD}dateTime":
        type = _timestamp(texts)
    if type is None or (pa.types.is_temporal(type) and _any_match(texts, "0000")):  # there is no such year in Python
        return None
    try:
        return pc.cast(texts, type)
    except pa.ArrowInvalid:  # too large, or no such day: the text has it exactly
        return None


def _all_match(texts: pa.ChunkedArray, pattern: str) -> bool:
    matched = pc.all(pc.match_substring_regex(texts, pattern=rf"\A(?:{pattern})\z")).as_py()
    return matched is not False


def _any_match(texts: pa.ChunkedArray, pattern: str) -> bool:
    return pc.any(pc.match_substring_regex(texts, pattern=rf"\A(?:{pattern})")).as_py() is True


def _decimal(texts: pa.ChunkedArray) -> pa.DataType | None:
    """The decimal type with as many digits behind the point as a value has at most."""
    parts = pc.extract_regex(texts, pattern=r"\A-?(?P<whole>[0-9]+)(?:\.(?P<rest>[0-9]+))?\z")
    whole, rest = (pc.max(pc.utf8_length(pc.struct_field(parts, indices=at))).as_py() or 0 for at in (0, 1))
    return pa.decimal128(_DIGITS, rest) if whole + rest <= _DIGITS else None


def _timestamp(texts: pa.ChunkedArray) -> pa.DataType | None:
    """The type for the one zone that all values have, which may be none."""
    zones = pc.unique(
        pc.struct_field(pc.extract_regex(texts, pattern=r"T[0-9:.]*(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?\z"), indices=0)
    )
    found = {zone for zone in zones.to_pylist() if zone is not None}
    if len(found) > 1:
        return None
    zone = next(iter(found), "")
    return pa.timestamp("us", tz="UTC" if zone == "Z" else zone or None)
