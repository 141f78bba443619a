"""Answers as tables of Arrow and pandas, by the rule of `kg.columnar.typed`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from kg.client.values import Term
from kg.columnar.gather import Gathered
from kg.columnar.write import table_of
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas

__all__ = ["arrow_table", "data_frame"]


def arrow_table(names: Sequence[str], rows: Sequence[Sequence[Term]], declared: Mapping[str, str]) -> pa.Table:
    """An answer as a table: one column a variable, and companions where its terms are of several kinds.

    Args:
        names: The variables.
        rows: Their terms.
        declared: What those columns are that are declared, by name.

    Raises:
        UsageError: There are rows, but no columns to hold them.
    """
    if rows and not names:
        raise UsageError("the answer has rows but no columns: ask for variables")
    columns = [Gathered(name) for name in names]
    for at, column in enumerate(columns):
        column.take(row[at] for row in rows)
    return table_of(columns, declared)


def data_frame(names: Sequence[str], rows: Sequence[Sequence[Term]], declared: Mapping[str, str]) -> pandas.DataFrame:
    """An answer as a data frame; dates are datetimes, so that their parts can be asked for.

    Args:
        names: The variables.
        rows: Their terms.
        declared: What those columns are that are declared, by name.

    Raises:
        UsageError: pandas is not installed, or there are rows but no columns.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageError("pandas is not installed: run pip install pandas") from error
    # A whole number that may be absent would else become a floating-point number, and a decimal an object.
    known = {pa.int64(): pandas.Int64Dtype(), pa.bool_(): pandas.BooleanDtype(), pa.string(): pandas.StringDtype()}

    def column_type(type: pa.DataType) -> object:
        return pandas.ArrowDtype(type) if pa.types.is_decimal(type) else known.get(type)

    return arrow_table(names, rows, declared).to_pandas(types_mapper=column_type, date_as_object=False)
