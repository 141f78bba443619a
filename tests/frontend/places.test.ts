import assert from "node:assert/strict";
import test from "node:test";
import type { Answer, Term } from "../../server/frontend/query/answer.ts";
import { type Found, marksOf, placeQuery } from "../../server/frontend/query/places.ts";

const FRONT = "https://w3id.org/crossings/vocabulary/front#";
const iri = (value: string): Term => ({ type: "uri", value });
const found: Found = {
  places: new Map([
    ["urn:town", [{ iri: "urn:place/town", wkt: "POINT(128 38)", precision: 9_000 }]],
    ["urn:sea", [{ iri: "urn:place/sea", wkt: "POINT(124 36)", precision: 400_000 }]],
    ["urn:line", [{ iri: "urn:place/line", wkt: "LINESTRING(126 38, 128 38)", precision: null }]],
  ]),
  fronts: new Map([
    ["urn:east", [`${FRONT}eastern`]],
    ["urn:line", [`${FRONT}eastern`]],
    ["urn:town", [`${FRONT}eastern`]],
    ["urn:new", [`${FRONT}of-another-border`]],
  ]),
  border: [
    [126, 38],
    [129, 38],
  ],
};
const marks = (...values: string[]) =>
  marksOf({ variables: ["x"], rows: values.map((value) => [iri(value)]) } satisfies Answer, found);

test("a place that is known well is a dot, a wide one an area", () => {
  assert.deepEqual(
    marks("urn:town", "urn:sea").marks.map(({ kind, iri: place }) => [kind, place]),
    [
      ["dot", "urn:place/town"],
      ["area", "urn:place/sea"],
    ],
  );
});

test("a front without a point is a stretch and never a dot", () => {
  const [mark] = marks("urn:east").marks;
  assert.equal(mark?.kind, "stretch");
  assert.deepEqual(
    mark?.points.map(([x]) => Math.round(x)),
    [128, 129],
  );
  assert.equal(marks("urn:line").marks[0]?.iri, `${FRONT}eastern`, "a front says more than the whole line");
});

test("what has no place is named and not drawn", () => {
  const { marks: drawn, nowhere } = marks("urn:nowhere", "urn:new");
  assert.deepEqual(drawn, []);
  assert.equal(nowhere.length, 2);
});

test("rows at one place share its mark", () => {
  const shared = marks("urn:east", "urn:line");
  assert.deepEqual(
    shared.marks.map(({ rows }) => rows.length),
    [2],
  );
});

test("a geometry in the row goes before what the row names", () => {
  const wkt: Term = { type: "literal", value: "POINT(1 2)" };
  const { marks: drawn } = marksOf({ variables: ["x", "wkt"], rows: [[iri("urn:town"), wkt]] }, found);
  assert.deepEqual(
    drawn.map(({ iri: place, points }) => [place, points]),
    [[null, [[1, 2]]]],
  );
});

test("the query names each IRI", () => {
  assert.match(placeQuery(["urn:a", "urn:b"]), /VALUES \?iri \{ <urn:a> <urn:b> \}/);
});
