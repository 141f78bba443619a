"""The tables of the index, as SQL, and the number of their form."""

from __future__ import annotations

__all__ = ["FORMAT", "SCHEMA"]

#: The form of the index and of the words in it; one of another form is made anew, and not asked.
FORMAT = 1

#: `words` and `signs` hold words as `kg.search.words` makes them, so the tokenizer has only to split at spaces.
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE things (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, cls TEXT NOT NULL, held INTEGER NOT NULL, entity INTEGER NOT NULL,
  label TEXT NOT NULL, language TEXT NOT NULL, korean TEXT NOT NULL, note TEXT NOT NULL, uses INTEGER NOT NULL
);
CREATE TABLE names (
  id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
  plain TEXT NOT NULL
);
CREATE INDEX names_plain ON names (plain);
CREATE INDEX names_thing ON names (thing);
CREATE TABLE folds (key TEXT NOT NULL, name INTEGER NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY (key, name))
  WITHOUT ROWID;
CREATE INDEX folds_name ON folds (name);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, graph TEXT NOT NULL, article INTEGER NOT NULL, evidence TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX passages_graph ON passages (graph);
CREATE TABLE leads (
  thing INTEGER NOT NULL, passage INTEGER NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (passage, thing, claim)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_words USING fts5 (words, signs, content='', tokenize='ascii', prefix='1 2 3');
CREATE VIRTUAL TABLE passage_words USING fts5 (words, signs, content='', tokenize='ascii');
"""
