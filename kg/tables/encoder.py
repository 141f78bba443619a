"""What makes bytes of the rows of a table, whatever the format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from kg.tables.read import Row

__all__ = ["Encoder"]


class Encoder(ABC):
    """Makes bytes of rows; what all calls give, one after the other, is the file."""

    @abstractmethod
    def add(self, rows: Sequence[Row]) -> bytes:
        """The bytes of some rows; those before the first of them are in it, where there are any."""

    @abstractmethod
    def end(self) -> bytes:
        """The bytes behind the last row; to be called once, after at least one call of `add`."""
