"""From what articles claim to what is held to be so."""
