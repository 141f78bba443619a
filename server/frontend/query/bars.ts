// The timeline and the chart: a row a bar, as text and a track, so that they are read as well as seen.

import { element, narrow } from "../shared/dom.ts";
import { type Answer, numberOf, type Row } from "./answer.ts";
import type { Labels } from "./labels.ts";
import { shown } from "./table.ts";
import { marks, type Span } from "./time.ts";
import { type Bars, spanBetween } from "./views.ts";

/** More bars are not drawn; the table has all. */
export const MOST = 300;

/** The rows that the timeline draws, the earliest first, and how many have no date. */
export function timelineRows(answer: Answer, bars: Bars): { dated: { row: Row; span: Span }[]; undated: number } {
  const dated = answer.rows.flatMap((row) => {
    const span = spanBetween(row, bars.from, bars.to);
    return span === null ? [] : [{ row, span }];
  });
  dated.sort(
    (a, b) =>
      (a.span.from ?? -Infinity) - (b.span.from ?? -Infinity) || (a.span.to ?? Infinity) - (b.span.to ?? Infinity),
  );
  return { dated, undated: answer.rows.length - dated.length };
}

/** The timeline: an interval is a bar as long as it is, and a day is a short one. */
export function timeline(answer: Answer, bars: Bars, labels: Labels): HTMLElement {
  const { dated, undated } = timelineRows(answer, bars);
  const ends = dated.flatMap(({ span }) => [span.from, span.to]).filter((end) => end !== null);
  const first = ends.reduce((a, b) => Math.min(a, b), Infinity);
  const last = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  const pad = Math.max((last - first) * 0.02, 86_400_000);
  const [from, to] = [first - pad, last + pad];
  const share = (at: number): number => ((at - from) / (to - from)) * 100;
  const axis = element("div", { class: "axis", "aria-hidden": "true" });
  for (const { at, label } of marks(from, to, narrow() ? 4 : 9)) {
    // There a label would stand beyond the edge.
    if (share(at) > (narrow() ? 80 : 92)) continue;
    const mark = element("span", {}, label);
    mark.style.left = `${share(at)}%`;
    axis.append(mark);
  }
  const rows = dated.slice(0, MOST).map(({ row, span }) => {
    const bar = element("span", { class: span.rough ? "bar rough" : "bar" });
    bar.style.left = `${share(span.from ?? from)}%`;
    bar.style.width = `${share(span.to ?? to) - share(span.from ?? from)}%`;
    if (span.from === null) bar.classList.add("open-start");
    if (span.to === null) bar.classList.add("open-end");
    const when = bars.from === bars.to ? [bars.from] : [bars.from, bars.to];
    const words = when
      .map((at) => row[at]?.value)
      .filter((word, at, all) => word !== undefined && all.indexOf(word) === at);
    return line(row, bars, labels, bar, words.join(" – "));
  });
  const list = element("ol", { class: "bars timeline" }, ...rows);
  return element("div", { class: "drawing" }, axis, list, ...left(dated.length, undated, "date"));
}

/** The chart: a number is a bar from nothing, a range one from the least to the greatest. */
export function chart(answer: Answer, bars: Bars, labels: Labels): HTMLElement {
  const counted = answer.rows.flatMap((row) => {
    const [least, most] = [numberOf(row[bars.from]), numberOf(row[bars.to])];
    return least === null && most === null ? [] : [{ row, least: least ?? most ?? 0, most: most ?? least ?? 0 }];
  });
  const ranged = bars.from !== bars.to;
  const low = counted.reduce((sum, { least, most }) => Math.min(sum, least, most), 0);
  const high = counted.reduce((sum, { least, most }) => Math.max(sum, least, most), 0) || 1;
  const share = (value: number): number => ((value - low) / (high - low)) * 100;
  const rows = counted.slice(0, MOST).map(({ row, least, most }) => {
    const bar = element("span", { class: "bar" });
    const [begin, end] = ranged ? [least, most] : [Math.min(0, least), Math.max(0, least)];
    bar.style.left = `${share(begin)}%`;
    bar.style.width = `${share(end) - share(begin)}%`;
    const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 6 });
    return line(row, bars, labels, bar, least === most ? number(least) : `${number(least)}–${number(most)}`);
  });
  const what = [...new Set([bars.from, bars.to])].map((at) => answer.variables[at]).join(" to ");
  const list = element("ol", { class: "bars chart" }, ...rows);
  const head = element("p", { class: "small" }, `Bars: ${what}`);
  return element(
    "div",
    { class: "drawing" },
    head,
    list,
    ...left(counted.length, answer.rows.length - counted.length, "number"),
  );
}

function line(row: Row, bars: Bars, labels: Labels, bar: HTMLElement, value: string): HTMLElement {
  const names = bars.names.flatMap((at, place) =>
    place === 0 ? [shown(row[at], labels)] : [" · ", shown(row[at], labels)],
  );
  return element(
    "li",
    {},
    element("span", { class: "name" }, ...names),
    element("span", { class: "track", "aria-hidden": "true" }, bar),
    element("span", { class: "value" }, value),
  );
}

function left(drawnRows: number, without: number, what: string): HTMLElement[] {
  const told: string[] = [];
  if (drawnRows > MOST)
    told.push(`The first ${MOST} of ${drawnRows.toLocaleString("en")} rows are drawn; the table has all.`);
  if (without > 0)
    told.push(
      `${without.toLocaleString("en")} ${without === 1 ? "row has" : "rows have"} no ${what} and ${without === 1 ? "stands" : "stand"} in the table alone.`,
    );
  return told.map((text) => element("p", { class: "small" }, text));
}
