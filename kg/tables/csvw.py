"""What the CSV files of a release hold, for programs: CSV on the Web.

Sources: Metadata Vocabulary for Tabular Data (https://www.w3.org/TR/tabular-metadata/), Model for Tabular Data and
Metadata on the Web (https://www.w3.org/TR/tabular-data-model/).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.namespaces import expand
from kg.tables.encode import JOINED
from kg.tables.model import Column, ColumnKind, Table

__all__ = ["csvw"]

_DATATYPES: dict[ColumnKind, str] = {
    "iri": "anyURI",
    "duration": "dayTimeDuration",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
}


def csvw(tables: Sequence[Table], release: str) -> str:
    """The metadata of a group of tables, for the file `csv-metadata.json` beside them.

    Args:
        tables: The tables; the file of each is its name with the ending `.csv`.
        release: The id of the release.
    """
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@type": "TableGroup",
        "dc:title": "Crossings: the entities, claims and conflicts of a release as tables",
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "dc:identifier": release,
        "dialect": {"encoding": "utf-8", "header": True, "doubleQuote": True, "lineTerminators": ["\r\n"]},
        "tables": [_table(table) for table in tables],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _table(table: Table) -> dict[str, Any]:
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.name,
        "dc:description": table.description,
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": table.columns[0].name,
            "aboutUrl": f"{{+{table.columns[0].name}}}",
        },
    }


def _column(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.said,
        "datatype": _DATATYPES.get(column.kind, "string"),
        "required": column.required,
    }
    if not column.path:
        return said | {"suppressOutput": True}
    if column.many:
        said["separator"] = JOINED
    # A value that a longer path leads to is none of the thing of the row, nor is what a kind says.
    if len(column.path) > 1 or column.kind == "kind":
        return said | {"suppressOutput": True}
    said["propertyUrl"] = expand(column.path[0])
    if column.kind == "iri" and not column.many:
        said["valueUrl"] = f"{{+{column.name}}}"
    return said
