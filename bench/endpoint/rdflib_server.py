"""Starts `rdflib-endpoint` over a file of N-Quads: `python -m bench.endpoint.rdflib_server FILE PORT`.

Its own command makes the default graph the union of all graphs, which answers another question; here the default graph
is the one of the file.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Load, then serve until ended."""
    import uvicorn
    from rdflib import Dataset
    from rdflib_endpoint import SparqlEndpoint

    graph = Dataset(default_union=False)
    graph.parse(sys.argv[1], format="nquads")
    uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
