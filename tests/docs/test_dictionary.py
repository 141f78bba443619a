from __future__ import annotations

from kg.docs.dictionary import pages
from kg.tables import TABLES
from kg.tables.model import KINDS


def test_every_column_of_every_table_has_a_line() -> None:
    (page,) = pages()
    assert page.name == "data-dictionary.md"
    parts = page.text.split("\n## ")
    for kind in KINDS:
        assert f"\n| `{kind}` | " in parts[0]
    assert [part.partition("\n")[0] for part in parts[1:]] == [table.name for table in TABLES]
    for table, part in zip(TABLES, parts[1:], strict=True):
        assert table.description in part
        lines = [line for line in part.splitlines() if line.startswith("| `")]
        assert [line.split("`")[1] for line in lines] == [column.name for column in table.columns]
        for column, line in zip(table.columns, lines, strict=True):
            assert line.endswith(f"{column.said} |")
            assert ("list of" in line) is column.many
            assert all(f"`{name}`" in line for name in column.path)
