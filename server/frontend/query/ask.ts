// Asks the endpoint: one query at a time, which can be given up; the server then ends the worker.

import { type Answer, answerOf, type ResultsJson, triplesOf } from "./answer.ts";

/** A problem as the server tells it (RFC 9457), with the place in the query where it has one. */
export interface Told {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly line?: number;
  readonly column?: number;
  readonly snippet?: string;
}

export interface Answered {
  readonly answer: Answer;
  readonly seconds: number;
  readonly hint: string | null;
  /** The release that was asked. */
  readonly release: string | null;
}

/** What the server cannot or will not answer. */
export class ProblemError extends Error {
  readonly problem: Told;

  constructor(problem: Told) {
    super(problem.detail);
    this.problem = problem;
  }
}

const RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

/** Ask a query.
 *
 * @param query - its text
 * @param release - the release to ask, or null for the one that is served
 * @param signal - gives it up
 * @throws ProblemError if there is no answer
 */
export async function ask(query: string, release: string | null, signal: AbortSignal): Promise<Answered> {
  const body = new URLSearchParams({ query });
  if (release !== null) body.set("release", release);
  const began = performance.now();
  const response = await reached(body, signal);
  const type = response.headers.get("Content-Type")?.split(";")[0] ?? "";
  if (!response.ok) throw new ProblemError(await problemOf(response, type));
  const text = await response.text();
  const seconds = (performance.now() - began) / 1000;
  const answer = type === RESULTS ? answerOf(JSON.parse(text) as ResultsJson) : triplesOf(text);
  const { headers } = response;
  return { answer, seconds, hint: headers.get("Crossings-Hint"), release: headers.get("Crossings-Release") };
}

async function reached(body: URLSearchParams, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch("/sparql", { method: "POST", body, signal, headers: { Accept: `${RESULTS}, ${TRIPLES}` } });
  } catch (error) {
    if (signal.aborted) throw error;
    const detail = "the server cannot be reached: try again when there is a connection";
    throw new ProblemError({ title: "No connection", detail, status: 0 });
  }
}

async function problemOf(response: Response, type: string): Promise<Told> {
  if (type.endsWith("json")) return (await response.json()) as Told;
  return { title: response.statusText, detail: `the server answered ${response.status}`, status: response.status };
}
