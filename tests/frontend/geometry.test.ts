import assert from "node:assert/strict";
import test from "node:test";
import { Frame, type Point, shapeOf, stretch } from "../../server/frontend/query/geometry.ts";

test("WKT is a point, a line or an area", () => {
  assert.deepEqual(shapeOf("POINT(127.5 38)"), { kind: "point", points: [[127.5, 38]] });
  assert.equal(shapeOf(" <http://www.opengis.net/def/crs/OGC/1.3/CRS84> linestring (1 2, 3 4 5) ")?.kind, "line");
  assert.equal(shapeOf("POLYGON((0 0, 1 0, 1 1, 0 0))")?.points.length, 4);
  for (const none of ["POINT EMPTY", "POINT(1)", "POINT(a b)", "north", "", "MULTIPOINT((1 2))"])
    assert.equal(shapeOf(none), null, none);
});

test("a stretch is the part of a line between two fractions of its length", () => {
  const line: Point[] = [
    [0, 0],
    [6, 0],
    [10, 0],
  ];
  assert.deepEqual(stretch(line, 0.25, 0.5), [
    [2.5, 0],
    [5, 0],
  ]);
  assert.deepEqual(stretch(line, 0, 1), line);
  assert.deepEqual(stretch(line, 0.5, 0.5), []);
});

test("a frame holds its points, and is true to scale in its middle", () => {
  const points: Point[] = [
    [124, 36.5],
    [128.4, 38.6],
  ];
  const frame = new Frame(points);
  for (const point of points) {
    const [x, y] = frame.at(point);
    assert.ok(x > 0 && x < frame.width && y > 0 && y < frame.height, `${x} ${y}`);
  }
  const middle = (frame.south + frame.north) / 2;
  const [x] = frame.at([frame.west + 1, middle]);
  const down = frame.at([frame.west, middle - 1])[1] - frame.at([frame.west, middle])[1];
  assert.ok(Math.abs(x / down - Math.cos((middle * Math.PI) / 180)) < 0.01);
  assert.ok(Math.abs(frame.units(111_195) - down) < 0.2);
  assert.ok(frame.touches(points));
  assert.ok(!frame.touches([[0, 0]]));
});

test("a single point has a frame too", () => {
  const frame = new Frame([[6.1, 46.2]]);
  assert.deepEqual(frame.at([6.1, 46.2]).map(Math.round), [480, 270]);
});
