"""Asks the index of a release: what was typed in, hits with their marks and quotes out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.search.answer import Answer, Hit, Matched, Quote, snippet
from kg.search.documents import CLASSES
from kg.search.question import Question
from kg.search.ranking import STANDING, way
from kg.search.romanisation import Romanisation
from kg.search.schema import FORMAT

__all__ = ["LIMIT", "SearchIndex"]

#: How many hits a page has where nothing else is asked for.
LIMIT = 20
#: How many letters the last word must have to be looked for in quotes as the beginning of a word, and in keys.
_BEGUN, _BEGUN_KEY = 3, 4
_QUOTES = 3

_STANDING = (
    f"CASE WHEN cls = 'Article' THEN {STANDING['article']} WHEN entity THEN {STANDING['entity']} "
    f"WHEN held THEN {STANDING['used']} ELSE {STANDING['listed']} END"
)
_BY_STANDING = {number: name for name, number in STANDING.items()}
#: By which of two ways a name is found, by its kind.
_KIND = "CASE WHEN kind IN ('label', 'name') THEN {} ELSE {} END"


class SearchIndex:
    """An index on the disk, to be asked by any number of threads: each question opens it for itself, to read.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def search(self, text: str, *, cls: str | None = None, limit: int = LIMIT, offset: int = 0) -> Answer:
        """Find things.

        Args:
            text: What to look for: any text.
            cls: The class of things to answer with; all where it is absent.
            limit: How many at most.
            offset: How many of the best to leave out.

        Raises:
            GraphError: There is no index, or it is of another version.
            ValueError: There is no such class, or a number is negative.
        """
        if cls is not None and cls not in CLASSES:
            raise ValueError(f"there is no class '{cls}': give one of {', '.join(CLASSES)}")
        if limit < 0 or offset < 0:
            raise ValueError("limit and offset must not be negative")
        with closing(self._opened()) as connection:
            question = Question(text, self._table(connection))
            return _Search(connection, question).answer(cls, limit, offset)

    def _opened(self) -> sqlite3.Connection:
        try:
            return sqlite3.connect(f"{self.path.resolve(strict=True).as_uri()}?mode=ro&immutable=1", uri=True)
        except (OSError, sqlite3.OperationalError) as error:
            raise GraphError(
                f"{self.path} is not there: the release has no index for searching, so build it again"
            ) from error

    def _table(self, connection: sqlite3.Connection) -> Romanisation:
        try:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise GraphError(f"{self.path} is no index for searching ({error}): build the release again") from error
        if meta.get("format") != str(FORMAT):
            raise GraphError(f"{self.path} was made by another version: build the release again")
        return _romanisation(meta["romanisation"])


@lru_cache(maxsize=8)
def _romanisation(written: bytes) -> Romanisation:
    return Romanisation.of(written)


