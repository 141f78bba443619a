"""How fast the pages are made, beside one lookup, over the seeds and over synthetic corpora."""
