"""`/ontology`, `/vocabulary` and `/shapes`: the terms of the graph, for people and as data; `/context.jsonld`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from pyoxigraph import Triple
from starlette.responses import Response

from kg.namespaces import BASE, curie
from kg.reference.said import Said, local_name
from kg.reference.shapes import read_shapes
from kg.reference.terms import Ontology, OntologyClass, Property
from kg.reference.usage import Where, listing_query, valued_by
from kg.release import Release
from kg.resources import ontology_dir
from server.problems import Problem
from server.reference import Reference, References, shape_triples
from server.replies import CORS, entity_tag, options_response
from server.site import Site
from server.templating import address
from server.term_documents import METHODS, alternates, represented, see_other

__all__ = ["routes"]

_EDTF = "http://id.loc.gov/datatypes/edtf/"


def routes(site: Site) -> APIRouter:
    """The routes; a store of no project has none of them."""
    router = APIRouter()
    if site.settings.empty:
        return router
    pages = _Pages(site)

    @router.api_route("/context.jsonld", methods=list(METHODS), include_in_schema=False)
    async def context(request: Request) -> Response:
        if request.method == "OPTIONS":
            return options_response(METHODS)
        body = (ontology_dir() / "context.jsonld").read_bytes()
        headers = {"ETag": entity_tag("context", body), "Cache-Control": "no-cache", **CORS}
        described = '</ontology>; rel="describedby"'
        return Response(body, media_type="application/ld+json", headers={**headers, "Link": described})

    @router.api_route("/ontology", methods=list(METHODS), include_in_schema=False)
    @router.api_route("/ontology.{extension}", methods=list(METHODS), include_in_schema=False)
    async def ontology(request: Request, extension: str | None = None) -> Response:
        return options_response(METHODS) if request.method == "OPTIONS" else await pages.ontology(request, extension)

    @router.api_route("/ontology/{rest:path}", methods=list(METHODS), include_in_schema=False)
    async def below_ontology(request: Request, rest: str) -> Response:
        return options_response(METHODS) if request.method == "OPTIONS" else await pages.below_ontology(request, rest)

    @router.api_route("/vocabulary", methods=list(METHODS), include_in_schema=False)
    @router.api_route("/vocabulary.{extension}", methods=list(METHODS), include_in_schema=False)
    async def vocabularies(request: Request, extension: str | None = None) -> Response:
        return (
            options_response(METHODS) if request.method == "OPTIONS" else await pages.vocabularies(request, extension)
        )

    @router.api_route("/vocabulary/{rest:path}", methods=list(METHODS), include_in_schema=False)
    async def vocabulary(request: Request, rest: str) -> Response:
        return options_response(METHODS) if request.method == "OPTIONS" else await pages.vocabulary(request, rest)

    @router.api_route("/shapes", methods=list(METHODS), include_in_schema=False)
    @router.api_route("/shapes.{extension}", methods=list(METHODS), include_in_schema=False)
    async def shapes(request: Request, extension: str | None = None) -> Response:
        return options_response(METHODS) if request.method == "OPTIONS" else await pages.shapes(request, extension)

    @router.api_route("/shapes/{rest:path}", methods=list(METHODS), include_in_schema=False)
    async def below_shapes(request: Request, rest: str) -> Response:
        return options_response(METHODS) if request.method == "OPTIONS" else pages.below_shapes(request, rest)

    return router


class _Pages:
    """What answers at those addresses."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._references = References()

    async def _asked(self, request: Request) -> tuple[Release, Reference]:
        release = await self._site.release(request)
        return release, await self._references.of(self._site.queries(request, release))

    async def _answer(
        self,
        request: Request,
        release: Release,
        path: str,
        extension: str | None,
        triples: Callable[[], Iterable[Triple]],
        template: str,
        **values: Any,
    ) -> Response:
        async def page(headers: dict[str, str]) -> Response:
            if "reference" in values:
                # Data need no counts, and do not wait for them.
                values["usage"] = await self._references.usage(self._site.queries(request, release))
            return await self._site.page(
                request,
                template,
                release,
                headers=headers,
                document=BASE + path[1:],
                forms=alternates(path)[1:],
                short=_short,
                **values,
            )

        return await represented(request, release, path, extension, page, triples)

    async def ontology(self, request: Request, extension: str | None) -> Response:
        """`/ontology`."""
        release, reference = await self._asked(request)
        return await self._answer(
            request,
            release,
            "/ontology",
            extension,
            lambda: reference.triples("ontology"),
            "ontology.html",
            title="The ontology",
            reference=reference,
            ontology=reference.ontology,
            anchors={term.iri for term in reference.ontology.terms},
            groups=_groups(reference.ontology),
            **_lookups(reference, release if request.query_params.get("release") else None),
        )

    async def below_ontology(self, request: Request, rest: str) -> Response:
        """`/ontology/...`: its version, and the alignment, whose terms are those of the ontology."""
        _release, reference = await self._asked(request)
        said, iri = reference.said, f"{BASE}ontology/{rest}"
        known = {reference.ontology.version_iri, *_heads(said, f"{BASE}ontology/")}
        if iri in known:
            return see_other("/ontology")
        names = {term.name for term in reference.ontology.terms}
        if rest in names:
            raise Problem("not-found", f"the term {rest} has the IRI {BASE}ontology#{rest}: see /ontology#{rest}")
        version = reference.ontology.version or "none"
        near = _near(rest, names)
        advice = f"did you mean /ontology#{near}?" if near else "see /ontology"
        detail = (
            f"/ontology/{rest} is no version of the ontology in this release, which has version {version}; {advice}"
        )
        raise Problem("not-found", detail)

    async def vocabularies(self, request: Request, extension: str | None) -> Response:
        """`/vocabulary`."""
        release, reference = await self._asked(request)
        return await self._answer(
            request,
            release,
            "/vocabulary",
            extension,
            lambda: reference.triples("vocabulary"),
            "vocabularies.html",
            title="The vocabularies",
            reference=reference,
            anchors=frozenset(),
            taking=_taking(reference.ontology),
            **_lookups(reference, release if request.query_params.get("release") else None),
        )

    async def vocabulary(self, request: Request, rest: str) -> Response:
        """`/vocabulary/NAME`, with the ending of a form or without, and the versions of each."""
        release, reference = await self._asked(request)
        schemes = reference.schemes
        if f"{BASE}vocabulary/{rest}" in {scheme.version_iri for scheme in schemes.values()}:
            return see_other(f"/vocabulary/{rest.rpartition('/')[0]}")
        name, dot, ending = (rest, "", "") if rest in schemes else rest.rpartition(".")
        if name not in schemes:
            near = _near(rest, schemes)
            advice = f"did you mean /vocabulary/{near}?" if near else "see /vocabulary for those there are"
            raise Problem("not-found", f"the release has no vocabulary '{rest}'; {advice}")
        return await self._answer(
            request,
            release,
            f"/vocabulary/{name}",
            ending if dot else None,
            lambda: reference.triples(f"vocabulary/{name}"),
            "vocabulary.html",
            title=schemes[name].label,
            reference=reference,
            scheme=schemes[name],
            anchors=set(schemes[name].concepts),
            taking=_taking(reference.ontology),
            **_lookups(reference, release if request.query_params.get("release") else None),
        )

    async def shapes(self, request: Request, extension: str | None) -> Response:
        """`/shapes`."""
        release = await self._site.release(request)
        files = read_shapes()
        said = Said(shape_triples())
        shown = {shape.iri for file in files for shape in file.shapes}
        queries = {said.one(iri, "sh:sparql") for iri in shown}
        own = [iri for iri in said.subjects(within=f"{BASE}shapes#") if iri not in shown | queries]
        return await self._answer(
            request,
            release,
            "/shapes",
            extension,
            shape_triples,
            "shapes.html",
            title="The shapes",
            files=files,
            version=said.text(f"{BASE}shapes", "owl:versionInfo"),
            definition=said.text(f"{BASE}shapes", "dcterms:description"),
            query_names={iri: local_name(said.one(iri, "sh:sparql")) for iri in shown if said.one(iri, "sh:sparql")},
            gathering=[(iri, said.iris(iri, "sh:property")) for iri in own if not said.text(iri, "sh:prefix")],
            prefixes=[(iri, said.text(iri, "sh:prefix"), said.text(iri, "sh:namespace")) for iri in own],
            anchors={*shown, *own},
        )

    def below_shapes(self, request: Request, rest: str) -> Response:
        """`/shapes/...`: its version."""
        said = Said(shape_triples())
        if f"{BASE}shapes/{rest}" == said.one(f"{BASE}shapes", "owl:versionIRI"):
            return see_other("/shapes")
        names = {local_name(iri) for iri in said.subjects(within=f"{BASE}shapes#")}
        near = rest if rest in names else _near(rest, names)
        advice = f"did you mean /shapes#{near}?" if near else "see /shapes"
        raise Problem("not-found", f"/shapes/{rest} is no version of the shapes; {advice}")


