"""The library of questions over HTTP: a page with a form, a REST call, OpenAPI."""
