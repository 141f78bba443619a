// Prints the snippets of the query, endpoint and release that stand in its arguments, for tests that run them.
import { snippetsOf } from "../../server/frontend/query/snippets.ts";

const [query = "", endpoint = "", release = "", graph = ""] = process.argv.slice(2);
const found = snippetsOf(query, endpoint, release, graph === "graph").map(({ name, text }) => [name, text]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
