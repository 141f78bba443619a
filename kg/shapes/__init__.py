"""Validation: the shapes of the ontology, the report they give, and which claims are to blame."""
