// The page of exploring, which is whole without this: a choice changes the page in its place, and the marks of the map and
// their list point at each other.

import { fetched, kept, swapped } from "./explore/swap.ts";
import { light } from "./explore/marks.ts";

const ROOT = "explore";
const waiting = "waiting";
let running: AbortController | null = null;

/** The address of what is explored that a link or form leads to, or null where it leads elsewhere. */
function within(address: string): URL | null {
  const url = new URL(address, location.href);
  const here = url.origin === location.origin && url.pathname === location.pathname;
  return here && !url.searchParams.has("format") ? url : null;
}

/** Show another address in the place of this one; where that fails, the browser goes there by itself. */
async function show(url: URL, remember: boolean, key: string | null): Promise<void> {
  running?.abort();
  const control = new AbortController();
  running = control;
  document.getElementById("result")?.classList.add(waiting);
  try {
    const page = await fetched(url, control.signal);
    if (page === null) {
      location.assign(url);
      return;
    }
    const state = kept(ROOT);
    swapped(ROOT, page, state, key);
    if (remember) history.pushState(null, "", url);
    wide();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) location.assign(url);
  } finally {
    if (running === control) running = null;
  }
}

/** Where the style cannot keep the filters in sight on a wide window, they are opened. */
function wide(): void {
  const filters = document.getElementById("filters");
  if (filters instanceof HTMLDetailsElement && matchMedia("(min-width: 64rem)").matches) filters.open = true;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(`#${ROOT} a[href]`) : null;
  if (link === null || link.getAttribute("href")?.startsWith("#")) return;
  const url = within(link.href);
  if (url === null) return;
  event.preventDefault();
  void show(url, true, link.dataset["key"] ?? null);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.closest(`#${ROOT}`) === null) return;
  const url = within(form.action);
  if (url === null) return;
  const given = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");
  url.search = new URLSearchParams(given as [string, string][]).toString();
  event.preventDefault();
  void show(url, true, null);
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement && field.id === "sort") field.form?.requestSubmit();
});

addEventListener("popstate", () => void show(new URL(location.href), false, null));
for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, light);
wide();
