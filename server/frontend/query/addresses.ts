// The addresses of a query: the permalink, which holds all there is to it, and the downloads.

import type { View } from "./views.ts";

/** The address of this page with a query, a release and a view that the query does not ask for itself. */
export function permalink(origin: string, query: string, release: string | null, view: View | null): string {
  const parameters = new URLSearchParams({ query });
  if (release !== null) parameters.set("release", release);
  if (view !== null) parameters.set("view", view);
  return `${origin}/query?${parameters}`;
}

/** The formats in which an answer is downloaded: their names in the address, and for people. */
export function formats(graph: boolean, truth: boolean): readonly (readonly [string, string])[] {
  if (graph)
    return [
      ["turtle", "Turtle"],
      ["ntriples", "N-Triples"],
      ["jsonld", "JSON-LD"],
      ["rdfxml", "RDF/XML"],
    ];
  if (truth)
    return [
      ["json", "JSON"],
      ["xml", "XML"],
    ];
  return [
    ["csv", "CSV"],
    ["tsv", "TSV"],
    ["parquet", "Parquet"],
    ["json", "JSON"],
    ["xml", "XML"],
  ];
}

/** The address of an answer in a format. */
export function download(query: string, format: string, release: string | null): string {
  const parameters = new URLSearchParams({ query, format });
  if (release !== null) parameters.set("release", release);
  return `/sparql?${parameters}`;
}

/** The address at which the answer to a query is cited. */
export function citation(query: string, release: string | null): string {
  const parameters = new URLSearchParams({ query });
  if (release !== null) parameters.set("release", release);
  return `/cite?${parameters}`;
}
