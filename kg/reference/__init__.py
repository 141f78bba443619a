"""What the ontology, its vocabularies and its shapes say, as records for a reference to show."""
