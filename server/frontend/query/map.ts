// The map: coasts and borders of Natural Earth, the marks of an answer, and the list of what they stand for.

import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { drawn, element } from "../shared/dom.ts";
import type { Answer, Row } from "./answer.ts";
import { Frame, type Point } from "./geometry.ts";
import type { Labels } from "./labels.ts";
import { type Found, type Mark, marksOf } from "./places.ts";
import { shown } from "./table.ts";

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

const ORDER = { area: 0, stretch: 1, dot: 2 } as const;

/** Draw the map of an answer.
 *
 * @param answer - the rows
 * @param found - where they are
 * @param labels - what they are called
 * @param address - the address of the countries as TopoJSON
 */
export async function map(
  answer: Answer,
  found: Found,
  labels: Labels,
  address: string,
  signal: AbortSignal,
): Promise<HTMLElement> {
  const { marks, nowhere } = marksOf(answer, found);
  const without = answer.rows.length - nowhere.length === 0;
  if (without) return element("p", {}, "No row has a place: no geometry, and nothing with one.");
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`the map cannot be loaded (${response.status}): load the page again`);
  const world = (await response.json()) as World;
  marks.sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || b.rows.length - a.rows.length);
  const frame = new Frame([...marks.flatMap((mark) => mark.points), ...found.border]);
  const title = `Map of ${marks.length} ${marks.length === 1 ? "place" : "places"}; the list below says the same`;
  const svg = drawn("svg", { viewBox: `0 0 ${frame.width} ${frame.height}`, role: "img", class: "map" });
  svg.append(drawn("title", {}, title), drawn("rect", { class: "sea", width: frame.width, height: frame.height }));
  svg.append(drawn("path", { class: "land", d: land(world, frame) }));
  svg.append(drawn("path", { class: "borders", d: borders(world, frame) }));
  if (found.border.length > 1) svg.append(drawn("path", { class: "border-line", d: frame.path(found.border) }));
  const numbered = [...marks].sort((a, b) => b.rows.length - a.rows.length);
  for (const mark of marks) svg.append(...drawnMark(mark, numbered.indexOf(mark) + 1, frame));
  const items = numbered.map((mark) => element("li", {}, placeName(mark, labels), list(mark.rows, labels)));
  const legend = element("ol", { class: "places" }, ...items);
  const made = element("div", { class: "drawing" }, element("div", { class: "mapframe" }, svg), legend);
  if (nowhere.length > 0) {
    const text = `${nowhere.length} of ${answer.rows.length} rows have no place and stand in the table alone.`;
    made.append(element("p", { class: "small" }, text));
  }
  made.append(element("p", { class: "small" }, "Coasts and borders: Natural Earth, public domain."));
  return made;
}

function drawnMark(mark: Mark, number: number, frame: Frame): SVGElement[] {
  if (mark.kind === "stretch") {
    const middle = mark.points[Math.floor(mark.points.length / 2)] ?? [0, 0];
    return [drawn("path", { class: "stretch", d: frame.path(mark.points) }), ...badge(frame.at(middle), number)];
  }
  const at = frame.at(mark.points[0] ?? [0, 0]);
  const radius = frame.units(mark.precision ?? 0);
  const circle = drawn("circle", { class: "area", cx: at[0], cy: at[1], r: Math.max(radius, 1) });
  if (mark.kind === "area") return [circle, ...badge(at, number)];
  const rings = radius > 8 ? [circle] : [];
  return [
    ...rings,
    drawn("circle", { class: "dot", cx: at[0], cy: at[1], r: 5 }),
    ...badge([at[0] + 14, at[1] - 12], number),
  ];
}

function badge([x, y]: Point, number: number): SVGElement[] {
  return [
    drawn("circle", { class: "badge", cx: x, cy: y, r: 11 }),
    drawn("text", { class: "number", x, y: y + 4.5, "text-anchor": "middle" }, String(number)),
  ];
}

function placeName(mark: Mark, labels: Labels): HTMLElement {
  const name =
    mark.iri === null
      ? element("code", {}, mark.points[0]?.join(" ") ?? "")
      : shown({ type: "uri", value: mark.iri }, labels);
  const kind = { dot: "", area: " (an area, not a point)", stretch: " (a stretch of the border)" }[mark.kind];
  return element("strong", {}, name, kind);
}

function list(rows: readonly Row[], labels: Labels): HTMLElement {
  const items = rows.slice(0, 12).map((row) => {
    const first = row.find((term) => term?.type === "uri") ?? row.find((term) => term !== undefined);
    return element("li", {}, shown(first, labels));
  });
  if (rows.length > 12) items.push(element("li", {}, `and ${rows.length - 12} more`));
  return element("ul", {}, ...items);
}

function land(world: World, frame: Frame): string {
  const parts: string[] = [];
  for (const found of feature(world, world.objects.land).features) {
    const { geometry } = found;
    const polygons =
      geometry.type === "Polygon"
        ? [geometry.coordinates]
        : geometry.type === "MultiPolygon"
          ? geometry.coordinates
          : [];
    for (const polygon of polygons)
      for (const ring of polygon)
        if (frame.touches(ring as unknown as Point[])) parts.push(frame.path(ring as unknown as Point[], true));
  }
  return parts.join("");
}

function borders(world: World, frame: Frame): string {
  const lines = mesh(world, world.objects.countries, (a, b) => a !== b).coordinates;
  return lines
    .filter((line) => frame.touches(line as unknown as Point[]))
    .map((line) => frame.path(line as unknown as Point[]))
    .join("");
}
