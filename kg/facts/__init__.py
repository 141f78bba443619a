"""Facts: the records that every extractor produces, their schema, and the reading of hand-written ones."""
