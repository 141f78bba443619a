"""A small graph that conforms, made through the code itself, and an editor that breaks it in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.consolidate.consolidate import Consolidated, consolidate
from kg.curation import Correction, Curation, Judgement
from kg.facts.model import Value
from kg.identity.anchors import anchor_of
from kg.identity.claim_anchors import claim_anchor_of
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.statements import ArticleStatements, Chain
from kg.namespaces import PREFIXES, expand, graph_iri
from tests.support.facts import Draft

__all__ = ["Baseline", "Change", "Edit", "Node", "baseline", "decimal", "integer", "iri", "plain", "typed"]

#: A term of pyoxigraph: what stands where in a quad of ours is known to every test.
Node = Any


def iri(name: str) -> NamedNode:
    return NamedNode(expand(name))


def plain(words: str) -> Literal:
    return Literal(words)


def typed(words: str, kind: str) -> Literal:
    return Literal(words, datatype=NamedNode(PREFIXES["xsd"] + kind))


def integer(number: int) -> Literal:
    return typed(str(number), "integer")


def decimal(number: str) -> Literal:
    return typed(number, "decimal")


def first() -> Draft:
    """A soldier of whom another report says that he is a civilian, three fishermen, two named students."""
    draft = Draft(
        "A sergeant, whose name the Defense Ministry withheld, walked over the eastern front yesterday. "
        "Three fishermen sailed south on 2 April 2031. Two students, Ann Doe and Ben Roe, rowed across in March 2031. "
        "They are from North Korea.",
        published="2031-05-04",
    )
    ministry = draft.mention("Organization", "Defense Ministry", concept="id:organization/rok-defense-ministry")
    draft.claim(ministry, "cx:name", "Defense Ministry", "Defense Ministry")
    said = {"certainty": "reported", "by": "the Defense Ministry", "speaker": ministry, "official": True}
    walk = draft.mention("Incident", "walked over the eastern front")
    man = draft.mention("Person", "A sergeant")
    draft.claim(walk, "cx:crosser", man, "A sergeant")
    yesterday = draft.time("yesterday", unit="day", offset=-1, anchor="publication")
    draft.claim(walk, "cx:dateEDTF", yesterday, "yesterday")
    draft.claim(walk, "cx:front", "front:eastern", "the eastern front")
    draft.claim(walk, "cx:incidentType", "itype:land-crossing", "walked over")
    draft.claim(man, "cx:actorType", "actor:soldier", "A sergeant", **said)
    draft.claim(man, "cx:rank", "rank:sergeant", "A sergeant", **said)
    draft.claim(man, "cx:nameStatus", "namestatus:withheld", "whose name the Defense Ministry withheld")
    sail = draft.mention("Incident", "Three fishermen sailed south")
    crew = draft.mention("Person", "Three fishermen", count=3)
    draft.claim(sail, "cx:crosser", crew, "Three fishermen")
    draft.claim(sail, "cx:personCount", 3, "Three fishermen")
    draft.claim(sail, "cx:dateEDTF", draft.time("2 April 2031", edtf="2031-04-02"), "2 April 2031")
    draft.claim(sail, "cx:incidentType", "itype:maritime-crossing", "sailed south")
    row = draft.mention("Incident", "rowed across")
    draft.claim(row, "cx:dateEDTF", draft.time("March 2031", edtf="2031-03"), "March 2031")
    draft.claim(row, "cx:personCount", 2, "Two students")
    for name in ("Ann Doe", "Ben Roe"):
        student = draft.mention("Person", name, name=name)
        draft.claim(row, "cx:crosser", student, name)
        draft.claim(student, "cx:name", name, name)
        draft.claim(student, "cx:actorType", "actor:civilian", "students")
        draft.claim(student, "cx:nationality", "id:place/north-korea", "North Korea")
    return draft


def second() -> Draft:
    """The same soldier, called a civilian, and four fishermen where the first report counts three.

    Two claims are marked wrong: the second day of the voyage, and what the man does for a living.
    """
    draft = Draft(
        "A civilian walked over the eastern front on 3 May 2031. Four fishermen sailed south on 2 April 2031. "
        "He may have carried a gun. One line has them sail on 9 April 2031. He bakes bread.",
        published="2031-05-06",
    )
    walk = draft.mention("Incident", "walked over the eastern front")
    man = draft.mention("Person", "A civilian")
    draft.claim(walk, "cx:crosser", man, "A civilian")
    draft.claim(walk, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "3 May 2031")
    draft.claim(walk, "cx:front", "front:eastern", "the eastern front")
    draft.claim(man, "cx:actorType", "actor:civilian", "A civilian")
    armed = Value(kind="boolean", value=True)
    draft.claim(man, "cx:armed", armed, "may have carried a gun", certainty="possible")
    sail = draft.mention("Incident", "Four fishermen sailed south")
    crew = draft.mention("Person", "Four fishermen", count=4)
    draft.claim(sail, "cx:crosser", crew, "Four fishermen")
    draft.claim(sail, "cx:personCount", 4, "Four fishermen")
    draft.claim(sail, "cx:dateEDTF", draft.time("2 April 2031", edtf="2031-04-02"), "2 April 2031")
    draft.claim(sail, "cx:incidentType", "itype:maritime-crossing", "sailed south")
    draft.claim(sail, "cx:dateEDTF", draft.time("9 April 2031", edtf="2031-04-09"), "9 April 2031")
    draft.claim(man, "cx:jobTitle", "baker", "bakes bread")
    return draft


def corrections(article: ArticleStatements) -> tuple[Correction, ...]:
    """The corrections of the second report: one gives the right value, one gives none."""
    by_predicate = {("cx:jobTitle", "bakes bread"): "miller", ("cx:dateEDTF", "9 April 2031"): None}
    made = []
    for (predicate, quote), value in by_predicate.items():
        wrong = next(s for s in article.statements if s.predicate == predicate and s.claim.evidence[0].quote == quote)
        place = claim_anchor_of(article, wrong)
        made.append(Correction(claim=place, value=value, by="curator", on="2031-06-02", reason="Misread."))
    return tuple(made)


def digest() -> Draft:
    """A digest without a date: the soldier's day is worked out from the others; and the statistics."""
    draft = Draft(
        "On Saturday a sergeant walked over the eastern front. In 2030 there were 120 arrivals, 75 percent of them "
        "women. About 5,000 had come by the end of 2030, and 4,800 by the end of 2029. Between 10 and 20 crossings "
        "were counted in 2030. Most go over the demilitarized zone, which is 4 kilometers wide and full of mines.",
        kind="digest",
        id="5" * 64,
    )
    walk = draft.mention("Incident", "walked over the eastern front")
    man = draft.mention("Person", "a sergeant")
    draft.claim(walk, "cx:crosser", man, "a sergeant")
    saturday = draft.time("Saturday", unit="day", weekday=5, anchor="publication")
    draft.claim(walk, "cx:dateEDTF", saturday, "On Saturday")
    draft.claim(walk, "cx:front", "front:eastern", "the eastern front")
    draft.claim(man, "cx:actorType", "actor:soldier", "a sergeant")
    draft.claim(man, "cx:rank", "rank:sergeant", "a sergeant")
    route = draft.mention("Route", "the demilitarized zone", concept="id:route/dmz")
    draft.claim(route, "cx:name", "the demilitarized zone", "the demilitarized zone")
    draft.claim(route, "cx:width", draft.amount("4 kilometers", unit="unit:KiloM", value="4"), "4 kilometers wide")
    draft.claim(route, "cx:routeFeature", "mines", "full of mines", specificity="general", tense="present")
    y2030 = draft.time("2030", edtf="2030")
    y2029 = draft.time("2029", edtf="2029")
    number = draft.amount("120 arrivals", value="120")
    arrivals = statistic(draft, "120 arrivals", number, "measure:arrivals", "population:defectors", y2030)
    number = draft.amount("75 percent", unit="unit:PERCENT", value="75")
    share = statistic(draft, "75 percent", number, "measure:share", "population:women", y2030)
    draft.claim(share, "cx:shareOf", arrivals, "of them")
    number = draft.amount("About 5,000", value="5000", qualifier="approximately")
    statistic(draft, "About 5,000", number, "measure:cumulative-arrivals", "population:defectors", y2030)
    statistic(
        draft,
        "4,800",
        draft.amount("4,800", value="4800"),
        "measure:cumulative-arrivals",
        "population:defectors",
        y2029,
    )
    number = draft.amount("Between 10 and 20", lower="10", upper="20", qualifier="between")
    statistic(draft, "Between 10 and 20", number, "measure:crossings", "population:north-koreans", y2030)
    most = draft.mention("Statistic", "Most")
    general = {"specificity": "general", "tense": "present"}
    draft.claim(most, "cx:value", draft.amount("Most", unit="unit:PERCENT", qualitative="most"), "Most", **general)
    draft.claim(most, "cx:measure", "measure:share", "Most go over", **general)
    draft.claim(most, "cx:viaRoute", route, "over the demilitarized zone", **general)
    return draft


