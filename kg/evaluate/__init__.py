"""How well an extractor reads: gold written by hand, compared with what the pipeline makes of the same texts."""
