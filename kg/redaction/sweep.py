"""The last look at a graph: nothing in it may lead to who is withheld, or name them, wherever it came from.

Whoever wrote the graph has left them out already. What this finds is in words that no claim rests on: a title, a web
address, the reason of a judgement, an annotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import pyoxigraph
from pyoxigraph import Literal, RdfFormat

from kg.mapping.quads import Quads
from kg.namespaces import BASE, PREFIXES, expand, graph_iri
from kg.redaction.sentences import sentences, touched
from kg.redaction.withheld import Withheld

__all__ = ["LEXICON", "is_strange", "sweep"]

#: The lexicon is the project's own, and holds no private person.
LEXICON = frozenset(f"<{graph_iri(name)}>" for name in ("vocabulary", "gazetteer"))
#: Words that something must have: in their place stands that they are withheld.
_KEPT = frozenset(expand(name) for name in ("skos:prefLabel", "cx:reason"))
_INSTEAD = "withheld"
_KNOWN = (f"<{BASE}", *(f"<{namespace}" for namespace in PREFIXES.values()))


def sweep(quads: Quads, withheld: Withheld) -> Quads:
    """The quads without those that point to who is withheld, and without the sentences that name them.

    Args:
        quads: All of a graph but its tombstones.
        withheld: What is withheld.
    """
    if not withheld and not withheld.names:
        return quads
    nodes = frozenset(f"<{iri}>" for iri in withheld.iris)
    parts = []
    for name, triples in quads.graphs.items():
        if name in LEXICON:
            parts.append(Quads({name: triples}))
            continue
        parts.append(Quads({name: set(_left(triples, nodes, withheld))}))
    return Quads.union(parts)


def _left(triples: Iterable[str], nodes: frozenset[str], withheld: Withheld) -> Iterator[str]:
    names = withheld.names.name
    for triple in triples:
        terms = triple.split(" ", 2)
        if not nodes.isdisjoint(terms) or any(is_strange(term) and names(unquote(term)) for term in terms):
            continue
        said = terms[2]
        if said.startswith('"') and names(unquote(_plain(said))):
            yield from _worded(triple, withheld)
        else:
            yield triple


def is_strange(term: str) -> bool:
    """Whether a term is an IRI of a namespace that is not the project's or one that it uses: others hold any words."""
    return term.startswith("<") and not term.startswith(_KNOWN)


def _plain(literal: str) -> str:
    """The words of a literal's text, without type and language; line ends and tabs as spaces."""
    words = literal[1 : literal.rindex('"')]
    return re.sub(r"\\[nrtbf]", " ", words) if "\\" in words else words


def _worded(line: str, withheld: Withheld) -> Iterator[str]:
    """The triple of a literal without the sentences that name who is withheld; none where nothing is left."""
    triple = next(iter(pyoxigraph.parse(f"{line} .", format=RdfFormat.N_TRIPLES))).triple
    said, predicate = triple.object, triple.predicate.value
    assert isinstance(said, Literal)  # _left
    named = touched(sentences(said.value, ()), withheld.names.found(said.value))
    rest = "".join(said.value[a:b] for a, b in sentences(said.value, ()) if (a, b) not in named).strip()
    if not rest or withheld.names.name(unquote(rest)):
        rest = _INSTEAD if predicate in _KEPT else ""
    if rest:
        made = Literal(rest, language=said.language) if said.language else Literal(rest, datatype=said.datatype)
        yield f"{triple.subject} {triple.predicate} {made}"
