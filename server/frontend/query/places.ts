// Where the rows of an answer are: by the geometry in the row, else by that of what it names. Nothing is invented: a
// place that is known less exactly than 50 km is an area, and a front a stretch of the border line (server/explore/map.py).

import { type Answer, irisOf, type Row } from "./answer.ts";
import { ask } from "./ask.ts";
import { type Point, shapeOf, stretch } from "./geometry.ts";
import { geometriesOf } from "./views.ts";

/** From how many metres of precision on a place is an area and not a dot. */
export const AREA = 50_000;

const FRONT = "https://w3id.org/crossings/vocabulary/front#";
/** Which part of the border line each front is, from west to east. */
const FRONTS: Readonly<Record<string, readonly [number, number]>> = {
  western: [0, 1 / 3],
  central: [1 / 3, 2 / 3],
  "central-west": [1 / 3, 1 / 2],
  "central-east": [1 / 2, 2 / 3],
  eastern: [2 / 3, 1],
};

/** One mark on the map, and the rows that it stands for. */
export interface Mark {
  readonly kind: "dot" | "area" | "stretch";
  readonly points: readonly Point[];
  /** How exact a point is, in metres. */
  readonly precision: number | null;
  /** The IRI of the place, or null where the row has the geometry itself. */
  readonly iri: string | null;
  readonly rows: Row[];
}

/** What is known of the places that IRIs name: by each IRI, the places it leads to. */
export interface Found {
  readonly places: ReadonlyMap<string, readonly { iri: string; wkt: string; precision: number | null }[]>;
  readonly fronts: ReadonlyMap<string, readonly string[]>;
  readonly border: readonly Point[];
}

/** The query for where IRIs are: their own geometry, that of their place, or their front. */
export function placeQuery(iris: readonly string[]): string {
  const values = iris.map((iri) => `<${iri}>`).join(" ");
  const themselves = iris.map((iri) => `(<${iri}> <${iri}>)`).join(" ");
  return `SELECT DISTINCT ?iri ?place ?wkt ?precision WHERE {
  { VALUES (?iri ?place) { ${themselves} } }
  UNION { VALUES ?iri { ${values} } ?iri cx:place|cx:front ?place }
  OPTIONAL {
    { ?place geo:asWKT ?wkt } UNION { GRAPH graph:gazetteer { ?place geo:asWKT ?wkt } }
    OPTIONAL { GRAPH graph:gazetteer { ?place cx:coordinatePrecision ?precision } }
  }
  FILTER (BOUND(?wkt) || STRSTARTS(STR(?place), "${FRONT}"))
}`;
}

const BORDER = `SELECT ?wkt WHERE { GRAPH graph:gazetteer { ?route cx:borderLine ?line . ?line geo:asWKT ?wkt } } LIMIT 1`;

/** Look up where the IRIs of an answer are. */
export async function findPlaces(answer: Answer, release: string | null, signal: AbortSignal): Promise<Found> {
  const iris = irisOf(answer.rows)
    .filter((iri) => iri.startsWith("https://w3id.org/crossings/") && !/[<>"{}|^`\\\s]/.test(iri))
    .slice(0, 1000);
  const places = new Map<string, { iri: string; wkt: string; precision: number | null }[]>();
  const fronts = new Map<string, string[]>();
  const [found, line] = await Promise.all([
    iris.length > 0 ? ask(placeQuery(iris), release, signal) : null,
    ask(BORDER, release, signal),
  ]);
  for (const [iri, place, wkt, precision] of found?.answer.rows ?? []) {
    if (iri === undefined || place === undefined) continue;
    if (wkt === undefined) fronts.set(iri.value, [...(fronts.get(iri.value) ?? []), place.value]);
    else {
      const known = {
        iri: place.value,
        wkt: wkt.value,
        precision: precision === undefined ? null : Number(precision.value),
      };
      places.set(iri.value, [...(places.get(iri.value) ?? []), known]);
    }
  }
  const points = shapeOf(line.answer.rows[0]?.[0]?.value ?? "")?.points ?? [];
  const [start, end] = [points[0], points.at(-1)];
  const border = start !== undefined && end !== undefined && start[0] > end[0] ? [...points].reverse() : points;
  return { places, fronts, border };
}

/** The marks of an answer, and the rows that have none. */
export function marksOf(answer: Answer, found: Found): { marks: Mark[]; nowhere: Row[] } {
  const marks = new Map<string, Mark>();
  const nowhere: Row[] = [];
  const columns = geometriesOf(answer);
  for (const row of answer.rows) {
    const places = placesOf(row, columns, found);
    if (places.length === 0) nowhere.push(row);
    for (const place of places) {
      const known = marks.get(place.key);
      if (known === undefined) marks.set(place.key, { ...place.mark, rows: [row] });
      else if (!known.rows.includes(row)) known.rows.push(row);
    }
  }
  return { marks: [...marks.values()], nowhere };
}

type Place = { key: string; mark: Omit<Mark, "rows"> };

function placesOf(row: Row, columns: readonly number[], found: Found): Place[] {
  const own = columns.flatMap((at) => mark(row[at]?.value ?? "", null, null));
  if (own.length > 0) return own;
  const iris = row.flatMap((term) => (term?.type === "uri" ? [term.value] : []));
  const places = iris.flatMap((iri) => found.places.get(iri) ?? []);
  const points = places.flatMap((place) => mark(place.wkt, place.iri, place.precision));
  // A place that is a line says less than the front does; a point says more.
  const exact = points.filter((place) => place.mark.kind !== "stretch");
  if (exact.length > 0) return unique(exact);
  const fronts = iris.flatMap((iri) => found.fronts.get(iri) ?? []);
  const stretches = fronts.flatMap((iri): Place[] => {
    const part = FRONTS[iri.slice(FRONT.length)];
    if (part === undefined || found.border.length < 2) return [];
    return [{ key: iri, mark: { kind: "stretch", points: stretch(found.border, ...part), precision: null, iri } }];
  });
  return unique(stretches.length > 0 ? stretches : points);
}

function unique(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [place.key, place])).values()];
}

function mark(wkt: string, iri: string | null, precision: number | null): Place[] {
  const shape = shapeOf(wkt);
  if (shape === null) return [];
  const kind = shape.kind !== "point" ? "stretch" : precision !== null && precision >= AREA ? "area" : "dot";
  return [{ key: iri ?? wkt, mark: { kind, points: shape.points, precision, iri } }];
}
