// The page of queries: an editor in the place of the text field, and views in the place of the table.

import { byId, element } from "./shared/dom.ts";
import { answerOf, irisOf, type ResultsJson } from "./query/answer.ts";
import { type Answered, ask, ProblemError, type Told } from "./query/ask.ts";
import type { Terms } from "./query/completion.ts";
import { makeEditor } from "./query/editor.ts";
import { Labels } from "./query/labels.ts";
import { after, count, PAGE, paging, problem, tabs, view, viewsOf } from "./query/shown.ts";
import { type View, VIEWS, viewAsked } from "./query/views.ts";

/** What the server put into the page. */
interface Given {
  readonly release: string;
  readonly prefixes: Record<string, string>;
  readonly problem?: Told;
  readonly answer?: ResultsJson;
  readonly seconds?: number;
  readonly hint?: string | null;
  readonly labels?: Record<string, [string, string | null]>;
}

const given = JSON.parse(byId("given").textContent ?? "{}") as Given;
const field = byId("query") as HTMLTextAreaElement;
const runButton = byId("run") as HTMLButtonElement;
const [section, told, panel, below] = ["answer", "told", "view", "after"].map(byId) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];
const clock = element("span", { class: "small", "aria-hidden": "true" });
runButton.after(clock);

const labels = new Labels(new Map(Object.entries(given.prefixes)), given.labels ?? {});
let pinned = new URLSearchParams(location.search).get("release");
let wish = viewIn(location.search);
let running: AbortController | null = null;

const editor = makeEditor(byId("editor"), field.value, "SPARQL query", {
  run: () => void run(true),
  leave: () => runButton.focus(),
  change: (text) => {
    field.value = text;
    editor.mark(null);
  },
});
field.hidden = true;
document.querySelector("label[for=query]")?.addEventListener("click", () => editor.focus());
byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  if (running === null) void run(true);
  else running.abort();
});
for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-question]"))
  link.addEventListener("click", (event) => {
    const question = terms?.questions.find(({ name }) => name === link.dataset["question"]);
    if (question === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    editor.replace(question.text);
    wish = null;
    void run(true);
  });
addEventListener("popstate", () => {
  const parameters = new URLSearchParams(location.search);
  const text = parameters.get("query");
  // Another page of the history was made by the server alone.
  if (text === null) location.reload();
  else {
    pinned = parameters.get("release");
    wish = viewIn(location.search);
    editor.replace(text);
    void run(false);
  }
});

// The terms are many: they are loaded when somebody is about to write or choose.
let terms: Terms | null = null;
let teaching: Promise<void> | null = null;
for (const kind of ["focusin", "pointerover"]) byId("asking").addEventListener(kind, () => (teaching ??= teach()));

if (given.problem !== undefined) showProblem(given.problem);
else if (given.answer !== undefined)
  show(field.value, {
    answer: answerOf(given.answer),
    seconds: given.seconds ?? 0,
    hint: given.hint ?? null,
    release: given.release,
  });
else if (!section.hidden) void run(false);

async function teach(): Promise<void> {
  const response = await fetch(`/query/terms.json${pinned === null ? "" : `?release=${encodeURIComponent(pinned)}`}`);
  // Without them the editor proposes nothing, and all else works.
  if (!response.ok) return;
  terms = (await response.json()) as Terms;
  editor.teach(terms);
}

/** Ask what stands in the editor; `remember` puts it into the history of the browser. */
async function run(remember: boolean): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const query = editor.text;
  editor.mark(null);
  if (remember) history.pushState(null, "", address(query, wish));
  section.hidden = false;
  runButton.textContent = "Cancel";
  told.replaceChildren(element("p", { class: "count" }, "Asking …"));
  panel.setAttribute("aria-busy", "true");
  const began = performance.now();
  const timer = setInterval(() => (clock.textContent = `${((performance.now() - began) / 1000).toFixed(1)} s`), 100);
  try {
    const answered = await ask(query, pinned, mine.signal);
    if (running === mine) show(query, answered);
  } catch (error) {
    if (running !== mine) return;
    if (error instanceof ProblemError) showProblem(error.problem);
    else if (mine.signal.aborted) showCancelled();
    else throw error;
  } finally {
    clearInterval(timer);
    if (running === mine) {
      running = null;
      runButton.textContent = "Run";
      clock.textContent = "";
      panel.removeAttribute("aria-busy");
    }
  }
}

