// The marks of a map and the entries of its list light up together.

/** Light up what belongs to the mark that the pointer or the focus is on, and nothing else. */
export function light(event: Event): void {
  const target = event.target instanceof Element ? event.target : null;
  const number = target?.closest<HTMLElement | SVGElement>("[data-mark]")?.dataset["mark"];
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (number === undefined) return;
  for (const same of document.querySelectorAll<HTMLElement | SVGElement>("[data-mark]"))
    if (same.dataset["mark"] === number) same.classList.add("lit");
}
