"""Answers in columns read back, by what the metadata of their fields say and nothing else."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode

__all__ = ["Term", "read_columns", "terms_of"]

Term = NamedNode | BlankNode | Literal
_XSD = "http://www.w3.org/2001/XMLSchema#"


def read_columns(content: bytes) -> pa.Table:
    """The table that an answer in Parquet or Arrow is."""
    if content.startswith(b"PAR1"):
        return pq.read_table(io.BytesIO(content))
    return pa.ipc.open_stream(content).read_all()


def _language(text: str) -> dict[str, object]:
    language, _, direction = text.partition("--")
    known = {str(way): way for way in (BaseDirection.LTR, BaseDirection.RTL)}
    return {"language": language, **({"direction": known[direction]} if direction else {})}


def _lexical(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        whole = format(value, "f")
        return whole.rstrip("0").rstrip(".") if "." in whole else whole
    if isinstance(value, float):
        return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(repr(value), repr(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _term(value: object, type: str, datatype: str | None, language: str | None) -> Term:
    text = _lexical(value)
    if type == "uri":
        return NamedNode(text)
    if type == "bnode":
        return BlankNode(text)
    if language is not None:
        return Literal(text, **_language(language))  # type: ignore[arg-type]
    return Literal(text, datatype=NamedNode(datatype or f"{_XSD}string"))


def terms_of(table: pa.Table) -> list[dict[str, Term]]:
    """The solutions that a table holds, by variable; what is not bound is left out."""
    rows: list[dict[str, Term]] = [{} for _ in range(table.num_rows)]
    told = {field.name: {k.decode(): v.decode() for k, v in field.metadata.items()} for field in table.schema}
    companions = {
        (found["sparql.variable"], found["sparql.companion"]): table.column(name).to_pylist()
        for name, found in told.items()
        if "sparql.companion" in found
    }
    for name, found in told.items():
        if "sparql.companion" in found:
            continue
        variable = found.get("sparql.variable", name)
        for at, value in enumerate(table.column(name).to_pylist()):
            if value is None:
                continue
            type, datatype = found["sparql.type"], found.get("sparql.datatype")
            if type == "mixed":
                datatype = companions[(variable, "datatype")][at]
                type = datatype if datatype in ("uri", "bnode") else "literal"
            languages = companions.get((variable, "language"))
            rows[at][variable] = _term(
                value, type, datatype, languages[at] if languages else found.get("sparql.language")
            )
    return rows
