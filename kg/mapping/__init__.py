"""From facts to RDF: the only place where facts become triples."""