function showCancelled(): void {
  told.replaceChildren(element("p", { class: "count" }, "Cancelled: the server has given the query up."));
  panel.replaceChildren();
  below.replaceChildren();
}

function showProblem(found: Told): void {
  const place = found.line === undefined ? null : { line: found.line, column: found.column ?? 1, detail: found.detail };
  editor.mark(place);
  const goTo = (): void => {
    editor.mark(place);
    editor.focus();
  };
  told.replaceChildren(problem(found, place === null ? null : goTo));
  panel.replaceChildren();
  below.replaceChildren();
}

/** Show an answer in the view that is wished for, else in the one that the query asks for, else as a table. */
function show(query: string, answered: Answered): void {
  const { answer, hint } = answered;
  told.replaceChildren(count(answered));
  if (hint !== null) told.append(element("p", { class: "aside" }, hint));
  const asked = viewAsked(query);
  const views = viewsOf(answer, asked?.columns ?? []);
  const looking = new AbortController();
  let page = 0;
  let chosen: View = wish ?? asked?.view ?? "table";

  const choose = (next: View): void => {
    chosen = wish = next;
    history.replaceState(null, "", address(query, next === (asked?.view ?? "table") ? null : next));
    render();
  };
  const render = (): void => {
    const bar =
      views.length > 1 || (views.length > 0 && chosen !== "table")
        ? tabs(offered(views, chosen), chosen, "view", choose)
        : null;
    const place = byId("tabs");
    const focused = place.contains(document.activeElement);
    place.replaceChildren(...(bar === null ? [] : [bar]));
    if (focused) byId(`tab-${chosen}`).focus();
    panel.setAttribute("role", bar === null ? "group" : "tabpanel");
    panel.setAttribute("aria-labelledby", bar === null ? "answer-head" : `tab-${chosen}`);
    below.replaceChildren(...after(query, answered, pinned, chosen));
    draw();
  };
  const draw = (): void => {
    if (answer.truth !== undefined)
      panel.replaceChildren(element("p", { class: "truth" }, answer.truth ? "Yes" : "No"));
    else if (answer.rows.length === 0)
      panel.replaceChildren(element("p", {}, "Nothing in this release fits the query."));
    else if (chosen === "map") void drawMap();
    else {
      const parts = [view(chosen, answer, labels, asked?.columns ?? [], page)];
      const turning = chosen === "table" ? paging(answer, page, turn) : null;
      panel.replaceChildren(...parts, ...(turning === null ? [] : [turning]));
      void learn();
    }
  };
  const turn = (next: number): void => {
    page = next;
    draw();
    section.scrollIntoView();
  };
  const learn = async (): Promise<void> => {
    const rows = chosen === "table" ? answer.rows.slice(page * PAGE, (page + 1) * PAGE) : answer.rows;
    if (await quietly(labels.learn(irisOf(rows), pinned, looking.signal))) draw();
  };
  const drawMap = async (): Promise<void> => {
    panel.replaceChildren(element("p", {}, "Drawing the map …"));
    const [{ map }, { findPlaces }] = await Promise.all([import("./query/map.ts"), import("./query/places.ts")]);
    try {
      const found = await findPlaces(answer, pinned, looking.signal);
      const places = [...found.places.values()].flat().map(({ iri }) => iri);
      await labels.learn(
        [...irisOf(answer.rows), ...places, ...[...found.fronts.values()].flat()],
        pinned,
        looking.signal,
      );
      const made = await map(answer, found, labels, panel.dataset["map"] ?? "", looking.signal);
      if (chosen === "map" && byId("view") === panel) panel.replaceChildren(made);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      panel.replaceChildren(problem(error.problem, null));
    }
  };
  render();
}

/** The tabs: what the answer has, and what was asked for though it has not. */
function offered(views: readonly View[], chosen: View): View[] {
  return VIEWS.filter((name) => views.includes(name) || name === chosen);
}

/** Whether labels were learnt; that they cannot be is no reason to show no rows. */
async function quietly(learning: Promise<boolean>): Promise<boolean> {
  try {
    return await learning;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

function address(query: string, chosen: View | null): string {
  const parameters = new URLSearchParams({ query });
  if (pinned !== null) parameters.set("release", pinned);
  if (chosen !== null) parameters.set("view", chosen);
  return `/query?${parameters}`;
}

function viewIn(search: string): View | null {
  const named = new URLSearchParams(search).get("view");
  return VIEWS.find((name) => name === named) ?? null;
}
