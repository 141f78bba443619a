"""Every term and concept that is used anywhere is declared, and nothing declared is orphaned.

Used are prefixed names with the project's prefixes and full IRIs: in the strings, docstrings and comments of the code,
in queries, shapes, rule packs, the rules of borders, the documentation, and as triples in the ontology's own files. A
scheme that code reads whole (`f"certainty:{...}"`, or its prefix as a string of its own) uses all of its concepts.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Namespace, URIRef

from kg.namespaces import BASE, CX, PREFIXES, SCHEMES

ROOT = Path(__file__).resolve().parents[2]
OURS = ("cx", *SCHEMES)
_NAME = re.compile(rf"(?<![\w:/#-])({'|'.join(OURS)}):([A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)(?![\w{{])")
_ENTRY = re.compile(r"(?<![\w:/#-])id:((?:place|organization|route)/[a-z0-9]+(?:-[a-z0-9]+)*)(?![\w{-])")
_IRI = re.compile(re.escape(BASE) + r"((?:ontology|vocabulary/[a-z-]+)#[A-Za-z][\w-]*)")
_WHOLE = re.compile(rf"(?<![\w:/#-])({'|'.join(SCHEMES)}):\{{")
#: `itype:` land-crossing, crossing (the kind is not said): a list of concepts after the prefix, as documents write it.
_LIST = re.compile(rf"`({'|'.join(SCHEMES)}):` ([^|;]+)")
_TEXT = frozenset({tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)})

#: Terms that nothing need name: they are there for whoever reads the ontology with tools of its own.
ROOTS = {"cx:StatisticStructure": "the entry to the RDF Data Cube structure; its parts are named by it"}


def sources() -> Iterator[Path]:
    """The files that use terms, without those that declare them."""
    for folder, endings in (
        ("kg", (".py", ".yaml")),
        ("server", (".py", ".html", ".ts")),
        ("queries", (".rq",)),
    ):
        found = (path for path in (ROOT / folder).rglob("*") if path.suffix in endings)
        yield from sorted(path for path in found if "node_modules" not in path.parts)
    yield from sorted((ROOT / "ontology").glob("shapes*.ttl"))
    yield from sorted((ROOT / "ontology" / "borders").glob("*/rules.yaml"))


def documents() -> Iterator[Path]:
    """The documentation: its names must be declared, but naming a term there is no use of it."""
    yield ROOT / "docs" / "architecture.md"


@lru_cache(maxsize=512)
def strings(path: Path) -> tuple[str, ...]:
    """What of a file can name a term: of Python the strings and comments (a slice `[rank:end]` is no name)."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return (text,)
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return tuple(token.string for token in tokens if token.type in _TEXT)


def names(text: str) -> Iterator[str]:
    """The prefixed names in a text, full IRIs as prefixed names too."""
    yield from (f"{prefix}:{name}" for prefix, name in _NAME.findall(text))
    yield from (f"id:{path}" for path in _ENTRY.findall(text))
    for found in _IRI.findall(text):
        yield short(BASE + found)
    for prefix, row in _LIST.findall(text):
        for item in re.sub(r"\([^)]*\)", "", row).split(","):
            word = item.split()[0].strip("`.") if item.split() else ""
            if re.fullmatch(r"[a-z]+(-[a-z]+)*", word):
                yield f"{prefix}:{word}"


def short(iri: str) -> str:
    """The prefixed name of an IRI of ours."""
    for prefix in (*OURS, "id"):
        if iri.startswith(PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
    return iri


def declared(*graphs: Graph) -> set[str]:
    """All terms, concepts and entries: what says of itself where it is defined."""
    defined = URIRef(PREFIXES["rdfs"] + "isDefinedBy")
    return {short(str(s)) for graph in graphs for s in graph.subjects(defined, None) if s != graph.value(s, defined)}


def used_names(paths: Iterator[Path]) -> dict[str, set[str]]:
    """The names in files, with the files in which they stand."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for text in strings(path):
            for name in names(text):
                found[name].add(str(path.relative_to(ROOT)))
    return found


def whole_schemes() -> set[str]:
    """The prefixes of the schemes that code reads whole."""
    found = set()
    for path in sources():
        if path.suffix == ".py" and path.name != "namespaces.py":
            for text in strings(path):
                found |= set(_WHOLE.findall(text))
                found |= {prefix for prefix in SCHEMES if text in (f'"{prefix}"', f"'{prefix}'")}
    return found


def test_the_reading_of_names_is_exact() -> None:
    assert list(names("`cx:front` of id:place/paju, front:central-west.")) == [
        "cx:front", "front:central-west", "id:place/paju",
    ]  # fmt: skip
    assert list(names(f"<{CX}Incident> and <{BASE}vocabulary/rank#colonel>")) == ["cx:Incident", "rank:colonel"]
    assert list(names("| concept | `itype:` return, crossing (not said) | ")) == ["itype:return", "itype:crossing"]
    assert list(names('f"cx:{name}" f"rank:{name}" rank: 3 xcx:front')) == []


def test_every_name_used_is_declared(ontology: Graph, vocabularies: Graph, gazetteer: Graph) -> None:
    known = declared(ontology, vocabularies, gazetteer)
    used = used_names(iter((*sources(), *documents())))
    assert len(used) > 50
    unknown = {name: sorted(where) for name, where in sorted(used.items()) if name not in known}
    assert unknown == {}, "declare these in ontology/, or correct the spelling"


def test_every_name_in_the_ontology_s_own_files_is_declared(
    ontology: Graph, alignment: Graph, vocabularies: Graph, gazetteer: Graph
) -> None:
    known = declared(ontology, vocabularies, gazetteer)
    spaces = (CX, *(PREFIXES[prefix] for prefix in SCHEMES), BASE + "id/")
    for graph in (ontology, alignment, vocabularies, gazetteer):
        for triple in graph:
            for term in triple:
                if isinstance(term, URIRef) and str(term).startswith(spaces):
                    assert short(str(term)) in known, f"{term} is used and not declared"


def test_no_term_is_orphaned(ontology: Graph, vocabularies: Graph, gazetteer: Graph) -> None:
    used = set(used_names(sources())) | set(ROOTS)
    for graph in (vocabularies, gazetteer):
        used |= {short(str(term)) for _, p, o in graph for term in (p, o)}
    used |= {short(str(predicate)) for predicate in ontology.predicates()}
    used |= {short(str(part)) for part in ontology.objects(None, Namespace(PREFIXES["qb"]).component)}
    orphans = sorted(declared(ontology) - used)
    assert orphans == [], f"use in code, shapes, rules or queries, or take out of ontology.ttl: {', '.join(orphans)}"


def test_no_concept_is_orphaned(vocabularies: Graph, gazetteer: Graph) -> None:
    whole = whole_schemes()
    used = set(used_names(sources()))
    used |= {short(str(o)) for graph in (vocabularies, gazetteer) for _, p, o in graph if p != SKOS.hasTopConcept}
    concepts = {short(str(c)) for c in vocabularies.subjects(RDF.type, SKOS.Concept)}
    orphans = sorted(c for c in concepts - used if c.partition(":")[0] not in whole)
    assert orphans == [], f"use in code, shapes, rules or the gazetteer, or take out: {', '.join(orphans)}"
