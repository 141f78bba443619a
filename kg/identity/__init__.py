"""Which mentions of which articles are one entity."""