def statistic(draft: Draft, words: str, number: Value, measure: str, population: str, period: Value) -> str:
    mention = draft.mention("Statistic", words)
    draft.claim(mention, "cx:value", number, words)
    draft.claim(mention, "cx:measure", measure, words, raw=f"{words}: measure")
    draft.claim(mention, "cx:population", population, words, raw=f"{words}: population")
    draft.claim(mention, "cx:period", period, "2030", raw="2030")
    return mention


@dataclass(frozen=True)
class Baseline:
    """The graph, the texts of its articles, and the IRIs of what the mutations touch."""

    quads: frozenset[Quad]
    texts: dict[str, str]
    names: dict[str, NamedNode]
    consolidated: Consolidated


@lru_cache(maxsize=1)
def baseline() -> Baseline:
    drafts = {"first": first(), "second": second(), "digest": digest()}
    articles = {name: ArticleStatements.of(draft.facts(), draft.text) for name, draft in drafts.items()}
    knowledge = Knowledge.load()

    def chain(article: str, words: str) -> Chain:
        mention = next(m for m in articles[article].facts.mentions if m.quote == words)
        return articles[article].members(mention.id)[0]

    walk, sail = chain("first", "walked over the eastern front"), chain("second", "Four fishermen sailed south")
    judged = Judgement(
        first=anchor_of(articles["first"], walk),
        second=anchor_of(articles["second"], sail),
        judgement="NEGATIVE",
        by="curator",
        on="2031-06-01",
        reason="A walk and a voyage.",
    )
    curation = Curation(judgements=(judged,), corrections=corrections(articles["second"]))
    anchored = anchor(curation, list(articles.values()))
    consolidated = consolidate(list(articles.values()), knowledge, decisions=anchored.decisions)
    quads = build_quads(consolidated, knowledge, "korea", curation_graph(curation, anchored, consolidated))
    places = {
        "walk": walk,
        "sail": sail,
        "row": chain("first", "rowed across"),
        "man": chain("first", "A sergeant"),
        "student": chain("first", "Ann Doe"),
        "ministry": chain("first", "Defense Ministry"),
        "route": chain("digest", "the demilitarized zone"),
        "arrivals": chain("digest", "120 arrivals"),
        "share": chain("digest", "75 percent"),
        "total": chain("digest", "About 5,000"),
        "before": chain("digest", "4,800"),
        "crossings": chain("digest", "Between 10 and 20"),
        "most": chain("digest", "Most"),
    }
    names = {name: NamedNode(consolidated.identity.iris[place]) for name, place in places.items()}
    names |= {f"article {name}": NamedNode(article.iri) for name, article in articles.items()}
    texts = {article.iri: article.text or "" for article in articles.values()}
    return Baseline(frozenset(slim(quads)), texts, names, consolidated)


