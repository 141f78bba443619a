"""The graph as a Python program sees it: one release, on the disk or behind a server, asked in the same way."""

from __future__ import annotations

from types import TracebackType

from kg.client.answer import Answer, Form
from kg.client.asking import written
from kg.client.backend import CITATIONS, MOST_HITS, Backend
from kg.client.bindings import bind
from kg.client.describing import describe
from kg.client.entity import Entity
from kg.client.given import given_number, given_text
from kg.client.listing import listing
from kg.errors import NotFoundError, QueryError, UsageError
from kg.query_text import QueryText
from kg.questions.listed import ListedQuestion
from kg.questions.values import kind_of
from kg.search.answer import Hit
from kg.search.documents import CLASSES
from kg.search.question import LONGEST

__all__ = ["Graph"]


class Graph:
    """One revision of the graph, open to be asked; `kg.open` gives it.

    Any number of threads may ask one Graph. It is a context manager: at the end of the `with` block, or by `close`, the
    connections to a server are closed.

    Args:
        backend: What is asked.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def id(self) -> str:
        """The id of the release.

        >>> len(release.id)
        16
        """
        return self._backend.id

    @property
    def revision(self) -> str:
        """The id, and behind it the number of writes that a server has taken since, if any.

        >>> release.revision == release.id
        True
        """
        return self._backend.revision

    def query(self, text: str, /, **bindings: object) -> Answer:
        """Ask a SPARQL query.

        Args:
            text: The query; the prefixes of the project need no declaration.
            bindings: Values for its variables, by name: numbers, dates, truth values, texts, `IRI`s, or terms of
                pyoxigraph; of a list, any; None leaves the variable free. A value becomes a term, never text.

        Raises:
            QueryError: It is not SPARQL (with line and column), cannot be evaluated, or is refused.
            UsageError: It is no text, it has no such variable, or a value can be no term.
            RemoteError: The server does not answer, or is busy for too long.

        >>> release.query("SELECT ?label { ?i cx:front ?front ; skos:prefLabel ?label }", front=IRI.of("front:eastern"))
        label
        first crossing
        1 row
        >>> release.query("ASK { ?i cx:dateEarliest ?day FILTER (?day > ?since) }", since=date(2030, 1, 1))
        Answer(False)
        """
        bound = bind(given_text("the query", text), bindings)
        try:
            return self._answer(bound.text)
        except QueryError as error:
            raise bound.place(error) from error.__cause__

    def ask(self, name: str, /, **parameters: object) -> Answer:
        """Ask a question of the library: of a server, one of the server's, with the parameters that it has there.

        Args:
            name: Its name.
            parameters: Values for its parameters, as text or as Python values; None keeps the default.

        Raises:
            NotFoundError: There is no such question.
            ParameterError: It has no such parameter, or that does not take the value.

        >>> "over the eastern front" in {row.quote for row in release.ask("incident", incident="1")}
        True
        """
        name = given_text("the name of the question", name)
        given = {key: written(key, value) for key, value in parameters.items() if value is not None}
        return Answer(self._backend.ask(name, given), "solutions", self.revision)

    def questions(self) -> list[ListedQuestion]:
        """The questions of the library, of a server those that it has: names, titles, parameters and columns.

        >>> "incidents" in [question.name for question in release.questions()]
        True
        """
        return self._backend.questions()

    def incident(self, id: str) -> Entity:
        """An incident with its claims, their words, and the disagreements on it.

        Args:
            id: Its id, its IRI, or its prefixed name; of one that was merged, what it was merged into is returned.

        Raises:
            NotFoundError: There is none.
            WithheldError: It is withheld.

        >>> release.incident("1")
        Entity(Incident id:incident/1: 'first crossing', 1 claims)
        """
        return self._entity("Incident", id)

    def person(self, id: str) -> Entity:
        """A person; as `incident`.

        >>> release.person("1-1").label
        'unnamed soldier'
        """
        return self._entity("Person", id)

    def organization(self, id: str) -> Entity:
        """An organization; as `incident`.

        >>> release.organization("ministry").label
        'the ministry'
        """
        return self._entity("Organization", id)

    def route(self, id: str) -> Entity:
        """A route; as `incident`.

        >>> release.route("dmz").label
        'over the zone'
        """
        return self._entity("Route", id)

    def statistic(self, id: str) -> Entity:
        """A statistic; as `incident`.

        >>> release.statistic("1")["value"]
        236
        """
        return self._entity("Statistic", id)

    def place(self, id: str) -> Entity:
        """A place; as `incident`.

        >>> str(release.place("goseong")["geo:asWKT"])
        'POINT(128.4 38.4)'
        """
        return self._entity("Place", id)

    def article(self, id: str) -> Entity:
        """An article or our digest of it; as `incident`, but its claims are those that it makes.

        >>> [claim.subject.curie for claim in release.article("a").claims]
        ['id:incident/1']
        """
        return self._entity("Article", id)

    def incidents(self) -> Answer:
        """All incidents, one a row, by their first possible day.

        >>> release.incidents().columns
        ('incident', 'label', 'earliest', 'latest', 'date', 'kind', 'front', 'status', 'persons', 'articles')
        """
        return self._answer(listing("Incident"))

    def persons(self) -> Answer:
        """All persons, one a row, by their labels.

        >>> release.persons().columns
        ('person', 'label', 'naming', 'actor', 'rank', 'gender')
        """
        return self._answer(listing("Person"))

    def organizations(self) -> Answer:
        """All organizations that are spoken of, one a row, by their labels.

        >>> release.organizations().column("label")
        ['the ministry']
        """
        return self._answer(listing("Organization"))

    def routes(self) -> Answer:
        """All routes that are spoken of, one a row, by their labels.

        >>> release.routes().column("label")
        ['over the zone']
        """
        return self._answer(listing("Route"))

    def statistics(self) -> Answer:
        """All statistics, one a row, by period.

        >>> release.statistics().to_arrow().column("value").to_pylist()
        [236.0]
        """
        return self._answer(listing("Statistic"))

    def places(self) -> Answer:
        """All places that are spoken of, one a row, with their geometry and how exactly it is known, in metres.

        >>> release.places().to_arrow().column("precision").to_pylist()
        [5000]
        """
        return self._answer(listing("Place"))

    def articles(self) -> Answer:
        """All articles, one a row, by the day that they state.

        >>> release.articles()[0].publisher, release.articles()[0].digest
        ('The Paper', True)
        """
        return self._answer(listing("Article"))

    def search(self, text: str, kind: str | None = None, limit: int = 20) -> list[Hit]:
        """Find things by their names, in any usual spelling, and by the words that are quoted.

        Args:
            text: What to look for.
            kind: The class of things, such as `Person`; absent, all.
            limit: How many at most, from 1 to 100.

        Raises:
            UsageError: There is no such class, the text is too long, or the limit is no number from 1 to 100.

        >>> [hit.label for hit in release.search("second", kind="Incident")]
        ['second crossing']
        """
        text = given_text("the text", text)
        if kind is not None and given_text("the class", kind) not in CLASSES:
            raise UsageError(f"there is no class '{kind:.60}': give one of {', '.join(CLASSES)}")
        limit = given_number("the limit", limit, 1, MOST_HITS)
        if len(text) > LONGEST:
            raise UsageError(f"the text has {len(text)} characters, and {LONGEST} are taken: look for fewer words")
        return self._backend.search(text, kind, limit).hits

    def cite(self, form: str = "text") -> str:
        """How to cite the release.

        Args:
            form: `text` (a sentence), `bibtex`, or `csl` (JSON).

        Raises:
            UsageError: There is no such form.

        >>> release.id in release.cite()
        True
        """
        if given_text("the form", form) not in CITATIONS:
            raise UsageError(f"there is no form '{form:.60}' of a citation: give one of {', '.join(CITATIONS)}")
        return self._backend.cite(form)

    def close(self) -> None:
        """Close the connections to a server, if it is one.

        >>> kg.open(release_path).close()
        """
        self._backend.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Graph({self.revision} of {self._backend.where})"

    def _answer(self, text: str) -> Answer:
        found = self._backend.rows(text)
        form: Form = "triples" if found.kind == "graph" else "solutions"
        return Answer(found, "truth" if QueryText(text).form == "ASK" else form, self.revision)

    def _entity(self, kind: str, id: str) -> Entity:
        known = kind_of(f"entity {kind}")
        assert known is not None
        try:
            iri = known.read(given_text("the id", id)).value
        except ValueError as error:
            raise NotFoundError(f"'{id:.60}' is no id of the class {kind}: give an id or an IRI") from error
        return describe(self._backend.rows, iri, kind)
