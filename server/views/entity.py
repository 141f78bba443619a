"""What the page of an entity shows: its values, each with its sources; what disagrees; what is said but not held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.namespaces import expand
from server.describing import Description
from server.labels import Label, Labels
from server.page_queries import Term
from server.views.evidence import ArticleView, ClaimView, article_view, claims_of
from server.views.term import TermView, shown
from server.words import number_words

__all__ = ["ConflictView", "EntityView", "Fact", "LinkGroup", "Value", "entity_view"]

_X = expand("cx:")
#: The properties in the order of a page; what is not named here follows by its label.
_ORDER = tuple(
    _X + name
    for name in (
        *("incidentType", "dateEDTF", "disclosureDate", "defectionStatus", "direction", "front", "place", "viaRoute"),
        *("personCount", "crosser", "custodian", "assistedBy", "notified", "operation", "operationDuration"),
        *("detection", "outcome", "militaryActivity", "name", "nameStatus", "actorType", "rank", "jobTitle"),
        *("affiliation", "gender", "nationality", "armed", "inOfficeSince", "measure", "value", "population"),
        *("period", "shareOf", "reportedBy", "routeType", "routeFeature", "waypoint", "usage", "length", "width"),
        *("organizationKind", "ofState", "within"),
    )
)
#: What a page tells elsewhere, or in the words of another property.
_FOLDED = frozenset(
    _X + name
    for name in (
        *("dateEarliest", "dateLatest", "datePrecision", "periodStart", "periodEnd", "unit", "valueQualifier"),
        *("lowerBound", "upperBound", "qualitativeValue", "reportedIn", "articleCount", "independentSourceMin"),
        *("independentSourceMax", "reviewed", "remark"),
    )
) | {expand(n) for n in ("rdf:type", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "dcterms:identifier")}
_VALUE, _REMARK = _X + "value", _X + "remark"
#: The properties under which a claim on an amount may stand.
_AMOUNTS = frozenset(_X + name for name in ("value", "qualitativeValue", "lowerBound", "upperBound"))
_FIVE = tuple(_X + name for name in ("Incident", "Person", "Organization", "Route", "Statistic"))
_SHORT = {expand("unit:PERCENT"): " %", expand("unit:NUM"): "", expand("unit:KiloM"): " km"}


@dataclass(frozen=True)
class Value:
    """One value with the claims behind it; `note` says how it stands to the others."""

    view: TermView
    claims: tuple[ClaimView, ...] = ()
    note: str | None = None

    @property
    def articles(self) -> int:
        """In how many articles it is said."""
        return len({claim.article.iri for claim in self.claims})


@dataclass(frozen=True)
class ConflictView:
    """A disagreement: the values side by side, and the rule that chose."""

    iri: str
    property: str
    label: Label
    rule: TermView
    undecided: bool
    reviewed: bool
    sides: tuple[Value, ...]


@dataclass(frozen=True)
class Fact:
    """A property with its values; `others` are said as well, and agree with them."""

    property: str
    label: Label
    values: tuple[Value, ...]
    others: tuple[Value, ...] = ()
    conflict: ConflictView | None = None


@dataclass(frozen=True)
class LinkGroup:
    """What points to the entity by one property."""

    label: Label
    items: tuple[TermView, ...]


@dataclass
class EntityView:
    """The page of an entity; `kind` is the local name of its class, such as `incident`."""

    iri: str
    label: Label
    kind: Label
    main: bool
    also: tuple[TermView, ...] = ()
    facts: list[Fact] = field(default_factory=list)
    conflicts: list[ConflictView] = field(default_factory=list)
    unheld: list[ClaimView] = field(default_factory=list)
    remarks: list[ClaimView] = field(default_factory=list)
    articles: list[ArticleView] = field(default_factory=list)
    links: list[LinkGroup] = field(default_factory=list)
    says: list[ClaimView] = field(default_factory=list)
    reviewed: bool | None = None
    sources: tuple[int, int] | None = None
    wkt: str | None = None


def entity_view(description: Description, labels: Labels) -> EntityView:
    """The view of what a description says.

    Args:
        description: Of the entity.
        labels: Of all that it names.
    """
    iri = description.iri
    claims = claims_of(description, description.subjects("rdf:subject", iri), labels)
    behind = {claim.iri for claim in claims}
    about = [claim for claim in claims if claim.predicate != _REMARK]
    conflicts = [_conflict(description, node, claims, labels) for node in description.subjects("cx:onSubject", iri)]
    kinds = description.iris(iri, "rdf:type")
    kind = next((k for k in (*_FIVE, *kinds) if k in kinds), None)
    least, most = (description.text(iri, f"cx:independentSource{end}") for end in ("Min", "Max"))
    reviewed = description.text(iri, "cx:reviewed")
    wkt = description.text(iri, "geo:asWKT")
    view = EntityView(
        iri=iri,
        label=labels.of(iri),
        kind=labels.of(kind) if kind is not None else Label("thing"),
        main=kind in _FIVE,
        also=tuple(shown(v, labels) for v in description.values(iri, "skos:altLabel")),
        facts=_facts(description, about, conflicts, labels),
        conflicts=conflicts,
        unheld=[claim for claim in about if not claim.held],
        remarks=[claim for claim in claims if claim.predicate == _REMARK],
        articles=sorted(
            (article_view(description, a) for a in description.iris(iri, "cx:reportedIn")),
            key=lambda a: (a.published or "9", a.title),
        ),
        links=_links(description, labels),
        says=claims_of(description, sorted(set(description.subjects("cx:attributedTo", iri)) - behind), labels),
        reviewed=None if reviewed is None else reviewed == "true",
        sources=(int(least), int(most)) if least and most else None,
        wkt=wkt,
    )
    return view


def _facts(
    description: Description, claims: Sequence[ClaimView], conflicts: Sequence[ConflictView], labels: Labels
) -> list[Fact]:
    own = description.of(description.iri)
    disputed = {conflict.property: conflict for conflict in conflicts}
    properties = {name for name in own if name not in _FOLDED} | set(disputed)
    if _AMOUNTS & set(own):
        properties.add(_VALUE)
    properties.discard(expand("geo:asWKT"))
    found = [_fact(description, name, claims, disputed.get(name), labels) for name in properties]
    rank = {name: index for index, name in enumerate(_ORDER)}
    return sorted(found, key=lambda fact: (rank.get(fact.property, len(rank)), fact.label.text))


def _fact(
    description: Description,
    name: str,
    claims: Sequence[ClaimView],
    conflict: ConflictView | None,
    labels: Labels,
) -> Fact:
    own = description.of(description.iri).get(name, [])
    names = _AMOUNTS if name == _VALUE else {name}
    on = [claim for claim in claims if claim.held and claim.predicate in names]
    if name == _VALUE:
        return Fact(name, labels.of(name), (Value(_amount(description, labels), tuple(on)),), (), conflict)
    said = [Value(shown(value, labels), tuple(c for c in on if c.term == value)) for value in own]
    values = tuple(sorted(said, key=lambda value: value.view.label.text))
    taken = {claim.iri for value in values for claim in value.claims}
    if conflict is not None:
        taken |= {claim.iri for side in conflict.sides for claim in side.claims}
    return Fact(name, labels.of(name), values, _grouped(c for c in on if c.iri not in taken), conflict)


def _grouped(claims: Iterable[ClaimView]) -> tuple[Value, ...]:
    by: dict[Term, list[ClaimView]] = {}
    for claim in claims:
        by.setdefault(claim.term, []).append(claim)
    return tuple(Value(group[0].value, tuple(group)) for group in by.values())


def _amount(description: Description, labels: Labels) -> TermView:
    """The value of a statistic in words: number or words, qualifier, bounds, unit."""
    iri = description.iri
    unit = next(iter(description.iris(iri, "cx:unit")), "")
    tail = _SHORT.get(unit, f" {labels.of(unit).text}" if unit else "")
    value, words = description.text(iri, "cx:value"), description.text(iri, "cx:qualitativeValue")
    lower, upper = description.text(iri, "cx:lowerBound"), description.text(iri, "cx:upperBound")
    qualifier = next(iter(description.iris(iri, "cx:valueQualifier")), "")
    how = "" if qualifier.endswith("#exact") or not qualifier else f"{labels.of(qualifier).text} "
    parts = [f"{how}{number_words(value)}{tail}" if value else "", words or ""]
    bounds = [f"at {end} {number_words(bound)}{tail}" for end, bound in (("least", lower), ("most", upper)) if bound]
    said = "; ".join(part for part in parts if part)
    limits = " and ".join(bounds)
    return TermView(Label(f"{said} ({limits})" if said and limits else said or limits))


def _conflict(description: Description, node: str, claims: Sequence[ClaimView], labels: Labels) -> ConflictView:
    behind = set(description.iris(node, "prov:wasDerivedFrom"))
    said = [claim for claim in claims if claim.iri in behind]
    preferred = description.values(node, "cx:preferredValue")
    sides = [
        Value(shown(term, labels), tuple(c for c in said if c.term == term), "chosen" if term in preferred else None)
        for term in (*preferred, *description.values(node, "cx:otherValue"))
    ]
    rule = next(iter(description.iris(node, "cx:resolutionRule")), "")
    name = next(iter(description.iris(node, "cx:onProperty")), "")
    return ConflictView(
        iri=node,
        property=name,
        label=labels.of(name),
        rule=shown(NamedNode(rule), labels) if rule else TermView(Label("no rule")),
        undecided=not preferred,
        reviewed=description.text(node, "cx:reviewed") == "true",
        sides=tuple(sides),
    )


def _links(description: Description, labels: Labels) -> list[LinkGroup]:
    groups: dict[str, set[str]] = {}
    for quad in description.pointing:
        if isinstance(quad.subject, NamedNode):
            groups.setdefault(quad.predicate.value, set()).add(quad.subject.value)
    found = []
    for name, iris in sorted(groups.items()):
        ordered = sorted(iris, key=lambda iri: labels.of(iri).text)
        found.append(LinkGroup(labels.of(name), tuple(shown(NamedNode(iri), labels) for iri in ordered)))
    return found
