from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.consolidate.consolidate import consolidate
from kg.consolidate.properties import CLASSES, FUNCTIONAL
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements
from kg.namespaces import CX, expand
from kg.resources import ontology_dir
from tests.support.facts import Draft


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_dir() / "ontology.ttl")


def test_there_are_five_classes() -> None:
    assert CLASSES == ("Incident", "Person", "Organization", "Route", "Statistic")


@pytest.mark.parametrize("cls", CLASSES)
def test_the_ontology_says_the_same_of_each_class(cls: str, ontology: Graph) -> None:
    includes = URIRef("https://schema.org/domainIncludes")
    of = {*ontology.subjects(RDFS.domain, URIRef(CX + cls)), *ontology.subjects(includes, URIRef(CX + cls))}
    functional = {term for term in of if (term, RDF.type, OWL.FunctionalProperty) in ontology}
    assert {URIRef(expand(name)) for name in FUNCTIONAL[cls]} == functional


def two(predicate: str, *values: str) -> ArticleStatements:
    """One crosser of whom two things are said."""
    draft = Draft("He came over. He is known: " + "; ".join(values))
    incident, person = draft.mention("Incident", "came over"), draft.mention("Person", "He")
    draft.claim(incident, "cx:crosser", person, "He came over")
    for value in values:
        draft.claim(person, predicate, value, value)
    return ArticleStatements.of(draft.facts(), draft.text)


@pytest.mark.parametrize(
    ("predicate", "values", "conflicts"),
    [
        ("cx:gender", ("gender:male", "gender:female"), 1),
        ("cx:jobTitle", ("a miller", "a baker"), 0),
    ],
)
def test_two_values_disagree_only_where_there_is_one_at_most(
    predicate: str, values: tuple[str, str], conflicts: int
) -> None:
    made = consolidate([two(predicate, *values)], Knowledge.load())
    person = next(e for e in made.entities if e.cls == "Person")
    assert len(person.conflicts) == conflicts
    assert len([v for v in person.values if v.predicate == predicate]) == (0 if conflicts else 2)
