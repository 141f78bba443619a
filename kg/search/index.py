"""Makes the index of a store, and brings the index of an earlier state of it up to date.

What is in an index depends on the store and on the table of romanisation alone, in which order it came there or not. A
build writes it in sorted order, so two builds of one release by one version of SQLite give the same bytes.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.namespaces import expand, graph_iri
from kg.search.documents import ARTICLES, Name, Thing, article_of, articles, describes_article, passages, thing, things
from kg.search.romanisation import Romanisation, read_romanisation
from kg.search.schema import FORMAT, SCHEMA
from kg.search.words import plain, signs, stem, words

__all__ = ["build_index", "is_current", "update_index"]

#: The classes whose things bear proper names, which may be Korean.
_NAMED = frozenset({"Person", "Organization", "Place", "Route"})
#: How many words a name can have at most to be taken apart, and how many of them a part.
_NAME_WORDS, _PART_WORDS = 12, 4
_LEXICONS = frozenset({graph_iri("vocabulary"), graph_iri("gazetteer")})
_LEADING = (NamedNode(expand("cx:mentions")), NamedNode(expand("rdf:subject")))


def build_index(store: Store, path: Path) -> None:
    """Write the index of a store to a new file.

    Args:
        store: The store, open in this process.
        path: The file; it is not there yet.

    Raises:
        UsageError: The table of romanisation cannot be read.
    """
    table = read_romanisation()
    with closing(_opened(path)) as connection, connection:
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)", [("format", str(FORMAT)), ("romanisation", table.written)]
        )
        writer = _Writer(connection, store, table)
        for iri in things(store):
            writer.thing(iri)
        for graph in articles(store):
            writer.article(graph)
        writer.merge()


def update_index(store: Store, before: Path, path: Path, changed: Iterable[Quad]) -> None:
    """Write the index of a store from that of an earlier state of it.

    Args:
        store: The store as it is now, open in this process.
        before: The index of the earlier state. Where it is missing or of another version, the whole is made anew.
        path: The new file; it is not there yet.
        changed: The quads that are in one of the two states alone.
    """
    if not is_current(before):
        build_index(store, path)
        return
    shutil.copyfile(before, path)
    with closing(_opened(path)) as connection, connection:
        # What is gone may be withheld: it must not stay behind in pages that are free.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN")
        _Writer(connection, store, read_romanisation()).again(changed)


def is_current(path: Path) -> bool:
    """Whether an index is there that this version would make of the same store."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError:
        return False
    return meta == {"format": str(FORMAT), "romanisation": read_romanisation().written}


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    # The file becomes readable only as a whole, by a rename: a journal of its own would protect nobody.
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;")
    return connection


