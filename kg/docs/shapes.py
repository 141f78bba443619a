"""The page of the shapes, made from `ontology/shapes*.ttl`: what each checks, in the words that a curator reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.docs.ontology import Terms, read_terms
from kg.docs.page import Page, cell, markdown, table
from kg.namespaces import curie, expand
from kg.resources import ontology_dir

__all__ = ["pages", "shape_names"]

_SEVERITIES = {"sh:Violation": "violation", "sh:Warning": "warning", "sh:Info": "info"}
_TARGETS = ("sh:targetClass", "sh:targetNode", "sh:targetSubjectsOf", "sh:targetObjectsOf")


def pages() -> Iterator[Page]:
    """The page `shapes.md`."""
    files = sorted(ontology_dir().glob("shapes*.ttl"))
    every = read_terms(files)
    yield markdown(
        "shapes.md",
        "ontology/shapes*.ttl",
        "The shapes",
        [
            "What must hold in a release before it is published. A *violation* keeps the claim, or else the article, "
            "that causes it out of the release; a *warning* asks a person to look; an *info* counts "
            "what was not looked at. `kg validate` runs the same shapes over a release, and any SHACL engine can.",
            *(part for path in files for part in _of_file(path, every)),
        ],
    )


def shape_names(terms: Terms) -> list[str]:
    """The IRIs of the shapes that have a message of their own: those that a report names."""
    message, severity = expand("sh:message"), expand("sh:severity")
    return sorted(iri for iri, said in terms.items() if message in said and severity in said)


def _of_file(path: Path, every: Terms) -> Iterator[str]:
    terms = read_terms([path])
    names = shape_names(terms)
    if not names:
        return
    yield f"## {path.stem.removeprefix('shapes-').replace('-', ' ').capitalize()}"
    yield _opening(path)
    rows = []
    for iri in names:
        said = terms[iri]
        severity = _SEVERITIES[curie(said[expand("sh:severity")][0])]
        message = " ".join(cell(words) for words in said[expand("sh:message")])
        rows.append((f"`{_local(iri)}`", _about(iri, every), message, severity))
    yield table(("shape", "looks at", "what it tells", "severity"), rows)


def _opening(path: Path) -> str:
    """The comment at the head of a file."""
    lines = path.read_text("utf-8").split("\n")
    end = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return "\n".join(line.lstrip("# ") for line in lines[:end]).strip()


def _about(iri: str, every: Terms) -> str:
    """What a shape looks at: its own targets, or those of the node shapes that it is a property of."""
    holders = [other for other, said in every.items() if iri in said.get(expand("sh:property"), ())]
    targets = sorted({t for shape in (iri, *holders) for name in _TARGETS for t in every[shape].get(expand(name), ())})
    paths = every[iri].get(expand("sh:path"), ())
    shown = ", ".join(f"`{curie(target)}`" for target in targets)
    return f"{shown}: `{curie(paths[0])}`" if paths else shown


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
