"""THE table of tables: which columns the table of each class has.

The reader, the schemas of Parquet, the headers of CSV, the metadata of CSV on the Web and the data dictionary are made
from it; a test holds each column against the ontology.
"""

from __future__ import annotations

from kg.errors import UsageError
from kg.tables.model import Column, ColumnKind, Table

__all__ = ["TABLES", "table_named"]


def _iri(what: str) -> Column:
    return Column("iri", "iri", required=True, description=f"The IRI of {what}.")


def _one(name: str, kind: ColumnKind, property: str, description: str = "", *, required: bool = False) -> Column:
    return Column(name, kind, (property,), required=required, description=description)


def _many(name: str, kind: ColumnKind, *path: str, description: str = "") -> Column:
    return Column(name, kind, path, many=True, description=description)


def _linked(name: str, property: str, what: str) -> tuple[Column, Column]:
    """Things that a property leads to, and what they are called."""
    return _many(name, "iri", property), _label_of(name, property, what)


def _label_of(name: str, property: str, what: str, *, many: bool = True) -> Column:
    return Column(f"{name}_label", "label", (property, "skos:prefLabel"), many, description=f"The name of {what}.")


_LABEL = _one("label", "label", "skos:prefLabel", "What it is called, in English where it has an English label.")
_REPORTED = _many("reported_in", "iri", "cx:reportedIn")
_COUNTED = (
    _one("article_count", "integer", "cx:articleCount"),
    _one("independent_source_min", "integer", "cx:independentSourceMin"),
    _one("independent_source_max", "integer", "cx:independentSourceMax"),
    _one("reviewed", "boolean", "cx:reviewed"),
)

