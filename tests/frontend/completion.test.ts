import assert from "node:assert/strict";
import test from "node:test";
import { proposals, type Terms, variables, wanted } from "../../server/frontend/query/completion.ts";

const TERMS: Terms = {
  prefixes: { cx: "https://w3id.org/crossings/ontology#" },
  terms: [
    { name: "cx:Incident", kind: "class", label: "incident", note: "One crossing.", count: 1200 },
    { name: "cx:front", kind: "property", label: "front" },
    { name: "cx:place", kind: "property", label: "place", count: 90 },
  ],
  questions: [],
};

test("the place in a line says where the word begins and what fits", () => {
  assert.deepEqual(wanted("  ?x a cx:In"), { from: 7, kind: "class" });
  assert.deepEqual(wanted("  ?x cx:fr"), { from: 5, kind: "property" });
  assert.deepEqual(wanted("  ?x a cx:Incident ; cx:"), { from: 21, kind: "property" });
  assert.deepEqual(wanted("  ?x cx:front front:ea"), { from: 14, kind: null });
  assert.deepEqual(wanted("SELECT ?in"), { from: 7, kind: "variable" });
  assert.deepEqual(wanted("SEL"), { from: 0, kind: null });
});

test("nothing is proposed in a comment or a string", () => {
  assert.equal(wanted("# cx:In"), null);
  assert.equal(wanted('FILTER (?l = "cx:In'), null);
  assert.notEqual(wanted('FILTER (?l = "a#b" || cx:In'), null);
  assert.notEqual(wanted("?x <http://example.org/#a> cx:In"), null, "a number sign in an IRI begins no comment");
});

test("what fits comes first, and of that what occurs more often", () => {
  const ranked = (kind: "class" | "property"): string[] =>
    proposals(TERMS, kind)
      .toSorted((a, b) => (b.boost ?? 0) - (a.boost ?? 0))
      .map(({ label }) => label);
  assert.deepEqual(ranked("property").slice(0, 2), ["cx:place", "cx:front"]);
  assert.equal(ranked("class")[0], "cx:Incident");
  assert.ok(ranked("class").includes("cx:") && ranked("class").includes("OPTIONAL"));
});

test("a term tells its label, its note and how often it occurs", () => {
  const [incident] = proposals(TERMS, null);
  assert.equal(incident?.detail, "incident");
  assert.equal(incident?.info, "One crossing. (1,200 times)");
});

test("each variable is proposed once", () => {
  assert.deepEqual(
    variables("SELECT ?a $b WHERE { ?a ?p ?b }").map(({ label }) => label),
    ["?a", "?b", "?p"],
  );
});
