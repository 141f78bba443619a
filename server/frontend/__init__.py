"""The front end: TypeScript of the pages, and what builds and checks it; no part of the wheel."""
