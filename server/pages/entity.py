"""The page of one thing: an incident, a person, an organisation, a route, a statistic, or whatever else has an IRI."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from kg.jsonld import as_node
from kg.namespaces import BASE
from server.describing import LIMIT_CLAIMS, LIMIT_LINKS, describe
from server.labels import labels_in
from server.linked_data import DOCUMENTS, PageMaker
from server.page_queries import PageQueries
from server.replies import address_of
from server.site import Site
from server.views.entity import entity_view

__all__ = ["entity_page"]

_QUERY = """# All that is claimed about {label}, with who says so and in which words
SELECT ?property ?value ?certainty ?speaker ?quote ?article WHERE {{
  GRAPH ?graph {{
    ?claim rdf:subject <{iri}> ;
           rdf:predicate ?property ; rdf:object ?value ;
           cx:certainty ?certainty ; cx:inArticle ?article .
    OPTIONAL {{ ?claim cx:attributionText ?speaker }}
    OPTIONAL {{ ?claim cx:evidence/oa:hasSelector/oa:exact ?quote }}
  }}
}}
ORDER BY ?property ?article"""


def entity_page(site: Site) -> PageMaker:
    """What makes the page of a thing."""

    async def page(request: Request, queries: PageQueries, iri: str) -> Response:
        known = await site.labels(queries)
        found = await describe(queries, iri, page=True, known=known)
        labels = known.and_of(labels_in(found.quads))
        view = entity_view(found, labels)
        return await site.page(
            request,
            "entity.html",
            queries.release,
            title=view.label.text,
            view=view,
            labels=labels,
            iri=iri,
            stem=f"/{iri.removeprefix(BASE)}",
            documents=DOCUMENTS,
            query=_QUERY.format(iri=iri, label=" ".join(view.label.text.split())),
            more=LIMIT_LINKS if found.more_pointing else None,
            most=LIMIT_CLAIMS if len(found.subjects("rdf:subject", iri)) >= LIMIT_CLAIMS else None,
            jsonld=as_node(iri, found.quads, address_of(request.scope, "/context.jsonld")),
        )

    return page
