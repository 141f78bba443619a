import assert from "node:assert/strict";
import test from "node:test";
import { answerOf, irisOf, numberOf, triplesOf } from "../../server/frontend/query/answer.ts";

test("rows have a cell for each variable, bound or not", () => {
  const answer = answerOf({
    head: { vars: ["a", "b"] },
    results: {
      bindings: [
        { a: { type: "uri", value: "urn:x" } },
        { a: { type: "literal", value: "네", "xml:lang": "ko" }, b: { type: "bnode", value: "n1" } },
      ],
    },
  });
  assert.deepEqual(answer.rows, [
    [{ type: "uri", value: "urn:x" }, undefined],
    [
      { type: "literal", value: "네", language: "ko" },
      { type: "bnode", value: "n1" },
    ],
  ]);
  assert.deepEqual(irisOf(answer.rows), ["urn:x"]);
});

test("yes and no are answers", () => {
  assert.equal(answerOf({ head: {}, boolean: false }).truth, false);
});

test("a triple term is one text", () => {
  const part = (value: string) => ({ type: "uri", value });
  const value = { subject: part("urn:s"), predicate: part("urn:p"), object: part("urn:o") };
  const answer = answerOf({ head: { vars: ["t"] }, results: { bindings: [{ t: { type: "triple", value } }] } });
  assert.equal(answer.rows[0]?.[0]?.value, "<<( urn:s urn:p urn:o )>>");
});

test("N-Triples are rows, with their escapes undone", () => {
  const { rows, graph } = triplesOf(
    '<urn:s> <urn:p> "a \\"b\\"\\n\\u00e9\\U0001F600"@en-GB .\n' +
      "_:b1 <urn:p> <urn:\\u00e9> .\n" +
      '<urn:s> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n\n# end\n',
  );
  assert.equal(graph, true);
  assert.deepEqual(rows[0]?.[2], { type: "literal", value: 'a "b"\né😀', language: "en-GB" });
  assert.deepEqual(rows[1]?.[0], { type: "bnode", value: "b1" });
  assert.deepEqual(rows[1]?.[2], { type: "uri", value: "urn:é" });
  assert.equal(numberOf(rows[2]?.[2]), 1);
  assert.equal(rows.length, 3);
});

test("what is no triple of three terms is kept as its text", () => {
  const line = "<urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> .";
  assert.equal(triplesOf(line).rows[0]?.[0]?.value, line);
});

test("a number is one by its datatype", () => {
  const xsd = "http://www.w3.org/2001/XMLSchema#";
  assert.equal(numberOf({ type: "literal", value: "2.50", datatype: `${xsd}decimal` }), 2.5);
  assert.equal(numberOf({ type: "literal", value: "INF", datatype: `${xsd}double` }), null);
  assert.equal(numberOf({ type: "literal", value: "2" }), null);
  assert.equal(numberOf(undefined), null);
});
