from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.namespaces import PREFIXES
from kg.querying import ReleaseStore, open_release
from kg.release import Home, ReleaseContent, publish
from kg.standing import STANDING, Standing, standing
from server.page_queries import bound

GRAPH = """
<urn:a> a cx:Withheld ; cx:withheldOn "2031-06-01"^^xsd:date ; cx:withheldReason "At risk." .
<urn:b> a cx:Withheld ; cx:withheldOn "2031-06-02"^^xsd:date .
<urn:c> dcterms:isReplacedBy <urn:d> .
<urn:d> dcterms:isReplacedBy <urn:e> .
<urn:e> a cx:Person .
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    home = Home(tmp_path_factory.mktemp("standing"))
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    publish(home, ReleaseContent(quads=parse(prefixes + GRAPH, format=RdfFormat.TURTLE)))
    return open_release(home.require_current())


@pytest.mark.parametrize(
    ("iri", "wanted"),
    [
        ("urn:a", Standing(True, "2031-06-01", "At risk.")),
        ("urn:b", Standing(True, "2031-06-02")),
        ("urn:c", Standing(True, replaced_by="urn:e")),
        ("urn:d", Standing(True, replaced_by="urn:e")),
        ("urn:e", Standing(True)),
        ("urn:never", Standing()),
    ],
)
def test_the_triples_say_what_became_of_an_id(held: ReleaseStore, iri: str, wanted: Standing) -> None:
    assert standing(held, iri) == wanted
    assert standing(held, iri).withheld == (iri in {"urn:a", "urn:b"})


def test_what_is_no_iri_is_refused(held: ReleaseStore) -> None:
    with pytest.raises(ValueError, match="IRI"):
        standing(held, "x> ?p ?o . <y")


def test_pages_can_bind_the_query() -> None:
    assert "VALUES ?id { <urn:a> }" in bound(STANDING, id=NamedNode("urn:a"))
