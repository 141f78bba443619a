// Where an IRI leads: the local path of what the server answers itself, another site, or nowhere (server/links.py).

import { element } from "./dom.ts";

export const BASE = "https://w3id.org/crossings/";
const OURS = ["id/", "ontology", "vocabulary", "shapes", "graph/", "context.jsonld"];

/** The address that an IRI leads to, or null for what must not become a link: no scheme but http and https does. */
export function destination(iri: string): string | null {
  if (iri.startsWith(BASE)) {
    const rest = iri.slice(BASE.length);
    if (OURS.some((start) => rest.startsWith(start))) return `/${rest}`;
  }
  return /^https?:\/\//i.test(iri) ? iri : null;
}

/** A link with a text, or the text alone where the IRI leads nowhere; the IRI stands in its title. */
export function linkTo(iri: string, text: string): HTMLElement {
  const to = destination(iri);
  if (to === null) return element("span", { class: "iri", title: iri }, text);
  if (to.startsWith("/")) return element("a", { href: to, title: iri }, text);
  return element("a", { href: to, title: iri, rel: "nofollow noopener external" }, text);
}
