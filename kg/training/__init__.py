"""Fits the weights of the extractor to annotated texts: `python -m kg.training` (docs/extraction-quality.md)."""
