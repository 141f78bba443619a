// Asks one query with one client and prints what it gives as JSON: ask.mjs CLIENT ENDPOINT QUERY
import { QueryEngine } from '@comunica/query-sparql';
import { SparqlEndpointFetcher } from 'fetch-sparql-endpoint';

const row = (binding) => Object.fromEntries(Object.entries(binding).map(([name, term]) => [name, term.value]));
const triple = (quad) => [quad.subject.value, quad.predicate.value, quad.object.value];

async function gathered(stream, take) {
  const found = [];
  for await (const item of stream) {
    found.push(take(item));
  }
  return found;
}

const clients = {
  async fetcher(endpoint, query, method) {
    const fetcher = new SparqlEndpointFetcher({ method });
    switch (fetcher.getQueryType(query)) {
      case 'ASK':
        return fetcher.fetchAsk(endpoint, query);
      case 'CONSTRUCT':
        return gathered(await fetcher.fetchTriples(endpoint, query), triple);
      default:
        return gathered(await fetcher.fetchBindings(endpoint, query), row);
    }
  },
  async comunica(endpoint, query) {
    const result = await new QueryEngine().query(query, { sources: [{ type: 'sparql', value: endpoint }] });
    switch (result.resultType) {
      case 'boolean':
        return result.execute();
      case 'quads':
        return gathered(await result.execute(), triple);
      default:
        return gathered(await result.execute(), (bindings) =>
          Object.fromEntries([...bindings].map(([variable, term]) => [variable.value, term.value])));
    }
  },
  // The query calls the endpoint by SERVICE; what it joins with is Turtle of our own.
  async federated(_endpoint, query, data) {
    const source = { type: 'serialized', value: data, mediaType: 'text/turtle', baseIRI: 'http://local.example/' };
    const result = await new QueryEngine().query(query, { sources: [source] });
    return gathered(await result.execute(), (bindings) =>
      Object.fromEntries([...bindings].map(([variable, term]) => [variable.value, term.value])));
  },
};

const [client, endpoint, query, method] = process.argv.slice(2);
try {
  process.stdout.write(JSON.stringify({ found: await clients[client](endpoint, query, method ?? 'POST') }));
} catch (error) {
  process.stdout.write(JSON.stringify({ error: String(error.message) }));
}
