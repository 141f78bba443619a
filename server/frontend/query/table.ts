// The answer as a table, a page of it at a time, with labels in the place of IRIs.

import { element } from "../shared/dom.ts";
import { linkTo } from "../shared/links.ts";
import { type Answer, numberOf, type Row, type Term } from "./answer.ts";
import type { Labels } from "./labels.ts";
import { spanOfTerm } from "./time.ts";

/** A term as people read it; its IRI, language or datatype stands in the title. */
export function shown(term: Term | undefined, labels: Labels): HTMLElement {
  if (term === undefined) return element("span", { class: "unbound", title: "not bound" }, "–");
  if (term.type === "uri") {
    const label = labels.of(term.value);
    const link = linkTo(term.value, label.text);
    if (label.korean === null) return link;
    return element("span", {}, link, " ", element("span", { class: "korean", lang: "ko" }, label.korean));
  }
  if (term.type !== "literal") return element("code", {}, term.type === "bnode" ? `_:${term.value}` : term.value);
  if (term.language !== undefined) return element("span", { lang: term.language }, term.value);
  const datatype = term.datatype ?? "";
  const named = datatype === "" || datatype.endsWith("#string") ? {} : { title: datatype.replace(/^.*[#/]/, "") };
  return element("span", named, term.value);
}

/** A term as one line of text. */
export function textOf(term: Term | undefined, labels: Labels): string {
  if (term === undefined) return "–";
  return term.type === "uri" ? labels.of(term.value).text : term.value;
}

/** The table of some rows. */
export function table(answer: Answer, rows: readonly Row[], labels: Labels, named: string): HTMLElement {
  const numbers = answer.variables.map((_name, at) => rows.some((row) => numberOf(row[at]) !== null));
  const right = (at: number): Record<string, string> => (numbers[at] ? { class: "number" } : {});
  const kind = (term: Term | undefined, at: number): Record<string, string> =>
    spanOfTerm(term) === null ? right(at) : { class: "date" };
  const head = answer.variables.map((name, at) => element("th", { scope: "col", ...right(at) }, name));
  const body = rows.map((row) =>
    element("tr", {}, ...row.map((term, at) => element("td", kind(term, at), shown(term, labels)))),
  );
  const made = element("table", { class: "results" }, element("thead", {}, element("tr", {}, ...head)));
  made.append(element("tbody", {}, ...body));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": named }, made);
}
