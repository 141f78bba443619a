// Geometry as WKT, stretches of a line, and the projection of a map.

/** Longitude and latitude in degrees (WGS 84). */
export type Point = readonly [number, number];

export interface Shape {
  readonly kind: "point" | "line" | "area";
  readonly points: readonly Point[];
}

const WKT = /^\s*(?:<[^>]*>\s*)?(POINT|LINESTRING|POLYGON)\s*Z?\s*\(+([^()]+)\)+\s*$/i;
const KINDS = { POINT: "point", LINESTRING: "line", POLYGON: "area" } as const;

/** The shape of a POINT, LINESTRING or POLYGON of one ring (OGC 06-103r4, section 7); null for anything else. */
export function shapeOf(wkt: string): Shape | null {
  const found = WKT.exec(wkt);
  if (found === null) return null;
  const points = (found[2] ?? "").split(",").map((pair) => pair.trim().split(/\s+/).slice(0, 2).map(Number));
  if (!points.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))) return null;
  const kind = KINDS[(found[1] ?? "").toUpperCase() as keyof typeof KINDS];
  return { kind, points: points.map(([x = 0, y = 0]) => [x, y] as const) };
}

/** Kilometres of a degree of latitude, on a sphere of the mean radius of 6371 km. */
export const KM_A_DEGREE = 111.195;

function distance(a: Point, b: Point): number {
  const middle = Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  return Math.hypot((a[0] - b[0]) * middle, a[1] - b[1]) * KM_A_DEGREE;
}

/** The part of a line between two fractions of its length. */
export function stretch(line: readonly Point[], begin: number, end: number): Point[] {
  const parts = line.slice(1).map((b, at) => [line[at] ?? b, b] as const);
  const whole = parts.reduce((sum, [a, b]) => sum + distance(a, b), 0);
  const found: Point[] = [];
  let gone = 0;
  for (const [a, b] of parts) {
    const part = distance(a, b);
    const first = Math.max(begin * whole - gone, 0);
    const last = Math.min(end * whole - gone, part);
    if (part > 0 && first < last) for (const at of [first / part, last / part]) push(found, between(a, b, at));
    gone += part;
  }
  return found;
}

function push(points: Point[], next: Point): void {
  const last = points.at(-1);
  if (last === undefined || last[0] !== next[0] || last[1] !== next[1]) points.push(next);
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** A rectangle of the earth and how it is drawn: equirectangular, true to scale in its middle. */
export class Frame {
  readonly width: number;
  readonly height: number;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;

  /** Around some points, `least` degrees of latitude high at least. */
  constructor(points: readonly Point[], width = 960, shape = 16 / 9, least = 3) {
    this.width = width;
    const [west, east] = range(points.map((point) => point[0]));
    const [south, north] = range(points.map((point) => point[1]));
    const middle = [(west + east) / 2, (south + north) / 2] as const;
    const narrow = Math.max(Math.cos((middle[1] * Math.PI) / 180), 0.2);
    const high = Math.max((north - south) * 1.3, least, ((east - west) * narrow * 1.3) / shape);
    const across = (high * shape) / narrow;
    this.west = middle[0] - across / 2;
    this.east = middle[0] + across / 2;
    this.south = middle[1] - high / 2;
    this.north = middle[1] + high / 2;
    this.height = Math.round(this.width / shape);
  }

  /** Where a point is drawn. */
  at(point: Point): Point {
    const x = ((point[0] - this.west) / (this.east - this.west)) * this.width;
    const y = ((this.north - point[1]) / (this.north - this.south)) * this.height;
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  }

  /** Metres as units of the drawing. */
  units(metres: number): number {
    return (metres / 1000 / KM_A_DEGREE / (this.north - this.south)) * this.height;
  }

  /** Whether a rectangle of the earth touches the frame. */
  touches(points: readonly Point[]): boolean {
    const [west, east] = range(points.map((point) => point[0]));
    const [south, north] = range(points.map((point) => point[1]));
    return west <= this.east && east >= this.west && south <= this.north && north >= this.south;
  }

  /** A line as the path of an SVG. */
  path(points: readonly Point[], closed = false): string {
    const text = points.map((point) => this.at(point).join(" ")).join("L");
    return `M${text}${closed ? "Z" : ""}`;
  }
}

function range(values: readonly number[]): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
