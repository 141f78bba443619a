"""An engine for scale: an index of the triples, and the constraints compiled to closures over it."""
