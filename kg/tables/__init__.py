"""A release as tables: one for each class of entities, one of the claims and one of the conflicts.

`TABLES` declares them; `rows` reads one, `encoded` writes it as CSV, JSON Lines or Parquet, and `write_tables` writes
all of them into a directory.
"""

from __future__ import annotations

from kg.tables.declared import TABLES, table_named
from kg.tables.encode import TABLE_FORMATS, encoded
from kg.tables.model import Column, Table
from kg.tables.read import rows
from kg.tables.write import METADATA, write_tables

__all__ = ["METADATA", "TABLES", "TABLE_FORMATS", "Column", "Table", "encoded", "rows", "table_named", "write_tables"]
