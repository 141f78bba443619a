"""What is said of incidents beside the crossing itself: the readers of all sentences, one after the other."""

from __future__ import annotations

from kg.extract.builder import FactsBuilder
from kg.extract.clusters import Clusters
from kg.extract.crossing_rules import slot_rules
from kg.extract.detection import Detections
from kg.extract.geography import Geography
from kg.extract.operations import Operations
from kg.extract.outcomes import Outcomes
from kg.extract.participants import Participants
from kg.extract.person_words import PersonWords
from kg.extract.remarks import Remarks
from kg.extract.saying import Saying
from kg.extract.whereabouts import Whereabouts

__all__ = ["describe_aftermath", "describe_remarks"]

_SILENT = frozenset({"headline", "heading"})


def describe_aftermath(
    builder: FactsBuilder, geography: Geography, people: Participants, saying: Saying, clusters: Clusters
) -> None:
    """Add what the clauses around the crossings say of them; headlines are left out.

    Args:
        builder: The record.
        geography: The border's geography.
        people: Reads noun phrases.
        saying: Writes the claims.
        clusters: The incidents, their mentions made.
    """
    rules = slot_rules()
    shared = (builder, geography, people, saying, clusters)
    outcomes, detections, operations = Outcomes(*shared), Detections(*shared), Operations(*shared)
    whereabouts, persons = Whereabouts(*shared), PersonWords(*shared)
    helping = rules.assist_nouns | rules.assist_verbs
    for sentence in builder.document.sentences:
        if sentence.block.kind in _SILENT:
            continue
        for token in sentence.span:
            lemma = token.lemma_.lower()
            if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
                outcomes.read(sentence, token)
                detections.read(sentence, token)
                operations.notified(sentence, token)
            elif lemma in rules.operation_nouns:
                operations.duration(sentence, token)
            if lemma in helping:
                operations.assistance(sentence, token)
        whereabouts.located(sentence)
        whereabouts.passed_through(sentence)
        whereabouts.fronts(sentence)
        operations.operation(sentence)
        whereabouts.activity(sentence)
        persons.person(sentence)
        persons.presumed(sentence)
        persons.withheld(sentence)


def describe_remarks(builder: FactsBuilder, clusters: Clusters) -> None:
    """Add what is only said, hedged or planned and that no other property holds; headings are left out.

    Args:
        builder: The record, everything else found.
        clusters: The incidents, their mentions made; there may be none.
    """
    remarks = Remarks(builder, clusters.founding.geography, clusters.people, Saying(builder), clusters)
    for sentence in builder.document.sentences:
        if sentence.block.kind != "heading":
            remarks.read(sentence)
