import assert from "node:assert/strict";
import test from "node:test";
import { snippetsOf } from "../../server/frontend/query/snippets.ts";

const r = (query: string): string =>
  snippetsOf(query, "http://host.example/sparql", "abc").find(({ name }) => name === "r")?.text ?? "";

test("R has the query as a raw string that ends where the query does", () => {
  for (const query of ['SELECT "a"\n{}', 'ASK { ?a ?b ")" }', 'ASK { ?a ?b "x)-" } # )"', "back\\slash"]) {
    const text = r(query);
    const found = /query <- r"(-*)\(/.exec(text);
    assert.ok(found, text);
    const begin = found.index + found[0].length;
    assert.equal(text.slice(begin, text.indexOf(`)${found[1]}"`, begin)), query);
  }
});

test("each snippet pins the release and names the endpoint", () => {
  for (const { name, text } of snippetsOf("ASK {}", "http://host.example/sparql", "abc")) {
    assert.ok(text.includes("http://host.example/sparql"), name);
    assert.ok(text.includes("abc"), name);
  }
});
