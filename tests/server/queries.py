"""Queries that hurt an engine that nobody watches, in a graph of some thousand quads."""

from __future__ import annotations

import uuid

__all__ = ["CRASHES", "MEMORY", "RUNAWAYS", "cheap", "rows", "variants"]

#: Each would run for years, or need more memory than there is.
RUNAWAYS = {
    "cartesian count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "unbounded order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "path explosion": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:y>)* ?b . ?b (!<urn:x>|^!<urn:y>)* ?c . "
    "?c (!<urn:x>|^!<urn:y>)* ?d . ?d (!<urn:x>|^!<urn:y>)* ?e }",
    "distinct": "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ask": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }",
    "construct": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }",
}
#: A text that is twice as long with each step, up to some gigabytes.
MEMORY = (
    "SELECT (STRLEN(?v31) AS ?n) { BIND('xxxxxxxx' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(31))
    + " }"
)
#: Each ends the engine, of which no brackets tell: the depth is in sums, signs, paths and unions.
CRASHES = {
    "sum": "SELECT * { ?s ?p ?o FILTER(" + "+".join(["1"] * 20_000) + " > 0) }",
    "negations": "SELECT * { ?s ?p ?o FILTER(" + "!" * 20_000 + "true) }",
    "union": "SELECT * { " + "UNION".join(["{}"] * 14_000) + " }",
    "path": "SELECT * { ?s " + "/".join(["<a:>"] * 15_000) + " ?o }",
    "disjunction": "SELECT * { ?s ?p ?o FILTER(" + "||".join(["?o"] * 20_000) + ") }",
}


def cheap(number: int) -> str:
    """A cheap query, another one for each number, so that no answer is one that was kept."""
    return f"SELECT ({number} AS ?n) ?i {{ ?i a cx:Incident }} LIMIT 3"


def rows(count: int, *, width: int = 10) -> str:
    """A query whose answer has some rows of some width; it is quick to evaluate."""
    digits = "VALUES ?D { 0 1 2 3 4 5 6 7 8 9 }"
    factors = " ".join(digits.replace("D", letter) for letter in "abcdef")
    return f"SELECT ('{'x' * width}' AS ?t) {{ {factors} }} LIMIT {count}"


def variants(count: int) -> list[str]:
    """Some runaways, each another text, so that no server has seen it before."""
    return [f"{RUNAWAYS['cartesian count']} # {uuid.uuid4()}" for _ in range(count)]
