import assert from "node:assert/strict";
import test from "node:test";
import type { Answer, Term } from "../../server/frontend/query/answer.ts";
import { chartOf, geometriesOf, spanBetween, timelineOf, viewAsked } from "../../server/frontend/query/views.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const number = (value: number): Term => ({ type: "literal", value: String(value), datatype: `${XSD}integer` });
const date = (value: string): Term => ({ type: "literal", value, datatype: `${XSD}date` });
const text = (value: string): Term => ({ type: "literal", value });
const answer = (variables: string[], ...rows: (Term | undefined)[][]): Answer => ({ variables, rows });

test("a comment asks for a view, and may name its columns", () => {
  assert.deepEqual(viewAsked("#view:timeline\nSELECT * {}"), { view: "timeline", columns: [] });
  assert.deepEqual(viewAsked("SELECT * {\n  # view: chart ?year n\n}"), { view: "chart", columns: ["year", "n"] });
  for (const none of ["SELECT * {} #view:map", "#view:globe", "# a view:map of it", "<#view:map>"])
    assert.equal(viewAsked(none), null, none);
});

test("a timeline goes from the column of beginnings to that of ends", () => {
  const found = answer(["who", "to", "from"], [text("a"), date("2024-02-01"), date("2024-01-01")]);
  assert.deepEqual(timelineOf(found), { names: [0], from: 2, to: 1 });
  assert.deepEqual(timelineOf(found, ["to"]), { names: [0], from: 1, to: 1 });
  assert.equal(timelineOf(answer(["who"], [text("a")])), null);
});

test("a row between two dates is the span of both, and of one where the other is lacking", () => {
  const row = [date("2024-01-01"), date("2024-01-03")];
  const both = spanBetween(row, 0, 1);
  assert.equal((both?.to ?? 0) - (both?.from ?? 0), 3 * 86_400_000);
  assert.equal(spanBetween([undefined, date("2024-01-03")], 0, 1)?.from, Date.UTC(2024, 0, 3));
  assert.equal(spanBetween([undefined, undefined], 0, 1), null);
});

test("a chart draws numbers, a range where there is a least and a most, and never the years", () => {
  const counted = answer(
    ["year", "front", "n"],
    [number(2024), text("east"), number(3)],
    [number(2024), text("west"), number(4)],
  );
  assert.deepEqual(chartOf(counted), { names: [0, 1], from: 2, to: 2 });
  assert.deepEqual(chartOf(counted, ["year", "n"]), { names: [0], from: 2, to: 2 });
  const ranged = answer(["year", "most", "least"], [number(2024), number(5), number(2)]);
  assert.deepEqual(chartOf(ranged), { names: [0], from: 2, to: 1 });
  assert.equal(chartOf(answer(["year"], [number(2024)])), null);
});

test("a column of geometries holds nothing else", () => {
  const wkt = text("POINT(127 38)");
  assert.deepEqual(geometriesOf(answer(["a", "b"], [wkt, wkt], [undefined, text("somewhere")])), [0]);
});
