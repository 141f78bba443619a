// Which views an answer has, which of its columns each shows, and which one the query asks for.

import { type Answer, numberOf, type Term } from "./answer.ts";
import { type Span, spanOfTerm } from "./time.ts";
import { shapeOf } from "./geometry.ts";

export const VIEWS = ["table", "timeline", "map", "chart"] as const;
export type View = (typeof VIEWS)[number];

/** The comment that asks for a view, such as `#view:chart ?year ?incidents`: the view, and the columns it names. */
export function viewAsked(query: string): { view: View; columns: string[] } | null {
  const found = /^[ \t]*#[ \t]*view:[ \t]*([a-z]+)((?:[ \t]+\??\w+)*)[ \t]*$/im.exec(query);
  const view = VIEWS.find((name) => name === found?.[1]?.toLowerCase());
  if (view === undefined) return null;
  return { view, columns: (found?.[2] ?? "").split(/[ \t?]+/).filter((name) => name !== "") };
}

/** A bar of the timeline or chart: the column that names it, and where it begins and ends. */
export interface Bars {
  readonly names: readonly number[];
  readonly from: number;
  readonly to: number;
}

const BEGINS = /(?:^|_)(?:from|start|begin|earliest|after)|(?:Start|From|Earliest|Begin)$/;
const ENDS = /(?:^|_)(?:to|end|until|latest|before)$|(?:End|To|Latest)$/;
const LEAST = /least|lower|min/i;
const MOST = /most|upper|max/i;
const CALENDAR = /(?:^|_)(?:year|month|day)$|(?:Year|Month|Day)$/;

/** The columns of the timeline: one with dates or intervals, or one with the beginning and one with the end. */
export function timelineOf(answer: Answer, named: readonly string[] = []): Bars | null {
  const dated = columns(answer, (term) => spanOfTerm(term) !== null);
  return bars(answer, named, dated, BEGINS, ENDS);
}

/** The columns of the chart: one with numbers, or one with the least and one with the greatest. */
export function chartOf(answer: Answer, named: readonly string[] = []): Bars | null {
  const [first = "", ...rest] = named;
  // Of several columns the first one names the bars, be it a year; a year counts nothing either where none is named.
  const names = rest.length > 0 && !LEAST.test(first) ? [first] : [];
  const numbers = columns(answer, (term) => numberOf(term) !== null).filter((at) => {
    const name = answer.variables[at] ?? "";
    return !names.includes(name) && (named.includes(name) || !CALENDAR.test(name));
  });
  return bars(answer, named, numbers, LEAST, MOST);
}

/** The columns that hold a geometry as WKT. */
export function geometriesOf(answer: Answer): number[] {
  return columns(answer, (term) => term.type === "literal" && shapeOf(term.value) !== null);
}

/** The span of a row between two of its columns. */
export function spanBetween(row: readonly (Term | undefined)[], from: number, to: number): Span | null {
  const [first, last] = [spanOfTerm(row[from]), spanOfTerm(row[to])];
  if (from === to || last === null) return first;
  if (first === null) return last;
  return { from: first.from, to: last.to, rough: first.rough || last.rough };
}

function bars(
  answer: Answer,
  named: readonly string[],
  fitting: readonly number[],
  begins: RegExp,
  ends: RegExp,
): Bars | null {
  const asked = named.map((name) => answer.variables.indexOf(name)).filter((at) => at >= 0);
  const measures = asked.filter((at) => fitting.includes(at));
  const name = (at: number): string => answer.variables[at] ?? "";
  const chosen = measures.length > 0 ? measures : fitting;
  const from = chosen.find((at) => begins.test(name(at)));
  const to = chosen.find((at) => ends.test(name(at)) && at !== from);
  const first = chosen[0];
  if (first === undefined) return null;
  const pair =
    from !== undefined && to !== undefined ? [from, to] : measures.length > 1 ? measures.slice(0, 2) : [first, first];
  const [begin = first, end = begin] = pair;
  const words = asked.filter((at) => !fitting.includes(at));
  const others = answer.variables.map((_name, at) => at).filter((at) => !fitting.includes(at));
  return { names: words.length > 0 ? words : naming(answer, others), from: begin, to: end };
}

/** What names a row: its first label or IRI, and a second column where the first repeats. */
function naming(answer: Answer, others: readonly number[]): number[] {
  const found: number[] = [];
  for (const at of others.slice(0, 3)) {
    found.push(at);
    const seen = new Set(answer.rows.map((row) => found.map((column) => row[column]?.value ?? "").join("\0")));
    if (seen.size === answer.rows.length) break;
  }
  return found;
}

/** The columns of which every bound cell fits, and one at least is bound. */
function columns(answer: Answer, fits: (term: Term) => boolean): number[] {
  return answer.variables
    .map((_name, at) => at)
    .filter((at) => {
      const bound = answer.rows.map((row) => row[at]).filter((term) => term !== undefined);
      return bound.length > 0 && bound.every(fits);
    });
}
