"""For each shape a change of the baseline that breaks it and, as far as can be, no other."""

from __future__ import annotations

from collections.abc import Iterator

from kg.mapping.terms import edtf
from tests.shapes.graphs import Change, Edit, Node, decimal, integer, iri, plain, typed

__all__ = ["ALSO", "MUTATIONS"]


def adding(subject: str, predicate: str, value: Node) -> Change:
    """A flat value that a claim stands behind: a copy of the first claim on the subject says it."""

    def change(edit: Edit) -> None:
        claim = next(q.subject for q in edit.find(None, "rdf:subject", edit[subject]))
        copied = edit.copy(claim, predicate=iri(predicate), object=value)
        assert edit.find(copied, "cx:negated")
        edit.add(edit[subject], predicate, value)

    return change


def part(subject: str, predicate: str, value: Node) -> Change:
    """A bound that the claim on the statistic's value carries beside its number."""

    def change(edit: Edit) -> None:
        edit.add(edit.claim(subject, "cx:value"), predicate, value)
        edit.add(edit[subject], predicate, value)

    return change


def on_name(predicate: str, value: Node) -> Change:
    """One more value on the claim that gives the ministry's name."""
    return lambda e: e.add(e.claim("ministry", "cx:name"), predicate, value)


def without(subject: str, on: str, predicate: str) -> Change:
    """A claim loses a property."""
    return lambda e: e.remove(e.claim(subject, on), predicate)


def evidence_of(edit: Edit, subject: str, on: str) -> Node:
    return edit.one(edit.claim(subject, on), "cx:evidence").object


def foreign_evidence(e: Edit) -> None:
    e.put(e.claim("ministry", "cx:name"), "cx:evidence", evidence_of(e, "arrivals", "cx:value"))


def no_start(e: Edit) -> None:
    position = e.one(None, "oa:start").subject
    e.remove(position, "oa:start")


def other_words(e: Edit) -> None:
    e.put(e.one(None, "oa:exact", plain("120 arrivals")).subject, "oa:exact", plain("121 arrivals"))


def on_evidence(predicate: str, value: Node) -> Change:
    return lambda e: e.add(evidence_of(e, "arrivals", "cx:value"), predicate, value)


def evidence_without(predicate: str) -> Change:
    return lambda e: e.remove(evidence_of(e, "arrivals", "cx:value"), predicate)


def not_resolved_against(e: Edit) -> None:
    quad = e.one(None, "cx:rawValue", plain("yesterday"))
    e.remove(quad.subject, "cx:resolvedAgainst")


def redacted_with_its_words(e: Edit) -> None:
    words = evidence_of(e, "arrivals", "cx:value")
    e.remove(words, "cx:quoteHash")
    e.add(words, "cx:redacted", typed("true", "boolean"))


def withheld(*more: tuple[str, Node], day: bool = True) -> Change:
    """An id that is withheld, of which more is said."""

    def change(e: Edit) -> None:
        e.add(STONE, "rdf:type", iri("cx:Withheld"))
        if day:
            e.add(STONE, "cx:withheldOn", typed("2031-05-01", "date"))
        for predicate, value in more:
            e.add(STONE, predicate, value)

    return change


def pointed_at(e: Edit) -> None:
    withheld()(e)
    e.add(e["walk"], "cx:possiblySameAs", STONE, "curation")


STONE = iri("id:incident/00000000000000aa")


def backwards(e: Edit) -> None:
    # A season: its EDTF says nothing of days, and an interval may have any bounds.
    e.restate("row", "cx:dateEDTF", edtf("2031-21"))
    e.restate("row", "cx:datePrecision", iri("precision:interval"))
    e.restate("row", "cx:dateEarliest", typed("2031-04-20", "date"))


def narrower_beside(e: Edit) -> None:
    # The narrower concept says more and contradicts nothing, so there is no conflict, but only one of the two is flat.
    e.copy(e.claim("student", "cx:actorType"), object=iri("actor:student"))
    e.add(e["student"], "cx:actorType", iri("actor:student"))


def without_conflict(subject: str, predicate: str) -> Change:
    return lambda e: e.remove(e.conflict(subject, predicate), None)


def two_dates(e: Edit) -> None:
    e.copy(
        e.claim("row", "cx:dateEDTF"),
        object=edtf("2031-01"),
        dateEarliest=typed("2031-01-01", "date"),
        dateLatest=typed("2031-01-31", "date"),
    )


def two_numbers(e: Edit) -> None:
    e.copy(e.claim("arrivals", "cx:value"), object=integer(130))


