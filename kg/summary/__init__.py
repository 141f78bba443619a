"""Summary tables of a release: what facets, maps and charts need, counted once when the release is made."""
