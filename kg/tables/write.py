"""All tables of a release as files of a directory."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from kg.atomic import atomic_file, write_atomically
from kg.querying import open_release
from kg.release.release import Release
from kg.tables.csvw import csvw
from kg.tables.declared import TABLES
from kg.tables.encode import TABLE_FORMATS, batches, encoder
from kg.tables.read import rows

__all__ = ["METADATA", "write_tables"]

#: The file that says what the CSV files hold, under the name that CSV on the Web looks for.
METADATA = "csv-metadata.json"


def write_tables(release: Release, directory: Path) -> list[Path]:
    """Write every table of a release in every format, and the metadata of CSV on the Web.

    The same release gives the same bytes. Each file stands whole or not at all.

    Args:
        release: The release; its store is opened for reading.
        directory: Where the files `incidents.csv`, `incidents.parquet`, `incidents.jsonl` and so on shall stand; it is
            made where it is missing, and other files in it are left alone.

    Returns:
        The files, sorted by name.

    Raises:
        GraphError: The store cannot be opened, or does not fit the tables.
        OSError: A file cannot be written.
    """
    store = open_release(release).store
    directory.mkdir(parents=True, exist_ok=True)
    written = [directory / METADATA]
    write_atomically(written[0], csvw(TABLES, release.id))
    for table in TABLES:
        with ExitStack() as stack:
            opened = []
            for format in TABLE_FORMATS:
                written.append(directory / f"{table.name}.{format}")
                opened.append((encoder(table, format, release.id), stack.enter_context(atomic_file(written[-1]))))
            for batch in batches(rows(store, table)):
                for made, file in opened:
                    file.write(made.add(batch))
            for made, file in opened:
                file.write(made.end())
    return sorted(written)
