// The map: coasts and borders of Natural Earth, the marks of an answer, and the list of what they stand for.

import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { drawn, element, narrow } from "../shared/dom.ts";
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
  const around = [...marks.flatMap((mark) => mark.points), ...found.border];
  const frame = narrow() ? new Frame(around, 420, 1) : new Frame(around);
  const title = `Map of ${marks.length} ${marks.length === 1 ? "place" : "places"}; the list below says the same`;
  const svg = drawn("svg", { viewBox: `0 0 ${frame.width} ${frame.height}`, role: "img", class: "map" });
  svg.append(drawn("title", {}, title), drawn("rect", { class: "sea", width: frame.width, height: frame.height }));
  const rings = coasts(world).filter((ring) => frame.touches(ring));
  // The middle of a sea lies in the water: land covers what of its circle is land.
  const atSea = (mark: Mark): boolean => mark.kind === "area" && !within(mark.points[0] ?? [0, 0], rings);
  const numbered = [...marks].sort((a, b) => b.rows.length - a.rows.length);
  svg.append(...marks.filter(atSea).map((mark) => circle(mark, frame)));
  svg.append(drawn("path", { class: "land", d: rings.map((ring) => frame.path(ring, true)).join("") }));
  svg.append(drawn("path", { class: "borders", d: borders(world, frame) }));
  if (found.border.length > 1) svg.append(drawn("path", { class: "border-line", d: frame.path(found.border) }));
  for (const mark of marks) if (!atSea(mark)) svg.append(...drawnMark(mark, frame));
  for (const mark of numbered) svg.append(...badge(mark, numbered.indexOf(mark) + 1, frame));
  const items = numbered.map((mark) => element("li", {}, placeName(mark, labels), list(mark.rows, labels)));
  const legend = element("ol", { class: "places" }, ...items);
  const made = element("div", { class: "drawing" }, element("div", { class: "mapframe" }, svg), legend);
  if (nowhere.length > 0) {
    const one = nowhere.length === 1;
    const text = `${nowhere.length} of ${answer.rows.length} rows ${one ? "has" : "have"} no place and ${one ? "stands" : "stand"} in the table alone.`;
    made.append(element("p", { class: "small" }, text));
  }
  made.append(element("p", { class: "small" }, "Coasts and borders: Natural Earth, public domain."));
  return made;
}

function drawnMark(mark: Mark, frame: Frame): SVGElement[] {
  if (mark.kind === "stretch") return [drawn("path", { class: "stretch", d: frame.path(mark.points) })];
  if (mark.kind === "area") return [circle(mark, frame)];
  const [cx, cy] = frame.at(mark.points[0] ?? [0, 0]);
  const rings = frame.units(mark.precision ?? 0) > 8 ? [circle(mark, frame)] : [];
  return [...rings, drawn("circle", { class: "dot", cx, cy, r: 5 })];
}

/** A circle as wide as the place is uncertain. */
function circle(mark: Mark, frame: Frame): SVGElement {
  const [cx, cy] = frame.at(mark.points[0] ?? [0, 0]);
  return drawn("circle", { class: "area", cx, cy, r: Math.max(frame.units(mark.precision ?? 0), 1) });
}

/** The number of a mark: in its middle, or beside a dot. */
function badge(mark: Mark, number: number, frame: Frame): SVGElement[] {
  const ends =
    mark.points.length === 2 ? [mark.points[0], mark.points[1]] : [mark.points[Math.floor(mark.points.length / 2)]];
  const drawnEnds = ends.map((point) => frame.at(point ?? [0, 0]));
  const aside = mark.kind === "dot" ? 14 : 0;
  const x = drawnEnds.reduce((sum, point) => sum + point[0], 0) / drawnEnds.length + aside;
  const y = drawnEnds.reduce((sum, point) => sum + point[1], 0) / drawnEnds.length - aside;
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

/** The rings of all land. */
function coasts(world: World): Point[][] {
  return feature(world, world.objects.land).features.flatMap(({ geometry }) => {
    if (geometry.type === "Polygon") return geometry.coordinates as unknown as Point[][];
    return geometry.type === "MultiPolygon" ? (geometry.coordinates.flat() as unknown as Point[][]) : [];
  });
}

/** Whether a point is inside of an odd number of rings. */
function within([x, y]: Point, rings: readonly (readonly Point[])[]): boolean {
  let inside = false;
  for (const ring of rings)
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [ax, ay] = ring[at] ?? [0, 0];
      const [bx, by] = ring[before] ?? [0, 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  return inside;
}

function borders(world: World, frame: Frame): string {
  const lines = mesh(world, world.objects.countries, (a, b) => a !== b).coordinates;
  return lines
    .filter((line) => frame.touches(line as unknown as Point[]))
    .map((line) => frame.path(line as unknown as Point[]))
    .join("");
}
