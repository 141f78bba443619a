import assert from "node:assert/strict";
import test from "node:test";
import { citation, download, formats, permalink } from "../../server/frontend/query/addresses.ts";
import { labelQuery, shortened } from "../../server/frontend/query/labels.ts";
import { destination } from "../../server/frontend/shared/links.ts";

test("a permalink holds the query, the release and a view of its own", () => {
  const query = "SELECT ?a # é+&\n{ }";
  const url = new URL(permalink("http://host.example", query, "abc", "map"));
  assert.equal(url.searchParams.get("query"), query);
  assert.equal(url.searchParams.get("release"), "abc");
  assert.equal(url.searchParams.get("view"), "map");
  assert.equal(permalink("", "ASK {}", null, null), "/query?query=ASK+%7B%7D");
});

test("a download names its format", () => {
  assert.equal(download("ASK {}", "csv", "abc"), "/sparql?query=ASK+%7B%7D&format=csv&release=abc");
  assert.deepEqual(
    formats(false, true).map(([name]) => name),
    ["json", "xml"],
  );
  assert.ok(formats(true, false).some(([name]) => name === "turtle"));
  assert.ok(formats(false, false).some(([name]) => name === "parquet"));
});

test("a citation holds the query and the release", () => {
  assert.equal(citation("ASK {}", "abc"), "/cite?query=ASK+%7B%7D&release=abc");
  assert.equal(citation("ASK {}", null), "/cite?query=ASK+%7B%7D");
});

test("only http and https become links, and what is ours a local path", () => {
  assert.equal(destination("https://w3id.org/crossings/id/route/dmz"), "/id/route/dmz");
  assert.equal(destination("https://w3id.org/crossings/vocabulary/front#eastern"), "/vocabulary/front#eastern");
  assert.equal(destination("https://w3id.org/crossings/else"), "https://w3id.org/crossings/else");
  assert.equal(destination("HTTP://example.org/"), "HTTP://example.org/");
  for (const bad of ["javascript:alert(1)", " https://a", "data:text/html,x", "//example.org/", "urn:a", "/id/x", ""])
    assert.equal(destination(bad), null, bad);
});

test("an IRI without a label is called by the longest prefix that fits", () => {
  const prefixes = new Map([
    ["id", "https://x.example/id/"],
    ["place", "https://x.example/id/place/"],
  ]);
  assert.equal(shortened("https://x.example/id/place/a", prefixes), "place:a");
  assert.equal(shortened("urn:a", prefixes), "urn:a");
});

test("labels are asked for all at once", () => {
  assert.match(labelQuery(["urn:a", "urn:b"]), /VALUES \?iri \{ <urn:a> <urn:b> \}/);
});