class _Search:
    def __init__(self, connection: sqlite3.Connection, question: Question) -> None:
        connection.row_factory = sqlite3.Row
        self._db = connection
        self._asked = question
        self._ways: list[str] = []
        self._given: list[Any] = []

    def answer(self, cls: str | None, limit: int, offset: int) -> Answer:
        asked = self._asked
        rows: Sequence[sqlite3.Row] = []
        classes: dict[str, int] = {}
        if asked.words:
            self._find()
            rows = self._rows(cls, limit, offset)
            counted = self._db.execute("SELECT cls, COUNT(*) AS n FROM temp.found GROUP BY cls").fetchall()
            by_class = {row["cls"]: row["n"] for row in counted}
            classes = {name: by_class[name] for name in CLASSES if name in by_class}
        shown = [row["id"] for row in rows]
        matched = self._matched(shown) if shown else {}
        quotes = self._quotes(shown) if shown else {}
        return Answer(
            query=asked.typed,
            words=list(asked.words),
            cls=cls,
            total=sum(classes.values()) if cls is None else classes.get(cls, 0),
            offset=offset,
            limit=limit,
            classes=classes,
            hits=[_hit(row, matched[row["id"]], quotes.get(row["id"], [])) for row in rows],
        )

    def _find(self) -> None:
        """Put all ways to things, and the best number of each thing, into tables of this connection's own."""
        self._by_name()
        self._by_spelling()
        self._by_quote()
        self._db.execute("PRAGMA temp_store = MEMORY")
        self._db.execute("CREATE TEMP TABLE ways (thing, number, name, passage)")
        self._db.execute(f"INSERT INTO ways {' UNION ALL '.join(self._ways)}", self._given)
        self._db.execute(
            f"CREATE TEMP TABLE found AS SELECT id, cls, uses, iri, best.number, best.number + {_STANDING} AS rank "
            "FROM (SELECT thing, MIN(number) AS number FROM ways GROUP BY thing) AS best "
            "JOIN things ON things.id = best.thing"
        )

    def _rows(self, cls: str | None, limit: int, offset: int) -> list[sqlite3.Row]:
        where, given = ("WHERE found.cls = ?", [cls]) if cls is not None else ("", [])
        return self._db.execute(
            f"SELECT things.*, number, rank FROM found JOIN things USING (id) {where} "
            "ORDER BY rank, found.uses DESC, found.iri LIMIT ? OFFSET ?",
            [*given, limit, offset],
        ).fetchall()

    def _matched(self, things: Sequence[int]) -> dict[int, Matched]:
        """What was found of each thing by its best way: the shortest of names, the longest of quotes."""
        rows = self._db.execute(
            "SELECT ways.thing, ways.number, kind, names.text, language, passages.text AS said FROM ways "
            "JOIN found ON found.id = ways.thing AND found.number = ways.number LEFT JOIN names ON names.id = name "
            f"LEFT JOIN passages ON passages.id = passage WHERE ways.thing IN ({_places(things)}) "
            "ORDER BY ways.thing, LENGTH(names.text), names.text, kind, language, LENGTH(said) DESC, said",
            things,
        )
        found: dict[int, Matched] = {}
        for row in rows:
            if row["thing"] not in found:
                how = way(row["number"]).name
                found[row["thing"]] = Matched(
                    how=how,
                    kind=row["kind"] or ("mention" if how == "mention" else "quote"),
                    language=row["language"] or "",
                    snippet=snippet(row["text"] or row["said"], self._asked),
                )
        return found

    def _names(self, numbers: str, where: str, *given: str) -> None:
        self._ways.append(f"SELECT thing, {numbers} AS number, id AS name, NULL AS passage FROM names WHERE {where}")
        self._given += given

    def _worded(self, numbers: str, expression: str) -> None:
        self._names(numbers, "id IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)", expression)

    def _by_name(self) -> None:
        asked = self._asked
        self._names(_KIND.format(_n("label"), _n("alias")), "plain = ?", asked.plain)
        self._worded(_KIND.format(_n("label-part"), _n("alias-part")), asked.phrase(asked.stems))
        if asked.romanised:
            self._worded(_n("romanised"), asked.phrase(asked.romanised))
        self._worded(_n("name-words"), asked.all_of(asked.stems))
        self._worded(_n("prefix"), asked.all_of((*asked.stems[:-1], asked.words[-1]), begun=True))
        if asked.signs:
            self._worded(_n("signs"), asked.phrase(asked.signs, "signs"))

    def _by_spelling(self) -> None:
        keys = sorted(self._asked.keys)
        if not keys:
            return
        self._ways.append(
            f"SELECT thing, CASE WHEN whole THEN {_n('spelling')} ELSE {_n('spelling-part')} END, names.id, NULL "
            f"FROM folds JOIN names ON names.id = folds.name WHERE key IN ({_places(keys)})"
        )
        self._given += keys
        for key in keys:
            if len(key) >= _BEGUN_KEY:
                self._ways.append(
                    f"SELECT thing, {_n('spelling-prefix')}, names.id, NULL FROM folds JOIN names "
                    "ON names.id = folds.name WHERE key > ? AND key < ?"
                )
                self._given += [key, f"{key}\U0010ffff"]

    def _by_quote(self) -> None:
        asked = self._asked
        mention_or_quote = f"CASE WHEN claim = '' THEN {_n('mention')} ELSE {_n('quote')} END"
        found = [(mention_or_quote, asked.phrase(asked.stems)), (_n("quote-words"), asked.all_of(asked.stems))]
        if len(asked.words[-1]) >= _BEGUN:
            begun = asked.all_of((*asked.stems[:-1], asked.words[-1]), begun=True)
            found.append((_n("quote-prefix"), begun))
        if asked.signs:
            found.append((_n("quote-prefix"), asked.phrase(asked.signs, "signs")))
        for numbers, expression in found:
            self._ways.append(
                f"SELECT thing, {numbers}, NULL, passage FROM leads "
                "WHERE passage IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)"
            )
            self._given.append(expression)

    def _quotes(self, things: Sequence[int]) -> dict[int, list[Quote]]:
        """Some quotes of each thing that have all words: no two alike, the longest first, since they say most."""
        asked = self._asked
        rows = self._db.execute(
            "SELECT thing, resting, said, article.iri, article.label, article.note FROM ("
            "SELECT *, ROW_NUMBER() OVER (PARTITION BY thing ORDER BY LENGTH(said) DESC, said) AS place FROM ("
            "SELECT thing, passages.text AS said, MIN(evidence || ' ' || claim) AS resting, article FROM leads "
            f"JOIN passages ON passages.id = passage WHERE thing IN ({_places(things)}) AND claim <> '' AND passage IN "
            "(SELECT rowid FROM passage_words WHERE passage_words MATCH ?) GROUP BY thing, said)) "
            "LEFT JOIN things AS article ON article.id = article WHERE place <= ? ORDER BY thing, place",
            [*things, asked.all_of(asked.stems), _QUOTES],
        )
        found: dict[int, list[Quote]] = {}
        for row in rows:
            evidence, claim = row["resting"].split(" ")  # an IRI has no space
            quote = Quote(
                snippet=snippet(row["said"], asked),
                evidence=evidence,
                claim=claim,
                article=row["iri"] or "",
                title=row["label"] or "",
                note=row["note"] or "",
            )
            found.setdefault(row["thing"], []).append(quote)
        return found


def _hit(row: sqlite3.Row, matched: Matched, quotes: list[Quote]) -> Hit:
    return Hit(
        iri=row["iri"],
        cls=row["cls"],
        standing=_BY_STANDING[row["rank"] - row["number"]],
        label=row["label"],
        language=row["language"],
        korean=row["korean"],
        note=row["note"],
        uses=row["uses"],
        matched=matched,
        quotes=quotes,
    )


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _n(name: str) -> str:
    return str(way(name).number)