def one_claim_in_conflict(e: Edit) -> None:
    e.quads.discard(e.one(e.conflict("sail", "cx:personCount"), "prov:wasDerivedFrom"))


def on_undecided(predicate: str, value: str) -> Change:
    def change(e: Edit) -> None:
        e.add(e.conflict("sail", "cx:personCount"), predicate, e[value] if ":" not in value else iri(value))

    return change


def part_in_persons(e: Edit) -> None:
    e.restate("share", "cx:unit", iri("unit:NUM"))
    e.restate("share", "cx:value", integer(500))


def two_classes(e: Edit) -> None:
    e.add(e["student"], "rdf:type", iri("cx:Organization"))


def circle(e: Edit) -> None:
    one, other = iri("id:incident/one"), iri("id:incident/other")
    e.add(one, "dcterms:isReplacedBy", other)
    e.add(other, "dcterms:isReplacedBy", one)


def same_after_all(e: Edit) -> None:
    judgement = e.typed("cx:IdentityJudgement")
    e.put(judgement, "cx:second", e.one(judgement, "cx:first").object)


def judged(predicate: str, value: str) -> Change:
    return lambda e: e.put(e.typed("cx:IdentityJudgement"), predicate, plain(value))


def recording(edit: Edit) -> Node:
    """The correction that puts a value in the place of the one that it marks."""
    return edit.one(None, "cx:records").subject


def correction(predicate: str, value: Node = None) -> Change:
    """The correction has another value of a property, or none."""

    def change(edit: Edit) -> None:
        if value is None:
            edit.remove(recording(edit), predicate)
        else:
            edit.put(recording(edit), predicate, value)

    return change


def marked_in_conflict(e: Edit) -> None:
    claim = e.one(e.conflict("sail", "cx:personCount"), "prov:wasDerivedFrom").object
    e.add(recording(e), "cx:corrects", claim, "curation")


def marked_below_a_derivation(e: Edit) -> None:
    derived = e.one(None, "cx:derivationRule", iri("rule:resolve-weekday-within-interval")).subject
    e.add(recording(e), "cx:corrects", e.one(derived, "prov:wasDerivedFrom").object, "curation")


def renamed(cls: str, kind: str) -> Change:
    return lambda e: e.rename(e.typed(cls), iri(f"id:{kind}/Bad_One"))


def another_text(e: Edit) -> None:
    e.texts[e["article first"].value] += "\n"


def released_text(e: Edit) -> None:
    e.add(e["article first"], "cx:text", plain(e.texts[e["article first"].value]), f"article/{ident(e, 'first')}")


def ident(e: Edit, name: str) -> str:
    return e[f"article {name}"].value.rsplit("/", 1)[-1]


def said_directly(e: Edit) -> None:
    e.add(e["walk"], "cx:front", iri("front:eastern"), f"article/{ident(e, 'first')}")


def mention_without(predicate: str) -> Change:
    return lambda e: e.remove(e.typed("cx:Mention"), predicate)


def forgotten_text(e: Edit) -> None:
    del e.texts[e["article first"].value]


