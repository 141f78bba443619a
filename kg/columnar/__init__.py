"""Answers as columns: the solutions of a query as Parquet and as a stream of Arrow, typed where their terms allow it.

Importing pyarrow takes a quarter of a second and some hundred megabytes of address space, so who writes text formats
does not import these modules.
"""

from __future__ import annotations

__all__: list[str] = []
