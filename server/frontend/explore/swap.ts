// Puts a part of a fetched page in the place of the same part of this one, and keeps what the reader had open.

/** What of the page outlasts a change: which details are open, by their summaries' places. */
export interface Kept {
  readonly open: ReadonlySet<string>;
}

/** The page at an address, or null where it is none. */
export async function fetched(url: URL, signal: AbortSignal): Promise<Document | null> {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, signal });
  const html = answer.headers.get("Content-Type")?.startsWith("text/html") ?? false;
  // A document that is parsed so runs no script and loads nothing.
  return answer.ok && html ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

/** The heading that details stand below, or their own id. */
function nameOf(details: HTMLDetailsElement): string {
  return details.id || (details.closest("section")?.getAttribute("aria-labelledby") ?? "");
}

/** What is open now. */
export function kept(root: string): Kept {
  const open = document.querySelectorAll<HTMLDetailsElement>(`#${root} .filters, #${root} .facets details`);
  return { open: new Set([...open].filter((details) => details.open).map(nameOf)) };
}

/**
 * Change the part with an id for that of another page. The focus stays on the same choice (by its `data-key`), else it
 * goes to the count, which a screen reader then says.
 */
export function swapped(root: string, page: Document, state: Kept, key: string | null): void {
  const [now, next] = [document.getElementById(root), page.getElementById(root)];
  if (now === null || next === null) throw new Error(`the page has no element #${root}`);
  const made = document.adoptNode(next);
  for (const details of made.querySelectorAll<HTMLDetailsElement>(".filters, .facets details"))
    details.open ||= state.open.has(nameOf(details));
  now.replaceWith(made);
  document.title = page.title;
  const choices = [...made.querySelectorAll<HTMLElement>("[data-key]")];
  const focus = choices.find((choice) => key !== null && choice.dataset["key"] === key);
  (focus ?? document.getElementById("count"))?.focus({ preventScroll: true });
}
