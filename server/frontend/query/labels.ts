// The labels of IRIs: asked for once, by one query over the IRIs that are shown.

import { ask } from "./ask.ts";

export interface Label {
  readonly text: string;
  readonly korean: string | null;
}

/** As many IRIs are asked for at once. */
const MOST = 400;

export class Labels {
  readonly #known = new Map<string, Label | null>();
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(
    prefixes: ReadonlyMap<string, string>,
    known: Readonly<Record<string, readonly [string, string | null]>>,
  ) {
    this.#prefixes = prefixes;
    for (const [iri, [text, korean]] of Object.entries(known)) this.#known.set(iri, { text, korean });
  }

  /** What an IRI is called; one without a label by its prefixed name, else by itself. */
  of(iri: string): Label {
    return this.#known.get(iri) ?? { text: shortened(iri, this.#prefixes), korean: null };
  }

  /** Learn the labels of those IRIs that are not known yet.
   *
   * @returns whether anything was learnt
   */
  async learn(iris: readonly string[], release: string | null, signal: AbortSignal): Promise<boolean> {
    const wanted = iris.filter((iri) => !this.#known.has(iri) && isSafe(iri)).slice(0, MOST);
    if (wanted.length === 0) return false;
    const { answer } = await ask(labelQuery(wanted), release, signal);
    const found = new Map<string, Map<string, string>>();
    for (const [node, label] of answer.rows) {
      if (node === undefined || label === undefined) continue;
      const texts = found.get(node.value) ?? new Map<string, string>();
      found.set(node.value, texts.set(label.language?.split("-")[0] ?? "", label.value));
    }
    for (const iri of wanted) {
      const texts = found.get(iri);
      const text = texts?.get("en") ?? texts?.get("") ?? texts?.values().next().value;
      this.#known.set(iri, text === undefined ? null : { text, korean: texts?.get("ko") ?? null });
    }
    return found.size > 0;
  }
}

/** The query for the labels of some IRIs: of entities, vocabularies and articles. */
export function labelQuery(iris: readonly string[]): string {
  const values = iris.map((iri) => `<${iri}>`).join(" ");
  return `SELECT DISTINCT ?iri ?label WHERE {
  VALUES ?iri { ${values} }
  { ?iri skos:prefLabel ?label } UNION { GRAPH ?graph { ?iri skos:prefLabel|rdfs:label|dcterms:title ?label } }
}`;
}

/** Whether an IRI can stand between angle brackets in a query (SPARQL 1.1, IRIREF). */
function isSafe(iri: string): boolean {
  return /^[^<>"{}|^`\\\u0000-\u0020]+$/.test(iri);
}

/** The shortest prefixed name of an IRI, or the IRI itself. */
export function shortened(iri: string, prefixes: ReadonlyMap<string, string>): string {
  let best = "";
  let name = iri;
  for (const [prefix, namespace] of prefixes) {
    if (iri.startsWith(namespace) && namespace.length > best.length) {
      best = namespace;
      name = `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  return name;
}
