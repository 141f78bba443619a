"""The page of exploring: its map, its timeline, its chart."""