class _Writer:
    """Writes things and articles of a store into the tables."""

    def __init__(self, connection: sqlite3.Connection, store: Store, table: Romanisation) -> None:
        self._db = connection
        self._store = store
        self._table = table
        self._left: set[str] = set()
        self._come: set[str] = set()

    def _number(self, iri: str) -> int | None:
        row = self._db.execute("SELECT id FROM things WHERE iri = ?", (iri,)).fetchone()
        return row[0] if row is not None else None

    def again(self, changed: Iterable[Quad]) -> None:
        """Write once more what quads speak of that came or went."""
        about, graphs = _touched(changed)
        for iri in sorted(about):
            before = self._number(iri)
            self._forget_names(before)
            after = self.thing(iri)
            if (before is None) != (after is None):
                # Words lead to a thing only while it is one, whether or not the graph of the article has changed.
                graphs.update(self._telling(iri))
        for graph in sorted(graphs):
            self._forget_passages(graph)
            self.article(graph)
        self._db.execute("DELETE FROM leads WHERE thing NOT IN (SELECT id FROM things)")
        if self._left - self._come:
            self.merge()

    def merge(self) -> None:
        """Make one segment of each full-text table, in which nothing is left of rows that were removed."""
        for name in ("name_words", "passage_words"):
            self._db.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")

    def _telling(self, iri: str) -> Iterator[str]:
        for predicate in _LEADING:
            for quad in self._store.quads_for_pattern(None, predicate, NamedNode(iri)):
                if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(ARTICLES):
                    yield quad.graph_name.value

    def thing(self, iri: str) -> int | None:
        """Write a thing with its names; what is none, is removed. Returns its number."""
        found = thing(self._store, iri)
        if found is None:
            self._db.execute("DELETE FROM things WHERE iri = ?", (iri,))
            return None
        described, names = found
        number = self._put(described)
        for name in names:
            self._name(number, described, name)
        return number

    def _put(self, thing: Thing) -> int:
        values = (
            thing.cls,
            thing.held,
            thing.entity,
            thing.label,
            thing.language,
            thing.korean,
            thing.note,
            thing.uses,
        )
        row = self._db.execute(
            "INSERT INTO things (iri, cls, held, entity, label, language, korean, note, uses) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (iri) DO UPDATE SET cls = excluded.cls, "
            "held = excluded.held, entity = excluded.entity, label = excluded.label, language = excluded.language, "
            "korean = excluded.korean, note = excluded.note, uses = excluded.uses RETURNING id",
            (thing.iri, *values),
        ).fetchone()
        return int(row[0])

    def _name(self, number: int, thing: Thing, name: Name) -> None:
        cursor = self._db.execute(
            "INSERT INTO names (thing, kind, text, language, plain) VALUES (?, ?, ?, ?, ?)",
            (number, name.kind, name.text, name.language, plain(name.text)),
        )
        made = cursor.lastrowid
        self._come.add(name.text)
        self._db.execute("INSERT INTO name_words (rowid, words, signs) VALUES (?, ?, ?)", (made, *_columns(name.text)))
        if thing.cls in _NAMED:
            keys = [(key, made, whole) for key, whole in sorted(self._keys(thing, name.text).items())]
            self._db.executemany("INSERT INTO folds VALUES (?, ?, ?)", keys)

    def _forget_names(self, thing: int | None) -> None:
        rows = self._db.execute("SELECT id, text FROM names WHERE thing = ?", (thing,)).fetchall()
        self._forget("name_words", rows)
        self._db.executemany("DELETE FROM folds WHERE name = ?", [(row[0],) for row in rows])
        self._db.execute("DELETE FROM names WHERE thing = ?", (thing,))

    def _forget_passages(self, graph: str) -> None:
        rows = self._db.execute("SELECT id, text FROM passages WHERE graph = ?", (graph,)).fetchall()
        self._forget("passage_words", rows)
        self._db.executemany("DELETE FROM leads WHERE passage = ?", [(row[0],) for row in rows])
        self._db.execute("DELETE FROM passages WHERE graph = ?", (graph,))

    def _forget(self, table: str, rows: Sequence[tuple[int, str]]) -> None:
        # An FTS5 table that keeps no text has to be told which words a row had (https://sqlite.org/fts5.html, 6.5).
        statement = f"INSERT INTO {table} ({table}, rowid, words, signs) VALUES ('delete', ?, ?, ?)"
        self._db.executemany(statement, [(number, *_columns(text)) for number, text in rows])
        self._left.update(text for _, text in rows)

    def article(self, graph: str) -> None:
        """Write the words of an article that lead to things; claims about none lead to the article."""
        described = article_of(self._store, graph)
        article = self._number(described[0]) if described else None
        for passage in passages(self._store, graph):
            leads = [(self._number(lead.thing), lead.claim) for lead in passage.leads]
            held = {(number or article, claim) for number, claim in leads if number is not None or claim}
            found = sorted((number, claim) for number, claim in held if number is not None)
            if not found:
                continue
            cursor = self._db.execute(
                "INSERT INTO passages (graph, article, evidence, text) VALUES (?, ?, ?, ?)",
                (graph, article or 0, passage.evidence, passage.text),
            )
            made = cursor.lastrowid
            self._come.add(passage.text)
            columns = (made, *_columns(passage.text))
            self._db.execute("INSERT INTO passage_words (rowid, words, signs) VALUES (?, ?, ?)", columns)
            self._db.executemany("INSERT INTO leads VALUES (?, ?, ?)", [(n, made, claim) for n, claim in found])

    def _keys(self, thing: Thing, text: str) -> dict[str, bool]:
        """The keys of a name and of its parts; whether it is the whole name that has a key."""
        parts = [word.text for word in words(text)]
        if len(parts) > _NAME_WORDS:
            return {}
        korean = [self._table.is_korean(part) for part in parts]
        person = thing.cls == "Person"
        found: dict[str, bool] = {}
        for start in range(len(parts)):
            for end in range(start + 1, min(start + _PART_WORDS, len(parts)) + 1):
                if not all(korean[start:end]):
                    break
                whole = end - start == len(parts)
                for key in self._table.keys(parts[start:end], person=person):
                    found[key] = found.get(key, False) or whole
        for part in (name for word in parts for name in self._table.parts(word)) if person else ():
            for key in self._table.keys([part]):
                found.setdefault(key, False)
        return found


def _touched(changed: Iterable[Quad]) -> tuple[set[str], set[str]]:
    """The IRIs that changed quads may make another thing of, and the graphs of articles among theirs."""
    about: set[str] = set()
    graphs: set[str] = set()
    for quad in changed:
        if isinstance(quad.graph_name, DefaultGraph):
            about.update(term.value for term in (quad.subject, quad.object) if isinstance(term, NamedNode))
        elif isinstance(quad.graph_name, NamedNode):
            graph = quad.graph_name.value
            describes = graph in _LEXICONS
            if graph.startswith(ARTICLES):
                graphs.add(graph)
                describes = describes_article(quad)
            if describes and isinstance(quad.subject, NamedNode):
                about.add(quad.subject.value)
    return about, graphs


def _columns(text: str) -> tuple[str, str]:
    """What the index keeps of a text: its words without their plurals, and its signs of Korean and the like."""
    return " ".join(stem(word.text) for word in words(text)), " ".join(sign.text for sign in signs(text))
