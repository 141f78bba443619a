// When something was: dates of XML Schema and of Extended Date/Time Format (ISO 8601-2:2019), as spans of time.

import type { Term } from "./answer.ts";

/** From the beginning of the first day to the end of the last one, in milliseconds since 1970; null is open. */
export interface Span {
  readonly from: number | null;
  readonly to: number | null;
  /** Whether the words say "about" or "perhaps". */
  readonly rough: boolean;
}

const POINT = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[0-9:.]+)?)?)?(?:Z|[+-]\d\d:\d\d)?([~?%]?)$/;
const DATES = /#(?:date|dateTime|gYear|gYearMonth)$|datatypes\/edtf/;
const DAY = 86_400_000;

/** The span of a date, a month, a year or an interval; null for what is none of them. */
export function spanOf(text: string): Span | null {
  const parts = text.trim().split("/");
  if (parts.length > 2) return null;
  const [first = "", last = first] = parts;
  const open = (part: string): boolean => parts.length === 2 && (part === "" || part === "..");
  const from = open(first) ? null : point(first);
  const to = open(last) ? null : point(last);
  if ((from === null && !open(first)) || (to === null && !open(last)) || (from === null && to === null)) return null;
  if (from !== null && to !== null && to.to <= from.from) return null;
  return { from: from?.from ?? null, to: to?.to ?? null, rough: Boolean(from?.rough || to?.rough) };
}

function point(text: string): { from: number; to: number; rough: boolean } | null {
  const found = POINT.exec(text);
  if (found === null) return null;
  const [, years = "", months, days, mark] = found;
  const [year, month, day] = [Number(years), Number(months ?? 1), Number(days ?? 1)];
  const from = moment(year, month, day);
  if (month < 1 || month > 12 || day < 1 || day > 31 || new Date(from).getUTCMonth() !== month - 1) return null;
  const to =
    days !== undefined ? from + DAY : months !== undefined ? moment(year, month + 1, 1) : moment(year + 1, 1, 1);
  return { from, to, rough: mark !== "" };
}

function moment(year: number, month: number, day: number): number {
  const made = new Date(Date.UTC(2000, month - 1, day));
  // A year below 100 would be taken for one of the twentieth century.
  made.setUTCFullYear(year + Math.floor((month - 1) / 12), (month - 1) % 12, day);
  return made.getTime();
}

/** The span of a term: one whose datatype is a date, or a text that is written as a date in full or an interval. */
export function spanOfTerm(term: Term | undefined): Span | null {
  if (term?.type !== "literal" || term.language !== undefined) return null;
  if (DATES.test(term.datatype ?? "")) return spanOf(term.value);
  const text = term.datatype === undefined || term.datatype.endsWith("#string");
  return text && /^-?\d{4}(?:$|[-/])/.test(term.value) ? spanOf(term.value) : null;
}

/** The years or months at which an axis has its marks, about `most` of them. */
export function marks(from: number, to: number, most = 9): { at: number; label: string }[] {
  const months = (to - from) / (30.44 * DAY);
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400].find((each) => months / each <= most) ?? 6000;
  const found: { at: number; label: string }[] = [];
  const begin = new Date(from);
  let count = Math.floor((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / step) * step;
  for (;;) {
    const at = moment(Math.floor(count / 12), (((count % 12) + 12) % 12) + 1, 1);
    if (at > to) return found;
    const year = String(Math.floor(count / 12));
    const name = new Date(at).toLocaleDateString("en", { month: "short", timeZone: "UTC" });
    if (at >= from) found.push({ at, label: step >= 12 ? year : `${name} ${year}` });
    count += step;
  }
}
