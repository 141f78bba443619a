// What stands below the editor: the problem or the count, the tabs, the view that is chosen, downloads and snippets.

import { element } from "../shared/dom.ts";
import { linkTo } from "../shared/links.ts";
import { citation, download, formats, permalink } from "./addresses.ts";
import { type Answer, irisOf } from "./answer.ts";
import type { Answered, Told } from "./ask.ts";
import { chart, timeline } from "./bars.ts";
import type { Labels } from "./labels.ts";
import { snippetsOf } from "./snippets.ts";
import { table } from "./table.ts";
import { chartOf, geometriesOf, timelineOf, type View, viewAsked } from "./views.ts";

/** As many rows stand on a page of the table. */
export const PAGE = 100;

const NAMES: Readonly<Record<View, string>> = { table: "Table", timeline: "Timeline", map: "Map", chart: "Chart" };

/** The views that an answer has. */
export function viewsOf(answer: Answer, asked: readonly string[]): View[] {
  if (answer.truth !== undefined || answer.rows.length === 0) return [];
  const found: View[] = ["table"];
  if (timelineOf(answer, asked) !== null) found.push("timeline");
  const placed = /^https:\/\/w3id\.org\/crossings\/(?:id\/|vocabulary\/front#)/;
  if (geometriesOf(answer).length > 0 || irisOf(answer.rows).some((iri) => placed.test(iri))) found.push("map");
  if (chartOf(answer, asked) !== null) found.push("chart");
  return found;
}

/** How many rows came in what time, of which release. */
export function count(answered: Answered): HTMLElement {
  const { answer, seconds, release } = answered;
  const what = answer.graph ? "triple" : "row";
  const rows = answer.rows.length;
  const words = answer.truth === undefined ? `${rows.toLocaleString("en")} ${rows === 1 ? what : `${what}s`} ` : "";
  const time = seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
  const small = element("span", { class: "small" }, `${time} · release `, element("code", {}, release ?? ""));
  return element("p", { class: "count" }, words, small);
}

/** A problem, with the line of the query where it stands. */
export function problem(told: Told, goTo: (() => void) | null): HTMLElement {
  const made = element("div", { class: "aside problem" });
  made.append(element("p", {}, element("strong", {}, `${told.title}.`), ` ${told.detail}`));
  if (told.snippet !== undefined) made.append(element("pre", {}, told.snippet));
  if (goTo !== null && told.line !== undefined) {
    const button = element("button", { type: "button", class: "quiet" }, `Go to line ${told.line}`);
    button.addEventListener("click", goTo);
    made.append(element("p", {}, button));
  }
  return made;
}

/** The tabs of the views. */
export function tabs(views: readonly View[], chosen: View, panel: string, choose: (view: View) => void): HTMLElement {
  const made = element("div", { role: "tablist", class: "tabs", "aria-label": "Views of the answer" });
  for (const view of views) {
    const selected = view === chosen;
    const tab = element(
      "button",
      { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": panel },
      NAMES[view],
    );
    tab.setAttribute("aria-selected", String(selected));
    tab.tabIndex = selected ? 0 : -1;
    tab.addEventListener("click", () => choose(view));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step === undefined ? undefined : views[(views.indexOf(view) + step + views.length) % views.length];
      if (next === undefined) return;
      event.preventDefault();
      choose(next);
    });
    made.append(tab);
  }
  return made;
}

/** A view other than the map, which needs more than the answer. */
export function view(
  name: Exclude<View, "map">,
  answer: Answer,
  labels: Labels,
  asked: readonly string[],
  page: number,
): HTMLElement {
  const bars = name === "timeline" ? timelineOf(answer, asked) : name === "chart" ? chartOf(answer, asked) : null;
  if (bars !== null) return name === "timeline" ? timeline(answer, bars, labels) : chart(answer, bars, labels);
  if (name !== "table") {
    const lacking = name === "timeline" ? "column of dates" : "column of numbers";
    return element("p", {}, `The answer has no ${lacking}, so there is no ${name}.`);
  }
  return table(answer, answer.rows.slice(page * PAGE, (page + 1) * PAGE), labels, "answer-head");
}

/** Links to the other pages of the table. */
export function paging(answer: Answer, page: number, turn: (page: number) => void): HTMLElement | null {
  const pages = Math.ceil(answer.rows.length / PAGE);
  if (pages < 2) return null;
  const button = (words: string, to: number): HTMLButtonElement => {
    const made = element("button", { type: "button", class: "quiet" }, words);
    made.disabled = to < 0 || to >= pages;
    made.addEventListener("click", () => turn(to));
    return made;
  };
  const last = Math.min((page + 1) * PAGE, answer.rows.length);
  const where = `Rows ${(page * PAGE + 1).toLocaleString("en")}–${last.toLocaleString("en")} of ${answer.rows.length.toLocaleString("en")}`;
  const parts = [button("Previous", page - 1), element("span", {}, where), button("Next", page + 1)];
  return element("nav", { class: "paging", "aria-label": "Pages of the answer" }, ...parts);
}

/** Downloads, the permalink and the snippets of a query that was answered. */
export function after(query: string, answered: Answered, pinned: string | null, chosen: View): HTMLElement[] {
  const { answer, release } = answered;
  const graph = answer.graph === true && /\b(?:construct|describe)\b/i.test(query);
  const downloads = element("p", { class: "actions" }, "Download all of it:");
  for (const [name, title] of formats(graph, answer.truth !== undefined))
    downloads.append(element("a", { href: download(query, name, pinned), download: `crossings.${name}` }, title));
  const asked = viewAsked(query)?.view ?? "table";
  const address = permalink(location.origin, query, release, chosen === asked ? null : chosen);
  const copy = copying("Copy permalink", () => address);
  const link = linkTo(address, "Permalink");
  link.title = "This query on this release, for ever the same answer";
  downloads.append(element("span", { class: "permalink" }, link, " ", copy));
  downloads.append(element("a", { href: citation(query, release), rel: "nofollow" }, "Cite"));
  const snippets = snippetsOf(query, `${location.origin}/sparql`, release ?? "", graph).map(({ title, text }) =>
    element(
      "details",
      {},
      element("summary", {}, title),
      element("pre", { tabindex: "0" }, text),
      copying("Copy", () => text),
    ),
  );
  return [downloads, element("div", { class: "snippets" }, element("h3", {}, "This query in a program"), ...snippets)];
}

/** A button that copies a text, and says so. */
function copying(words: string, text: () => string): HTMLButtonElement {
  const button = element("button", { type: "button", class: "quiet" }, words);
  button.addEventListener("click", () => {
    // Without a secure connection a browser has no clipboard for pages.
    const copied = navigator.clipboard?.writeText(text()) ?? Promise.reject(new Error("no clipboard"));
    copied.then(
      () => (button.textContent = "Copied"),
      () => (button.textContent = "Not copied: the browser does not allow it"),
    );
    setTimeout(() => (button.textContent = words), 2500);
  });
  return button;
}
