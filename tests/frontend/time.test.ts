import assert from "node:assert/strict";
import test from "node:test";
import { marks, spanOf, spanOfTerm } from "../../server/frontend/query/time.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

test("a date, a month and a year are spans up to their end", () => {
  assert.deepEqual(spanOf("2025-10-19"), { from: day("2025-10-19"), to: day("2025-10-20"), rough: false });
  assert.deepEqual(spanOf("2024-12"), { from: day("2024-12-01"), to: day("2025-01-01"), rough: false });
  assert.deepEqual(spanOf("2024"), { from: day("2024-01-01"), to: day("2025-01-01"), rough: false });
  assert.deepEqual(spanOf("2024-02-29T13:05:00Z"), { from: day("2024-02-29"), to: day("2024-03-01"), rough: false });
});

test("a year before 100 is that year", () => {
  assert.equal(new Date(spanOf("0044")?.from ?? 0).getUTCFullYear(), 44);
});

test("an interval reaches from its first day to its last, be it rough or open", () => {
  assert.deepEqual(spanOf("2024-07-15~/2024-08-20~"), { from: day("2024-07-15"), to: day("2024-08-21"), rough: true });
  assert.deepEqual(spanOf("1998/.."), { from: day("1998-01-01"), to: null, rough: false });
  assert.deepEqual(spanOf("/1998"), { from: null, to: day("1999-01-01"), rough: false });
});

test("what is no date has no span", () => {
  for (const text of [
    "",
    "..",
    "../..",
    "2024-13",
    "2023-02-29",
    "2025/2024",
    "20241019",
    "1/2/3",
    "soon",
    "2024/soon",
  ])
    assert.equal(spanOf(text), null, text);
});

test("a term is a date by its datatype, or as a text that is written like one", () => {
  const literal = (value: string, datatype?: string) =>
    spanOfTerm({ type: "literal", value, ...(datatype === undefined ? {} : { datatype }) });
  assert.notEqual(literal("2024", "http://www.w3.org/2001/XMLSchema#gYear"), null);
  assert.notEqual(literal("2024/..", "http://id.loc.gov/datatypes/edtf/EDTF"), null);
  assert.notEqual(literal("2024-05"), null);
  assert.equal(literal("2024", "http://www.w3.org/2001/XMLSchema#integer"), null);
  assert.equal(spanOfTerm({ type: "uri", value: "2024" }), null);
  assert.equal(spanOfTerm({ type: "literal", value: "2024", language: "en" }), null);
});

test("an axis has a handful of marks, in order and inside", () => {
  for (const [from, to] of [
    ["2024-07-01", "2025-10-20"],
    ["1950-01-01", "2025-01-01"],
    ["2024-01-03", "2024-01-20"],
    ["0100-01-01", "2025-01-01"],
  ] as const) {
    const found = marks(day(from), day(to), 9);
    assert.ok(found.length <= 10, `${from} ${to}: ${found.length}`);
    assert.deepEqual(
      found.map(({ at }) => at),
      found.map(({ at }) => at).toSorted((a, b) => a - b),
    );
    assert.ok(found.every(({ at }) => at >= day(from) && at <= day(to)));
  }
  assert.deepEqual(
    marks(day("2023-06-01"), day("2025-06-01"), 3).map(({ label }) => label),
    ["2024", "2025"],
  );
});
