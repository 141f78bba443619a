"""What an index holds, without the numbers of its rows, so that two can be compared."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

__all__ = ["dump"]

_NAME = "SELECT names.id, iri, kind, text, names.language FROM names JOIN things ON things.id = thing"
_PASSAGE = "SELECT id, graph, evidence FROM passages"


def dump(path: Path) -> dict[str, Counter[tuple[object, ...]]]:
    """The rows of every table, and every word of the full-text tables with the row and place it stands in."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        names = {row[0]: row[1:] for row in db.execute(_NAME)}
        passages = {row[0]: row[1:] for row in db.execute(_PASSAGE)}
        held = {
            "meta": db.execute("SELECT key, value FROM meta"),
            "things": db.execute("SELECT iri, cls, held, entity, label, language, korean, note, uses FROM things"),
            "names": db.execute(f"SELECT iri, kind, text, names.language, plain FROM ({_NAMES}) AS names"),
            "passages": db.execute(
                "SELECT graph, iri, evidence, text FROM passages LEFT JOIN things ON things.id = article"
            ),
            "leads": db.execute(
                "SELECT iri, graph, evidence, claim FROM leads JOIN passages ON passages.id = passage "
                "JOIN things ON things.id = thing"
            ),
        }
        found = {name: Counter(tuple(row) for row in rows) for name, rows in held.items()}
        found["folds"] = Counter((key, names[name], whole) for key, name, whole in db.execute("SELECT * FROM folds"))
        assert len(names) == found["names"].total(), "a name of no thing"
        (leads,) = db.execute("SELECT COUNT(*) FROM leads").fetchone()
        assert leads == found["leads"].total(), "a lead to nothing"
        for table, rows in (("name_words", names), ("passage_words", passages)):
            # A table of the connection itself, which the file does not hold.
            db.execute(f"CREATE VIRTUAL TABLE temp.held USING fts5vocab ('main', '{table}', 'instance')")
            found[table] = Counter(
                (rows[doc], term, column, place)
                for term, doc, column, place in db.execute("SELECT term, doc, col, offset FROM temp.held")
            )
            db.execute("DROP TABLE temp.held")
        return found


_NAMES = "SELECT names.*, iri FROM names JOIN things ON things.id = thing"