def slim(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Without the labels of the lexicon, which no shape asks for: a test reads the graph a hundred times."""
    lexicon = {graph_iri("vocabulary"), graph_iri("gazetteer")}
    labels = {expand(f"skos:{name}") for name in ("prefLabel", "altLabel", "hiddenLabel", "definition", "example")}
    for quad in quads:
        if getattr(quad.graph_name, "value", "") not in lexicon or quad.predicate.value not in labels:
            yield quad


@dataclass
class Edit:
    """A copy of the baseline that can be changed."""

    base: Baseline
    quads: set[Any] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        self.quads = set(self.base.quads)
        self.texts = dict(self.base.texts)

    def __getitem__(self, name: str) -> NamedNode:
        return self.base.names[name]

    def find(self, subject: Node, predicate: str | None, value: Node = None) -> list[Any]:
        """The quads of a pattern, sorted."""
        wanted = iri(predicate) if predicate else None
        found = (
            q
            for q in self.quads
            if (subject is None or q.subject == subject)
            and (wanted is None or q.predicate == wanted)
            and (value is None or q.object == value)
        )
        return sorted(found, key=str)

    def one(self, subject: Node, predicate: str, value: Node = None) -> Any:
        """The first quad of a pattern, which must exist."""
        return self.find(subject, predicate, value)[0]

    def add(self, subject: Node, predicate: str, value: Node, graph: str | None = None) -> None:
        where = NamedNode(graph_iri(graph)) if graph else DefaultGraph()
        self.quads.add(Quad(subject, iri(predicate), value, where))

    def remove(self, subject: Node, predicate: str | None, value: Node = None) -> None:
        """Remove what a pattern matches, which must be something."""
        found = self.find(subject, predicate, value)
        assert found
        self.quads.difference_update(found)

    def put(self, subject: Node, predicate: str, value: Node) -> None:
        """Replace the one value of a property, in whichever graph it stands."""
        quad = self.one(subject, predicate)
        self.quads.discard(quad)
        self.quads.add(Quad(quad.subject, quad.predicate, value, quad.graph_name))

    def claims(self, subject: NamedNode, predicate: str) -> list[NamedNode]:
        """The claims on a property of an entity."""
        found = [q.subject for q in self.find(None, "rdf:subject", subject)]
        return [c for c in found if isinstance(c, NamedNode) and self.find(c, "rdf:predicate", iri(predicate))]

    def claim(self, subject: str, predicate: str) -> NamedNode:
        return self.claims(self[subject], predicate)[0]

    def restate(self, subject: str, predicate: str, value: Node) -> None:
        """Replace a flat value, and say the same in every claim that says it."""
        node = self[subject]
        old = next(q for q in self.find(node, predicate) if isinstance(q.graph_name, DefaultGraph)).object
        self.put(node, predicate, value)
        for quad in self.find(None, "rdf:subject", node):
            claim = quad.subject
            assert isinstance(claim, NamedNode)
            if self.find(claim, "rdf:predicate", iri(predicate)) and self.find(claim, "rdf:object", old):
                self.put(claim, "rdf:object", value)
            if self.find(claim, predicate, old):
                self.put(claim, predicate, value)

    def copy(self, claim: Node, **changes: Node) -> NamedNode:
        """A second claim like one that there is, with other values: `object=...`, `predicate=...` or a local name."""
        self.made += 1
        made = iri(f"id:claim/{self.made:016x}")
        names = {"object": "rdf:object", "predicate": "rdf:predicate", "subject": "rdf:subject"}
        for quad in self.find(claim, None):
            self.quads.add(Quad(made, quad.predicate, quad.object, quad.graph_name))
        for name, value in changes.items():
            self.put(made, names.get(name, f"cx:{name}"), value)
        return made

    def rename(self, old: Node, new: NamedNode) -> None:
        """Give a node another IRI, wherever it stands."""

        def renamed(node: Node) -> Node:
            return new if node == old else node

        self.quads = {Quad(renamed(q.subject), q.predicate, renamed(q.object), q.graph_name) for q in self.quads}
        if old.value in self.texts:
            self.texts[new.value] = self.texts.pop(old.value)

    def typed(self, cls: str) -> NamedNode:
        """The first node of a class."""
        found = self.one(None, "rdf:type", iri(cls)).subject
        assert isinstance(found, NamedNode)
        return found

    def conflict(self, subject: str, predicate: str) -> NamedNode:
        found = next(
            q.subject
            for q in self.find(None, "cx:onSubject", self[subject])
            if self.find(q.subject, "cx:onProperty", iri(predicate))
        )
        assert isinstance(found, NamedNode)
        return found


Change = Callable[[Edit], None]