def _mutations() -> Iterator[tuple[str, Change]]:
    # claims
    yield "ClaimHasEvidence", without("ministry", "cx:name", "cx:evidence")
    yield "ClaimHasOneSubject", lambda e: e.add(e.claim("ministry", "cx:name"), "rdf:subject", e["route"])
    yield "ClaimHasOnePredicate", on_name("rdf:predicate", iri("cx:jobTitle"))
    yield "ClaimHasOneObject", on_name("rdf:object", plain("another name"))
    yield "ClaimHasOneCertainty", on_name("cx:certainty", iri("certainty:possible"))
    yield "ClaimHasOneSpecificity", on_name("cx:specificity", iri("specificity:general"))
    yield "ClaimHasOneTense", on_name("cx:tense", iri("tense:future"))
    yield "ClaimHasOneNegated", on_name("cx:negated", typed("true", "boolean"))
    yield "ClaimHasOneArticle", without("ministry", "cx:name", "cx:inArticle")
    yield "ClaimHasExtractor", without("ministry", "cx:name", "cx:extractor")
    yield "ClaimHasOneSubjectMention", without("ministry", "cx:name", "cx:subjectMention")
    yield "ClaimIsClosed", on_name("cx:armed", typed("true", "boolean"))
    yield "EvidenceIsOfTheClaimsArticle", foreign_evidence
    yield "EvidenceHasOneSource", evidence_without("oa:hasSource")
    yield "EvidenceHasQuoteHash", evidence_without("cx:quoteHash")
    yield "EvidenceIsClosed", on_evidence("rdfs:comment", plain("a remark"))
    yield "OffsetsAreInsideTheText", no_start
    yield "QuoteStandsAtItsOffset", other_words
    yield "QuoteIsNotChecked", forgotten_text
    yield "QuoteIsWithheld", on_evidence("cx:quoteWithheld", integer(2))
    yield "RelativeDateHasItsReference", not_resolved_against
    yield "DerivedClaimNamesItsRule", lambda e: e.quads.discard(e.one(None, "cx:derivationRule"))
    yield "ConceptIsFromItsScheme", lambda e: e.restate("walk", "cx:front", iri("rank:sergeant"))
    yield "FlatValueHasAnAdmissibleClaim", lambda e: e.add(e["student"], "cx:armed", typed("true", "boolean"))
    # incidents
    yield "EarliestIsNotAfterLatest", backwards
    yield "PrecisionAgreesWithBounds", lambda e: e.restate("row", "cx:datePrecision", iri("precision:day"))
    yield "WeekIsSevenDaysFromMonday", lambda e: e.restate("row", "cx:datePrecision", iri("precision:week"))
    yield "EDTFAgreesWithBounds", lambda e: e.restate("row", "cx:dateEDTF", edtf("2031-04"))
    yield (
        "IncidentIsNotAfterItsReport",
        lambda e: e.put(e["article first"], "dcterms:issued", typed("2031-02-01", "date")),
    )
    yield "PersonCountIsACount", lambda e: e.restate("row", "cx:personCount", decimal("2.5"))
    yield "PersonCountCoversNamedCrossers", lambda e: e.restate("row", "cx:personCount", integer(1))
    yield "FunctionalPropertyHasOneFlatValue", narrower_beside
    yield "ConflictingConceptsHaveAConflict", without_conflict("man", "cx:actorType")
    yield "ConflictingDatesHaveAConflict", two_dates
    yield "ConflictingLiteralsHaveAConflict", without_conflict("sail", "cx:personCount")
    yield "ConflictHasOneSubject", on_undecided("cx:onSubject", "ministry")
    yield "ConflictHasOneProperty", on_undecided("cx:onProperty", "cx:armed")
    yield "ConflictHasOneRule", lambda e: e.remove(e.conflict("sail", "cx:personCount"), "cx:resolutionRule")
    yield "ConflictRestsOnTwoClaims", one_claim_in_conflict
    yield (
        "ConflictHasOnePreferredValueAtMost",
        lambda e: e.add(e.conflict("man", "cx:actorType"), "cx:preferredValue", iri("actor:civilian")),
    )
    yield (
        "PreferredValueIsTheFlatOne",
        lambda e: e.put(e.conflict("man", "cx:actorType"), "cx:preferredValue", iri("actor:civilian")),
    )
    yield "UndecidedConflictHasNoFlatValue", lambda e: e.remove(e.conflict("man", "cx:actorType"), "cx:preferredValue")
    # statistics
    yield "QuantityHasOneUnit", lambda e: e.remove(e["crossings"], "cx:unit")
    yield "StatisticHasAnAmount", lambda e: e.remove(e["arrivals"], "cx:value")
    yield "ExactNumberHasNoBounds", part("arrivals", "cx:lowerBound", integer(100))
    yield "CountIsANonNegativeInteger", lambda e: e.restate("arrivals", "cx:value", decimal("120.5"))
    yield "PercentIsWithinAHundred", lambda e: e.restate("share", "cx:value", integer(175))
    yield "LowerBoundIsNotAboveValue", part("total", "cx:lowerBound", integer(5100))
    yield "ValueIsNotAboveUpperBound", part("total", "cx:upperBound", integer(4900))
    yield "LowerBoundIsNotAboveUpperBound", lambda e: e.restate("crossings", "cx:lowerBound", integer(30))
    yield "PeriodStartIsNotAfterEnd", lambda e: e.restate("crossings", "cx:periodStart", typed("2031-01-01", "date"))
    yield "ShareHasItsTotalAndPeriod", lambda e: e.remove(e["share"], "cx:shareOf")
    yield "PartIsNotAboveItsTotal", part_in_persons
    yield "CumulativeSeriesDoesNotFall", lambda e: e.restate("before", "cx:value", integer(6000))
    yield "ConflictingNumbersHaveAConflict", two_numbers
    # identity
    yield "EntityHasALabel", lambda e: e.remove(e["row"], "skos:prefLabel")
    yield "EntityIsReported", lambda e: e.remove(e["student"], "cx:reportedIn")
    yield "ClassesAreDisjoint", two_classes
    yield "ArticleCountIsRight", lambda e: e.put(e["walk"], "cx:articleCount", integer(7))
    yield "SourceCountIsARange", lambda e: e.put(e["walk"], "cx:independentSourceMin", integer(7))
    yield "RankFitsActorType", adding("student", "cx:rank", iri("rank:sergeant"))
    yield "WithheldNameIsNotGiven", adding("man", "cx:name", plain("Cy Poe"))
    yield "JudgementIsOneOfThree", judged("cx:judgement", "MAYBE")
    yield "JudgementHasAJudge", lambda e: e.remove(e.typed("cx:IdentityJudgement"), "cx:judgedBy")
    yield "NegativeJudgementHolds", same_after_all
    yield "PositiveJudgementHolds", judged("cx:judgement", "POSITIVE")
    yield "PossiblySameAreTwo", lambda e: e.add(e["walk"], "cx:possiblySameAs", e["walk"], "curation")
    yield "CorrectionMarksAClaim", correction("cx:corrects")
    yield "CorrectionHasAnAuthor", correction("cx:judgedBy")
    yield "CorrectionHasADay", correction("cx:judgedOn")
    yield "CorrectionSaysWhy", correction("cx:reason")
    yield "CorrectionIsAPersons", correction("cx:judgedBy", plain("machine: a model"))
    yield "ConflictRestsOnNoCorrectedClaim", marked_in_conflict
    yield "NothingIsDerivedFromACorrectedClaim", marked_below_a_derivation
    yield "ReplacementIsAcyclic", circle
    yield "WithheldHasADay", withheld(day=False)
    yield (
        "WithheldHasOneReason",
        withheld(("cx:withheldReason", plain("At risk.")), ("cx:withheldReason", plain("Asked."))),
    )
    yield "WithheldIsClosed", withheld(("skos:prefLabel", plain("a crossing")))
    yield "WithheldIsNothingElse", withheld(("rdf:type", iri("prov:Entity")))
    yield "NothingPointsToTheWithheld", pointed_at
    yield "RedactedQuoteHasNoWords", redacted_with_its_words
    for cls in ("Incident", "Person", "Organization", "Route", "Statistic", "Place", "Mention", "Claim"):
        yield f"{cls}IRI", renamed(f"cx:{cls}", cls.lower())
    yield "EvidenceIRI", lambda e: e.rename(evidence_of(e, "arrivals", "cx:value"), iri("id:evidence/Bad_One"))
    yield "ArticleIRI", renamed("cx:Article", "article")
    yield "ConflictIRI", renamed("cx:Conflict", "conflict")
    yield "IdentityJudgementIRI", renamed("cx:IdentityJudgement", "judgement")
    yield "CorrectionIRI", renamed("cx:Correction", "correction")
    # articles
    yield "ArticleIsDatedOrSaysThatItIsNot", lambda e: e.remove(e["article second"], "dcterms:issued")
    yield "ArticleHasTextHash", lambda e: e.remove(e["article second"], "cx:textHash")
    yield "ArticleHasTextLength", lambda e: e.remove(e["article second"], "cx:textLength")
    yield "TextIsTheOneItsHashNames", another_text
    yield "PublishersTextIsNotReleased", released_text
    yield "DigestNamesItsOriginal", lambda e: e.remove(e["article digest"], "prov:wasDerivedFrom")
    yield "ArticleGraphHoldsNothingOfEntities", said_directly
    yield "MentionHasOneClass", mention_without("cx:mentionClass")
    yield "MentionHasOneArticle", mention_without("cx:inArticle")
    yield "MentionHasOneEvidence", mention_without("cx:evidence")
    yield "MentionIsOfAnEntity", mention_without("cx:mentions")


MUTATIONS: dict[str, Change] = dict(_mutations())

#: Where another shape cannot but fire too, and why.
ALSO: dict[str, set[str]] = {
    # The flat value is one, so of two preferred values one is not it.
    "ConflictHasOnePreferredValueAtMost": {"PreferredValueIsTheFlatOne"},
    # What is withheld is no incident.
    "NothingPointsToTheWithheld": {"PossiblySameAreTwo"},
    # An IRI names one class, so it is wrong for any other.
    "ClassesAreDisjoint": {"OrganizationIRI"},
}
