"""What an assistant can read: the ontology, the shapes, the vocabularies, the questions, the release, and entities."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import msgspec
from anyio import to_thread
from pyoxigraph import Quad, Triple

from kg.formats import by_name, serialize_rdf
from kg.questions import questions
from server.describing import describe
from server.description import dataset_description
from server.mcp.call import Call
from server.mcp.entity import found_iri
from server.mcp.library import listed
from server.problems import Problem
from server.reference import shape_triples

__all__ = ["ENTITY_TEMPLATE", "RESOURCES", "Resource", "read_resource"]

_TURTLE, _JSON = "text/turtle", "application/json"
_ENTITY = "crossings://entity/"
#: What the data of one entity are called (RFC 6570); an id has a slash in it.
ENTITY_TEMPLATE = _ENTITY + "{+id}"


@dataclass(frozen=True)
class Resource:
    """A resource.

    Attributes:
        uri: What it is called.
        name: The same in one word.
        description: What it is.
        media_type: What its text is.
        read: Gives its text.
    """

    uri: str
    name: str
    description: str
    media_type: str
    read: Callable[[Call], Awaitable[str]]


async def _ontology(call: Call) -> str:
    return await _document(call, "ontology")


async def _vocabulary(call: Call) -> str:
    return await _document(call, "vocabulary")


async def _document(call: Call, name: str) -> str:
    queries = call.queries(await call.release(None))
    reference = await call.ground.reference(queries)
    if name == "ontology":
        return await _turtle(call, f"{queries.release.revision} {name}", lambda: reference.triples(name))

    def triples() -> list[Triple]:
        documents = ["vocabulary", *(f"vocabulary/{scheme}" for scheme in reference.schemes)]
        return list(dict.fromkeys(triple for each in documents for triple in reference.triples(each)))

    return await _turtle(call, f"{queries.release.revision} {name}", triples)


async def _shapes(call: Call) -> str:
    return await _turtle(call, "shapes", shape_triples)


async def _turtle(call: Call, key: str, triples: Callable[[], Iterable[Triple]]) -> str:
    """Triples as Turtle; kept, as it is dear to write."""

    def write() -> tuple[dict[str, str], float]:
        began = time.thread_time()
        text = serialize_rdf(triples(), by_name("turtle", "graph")).decode()
        return {"text": text}, time.thread_time() - began

    async def read() -> dict[str, str]:
        # It takes no worker, but time all the same: it is charged as a query is.
        with call.ground.engine.budgets.query(call.caller.client) as charge:
            made, seconds = await to_thread.run_sync(write)
            charge(seconds)
        return made

    return (await call.ground.texts.of(key, read))["text"]


async def _questions(call: Call) -> str:
    return msgspec.json.encode([listed(each) for each in questions()]).decode()


async def _release(call: Call) -> str:
    release = await call.release(None)
    return (await to_thread.run_sync(dataset_description, release, None, "turtle"))[1].decode()


RESOURCES: dict[str, Resource] = {
    each.uri: each
    for each in (
        Resource("crossings://ontology", "ontology", "The ontology: classes and properties.", _TURTLE, _ontology),
        Resource("crossings://shapes", "shapes", "The SHACL shapes that every release conforms to.", _TURTLE, _shapes),
        Resource(
            "crossings://vocabulary", "vocabulary", "The vocabularies and the gazetteer (SKOS).", _TURTLE, _vocabulary
        ),
        Resource("crossings://questions", "questions", "The question library, as list_questions.", _JSON, _questions),
        Resource("crossings://release", "release", "The release that is asked: DCAT and VoID.", _TURTLE, _release),
    )
}


async def read_resource(call: Call, uri: str) -> tuple[str, str]:
    """The text of a resource, and its media type.

    Raises:
        Problem: There is none of that name.
    """
    known = RESOURCES.get(uri)
    if known is not None:
        return await known.read(call), known.media_type
    if not uri.startswith(_ENTITY) or uri == _ENTITY:
        there = ", ".join([*RESOURCES, ENTITY_TEMPLATE])
        raise Problem("not-found", f"there is no resource '{uri[:100]}': there are {there}")
    queries = call.queries(await call.release(None))
    _asked, iri = await found_iri(queries, uri.removeprefix(_ENTITY))
    described = await describe(queries, iri)
    triples = sorted({_triple(quad) for quad in described.quads}, key=str)
    return serialize_rdf(triples, by_name("turtle", "graph")).decode(), _TURTLE


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)
