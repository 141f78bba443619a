"""A server of Crossings, asked over HTTP: SPARQL 1.1 Protocol, JSON results, problems of RFC 9457."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import httpx
import msgspec
from pyoxigraph import Literal, QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.client.problems import error_of, problem_in
from kg.client.waiting import PATIENCE, TIMEOUT, Waiting
from kg.errors import BusyError, ChangedError, NotFoundError, QueryError, RemoteError, UsageError
from kg.query_head import declared_columns
from kg.querying import Rows
from kg.questions import RESERVED, ParameterError, unknown_question
from kg.questions.listed import ListedQuestion, QuestionList
from kg.search.answer import Answer as SearchAnswer

__all__ = ["RemoteBackend"]

_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_ACCEPTED = f"{_RESULTS}, {_TRIPLES}"
_JSON = "application/json"
_BUSY = (429, 503)
#: A column and its type in the header of an answer to a question.
_COLUMN = re.compile(r"([A-Za-z][A-Za-z0-9_]*)=([a-z]+)")
#: The user and the password in an address.
_USER = re.compile(r"//[^/]*@")
#: What a question can be called, since it is the name of a file and a part of an address.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}")


class RemoteBackend:
    """A server.

    Args:
        address: Its base address; that of its SPARQL endpoint is taken as well.
        release: The id of a release that it keeps, or its beginning; absent, the one that it serves now. Either way all
            answers are of the revision that is served at this moment.
        timeout: How many seconds it may be silent.
        patience: How many seconds to wait altogether, each time it is asked, while it says that it is busy.

    Raises:
        RemoteError: It is down, or is no server of Crossings.
        NotFoundError: It has no such release.
    """

    def __init__(
        self, address: str, release: str | None = None, *, timeout: float = TIMEOUT, patience: float = PATIENCE
    ) -> None:
        base = address.rstrip("/").removesuffix("/sparql").rstrip("/")
        self.where = _USER.sub("//", base)  # a password is not for messages
        self._timeout, self._patience = timeout, patience
        try:
            found = httpx.URL(base)
            if not found.host or not 0 < (found.port or 80) < 65_536:
                raise httpx.InvalidURL("it names no host" if not found.host else "a port is a number from 1 to 65535")
            self._client = httpx.Client(base_url=found, timeout=timeout)
        except httpx.InvalidURL as error:
            wrong = f"{_USER.sub('//', address)} is no address ({error}): give one such as https://example.org"
            raise UsageError(wrong) from error
        self._release = release
        self.id = self.revision = ""
        try:
            told = self._ask("ASK {}").headers
        except BaseException:
            self._client.close()
            raise
        self.id, self.revision = told["Crossings-Release"], told["Crossings-Revision"]
        if self.revision == self.id:
            # What was written to a release is served until the next write: such a revision cannot be asked for by name.
            self._release = self.id

    def rows(self, text: str) -> Rows:
        """Have a query evaluated."""
        return self._rows(self._ask(text), declared_columns(text))

    def questions(self) -> list[ListedQuestion]:
        """The questions of the server's library."""
        answer = self._request("GET", "/queries", params={"format": "json"}, headers={"Accept": _JSON})
        try:
            return msgspec.json.decode(answer.content, type=QuestionList).questions
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise RemoteError(f"{self.where}/queries answered what cannot be read ({error})") from error

    def ask(self, name: str, given: Mapping[str, str]) -> Rows:
        """Have the server answer a question of its own library, which may have others than ours."""
        if _NAME.fullmatch(name) is None:
            names = [known.name for known in self.questions()]
            told = unknown_question(name, names, f"{self.where}/queries lists those there are")
            raise NotFoundError(f"{self.where}: {told.message}")
        for taken in sorted(RESERVED & given.keys()):
            raise ParameterError(f"the question {name} has no parameter {taken!r}: no question has one", taken)
        asked = {**given, "format": "srj"} | ({"release": self._release} if self._release else {})
        answer = self._request("GET", f"/queries/{name}", params=asked, headers={"Accept": _RESULTS})
        self._same(str(answer.headers.get("Crossings-Revision")))
        return self._rows(answer, dict(_COLUMN.findall(answer.headers.get("Crossings-Columns", ""))))

    def _rows(self, answer: httpx.Response, declared: Mapping[str, str]) -> Rows:
        hint = answer.headers.get("Crossings-Hint")
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        try:
            if kind == _TRIPLES:
                found = tuple((t.subject, t.predicate, t.object) for t in parse(answer.content, RdfFormat.N_TRIPLES))
                return Rows("graph", ("subject", "predicate", "object"), found, hint)
            results = parse_query_results(answer.content, QueryResultsFormat.JSON)
            if isinstance(results, QueryBoolean):
                return Rows("results", ("answer",), ((Literal(bool(results)),),), hint)
            variables = tuple(variable.value for variable in results.variables)
            return Rows("results", variables, tuple(map(tuple, results)), hint, declared)
        except (SyntaxError, ValueError) as error:
            raise RemoteError(f"{self.where} answered what cannot be read ({error}): ask again") from error

    def search(self, text: str, cls: str | None, limit: int) -> SearchAnswer:
        """Ask the search of the server."""
        given = {"q": text, "class": cls or "", "limit": str(limit), "format": "json", "release": self._release or ""}
        answer = self._request("GET", "/search", params=given, headers={"Accept": _JSON})
        try:
            told = msgspec.json.decode(answer.content, type=dict[str, Any])
            self._same(str(told.get("revision")))
            return msgspec.convert(told, SearchAnswer)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise RemoteError(f"{self.where}/search answered what cannot be read ({error})") from error

    def cite(self, form: str) -> str:
        """Ask the server how to cite the release."""
        answer = self._request("GET", "/cite", params={"format": form, "release": self._release or ""})
        self._same(str(answer.headers.get("Crossings-Revision")))
        return answer.content.decode("utf-8", "replace").strip()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _ask(self, text: str) -> httpx.Response:
        form = {"query": text} | ({"release": self._release} if self._release else {})
        answer = self._request("POST", "/sparql", data=form, headers={"Accept": _ACCEPTED})
        revision = answer.headers.get("Crossings-Revision")
        if revision is None or "Crossings-Release" not in answer.headers:
            raise RemoteError(f"{self.where} is no server of Crossings: its answer names no revision")
        self._same(revision)
        return answer

    def _same(self, revision: str) -> None:
        """Make sure that all answers are of one revision.

        Raises:
            ChangedError: This one is not.
        """
        if self.revision and revision != self.revision:
            raise ChangedError(f"{self.where} serves {revision} and no longer {self.revision}: open it again")

    def _request(self, method: str, path: str, **given: Any) -> httpx.Response:
        """One answer that is good, after as much waiting as we have patience for.

        Raises:
            CrossingsError: What the problem says that the server answers with.
            QueryError: A good answer breaks off.
            RemoteError: It does not answer, or not as ours does.
        """
        waiting = Waiting(self._patience)
        while True:
            try:
                answer = self._read(self._client.build_request(method, path, **given))
            except httpx.TimeoutException as error:
                told = f"{self.where} did not answer within {self._timeout:g} seconds: give a longer timeout"
                raise RemoteError(told) from error
            except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
                raise UsageError(f"{self.where} is no address that can be asked ({error})") from error
            except httpx.TransportError as error:
                raise RemoteError(f"{self.where} cannot be reached ({error}): is the server running?") from error
            except httpx.DecodingError as error:
                raise RemoteError(f"{self.where} answered what cannot be read ({error})") from error
            except RuntimeError as error:
                raise UsageError(f"{self.where} was closed: open it again") from error
            if answer.status_code not in _BUSY:
                break
            problem = problem_in(answer)
            if not waiting.again(answer.headers.get("Retry-After")):
                detail = problem.detail if problem is not None else "it says no more"
                told = f"{self.where} is busy ({detail}): ask again{waiting.advice}"
                raise BusyError(told, waiting.wanted)
        if answer.is_success:
            return answer
        raise error_of(answer, self.where)

    def _read(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request, whole.

        Raises:
            QueryError: A good answer breaks off: the server passes a limit when its head is under way.
            httpx.HTTPError: There is none.
        """
        answer = self._client.send(request, stream=True)
        try:
            answer.read()
        except (httpx.NetworkError, httpx.ProtocolError) as error:
            if not answer.is_success:
                raise
            told = f"{self.where} broke its answer off, which was probably too large or took too long: "
            raise QueryError(f"{told}ask for less, with LIMIT, fewer columns or a narrower pattern") from error
        finally:
            answer.close()
        return answer
