"""The server: a release behind a SPARQL endpoint. It uses `kg`; `kg` never imports it."""
