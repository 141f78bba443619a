"""The form of a question: one labelled control a parameter, by its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.questions import Parameter
from kg.questions.parameters import ANY
from kg.questions.values import Term
from server.labels import Label, Labels
from server.page_queries import PageQueries
from server.problems import Problem
from server.questions.request import QuestionRequest, shown

__all__ = ["Control", "Proposed", "controls", "entities_of", "iris_asked"]

#: The ids and labels of some entities.
Proposed: TypeAlias = tuple[tuple[str, str], ...]

#: How many entities a form proposes: more than that are for the search.
_PROPOSED = 200
_ENTITIES = f"""SELECT ?s (MIN(?text) AS ?label) WHERE {{
  {{ ?s a cx:%s ; skos:prefLabel ?text FILTER (LANG(?text) IN ("en", "")) }}
}} GROUP BY ?s ORDER BY ?label ?s LIMIT {_PROPOSED}"""
_ARTICLES = f"""SELECT ?s (MIN(?text) AS ?label) WHERE {{
  GRAPH ?g {{ VALUES ?class {{ cx:Article cx:Digest }} ?s a ?class ; dcterms:title ?text }}
}} GROUP BY ?s ORDER BY ?label ?s LIMIT {_PROPOSED}"""


@dataclass(frozen=True)
class Control:
    """One control.

    Attributes:
        parameter: What it is of.
        kind: `select`, `text`, `number` or `date`.
        text: What stands in it: what was given, else the default.
        options: What a `select` offers: the text of each value, and its label.
        least: The least number.
        most: The greatest.
        proposed: The ids and labels of entities that a `text` proposes.
        entity: The class of the entity that is asked for, or None.
        named: The thing that the text stands for, with its label where it has one.
        problem: What is wrong with the text.
    """

    parameter: Parameter
    kind: str
    text: str
    options: tuple[tuple[str, Label], ...] = ()
    least: str | None = None
    most: str | None = None
    entity: str | None = None
    proposed: Proposed = ()
    named: tuple[str, Label | None] | None = None
    problem: Problem | None = None


async def entities_of(queries: PageQueries, cls: str) -> Proposed:
    """The ids and labels of the entities of a class, in the order of the labels; of many the first.

    Args:
        queries: Of what release.
        cls: A class that a parameter may be of.
    """
    rows = await queries.rows(_ARTICLES if cls == "Article" else _ENTITIES % cls)
    return tuple(
        (node.value.rpartition("/")[2], label.value)
        for node, label in ((row.get("s"), row.get("label")) for row in rows)
        if isinstance(node, NamedNode) and isinstance(label, Literal)
    )


def controls(asked: QuestionRequest, labels: Labels, proposed: Mapping[str, Proposed]) -> list[Control]:
    """The controls of a question as it was asked.

    Args:
        asked: What was asked.
        labels: Those of the concepts, and of the entities that are asked for.
        proposed: The ids and labels of the entities of each class that a parameter is of.
    """
    return [_control(asked, parameter, labels, proposed) for parameter in asked.question.parameters]


def iris_asked(asked: QuestionRequest) -> Iterator[str]:
    """The IRIs that are asked for, given or by default."""
    yield from (term.value for term in asked.asked.values() if isinstance(term, NamedNode))


def _control(
    asked: QuestionRequest,
    parameter: Parameter,
    labels: Labels,
    proposed: Mapping[str, Proposed],
) -> Control:
    name, kind = parameter.name, parameter.kind
    term = asked.asked[name]
    if name in asked.refused or (name not in asked.terms and name in asked.given and asked.given[name]):
        text = asked.given.get(name, "")
    else:
        text = shown(parameter, term) if term is not None else ANY if parameter.takes_any else ""
    problem = asked.refused.get(name)
    if parameter.allowed or kind == "boolean":
        options = _options(parameter, labels)
        if text and text not in (value for value, _label in options):
            options = ((text, Label(text)), *options)
        return Control(parameter, "select", text, options, problem=problem)
    if kind == "date" and not parameter.takes_any:
        # A control for days empties itself of what is none, and then nobody sees what was wrong.
        return Control(parameter, "text" if problem is not None else "date", text, problem=problem)
    if kind in ("integer", "decimal", "year"):
        first, last = ("0", "9999") if kind == "year" else (None, None)
        least = str(parameter.least) if parameter.least is not None else first
        most = str(parameter.most) if parameter.most is not None else last
        form = "text" if problem is not None or parameter.takes_any else "number"
        return Control(parameter, form, text, least=least, most=most, problem=problem)
    entity = kind.removeprefix("entity ") if kind.startswith("entity ") else None
    named = None
    if isinstance(term, NamedNode) and problem is None:
        named = (term.value, labels.of(term.value) if term.value in labels else None)
    listed = proposed[entity] if entity is not None else ()
    return Control(parameter, "text", text, entity=entity, proposed=listed, named=named, problem=problem)


def _options(parameter: Parameter, labels: Labels) -> tuple[tuple[str, Label], ...]:
    known = tuple((shown(parameter, term), _label(term, labels)) for term in parameter.allowed)
    known = known or (("true", Label("yes")), ("false", Label("no")))
    return ((ANY, Label("all")), *known) if parameter.takes_any else known


def _label(term: Term, labels: Labels) -> Label:
    return labels.of(term.value) if isinstance(term, NamedNode) else Label(term.value)
