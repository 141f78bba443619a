"""The page of the shapes, made from `ontology/shapes*.ttl`: what each checks, in the words that a curator reads."""

from __future__ import annotations

from collections.abc import Iterator

from kg.docs.page import Page, cell, markdown, table
from kg.namespaces import curie
from kg.reference.shapes import Shape, ShapeFile, read_shapes

__all__ = ["pages"]


def pages() -> Iterator[Page]:
    """The page `shapes.md`."""
    yield markdown(
        "shapes.md",
        "ontology/shapes*.ttl",
        "The shapes",
        [
            "What must hold in a release before it is published. A *violation* keeps the claim, or else the article, "
            "that causes it out of the release; a *warning* asks a person to look; an *info* counts "
            "what was not looked at. `kg validate` runs the same shapes over a release, and any SHACL engine can.",
            *(part for found in read_shapes() for part in _of_file(found)),
        ],
    )


def _of_file(found: ShapeFile) -> Iterator[str]:
    yield f"## {found.title}"
    yield found.opening
    rows = [(f"`{shape.name}`", _about(shape), cell(shape.message), shape.severity) for shape in found.shapes]
    yield table(("shape", "looks at", "what it tells", "severity"), rows)


def _about(shape: Shape) -> str:
    """What a shape looks at: its own targets, or those of the node shapes that it is a property of."""
    shown = ", ".join(f"`{curie(iri)}`" for iri in sorted(iri for _words, iri in shape.targets))
    return f"{shown}: `{curie(shape.path)}`" if shape.path else shown
