"""The tables of `summary.sqlite`, a part of every release and of every snapshot of one.

Everything in them stands in the release's graphs as well; a test holds each table against SPARQL. They are there so
that a page of facets, a map or a chart costs milliseconds, however large the release is.
"""

from __future__ import annotations

__all__ = ["FACETS", "SUMMARY", "TABLES", "VERSION"]

#: The file name of the part.
SUMMARY = "summary.sqlite"

#: The version of the tables, kept as SQLite's `user_version`.
VERSION = 1

#: The facets whose values are terms, with the path of properties that leads from an incident to its values. The year is
#: a facet too, read from `first_year` and `last_year`.
FACETS: dict[str, tuple[str, ...]] = {
    "type": ("cx:incidentType",),
    "front": ("cx:front",),
    "route": ("cx:viaRoute",),
    "actor": ("cx:crosser", "cx:actorType"),
    "status": ("cx:defectionStatus",),
    "source": ("cx:reportedIn",),
}

TABLES = f"""
PRAGMA user_version = {VERSION};
-- An incident: its values as the default graph has them. first_year and last_year are the years of its first and last
-- possible day, NULL where that side is open or unknown. conflicts counts those on it and on who crossed.
CREATE TABLE incident (
  n INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, label TEXT NOT NULL, edtf TEXT, earliest TEXT, latest TEXT,
  precision TEXT, first_year INTEGER, last_year INTEGER, type TEXT, status TEXT, front TEXT, persons INTEGER,
  articles INTEGER NOT NULL, conflicts INTEGER NOT NULL
);
-- The values of an incident's facets. own is 0 where only what is narrower was said of it: a resident is a civilian.
CREATE TABLE choice (
  facet TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL REFERENCES incident, own INTEGER NOT NULL,
  PRIMARY KEY (facet, value, n)
) WITHOUT ROWID;
CREATE INDEX choice_of ON choice (n, facet);
-- The labels of an incident, its places and its crossers, in small letters, to be searched.
CREATE TABLE wording (n INTEGER NOT NULL REFERENCES incident, text TEXT NOT NULL, PRIMARY KEY (n, text)) WITHOUT ROWID;
CREATE TABLE incident_place (n INTEGER NOT NULL REFERENCES incident, place TEXT NOT NULL, PRIMARY KEY (n, place))
  WITHOUT ROWID;
-- What the columns and facets above name: labels in English and Korean, and what is directly broader.
CREATE TABLE term (iri TEXT PRIMARY KEY, label TEXT NOT NULL, ko TEXT, broader TEXT) WITHOUT ROWID;
CREATE TABLE article (iri TEXT PRIMARY KEY, title TEXT, publisher TEXT, issued TEXT, digest INTEGER NOT NULL)
  WITHOUT ROWID;
-- Where things are: the places of incidents, fronts that have a geometry of their own, and the lines of the gazetteer.
-- precision is in metres.
CREATE TABLE shape (iri TEXT PRIMARY KEY, wkt TEXT NOT NULL, precision INTEGER) WITHOUT ROWID;
-- How many things there are of a class, in all graphs.
CREATE TABLE class (name TEXT PRIMARY KEY, things INTEGER NOT NULL) WITHOUT ROWID;
-- Arrivals: a number, or its bounds, of a population in a period. year is set where the period is one year.
CREATE TABLE arrival (
  statistic TEXT PRIMARY KEY, label TEXT NOT NULL, period TEXT, year INTEGER, population TEXT, value TEXT, least TEXT,
  most TEXT, qualifier TEXT
) WITHOUT ROWID;
-- Whose number it is (kind 'by', an organisation) and which articles give it (kind 'in').
CREATE TABLE arrival_source (
  statistic TEXT NOT NULL REFERENCES arrival, kind TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (statistic, kind, source)
) WITHOUT ROWID;
"""