def _heads(said: Said, within: str) -> set[str]:
    """The other ontologies below an address, with their versions."""
    heads = said.subjects("owl:Ontology", within=within)
    return {*heads, *(said.one(iri, "owl:versionIRI") for iri in heads)}


def _near(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")


@lru_cache(maxsize=4096)
def _short(iri: str) -> str:
    """A prefixed name for people; the datatype of dates is no prefix of queries."""
    return f"edtf:{iri.removeprefix(_EDTF)}" if iri.startswith(_EDTF) else curie(iri)


def _listing(reference: Reference, pinned: Release | None) -> Callable[[Where, str], str]:
    """Addresses of the query page with the query that lists the uses of a term."""
    ontology = reference.ontology

    def listing(where: Where, iri: str) -> str:
        if iri in ontology.classes or iri in ontology.properties:
            query = listing_query(where, iri, "class" if iri in ontology.classes else "property")
        else:
            scheme = next(scheme.iri for scheme in reference.schemes.values() if iri in scheme.concepts)
            query = listing_query(where, iri, "concept", valued_by(ontology, scheme, where))
        return address("/query", query=query, release=None if pinned is None else pinned.id)

    return listing


def _lookups(reference: Reference, pinned: Release | None) -> dict[str, Any]:
    """What the templates look up by IRI: schemes, concepts, and where the uses of a term are listed."""
    schemes = {scheme.iri: scheme for scheme in reference.schemes.values()}
    concepts = {iri: concept for scheme in schemes.values() for iri, concept in scheme.concepts.items()}
    listing = _listing(reference, pinned)
    return {"schemes": schemes, "concepts": concepts, "listing": listing}


def _taking(ontology: Ontology) -> dict[str, list[Property]]:
    """The properties that take their values from each scheme."""
    found: dict[str, list[Property]] = {}
    for taken in ontology.properties.values():
        if taken.scheme:
            found.setdefault(taken.scheme, []).append(taken)
    return found


def _groups(ontology: Ontology) -> list[tuple[str, str, str, list[Property]]]:
    """The properties as the page lists them: an anchor, a title, whose they are in short, and the properties."""
    listed: list[tuple[str, str, str, list[Property]]] = []
    five = {found.iri for found in ontology.main}
    for cls, properties in ontology.groups():
        if cls is None:
            several = any(five & set(found.domain) for found in properties)
            whose = "several of the five" if several else "vocabularies and the ontology"
        else:
            # Other classes are named beside it where they have most of its properties as well.
            most = (
                found.label
                for found in ontology.classes.values()
                if not cls.main and found is not cls and _has_most(found, properties)
            )
            whose = " and ".join([cls.label, *most])
        listed.append(
            (f"_of-{cls.name if cls is not None else len(listed)}", f"Properties of {whose}", whose, properties)
        )
    return listed


def _has_most(cls: OntologyClass, properties: list[Property]) -> bool:
    return not cls.main and 2 * sum(cls.iri in found.domain for found in properties) > len(properties)
