"""The queries that each client asks, with their prefixes, and what is to be found."""

from __future__ import annotations

from kg.namespaces import PREFIXES, expand

__all__ = ["ASK", "BROKEN", "CONSTRUCT", "INCIDENTS", "LABELS", "SELECT", "TYPE", "WRONG"]

PROLOGUE = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("cx", "skos"))
SELECT = f"{PROLOGUE} SELECT ?i ?l ?nothing {{ ?i a cx:Incident ; skos:prefLabel ?l }} ORDER BY ?i"
ASK = f"{PROLOGUE} ASK {{ ?i a cx:Incident }}"
CONSTRUCT = f"{PROLOGUE} CONSTRUCT {{ ?i a cx:Incident }} WHERE {{ ?i a cx:Incident }}"
WRONG = "SELECT * { ?s ?p"
#: More rows than the server gives, which no coding makes short: the answer breaks off behind its beginning.
_HUNDRED_THOUSAND = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcde")
BROKEN = f"SELECT (STRUUID() AS ?id) {{ {_HUNDRED_THOUSAND} }}"

TYPE = expand("cx:Incident")
INCIDENTS = [expand(f"id:incident/{number:04d}") for number in range(5)]
LABELS = [f"crossing “{number}”\nof a kind" for number in range(5)]