_INCIDENTS = Table(
    "incidents",
    ("cx:Incident",),
    "One crossing of the border, or one act of violence at it, counted once however many texts report it.",
    (
        _iri("the incident"),
        _LABEL,
        _one("date_edtf", "edtf", "cx:dateEDTF"),
        _one("date_earliest", "date", "cx:dateEarliest"),
        _one("date_latest", "date", "cx:dateLatest"),
        _one("date_precision", "concept", "cx:datePrecision"),
        _one("disclosure_date", "edtf", "cx:disclosureDate"),
        _one("incident_type", "concept", "cx:incidentType"),
        _one("defection_status", "concept", "cx:defectionStatus"),
        _one("direction", "concept", "cx:direction"),
        _one("front", "concept", "cx:front"),
        *_linked("place", "cx:place", "the place"),
        *_linked("via_route", "cx:viaRoute", "the route"),
        *_linked("crosser", "cx:crosser", "the person"),
        _one("person_count", "integer", "cx:personCount"),
        *_linked("custodian", "cx:custodian", "the custodian"),
        *_linked("assisted_by", "cx:assistedBy", "the organisation that helped"),
        *_linked("notified", "cx:notified", "the organisation that was told"),
        _many("operation", "concept", "cx:operation"),
        _one("operation_duration", "duration", "cx:operationDuration"),
        _many("detection", "concept", "cx:detection"),
        _many("outcome", "concept", "cx:outcome"),
        _many("military_activity", "boolean", "cx:militaryActivity"),
        _REPORTED,
        *_COUNTED,
    ),
)
_PERSONS = Table(
    "persons",
    ("cx:Person",),
    "One human being, named or not; persons whom no text names are kept apart by their incident.",
    (
        _iri("the person"),
        _LABEL,
        _many("name", "text", "cx:name"),
        _one("name_status", "concept", "cx:nameStatus"),
        _one("actor_type", "concept", "cx:actorType"),
        _one("rank", "concept", "cx:rank"),
        _one("gender", "concept", "cx:gender"),
        _one("nationality", "iri", "cx:nationality"),
        _label_of("nationality", "cx:nationality", "the country", many=False),
        _many("job_title", "text", "cx:jobTitle"),
        *_linked("affiliation", "cx:affiliation", "the organisation"),
        _one("armed", "boolean", "cx:armed"),
        _one("in_office_since", "edtf", "cx:inOfficeSince"),
        _REPORTED,
    ),
)
_ORGANIZATIONS = Table(
    "organizations",
    ("cx:Organization",),
    "One body that acts or speaks: an army, a ministry, a news agency, an institute.",
    (
        _iri("the organisation"),
        _LABEL,
        _many("name", "text", "cx:name"),
        _many("alias", "text", "skos:altLabel", description="Other names of it, in any language."),
        _many("organization_kind", "concept", "cx:organizationKind"),
        _many("broader", "iri", "skos:broader", description="The body that it is a part of."),
        _many("exact_match", "iri", "skos:exactMatch", description="The same body in another data set."),
        _REPORTED,
    ),
)
_ROUTES = Table(
    "routes",
    ("cx:Route",),
    "One way by which people get from one side to the other.",
    (
        _iri("the route"),
        _LABEL,
        _many("name", "text", "cx:name"),
        _many("alias", "text", "skos:altLabel", description="Other names of it, in any language."),
        _many("route_type", "concept", "cx:routeType"),
        _many("route_feature", "text", "cx:routeFeature"),
        *_linked("waypoint", "cx:waypoint", "the place"),
        _one("length_km", "decimal", "cx:length"),
        _one("width_km", "decimal", "cx:width"),
        _many("usage", "text", "cx:usage"),
        _REPORTED,
    ),
)
_STATISTICS = Table(
    "statistics",
    ("cx:Statistic",),
    "One number, or one statement of amount in words, about a population in a period.",
    (
        _iri("the statistic"),
        _LABEL,
        _one("measure", "concept", "cx:measure"),
        _one("population", "concept", "cx:population"),
        _one("value", "decimal", "cx:value"),
        _one("lower_bound", "decimal", "cx:lowerBound"),
        _one("upper_bound", "decimal", "cx:upperBound"),
        _one("value_qualifier", "concept", "cx:valueQualifier"),
        _one("qualitative_value", "text", "cx:qualitativeValue"),
        _one("unit", "iri", "cx:unit"),
        _one("period", "edtf", "cx:period"),
        _one("period_start", "date", "cx:periodStart"),
        _one("period_end", "date", "cx:periodEnd"),
        _one("share_of", "iri", "cx:shareOf"),
        *_linked("via_route", "cx:viaRoute", "the route"),
        *_linked("reported_by", "cx:reportedBy", "the organisation"),
        _REPORTED,
        *_COUNTED,
    ),
)
_PLACES = Table(
    "places",
    ("cx:Place",),
    "One country, region, town, water or line on the ground that a claim speaks of.",
    (
        _iri("the place"),
        _LABEL,
        _many("alias", "text", "skos:altLabel", description="Other names of it, in any language."),
        _many("wkt", "text", "geo:asWKT", description="Its geometry in Well-Known Text, longitude before latitude."),
        _one("coordinate_precision", "decimal", "cx:coordinatePrecision"),
        _many("within", "iri", "cx:within"),
        _many("side", "iri", "cx:side"),
        _many("exact_match", "iri", "skos:exactMatch", description="The same place in another data set."),
    ),
)
_ARTICLES = Table(
    "articles",
    ("cx:Article", "cx:Digest"),
    "One text that claims were read from: a publisher's article, or our digest of one.",
    (
        _iri("the text"),
        Column("class", "concept", ("rdf:type",), required=True, description="Article, or Digest for our own words."),
        _one("title", "text", "dcterms:title", "The title, where the text states one."),
        _many("publisher", "text", "dcterms:publisher", description="Who published it, where that is stated."),
        _one("issued", "date", "dcterms:issued", "The day of publication, where that is stated."),
        _one("date_stated_by", "text", "cx:publishedBy"),
        _one("no_date_stated", "boolean", "cx:noDateStated"),
        _one("language", "text", "dcterms:language", "The language of the text."),
        _one("rights", "text", "dcterms:rights", "Whose the text is and how it may be used."),
        _many("derived_from", "iri", "prov:wasDerivedFrom", description="Of a digest: the hash of the original."),
        *_linked("cited_source", "cx:citedSource", "the cited source"),
        _one("text_hash", "text", "cx:textHash"),
        _one("text_length", "integer", "cx:textLength"),
    ),
    "article",
)
_SELECTED = ("cx:evidence", "oa:hasSelector")
_CLAIMS = Table(
    "claims",
    ("cx:Claim",),
    "One statement of one text: what it says of what, how it is meant, who says so, and the words that it rests on.",
    (
        _iri("the claim"),
        _one("subject", "iri", "rdf:subject", "The entity that the statement is about.", required=True),
        _label_of("subject", "rdf:subject", "the entity", many=False),
        _one("predicate", "concept", "rdf:predicate", "The property that it gives a value of.", required=True),
        _one("object", "term", "rdf:object", "The value: an entity, a concept or a literal.", required=True),
        _one("object_kind", "kind", "rdf:object", "What the value is.", required=True),
        _label_of("object", "rdf:object", "the value, where it is an entity or a concept", many=False),
        _one("raw_value", "text", "cx:rawValue"),
        _one("certainty", "concept", "cx:certainty"),
        _one("specificity", "concept", "cx:specificity"),
        _one("negated", "boolean", "cx:negated"),
        _one("tense", "concept", "cx:tense"),
        _one("attributed_to", "iri", "cx:attributedTo"),
        _label_of("attributed_to", "cx:attributedTo", "who says so", many=False),
        _one("attribution_text", "text", "cx:attributionText"),
        _one("quoted_speech", "boolean", "cx:quotedSpeech"),
        _one("official_speaker", "boolean", "cx:officialSpeaker"),
        _one("article", "iri", "cx:inArticle"),
        _many("evidence", "iri", "cx:evidence"),
        _many(
            "start",
            "integer",
            *_SELECTED,
            "oa:start",
            description="The first code point of the words in the text, from 0.",
        ),
        _many("end", "integer", *_SELECTED, "oa:end", description="One past the last code point of the words."),
        _many("quote", "text", *_SELECTED, "oa:exact", description="The words; null where they are not released."),
        _many(
            "quote_withheld", "integer", "cx:evidence", "cx:quoteWithheld", description="How many words are withheld."
        ),
        _one("resolved_against", "iri", "cx:resolvedAgainst"),
        _many(
            "derived_from",
            "iri",
            "prov:wasDerivedFrom",
            description="The claims that a derived claim was worked out of.",
        ),
        _one("derivation_rule", "concept", "cx:derivationRule"),
        _many("extractor", "iri", "cx:extractor"),
    ),
    "article",
)
_CONFLICTS = Table(
    "conflicts",
    ("cx:Conflict",),
    "One disagreement of the sources: values of one property of one entity that cannot both hold.",
    (
        _iri("the conflict"),
        _LABEL,
        _one("subject", "iri", "cx:onSubject"),
        _label_of("subject", "cx:onSubject", "the entity", many=False),
        _one("property", "concept", "cx:onProperty"),
        _one("preferred_value", "term", "cx:preferredValue"),
        _one("preferred_value_kind", "kind", "cx:preferredValue", "What the value is."),
        _label_of("preferred_value", "cx:preferredValue", "the value, where it has one", many=False),
        _many("other_value", "term", "cx:otherValue"),
        _many("other_value_kind", "kind", "cx:otherValue", description="What each of the values is."),
        _label_of("other_value", "cx:otherValue", "each of the values, where it has one"),
        _one("resolution_rule", "concept", "cx:resolutionRule"),
        _many("claim", "iri", "prov:wasDerivedFrom", description="The claims that disagree."),
        _one("reviewed", "boolean", "cx:reviewed"),
    ),
)

#: Every table, in the order of the documentation.
TABLES: tuple[Table, ...] = (
    *(_INCIDENTS, _PERSONS, _ORGANIZATIONS, _ROUTES, _STATISTICS, _PLACES),
    *(_ARTICLES, _CLAIMS, _CONFLICTS),
)


def table_named(name: str) -> Table:
    """A table by its name or by one of its classes, in any case of letters: `incidents`, `Incident`, `cx:Incident`.

    Raises:
        UsageError: There is none; the message lists those there are.

    >>> table_named("Person").name, table_named("claims").name
    ('persons', 'claims')
    """
    wanted = name.strip().lower()
    for table in TABLES:
        classes = [known.lower() for known in table.classes]
        if wanted in (table.name, *classes, *(known.partition(":")[2] for known in classes)):
            return table
    known = ", ".join(known.classes[0].partition(":")[2] for known in TABLES)
    raise UsageError(f"no table of the class '{name}': give one of {known}")
