// What a query answers: rows of terms, or yes or no.

/** A term, as SPARQL 1.1 Query Results JSON has it. */
export interface Term {
  readonly type: "uri" | "bnode" | "literal" | "triple";
  readonly value: string;
  readonly language?: string;
  readonly datatype?: string;
}

export type Row = readonly (Term | undefined)[];

export interface Answer {
  readonly variables: readonly string[];
  readonly rows: readonly Row[];
  /** What ASK answers. */
  readonly truth?: boolean;
  /** Whether the rows are triples. */
  readonly graph?: boolean;
}

interface JsonTerm {
  type: string;
  value: unknown;
  "xml:lang"?: string;
  datatype?: string;
}

export interface ResultsJson {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, JsonTerm | undefined>[] };
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  [
    "integer",
    "decimal",
    "double",
    "float",
    "int",
    "long",
    "short",
    "byte",
    "nonNegativeInteger",
    "positiveInteger",
  ].map((name) => XSD + name),
);

/** The answer in a document of SPARQL 1.1 Query Results JSON. */
export function answerOf(document: ResultsJson): Answer {
  if (document.boolean !== undefined) return { variables: [], rows: [], truth: document.boolean };
  const variables = document.head.vars ?? [];
  const rows = (document.results?.bindings ?? []).map((binding) => variables.map((name) => termOf(binding[name])));
  return { variables, rows, graph: variables.join(" ") === "subject predicate object" };
}

function termOf(told: JsonTerm | undefined): Term | undefined {
  if (told === undefined) return undefined;
  if (told.type === "triple") return { type: "triple", value: tripleText(told.value as Record<string, JsonTerm>) };
  const type = told.type === "uri" || told.type === "bnode" ? told.type : "literal";
  return {
    type,
    value: String(told.value),
    ...(told["xml:lang"] === undefined ? {} : { language: told["xml:lang"] }),
    ...(told.datatype === undefined ? {} : { datatype: told.datatype }),
  };
}

function tripleText(parts: Record<string, JsonTerm>): string {
  const texts = ["subject", "predicate", "object"].map((name) => termOf(parts[name])?.value ?? "");
  return `<<( ${texts.join(" ")} )>>`;
}

const TRIPLE =
  /^(?:<([^>]*)>|_:(\S+)) <([^>]*)> (?:<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?) \.$/;
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** The triples of a document of N-Triples (W3C, 2014), as rows; a line that holds a triple term is given as text. */
export function triplesOf(text: string): Answer {
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const found = TRIPLE.exec(line);
    if (found === null) {
      rows.push([{ type: "triple", value: line }, undefined, undefined]);
      continue;
    }
    const [, iri, node, predicate = "", objectIri, objectNode, literal, language, datatype] = found;
    const object: Term =
      objectIri !== undefined
        ? { type: "uri", value: unescaped(objectIri) }
        : objectNode !== undefined
          ? { type: "bnode", value: objectNode }
          : {
              type: "literal",
              value: unescaped(literal ?? ""),
              ...(language === undefined ? {} : { language }),
              ...(datatype === undefined ? {} : { datatype: unescaped(datatype) }),
            };
    const subject: Term =
      iri !== undefined ? { type: "uri", value: unescaped(iri) } : { type: "bnode", value: node ?? "" };
    rows.push([subject, { type: "uri", value: unescaped(predicate) }, object]);
  }
  return { variables: ["subject", "predicate", "object"], rows, graph: true };
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (_all, four, eight, mark: string) => {
    const code = four ?? eight;
    return code === undefined ? (ESCAPES[mark] ?? mark) : String.fromCodePoint(Number.parseInt(code, 16));
  });
}

/** The number that a term is, or null. */
export function numberOf(term: Term | undefined): number | null {
  if (term?.type !== "literal" || !NUMBERS.has(term.datatype ?? "")) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

/** The IRIs in some rows. */
export function irisOf(rows: readonly Row[]): string[] {
  const found = new Set<string>();
  for (const row of rows) for (const term of row) if (term?.type === "uri") found.add(term.value);
  return [...found];
}
