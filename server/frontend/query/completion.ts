// What the editor proposes: prefixes, the terms of ontology and vocabularies, variables, keywords.

export interface TermInfo {
  readonly name: string;
  readonly kind: "class" | "property" | "concept";
  readonly label?: string;
  readonly note?: string;
  readonly count?: number;
}

export interface Terms {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly TermInfo[];
  readonly questions: readonly { name: string; title: string; text: string }[];
}

export interface Proposal {
  readonly label: string;
  readonly type: string;
  readonly detail?: string;
  readonly info?: string;
  readonly boost?: number;
}

const KEYWORDS = (
  "SELECT DISTINCT CONSTRUCT DESCRIBE ASK WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND AS VALUES UNDEF " +
  "GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET PREFIX BASE EXISTS NOT IN COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT " +
  "STR LANG LANGMATCHES DATATYPE BOUND IF COALESCE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLEN SUBSTR " +
  "REPLACE REGEX CONCAT YEAR MONTH DAY ABS ROUND CEIL FLOOR LCASE UCASE"
).split(" ");

const TYPES = { class: "class", property: "property", concept: "constant" } as const;

/** What a place in a query asks for.
 *
 * @param line - the text of the line before the place
 * @returns where the word begins in it, and which kind of term fits best; null where nothing is to be proposed
 */
export function wanted(line: string): { from: number; kind: TermInfo["kind"] | "variable" | null } | null {
  const word = /[?$]\w*$|<[^<>\s]*$|[\w-]*:?[\w-]*$/.exec(line);
  const from = word?.index ?? line.length;
  const before = line.slice(0, from);
  if (quotes(before)) return null;
  if (line[from] === "?" || line[from] === "$") return { from, kind: "variable" };
  if (/(?:^|\s)(?:a|rdf:type)\s+$/.test(before)) return { from, kind: "class" };
  if (/(?:^|[.{;]|\})\s*(?:(?:[?$]\w+|<[^>]*>|[\w-]*:[^\s;.]*)\s+)?$/.test(before) && /[?$:>;]/.test(before))
    return { from, kind: "property" };
  return { from, kind: null };
}

/** Whether a place stands inside a string or a comment. */
function quotes(before: string): boolean {
  let quote = "";
  let inIri = false;
  for (let at = 0; at < before.length; at += 1) {
    const mark = before[at] ?? "";
    if (quote !== "") {
      if (mark === "\\") at += 1;
      else if (mark === quote) quote = "";
    } else if (inIri) inIri = mark !== ">" && !/\s/.test(mark);
    else if (mark === '"' || mark === "'") quote = mark;
    else if (mark === "<") inIri = true;
    else if (mark === "#") return true;
  }
  return quote !== "";
}

/** What is proposed for a kind of term; the better what fits, the more the release holds of it. */
export function proposals(terms: Terms, kind: TermInfo["kind"] | null): Proposal[] {
  const found: Proposal[] = terms.terms.map((term) => ({
    label: term.name,
    type: TYPES[term.kind],
    ...(term.label === undefined ? {} : { detail: term.label }),
    ...(term.note === undefined ? {} : { info: told(term) }),
    boost: (term.kind === kind ? 50 : 0) + Math.min(Math.log10((term.count ?? 0) + 1) * 5, 40),
  }));
  for (const [prefix, namespace] of Object.entries(terms.prefixes))
    found.push({ label: `${prefix}:`, type: "namespace", detail: namespace, boost: -10 });
  for (const word of KEYWORDS) found.push({ label: word, type: "keyword", boost: -20 });
  return found;
}

function told(term: TermInfo): string {
  return term.count === undefined ? (term.note ?? "") : `${term.note ?? ""} (${term.count.toLocaleString("en")} times)`;
}

/** The variables of a query, each once. */
export function variables(query: string): Proposal[] {
  const names = new Set([...query.matchAll(/[?$](\w+)/g)].map((found) => `?${found[1]}`));
  return [...names].map((label) => ({ label, type: "variable" }));
}
