"""The contract between whoever reads an article and the graph."""
