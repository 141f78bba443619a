"""The page of an article: what it is, what was read from it, and its evidence in place where rights allow."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from kg.jsonld import as_node
from kg.namespaces import BASE
from server.describing import LIMIT_READ, describe_article
from server.labels import labels_in
from server.linked_data import DOCUMENTS, PageMaker
from server.page_queries import PageQueries
from server.replies import address_of
from server.site import Site
from server.views.article import article_page_view

__all__ = ["article_page"]

_QUERY = """# All that is claimed in one article, in the order of its text
SELECT ?subject ?property ?value ?certainty ?start ?quote WHERE {{
  GRAPH ?graph {{
    ?claim cx:inArticle <{iri}> ;
           rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value ;
           cx:certainty ?certainty ; cx:evidence ?evidence .
    ?evidence oa:hasSelector/oa:start ?start .
    OPTIONAL {{ ?evidence oa:hasSelector/oa:exact ?quote }}
  }}
}}
ORDER BY ?start ?property"""


def article_page(site: Site) -> PageMaker:
    """What makes the page of an article."""

    async def page(request: Request, queries: PageQueries, iri: str) -> Response:
        known = await site.labels(queries)
        found = await describe_article(queries, iri, known)
        labels = known.and_of(labels_in(found.quads))
        view = article_page_view(found, labels)
        return await site.page(
            request,
            "article.html",
            queries.release,
            title=view.article.title,
            view=view,
            evidence=view.evidence,
            labels=labels,
            iri=iri,
            stem=f"/{iri.removeprefix(BASE)}",
            documents=DOCUMENTS,
            query=_QUERY.format(iri=iri),
            most=LIMIT_READ,
            jsonld=as_node(iri, found.quads, address_of(request.scope, "/context.jsonld")),
        )

    return page
